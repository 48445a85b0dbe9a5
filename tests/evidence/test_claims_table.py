"""The claims table, in memory and in the folder of a store."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from nlc_graph import Filters, Graph, find_impacts, open_graph
from nlc_graph.errors import StoreError
from nlc_graph.evidence.claims_table import FILE, ClaimRow, EvidenceRow, claims_table
from nlc_graph.evidence.impacts import find_claims
from nlc_graph.evidence.loading import Loaded, load_store
from nlc_graph.graph.disk import build_store, open_store
from nlc_graph.table import Ref
from nlc_graph.vocabulary import BASE, NLC

from ..benchmarks.synthetic import write_triples
from ..conftest import TINY
from ..oracle import some_filters

T = "https://example.org/tiny/"


def tiny_ref(name: str) -> Ref:
    return Ref(T + name)


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> tuple[Graph, Graph]:
    """Return a store of two enquiries and some 300 made-up claims, and the same in memory."""
    folder = tmp_path_factory.mktemp("claims")
    with (folder / "some.nt").open("w", encoding="utf-8") as out:
        write_triples(out, 10_000)
    load_store(folder / "store", folder / "some.nt", TINY)
    return open_store(folder / "store"), open_graph(folder / "some.nt", TINY)


def test_a_row_has_everything_that_is_counted(tiny: Graph) -> None:
    rows = {row.claim: row for row in claims_table(tiny).rows()}
    assert len(rows) == 7
    assert rows[tiny_ref("alder-attendance")] == ClaimRow(
        claim=tiny_ref("alder-attendance"),
        outcome=Ref(f"{BASE}outcome/attendance"),
        link=Ref(f"{BASE}link/co-reported"),
        direction=Ref(f"{BASE}direction/improved"),
        feature=Ref(f"{BASE}feature/achievement"),
        design=Ref(f"{BASE}design/change"),
        strategies=(tiny_ref("alder-mentors"),),
        practices=(Ref(f"{BASE}practice/learning-mentors"),),
        units=(tiny_ref("alder-school"),),
        networks=(tiny_ref("alder"),),
        enquiries=(tiny_ref("enquiry"),),
        evidence=(
            EvidenceRow(tiny_ref("alder-inspected"), Ref(f"{BASE}kind/inspection-report"), Ref(f"{NLC}qualifiedBy")),
            EvidenceRow(tiny_ref("alder-change"), Ref(f"{BASE}kind/statistic"), Ref(f"{NLC}supportedBy")),
        ),
    )
    assert [item.supports for item in rows[tiny_ref("alder-attendance")].evidence] == [False, True]


def test_filters_choose_rows(bundled: Graph) -> None:
    table = claims_table(bundled)
    for filters in some_filters(bundled, 5):
        assert [row.claim for row in table.rows(filters)] == table.claims(filters) == find_claims(bundled, filters)


def test_some_claims_are_read_into_a_table_of_their_own(bundled: Graph) -> None:
    rows = list(claims_table(bundled).rows())
    some = [row.claim for row in rows[10:40]]
    assert list(claims_table(bundled, some).rows()) == rows[10:40]
    assert list(claims_table(bundled, []).rows()) == []


def test_the_table_of_a_store_equals_that_in_memory(stored: tuple[Graph, Graph]) -> None:
    store, memory = stored
    assert list(claims_table(store).rows()) == list(claims_table(memory).rows())
    for filters in some_filters(memory, 5):
        for full in (False, True):
            assert find_impacts(store, filters, full=full) == find_impacts(memory, filters, full=full)


def test_unfiltered_links_of_a_store_come_from_its_summary(stored: tuple[Graph, Graph]) -> None:
    store, memory = stored
    assert len(claims_table(store)._summary()) == len(find_impacts(memory).links)
    assert claims_table(memory)._summary() == []


def test_loading_reports_what_it_loads(tmp_path: Path, tiny: Graph) -> None:
    derived = len(tiny) - sum(1 for _ in tiny.authored())
    assert load_store(tmp_path / "new", TINY, bundled=False) == Loaded(len(tiny), derived, 7, 2, 5)


def test_a_store_needs_its_own_table(tmp_path: Path) -> None:
    load_store(tmp_path / "one", TINY, bundled=False)
    build_store(tmp_path / "two", TINY, bundled=False)
    with pytest.raises(StoreError) as missing:
        find_impacts(open_store(tmp_path / "two"))
    (tmp_path / "one" / FILE).rename(tmp_path / "two" / FILE)
    with pytest.raises(StoreError) as other:
        find_impacts(open_store(tmp_path / "two"))
    (tmp_path / "two" / FILE).write_bytes(b"not a database")
    with pytest.raises(StoreError) as damaged:
        find_impacts(open_store(tmp_path / "two"))
    assert {each.value.hint for each in (missing, other, damaged)} == {"load it again"}
    assert FILE in missing.value.reason and FILE in other.value.reason and FILE in damaged.value.reason


def test_a_claim_that_breaks_the_rules_counts_once(tmp_path: Path) -> None:
    (tmp_path / "odd.ttl").write_text(
        """PREFIX nlc: <https://w3id.org/nlc-graph/ontology#> PREFIX t: <https://example.org/tiny/>
        PREFIX link: <https://w3id.org/nlc-graph/link/> PREFIX outcome: <https://w3id.org/nlc-graph/outcome/>
        t:odd a nlc:Claim ; nlc:outcome outcome:writing, outcome:behaviour, "words" ; nlc:linkType link:none ."""
    )
    graph = open_graph(TINY, tmp_path / "odd.ttl", bundled=False)
    assert [row.claim for row in claims_table(graph).rows(Filters())].count(tiny_ref("odd")) == 1
    assert find_impacts(graph).unlinked_claims == 3


def test_the_table_is_plain_sqlite(tmp_path: Path) -> None:
    load_store(tmp_path / "one", TINY, bundled=False)
    database = sqlite3.connect(tmp_path / "one" / FILE)
    assert database.execute("SELECT claims, links FROM about").fetchall() == [(7, 5)]
