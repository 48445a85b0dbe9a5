"""Pairs of practices used together, on graphs with a known answer."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlc_graph.analysis.null_model import affordable_draws, benjamini_hochberg, curveball, find_unusual_pairs
from nlc_graph.table import Ref


def iris(text: str) -> set[Ref]:
    return {Ref(name) for name in text.split()}


@given(st.lists(st.sets(st.sampled_from("abcdefgh")), min_size=2, max_size=6), st.integers(0, 9))
def test_curveball_keeps_the_sizes_of_rows_and_columns(rows: list[set[str]], seed: int) -> None:
    traded = [{Ref(name) for name in row} for row in rows]
    curveball(traded, 20, random.Random(seed))  # noqa: S311
    assert [len(row) for row in traded] == [len(row) for row in rows]
    assert sorted(name for row in traded for name in row) == sorted(name for row in rows for name in row)


def test_practices_always_used_together_are_found() -> None:
    # a and b are together in all of their eight networks out of sixteen; c and d are spread evenly.
    networks = {Ref(f"n{n:02}"): iris("a b" if n < 8 else "x y") | iris("c" if n % 2 else "d") for n in range(16)}
    found = {(pair.practice, pair.other): pair for pair in find_unusual_pairs(networks, draws=199, seed=1)}
    assert (found[Ref("a"), Ref("b")].together, found[Ref("a"), Ref("b")].p) == (8, 1 / 200)
    # All 15 pairs of the six practices are tested, though a and x are never together. Two pairs have the lowest p.
    assert found[Ref("a"), Ref("b")].q == pytest.approx(15 / 200 / 2)
    assert found[Ref("a"), Ref("c")].p > 0.2


def test_practices_of_one_network_are_not_tested() -> None:
    networks = {Ref("n1"): iris("a b z"), Ref("n2"): iris("a b")}
    assert [(pair.practice, pair.other, pair.p) for pair in find_unusual_pairs(networks, draws=99)] == [("a", "b", 1.0)]


def test_q_values_never_fall_below_p_values() -> None:
    values = {(Ref(a), Ref(b)): 0.01 * number for number, (a, b) in enumerate(combinations("abcd", 2), 1)}
    assert list(benjamini_hochberg(values).values()) == pytest.approx([0.06] * 6)


def test_large_graphs_get_fewer_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    networks = {Ref(str(n)): iris("a b c d") for n in range(10)}
    assert affordable_draws(networks, 999) == 999
    monkeypatch.setattr("nlc_graph.analysis.null_model.MAX_COUNTED", 80 * 200)
    assert affordable_draws(networks, 999) == 200
