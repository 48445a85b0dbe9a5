"""An evidence graph of school networks: which practices relate to which impacts, on what evidence.

>>> from nlc_graph import open_graph
>>> graph = open_graph()
>>> table = graph.query("practices-for-outcome", outcome="attendance")
>>> "practice" in table.columns
True
"""

from .errors import NlcGraphError
from .graph import Graph, open_graph
from .links import Filters, Link, Links, find_links
from .table import Iri, Table

__all__ = ["Filters", "Graph", "Iri", "Link", "Links", "NlcGraphError", "Table", "find_links", "open_graph"]
