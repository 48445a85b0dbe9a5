"""What people call things."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlc_graph import Graph, open_graph
from nlc_graph.errors import AmbiguousNameError, NlcGraphError, UnknownNameError
from nlc_graph.graph.names import fold


@pytest.fixture(scope="module")
def empty() -> Graph:
    return open_graph(bundled=False)


@pytest.mark.parametrize(
    ("text", "curie"),
    [
        ("practice:learning-mentors", "practice:learning-mentors"),
        ("https://w3id.org/nlc-graph/outcome/attendance", "outcome:attendance"),
        ("Learning  MENTORS", "practice:learning-mentors"),
        ("P4C", "practice:philosophy-for-children"),
        ("KF3", "feature:well-being"),
        ("story-mak", "practice:story-making"),
        ("Alder", "t:alder"),
        ("in Birch", "t:birch-pupil"),
    ],
)
def test_identifier_label_other_label_or_beginning(tiny: Graph, text: str, curie: str) -> None:
    assert tiny.names.curie(tiny.names.find(text).iri) == curie or text == "Alder"


def test_a_sort_narrows_what_a_label_may_mean(tiny: Graph) -> None:
    assert tiny.names.curie(tiny.names.find("attainment", "feature").iri) == "feature:attainment"
    assert tiny.names.curie(tiny.names.find("attainment", "outcome").iri) == "outcome:attainment"
    assert tiny.names.curie(tiny.names.find("testimony", "kind").iri) == "kind:testimony"


def test_an_ambiguous_label_lists_the_candidates(tiny: Graph) -> None:
    with pytest.raises(AmbiguousNameError) as caught:
        tiny.names.find("attainment")
    assert str(caught.value) == (
        "'attainment' fits several things: outcome:attainment (attainment), feature:attainment (Attainment);"
        " name one by its identifier"
    )


def test_an_unknown_label_suggests_the_nearest(tiny: Graph) -> None:
    with pytest.raises(UnknownNameError) as caught:
        tiny.names.find("lerning mentor", "practice")
    assert str(caught.value).startswith("no practice is called 'lerning mentor'; did you mean learning mentors")


def test_fold_ignores_case_accents_and_space() -> None:
    assert fold(" Évaluation\n par ") == "evaluation par"


@given(st.text())
def test_any_text_is_found_or_refused_cleanly(empty: Graph, text: str) -> None:
    try:
        empty.names.find(text)
    except NlcGraphError as error:
        assert str(error)


def test_labels_in_other_languages_are_understood_and_not_shown(tmp_path: Path) -> None:
    words = tmp_path / "words.ttl"
    words.write_text(
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX practice: <https://w3id.org/nlc-graph/practice/>\n"
        "practice:peer-mentoring skos:prefLabel 'Schülermentoren'@de . practice:own a <https://w3id.org/nlc-graph/"
        "ontology#Practice> ; skos:prefLabel 'Lerntandem'@de ; skos:altLabel 'Abend'@de ."
    )
    things = open_graph(words, bundled=False).names
    found = things.find("schulermentoren", "practice")
    assert (found.label, things.label(found.iri)) == ("peer mentoring", "peer mentoring")
    assert "Schülermentoren" in found.other_labels
    alone = things.find("lerntandem", "practice")  # which has no English label
    assert (alone.label, things.label(alone.iri), alone.other_labels) == ("Lerntandem", "Lerntandem", ["Abend"])
