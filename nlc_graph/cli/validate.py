"""``nlc-graph validate``: check evidence and report each finding with its location and a hint."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

import click

from ..graph.names import NameIndex
from ..passages.document import Document
from ..table import Ref, Value
from ..validation import Finding, Report
from .options import json_value, print_json, source_option, text_format_option
from .text import clean, counted, paragraph

#: Number of findings of one kind that are printed as text; JSON lists all.
SHOWN = 20


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--copy", "copy", metavar="FILE", envvar="NLC_SOURCE", help="Your copy of the source  [env: NLC_SOURCE]")
@source_option
@text_format_option
@click.option(
    "--new-terms",
    is_flag=True,
    help="Accept unknown practices, outcome types, measures and units in sheets, as `sheet import` does.",
)
@click.pass_context
def validate(
    ctx: click.Context, paths: tuple[str, ...], copy: str | None, source: str | None, form: str, new_terms: bool
) -> None:
    """Check evidence in files or folders (PATH), or the bundled graph if none is given.

    PATH is RDF (.ttl .nt .nq .trig .jsonld .rdf) or an evidence sheet (.csv .xlsx).

    Checks: syntax; unknown terms; single records against the SHACL shapes; rules for the whole graph; with --copy,
    each passage in your copy of the source. Files may build on the bundled evidence, on one another and on --data;
    --no-bundled leaves the bundled evidence out.

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
    if form == "json":
        print_json(_as_object(report))
    else:
        click.echo("\n".join(_as_lines(report)))
    ctx.exit(1 if report.findings else 0)


def _as_lines(report: Report) -> list[str]:
    groups: dict[tuple[str, str, str], list[Finding]] = defaultdict(list)
    for found in report.findings:
        groups[found.code, found.message, found.hint].append(found)
    lines: list[str] = []
    for (code, message, hint), findings in groups.items():
        lines += paragraph(f"{message}  [{code}: {len(findings)}]")
        lines += paragraph(f"What to do: {hint}", 2) if hint else []
        lines += _finding_lines(findings, report.names)
        lines.append("")
    number = len(report.findings)
    lines.append(f"{counted(number, 'finding') if number else 'no findings'} in {counted(report.triples, 'triple')}")
    for checked in report.checked:
        lines += paragraph(f"checked: {checked}", 2)
    for not_checked in report.not_checked:
        lines += paragraph(f"NOT checked: {not_checked}", 2)
    return lines


def _finding_lines(findings: list[Finding], names: NameIndex) -> list[str]:
    lines: list[str] = []
    for finding in findings[:SHOWN]:
        lines += paragraph(_finding(finding, names), 4)
    if len(findings) > SHOWN:
        lines += paragraph(f"and {len(findings) - SHOWN} more; --format json lists all", 4)
    return lines


def _finding(finding: Finding, names: NameIndex) -> str:
    parts = [_value(finding.entity, names)] if finding.entity is not None else []
    parts += [f"{_split_name(name)}: {_value(value, names)}" for name, value in finding.details.items()]
    if finding.suggestions:
        parts.append(f"did you mean {' or '.join(finding.suggestions)}?")
    text = "; ".join(parts)
    return f"{finding.location}  {text}" if finding.location else text


def _split_name(name: str) -> str:
    """Return a name in camel case as words."""
    return re.sub(r"(?<=[a-z])([A-Z])", lambda capital: f" {capital[1].lower()}", name)


def _value(value: Value, names: NameIndex) -> str:
    if not isinstance(value, Ref):
        return str(value)
    if value.startswith("_:"):
        return "an entity without identifier"
    label, curie = names.label(value), names.curie(value)
    return curie if label == curie else f"{label} [{curie}]"


def _as_object(report: Report) -> dict[str, Any]:
    return {
        "files": report.files,
        "triples": report.triples,
        "checked": report.checked,
        "notChecked": report.not_checked,
        "findings": [_finding_object(found, report.names) for found in report.findings],
    }


def _finding_object(found: Finding, names: NameIndex) -> dict[str, Any]:
    values = {name: json_value(value, names) for name, value in vars(found).items() if name != "properties"}
    return {**values, "path": found.path or None}
