"""The same answers from a store on disk, from Oxigraph's server and from rdflib-endpoint."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from click.testing import CliRunner

from nlc_graph import Graph, open_graph
from nlc_graph.cli import cli
from nlc_graph.evidence.loading import load_store
from nlc_graph.graph.disk import open_store
from nlc_graph.graph.endpoint import open_endpoint
from nlc_graph.graph.queries import NamedQuery, named_queries

from ..conftest import TINY
from ..servers import CountingEngine, oxigraph, rdflib_endpoint

T = "https://example.org/tiny/"
#: Values that the tiny graph has for the parameters of named queries.
VALUES = {"outcome": "writing", "practice": "story-making", "feature": "achievement", "network": "Birch NLC"}


def can_be_asked(query: NamedQuery) -> bool:
    return set(query.required) <= set(VALUES)


QUERIES = list(filter(can_be_asked, named_queries()))[:20]
COMMANDS = (
    "impacts attendance",
    "impacts --practice story-making --network Birch --format csv",
    "impacts --kind testimony --feature well-being --format json",
    "show t:alder-attendance --format json",
    "show story-making",
    "find write more",
    "analyse gaps --format json",
    "analyse peers Alder --format json",
    "export --format graphml -o -",
    "export --format ntriples --around 'nurture room' --hops 2 -o -",
)
#: Commands whose number of requests must not depend on how much the endpoint holds.
COUNTED = ("impacts --format json", "find attendance", "query practices-for-outcome -p outcome=attendance")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("compliance") / "store"
    load_store(place, TINY, bundled=False)
    return place


@pytest.fixture(scope="module")
def addresses(store: Path, tiny: Graph) -> Iterator[dict[str, str]]:
    plain = rdflib.Graph()
    for triple in tiny.to_rdflib():
        plain.add(triple)
    with oxigraph(store) as one, rdflib_endpoint(plain) as other:
        yield {"oxigraph": one, "rdflib-endpoint": other}


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["store", "oxigraph", "rdflib-endpoint"])
class TestCompliance:
    @pytest.fixture
    def options(self, engine: str, store: Path, addresses: dict[str, str]) -> list[str]:
        where = ["--store", str(store)] if engine == "store" else ["--endpoint", addresses[engine]]
        return [*where, "--prefix", f"t={T}"]

    @pytest.fixture
    def graph(self, engine: str, store: Path, addresses: dict[str, str]) -> Graph:
        return open_store(store) if engine == "store" else open_endpoint(addresses[engine], prefixes={"t": T})

    @pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
    def test_named_query(self, query: NamedQuery, graph: Graph, tiny: Graph) -> None:
        parameters = {name: VALUES[name] for name in query.required}
        expected, answer = (each.query(query.name, **parameters) for each in (tiny, graph))
        if isinstance(expected, rdflib.Graph) and isinstance(answer, rdflib.Graph):
            assert set(answer) == set(expected)
        else:
            assert answer == expected

    @pytest.mark.parametrize("command", COMMANDS)
    def test_command(self, command: str, options: list[str]) -> None:
        expected = CliRunner().invoke(cli, f"--no-bundled --data '{TINY}' {command}")
        answer = CliRunner().invoke(cli, [*options, *shlex.split(command)])
        assert (answer.exit_code, answer.output) == (expected.exit_code, expected.output)

    def test_labels(self, graph: Graph, tiny: Graph) -> None:
        resources = tiny.select("SELECT DISTINCT ?s { ?s ?p ?o } ORDER BY ?s").column("s")
        graph.select("SELECT DISTINCT ?s { ?s ?p ?o }")
        for resource in resources:
            assert graph.names.label(str(resource)) == tiny.names.label(str(resource))


def remote(graph: Graph) -> tuple[Graph, CountingEngine]:
    """Return a graph as if it were behind an endpoint, and what counts its requests."""
    assert isinstance(graph._engine, ox.Store)
    engine = CountingEngine(graph._engine)
    return Graph(engine, {"t": T}, read_only=True), engine


def test_labels_of_all_answers_are_fetched_in_one_request(bundled: Graph) -> None:
    graph, engine = remote(bundled)
    rows = graph.select("SELECT DISTINCT ?s { ?s a nlc:Strategy }").column("s")
    labels = [graph.names.label(str(resource)) for resource in rows]
    assert len(rows) > 100 and engine.requests == 2
    assert labels == [bundled.names.label(str(resource)) for resource in rows]


@pytest.mark.parametrize("command", COUNTED)
def test_the_number_of_requests_does_not_grow_with_the_data(
    command: str, bundled: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    requests = []
    for evidence in (open_graph(TINY, bundled=False), bundled):
        graph, engine = remote(evidence)

        def opened(*given: Any, graph: Graph = graph, **options: Any) -> Graph:
            return graph

        monkeypatch.setattr("nlc_graph.graph.endpoint.open_endpoint", opened)
        result = CliRunner().invoke(cli, ["--endpoint", "http://example.org/", *shlex.split(command)])
        assert result.exit_code == 0, result.output
        requests.append(engine.requests)
    assert 0 < requests[1] <= requests[0] <= 12
