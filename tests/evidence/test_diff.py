"""Differences between two versions of a graph."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlc_graph import open_graph
from nlc_graph.evidence.diff import diff
from nlc_graph.vocabulary import to_curie

from ..conftest import TINY
from .test_enquiries import RIVERSIDE, names

Rows = list[tuple[str, str, str, str, str, list[str], list[str]]]

#: Changes of tiny.ttl that are one difference each: text, its replacement, difference. Without a replacement, the line
#: that the text begins is removed.
CHANGES = [
    ("t:birch-walls ", None, ("Strategy", "t:birch-walls", "withdrawn", "", "", [], [])),
    ("t:birch-schools ", None, ("Level", "t:birch-schools", "withdrawn", "", "", ["7"], [])),
    ("nlc:value 7.0", "nlc:value 8.0",
     ("Level", "t:birch-schools", "changed", "t:birch-schools", "nlc:value", ["7"], ["8"])),
    ("In a tiny town.", "In a small town.",
     ("ContextFact", "t:alder-place", "changed", "t:alder-place", "nlc:paraphrase",
      ["In a tiny town."], ["In a small town."])),
    ('label "Birch NLC"', 'label "Birches"',
     ("Network", "t:birch", "changed", "t:birch", "rdfs:label", ["Birch NLC"], ["Birches"])),
    ("nlc:strategy t:alder-mentors, t:alder-rooms", "nlc:strategy t:alder-mentors",
     ("Claim", "t:alder-engagement", "changed", "t:alder-engagement", "nlc:strategy", ["t:alder-rooms"], [])),
]  # fmt: skip


def differences(tmp_path: Path, old: str, new: str) -> Rows:
    """Return kind, resource, change, item, property, old and new values of the differences between two texts."""
    (tmp_path / "old.ttl").write_text(old)
    (tmp_path / "new.ttl").write_text(new)
    found = diff(open_graph(tmp_path / "old.ttl", bundled=False), open_graph(tmp_path / "new.ttl", bundled=False))
    return [
        (each.kind, names(each.thing), each.change, names(each.item), to_curie(each.property or ""),
         [to_curie(names(str(value))) for value in each.before], [to_curie(names(str(value))) for value in each.after])
        for each in found
    ]  # fmt: skip


def without(text: str, start: str) -> str:
    """Return a text without the line that starts so."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(start))


def test_differences_are_sorted_claims_first(tmp_path: Path) -> None:
    old = RIVERSIDE.read_text()
    new = old.replace("direction:worsened", "direction:mixed").replace("r:calm a nlc:Claim", "r:quiet a nlc:Claim")
    new = new.replace("The authors say so.", "The authors say so twice.")
    reworded = "r:statement", "nlc:paraphrase", ["The authors say so."], ["The authors say so twice."]
    assert differences(tmp_path, old, new) == [
        ("Claim", "r:quiet", "added", "", "", [], ["Behaviour is good."]),
        ("Claim", "r:calm", "withdrawn", "", "", ["Behaviour is good."], []),
        ("Claim", "r:came", "changed", *reworded),  # both claims rest on the statement
        ("Claim", "r:worse", "changed", *reworded),
        ("Claim", "r:worse", "changed", "r:worse", "nlc:direction", ["direction:worsened"], ["direction:mixed"]),
    ]
    assert differences(tmp_path, old, old) == []


@pytest.mark.parametrize(("text", "replacement", "difference"), CHANGES, ids=[text for text, *_ in CHANGES])
def test_one_change_is_one_difference(tmp_path: Path, text: str, replacement: str | None, difference: object) -> None:
    old = TINY.read_text()
    new = without(old, text) if replacement is None else old.replace(text, replacement)
    assert differences(tmp_path, old, new) == [difference]


def test_a_passage_is_compared_by_its_words(tmp_path: Path) -> None:
    old = TINY.read_text()
    found = differences(tmp_path, old, old.replace('nlc:opens "Birch is a"', 'nlc:opens "Birch was a"'))
    assert {("Level", "t:birch-schools"), ("Claim", "t:birch-aim")} <= {row[:2] for row in found}
    assert all(row[4] == "nlc:statedIn" and "Birch was a" in row[6][0] for row in found)


def test_evidence_and_parts_that_disappear_are_differences_of_their_whole(tmp_path: Path) -> None:
    old = TINY.read_text()
    new = without(old.replace(" ; nlc:qualifiedBy t:alder-inspected", ""), "t:alder-inspected ")
    new = new.replace(";\n    nlc:supportedBy t:alder-change ; nlc:qualifiedBy t:alder-inspected", "")
    assert "t:alder-inspected" not in new
    assert differences(tmp_path, old, new) == [
        ("Claim", "t:alder-attendance", "changed", "t:alder-attendance", "nlc:qualifiedBy", ["t:alder-inspected"], []),
    ]
    level = "t:birch-schools a nlc:Level ;"
    compared = old.replace(level, f"{level} nlc:comparedWith t:others ;") + "\nt:others a nlc:Level ; nlc:value 9.0 ."
    assert differences(tmp_path, compared, without(old, "t:birch-schools ")) == [
        ("Level", "t:birch-schools", "withdrawn", "", "", ["7"], [])
    ]


def test_blank_nodes_do_not_differ(tmp_path: Path) -> None:
    text = TINY.read_text() + '\nt:birch nlc:inArea [ a nlc:Area ; rdfs:label "Birchshire" ] .'
    assert differences(tmp_path, text, text) == []
