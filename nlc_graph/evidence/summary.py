"""The link summary: the practice–outcome links of a whole store, counted once when it is loaded.

It is a named graph of the store, with one node for all claims and one for each filter under which links are counted
beforehand, so that showing them costs time in the number of links and not of claims. It carries the fingerprint of what
it was computed from: a graph that has another never reads it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from ..graph.graph import Graph
from ..table import Ref, Value
from ..vocabulary import BASE, NLC
from .counting import ALL, Slice, count_slices
from .filters import Filters, listed
from .linkage import Counted, Impact

#: Filters under which links are counted beforehand; practices, outcomes and text are picked from what is there.
SLICED = ("features", "networks", "kinds", "links", "enquiries")
#: The named graph, and the namespace of the few terms in it.
SUMMARY = f"{BASE}summary"
_TERMS = f"{SUMMARY}#"


def write_summary(graph: Graph, store: ox.Store, fingerprint: str) -> int:
    """Count the links of a graph and write them into its store.

    :param fingerprint: says what the graph was made from
    :returns: number of links
    """
    links = 0

    def quads() -> Iterator[ox.Quad]:
        nonlocal links
        for number, (part, counted) in enumerate(count_slices(graph, store)):
            node = f"{SUMMARY}/{number}"
            yield from (_quad(node, "filter", part.filter), _quad(node, "value", part.value))
            yield from (_quad(node, "links", _packed(counted.links)), _quad(node, "unlinked", _json(counted.unlinked)))
            links = counted.total or 0
        yield from (_quad(SUMMARY, "fingerprint", fingerprint), _quad(SUMMARY, "total", str(links)))

    store.bulk_extend(quads())
    return links


def read_summary(graph: Graph, filters: Filters) -> Counted | None:
    """Return the links that pass, as counted when the store was loaded; None where that does not answer the question.

    Practices and outcome types can be picked from the summary, since a link passes with all its claims or not at all;
    of the other filters one, with one value, is answered if there is a slice for it.
    """
    total = count_summary(graph)
    if total is None:
        return None
    filters = _text_as_network(graph, filters)
    part = _slice(filters)
    if part is None or _means_more(graph, filters):
        return None
    found = graph.select(_counted_under(part)).rows
    if not found:
        return None
    links = _unpacked(str(found[0][0]))
    unlinked = {Ref(iri): claims for iri, claims in json.loads(str(found[0][1])).items()}
    practices, outcomes, text = (_narrower(graph, wide) for wide in (filters.practices, filters.outcomes, filters.text))

    def passes(practice: Ref | None, outcome: Ref) -> bool:
        return (
            (not practices or practice in practices)
            and (not outcomes or outcome in outcomes)
            and (not text or practice in text or outcome in text)
        )

    return Counted(
        [link for link in links if passes(link.practice, link.outcome)],
        {outcome: claims for outcome, claims in unlinked.items() if passes(None, outcome)},
        total,
    )


def count_summary(graph: Graph) -> int | None:
    """Return the number of all links, as counted when the store was loaded; None where there is no summary."""
    return int(str(graph.select(_of("total")).rows[0][0])) if has_summary(graph) else None


def has_summary(graph: Graph) -> bool:
    """Tell whether a graph has a link summary that was made from what it holds."""
    return bool(graph.fingerprint) and graph.select(_of("fingerprint")).column("value") == [graph.fingerprint]


def _slice(filters: Filters) -> Slice | None:
    """Return the slice from which links that pass are picked; None where it would take more than one filter's."""
    given = [Slice(name, value) for name in SLICED for value in getattr(filters, name)]
    return ALL if not given else given[0] if len(given) == 1 else None


def _text_as_network(graph: Graph, filters: Filters) -> Filters:
    """Take a text that means one network, and nothing else, for that filter."""
    if len(filters.text) != 1 or filters.networks:
        return filters
    sorts = graph.select(f"SELECT ?sort {{ {listed(filters.text)} a ?sort }}").column("sort")
    return filters._replace(networks=filters.text, text=frozenset()) if sorts == [f"{NLC}Network"] else filters


def _means_more(graph: Graph, filters: Filters) -> bool:
    """Tell whether the text may mean something else than practices and outcome types."""
    sorts = "VALUES ?sort { nlc:Practice nlc:OutcomeType }"
    known = f"SELECT DISTINCT ?thing {{ VALUES ?thing {{ {listed(filters.text)} }} {sorts} ?thing a ?sort }}"
    return len(graph.select(known)) < len(filters.text)


def _narrower(graph: Graph, wide: frozenset[str]) -> set[Value]:
    if not wide:
        return set()
    query = f"SELECT DISTINCT ?narrow {{ VALUES ?wide {{ {listed(wide)} }} ?narrow skos:broader* ?wide }}"
    return set(graph.select(query).column("narrow"))


def _of(term: str) -> str:
    return f"SELECT ?value {{ GRAPH <{SUMMARY}> {{ ?node <{_TERMS}{term}> ?value }} }}"


def _counted_under(part: Slice) -> str:
    return (
        f"SELECT ?links ?unlinked {{ GRAPH <{SUMMARY}> {{ ?node <{_TERMS}value> {ox.Literal(part.value)} ;"
        f" <{_TERMS}filter> {ox.Literal(part.filter)} ; <{_TERMS}links> ?links ; <{_TERMS}unlinked> ?unlinked }} }}"
    )


def _quad(node: str, term: str, value: str) -> ox.Quad:
    return ox.Quad(ox.NamedNode(node), ox.NamedNode(_TERMS + term), ox.Literal(value), ox.NamedNode(SUMMARY))


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def _packed(links: Iterable[Impact]) -> str:
    """Return links as JSON: the things once, and rows in which each goes by its number."""
    numbers: dict[str, int] = {}

    def number(thing: str) -> int:
        return numbers.setdefault(thing, len(numbers))

    def counts(of: Mapping[Ref, int]) -> list[tuple[int, int]]:
        return [(number(thing), count) for thing, count in of.items()]

    rows = [
        (
            (number(link.practice), number(link.outcome), number(link.design or "")),
            [[number(thing) for thing in things] for things in (link.features, link.networks, link.enquiries)],
            (counts(link.links), counts(link.directions), counts(link.evidence)),
            (link.joint, link.network_count, link.enquiry_count),
        )
        for link in links
    ]
    return _json({"things": list(numbers), "links": rows})


def _unpacked(text: str) -> list[Impact]:
    packed = json.loads(text)
    things = [Ref(thing) for thing in packed["things"]]
    return [
        Impact(
            practice=things[practice],
            outcome=things[outcome],
            features=tuple([things[number] for number in features]),
            networks=tuple([things[number] for number in networks]),
            links={things[number]: count for number, count in ties},
            directions={things[number]: count for number, count in directions},
            joint=joint,
            claims=(),
            evidence={things[number]: count for number, count in items},
            design=things[design] or None,
            network_count=of_networks,
            enquiries=tuple([things[number] for number in enquiries]),
            enquiry_count=of_enquiries,
        )
        for (
            (practice, outcome, design),
            (features, networks, enquiries),
            (ties, directions, items),
            (joint, of_networks, of_enquiries),
        ) in packed["links"]
    ]
