"""Read claims and their properties from a graph."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from ..evidence.claims_table import ClaimRow
from ..graph.graph import Graph
from ..table import Ref, Value


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
    query = f"SELECT DISTINCT ?subject ?value WHERE {{ ?subject {path} ?value }}"
    pairs = sorted((to_ref(subject), to_ref(value)) for subject, value in graph.select(query).rows)
    for subject, value in pairs:
        found[subject].append(value)
    return dict(found)


def to_ref(value: Value) -> Ref:
    """Return a cell of a query result as an IRI."""
    return value if isinstance(value, Ref) else Ref(str(value))
