"""A part as a network for other tools: GraphML, GEXF, Cytoscape JSON, KGX, node and edge tables, DOT.

Two shapes. ``statements``: every thing is a node and every statement an edge, so nothing of the evidence is lost but
languages, datatypes and blank nodes. ``linkage``: networks, strategies, practices, outcome types and key features are
nodes, and claims are edges that name their link type, networks and number of supporting items.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal
from xml.etree import ElementTree

import networkx as nx

from ..evidence.subgraph import Subgraph
from ..projection import LABEL, to_multigraph, to_scalars, to_statements
from .evidence import no_formula
from .rdf import FORBIDDEN

Shape = Literal["statements", "linkage"]
SHAPES: tuple[Shape, ...] = ("statements", "linkage")
GEXF = "http://www.gexf.net/1.2draft"


def to_network(part: Subgraph, shape: Shape = "statements") -> nx.Graph:
    """Return a part as a multigraph whose attributes are texts, numbers and truth values.

    Directed (as RDF says it) for ``statements``; undirected for ``linkage``, since a link is a reported relationship.
    """
    if shape == "statements":
        return to_statements(part.triples, part.source.names)
    return to_scalars(to_multigraph(part.opened), part.source.names)


def to_graphml(graph: nx.Graph) -> bytes:
    """Return a network as GraphML 1.0; see :func:`for_xml` for what XML cannot hold.

    Identifiers of nodes are name tokens (see :func:`name_token`), those of edges ``e0``, ``e1`` …, since the schema
    wants them different; the keys of edges are an attribute ``key``.
    """
    plain = for_xml(graph)
    found = graph.__class__()
    found.add_nodes_from((name_token(node), _tokens(data)) for node, data in plain.nodes(data=True))
    found.add_edges_from(
        (name_token(one), name_token(other), f"e{number}", _tokens({**data, "key": key}))
        for number, (one, other, key, data) in enumerate(plain.edges(keys=True, data=True))
    )
    out = io.BytesIO()
    nx.write_graphml_xml(found, out)  # generate_graphml would end lines at every Unicode line separator in a text
    return out.getvalue() + b"\n"


def to_gexf(graph: nx.Graph) -> bytes:
    """Return a network as GEXF 1.2; see :func:`for_xml` for what XML cannot hold.

    networkx writes the date and its version, and a name that the schema does not know: these are taken out, so that
    the same network gives the same bytes. The keys of edges are an attribute ``edge_key``.
    """
    ElementTree.register_namespace("", GEXF)
    out = io.BytesIO()
    nx.write_gexf(for_xml(graph), out)
    root = ElementTree.fromstring(out.getvalue())  # noqa: S314  our own
    meta, network = root.find(f"{{{GEXF}}}meta"), root.find(f"{{{GEXF}}}graph")
    if meta is not None:
        root.remove(meta)
    if network is not None:
        network.attrib.pop("name", None)
    for attribute in root.iter(f"{{{GEXF}}}attribute"):
        if attribute.get("title") == "networkx_key":  # networkx drops it on reading where no edges are parallel
            attribute.set("title", "edge_key")
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def to_cytoscape(graph: nx.Graph) -> bytes:
    """Return a network as Cytoscape JSON, for Cytoscape (.cyjs) and Cytoscape.js alike; ``name`` is the label."""
    content = nx.cytoscape_data(graph, name=LABEL)
    for number, edge in enumerate(content["elements"]["edges"]):
        edge["data"]["id"] = f"e{number}"  # Cytoscape.js makes identifiers up where there are none
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


def to_tables(graph: nx.Graph) -> dict[str, bytes]:
    """Return a network as two CSV tables, as Gephi, Neo4j and pandas read: nodes, and edges by source and target."""
    nodes = [{"id": node, **data} for node, data in graph.nodes(data=True)]
    edges = [
        {"source": one, "target": other, "key": key, **data}
        for one, other, key, data in graph.edges(keys=True, data=True)
    ]
    return {
        "_nodes.csv": _delimited(nodes, ("id", "label", "kind", "iri"), ","),
        "_edges.csv": _delimited(edges, ("source", "target", "key", "label"), ","),
    }


def to_kgx(graph: nx.Graph) -> dict[str, bytes]:
    """Return a network as KGX tables (TSV): nodes by ``id`` and ``category``, edges by subject, predicate and object.

    Our classes and relations are no terms of the Biolink model, so the category is its widest, ``biolink:NamedThing``,
    and the predicate ``biolink:related_to``; ours stand beside it as ``kind`` and ``original_predicate``. KGX reads
    without quoting: line breaks and tabs in texts become spaces. No column is called ``key`` or ``edge_key``, which KGX
    takes for arguments of its own. What Biolink requires besides is not provided. KGX passes lines on one by one; its
    graph in memory keeps one of those that have subject and object in common, since the predicate is always the same.
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
        "_nodes.tsv": _delimited(nodes, ("id", "category", "name", "kind", "iri"), "\t"),
        "_edges.tsv": _delimited(edges, ("id", "subject", "predicate", "object", "original_predicate"), "\t"),
    }


