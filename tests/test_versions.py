"""What differs between two versions of a graph."""

from __future__ import annotations

from pathlib import Path

from nlc_graph import open_graph
from nlc_graph.evidence.diff import diff
from nlc_graph.vocabulary import to_curie

from .conftest import TINY
from .test_enquiries import RIVERSIDE, names

Told = list[tuple[str, str, str, str, str, list[str], list[str]]]


def differences(text: str, tmp_path: Path, old: Path = TINY) -> Told:
    """Return what differs between a file and another text: kind, thing, change, item, property, values."""
    new = tmp_path / "new.ttl"
    new.write_text(text)
    found = diff(open_graph(old, bundled=False), open_graph(new, bundled=False))
    return [
        (each.kind, names(each.thing), each.change, names(each.item), to_curie(each.property or ""),
         [names(str(value)) for value in each.before], [names(str(value)) for value in each.after])
        for each in found
    ]  # fmt: skip


def test_differences_between_versions(tmp_path: Path) -> None:
    text = RIVERSIDE.read_text()
    new = tmp_path / "new.ttl"
    new.write_text(
        text.replace("direction:worsened", "direction:mixed")
        .replace("The authors say so.", "The authors say so twice.")
        .replace("r:calm a nlc:Claim", "r:quiet a nlc:Claim")
    )
    found = diff(open_graph(RIVERSIDE, bundled=False), open_graph(new, bundled=False))
    assert [
        (each.change, names(each.thing), names(each.item), to_curie(each.property or ""),
         [to_curie(str(value)) for value in each.before], [to_curie(str(value)) for value in each.after])
        for each in found
    ] == [
        ("added", "r:quiet", "", "", [], ["Behaviour is good."]),
        ("withdrawn", "r:calm", "", "", ["Behaviour is good."], []),
        ("changed", "r:came", "r:statement", "nlc:paraphrase", ["The authors say so."], ["The authors say so twice."]),
        ("changed", "r:worse", "r:statement", "nlc:paraphrase", ["The authors say so."], ["The authors say so twice."]),
        ("changed", "r:worse", "r:worse", "nlc:direction", ["direction:worsened"], ["direction:mixed"]),
    ]  # fmt: skip


def test_the_same_graph_does_not_differ() -> None:
    assert diff(open_graph(TINY, bundled=False), open_graph(TINY, bundled=False)) == []


def test_what_no_claim_rests_on_is_compared_too(tmp_path: Path) -> None:
    """A figure alone, a use that no claim ties, a fact, a network's name; a passage is told by its words."""
    lines = TINY.read_text().splitlines(keepends=True)
    text = "".join(line for line in lines if not line.startswith("t:birch-walls "))
    text = text.replace("nlc:value 7.0", "nlc:value 8.0").replace("In a tiny town.", "In a small town.")
    text = text.replace('label "Birch NLC"', 'label "Birches"').replace(
        'nlc:opens "Birch is a"', 'nlc:opens "Birch was a"'
    )
    text += (
        '\nt:ladders a nlc:Strategy ; rdfs:label "Ladders" ; nlc:practice practice:talent-walls ; nlc:usedBy t:birch .'
    )
    told = [row for row in differences(text, tmp_path) if row[4] != "nlc:statedIn"]
    assert told == [
        ("Strategy", "t:ladders", "added", "", "", [], []),
        ("Strategy", "t:birch-walls", "withdrawn", "", "", [], []),
        ("ContextFact", "t:alder-place", "changed", "t:alder-place", "nlc:paraphrase",
         ["In a tiny town."], ["In a small town."]),
        ("Level", "t:birch-schools", "changed", "t:birch-schools", "nlc:value", ["7"], ["8"]),
        ("Network", "t:birch", "changed", "t:birch", "rdfs:label", ["Birch NLC"], ["Birches"]),
    ]  # fmt: skip
    passages = [row for row in differences(text, tmp_path) if row[4] == "nlc:statedIn"]
    assert {("Level", "t:birch-schools"), ("Claim", "t:birch-aim")} <= {row[:2] for row in passages}
    assert all("Birch was a" in row[6][0] for row in passages)


def test_a_strategy_that_drops_out_of_a_claim_is_one_difference(tmp_path: Path) -> None:
    text = TINY.read_text().replace("nlc:strategy t:alder-mentors, t:alder-rooms", "nlc:strategy t:alder-mentors")
    assert differences(text, tmp_path) == [
        ("Claim", "t:alder-engagement", "changed", "t:alder-engagement", "nlc:strategy", ["t:alder-rooms"], []),
    ]  # fmt: skip


def test_evidence_that_is_gone_is_told_by_its_claim(tmp_path: Path) -> None:
    lines = TINY.read_text().replace(" ; nlc:qualifiedBy t:alder-inspected", "").splitlines(keepends=True)
    text = "".join(line for line in lines if not line.startswith("t:alder-inspected "))
    assert "t:alder-inspected" not in text
    assert differences(text, tmp_path) == [
        ("Claim", "t:alder-attendance", "changed", "t:alder-attendance", "nlc:qualifiedBy", ["t:alder-inspected"], []),
    ]  # fmt: skip


def test_a_figure_alone_is_told_with_its_number_and_its_parts_with_it(tmp_path: Path) -> None:
    lines = TINY.read_text().splitlines(keepends=True)
    text = "".join(line for line in lines if not line.startswith("t:birch-schools "))
    withdrawn: Told = [("Level", "t:birch-schools", "withdrawn", "", "", ["7"], [])]
    assert differences(text, tmp_path) == withdrawn
    (tmp_path / "old.ttl").write_text(TINY.read_text().replace(
        "t:birch-schools a nlc:Level ;", "t:birch-schools a nlc:Level ; nlc:comparedWith t:others ;"
    ) + "\nt:others a nlc:Level ; nlc:value 9.0 .")  # fmt: skip
    assert differences(text, tmp_path, tmp_path / "old.ttl") == withdrawn


def test_nameless_things_do_not_differ(tmp_path: Path) -> None:
    """The names of blank nodes are new each time a file is read."""
    text = TINY.read_text() + '\nt:birch nlc:inArea [ a nlc:Area ; rdfs:label "Birchshire" ] .'
    (tmp_path / "old.ttl").write_text(text)
    assert differences(text, tmp_path, tmp_path / "old.ttl") == []
