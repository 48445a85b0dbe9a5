"""``nlc-graph impacts``: the main question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import click

from ..evidence.impacts import Impact, Impacts, find_impacts
from ..evidence.provenance import names_of_enquiries
from ..graph.names import NameIndex
from ..table import WRITERS, Ref, as_table
from ..vocabulary import local_name
from .options import filter_options, format_option, opened, read_filters, width
from .text import to_text

#: Gives a thing's label.
Label = Callable[[str], str]

#: Directions in which an outcome got no better, or not for all.
NO_BETTER = ("worsened", "unchanged", "mixed")

CAUTION = "reported relationships, not proof of cause"


@click.command()
@click.argument("text", nargs=-1)
@filter_options
@format_option
@click.pass_context
def impacts(ctx: click.Context, /, text: tuple[str, ...], form: str, **given: tuple[str, ...]) -> None:
    """Show which practices relate to which outcome types, on what evidence.

    One row a practice and outcome type: the networks; how far the source ties the two (attributed, co-reported,
    intended), on how many claims, how many of them jointly with other strategies, and how many report that the outcome
    got no better; the supporting evidence by kind, and the best numerical comparison behind it. TEXT finds practices,
    outcomes, key features and networks by label.

    \b
    Examples:
      nlc-graph impacts
      nlc-graph impacts attendance
      nlc-graph impacts --feature well-being --kind testimony --format csv
    """
    graph = opened(ctx)
    things = graph.names
    filters = read_filters(things, given, " ".join(text))
    found = find_impacts(graph, filters, full=form != "table")
    if form == "table":
        several = _several(found) or bool(filters.enquiries)
        names = names_of_enquiries(graph) if several and not graph.remote else {}
        click.echo(_as_text(found, things, names, asked=several), nl=False)
        click.echo(_summary(found))
        return
    if form in ("json", "jsonl"):
        import json

        objects = [
            {**as_object(link, things), "enquiries": [things.curie(iri) for iri in link.enquiries]}
            for link in found.links
        ]
        lines = [json.dumps(item, ensure_ascii=False) for item in objects]
        click.echo(
            json.dumps(objects, ensure_ascii=False, indent=2) if form == "json" else "\n".join(lines),
            nl=form == "json" or bool(lines),
        )
    else:
        click.echo(_flat(found, things, form), nl=False)
    click.echo(_summary(found), err=True)


def as_object(link: Impact, things: NameIndex) -> dict[str, Any]:
    """Return a link as JSON shows it: identifiers in short form, link types and kinds by the last part of theirs."""

    def thing(iri: Ref) -> dict[str, str]:
        return {"id": things.curie(iri), "label": things.label(iri)}

    return {
        "practice": thing(link.practice),
        "outcome": thing(link.outcome),
        "features": [thing(iri) for iri in link.features],
        "networks": [thing(iri) for iri in link.networks],
        "links": {local_name(iri): count for iri, count in link.links.items()},
        "directions": {local_name(iri): count for iri, count in link.directions.items()},
        "joint": link.joint,
        "claims": [things.curie(iri) for iri in link.claims],
        "evidence": {local_name(iri): count for iri, count in link.evidence.items()},
        "design": things.label(link.design) if link.design else None,
    }


def _several(found: Impacts) -> bool:
    return len({iri for link in found.links for iri in link.enquiries}) > 1 or any(
        link.enquiry_count > 1 for link in found.links
    )


def _as_text(found: Impacts, things: NameIndex, names: Mapping[str, str], *, asked: bool) -> str:
    label = cache(things.label)  # the same few, in thousands of rows
    # Where there is one enquiry only, and none was asked for, there is nothing to tell apart.
    rows = [
        (
            label(link.practice),
            label(link.outcome),
            _networks(link, label),
            _ties(link, label),
            _counts(link.evidence, label),
            label(link.design) if link.design else "",
            *([_enquiries(link, label, names)] if asked else []),
        )
        for link in found.links
    ]
    header = ["practice", "outcome", "networks", "how far tied (claims)", "evidence (items)", "comparison"]
    header += ["enquiry"] if asked else []
    return to_text(as_table(header, rows), width()) if rows else ""


def _ties(link: Impact, label: Label) -> str:
    # What got no better stands here too: a row tells of all its claims, and they may contradict each other.
    no_better = {iri: number for iri, number in link.directions.items() if local_name(iri) in NO_BETTER}
    joint = [f"{link.joint} joint"] if link.joint else []
    return "; ".join([_counts(link.links, label), *joint, *([_counts(no_better, label)] if no_better else [])])


def _networks(link: Impact, label: Label) -> str:
    if link.network_count > len(link.networks):  # too many to read; the formats for programs name them all
        return f"{link.network_count:,} networks"
    return ", ".join(map(label, link.networks)) or "no single network"


def _enquiries(link: Impact, label: Label, names: Mapping[str, str]) -> str:
    if link.enquiry_count > len(link.enquiries):
        return f"{link.enquiry_count:,} enquiries"
    return ", ".join(names.get(iri) or label(iri) for iri in link.enquiries)


def _flat(found: Impacts, things: NameIndex, form: str) -> str:
    header = (
        "practice_id practice outcome_id outcome features networks attributed co-reported intended joint claims"
        " evidence design enquiries directions"
    ).split()
    rows = []
    for link in found.links:
        counts = {local_name(iri): count for iri, count in link.links.items()}
        rows.append(
            (
                things.curie(link.practice),
                things.label(link.practice),
                things.curie(link.outcome),
                things.label(link.outcome),
                "; ".join(things.label(iri) for iri in link.features),
                "; ".join(things.label(iri) for iri in link.networks),
                *(counts.get(name, 0) for name in ("attributed", "co-reported", "intended")),
                link.joint,
                " ".join(things.curie(iri) for iri in link.claims),
                _counts(link.evidence, things.label),
                things.label(link.design) if link.design else None,
                "; ".join(things.label(iri) for iri in link.enquiries),
                _counts(link.directions, things.label),
            )
        )
    return WRITERS[form](as_table(header, rows))


def _counts(counts: Mapping[Ref, int], label: Label) -> str:
    return ", ".join([f"{label(iri)} {count}" for iri, count in counts.items()])


def _summary(found: Impacts) -> str:
    shown, left_out = len(found.links), found.total - len(found.links)
    parts = [f"{shown} {'link' if shown == 1 else 'links'} ({CAUTION}); {left_out} filtered out"]
    intended = sum(1 for link in found.links if len(link.links) == 1 and local_name(*link.links) == "intended")
    if intended:
        parts.append(f"{intended} of them only intended: an aim is stated, no result")
    if found.unlinked_claims:
        one = found.unlinked_claims == 1
        claims = "claim reports an outcome" if one else "claims report outcomes"
        where = "nlc-graph query claims -p link=none"
        parts.append(f"{found.unlinked_claims} more {claims} with no practice tied to it: {where}")
    return "\n".join(parts)