def to_dot(graph: nx.Graph) -> bytes:
    """Return a network in the DOT language of Graphviz, labels only."""
    kind, line = ("digraph", "->") if graph.is_directed() else ("graph", "--")
    lines = [f"{kind} {{"]
    lines += [f"  {_quoted(node)} [label={_quoted(data.get(LABEL, node))}];" for node, data in graph.nodes(data=True)]
    for one, other, key, data in graph.edges(keys=True, data=True):
        lines.append(f"  {_quoted(one)} {line} {_quoted(other)} [label={_quoted(data.get(LABEL, key))}];")
    return ("\n".join([*lines, "}"]) + "\n").encode()


def for_xml(graph: nx.Graph) -> nx.Graph:
    """Return a copy with U+FFFD for each character that XML forbids, line feeds for line ends, and no empty text."""
    found = graph.__class__()
    found.add_nodes_from((xml_text(node), _clean(data)) for node, data in graph.nodes(data=True))
    found.add_edges_from(
        (xml_text(one), xml_text(other), xml_text(key), _clean(data))
        for one, other, key, data in graph.edges(keys=True, data=True)
    )
    return found


def name_token(text: str) -> str:
    """Return a text as an XML name token of ASCII characters, others written as SQL/XML (ISO 9075-14) writes them.

    Short identifiers stay as they are; IRIs do not.

    >>> name_token("practice:learning-mentors"), name_token("urn:a/b")
    ('practice:learning-mentors', 'urn:a_x002F_b')
    """
    return re.sub(r"[^A-Za-z0-9:._-]|_(?=x[0-9A-F]{4,6}_)", lambda match: f"_x{ord(match.group()):04X}_", text)


def xml_text(text: str) -> str:
    """Return a text as XML can hold it.

    >>> xml_text("a\\x00b\\r\\nc")
    'a\\ufffdb\\nc'
    """
    return re.sub(r"\r\n?", "\n", FORBIDDEN.sub("\ufffd", text))


def count_forbidden(graph: nx.Graph) -> int:
    """Return the number of characters in labels and other texts that XML forbids."""
    records: Iterable[Mapping[str, Any]] = [data for _, data in graph.nodes(data=True)]
    return sum(len(FORBIDDEN.findall(value)) for data in records for value in data.values() if isinstance(value, str))


def _clean(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: xml_text(value) if isinstance(value, str) else value for name, value in data.items() if value != ""}


def _tokens(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name_token(name): value for name, value in data.items()}


def _without(data: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key != name}


def _delimited(rows: list[dict[str, Any]], first: Iterable[str], delimiter: str) -> bytes:
    columns = dict.fromkeys(first) | dict.fromkeys(sorted({name for row in rows for name in row}))
    out = io.StringIO()
    if delimiter == "\t":
        out.write("\t".join(columns) + "\n")
        for row in rows:
            out.write(
                "\t".join(
                    re.sub(r"[\t\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+", " ", _cell(row.get(name))) for name in columns
                )
                + "\n"
            )
    else:
        writer = csv.writer(out)
        writer.writerow(columns)
        writer.writerows([_cell(no_formula(row.get(name))) for name in columns] for row in rows)
    return out.getvalue().encode()


def _cell(value: object) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _quoted(text: str) -> str:
    escaped = (
        str(text)
        .replace("\\", "\\\\")
        .replace('"', '\\"')
        .replace("\r\n", "\\n")
        .replace("\n", "\\n")
        .replace("\r", "\\n")
    )
    return '"' + escaped.replace("\x00", "\ufffd") + '"'


#: Name of a format to how a network is written in it: one file, or several by the end of their names.
NETWORK_WRITERS: Mapping[str, Callable[[nx.Graph], bytes | dict[str, bytes]]] = {
    "graphml": to_graphml,
    "gexf": to_gexf,
    "cytoscape": to_cytoscape,
    "kgx": to_kgx,
    "tables": to_tables,
    "dot": to_dot,
}
