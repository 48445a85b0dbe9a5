"""Passages of the tiny graph in copies of its report, right and wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlc_graph import Graph, open_graph
from nlc_graph.evidence.claims import Passage
from nlc_graph.passages.document import Document
from nlc_graph.passages.locate import Copy, SourceChoiceError, open_copy, passages_of
from nlc_graph.table import Ref
from tests.conftest import TINY

REPORT = """Tiny report

ALDER
Alder is a network with rooms. No more is said at last.

BIRCH
Birch is a network that has walls as well.
"""
ALDER = "Alder is a network with rooms. No more is said at last"
BIRCH = "Birch is a network that has walls as well"
T = "https://example.org/tiny/"


def located(graph: Graph, text: str) -> dict[str, str]:
    """Return the text of each passage in a copy, or the reason why it is not located."""
    copy, passages = open_copy(graph, Document(text))
    found = [copy.locate(passage) for passage in passages]
    return {each.passage.iri.removeprefix(T): text[slice(*each.span)] if each.span else each.reason for each in found}


def test_passages_are_located_in_their_sections(tiny: Graph) -> None:
    assert located(tiny, REPORT) == {"alder-passage": ALDER, "birch-passage": BIRCH}


def test_table_of_contents_is_not_taken_for_the_sections(tiny: Graph) -> None:
    assert located(tiny, f"Contents\nAlder\nBirch\n{REPORT}") == {"alder-passage": ALDER, "birch-passage": BIRCH}


def test_copy_on_one_line_is_divided_by_headings_in_their_case(tiny: Graph) -> None:
    text = REPORT.replace("ALDER", "Alder").replace("BIRCH", "Birch").replace("\n", " ")
    assert located(tiny, text) == {"alder-passage": ALDER, "birch-passage": BIRCH}


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("Alder is a", "Elder was a", "its opening words are not in the copy"),
        ("Alder is a", "Alder is a a. Alder is a", "its opening words occur 2 times in the section"),
        ("Alder is a", "It is a", "its opening words are not in the copy"),
        ("said at last", "said in the end", "its closing words are not in the copy"),
        (f"{ALDER}.", "Said at last: Alder is a", "its closing words come before its opening words"),
        (f"{ALDER}.\n\nBIRCH\n", f"No.\n\nBIRCH\n{ALDER}. ", "its opening words are in another section"),
        ("said at last.\n\nBIRCH\n", "said.\n\nBIRCH\nSaid at last. ", "its closing words are in another section"),
    ],
)
def test_passage_is_not_located_for_a_reason(tiny: Graph, old: str, new: str, reason: str) -> None:
    assert located(tiny, REPORT.replace(old, new))["alder-passage"] == reason


def test_nearest_text_of_passages_that_are_not_located(tiny: Graph) -> None:
    copy, passages = open_copy(tiny, Document(REPORT.replace("Alder is a", "Alder was a")))
    assert [copy.locate(passage).nearest for passage in passages] == ["Alder was a", ""]


def test_passage_without_closing_words_is_its_opening_words(tmp_path: Path) -> None:
    text = TINY.read_text(encoding="utf-8").replace(' ; nlc:closes "said at last"', "")
    (tmp_path / "tiny.ttl").write_text(text, encoding="utf-8")
    graph = open_graph(tmp_path / "tiny.ttl", bundled=False)
    assert located(graph, REPORT) == {"alder-passage": "Alder is a", "birch-passage": BIRCH}


def test_section_without_heading_lies_between_its_neighbours() -> None:
    one, two, three = Ref("one"), Ref("two"), Ref("three")
    text = "ONE\nsame words\nsame words\nTHREE\nsame words\n"
    copy = Copy(Document(text), [(one, "One"), (two, "Two"), (three, "Three")])
    assert copy.missing_headings == (two,)
    assert [copy.bounds(section) for section in (one, two, three)] == [(0, 26), (0, 26), (26, 43)]


def test_unknown_section_is_the_whole_copy() -> None:
    passage = Passage(Ref("p"), Ref("unknown"), "Birch is a", "as well", Ref("s"))
    span = Copy(Document(REPORT), []).locate(passage).span
    assert span and REPORT[slice(*span)] == BIRCH


@pytest.mark.parametrize(
    ("entity", "names"),
    [
        (f"{T}alder-passage", {"alder-passage"}),
        (f"{T}alder-attendance", {"alder-passage"}),
        (f"{T}section-birch", {"birch-passage"}),
        ("https://w3id.org/nlc-graph/practice/story-making", {"alder-passage", "birch-passage"}),
        ("https://w3id.org/nlc-graph/practice/talent-walls", {"birch-passage"}),
        (f"{T}college", set()),
    ],
)
def test_passages_of_an_entity(tiny: Graph, entity: str, names: set[str]) -> None:
    assert {iri.removeprefix(T) for iri in passages_of(tiny, entity)} == names


def test_source_must_be_clear(tmp_path: Path) -> None:
    (tmp_path / "none.ttl").write_text("@prefix t: <https://example.org/> . t:a t:b t:c .")
    with pytest.raises(SourceChoiceError):
        open_copy(open_graph(tmp_path / "none.ttl", bundled=False), Document(REPORT))
    both = open_graph(TINY)
    with pytest.raises(SourceChoiceError, match="--source"):
        open_copy(both, Document(REPORT))
    copy, passages = open_copy(both, Document(REPORT), Ref(f"{T}report"))
    assert [copy.locate(passage).reason for passage in passages] == ["", ""]
