"""Names that people type, and labels that are shown."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlc_graph import Graph, open_graph
from nlc_graph.errors import AmbiguousNameError, NlcGraphError, UnknownNameError
from nlc_graph.graph.disk import build_store, open_store

OWN = "https://example.org/own/"
PREFIXES = (
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX practice: <https://w3id.org/nlc-graph/practice/>\n"
    "PREFIX nlc: <https://w3id.org/nlc-graph/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"
    f"PREFIX own: <{OWN}>\n"
)


@pytest.fixture(scope="module")
def empty() -> Graph:
    return open_graph(bundled=False)


def write(folder: Path, text: str) -> Path:
    path = folder / "own.ttl"
    path.write_text(PREFIXES + text)
    return path


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("practice:learning-mentors", "https://w3id.org/nlc-graph/practice/learning-mentors"),
        ("https://w3id.org/nlc-graph/outcome/attendance", "https://w3id.org/nlc-graph/outcome/attendance"),
        ("Learning  MENTORS", "https://w3id.org/nlc-graph/practice/learning-mentors"),
        ("P4C", "https://w3id.org/nlc-graph/practice/philosophy-for-children"),
        ("KF3", "https://w3id.org/nlc-graph/feature/well-being"),
        ("story-mak", "https://w3id.org/nlc-graph/practice/story-making"),
        ("Alder NLC", "https://example.org/tiny/alder"),
        ("in Birch", "https://example.org/tiny/birch-pupil"),
    ],
)
def test_identifiers_labels_and_parts_of_labels_are_found(tiny: Graph, text: str, iri: str) -> None:
    assert tiny.names.find(text).iri == iri


def test_a_sort_narrows_what_a_label_may_mean(tiny: Graph) -> None:
    for sort, label in (("feature", "attainment"), ("outcome", "attainment"), ("kind", "testimony")):
        assert tiny.names.curie(tiny.names.find(label, sort).iri) == f"{sort}:{label}"


def test_an_ambiguous_label_lists_the_candidates(tiny: Graph) -> None:
    with pytest.raises(AmbiguousNameError) as error:
        tiny.names.find("attainment")
    assert error.value.candidates == (("outcome:attainment", "attainment"), ("feature:attainment", "Attainment"))


def test_an_unknown_label_suggests_the_nearest(tiny: Graph) -> None:
    with pytest.raises(UnknownNameError) as error:
        tiny.names.find("lerning mentor", "practice")
    assert (error.value.sort, error.value.nearest[0]) == ("practice", "learning mentors")


def test_long_names_are_shortened_in_errors(tiny: Graph) -> None:
    with pytest.raises(UnknownNameError) as error:
        tiny.names.find("x" * 100_000)
    assert len(str(error.value)) < 200


@settings(max_examples=30)
@given(st.text())
def test_any_text_is_found_or_refused(empty: Graph, text: str) -> None:
    try:
        empty.names.find(text)
    except NlcGraphError as error:
        assert str(error)


def test_containing_finds_every_entity_with_a_text_in_a_label(tiny: Graph) -> None:
    found = {tiny.names.curie(entity.iri) for entity in tiny.names.containing("attain", "outcome", "feature")}
    assert {"outcome:attainment", "feature:attainment"} <= found


def test_labels_in_other_languages_are_understood_but_not_shown(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        "practice:peer-mentoring skos:prefLabel 'Schülermentoren'@de .\n"
        "practice:own a nlc:Practice ; skos:prefLabel 'Lerntandem'@de ; skos:altLabel 'Abend'@de .",
    )
    names = open_graph(file, bundled=False).names
    found = names.find("schulermentoren", "practice")
    assert (found.label, names.label(found.iri)) == ("peer mentoring", "peer mentoring")
    assert "Schülermentoren" in found.other_labels
    alone = names.find("lerntandem", "practice")  # it has no English label
    assert (alone.label, names.label(alone.iri), alone.other_labels) == ("Lerntandem", "Lerntandem", ["Abend"])


def test_an_entity_without_label_is_shown_by_its_identifier(tiny: Graph) -> None:
    assert tiny.names.label("https://example.org/tiny/nothing") == "t:nothing"
    assert tiny.names.label("not an IRI") == "not an IRI"


def test_namesakes_of_two_enquiries_are_followed_by_the_enquiry(tmp_path: Path) -> None:
    other = OWN.replace("own", "other")
    file = write(
        tmp_path,
        "own:enquiry a nlc:Enquiry ; rdfs:label 'Own' . own:ash a nlc:Network ; rdfs:label 'Ash' .\n"
        f"<{other}enquiry> a nlc:Enquiry ; rdfs:label 'Other' . <{other}ash> a nlc:Network ; rdfs:label 'Ash'@en .\n"
        f"own:elm a nlc:School ; rdfs:label 'Elm' . <{other}elm> a nlc:Network ; rdfs:label 'Elm' .",
    )
    names = open_graph(file, bundled=False).names
    assert [names.label(space + name) for name in ("ash", "elm") for space in (OWN, other)] == [
        *("Ash (Own)", "Ash (Other)", "Elm", "Elm")
    ]


@pytest.mark.slow
def test_ten_thousand_labels_are_read_in_a_second(tmp_path: Path) -> None:
    lines = (f"own:n{number} a nlc:Network ; rdfs:label 'Network {number}' .\n" for number in range(10_000))
    file = write(tmp_path, "own:enquiry a nlc:Enquiry ; rdfs:label 'Own' .\n" + "".join(lines))
    build_store(tmp_path / "store", file, bundled=False)
    for graph in (open_graph(file, bundled=False), open_store(tmp_path / "store")):
        start = time.process_time()
        assert [graph.names.label(f"{OWN}n{number}") for number in (0, 9999)] == ["Network 0", "Network 9999"]
        for number in range(10_000):
            graph.names.label(f"{OWN}n{number}")
        assert time.process_time() - start < 1
