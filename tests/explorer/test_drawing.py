"""The drawing of the whole: who is joined with whom, and nothing that moves or points."""

from __future__ import annotations

import networkx as nx
import pytest

from nlc_graph import Graph
from nlc_graph.explorer import drawing
from nlc_graph.explorer.drawing import CLAIMS, LAYER, draw, gathered, linkage, places
from nlc_graph.explorer.model import Model, build_model


@pytest.fixture(scope="module")
def model(tiny: Graph) -> Model:
    return build_model(tiny)


def edges(model: Model, graph: nx.Graph) -> dict[tuple[str, str], int]:
    found = {}
    for one, other, data in graph.edges(data=True):
        ends = sorted((one, other), key=lambda node: int(graph.nodes[node][LAYER]))
        found[model.things[ends[0]]["label"], model.things[ends[1]]["label"]] = data[CLAIMS]
    return found


def test_networks_practices_outcomes_and_features_are_joined_by_claims(model: Model) -> None:
    assert edges(model, linkage(model)) == {
        ("Alder NLC", "learning mentors"): 2,
        ("Alder NLC", "nurture room"): 1,
        ("Alder NLC", "story-making"): 1,
        ("Birch NLC", "story-making"): 1,
        ("Birch NLC", "story-maps"): 1,
        ("learning mentors", "attendance"): 1,
        ("learning mentors", "engagement"): 1,
        ("nurture room", "engagement"): 1,
        ("story-making", "writing"): 2,
        ("story-maps", "confidence and self-belief"): 1,
        ("attendance", "Achievement"): 1,
        ("engagement", "Well-being"): 1,
        ("confidence and self-belief", "Well-being"): 1,
        ("writing", "Attainment"): 2,
    }


def test_gathered_joins_families_with_features(model: Model) -> None:
    assert edges(model, gathered(model, linkage(model))) == {
        ("Alder NLC", "pupil support"): 3,
        ("Alder NLC", "curriculum development"): 1,
        ("Birch NLC", "curriculum development"): 2,
        ("pupil support", "Achievement"): 1,
        ("pupil support", "Well-being"): 2,
        ("curriculum development", "Attainment"): 2,
        ("curriculum development", "Well-being"): 1,
    }


def test_columns_stand_left_to_right_and_nothing_lies_on_another(bundled: Graph) -> None:
    model = build_model(bundled)
    graph = linkage(model)
    at, _ = places(model, graph)
    assert set(at) == set(graph)
    for layer in range(3):
        right = max(at[node][0] for node in graph if graph.nodes[node][LAYER] == layer)
        assert right < min(at[node][0] for node in graph if graph.nodes[node][LAYER] == layer + 1)
    assert len(set(at.values())) == len(at)
    assert places(model, graph)[0] == at


def test_nothing_moves_and_no_line_has_an_arrowhead(model: Model) -> None:
    network = draw(model).network
    assert network.options["physics"] == {"enabled": False}
    assert network.edges and all(edge["arrows"] == "" for edge in network.edges)
    assert all({"x", "y"} <= set(node) for node in network.nodes)


def test_too_many_things_are_gathered_and_counted(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    assert draw(model).not_drawn == 0
    monkeypatch.setattr(drawing, "MOST", 5)
    few = draw(model)
    # Four practices and four outcome types with claims; of the families none is among them.
    assert few.not_drawn == 8
    drawn = {node["label"] for node in few.network.nodes}
    assert drawn >= {"pupil support", "curriculum development", "Well-being"} and "story-making" not in drawn


def test_an_empty_page_draws_nothing(tiny: Graph) -> None:
    empty = draw(build_model(tiny, []))
    assert (empty.network.nodes, empty.network.edges, empty.not_drawn) == ([], [], 0)
