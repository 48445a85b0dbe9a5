"""``nlc-graph show``: all about one thing."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping
from typing import Any

import click

from ..evidence.claims import Claim, Evidence, Passage
from ..evidence.describe import Description, describe
from ..evidence.provenance import origins_of_rows
from ..graph.graph import Graph
from ..graph.names import NameIndex
from ..table import Ref
from ..vocabulary import local_name
from .impacts import CAUTION
from .options import enquiry_option, opened_for, width
from .text import clean

#: Source to the enquiry that it reports.
Origins = Mapping[str, Ref]
BEARINGS = {"supportedBy": "supported by", "qualifiedBy": "qualified by", "challengedBy": "challenged by"}


@click.command()
@click.argument("thing", nargs=-1, required=True)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to print it."
)
@enquiry_option
@click.pass_context
def show(ctx: click.Context, thing: tuple[str, ...], enquiry: tuple[str, ...], form: str) -> None:
    """Show all about one THING: what it is, its links, the claims that touch it, their evidence and passages.

    THING is an identifier (practice:learning-mentors), an IRI, or a label; the beginning of a label is enough.

    \b
    Examples:
      nlc-graph show learning mentors
      nlc-graph show nlc2005:kingsbridge-joint-attendance
    """
    graph = opened_for(ctx, enquiry, evidence=False)
    found = describe(graph, graph.resolve(" ".join(thing)))
    if form == "json":
        click.echo(_as_json(found, graph.names, found.origins), nl=False)
    else:
        click.echo(_as_text(found, graph.names, found.origins, _of_facts(graph, found)), nl=False)


def _of_facts(graph: Graph, found: Description) -> list[str]:
    """Return the enquiries from which the thing and its facts come; nothing to tell where there is one enquiry only."""
    things: list[object] = [found.thing.iri, *(fact.value for fact in found.facts)]
    rows = [[thing] for thing in things]
    origins = origins_of_rows(graph, rows)
    return ["" if origins is None else origins.in_words(index) for index in range(len(rows))]


def _as_text(found: Description, things: NameIndex, origins: Origins, enquiries: list[str]) -> str:
    thing = found.thing
    lines = [f"{thing.label}  [{things.curie(thing.iri)}]", *_indent(f"kind: {thing.kind or 'not stated'}", 2)]
    if thing.other_labels:
        lines += _indent(f"also called: {', '.join(thing.other_labels)}", 2)
    if enquiries[0]:
        lines += _indent(f"enquiry: {enquiries[0]}", 2)
    for fact, enquiry in zip(found.facts, enquiries[1:], strict=True):
        value = things.label(fact.value) if isinstance(fact.value, Ref) else str(fact.value)
        text = f": {fact.text}" if fact.text and fact.text != value else ""
        other = f"  ({enquiry})" if fact.inverse and enquiry and enquiry != enquiries[0] else ""
        lines += _indent(f"{fact.name}: {value}{text}{other}", 2)
    lines += _passages(found.passages, things, 2)
    if found.claims:
        count = len(found.claims)
        lines += ["", f"{count} {'claim' if count == 1 else 'claims'} ({CAUTION})"]
    for claim in found.claims:
        lines += ["", *_claim(claim, things, origins)]
    return "".join(f"{line}\n" for line in lines)


def _claim(claim: Claim, things: NameIndex, origins: Origins) -> list[str]:
    def words(name: str) -> str:
        return ", ".join(things.label(str(value)) for value in claim.relations.get(name, ()))

    lines = _indent(f"{claim.one('label') or claim.one('paraphrase')}  [{things.curie(claim.iri)}]", 0)
    strategies = claim.relations.get("strategy", ())
    tie = words("linkType") + (f", {len(strategies)} strategies jointly" if len(strategies) > 1 else "")
    for name, text in (
        ("in our words", str(claim.one("paraphrase") or "")),
        ("about", words("about")),
        ("outcome", f"{words('outcome')} ({words('direction')})"),
        ("by way of", words("throughOutcome")),
        ("link", tie),
        ("strategy", words("strategy")),
        ("said by", words("assertedBy")),
        ("affects", words("affects")),
        ("reported under", words("reportedUnder")),
        ("enquiry", ", ".join(things.label(iri) for iri in _enquiries(claim, origins))),
        ("comparison", words("comparisonDesign")),
        *(("note", str(note)) for note in claim.relations.get("curatorNote", ())),
    ):
        if text:
            lines += _indent(f"{name}: {text}", 2)
    for item in claim.evidence:
        lines += _evidence(item, things)
    return lines + _passages(claim.passages, things, 2)


def _evidence(item: Evidence, things: NameIndex) -> list[str]:
    voice = f", {things.label(item.voice)}" if item.voice else ""
    relay = f", passed on by {things.label(item.relayed_by)}" if item.relayed_by else ""
    head = f"{BEARINGS[local_name(item.bearing)]} {things.label(item.kind)}{voice}{relay}"
    lines = _indent(f"{head}: {item.summary}  [{things.curie(item.iri)}]", 2)
    if item.note:
        lines += _indent(f"note: {item.note}", 4)
    return lines + _passages(item.passages, things, 4)


def _passages(passages: tuple[Passage, ...], things: NameIndex, indent: int) -> list[str]:
    return [
        line
        for passage in passages
        for line in _indent(f"read on in {things.label(passage.section)}: “{passage.opens} … {passage.closes}”", indent)
    ]


def _indent(text: str, by: int) -> list[str]:
    room = max(width() - by, 30)
    return [
        " " * by + line for line in textwrap.wrap(clean(text), room, subsequent_indent="  ", break_on_hyphens=False)
    ]


def _enquiries(claim: Claim, origins: Origins) -> list[Ref]:
    """Return the enquiries whose sources state a claim."""
    return list(dict.fromkeys(origins[each.source] for each in claim.passages if each.source in origins))


def _as_json(found: Description, things: NameIndex, origins: Origins) -> str:
    def value(item: Any) -> Any:
        if isinstance(item, Ref):
            return {"id": things.curie(item), "label": things.label(item)}
        return item if isinstance(item, (str, int, float, bool)) or item is None else float(item)

    def passages(items: tuple[Passage, ...]) -> list[dict[str, Any]]:
        return [
            {
                "id": things.curie(p.iri),
                "section": things.label(p.section),
                "opens": p.opens,
                "closes": p.closes,
                "source": value(p.source),
            }
            for p in items
        ]

    content = {
        "id": things.curie(found.thing.iri),
        "kind": found.thing.kind,
        "label": found.thing.label,
        "otherLabels": found.thing.other_labels,
        "facts": [{"name": f.name, "inverse": f.inverse, "value": value(f.value), "text": f.text} for f in found.facts],
        "passages": passages(found.passages),
        "claims": [
            {
                "id": things.curie(claim.iri),
                "enquiries": [value(iri) for iri in _enquiries(claim, origins)],
                **{name: [value(item) for item in items] for name, items in claim.relations.items()},
                "evidence": [
                    {
                        "id": things.curie(item.iri),
                        "bearing": local_name(item.bearing),
                        "kind": value(item.kind),
                        "summary": item.summary,
                        "voice": value(item.voice),
                        "relayedBy": value(item.relayed_by),
                        "note": item.note,
                        "passages": passages(item.passages),
                    }
                    for item in claim.evidence
                ],
                "passages": passages(claim.passages),
            }
            for claim in found.claims
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
