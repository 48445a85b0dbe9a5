"""What is missing, on the graph worked out by hand, and guesses checked against links left out."""

from __future__ import annotations

import math
from itertools import product
from typing import Any

import networkx as nx
import pytest

from nlc_graph import Graph
from nlc_graph.analysis import link_prediction as prediction
from nlc_graph.analysis.gaps import FEATURES, MEASURED, OF_FEATURES, gaps
from nlc_graph.analysis.link_prediction import Cells, Check, check, suggest
from nlc_graph.evidence.claims import among

from ..conftest import in_rdflib

T = "https://example.org/tiny/"


def linkage(*pairs: str) -> nx.Graph:
    """Make a practice–outcome graph of pairs of letters: a capital practice and a small outcome type."""
    graph = nx.Graph()
    graph.add_nodes_from(sorted({p[0] for p in pairs}), bipartite=0)
    graph.add_nodes_from(sorted({p[1] for p in pairs}), bipartite=1)
    graph.add_edges_from((p[0], p[1], {"claims": (f"claim-{p}",)}) for p in pairs)
    return graph


#: A and B share x; B also has y, z; C has z alone.
SMALL = ("Ax", "Bx", "By", "Bz", "Cz")


def test_what_is_missing_in_tiny(tiny: Graph) -> None:
    found = {part.name: [tuple(row) for row in part.rows] for part in gaps(tiny).parts}
    practice, outcome = "https://w3id.org/nlc-graph/practice/", "https://w3id.org/nlc-graph/outcome/"
    feature = "https://w3id.org/nlc-graph/feature/"
    # Talent walls are mentioned and nothing more. Story-maps have an aim, so an outcome is stated.
    assert found["practices with no stated outcome"] == [
        (f"{practice}talent-walls", (f"{T}birch-walls",), (f"{T}birch",))
    ]
    assert found["outcomes with no practice"] == [(f"{outcome}average-point-score", (f"{T}birch-points",))]
    # Achievement has the attendance change, well-being the points; of the other five, nothing is reported at all.
    assert {str(row[0]).removeprefix(feature) for row in found["key features with no figure"]} == {
        *("attainment", "future-leaders", "system-impact", "leading-in-and-beyond-school", "professional-practice"),
    }
    # Writing rests on a statement of the authors as well; attendance is not attributed.
    assert [row[:4] for row in found["attributed links with testimony only"]] == [
        (f"{practice}learning-mentors", f"{outcome}engagement", (f"{T}alder",), 1),
        (f"{practice}nurture-room", f"{outcome}engagement", (f"{T}alder",), 1),
    ]
    # The room shares engagement with mentors (2 outcome types), which have attendance as well.
    (suggested,) = found["cells that similar practices would suggest"]
    assert suggested[:3] == (f"{practice}nurture-room", f"{outcome}attendance", 1)
    assert math.isclose(float(str(suggested[3])), 1 / math.log(2))
    assert suggested[4:] == ((f"{practice}learning-mentors",), (f"{T}alder-attendance",))


def test_key_features_of_an_enquirys_own_count_with_those_mapped_to_them_and_from_them(own_features: Graph) -> None:
    (found,) = [part.rows for part in gaps(own_features).parts if part.name == "key features with no figure"]
    curie = own_features.names.curie
    heard = (f"{T}heard", f"{T}listened")
    assert [(curie(str(row[0])), row[1]) for row in found] == [
        ("feature:system-impact", heard),
        ("t:own-voice", heard),
        ("feature:leading-in-and-beyond-school", ()),
        ("feature:professional-practice", ()),
    ]


def test_rdflib_finds_the_same_key_features(own_features: Graph) -> None:
    plain = in_rdflib(own_features)
    features = own_features.select(FEATURES).column("feature")
    for query in (MEASURED, among(OF_FEATURES, "ITEMS", map(str, features))):
        here = sorted([*map(str, row)] for row in own_features.select(query).rows)
        there: Any = plain.query(query)
        assert here == sorted([*map(str, row)] for row in there)
        assert len(here) == len({*map(tuple, here)}) > 0


def test_suggestions_by_hand() -> None:
    # A: B is similar (x) with three outcomes, so y and z get 1/ln 3. C: B is similar (z), so x and y get the same.
    # C-x: A has x, too, but shares nothing with C.
    found, drawn = suggest(Cells(linkage(*SMALL)))
    assert drawn == 0
    assert [(s.practice + s.outcome, s.common, s.similar, s.claims) for s in found] == [
        ("Ay", 1, ("B",), ("claim-By",)),
        ("Az", 1, ("B",), ("claim-Bz",)),
        ("Cx", 1, ("B",), ("claim-Bx",)),
        ("Cy", 1, ("B",), ("claim-By",)),
    ]
    assert {round(s.adamic_adar, 9) for s in found} == {round(1 / math.log(3), 9)}


def naive_auc(pairs: tuple[str, ...]) -> float:
    """Work the AUC of common neighbours out from its definition, cell by cell."""
    practices, outcomes = sorted({p[0] for p in pairs}), sorted({p[1] for p in pairs})
    empty = [p + o for p, o in product(practices, outcomes) if p + o not in pairs]
    areas = []
    for left in pairs:
        rest = set(pairs) - {left}

        def score(cell: str, rest: set[str] = rest) -> int:
            return sum(
                1
                for q in practices
                if q != cell[0] and q + cell[1] in rest and any(cell[0] + o in rest and q + o in rest for o in outcomes)
            )

        areas.append(sum((score(left) > score(e)) + (score(left) == score(e)) / 2 for e in empty) / len(empty))
    return sum(areas) / len(areas)


@pytest.mark.parametrize("pairs", [SMALL, ("Ax", "Ay", "Bx", "By", "Cx", "Cz", "Dz", "Dw", "Cw")])
def test_leave_one_out_follows_its_definition(pairs: tuple[str, ...]) -> None:
    graph = linkage(*pairs)
    found = check(Cells(graph))
    assert [each.measure for each in found] == ["common neighbours", "Adamic-Adar"]
    assert math.isclose(found[0].auc, naive_auc(pairs))
    assert (found[0].links, found[0].cells) == (len(pairs), Cells(graph).empty)
    assert {p + o for p, o in graph.edges} == set(pairs)  # nothing stays left out


def test_what_is_no_better_than_chance_is_said_to_be() -> None:
    assert not Check("x", 0.6, 0.45, 10, 10).better_than_chance
    assert Check("x", 0.7, 0.6, 10, 10).better_than_chance


def test_a_warning_stands_beside_suggestions_that_are_no_better_than_chance(tiny: Graph) -> None:
    (note,) = [part.note for part in gaps(tiny).parts if part.name.startswith("cells")]
    assert "WARNING: common neighbours and Adamic-Adar no better than chance here" in note


def test_large_graphs_are_sampled_and_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = Cells(linkage(*(f"{p}{o}" for p in "ABCDEFGH" for o in "stuvwxyz" if (ord(p) + ord(o)) % 3)))
    monkeypatch.setattr(prediction, "EXACT_WORK", 200)
    monkeypatch.setattr(prediction, "SAMPLED_LINKS", 10)
    monkeypatch.setattr(prediction, "SAMPLED_CELLS", 5)
    _, drawn = suggest(cells)
    found = check(cells)
    assert 0 < drawn < 8
    assert [(each.links, each.cells) for each in found] == [(10, 5), (10, 5)]
    assert check(cells) == found


def test_a_full_table_has_no_cell_to_suggest() -> None:
    cells = Cells(linkage("Ax", "Bx"))
    assert (suggest(cells), check(cells)) == (([], 0), [])
