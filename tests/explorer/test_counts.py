"""How claims are filtered and counted, worked out from the account at the head of tiny.ttl."""

from __future__ import annotations

import pytest

from nlc_graph import Graph
from nlc_graph.explorer.counts import NONE, Cell, cells, families, filtered, wider
from nlc_graph.explorer.model import Model, build_model


@pytest.fixture(scope="module")
def model(tiny: Graph) -> Model:
    return build_model(tiny)


def place(model: Model, label: str) -> int:
    return next(number for number, thing in enumerate(model.things) if thing["label"] == label)


def ids(model: Model, claims: list[int]) -> list[str]:
    return sorted(str(model.claims[number]["id"]).removeprefix("t:") for number in claims)


def test_no_filter_keeps_every_claim(model: Model) -> None:
    assert ids(model, filtered(model, {"link": set()})) == [
        "alder-attendance",
        "alder-engagement",
        "alder-writing",
        "birch-aim",
        "birch-picture",
        "birch-points",
        "birch-writing",
    ]


def test_values_of_one_facet_add_and_facets_narrow(model: Model) -> None:
    attributed, told = place(model, "attributed"), place(model, "co-reported")
    alder = place(model, "Alder NLC")
    assert ids(model, filtered(model, {"link": {attributed, told}, "network": {alder}})) == [
        "alder-attendance",
        "alder-engagement",
        "alder-writing",
    ]
    assert ids(model, filtered(model, {"link": {attributed}, "network": {alder}})) == ["alder-engagement"]


def test_kinds_of_evidence_count_where_they_support(model: Model) -> None:
    # The inspection of alder-attendance only limits that claim, so it does not count.
    assert ids(model, filtered(model, {"mark": {0}})) == ["alder-attendance", "birch-picture", "birch-points"]
    assert ids(model, filtered(model, {"mark": {3}})) == []


def test_cells_count_distinct_claims_at_every_width(model: Model) -> None:
    found = cells(model, filtered(model, {}))
    attributed, intended = place(model, "attributed"), place(model, "intended")
    told, untied = place(model, "co-reported"), model.claims[_claim(model, "birch-points")]["link"]
    attainment, achievement, well_being = (place(model, name) for name in ("Attainment", "Achievement", "Well-being"))
    curriculum, support = place(model, "curriculum development"), place(model, "pupil support")
    # Two claims on stories and writing; three pieces of evidence, of which two are testimony.
    assert found[curriculum, attainment] == Cell(2, attributed, (0, 2, 1, 0))
    assert found[place(model, "story-making"), place(model, "writing")] == Cell(2, attributed, (0, 2, 1, 0))
    assert found[curriculum, well_being] == Cell(1, intended, (0, 0, 1, 0))
    assert found[support, achievement] == Cell(1, told, (1, 0, 0, 0))
    # The joint claim counts in the row of mentors and of rooms, and once in that of both.
    assert {found[place(model, row), well_being].claims for row in ("learning mentors", "nurture room")} == {1}
    assert found[support, well_being] == Cell(1, attributed, (0, 1, 0, 0))
    assert found[NONE, attainment] == Cell(1, untied, (1, 0, 0, 0))
    assert (support, attainment) not in found


def test_families_come_by_claims(model: Model) -> None:
    assert [model.things[family]["label"] for family in families(model)] == [
        "curriculum development",
        "pupil support",
        "enrichment events",
    ]


def test_wider_practices_narrowest_first(model: Model) -> None:
    chain = [model.things[number]["label"] for number in wider(model, place(model, "story-maps"))]
    assert chain == ["story-maps", "story-making", "literacy work", "curriculum development"]


def _claim(model: Model, name: str) -> int:
    return next(number for number, claim in enumerate(model.claims) if claim["id"] == f"t:{name}")
