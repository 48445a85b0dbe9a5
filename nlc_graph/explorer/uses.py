"""Who uses which practices: the strategies of the graph, with their users and networks."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..graph.graph import Graph
from .questions import STRATEGIES


@dataclass
class Use:
    """One strategy; practices, users and networks are IRIs, in order and without repeats."""

    iri: str
    text: str
    practices: dict[str, None] = field(default_factory=dict)
    users: dict[str, None] = field(default_factory=dict)
    networks: dict[str, None] = field(default_factory=dict)


def read_uses(graph: Graph) -> list[Use]:
    """Return every strategy that has a practice and a user, by IRI."""
    found: dict[str, Use] = {}
    for row in graph.select(STRATEGIES):
        iri = str(row["strategy"])
        use = found.setdefault(iri, Use(iri, str(row["text"] or "")))
        use.practices[str(row["practice"])] = None
        use.users[str(row["user"])] = None
        if row["network"]:
            use.networks[str(row["network"])] = None
    return list(found.values())
