"""Triples as networkx graphs, and attributes in the plain form that other tools read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

import networkx as nx
import pyoxigraph as ox

from ..graph.names import NameIndex
from ..table import Ref
from ..vocabulary import PREFIXES, RDF_TYPE, local_name
from .bipartite import KIND, LABEL

#: Datatypes whose values become Python numbers.
NUMBERS = frozenset(f"{PREFIXES['xsd']}{name}" for name in ("integer", "decimal", "double"))
#: Attribute names with a meaning of their own in Gephi, Cytoscape, KGX or networkx.
RESERVED = frozenset(
    "id iri label kind key name value start end pid type weight source target parents viz spells slices category"
    " predicate subject object".split()
)


def to_statements(triples: Iterable[ox.Triple], names: NameIndex) -> nx.MultiDiGraph:
    """Project triples: each resource becomes a node, each statement about another resource an edge.

    Nodes are short identifiers with ``iri``, :data:`LABEL`, :data:`KIND` (local name of the class, else ``thing``) and
    one attribute a property with literals, named by :func:`attribute_name`. A value is a number if all values of the
    property are single numbers; several values are joined by ``; ``. Languages and datatypes are dropped. Edges have
    the property's short identifier as key and as ``predicate``, and its local name as :data:`LABEL`. Blank nodes are
    left out.
    """
    found = nx.MultiDiGraph()
    texts: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    types: dict[str, set[type]] = defaultdict(set)
    for triple in triples:
        if not isinstance(triple.subject, ox.NamedNode) or isinstance(triple.object, (ox.BlankNode, ox.Triple)):
            continue
        node = _node(found, triple.subject.value, names)
        predicate = triple.predicate.value
        if isinstance(triple.object, ox.Literal):
            name = attribute_name(predicate, names)
            texts[node][name].add(triple.object.value)
            types[name].add(_type(triple.object) if len(texts[node][name]) == 1 else str)
        elif predicate == RDF_TYPE:
            texts[node][KIND].add(local_name(triple.object.value))
        else:
            key = names.curie(predicate)
            other = _node(found, triple.object.value, names)
            found.add_edge(node, other, key=key, predicate=key, **{LABEL: local_name(predicate)})
    for node, attributes in texts.items():
        for name, values in sorted(attributes.items()):
            if joined := "; ".join(sorted(values)):  # most formats have no empty text
                found.nodes[node][name] = _common(types[name])(joined)
    return found


def attribute_name(iri: str, names: NameIndex) -> str:
    """Return the attribute name of a property: its local name, with the prefix if that is reserved or not ours."""
    name, prefix = local_name(iri), names.curie(iri).partition(":")[0]
    if prefix in ("rdfs", "skos") and name in ("label", "prefLabel"):
        return LABEL
    plain = prefix in ("nlc", "skos", "rdfs", "dcterms") and name not in RESERVED
    return name if plain else re.sub(r"\W+", "_", names.curie(iri))


def to_scalars(graph: nx.Graph, names: NameIndex) -> nx.Graph:
    """Return a graph with short identifiers as nodes and keys, and texts and numbers as attributes.

    Tuples of IRIs become short identifiers separated by spaces; nodes have their ``iri``.
    """

    def plain(data: dict[str, object]) -> dict[str, object]:
        return {name: _scalar(value, names) for name, value in data.items()}

    found = graph.__class__()
    for node, data in graph.nodes(data=True):
        found.add_node(names.curie(node), iri=str(node), **plain(data))
    if graph.is_multigraph():
        for one, other, key, data in graph.edges(keys=True, data=True):
            found.add_edge(names.curie(one), names.curie(other), key=names.curie(key), **plain(data))
    else:
        for one, other, data in graph.edges(data=True):
            found.add_edge(names.curie(one), names.curie(other), **plain(data))
    return found


def _scalar(value: object, names: NameIndex) -> object:
    if isinstance(value, tuple):
        return " ".join(names.curie(item) for item in value)
    return names.curie(value) if isinstance(value, Ref) else value


def _node(found: nx.Graph, iri: str, names: NameIndex) -> str:
    """Return the node of an IRI; add it if it is new."""
    node = names.curie(iri)
    if node not in found:
        found.add_node(node, iri=iri, **{LABEL: names.label(iri), KIND: "thing"})
    return node


def _type(literal: ox.Literal) -> type:
    """Return the Python type of a literal that every tool can read."""
    if literal.datatype.value not in NUMBERS or len(literal.value) > 15:
        return str
    if re.fullmatch(r"[+-]?\d+", literal.value, re.ASCII):
        return int
    return float if re.fullmatch(r"[+-]?(\d+\.\d*|\.?\d+)(e[+-]?\d\d?)?", literal.value, re.ASCII | re.I) else str


def _common(types: set[type]) -> type:
    if not types or str in types:
        return str
    return float if float in types else int
