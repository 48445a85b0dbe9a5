"""Passages of the tiny graph in copies of its report, right and wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlc_graph import Graph, open_graph
from nlc_graph.evidence.claims import Passage
from nlc_graph.passages.document import Document
from nlc_graph.passages.locate import Copy, SourceChoiceError, open_copy, passages_of
from nlc_graph.table import Ref

from .conftest import TINY

REPORT = """Tiny report

ALDER
Alder is a network with rooms. No more is said at last.

BIRCH
Birch is a network that has walls as well.
"""
T = "https://example.org/tiny/"


def outcome(graph: Graph, text: str) -> dict[str, str]:
    copy, passages = open_copy(graph, Document(text))
    places = [copy.locate(passage) for passage in passages]
    return {p.passage.iri.rsplit("/", 1)[-1]: text[slice(*p.span)] if p.span else p.reason for p in places}


def test_passages_are_found_in_their_sections(tiny: Graph) -> None:
    assert outcome(tiny, REPORT) == {
        "alder-passage": "Alder is a network with rooms. No more is said at last",
        "birch-passage": "Birch is a network that has walls as well",
    }


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("Alder is a", "Elder was a", "its opening words are not in the copy"),
        ("Alder is a", "Alder is a a. Alder is a", "its opening words stand 2 times in the section"),
        ("said at last", "said in the end", "its closing words are not in the copy"),
        ("Alder is a network with rooms. No more is said at last.", "Said at last: Alder is a", None),
        ("No more is said at last.", "No more.", "its closing words are not in the copy"),
    ],
)
def test_why_a_passage_is_not_found(tiny: Graph, old: str, new: str, reason: str | None) -> None:
    reason = reason or "its closing words stand before its opening words"
    assert outcome(tiny, REPORT.replace(old, new))["alder-passage"] == reason


def test_words_that_stand_in_another_section(tiny: Graph) -> None:
    moved = REPORT.replace("Alder is a", "It is a").replace("as well.", "as well. Alder is a")
    assert outcome(tiny, moved)["alder-passage"] == "its opening words stand in another section"
    moved = REPORT.replace("said at last", "said").replace("as well.", "as well, said at last.")
    assert outcome(tiny, moved)["alder-passage"] == "its closing words stand in another section"


def test_what_comes_nearest(tiny: Graph) -> None:
    copy, passages = open_copy(tiny, Document(REPORT.replace("Alder is a", "Alder was a")))
    assert [copy.locate(passage).nearest for passage in passages] == ["Alder was a", ""]


def test_a_list_of_contents_does_not_mislead(tiny: Graph) -> None:
    assert outcome(tiny, f"Contents\nAlder\nBirch\n{REPORT}") == outcome(tiny, REPORT)


def test_without_a_heading_the_neighbours_bound_a_section() -> None:
    one, two, three = (Ref(name) for name in ("one", "two", "three"))
    text = "ONE\nsame words\nsame words\nTHREE\nsame words\n"
    copy = Copy(Document(text), [(one, "One"), (two, "Two"), (three, "Three")])
    assert copy.missing_headings == (two,)
    assert [text[slice(*copy.bounds(section))].split("\n")[0] for section in (one, two, three)] == [
        "ONE",
        "ONE",
        "THREE",
    ]


def test_a_section_that_the_graph_does_not_order_is_the_whole_copy() -> None:
    passage = Passage(Ref("p"), Ref("unknown"), "Birch is a", "as well", Ref("s"))
    place = Copy(Document(REPORT), []).locate(passage)
    assert place.span and REPORT[slice(*place.span)] == "Birch is a network that has walls as well"


@pytest.mark.parametrize(
    ("thing", "names"),
    [
        (f"{T}alder-passage", {"alder-passage"}),
        (f"{T}alder-attendance", {"alder-passage"}),
        (f"{T}section-birch", {"birch-passage"}),
        ("https://w3id.org/nlc-graph/practice/story-making", {"alder-passage", "birch-passage"}),
        ("https://w3id.org/nlc-graph/practice/talent-walls", {"birch-passage"}),
        ("https://w3id.org/nlc-graph/practice/nurture-room", {"alder-passage"}),
        (f"{T}college", set()),
    ],
)
def test_the_passages_of_a_thing(tiny: Graph, thing: str, names: set[str]) -> None:
    assert {iri.removeprefix(T) for iri in passages_of(tiny, thing)} == names


def test_the_source_must_be_clear(tiny: Graph, tmp_path: Path) -> None:
    (tmp_path / "none.ttl").write_text("@prefix t: <https://example.org/> . t:a t:b t:c .")
    with pytest.raises(SourceChoiceError, match="has no passages"):
        open_copy(open_graph(tmp_path / "none.ttl", bundled=False), Document(REPORT))
    both = open_graph(TINY)
    with pytest.raises(SourceChoiceError, match=r"several sources: .*say with --source"):
        open_copy(both, Document(REPORT))
    copy, passages = open_copy(both, Document(REPORT), Ref(f"{T}report"))
    assert [copy.locate(passage).reason for passage in passages] == ["", ""]
    assert len(tiny.select("SELECT ?p { ?p a nlc:Passage }").rows) == 2
