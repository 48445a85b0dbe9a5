"""An evidence graph of school networks: which practices relate to which impacts, on what evidence.

>>> from nlc_graph import open_graph
>>> graph = open_graph()
>>> table = graph.query("practices-for-outcome", outcome="attendance")
>>> "practice" in table.columns
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .errors import NlcGraphError
    from .evidence.impacts import Filters, Impact, Impacts, find_impacts
    from .graph.graph import Graph, open_graph
    from .table import Ref, Table

__all__ = ["Filters", "Graph", "Impact", "Impacts", "NlcGraphError", "Ref", "Table", "find_impacts", "open_graph"]

#: Public name to the module that defines it, imported when the name is first used.
_HOMES = {
    "NlcGraphError": "errors",
    **dict.fromkeys(("Graph", "open_graph"), "graph.graph"),
    **dict.fromkeys(("Filters", "Impact", "Impacts", "find_impacts"), "evidence.impacts"),
    **dict.fromkeys(("Ref", "Table"), "table"),
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
