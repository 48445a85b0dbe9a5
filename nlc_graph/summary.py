"""The link summary: the practice–outcome links of a whole store, counted once when it is loaded.

It is a named graph of the store, one node a link, so that showing all links costs time in the number of links and not
of claims. It carries the fingerprint of what it was computed from: a graph that has another never reads it.
"""

from __future__ import annotations

import json

import pyoxigraph as ox

from .filters import Filters, listed
from .graph import Graph
from .linkage import Counted, Link, count_links
from .table import Iri, Value
from .vocabulary import BASE

#: The named graph, and the namespace of the few terms in it.
SUMMARY = f"{BASE}summary"
_TERMS = f"{SUMMARY}#"


def write_summary(graph: Graph, store: ox.Store, fingerprint: str) -> int:
    """Count the links of a graph and write them into its store.

    :param fingerprint: says what the graph was made from
    :returns: number of links
    """
    counted = count_links(graph, Filters(), full=False, total=False)
    quads = [_quad(SUMMARY, "fingerprint", fingerprint), _quad(SUMMARY, "unlinked", _json(counted.unlinked))]
    for number, link in enumerate(counted.links):
        node = f"{SUMMARY}/link{number}"
        quads += [_quad(node, name, iri) for name, iri in (("practice", link.practice), ("outcome", link.outcome))]
        quads.append(_quad(node, "link", _json(link)))
    store.bulk_extend(quads)
    return len(counted.links)


def read_summary(graph: Graph, filters: Filters) -> Counted | None:
    """Return the links that pass, as counted when the store was loaded; None where that does not answer the question.

    Practices and outcome types can be picked from the summary, since a link passes with all its claims or not at all;
    for other filters claims must be counted anew.
    """
    if not has_summary(graph) or not filters.whole_links or _means_more(graph, filters):
        return None
    links = [_link(str(text)) for text in graph.select(_of("link")).column("value")]
    unlinked = {Iri(iri): claims for iri, claims in json.loads(str(graph.select(_of("unlinked")).rows[0][0])).items()}
    practices, outcomes, text = (_narrower(graph, wide) for wide in (filters.practices, filters.outcomes, filters.text))

    def passes(practice: Iri | None, outcome: Iri) -> bool:
        return (
            (not practices or practice in practices)
            and (not outcomes or outcome in outcomes)
            and (not text or practice in text or outcome in text)
        )

    return Counted(
        [link for link in links if passes(link.practice, link.outcome)],
        {outcome: claims for outcome, claims in unlinked.items() if passes(None, outcome)},
        len(links),
    )


def count_summary(graph: Graph) -> int | None:
    """Return the number of all links, as counted when the store was loaded; None where there is no summary."""
    if not has_summary(graph):
        return None
    count = f"SELECT (COUNT(*) AS ?links) {{ GRAPH <{SUMMARY}> {{ ?node <{_TERMS}link> ?value }} }}"
    return int(str(graph.select(count).rows[0][0]))


def has_summary(graph: Graph) -> bool:
    """Tell whether a graph has a link summary that was made from what it holds."""
    return bool(graph.fingerprint) and graph.select(_of("fingerprint")).column("value") == [graph.fingerprint]


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


def _quad(node: str, term: str, value: str) -> ox.Quad:
    thing = ox.NamedNode(value) if isinstance(value, Iri) else ox.Literal(value)
    return ox.Quad(ox.NamedNode(node), ox.NamedNode(_TERMS + term), thing, ox.NamedNode(SUMMARY))


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def _link(text: str) -> Link:
    (
        practice,
        outcome,
        features,
        networks,
        links,
        joint,
        claims,
        evidence,
        design,
        of_networks,
        enquiries,
        of_enquiries,
    ) = json.loads(text)
    return Link(
        Iri(practice),
        Iri(outcome),
        tuple(map(Iri, features)),
        tuple(map(Iri, networks)),
        {Iri(iri): count for iri, count in links.items()},
        joint,
        tuple(map(Iri, claims)),
        {Iri(iri): count for iri, count in evidence.items()},
        Iri(design) if design else None,
        of_networks,
        tuple(map(Iri, enquiries)),
        of_enquiries,
    )
