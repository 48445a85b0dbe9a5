"""``nlc-graph impacts``: the main question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import click

from ..evidence.enquiries import names_of_enquiries
from ..evidence.impacts import Impact, Impacts, count_by_family, find_impacts, find_partners
from ..graph.graph import Graph
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
    " evidence design enquiries directions joint_with no_single_network"
).split()
#: Links that the overview lists.
BEST = 12
#: Practice and outcome to the practices that are credited jointly.
Partners = Mapping[tuple[Ref, Ref], Sequence[Ref]]


@click.command()
@click.argument("text", nargs=-1)
@filter_options
@click.option("--all", "every", is_flag=True, help="List every link instead of the overview.")
@format_option
@click.pass_context
def impacts(ctx: click.Context, /, text: tuple[str, ...], every: bool, form: str, **given: tuple[str, ...]) -> None:
    """Show which practices relate to which outcome types, on what evidence.

    Without a filter, an overview: links by practice family and key feature, then the best-supported links. Best
    supported means: a number with a comparator, a number, an inspection, several kinds of evidence; then most networks;
    attributed before co-reported; aims without a result last. --all and filters list every link in this order.

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
    overview = form == "table" and not every and not any(filters) and len(found.links) > BEST
    shown = found.links[:BEST] if overview else found.links
    partners = find_partners(graph, shown)
    if overview:
        _print_families(graph, found.links)
    if form == "table" and shown:
        several = bool(filters.enquiries) or _has_several_enquiries(found)
        names = names_of_enquiries(graph) if several else {}
        print_rows(_for_people(shown, partners, graph.names, names, several=several), form)
    elif form == "json":
        print_json([as_object(link, graph.names, partners) for link in shown])
    elif form == "jsonl":
        _print_lines(shown, graph.names, partners)
    elif form != "table":
        print_rows(as_table(FLAT_COLUMNS, [_flat_row(link, graph.names, partners) for link in shown]), form)
    if overview:
        click.echo(f"the {BEST} best supported of {len(found.links):,} links; all of them: nlc-graph impacts --all")
        click.echo('one of them: nlc-graph impacts --practice "learning mentors" --outcome attendance')
    click.echo(_summary(found), err=form != "table")


def _print_families(graph: Graph, links: Iterable[Impact]) -> None:
    """Print practice families by key features: how many practice-outcome links are reported under each."""
    features = graph.select("SELECT ?feature ?number { ?feature a nlc:KeyFeature ; skos:notation ?number }").rows
    ordered = sorted((str(number), Ref(str(feature))) for feature, number in features)
    label = graph.names.label
    rows = [
        [label(family), *(counts[feature] or None for _, feature in ordered)]
        for family, counts in count_by_family(graph, links).items()
    ]
    click.echo("Links between practices and outcome types, by practice family and key feature")
    print_rows(as_table(["practice family", *(number for number, _ in ordered)], rows), "table")
    click.echo("; ".join(f"{number} {label(feature)}" for number, feature in ordered))
    click.echo("\nThe best-supported links")


def as_object(link: Impact, names: NameIndex, partners: Partners) -> dict[str, Any]:
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
        "joint_with": json_value(tuple(partners.get((link.practice, link.outcome), ())), names),
        "no_single_network": link.general,
    }


def _by_local_name(counts: Mapping[Ref, int]) -> dict[str, int]:
    return {local_name(iri): count for iri, count in counts.items()}


def _print_lines(links: Iterable[Impact], names: NameIndex, partners: Partners) -> None:
    import json

    for link in links:
        print_data(json.dumps(as_object(link, names, partners), ensure_ascii=False) + "\n")


def _has_several_enquiries(found: Impacts) -> bool:
    enquiries = {iri for link in found.links for iri in link.enquiries}
    return len(enquiries) > 1 or any(link.enquiry_count > 1 for link in found.links)


def _for_people(
    links: Sequence[Impact], partners: Partners, names: NameIndex, enquiries: Mapping[str, str], *, several: bool
) -> Table:
    label = cache(names.label)  # the same few labels in thousands of rows
    rows = []
    for link, jointly in _with_joint_once(links, partners):
        row = _row(link, jointly, label)
        rows.append([*row, _enquiries(link, label, enquiries)] if several else row)
    return as_table((*COLUMNS, "enquiry") if several else COLUMNS, rows)


def _with_joint_once(links: Iterable[Impact], partners: Partners) -> list[tuple[Impact, tuple[Ref, ...]]]:
    """Return links with their partners; links of the same practices by joint claims alone are one."""
    found: dict[object, tuple[Impact, tuple[Ref, ...]]] = {}
    for link in links:
        jointly = tuple(partners.get((link.practice, link.outcome), ()))
        alone = sum(link.links.values()) > link.joint
        key = (link.practice if alone else frozenset({link.practice, *jointly}), link.outcome)
        found.setdefault(key, (link, jointly))
    return list(found.values())


def _row(link: Impact, jointly: Sequence[Ref], label: Label) -> list[str]:
    return [
        _practices(link, jointly, label),
        label(link.outcome),
        _networks(link, label),
        _links(link, label),
        _counts(link.evidence, label),
        label(link.design) if link.design else "",
    ]


def _practices(link: Impact, jointly: Sequence[Ref], label: Label) -> str:
    if not jointly:
        return label(link.practice)
    if sum(link.links.values()) == link.joint:
        return f"{' + '.join(map(label, [link.practice, *jointly]))}, jointly"
    return f"{label(link.practice)}; jointly also with {', '.join(map(label, jointly))}"


def _links(link: Impact, label: Label) -> str:
    # A row covers all its claims, and some may contradict the others.
    not_better = {iri: count for iri, count in link.directions.items() if local_name(iri) in NOT_BETTER}
    joint = f"{link.joint} joint" if link.joint else ""
    return "; ".join(filter(None, [_counts(link.links, label), joint, _counts(not_better, label)]))


def _networks(link: Impact, label: Label) -> str:
    if link.network_count > len(link.networks):  # too many to read; other formats list them all
        return counted(link.network_count, "network")
    names = ", ".join(map(label, link.networks))
    if link.general and names:
        return f"{names}; no single network ({counted(link.general, 'claim')})"
    return names or "no single network"


def _enquiries(link: Impact, label: Label, names: Mapping[str, str]) -> str:
    if link.enquiry_count > len(link.enquiries):
        return f"{link.enquiry_count:,} enquiries"
    return ", ".join(names.get(iri) or label(iri) for iri in link.enquiries)


def _flat_row(link: Impact, names: NameIndex, partners: Partners) -> list[str | int | None]:
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
        "; ".join(map(names.label, partners.get((link.practice, link.outcome), ()))),
        link.general,
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
