"""Triples as networkx, whole: for tools that draw and store networks and do not read RDF."""

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
#: Attribute names to which Gephi, Cytoscape, KGX or networkx give a meaning of their own.
RESERVED = frozenset(
    "id iri label kind key name value start end pid type weight source target parents viz spells slices category"
    " predicate subject object".split()
)


def to_statements(triples: Iterable[ox.Triple], things: NameIndex) -> nx.MultiDiGraph:
    """Project triples whole: every thing a node, every statement about another thing an edge, every text an attribute.

    Nodes are short identifiers with ``iri``, :data:`LABEL`, :data:`KIND` (last part of the class, ``thing`` where none
    is stated) and one attribute a property with a literal value, called by the last part of the property's IRI (see
    :func:`attribute_name`). Values are numbers where all values of the property are single numbers; several are
    joined by ``; ``, in order. Languages and datatypes are left to the RDF formats. Edges have the property's short
    identifier as key and as ``predicate``, and its last part as :data:`LABEL`. Blank nodes are left out.
    """
    found = nx.MultiDiGraph()
    texts: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    types: dict[str, set[type]] = defaultdict(set)
    for triple in triples:
        if not isinstance(triple.subject, ox.NamedNode) or isinstance(triple.object, (ox.BlankNode, ox.Triple)):
            continue
        node = things.curie(triple.subject.value)
        _describe(found, node, triple.subject.value, things)
        predicate = triple.predicate.value
        if isinstance(triple.object, ox.Literal):
            name = attribute_name(predicate, things)
            texts[node][name].add(triple.object.value)
            types[name].add(_type(triple.object) if len(texts[node][name]) == 1 else str)
        elif predicate == RDF_TYPE:
            texts[node][KIND].add(local_name(triple.object.value))
        else:
            other = things.curie(triple.object.value)
            _describe(found, other, triple.object.value, things)
            key = things.curie(predicate)
            found.add_edge(node, other, key=key, predicate=key, **{LABEL: local_name(predicate)})
    for node, attributes in texts.items():
        for name, values in sorted(attributes.items()):
            joined = "; ".join(sorted(values))
            if not joined:
                continue  # most formats know no empty text; a thing with an empty label keeps its identifier
            kind = str if str in types[name] else float if float in types[name] else int
            found.nodes[node][name] = kind(joined) if types[name] else joined
    return found


def attribute_name(iri: str, things: NameIndex) -> str:
    """Return what the attribute of a literal is called: the last part of the property's IRI.

    With the prefix before it where other tools give that name a meaning of their own, or where it is no term of ours.
    """
    name, prefix = local_name(iri), things.curie(iri).partition(":")[0]
    if prefix in ("rdfs", "skos") and name in ("label", "prefLabel"):
        return LABEL
    plain = prefix in ("nlc", "skos", "rdfs", "dcterms") and name not in RESERVED
    return name if plain else re.sub(r"\W+", "_", things.curie(iri))


def to_scalars(graph: nx.Graph, things: NameIndex) -> nx.Graph:
    """Return a graph with short identifiers as nodes and keys, and plain texts and numbers as attributes.

    Lists of IRIs become short identifiers with spaces between; nodes have their ``iri``. For formats without lists.
    """

    def plain(value: object) -> object:
        if isinstance(value, tuple):
            return " ".join(things.curie(item) for item in value)
        return things.curie(value) if isinstance(value, Ref) else value

    found = graph.__class__()
    for node, data in graph.nodes(data=True):
        found.add_node(things.curie(node), iri=str(node), **{name: plain(value) for name, value in data.items()})
    for one, other, key, data in graph.edges(keys=True, data=True):
        attributes = {name: plain(value) for name, value in data.items()}
        found.add_edge(things.curie(one), things.curie(other), key=things.curie(key), **attributes)
    return found


def _describe(found: nx.Graph, node: str, iri: str, things: NameIndex) -> None:
    if node not in found:
        found.add_node(node, iri=iri, **{LABEL: things.label(iri), KIND: "thing"})


def _type(literal: ox.Literal) -> type:
    """Return int, float or str: what a literal can become so that every tool reads it."""
    if literal.datatype.value not in NUMBERS or len(literal.value) > 15:
        return str
    if re.fullmatch(r"[+-]?\d+", literal.value, re.ASCII):
        return int
    return float if re.fullmatch(r"[+-]?(\d+\.\d*|\.?\d+)(e[+-]?\d\d?)?", literal.value, re.ASCII | re.I) else str
