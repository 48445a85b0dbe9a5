"""Read claims and their properties from a graph."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

from ..evidence.impacts import PREFIX
from ..graph.graph import Graph
from ..projection import networks_of_claims
from ..table import Ref, Value
from ..vocabulary import NLC


class EvidenceRow(NamedTuple):
    """An evidence item of a claim."""

    item: Ref
    kind: Ref
    bearing: Ref

    @property
    def supports(self) -> bool:
        """Tell whether the item supports the claim."""
        return self.bearing == f"{NLC}supportedBy"


class ClaimRow(NamedTuple):
    """A claim."""

    claim: Ref
    outcome: Ref
    link: Ref
    feature: Ref | None
    strategies: tuple[Ref, ...]
    practices: tuple[Ref, ...]
    networks: tuple[Ref, ...]
    evidence: tuple[EvidenceRow, ...]


def read_claims(graph: Graph) -> list[ClaimRow]:
    """Return the claims of a graph by IRI."""
    outcomes, links, features = (
        read_pairs(graph, path) for path in ("nlc:outcome", "nlc:linkType", "nlc:reportedUnder")
    )
    strategies, practices = read_pairs(graph, "nlc:strategy"), read_pairs(graph, "nlc:strategy/nlc:practice")
    networks, items, kinds = (
        networks_of_claims(graph),
        read_pairs(graph, "nlc:supportedBy"),
        read_pairs(graph, "nlc:evidenceKind"),
    )
    support = Ref(f"{NLC}supportedBy")
    return [
        ClaimRow(
            claim,
            outcomes[claim][0],
            links[claim][0],
            features.get(claim, [None])[0],
            tuple(strategies.get(claim, ())),
            tuple(practices.get(claim, ())),
            tuple(networks.get(claim, ())),
            tuple(EvidenceRow(item, kinds[item][0], support) for item in items.get(claim, ()) if item in kinds),
        )
        for claim in sorted(outcomes.keys() & links.keys())
    ]


def group_claims(claims: Iterable[ClaimRow], values: Callable[[ClaimRow], Iterable[Ref]]) -> dict[Ref, list[Ref]]:
    """Return the IRIs of claims by each value that they have, such as a strategy."""
    found: dict[Ref, list[Ref]] = defaultdict(list)
    for claim in claims:
        for value in values(claim):
            found[value].append(claim.claim)
    return dict(found)


def count_values(values: Iterable[str]) -> str:
    """Return how often each value occurs, as text.

    >>> count_values(["co-reported", "attributed", "co-reported"])
    'attributed 1, co-reported 2'
    """
    return ", ".join(f"{value} {number}" for value, number in sorted(Counter(values).items()))


def read_pairs(graph: Graph, path: str) -> dict[Ref, list[Ref]]:
    """Return the values of a property path by subject, both sorted.

    :param path: a SPARQL property path, such as ``nlc:throughOutcome`` or ``^nlc:practice``
    """
    found: dict[Ref, list[Ref]] = defaultdict(list)
    query = f"{PREFIX} SELECT DISTINCT ?subject ?value WHERE {{ ?subject {path} ?value }}"
    pairs = sorted((to_ref(subject), to_ref(value)) for subject, value in graph.select(query).rows)
    for subject, value in pairs:
        found[subject].append(value)
    return dict(found)


def to_ref(value: Value) -> Ref:
    """Return a cell of a query result as an IRI."""
    return value if isinstance(value, Ref) else Ref(str(value))
