"""The model of a page, built from tiny.ttl; expected values are worked out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nlc_graph import Graph, find_impacts, open_graph
from nlc_graph.evidence.impacts import Filters, find_claims
from nlc_graph.explorer.builder import build_model
from nlc_graph.explorer.layout import draw
from nlc_graph.explorer.model import Model, count_cells, rank_families
from nlc_graph.passages.document import Document
from nlc_graph.passages.locate import open_copy

from ..conftest import TINY
from .conftest import entity, labels

REPORT = "ALDER\nAlder is a network. It is said at last.\nBIRCH\nBirch is a network that has walls as well. The end.\n"


def claim(model: Model, name: str) -> dict[str, Any]:
    return next(claim for claim in model.claims if claim["id"] == f"t:{name}")


def test_a_claim_names_everything_a_reader_needs(model: Model) -> None:
    found = claim(model, "alder-engagement")
    names = ("practices", "strategies", "networks", "by", "through", "enquiries")
    assert found["text"] == "Mentors and rooms together won pupils over."
    assert [labels(model, found[name]) for name in names] == [
        ["learning mentors", "nurture room"],
        ["Mentors (Alder)", "Rooms (Alder)"],
        ["Alder NLC"],
        ["headteachers in Alder"],
        ["emotional and social support"],
        ["Tiny enquiry"],
    ]
    single = [found[name] for name in ("outcome", "feature", "link", "direction")]
    assert labels(model, single) == ["engagement", "Achievement", "attributed", "improved"]


def test_evidence_keeps_its_numbers_and_its_comparator(model: Model) -> None:
    (change, bearing), (inspected, limits) = claim(model, "alder-attendance")["evidence"]
    assert (bearing, limits) == (0, 1)
    assert model.evidence[change]["figures"] == {
        "unit": "a school in Alder",
        "periods": ["2000", "2004"],
        "value": None,
        "start": 84.0,
        "end": 90.0,
        "others": [],
    }
    assert "figures" not in model.evidence[inspected]  # reported without a number: nothing to draw
    ((points, _),) = claim(model, "birch-points")["evidence"]
    figures = model.evidence[points]["figures"]
    assert (figures["value"], figures["others"]) == (
        1.3,
        [{"unit": "schools elsewhere", "value": 0.1, "start": None, "end": None, "bounds": {"value": "at-most"}}],
    )


def test_relayed_testimony_keeps_both_voices(model: Model) -> None:
    ((item, _),) = claim(model, "alder-writing")["evidence"]
    voices = [model.evidence[item]["voice"], model.evidence[item]["relay"]]
    assert labels(model, voices) == ["somebody in Alder", "headteachers in Alder"]


def test_a_strategy_of_a_school_is_also_one_of_its_network(model: Model) -> None:
    names = ("practices", "users", "networks")
    strategies = [model.entities[index] for index in model.of_sort("strategy")]
    assert {each["label"]: [labels(model, each[name]) for name in names] for each in strategies} == {
        "Mentors (Alder)": [["learning mentors"], ["Alder NLC"], ["Alder NLC"]],
        "Rooms (Alder)": [["nurture room"], ["a school in Alder"], ["Alder NLC"]],
        "Stories (Alder)": [["story-making"], ["Alder NLC"], ["Alder NLC"]],
        "Stories (Birch)": [["story-making"], ["Birch NLC"], ["Birch NLC"]],
        "Maps (Birch)": [["story-maps"], ["Birch NLC"], ["Birch NLC"]],
        "Walls (Birch)": [["talent walls"], ["Birch NLC"], ["Birch NLC"]],
    }


def test_concepts_have_their_broader_concept_and_key_feature(model: Model) -> None:
    assert model.label(model.entities[entity(model, "story-maps")]["up"]) == "story-making"
    assert model.label(model.entities[entity(model, "writing")]["feature"]) == "Attainment"
    assert [model.entities[index]["number"] for index in model.of_sort("feature")] == list("1234567")


def test_the_whole_graph_shows_also_what_has_no_claim(model: Model) -> None:
    practices, outcomes = labels(model, model.of_sort("practice")), labels(model, model.of_sort("outcome"))
    assert "talent walls" in practices  # used, and without an outcome
    assert "puzzle days" not in practices  # in the vocabulary, and used by nobody
    assert "punctuality" in outcomes  # a gap worth seeing
    assert model.left_out == 0


def test_a_narrowed_page_holds_only_what_its_claims_touch(tiny: Graph) -> None:
    birch = tiny.resolve("Birch NLC")
    model = build_model(tiny, find_claims(tiny, Filters(networks=frozenset([birch]))), title="Birch")
    assert {labels(model, claim["about"])[0] for claim in model.claims} == {"Birch NLC"}
    assert labels(model, model.of_sort("network")) == ["Birch NLC"]
    assert "learning mentors" not in labels(model, model.of_sort("practice"))
    assert (len(model.claims), model.left_out, model.title) == (4, 3, "Birch")


def test_every_link_of_impacts_is_on_the_page(bundled: Graph) -> None:
    model = build_model(bundled)
    shown = {
        (model.entities[practice]["id"], model.entities[claim["outcome"]]["id"])
        for claim in model.claims
        for practice in claim.get("practices", ())
    }
    curie = bundled.names.curie
    assert shown == {(curie(link.practice), curie(link.outcome)) for link in find_impacts(bundled).links}


def test_entities_have_what_is_not_reported_about_them(model: Model) -> None:
    texts = {each["label"]: each["not_reported"] for each in model.entities if "not_reported" in each}
    assert texts == {"Birch NLC": [0]}
    assert model.not_reported == ["Where Birch lies. What it says: It has a college for a partner."]


def test_a_copy_brings_the_text_of_the_passages(tiny: Graph, model: Model) -> None:
    copy, _ = open_copy(tiny, Document(REPORT))
    texts = {passage["opens"]: passage["text"] for passage in build_model(tiny, copy=copy).passages}
    assert texts["Birch is a"] == "Birch is a network that has walls as well"
    assert all("text" not in passage for passage in model.passages)


# -- unusual data: none of it may raise -------------------------------------------------------------------------------

STRANGE = """
practice:story-making skos:broader practice:story-maps .
outcome:writing nlc:underFeature t:unknown-feature .
t:alder rdfs:label t:alder-school .
t:birch-stories rdfs:label <<( t:birch nlc:partner t:college )>> .
t:birch-writing nlc:statedIn t:nowhere .
t:alder-mentors nlc:usedBy t:stray-school .
t:stray-school a nlc:School ; rdfs:label "stray school" ; org:memberOf t:birch .
t:birch-maps nlc:practice outcome:attendance, feature:attainment, t:college, t:birch .
t:birch-writing nlc:outcome t:college ; nlc:linkType t:odd ; nlc:strategy t:college .
t:birch-statement nlc:evidenceKind kind:statistic ; nlc:evidenceKind t:odd .
"""
HEAD = "".join(line for line in TINY.read_text(encoding="utf-8").splitlines(True) if line.startswith("@prefix"))
HEAD += "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"


def with_tiny(tmp_path: Path, statements: str) -> Graph:
    (tmp_path / "more.ttl").write_text(HEAD + statements, encoding="utf-8")
    return open_graph(TINY, tmp_path / "more.ttl", bundled=False)


@pytest.mark.parametrize("statement", STRANGE.strip().splitlines())
def test_unusual_statements_give_a_page(tmp_path: Path, statement: str) -> None:
    graph = with_tiny(tmp_path, statement)
    for claims in (None, *([claim] for claim in find_claims(graph))):
        model = build_model(graph, claims)
        assert len(model.claims) == (7 if claims is None else 1)
        assert count_cells(model, range(len(model.claims)))
        assert draw(model)


def test_circles_are_cut_and_unknown_features_left_out(tmp_path: Path) -> None:
    joy = 't:joy a nlc:OutcomeType ; skos:prefLabel "joy" ; nlc:underFeature t:unknown .'
    circle = build_model(with_tiny(tmp_path, STRANGE.splitlines()[1] + joy))
    assert "feature" not in circle.entities[entity(circle, "joy")]
    maps = circle.ancestors(entity(circle, "story-maps"))
    assert labels(circle, maps) in (["story-maps"], ["story-maps", "story-making"])
    assert len(rank_families(circle)) == len({circle.family(practice) for practice in circle.of_sort("practice")})


def test_a_network_that_uses_a_strategy_of_another_is_a_network(tmp_path: Path) -> None:
    graph = with_tiny(tmp_path, "t:alder-mentors nlc:usedBy t:birch .")
    narrowed = build_model(graph, [graph.resolve("t:alder-attendance")])
    assert labels(narrowed, narrowed.of_sort("network")) == ["Alder NLC", "Birch NLC"]
    (strategy,) = narrowed.of_sort("strategy")
    assert labels(narrowed, narrowed.entities[strategy]["networks"]) == ["Alder NLC", "Birch NLC"]


def test_a_strategy_without_a_user_keeps_its_practice(tmp_path: Path) -> None:
    text = TINY.read_text(encoding="utf-8").replace(
        "practice:story-maps ; nlc:usedBy t:birch ;", "practice:story-maps ;"
    )
    (tmp_path / "x.ttl").write_text(text, encoding="utf-8")
    built = build_model(open_graph(tmp_path / "x.ttl", bundled=False))
    assert labels(built, claim(built, "birch-aim")["practices"]) == ["story-maps"]
