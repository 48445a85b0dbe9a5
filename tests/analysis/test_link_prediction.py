"""Suggested links, and the check of suggestions, on small graphs."""

from __future__ import annotations

import math
from itertools import product

import networkx as nx
import pytest

from nlc_graph.analysis import link_prediction
from nlc_graph.analysis.link_prediction import Cells, check_suggestions, suggest_links

#: A and B share x; B also has y, z; C has z alone.
SMALL = ("Ax", "Bx", "By", "Bz", "Cz")


def cells(*links: str) -> Cells:
    """Make cells of pairs of letters: a capital practice and a small outcome type."""
    graph = nx.Graph()
    graph.add_nodes_from(sorted({link[0] for link in links}), bipartite=0)
    graph.add_nodes_from(sorted({link[1] for link in links}), bipartite=1)
    graph.add_edges_from((link[0], link[1], {"claims": (f"claim-{link}",)}) for link in links)
    return Cells(graph)


def test_suggestions_by_hand() -> None:
    # A: B is similar (x) with three outcomes, so y and z get 1/ln 3. C: B is similar (z), so x and y get the same.
    # C-x: A has x, too, but shares nothing with C.
    found, sampled = suggest_links(cells(*SMALL))
    assert sampled == 0
    assert [(s.practice + s.outcome, s.common, s.similar, s.claims) for s in found] == [
        ("Ay", 1, ("B",), ("claim-By",)),
        ("Az", 1, ("B",), ("claim-Bz",)),
        ("Cx", 1, ("B",), ("claim-Bx",)),
        ("Cy", 1, ("B",), ("claim-By",)),
    ]
    assert {round(s.adamic_adar, 9) for s in found} == {round(1 / math.log(3), 9)}


def auc_of_common_neighbours(links: tuple[str, ...]) -> float:
    """Compute the area by its definition, cell by cell."""
    practices, outcomes = sorted({link[0] for link in links}), sorted({link[1] for link in links})
    empty = [p + o for p, o in product(practices, outcomes) if p + o not in links]
    areas = []
    for left in links:
        rest = set(links) - {left}
        shared = {(p, q) for p, q, o in product(practices, practices, outcomes) if p != q and {p + o, q + o} <= rest}
        scores = {
            cell: sum((cell[0], q) in shared and q + cell[1] in rest for q in practices) for cell in [left, *empty]
        }
        areas += [(scores[left] > scores[cell]) + (scores[left] == scores[cell]) / 2 for cell in empty]
    return sum(areas) / len(areas)


@pytest.mark.parametrize("links", [SMALL, ("Ax", "Ay", "Bx", "By", "Cx", "Cz", "Dz", "Dw", "Cw")])
def test_the_check_follows_its_definition(links: tuple[str, ...]) -> None:
    common, adamic_adar = check_suggestions(cells(*links))
    assert (common.measure, adamic_adar.measure) == ("common neighbours", "Adamic-Adar")
    assert math.isclose(common.auc, auc_of_common_neighbours(links))
    assert (common.links, common.cells) == (len(links), cells(*links).empty)


def test_large_graphs_are_sampled_and_not_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    large = cells(*(f"{p}{o}" for p in "ABCDEFGH" for o in "stuvwxyz" if (ord(p) + ord(o)) % 3))
    monkeypatch.setattr(link_prediction, "EXACT_WORK", 200)
    assert 0 < suggest_links(large)[1] < 8
    assert check_suggestions(large) == []


def test_a_full_table_has_nothing_to_suggest() -> None:
    assert (suggest_links(cells("Ax", "Bx")), check_suggestions(cells("Ax", "Bx"))) == (([], 0), [])
