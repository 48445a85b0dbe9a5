"""Network formats: read back by networkx and pydot, checked against schemas, loaded by Cytoscape.js."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pydot
import pytest
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
from .conftest import LABELS, T, relabelled

ROOT = Path(__file__).parent.parent.parent
CYTOSCAPE = ROOT / "build" / "node" / "node_modules" / "cytoscape"
#: Schemas in our own words, which check less than those of the formats' makers (out of JGraphT's jar).
SCHEMAS = ROOT / "tests" / "schemas"
OFFICIAL = ROOT / "build" / "schemas"
GRAPHML = etree.XMLSchema(etree.parse(SCHEMAS / "graphml-1.0.xsd"))
GEXF = etree.XMLSchema(etree.parse(SCHEMAS / "gexf-1.2.xsd"))


def missing(tool: str) -> None:
    """Skip a test for which a tool is not installed; in CI, fail."""
    pytest.fail(tool) if in_ci() else pytest.skip(f"{tool} is not there, so this was NOT checked")


def content(graph: nx.Graph) -> tuple[dict[str, Any], list[Any]]:
    """Return nodes and edges in a fixed order; the ends of an undirected edge in no order."""
    edges = []
    for one, other, key, data in graph.edges(keys=True, data=True):
        edges.append((key, [one, other] if graph.is_directed() else sorted((one, other)), data))
    return dict(graph.nodes(data=True)), sorted(edges, key=lambda edge: edge[:2])


def from_graphml(data: bytes, like: nx.Graph) -> nx.Graph:
    """Read GraphML, and give nodes and edges back their identifiers."""
    names = {name_token(node): node for node in like}
    read = nx.relabel_nodes(nx.read_graphml(io.BytesIO(data), force_multigraph=True), names)
    return rekeyed(read, like, "key")


def from_gexf(data: bytes, like: nx.Graph) -> nx.Graph:
    read = nx.read_gexf(io.BytesIO(data))
    for _, _, attributes in read.edges(data=True):
        del attributes["id"]
    return rekeyed(read, like, "edge_key")


def rekeyed(read: nx.Graph, like: nx.Graph, name: str) -> nx.Graph:
    """Copy a network, with the keys of edges taken from an attribute."""
    found = like.__class__()
    found.add_nodes_from(read.nodes(data=True))
    for one, other, attributes in read.edges(data=True):
        found.add_edges_from([(one, other, attributes.pop(name), attributes)])
    return found


XML: tuple[tuple[str, Callable[..., bytes], Callable[..., nx.Graph], etree.XMLSchema], ...] = (
    ("graphml", to_graphml, from_graphml, GRAPHML),
    ("gexf", to_gexf, from_gexf, GEXF),
)


def as_texts(data: dict[str, Any]) -> dict[str, str]:
    """Return attributes as tables hold them, which have no types; empty ones are left out."""
    texts = {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in data.items()}
    return {name: text for name, text in texts.items() if text}


def tables(network: nx.Graph) -> list[list[dict[str, str]]]:
    """Return the rows of the CSV tables of nodes and edges, without empty cells."""
    found = []
    for data in to_tables(network).values():
        rows = csv.DictReader(io.StringIO(data.decode(), newline=""))
        found.append([as_texts(row) for row in rows])
    return found


def kgx(network: nx.Graph) -> list[list[dict[str, str]]]:
    """Return the rows of the KGX tables as KGX reads them: without quoting, so each tab ends a cell."""
    found = []
    for data in to_kgx(network).values():
        header, *lines = (line.split("\t") for line in data.decode().split("\n")[:-1])
        found.append([as_texts(dict(zip(header, line, strict=True))) for line in lines])
    return found


@pytest.mark.parametrize("shape", SHAPES)
def test_graphml_and_gexf_are_read_back_the_same_and_fit_their_schemas(part: Subgraph, shape: Shape) -> None:
    network = to_network(part, shape)
    for _, write, read, schema in XML:
        written = write(network)
        schema.assertValid(etree.fromstring(written))
        assert content(read(written, network)) == content(network)
        assert write(to_network(part, shape)) == written


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_graphml_and_gexf_fit_the_schemas_of_their_makers(bundled: Graph, tiny: Graph, shape: Shape) -> None:
    if not (OFFICIAL / "gexf.xsd").is_file():
        missing("build/schemas/gexf.xsd (make it)")
    for name, write, _, _ in XML:
        schema = etree.XMLSchema(etree.parse(OFFICIAL / f"{name}.xsd"))
        for subgraph in (everything(bundled), relabelled(tiny, LABELS[3])):
            schema.assertValid(etree.fromstring(write(to_network(subgraph, shape))))


@pytest.mark.parametrize("shape", SHAPES)
def test_csv_tables_hold_every_node_edge_and_attribute(part: Subgraph, shape: Shape) -> None:
    network = to_network(part, shape)
    nodes, edges = tables(network)
    assert nodes == [as_texts({"id": node, **data}) for node, data in network.nodes(data=True)]
    assert edges == [
        as_texts({"source": one, "target": other, "key": key, **data})
        for one, other, key, data in network.edges(keys=True, data=True)
    ]


def test_kgx_tables_have_the_columns_that_kgx_reads(part: Subgraph) -> None:
    nodes, edges = kgx(to_network(part))
    assert {"id": "t:y2000", "category": "biolink:NamedThing", "name": "2000", "kind": "Period"}.items() <= next(
        node for node in nodes if node["id"] == "t:y2000"
    ).items()
    edge = next(edge for edge in edges if edge["object"] == "t:alder-change")
    assert {name: value for name, value in edge.items() if name != "id"} == {
        "subject": "t:alder-attendance",
        "predicate": "biolink:related_to",
        "object": "t:alder-change",
        "original_predicate": "nlc:supportedBy",
        "original_key": "nlc:supportedBy",
        "label": "supportedBy",
        "knowledge_level": "not_provided",
        "agent_type": "not_provided",
    }


@pytest.mark.parametrize("label", LABELS)
def test_any_label_is_kept_or_replaced_where_xml_forbids_it(tiny: Graph, label: str) -> None:
    network = to_network(relabelled(tiny, label))
    expected = content(for_xml(network))
    for _, write, read, schema in XML:
        written = write(network)
        schema.assertValid(etree.fromstring(written))
        assert content(read(written, network)) == expected
    claim = next(row for row in tables(network)[0] if row["id"] == "t:birch-writing")
    assert claim["label"] in (label, f"'{label}") or not label
    assert len(kgx(network)[1]) == network.number_of_edges()
    assert json.loads(to_cytoscape(network))["elements"]["nodes"]


def test_characters_that_xml_forbids_are_counted(tiny: Graph) -> None:
    assert count_forbidden(to_network(relabelled(tiny, "a\x00b\ufffec"))) == 2


def test_cytoscape_json_is_read_back_by_networkx(part: Subgraph) -> None:
    network = to_network(part)
    read = nx.cytoscape_graph(json.loads(to_cytoscape(network)))
    assert dict(read.nodes(data="name")) == dict(network.nodes(data="label"))
    assert sorted(read.edges(keys=True)) == sorted(network.edges(keys=True))


@pytest.mark.slow
def test_cytoscape_js_loads_cytoscape_json(bundled: Graph, tmp_path: Path) -> None:
    if not CYTOSCAPE.is_dir() or not shutil.which("node"):
        missing("Cytoscape.js (make build/node/node_modules/cytoscape)")
    iri = "https://w3id.org/nlc-graph/nlc2005/kingsbridge-joint-attendance"
    network = to_network(cut(bundled, [iri]))
    (tmp_path / "part.cyjs").write_bytes(to_cytoscape(network))
    script = (
        f"const cytoscape = require({json.dumps(str(CYTOSCAPE))});"
        "const cy = cytoscape({headless: true, ...JSON.parse(require('fs').readFileSync(process.argv[1], 'utf8'))});"
        "console.log(JSON.stringify([cy.nodes().length, cy.edges().length,"
        " cy.$id('nlc2005:kingsbridge-joint-attendance').data('name')]));"
    )
    done = subprocess.run(["node", "-e", script, tmp_path / "part.cyjs"], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [
        network.number_of_nodes(),
        network.number_of_edges(),
        bundled.names.label(iri),
    ]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("label", [LABELS[1], LABELS[4]])
def test_dot_is_read_by_pydot(tiny: Graph, label: str) -> None:
    network = to_network(relabelled(tiny, label))
    read = (pydot.graph_from_dot_data(to_dot(network).decode()) or [])[0]
    assert len(read.get_edges()) == network.number_of_edges()
    assert len(read.get_nodes()) == network.number_of_nodes()


def test_triples_become_nodes_edges_and_attributes(part: Subgraph) -> None:
    network = to_network(part)
    level = {"iri": f"{T}alder-2000", "label": "t:alder-2000", "kind": "Level", "nlc_value": 84.0}
    assert network.nodes["t:alder-2000"] == level
    edge = network.edges["t:alder-attendance", "t:alder-change", "nlc:supportedBy"]
    assert edge == {"predicate": "nlc:supportedBy", "label": "supportedBy"}


def test_a_claim_is_an_edge_of_the_linkage(part: Subgraph) -> None:
    network = to_network(part, "linkage")
    expected = {"relation": "claim", "link": "co-reported", "joint": False, "networks": "t:alder", "evidence": 1}
    found = network.edges["t:alder-mentors", "outcome:attendance", "t:alder-attendance"]
    assert {name: found[name] for name in expected} == expected
