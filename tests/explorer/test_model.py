"""How claims are filtered and counted; expected values are worked out from the head of tiny.ttl."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nlc_graph.explorer.model import NONE, Cell, Model, count_cells, filter_claims, rank_families, shortened, showable

from .conftest import entity, labels

ALDER = ["t:alder-attendance", "t:alder-engagement", "t:alder-writing"]
BIRCH = ["t:birch-aim", "t:birch-picture", "t:birch-points", "t:birch-writing"]


def ids(model: Model, claims: list[int]) -> list[str]:
    return sorted(model.claims[claim]["id"] for claim in claims)


def test_no_filter_keeps_every_claim(model: Model) -> None:
    assert ids(model, filter_claims(model, {"link": set()})) == ALDER + BIRCH


def test_values_of_one_facet_add_and_facets_narrow(model: Model) -> None:
    attributed, co_reported = entity(model, "attributed"), entity(model, "co-reported")
    alder = entity(model, "Alder NLC")
    assert ids(model, filter_claims(model, {"link": {attributed, co_reported}, "network": {alder}})) == ALDER
    assert ids(model, filter_claims(model, {"link": {attributed}, "network": {alder}})) == ["t:alder-engagement"]


def test_a_kind_of_evidence_counts_only_where_it_supports(model: Model) -> None:
    # The inspection of alder-attendance qualifies that claim.
    figures = filter_claims(model, {"mark": {0}})
    assert ids(model, figures) == ["t:alder-attendance", "t:birch-picture", "t:birch-points"]
    assert filter_claims(model, {"mark": {3}}) == []


def test_cells_count_distinct_claims_at_every_level(model: Model) -> None:
    found = count_cells(model, filter_claims(model, {}))
    attributed, co_reported, intended = (entity(model, name) for name in ("attributed", "co-reported", "intended"))
    unlinked = next(claim["link"] for claim in model.claims if claim["id"] == "t:birch-points")
    attainment, achievement, well_being = (entity(model, name) for name in ("Attainment", "Achievement", "Well-being"))
    curriculum, support = entity(model, "curriculum development"), entity(model, "pupil support")
    # Two claims on stories and writing; three pieces of evidence, two of them testimony.
    assert found[curriculum, attainment] == Cell(2, attributed, (0, 2, 1, 0))
    assert found[entity(model, "story-making"), entity(model, "writing")] == Cell(2, attributed, (0, 2, 1, 0))
    assert found[curriculum, well_being] == Cell(1, intended, (0, 0, 1, 0))
    assert found[support, achievement] == Cell(1, co_reported, (1, 0, 0, 0))
    # The joint claim counts in the rows of mentors and of rooms, and once in that of their family.
    assert {found[entity(model, row), well_being].claims for row in ("learning mentors", "nurture room")} == {1}
    assert found[support, well_being] == Cell(1, attributed, (0, 1, 0, 0))
    assert found[NONE, attainment] == Cell(1, unlinked, (1, 0, 0, 0))
    assert (support, attainment) not in found


def test_families_are_ranked_by_claims(model: Model) -> None:
    assert labels(model, rank_families(model)) == ["curriculum development", "pupil support", "enrichment events"]


def test_ancestors_come_narrowest_first(model: Model) -> None:
    chain = labels(model, model.ancestors(entity(model, "story-maps")))
    assert chain == ["story-maps", "story-making", "literacy work", "curriculum development"]


def test_invisible_and_bidirectional_characters_are_removed() -> None:
    assert showable("a\u202eb\u2066c\x00d\x1be\u200ff\ud800g\u2028h") == "abcdefgh"
    text = "مدرسة 学校 👩\u200d🏫\tnew\nline"
    assert showable(text) == text


@given(st.text(), st.integers(2, 40))
def test_shortened_text_fits_and_is_one_line(text: str, length: int) -> None:
    assert len(shortened(text, length)) <= length and "\n" not in shortened(text, length)
