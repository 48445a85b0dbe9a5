"""An evidence graph of school networks: which practices relate to which impacts, on what evidence.

>>> import nlc_graph as nlc
>>> graph = nlc.open_graph()
>>> graph.impacts("attendance").columns[:2]
('practice', 'outcome')
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .api import EvidenceGraph, open_endpoint, open_graph, open_store, read_sheet
    from .errors import NlcGraphError
    from .evidence.claims import Claim
    from .evidence.filters import Filters
    from .evidence.impacts import Impact, Impacts, find_impacts
    from .graph.graph import Graph
    from .table import Ref, Table

__all__ = [
    "Claim",
    "EvidenceGraph",
    "Filters",
    "Graph",
    "Impact",
    "Impacts",
    "NlcGraphError",
    "Ref",
    "Table",
    "find_impacts",
    "open_endpoint",
    "open_graph",
    "open_store",
    "read_sheet",
]

#: Public name to the module that defines it, imported when the name is first used.
_HOMES = {
    **dict.fromkeys(("EvidenceGraph", "open_endpoint", "open_graph", "open_store", "read_sheet"), "api"),
    "NlcGraphError": "errors",
    "Claim": "evidence.claims",
    "Filters": "evidence.filters",
    **dict.fromkeys(("Impact", "Impacts", "find_impacts"), "evidence.impacts"),
    "Graph": "graph.graph",
    **dict.fromkeys(("Ref", "Table"), "table"),
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
