"""``nlc-graph validate``: check evidence and say what is wrong, where, and what to do."""

from __future__ import annotations

import json
import re
import textwrap
from typing import Any

import click

from ..graph.names import NameIndex
from ..passages.document import Document
from ..table import Ref, Value
from ..validation import Finding, Report
from .options import width
from .text import clean

#: So many findings of one kind are printed for people; programs get all.
SHOWN = 20


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--copy", "copy", metavar="FILE", envvar="NLC_SOURCE", help="Your copy of the source  [env: NLC_SOURCE]")
@click.option("--source", metavar="THING", help="The source that the copy is of; needed where there are several.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to print it."
)
@click.option(
    "--new-terms",
    is_flag=True,
    help="Sheets may have practices, outcome types, measures and units that are unknown, as in `sheet import`.",
)
@click.pass_context
def validate(
    ctx: click.Context, paths: tuple[str, ...], copy: str | None, source: str | None, form: str, new_terms: bool
) -> None:
    """Check evidence in files or folders (PATH), or the bundled graph where none is given.

    PATH is RDF (.ttl .nt .nq .trig .jsonld .rdf) or an evidence sheet (.csv .xlsx).

    Checked are: syntax; names of terms that the ontology or a vocabulary does not have; single records against the
    SHACL shapes; rules for the whole graph; with --copy, each passage against your copy of the source. Files may build
    on the bundled evidence, on one another and on --data; --no-bundled leaves the bundled evidence out.

    Exit status: 0 nothing found, 1 something found, 2 could not run.

    \b
    Examples:
      nlc-graph validate
      nlc-graph validate mydata.ttl more.jsonld
      nlc-graph validate mydata.ttl --copy report.pdf --format json
      nlc-graph validate evidence.xlsx --new-terms
    """
    from .. import validation

    context, bundled = ctx.obj
    document = Document.read(copy) if copy else None
    report = validation.validate(
        paths, context=context, bundled=bundled, copy=document, source=source, new_terms=new_terms
    )
    for warning in report.warnings:
        click.echo(f"warning: {clean(warning)}", err=True)
    click.echo(_as_json(report) if form == "json" else _as_text(report), nl=False)
    ctx.exit(1 if report.findings else 0)


def _as_text(report: Report) -> str:
    lines: list[str] = []
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for found in report.findings:
        groups.setdefault((found.code, found.message, found.hint), []).append(found)
    for findings in groups.values():
        lines += [*_wrap(f"{findings[0].message}  [{findings[0].code}: {len(findings)}]", 0)]
        lines += _wrap(f"What to do: {findings[0].hint}", 2) if findings[0].hint else []
        for finding in findings[:SHOWN]:
            lines += _wrap(_in_words(finding, report.names), 4)
        if len(findings) > SHOWN:
            lines += _wrap(f"and {len(findings) - SHOWN} more; --format json lists all", 4)
        lines.append("")
    number = len(report.findings)
    lines += _wrap(f"{number or 'no'} finding{'' if number == 1 else 's'} in {report.triples:,} triples", 0)
    lines += [line for each in report.checked for line in _wrap(f"checked: {each}", 2)]
    lines += [line for each in report.not_checked for line in _wrap(f"NOT checked: {each}", 2)]
    return "".join(f"{line}\n" for line in lines)


def _in_words(finding: Finding, things: NameIndex) -> str:
    parts = []
    if finding.entity is not None:
        parts.append(_said(finding.entity, things))
    parts += [f"{_words(name)}: {_said(value, things)}" for name, value in finding.details.items()]
    if finding.suggestions:
        parts.append(f"did you mean {' or '.join(finding.suggestions)}?")
    place = f"{finding.location}  " if finding.location else ""
    return place + "; ".join(parts)


def _words(name: str) -> str:
    return re.sub(r"(?<=[a-z])([A-Z])", lambda capital: f" {capital[1].lower()}", name)


def _said(value: Value, things: NameIndex) -> str:
    if not isinstance(value, Ref):
        return str(value)
    if value.startswith("_:"):
        return "a thing without identifier"
    label, curie = things.label(value), things.curie(value)
    return curie if label == curie else f"{label} [{curie}]"


def _as_json(report: Report) -> str:
    things = report.names

    def value(item: Value) -> Any:
        if isinstance(item, Ref):
            return {"id": things.curie(item), "label": things.label(item)}
        return item if isinstance(item, (str, int, float, bool)) or item is None else float(item)

    content = {
        "files": list(report.files),
        "triples": report.triples,
        "checked": list(report.checked),
        "notChecked": list(report.not_checked),
        "findings": [
            {
                "code": found.code,
                "message": found.message,
                "hint": found.hint,
                "entity": value(found.entity),
                "details": {name: value(each) for name, each in found.details.items()},
                "suggestions": list(found.suggestions),
                "path": found.path or None,
                "line": found.line,
                "column": found.column,
            }
            for found in report.findings
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _wrap(text: str, by: int) -> list[str]:
    room = max(width() - by, 30)
    return [
        " " * by + line for line in textwrap.wrap(clean(text), room, subsequent_indent="  ", break_on_hyphens=False)
    ]
