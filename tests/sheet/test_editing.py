"""A sheet that was exported, edited and imported again says what was edited, and nothing else."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from nlc_graph import Graph, open_graph
from nlc_graph.evidence.diff import diff
from nlc_graph.sheet import SheetError, heading, read_sheets, to_csv, to_rows

from .conftest import CLAIM, Write

SHARED = {
    **CLAIM, "practice": "learning mentors", "jointly with": "nurture room", "outcome": "behaviour",
    "passage opens": "Mentors and the room",
}  # fmt: skip


def loaded(path: str, terms: Graph, tmp_path: Path, name: str = "mine") -> Graph:
    target = tmp_path / f"{name}.ttl"
    target.write_bytes(read_sheets([path], terms, enquiry="mine").to_bytes())
    return open_graph(target, bundled=False)


def exported(graph: Graph) -> list[dict[str, str]]:
    content = to_csv([heading(), *to_rows(graph).rows]).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


def labels(graph: Graph, kind: str) -> list[str]:
    found = graph.select(f"SELECT ?label {{ ?thing a nlc:{kind} ; rdfs:label ?label }}")
    return sorted(map(str, found.column("label")))


def wrong(path: str, terms: Graph) -> list[tuple[int, str, str]]:
    with pytest.raises(SheetError) as raised:
        read_sheets([path], terms, enquiry="mine")
    return [(each.row, each.column, each.problem) for each in raised.value.mistakes]


def test_a_strategy_is_not_changed_by_one_of_the_rows_that_name_it(write: Write, terms: Graph, tmp_path: Path) -> None:
    rows = exported(loaded(write(CLAIM, SHARED), terms, tmp_path))
    assert [row["jointly with"] for row in rows] == ["", "nurture room"]
    rows[0]["practice"] = "peer mentoring"
    problem = "row 2 says 'peer mentoring' of the same strategy"
    assert wrong(write(*rows, name="edited.csv"), terms) == [(3, "practice", problem)]
    rows[1]["practice"] = "peer mentoring"
    graph = loaded(write(*rows, name="both.csv"), terms, tmp_path)
    assert labels(graph, "Strategy") == ["Nurture room (Riverside NLC)", "Peer mentoring (Riverside NLC)"]


@pytest.mark.parametrize(
    ("edit", "column", "problem"),
    [
        ({"used by": "High School A"}, "used by", "row 2 says 'Riverside NLC' of the same strategy"),
        ({"strategy": "Mentors [mine:mentoring]"}, "strategy", "row 2 calls the same 'Mentoring'"),
    ],
)  # fmt: skip
def test_rows_that_name_one_strategy_agree(
    edit: dict[str, str], column: str, problem: str, write: Write, terms: Graph
) -> None:
    first = {**CLAIM, "strategy": "Mentoring [https://w3id.org/nlc-graph/mine/mentoring]", "used by": ""}
    second = {**first, "outcome": "behaviour"}
    assert len(read_sheets([write(first, second)], terms, enquiry="mine").counts) > 0
    edit = {key: value.replace("mine:", "https://w3id.org/nlc-graph/mine/") for key, value in edit.items()}
    assert wrong(write(first, {**second, **edit}, name="other.csv"), terms) == [(3, column, problem)]


def test_labels_that_the_import_made_are_renewed_and_others_kept(write: Write, terms: Graph, tmp_path: Path) -> None:
    own = {**SHARED, "claim": "Mentors and the room", "strategy": "Mentoring | The room"}
    joint = {**SHARED, "network": "Riverside NLC | Brook NLC", "practice": "nurture room", "jointly with": "coaching"}
    graph = loaded(write(CLAIM, own, {**joint, "outcome": "confidence"}), terms, tmp_path)
    made = [
        "Coaching, nurture room and confidence and self-belief: improved (Brook NLC, Riverside NLC)",
        "Learning mentors and attendance: improved (Riverside NLC)",
        "Mentors and the room",
    ]
    assert labels(graph, "Claim") == made
    rows = exported(graph)
    assert sorted(row["claim"].rpartition("[")[0].strip() for row in rows) == ["", "", "Mentors and the room"]
    assert labels(loaded(write(*rows, name="same.csv"), terms, tmp_path), "Claim") == made
    edited = [
        {**row, "direction": "worsened", "practice": row["practice"].replace("coaching", "peer mentoring")}
        for row in rows
    ]
    after = loaded(write(*edited, name="edited.csv"), terms, tmp_path)
    assert labels(after, "Claim") == [
        "Learning mentors and attendance: worsened (Riverside NLC)",
        "Mentors and the room",
        "Nurture room, peer mentoring and confidence and self-belief: worsened (Brook NLC, Riverside NLC)",
    ]
    assert labels(after, "Strategy") == [
        "Learning mentors (Riverside NLC)", "Mentoring", "Nurture room (Brook NLC, Riverside NLC)",
        "Peer mentoring (Brook NLC, Riverside NLC)", "The room",
    ]  # fmt: skip


def test_a_use_that_has_no_words_of_its_own_is_not_given_its_old_label(
    write: Write, terms: Graph, tmp_path: Path
) -> None:
    use = {key: CLAIM[key] for key in "network practice section source".split()} | {
        "in our words": "They have mentors.", "passage opens": "There are mentors", "passage closes": "in each school",
    }  # fmt: skip
    graph = loaded(write(use), terms, tmp_path)
    (row,) = exported(graph)
    edited = {**row, "practice": "coaching", "in our words": ""}
    after = loaded(write(edited, name="edited.csv"), terms, tmp_path)
    assert labels(after, "Strategy") == ["Coaching (Riverside NLC)"]
    assert after.select("SELECT ?words { ?use a nlc:Strategy ; nlc:paraphrase ?words }").rows == ()
    assert wrong(write({**use, "in our words": ""}, name="bare.csv"), terms) == [(2, "in our words", "missing")]


def test_a_name_may_stand_in_one_of_the_rows_that_give_the_identifier(
    write: Write, terms: Graph, tmp_path: Path
) -> None:
    rows = exported(loaded(write(CLAIM, {**CLAIM, "passage opens": "Another"}, SHARED), terms, tmp_path))
    (first, again, shared) = rows
    assert first["claim"] == again["claim"] and shared["strategy"].startswith(first["strategy"])
    again["claim"] = f"Mentors and attendance {again['claim']}"
    shared["strategy"] = f"Mentoring {shared['strategy']}"
    graph = loaded(write(*rows, name="named.csv"), terms, tmp_path)
    assert labels(graph, "Claim")[1] == "Mentors and attendance"
    assert labels(graph, "Strategy") == ["Mentoring", "Nurture room (Riverside NLC)"]
    first["claim"] = f"Something else {first['claim']}"
    assert wrong(write(*rows, name="two.csv"), terms) == [(3, "claim", "row 2 calls the same 'Something else'")]


def test_a_sheet_comes_back_with_the_rows_that_it_had(write: Write, terms: Graph, tmp_path: Path) -> None:
    """The use of mentors stands where the first row does, which the identifier of its claim would put last."""
    second, third = {**CLAIM, "passage opens": "They also"}, {**SHARED, "passage opens": "With the room"}
    graph = loaded(write({**CLAIM, "outcome": "behaviour"}, second, third), terms, tmp_path)
    rows = exported(graph)
    assert [(row["outcome"], row["passage opens"]) for row in rows] == [
        ("behaviour", "Since the mentors"), ("behaviour", "With the room"), ("attendance", "They also"),
    ]  # fmt: skip
    again = loaded(write(*rows, name="again.csv"), terms, tmp_path, "again")
    assert diff(graph, again) == [] and exported(again) == rows
