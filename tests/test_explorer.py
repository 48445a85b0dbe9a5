"""The explorer page, without a browser."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import networkx as nx
import pytest

import nlc_graph
from nlc_graph import Graph, find_links, open_graph
from nlc_graph.explorer import render_page
from nlc_graph.explorer.layers import COLUMN_X, LAYER, positions
from nlc_graph.explorer.page import draw

from .conftest import TINY

HOSTILE = '</script><script>alert(1)</script><img src=x onerror=alert(1)> {{7*7}} "\\u2028 href'


def page(graph: Graph) -> str:
    return render_page(graph, find_links(graph).links)


@pytest.fixture(scope="module")
def tiny_page(tiny: Graph) -> str:
    return page(tiny)


def test_drawing_joins_networks_practices_outcomes_and_features(tiny: Graph) -> None:
    drawn = draw(tiny, find_links(tiny).links)
    label = nx.get_node_attributes(drawn, "label")
    edges = {frozenset((label[a], label[b])): data["claims"] for a, b, data in drawn.edges(data=True)}
    assert edges[frozenset(("story-making", "writing"))] == 2
    assert edges[frozenset(("Alder NLC", "learning mentors"))] == 2
    assert frozenset(("learning mentors", "writing")) not in edges
    assert sorted(nx.get_node_attributes(drawn, LAYER).values()) == [0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3]


def test_positions_are_columns_without_overlap_and_always_the_same(tiny: Graph) -> None:
    drawn = draw(tiny, find_links(tiny).links)
    placed = positions(drawn)
    assert {node: x for node, (x, _) in placed.items()} == {
        node: COLUMN_X[data[LAYER]] for node, data in drawn.nodes(data=True)
    }
    for column in COLUMN_X:
        heights = sorted(y for x, y in placed.values() if x == column)
        assert all(b - a >= 30 for a, b in pairwise(heights))
    assert positions(draw(tiny, find_links(tiny).links)) == placed


def test_the_page_is_one_file_that_asks_nobody(tiny_page: str) -> None:
    outside_scripts = re.sub(r"<script>.*?</script>", "", tiny_page, flags=re.DOTALL)
    assert not re.findall(r"(?:src|href)\s*=", outside_scripts)
    assert "default-src 'none'" in tiny_page and tiny_page.count("'sha256-") == 2
    assert "unsafe-eval" not in tiny_page and "SCRIPT-HASHES" not in tiny_page


def test_the_page_holds_links_claims_and_the_caution(tiny_page: str) -> None:
    for words in (
        "Reported relationships, not proof of cause",
        "story-making",
        "Stories made writing better.",
        "I write more.",
    ):
        assert words in tiny_page


def test_the_same_graph_gives_the_same_bytes(tiny: Graph, tiny_page: str) -> None:
    assert page(open_graph(TINY, bundled=False)) == tiny_page


def test_no_edge_has_an_arrowhead(tiny_page: str) -> None:
    data = json.loads(re.findall(r'id="data">(.*?)</script>', tiny_page, re.DOTALL)[0])
    assert data["edges"] and all(edge["arrows"] == "" for edge in data["edges"])
    assert data["options"]["physics"]["enabled"] is False


def test_text_from_the_data_stays_text(tmp_path: Path, tiny_page: str) -> None:
    source = TINY.read_text(encoding="utf-8").replace('"Birch NLC"', json.dumps(HOSTILE + "\u202e" + "x" * 6000))
    (tmp_path / "x.ttl").write_text(source, encoding="utf-8")
    html = page(open_graph(tmp_path / "x.ttl", bundled=False))
    assert "<script>alert" not in html and "<img src=x" not in html
    assert html.count("<script") == tiny_page.count("<script")


def test_no_links_give_a_page_that_says_so(tiny: Graph) -> None:
    assert "No link fits." in render_page(tiny, ())


def test_our_script_builds_no_markup_from_text() -> None:
    script = (Path(nlc_graph.__file__).parent / "explorer" / "explorer.js").read_text(encoding="utf-8")
    assert not re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", script)
