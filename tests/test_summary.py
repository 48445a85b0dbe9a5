"""The link summary of a store equals the links counted from its claims, and is never read when it is stale."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from nlc_graph.evidence.counting import ALL, count_slices
from nlc_graph.evidence.summary import SLICED, SUMMARY, count_summary, has_summary, read_summary, write_summary

from nlc_graph import Filters, Graph, find_impacts, open_graph
from nlc_graph.evidence.impacts import find_claims
from nlc_graph.graph.disk import build_store, open_store

from .benchmarks.synthetic import write_triples
from .conftest import TINY
from .test_enquiries import RIVERSIDE
from .test_linkage import TAKES, some_filters


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> tuple[Graph, Graph]:
    """Return a store of two enquiries and some 700 made-up claims, and the same in memory, without summary.

    Seven claims are enough for a slice.
    """
    folder = tmp_path_factory.mktemp("summary")
    with (folder / "some.nt").open("w", encoding="utf-8") as out:
        write_triples(out, 20_000)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("nlc_graph.evidence.counting.FEWEST_CLAIMS", 7)
        patch.setattr("nlc_graph.evidence.counting.FEWEST_A_LINK", 0)
        build_store(folder / "store", folder / "some.nt", RIVERSIDE)
    return open_store(folder / "store"), open_graph(folder / "some.nt", RIVERSIDE)


def test_it_equals_the_direct_query_with_and_without_filters(stored: tuple[Graph, Graph]) -> None:
    store, memory = stored
    answered = 0
    for filters in some_filters(memory, 40):
        assert find_impacts(store, filters, full=False) == find_impacts(memory, filters, full=False), filters
        answered += read_summary(store, filters) is not None
    assert answered > 5  # not all of it by the direct query


@pytest.mark.parametrize("name", SLICED)
def test_it_equals_the_direct_query_under_each_single_filter(stored: tuple[Graph, Graph], name: str) -> None:
    store, memory = stored
    things = memory.select(f"SELECT DISTINCT ?x {{ {TAKES[name]} }} ORDER BY ?x").column("x")
    answered = 0
    for thing in map(str, things[:40]):
        filters = Filters(**{name: frozenset([thing])})
        answered += read_summary(store, filters) is not None
        assert find_impacts(store, filters, full=False) == find_impacts(memory, filters, full=False), filters
    assert answered > 1


def test_what_it_answers_and_what_is_counted_from_the_claims(stored: tuple[Graph, Graph]) -> None:
    store, memory = stored
    practice, outcome, network, feature, link, other = (
        frozenset([store.resolve(name, sort)])
        for name, sort in (
            ("learning mentors", "practice"),
            ("attendance", "outcome"),
            ("Kingsbridge", "network"),
            ("well-being", "feature"),
            ("attributed", "link"),
            ("intended", "link"),
        )
    )
    for filters in (
        *(Filters(), Filters(practices=practice), Filters(outcomes=outcome), Filters(text=practice | outcome)),
        *(Filters(networks=network), Filters(features=feature), Filters(links=link), Filters(text=network)),
        *(Filters(outcomes=outcome, links=link), Filters(text=practice, networks=network)),
    ):
        assert read_summary(store, filters) is not None, filters
    for filters in (
        *(Filters(text=practice | feature), Filters(text=practice | network), Filters(links=link | other)),
        *(Filters(features=feature, links=link), Filters(text=network, networks=network)),
    ):
        assert read_summary(store, filters) is None, filters
    assert not has_summary(memory) and count_summary(memory) is None


def test_slices_of_few_claims_are_counted_when_they_are_asked_for(tmp_path: Path) -> None:
    build_store(tmp_path / "store")
    store = open_store(tmp_path / "store")
    for filters in (
        Filters(networks=frozenset([store.resolve("Kingsbridge", "network")])),
        Filters(features=frozenset([store.resolve("well-being", "feature")])),
    ):
        assert read_summary(store, filters) is None


def test_slices_of_hardly_more_claims_than_links_are_left_out(
    stored: tuple[Graph, Graph], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _, memory = stored
    memory.dump(str(tmp_path / "all.nt"))
    monkeypatch.setattr("nlc_graph.evidence.counting.FEWEST_CLAIMS", 1)
    monkeypatch.setattr("nlc_graph.evidence.counting.FEWEST_A_LINK", 1.5)
    store = ox.Store()
    store.bulk_load(path=tmp_path / "all.nt")
    kept = dict(count_slices(memory, store))
    assert ALL in kept and len(kept) > 1
    for part, counted in kept.items():
        claims = find_claims(memory, Filters(**({part.filter: frozenset([part.value])} if part.filter else {})))
        assert part == ALL or len(claims) >= 1.5 * len(counted.links)


def test_it_is_not_read_where_its_fingerprint_is_another() -> None:
    store = ox.Store()
    graph = Graph(store)
    graph.read(str(TINY))
    assert write_summary(graph, store, "made from this") == 5
    graph.fingerprint = "made from this"
    assert has_summary(graph) and count_summary(graph) == 5
    graph.fingerprint = "made from that"
    assert not has_summary(graph)
    assert read_summary(graph, Filters()) is None


def test_it_stays_out_of_the_default_graph(stored: tuple[Graph, Graph]) -> None:
    store, memory = stored
    assert len(store) == len(memory)
    assert not store.ask(f"ASK {{ ?s ?p ?o FILTER(STRSTARTS(STR(?s), '{SUMMARY}')) }}")
    assert sum(1 for _ in store.authored()) == sum(1 for _ in memory.authored())


def test_the_fingerprint_follows_the_evidence(tmp_path: Path) -> None:
    for name, text in (("one", "<urn:a> <urn:b> 1 ."), ("two", "<urn:a> <urn:b> 2 .")):
        (tmp_path / f"{name}.ttl").write_text(text)
        build_store(tmp_path / name, tmp_path / f"{name}.ttl", bundled=False)
    build_store(tmp_path / "again", tmp_path / "one.ttl", bundled=False)
    one, two, again = (open_store(tmp_path / name).fingerprint for name in ("one", "two", "again"))
    assert one == again != two
