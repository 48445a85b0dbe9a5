"""Network formats for other tools: GraphML, GEXF, Cytoscape JSON, KGX, node and edge tables, DOT.

A subgraph is written in one of two shapes. ``statements``: every resource is a node and every triple between two
resources an edge; only languages, datatypes and blank nodes are lost. ``linkage``: networks, strategies, practices,
outcome types and key features are nodes, and claims are edges with their link type, networks and number of supporting
items.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal
from xml.etree import ElementTree

import networkx as nx

from ..evidence.subgraph import Subgraph
from ..projection import LABEL, to_multigraph, to_scalars, to_statements
from ..table import Table, as_table, as_text
from .rdf import FORBIDDEN
from .tables import no_formula

Shape = Literal["statements", "linkage"]
SHAPES: tuple[Shape, ...] = ("statements", "linkage")
GEXF = "http://www.gexf.net/1.2draft"
#: What separates cells or lines in KGX, which has no quoting.
_BREAKS = re.compile(r"[\t\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


def to_network(part: Subgraph, shape: Shape = "statements") -> nx.Graph:
    """Return a subgraph as a multigraph whose attributes are texts, numbers and truth values.

    Directed for ``statements``; undirected for ``linkage``, since a link is a reported relationship.
    """
    if shape == "statements":
        return to_statements(part.triples, part.source.names)
    return to_scalars(to_multigraph(part.opened), part.source.names)


def to_graphml(graph: nx.Graph) -> bytes:
    """Serialise a network as GraphML 1.0; see :func:`for_xml` for what XML cannot represent.

    Nodes are identified by name tokens (see :func:`name_token`) and edges by ``e0``, ``e1`` …, since the schema
    requires different identifiers. The key of an edge is its attribute ``key``.
    """
    plain = for_xml(graph)
    found = graph.__class__()
    for node, data in plain.nodes(data=True):
        found.add_node(name_token(node), **_token_names(data))
    for number, (one, other, key, data) in enumerate(plain.edges(keys=True, data=True)):
        attributes = _token_names({**data, "key": key})
        found.add_edges_from([(name_token(one), name_token(other), f"e{number}", attributes)])
    out = io.BytesIO()
    nx.write_graphml_xml(found, out)  # generate_graphml would end lines at every Unicode line separator in a text
    return out.getvalue() + b"\n"


def to_gexf(graph: nx.Graph) -> bytes:
    """Serialise a network as GEXF 1.2; see :func:`for_xml` for what XML cannot represent.

    The key of an edge is its attribute ``edge_key``. The date, the version and the graph name that networkx adds are
    removed, so that the same network gives the same bytes and fits the schema.
    """
    ElementTree.register_namespace("", GEXF)
    out = io.BytesIO()
    nx.write_gexf(for_xml(graph), out)
    root = ElementTree.fromstring(out.getvalue())  # noqa: S314  our own
    for meta in root.findall(f"{{{GEXF}}}meta"):
        root.remove(meta)
    for network in root.findall(f"{{{GEXF}}}graph"):
        network.attrib.pop("name", None)
    for attribute in root.iter(f"{{{GEXF}}}attribute"):
        if attribute.get("title") == "networkx_key":  # networkx drops it on reading where no edges are parallel
            attribute.set("title", "edge_key")
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def to_cytoscape(graph: nx.Graph) -> bytes:
    """Serialise a network as Cytoscape JSON, for Cytoscape (.cyjs) and Cytoscape.js; ``name`` is the label."""
    content = nx.cytoscape_data(graph, name=LABEL)
    for number, edge in enumerate(content["elements"]["edges"]):
        edge["data"]["id"] = f"e{number}"  # else Cytoscape.js generates random identifiers
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


def to_tables(graph: nx.Graph) -> dict[str, bytes]:
    """Serialise a network as CSV tables of nodes and edges, as Gephi, Neo4j and pandas read them."""
    nodes = [{"id": node, **data} for node, data in graph.nodes(data=True)]
    edges = [
        {"source": one, "target": other, "key": key, **data}
        for one, other, key, data in graph.edges(keys=True, data=True)
    ]
    return {
        "_nodes.csv": _to_csv(_table(nodes, ("id", "label", "kind", "iri"))),
        "_edges.csv": _to_csv(_table(edges, ("source", "target", "key", "label"))),
    }


def to_kgx(graph: nx.Graph) -> dict[str, bytes]:
    """Serialise a network as KGX tables (TSV): nodes by ``id`` and ``category``, edges by subject, predicate, object.

    Our classes and relations are not in the Biolink model, so every category is ``biolink:NamedThing`` and every
    predicate ``biolink:related_to``; ours are in ``kind`` and ``original_predicate``. KGX has no quoting, so line
    breaks and tabs in texts become spaces. KGX would take a column ``key`` or ``edge_key`` for its own arguments.
    Its in-memory graph keeps only one edge for each subject and object, since the predicate is always the same.
    """
    nodes = [
        {"id": node, "category": "biolink:NamedThing", "name": data.get(LABEL, node), **_without(data, LABEL)}
        for node, data in graph.nodes(data=True)
    ]
    edges = [
        {
            "id": f"e{number}",
            "subject": one,
            "predicate": "biolink:related_to",
            "object": other,
            "original_predicate": data.get("predicate", data.get("relation", key)),
            "original_key": key,
            "knowledge_level": "not_provided",
            "agent_type": "not_provided",
            **_without(data, "predicate"),
        }
        for number, (one, other, key, data) in enumerate(graph.edges(keys=True, data=True))
    ]
    return {
        "_nodes.tsv": _to_tsv(_table(nodes, ("id", "category", "name", "kind", "iri"))),
        "_edges.tsv": _to_tsv(_table(edges, ("id", "subject", "predicate", "object", "original_predicate"))),
    }


def to_dot(graph: nx.Graph) -> bytes:
    """Serialise a network in the DOT language of Graphviz, with labels only."""
    kind, line = ("digraph", "->") if graph.is_directed() else ("graph", "--")
    lines = [f"{kind} {{"]
    for node, data in graph.nodes(data=True):
        lines.append(f"  {_quoted(node)} [label={_quoted(data.get(LABEL, node))}];")
    for one, other, key, data in graph.edges(keys=True, data=True):
        lines.append(f"  {_quoted(one)} {line} {_quoted(other)} [label={_quoted(data.get(LABEL, key))}];")
    return ("\n".join([*lines, "}"]) + "\n").encode()


def for_xml(graph: nx.Graph) -> nx.Graph:
    """Copy a network, replacing in texts what XML cannot represent; empty texts are left out."""
    found = graph.__class__()
    for node, data in graph.nodes(data=True):
        found.add_node(xml_text(node), **_xml_attributes(data))
    for one, other, key, data in graph.edges(keys=True, data=True):
        found.add_edges_from([(xml_text(one), xml_text(other), xml_text(key), _xml_attributes(data))])
    return found


def name_token(text: str) -> str:
    """Encode a text as an XML name token of ASCII characters, escaping others as SQL/XML (ISO 9075-14) does.

    >>> name_token("practice:learning-mentors"), name_token("urn:a/b")
    ('practice:learning-mentors', 'urn:a_x002F_b')
    """
    return re.sub(r"[^A-Za-z0-9:._-]|_(?=x[0-9A-F]{4,6}_)", lambda match: f"_x{ord(match.group()):04X}_", text)


def xml_text(text: str) -> str:
    """Replace characters that XML forbids by U+FFFD, and line ends by line feeds.

    >>> xml_text("a\\x00b\\r\\nc")
    'a\\ufffdb\\nc'
    """
    return re.sub(r"\r\n?", "\n", FORBIDDEN.sub("\ufffd", text))


def count_forbidden(graph: nx.Graph) -> int:
    """Count the characters in node attributes that XML forbids."""
    texts = [value for _, data in graph.nodes(data=True) for value in data.values() if isinstance(value, str)]
    return sum(len(FORBIDDEN.findall(text)) for text in texts)


def _xml_attributes(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: xml_text(value) if isinstance(value, str) else value for name, value in data.items() if value != ""}


def _token_names(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name_token(name): value for name, value in data.items()}


def _without(data: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key != name}


def _table(rows: Sequence[Mapping[str, Any]], first: Sequence[str]) -> Table:
    columns = [*first, *sorted(set().union(*rows).difference(first))]
    return as_table(columns, [list(map(row.get, columns)) for row in rows])


def _to_csv(table: Table) -> bytes:
    rows = [list(map(no_formula, row)) for row in table.rows]
    return as_table(table.columns, rows).to_csv().encode()


def _to_tsv(table: Table) -> bytes:
    lines = ["\t".join(table.columns)]
    for row in table.rows:
        lines.append("\t".join(_BREAKS.sub(" ", as_text(value)) for value in row))
    return "".join(f"{line}\n" for line in lines).encode()


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\x00", "\ufffd")
    return '"' + re.sub(r"\r\n?|\n", r"\\n", escaped) + '"'


#: Format to the function that serialises a network: as one file, or as several by the end of their names.
NETWORK_WRITERS: Mapping[str, Callable[[nx.Graph], bytes | dict[str, bytes]]] = {
    "graphml": to_graphml,
    "gexf": to_gexf,
    "cytoscape": to_cytoscape,
    "kgx": to_kgx,
    "tables": to_tables,
    "dot": to_dot,
}
