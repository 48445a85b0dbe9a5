"""``nlc-graph show``: everything about one entity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click

from ..evidence.claims import Claim, Evidence, Passage
from ..evidence.describe import Description, describe
from ..evidence.enquiries import origins_of_rows
from ..graph.graph import Graph
from ..graph.names import NameIndex
from ..table import Ref, Value
from ..vocabulary import local_name
from .impacts import CAUTION
from .options import enquiry_option, json_value, opened_for, print_json, text_format_option
from .text import counted, paragraph

#: Source to the enquiry that it reports.
Enquiries = Mapping[str, Ref]
BEARINGS = {"supportedBy": "supported by", "qualifiedBy": "qualified by", "challengedBy": "challenged by"}
#: Relation of a claim to its name in the text, in order; the link type is formatted apart.
RELATIONS = {
    "paraphrase": "in our words",
    "about": "about",
    "outcome": "outcome",
    "throughOutcome": "by way of",
    "linkType": "link",
    "strategy": "strategy",
    "assertedBy": "asserted by",
    "affects": "affects",
    "reportedUnder": "reported under",
    "enquiry": "enquiry",
    "comparisonDesign": "comparison",
    "curatorNote": "note",
}


@click.command()
@click.argument("name", nargs=-1, required=True)
@text_format_option
@enquiry_option
@click.pass_context
def show(ctx: click.Context, name: tuple[str, ...], enquiry: tuple[str, ...], form: str) -> None:
    """Show everything about a practice, network, outcome type, claim …: its facts, claims, evidence and passages.

    NAME is a label, the beginning of a label, a CURIE (practice:learning-mentors) or an IRI.

    \b
    Examples:
      nlc-graph show learning mentors
      nlc-graph show nlc2005:kingsbridge-joint-attendance
    """
    graph = opened_for(ctx, enquiry, evidence=False)
    found = describe(graph, graph.resolve(" ".join(name)))
    if form == "json":
        print_json(_as_object(found, graph.names))
        return
    lines = [*_entity_lines(found, graph), *_claims_lines(found, graph.names)]
    click.echo("\n".join(lines))


def _entity_lines(found: Description, graph: Graph) -> list[str]:
    entity, names = found.thing, graph.names
    own, *of_facts = _enquiries_of_facts(graph, found)
    lines = [f"{entity.label}  [{names.curie(entity.iri)}]", *paragraph(f"kind: {entity.kind or 'not stated'}", 2)]
    if entity.other_labels:
        lines += paragraph(f"also called: {', '.join(entity.other_labels)}", 2)
    if own:
        lines += paragraph(f"enquiry: {own}", 2)
    for fact, enquiry in zip(found.facts, of_facts, strict=True):
        value = names.label(fact.value) if isinstance(fact.value, Ref) else str(fact.value)
        text = f": {fact.text}" if fact.text not in ("", value) else ""
        other = f"  ({enquiry})" if fact.inverse and enquiry not in ("", own) else ""
        lines += paragraph(f"{fact.name}: {value}{text}{other}", 2)
    return lines + _passage_lines(found.passages, names, 2)


def _enquiries_of_facts(graph: Graph, found: Description) -> list[str]:
    """Return the enquiries of the entity and of each fact; empty texts if the graph has one enquiry only."""
    values: list[Value] = [found.thing.iri, *(fact.value for fact in found.facts)]
    origins = origins_of_rows(graph, [[value] for value in values])
    return ["" if origins is None else origins.in_words(index) for index in range(len(values))]


def _claims_lines(found: Description, names: NameIndex) -> list[str]:
    if not found.claims:
        return []
    lines = ["", f"{counted(len(found.claims), 'claim')} ({CAUTION})"]
    for claim in found.claims:
        lines += ["", *_claim_lines(claim, names, found.origins)]
    return lines


def _claim_lines(claim: Claim, names: NameIndex, enquiries: Enquiries) -> list[str]:
    lines = paragraph(f"{claim.one('label') or claim.one('paraphrase')}  [{names.curie(claim.iri)}]")
    relations = {**claim.relations, "enquiry": _enquiries(claim, enquiries)}
    for name, heading in RELATIONS.items():
        text = _relation(name, relations, names)
        lines += paragraph(f"{heading}: {text}", 2) if text else []
    for item in claim.evidence:
        lines += _evidence_lines(item, names)
    return lines + _passage_lines(claim.passages, names, 2)


def _relation(name: str, relations: Mapping[str, Sequence[Value]], names: NameIndex) -> str:
    text = _labels(relations.get(name, ()), names)
    if name == "outcome":
        return f"{text} ({_labels(relations.get('direction', ()), names)})"
    strategies = len(relations.get("strategy", ()))
    if name == "linkType" and strategies > 1:
        return f"{text}, {strategies} strategies jointly"
    return text


def _labels(values: Sequence[Value], names: NameIndex) -> str:
    return ", ".join(names.label(value) if isinstance(value, Ref) else str(value) for value in values)


def _evidence_lines(item: Evidence, names: NameIndex) -> list[str]:
    voice = f", {names.label(item.voice)}" if item.voice else ""
    relay = f", relayed by {names.label(item.relayed_by)}" if item.relayed_by else ""
    head = f"{BEARINGS[local_name(item.bearing)]} {names.label(item.kind)}{voice}{relay}"
    lines = paragraph(f"{head}: {item.summary}  [{names.curie(item.iri)}]", 2)
    if item.note:
        lines += paragraph(f"note: {item.note}", 4)
    return lines + _passage_lines(item.passages, names, 4)


def _passage_lines(passages: Sequence[Passage], names: NameIndex, indent: int) -> list[str]:
    lines: list[str] = []
    for passage in passages:
        lines += paragraph(f"read on in {names.label(passage.section)}: “{passage.opens} … {passage.closes}”", indent)
    return lines


def _enquiries(claim: Claim, enquiries: Enquiries) -> tuple[Ref, ...]:
    """Return the enquiries whose sources state a claim."""
    found = [enquiries[passage.source] for passage in claim.passages if passage.source in enquiries]
    return tuple(dict.fromkeys(found))


def _as_object(found: Description, names: NameIndex) -> dict[str, Any]:
    entity = found.thing
    return {
        "id": names.curie(entity.iri),
        "kind": entity.kind,
        "label": entity.label,
        "otherLabels": entity.other_labels,
        "facts": [
            {"name": fact.name, "inverse": fact.inverse, "value": json_value(fact.value, names), "text": fact.text}
            for fact in found.facts
        ],
        "passages": _passage_objects(found.passages, names),
        "claims": [_claim_object(claim, names, found.origins) for claim in found.claims],
    }


def _claim_object(claim: Claim, names: NameIndex, enquiries: Enquiries) -> dict[str, Any]:
    return {
        "id": names.curie(claim.iri),
        "enquiries": json_value(_enquiries(claim, enquiries), names),
        **json_value(claim.relations, names),
        "evidence": [_evidence_object(item, names) for item in claim.evidence],
        "passages": _passage_objects(claim.passages, names),
    }


def _evidence_object(item: Evidence, names: NameIndex) -> dict[str, Any]:
    return {
        "id": names.curie(item.iri),
        "bearing": local_name(item.bearing),
        "kind": json_value(item.kind, names),
        "summary": item.summary,
        "voice": json_value(item.voice, names),
        "relayedBy": json_value(item.relayed_by, names),
        "note": item.note,
        "passages": _passage_objects(item.passages, names),
    }


def _passage_objects(passages: Sequence[Passage], names: NameIndex) -> list[dict[str, Any]]:
    return [
        {
            "id": names.curie(passage.iri),
            "section": names.label(passage.section),
            "opens": passage.opens,
            "closes": passage.closes,
            "source": json_value(passage.source, names),
        }
        for passage in passages
    ]
