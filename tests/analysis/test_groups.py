"""What goes together, on graphs with a known answer."""

from __future__ import annotations

import random
import subprocess
import sys
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlc_graph import Graph
from nlc_graph.analysis.communities import groups, louvain
from nlc_graph.analysis.null_model import affordable_draws, benjamini_hochberg, curveball, unusual_pairs
from nlc_graph.table import Ref

from ..conftest import TINY

T = "https://example.org/tiny/"


def iris(text: str) -> set[Ref]:
    return {Ref(name) for name in text.split()}


def test_two_separate_networks_are_two_groups() -> None:
    # Two components of equal weight: modularity 1 - 2 (1/2)² = 1/2 at best.
    graph = nx.Graph([(Ref(a), Ref(b), {"weight": 1}) for a, b in ("pN", "qN", "rM", "sM")])
    found, score = louvain(graph, 1)
    assert [set(members) for members in found] == [{"p", "q", "N"}, {"r", "s", "M"}]
    assert score == pytest.approx(0.5)
    assert louvain(nx.Graph(), 1) == ([], 0.0)


def test_groups_of_tiny_name_members_and_uses(tiny: Graph) -> None:
    part = groups(tiny, draws=99).parts[0]
    # Story-making is in both networks; the rest hangs on one of them each. Each group has one network.
    assert sorted(row[1] for row in part.rows) == [(f"{T}alder",), (f"{T}birch",)]
    assert {len(row[2]) for row in part.rows} == {2, 3}
    # 5 of 6 edges are inside; ends of edges are 7 and 5 of 12: 5/6 - (49 + 25)/144 = 0.319.
    assert part.note.startswith("modularity 0.319 with seed 2005; over 100 seeds from 0.319 to 0.319")
    assert "4 of 5 practices are used by one network only" in part.note


def test_the_same_in_another_process() -> None:
    command = [*("-m", "nlc_graph", "--no-bundled", "--data", str(TINY)), *("analyse", "groups", "--format", "json")]
    found = {
        subprocess.run(
            [sys.executable, *command], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


@given(st.lists(st.sets(st.sampled_from("abcdefgh")), min_size=2, max_size=6), st.integers(0, 9))
def test_curveball_keeps_the_numbers_of_both_sides(rows: list[set[str]], seed: int) -> None:
    traded = [{Ref(name) for name in row} for row in rows]
    curveball(traded, 20, random.Random(seed))  # noqa: S311
    assert [len(row) for row in traded] == [len(row) for row in rows]
    assert sorted(name for row in traded for name in row) == sorted(name for row in rows for name in row)


def test_curveball_reaches_every_graph_equally_often() -> None:
    # Two rows of one each, of a and b: two graphs, each half of the time.
    draw = random.Random(1)  # noqa: S311
    rows, times = [{Ref("a")}, {Ref("b")}], 0
    for _ in range(2000):
        curveball(rows, 1, draw)
        times += rows[0] == {"a"}
    assert 900 < times < 1100


def test_practices_always_together_are_found_and_others_are_not() -> None:
    # a and b are together in all of their eight networks out of sixteen; c and d are spread evenly.
    networks = {Ref(f"n{n:02}"): iris("a b" if n < 8 else "x y") | iris("c" if n % 2 else "d") for n in range(16)}
    found = {(pair.practice, pair.other): pair for pair in unusual_pairs(networks, draws=199, seed=1)}
    assert found[Ref("a"), Ref("b")].together == 8
    assert found[Ref("a"), Ref("b")].p == 1 / 200 and found[Ref("a"), Ref("b")].q < 0.05
    assert found[Ref("a"), Ref("c")].p > 0.2
    # All pairs of the six practices are tested, though a and x are never together: BH divides by 15.
    assert len(list(combinations("abcdxy", 2))) == 15
    assert found[Ref("a"), Ref("b")].q == pytest.approx(15 / 200 / 2)


def test_practices_of_one_network_are_not_tested() -> None:
    networks = {Ref("n1"): iris("a b z"), Ref("n2"): iris("a b")}
    assert [(pair.practice, pair.other, pair.p) for pair in unusual_pairs(networks, draws=99)] == [("a", "b", 1.0)]


def test_corrected_values_never_fall_below_the_raw_ones() -> None:
    values = {(Ref(a), Ref(b)): 0.01 * number for number, (a, b) in enumerate(combinations("abcd", 2), 1)}
    corrected = benjamini_hochberg(values)
    assert all(corrected[pair] >= value for pair, value in values.items())
    assert list(corrected.values()) == pytest.approx([0.06] * 6)


def test_fewer_draws_where_there_is_much_to_count(monkeypatch: pytest.MonkeyPatch) -> None:
    networks = {Ref(str(n)): iris("a b c d") for n in range(10)}
    assert affordable_draws(networks, 999) == 999
    monkeypatch.setattr("nlc_graph.analysis.null_model.MOST_COUNTED", 80 * 200)
    assert affordable_draws(networks, 999) == 200
