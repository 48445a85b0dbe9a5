"""``nlc-graph impacts``: the main question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import click

from ..evidence.enquiries import names_of_enquiries
from ..evidence.impacts import Impact, Impacts, find_impacts
from ..graph.names import NameIndex
from ..table import Ref, Table, as_table
from ..vocabulary import local_name
from .options import filter_options, format_option, json_value, opened, print_data, print_json, print_rows, read_filters
from .text import counted

#: Returns the label of an IRI.
Label = Callable[[str], str]

#: Directions that report no improvement, or not for all.
NOT_BETTER = ("worsened", "unchanged", "mixed")
CAUTION = "reported relationships, not proof of cause"
COLUMNS = ("practice", "outcome", "networks", "link type (claims)", "evidence (items)", "comparison")
FLAT_COLUMNS = (
    "practice_id practice outcome_id outcome features networks attributed co-reported intended joint claims"
    " evidence design enquiries directions"
).split()


@click.command()
@click.argument("text", nargs=-1)
@filter_options
@format_option
@click.pass_context
def impacts(ctx: click.Context, /, text: tuple[str, ...], form: str, **given: tuple[str, ...]) -> None:
    """Show which practices relate to which outcome types, on what evidence.

    Each row is a practice and an outcome type with: the networks; the number of claims by link type (attributed,
    co-reported, intended), the number that name several strategies jointly, and the number that report no improvement;
    the supporting evidence by kind; and the best numerical comparison. TEXT searches the labels of practices, outcome
    types, key features and networks.

    \b
    Examples:
      nlc-graph impacts
      nlc-graph impacts attendance
      nlc-graph impacts --feature well-being --kind testimony --format csv
    """
    graph = opened(ctx)
    filters = read_filters(graph.names, given, " ".join(text))
    found = find_impacts(graph, filters, full=form != "table")
    if form == "table":
        several = bool(filters.enquiries) or _has_several_enquiries(found)
        names = names_of_enquiries(graph) if several else {}
        if found.links:
            print_rows(_for_people(found, graph.names, names, several=several), form)
    elif form == "json":
        print_json([as_object(link, graph.names) for link in found.links])
    elif form == "jsonl":
        _print_lines(found, graph.names)
    else:
        print_rows(as_table(FLAT_COLUMNS, [_flat_row(link, graph.names) for link in found.links]), form)
    click.echo(_summary(found), err=form != "table")


def as_object(link: Impact, names: NameIndex) -> dict[str, Any]:
    """Return a link as JSON shows it: CURIEs, and link types and kinds by their local names."""
    return {
        "practice": json_value(link.practice, names),
        "outcome": json_value(link.outcome, names),
        "features": json_value(link.features, names),
        "networks": json_value(link.networks, names),
        "links": _by_local_name(link.links),
        "directions": _by_local_name(link.directions),
        "joint": link.joint,
        "claims": [names.curie(iri) for iri in link.claims],
        "evidence": _by_local_name(link.evidence),
        "design": names.label(link.design) if link.design else None,
        "enquiries": [names.curie(iri) for iri in link.enquiries],
    }


def _by_local_name(counts: Mapping[Ref, int]) -> dict[str, int]:
    return {local_name(iri): count for iri, count in counts.items()}


def _print_lines(found: Impacts, names: NameIndex) -> None:
    import json

    for link in found.links:
        print_data(json.dumps(as_object(link, names), ensure_ascii=False) + "\n")


def _has_several_enquiries(found: Impacts) -> bool:
    enquiries = {iri for link in found.links for iri in link.enquiries}
    return len(enquiries) > 1 or any(link.enquiry_count > 1 for link in found.links)


def _for_people(found: Impacts, names: NameIndex, enquiries: Mapping[str, str], *, several: bool) -> Table:
    label = cache(names.label)  # the same few labels in thousands of rows
    rows = [_row(link, label) for link in found.links]
    if not several:
        return as_table(COLUMNS, rows)
    rows = [[*row, _enquiries(link, label, enquiries)] for row, link in zip(rows, found.links, strict=True)]
    return as_table((*COLUMNS, "enquiry"), rows)


def _row(link: Impact, label: Label) -> list[str]:
    return [
        label(link.practice),
        label(link.outcome),
        _networks(link, label),
        _links(link, label),
        _counts(link.evidence, label),
        label(link.design) if link.design else "",
    ]


def _links(link: Impact, label: Label) -> str:
    # A row covers all its claims, and some may contradict the others.
    not_better = {iri: count for iri, count in link.directions.items() if local_name(iri) in NOT_BETTER}
    joint = f"{link.joint} joint" if link.joint else ""
    return "; ".join(filter(None, [_counts(link.links, label), joint, _counts(not_better, label)]))


def _networks(link: Impact, label: Label) -> str:
    if link.network_count > len(link.networks):  # too many to read; other formats list them all
        return counted(link.network_count, "network")
    return ", ".join(map(label, link.networks)) or "no single network"


def _enquiries(link: Impact, label: Label, names: Mapping[str, str]) -> str:
    if link.enquiry_count > len(link.enquiries):
        return f"{link.enquiry_count:,} enquiries"
    return ", ".join(names.get(iri) or label(iri) for iri in link.enquiries)


def _flat_row(link: Impact, names: NameIndex) -> list[str | int | None]:
    counts = _by_local_name(link.links)
    return [
        names.curie(link.practice),
        names.label(link.practice),
        names.curie(link.outcome),
        names.label(link.outcome),
        "; ".join(map(names.label, link.features)),
        "; ".join(map(names.label, link.networks)),
        *(counts.get(name, 0) for name in ("attributed", "co-reported", "intended")),
        link.joint,
        " ".join(map(names.curie, link.claims)),
        _counts(link.evidence, names.label),
        names.label(link.design) if link.design else None,
        "; ".join(map(names.label, link.enquiries)),
        _counts(link.directions, names.label),
    ]


def _counts(counts: Mapping[Ref, int], label: Label) -> str:
    return ", ".join(f"{label(iri)} {count}" for iri, count in counts.items())


def _summary(found: Impacts) -> str:
    shown = len(found.links)
    lines = [f"{counted(shown, 'link')} ({CAUTION}); {found.total - shown} filtered out"]
    intended = sum([local_name(iri) for iri in link.links] == ["intended"] for link in found.links)
    if intended:
        lines.append(f"{intended} of them only intended: an aim is stated, no result")
    if found.unlinked_claims:
        claims = counted(found.unlinked_claims, "more claim")
        lines.append(f"{claims} with no practice linked to the outcome: nlc-graph query claims -p link=none")
    return "\n".join(lines)
