"""What the page shows, as plain data, worked out from tiny.ttl by hand."""

from __future__ import annotations

from typing import Any

import pytest

from nlc_graph import Graph, find_impacts
from nlc_graph.evidence.impacts import Filters, find_claims
from nlc_graph.explorer.model import Model, build_model
from nlc_graph.passages.document import Document
from nlc_graph.passages.locate import open_copy

REPORT = "ALDER\nAlder is a network. It is said at last.\nBIRCH\nBirch is a network that has walls as well. The end.\n"


@pytest.fixture(scope="module")
def model(tiny: Graph) -> Model:
    return build_model(tiny)


def labels(model: Model, places: list[int]) -> list[str]:
    return [str(model.things[place]["label"]) for place in places]


def claim(model: Model, name: str) -> dict[str, Any]:
    return next(claim for claim in model.claims if claim["id"] == f"t:{name}")


def test_a_claim_names_everything_a_reader_needs(model: Model) -> None:
    found = claim(model, "alder-engagement")
    assert found["text"] == "Mentors and rooms together won pupils over."
    assert labels(model, found["practices"]) == ["learning mentors", "nurture room"]
    assert labels(model, found["strategies"]) == ["Mentors (Alder)", "Rooms (Alder)"]
    assert labels(model, [found["outcome"], found["feature"], found["link"], found["direction"]]) == [
        "engagement",
        "Achievement",
        "attributed",
        "improved",
    ]
    assert labels(model, found["networks"]) == ["Alder NLC"]
    assert labels(model, found["by"]) == ["headteachers in Alder"]
    assert labels(model, found["through"]) == ["emotional and social support"]
    assert labels(model, found["enquiries"]) == ["Tiny enquiry"]


def test_evidence_keeps_its_numbers_and_its_comparator(model: Model) -> None:
    (change, bearing), (inspected, limits) = claim(model, "alder-attendance")["evidence"]
    assert (bearing, limits) == (0, 1)
    assert model.evidence[change]["figures"] == {
        "indicator": "attendance rate",
        "unit": "a school in Alder",
        "measure": "percentage points",
        "periods": ["2000", "2004"],
        "value": None,
        "start": 84.0,
        "end": 90.0,
        "others": [],
    }
    assert "figures" not in model.evidence[inspected]  # told in words: nothing to draw
    ((points, _),) = claim(model, "birch-points")["evidence"]
    figures = model.evidence[points]["figures"]
    assert (figures["value"], figures["others"]) == (
        1.3,
        [{"unit": "schools elsewhere", "value": 0.1, "start": None, "end": None, "bounds": {"value": "at-most"}}],
    )


def test_second_hand_words_keep_both_voices(model: Model) -> None:
    ((said, _),) = claim(model, "alder-writing")["evidence"]
    assert labels(model, [model.evidence[said]["voice"], model.evidence[said]["relay"]]) == [
        "somebody in Alder",
        "headteachers in Alder",
    ]


def test_concepts_know_their_wider_ones_and_their_feature(model: Model) -> None:
    by_label = {thing["label"]: thing for thing in model.things}
    maps = by_label["story-maps"]
    assert model.things[maps["up"]]["label"] == "story-making"
    assert model.things[by_label["writing"]["feature"]]["label"] == "Attainment"
    features = [model.things[place]["number"] for place in model.of_sort("feature")]
    assert features == ["1", "2", "3", "4", "5", "6", "7"]


def test_the_whole_graph_shows_what_no_claim_touches(model: Model) -> None:
    practices, outcomes = labels(model, model.of_sort("practice")), labels(model, model.of_sort("outcome"))
    assert "talent walls" in practices  # used, and nothing told of it
    assert "puzzle days" not in practices  # in the vocabulary, used by nobody here
    assert "punctuality" in outcomes  # a gap worth seeing
    assert model.left_out == 0


def test_a_narrowed_page_holds_only_what_its_claims_touch(tiny: Graph) -> None:
    birch = tiny.resolve("Birch NLC")
    model = build_model(tiny, find_claims(tiny, Filters(networks=frozenset([birch]))), title="Birch")
    assert sorted(claim["id"] for claim in model.claims) == [
        "t:birch-aim",
        "t:birch-picture",
        "t:birch-points",
        "t:birch-writing",
    ]
    assert labels(model, model.of_sort("network")) == ["Birch NLC"]
    assert "learning mentors" not in labels(model, model.of_sort("practice"))
    assert model.left_out == len(find_claims(tiny)) - 4
    assert model.title == "Birch"


def test_every_link_of_impacts_is_on_the_page(bundled: Graph) -> None:
    model = build_model(bundled)
    shown = {
        (model.things[practice]["id"], model.things[claim["outcome"]]["id"])
        for claim in model.claims
        for practice in claim.get("practices", ())
    }
    curie = bundled.names.curie
    assert shown == {(curie(link.practice), curie(link.outcome)) for link in find_impacts(bundled).links}


def test_things_know_what_their_source_does_not_say(model: Model) -> None:
    silent = {
        thing["label"]: [model.silences[number] for number in thing["silent"]]
        for thing in model.things
        if "silent" in thing
    }
    assert silent == {"Birch NLC": ["Where Birch lies. What it says: It has a college for a partner."]}


def test_a_copy_brings_the_text_of_the_passages(tiny: Graph, model: Model) -> None:
    copy, _ = open_copy(tiny, Document(REPORT))
    texts = {passage["opens"]: passage["text"] for passage in build_model(tiny, copy=copy).passages}
    assert texts["Birch is a"] == "Birch is a network that has walls as well"
    assert all("text" not in passage for passage in model.passages)


def test_no_evidence_gives_an_empty_model(tiny: Graph) -> None:
    model = build_model(tiny, [])
    assert (model.claims, model.evidence, model.of_sort("practice")) == ([], [], [])
