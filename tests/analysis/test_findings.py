"""Findings as rows, as JSON, with labels, and what docs/measures.md says of them."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from nlc_graph import Graph, resources
from nlc_graph.analysis.centrality import rank_nodes
from nlc_graph.analysis.findings import Findings, read_explanation, to_labels, to_object, to_rows, to_table
from nlc_graph.cli import cli
from nlc_graph.cli.analyse import analyse
from nlc_graph.table import Ref

MENTORS = Ref("https://w3id.org/nlc-graph/practice/learning-mentors")
ROOM = Ref("https://w3id.org/nlc-graph/practice/nurture-room")
CLAIM = Ref("https://example.org/tiny/alder-engagement")
TABLE = to_table(
    ("practice", "beside", "share", "claims"),
    [(MENTORS, (ROOM, ROOM, ROOM, ROOM), 1 / 3, (CLAIM,)), (None, (), 2, ())],
)
FINDINGS = Findings("rank", {"one": TABLE, "other": to_table(("text",), [("x",)])}, {"links": 4}, ("beware",))


def test_rows_for_programs_name_the_table_and_add_labels(tiny: Graph) -> None:
    table = to_rows(FINDINGS, tiny.names)
    assert table.columns == ("part", "practice", "practice_label", "beside", "beside_label", "share", "claims", "text")
    rooms = " ".join(["practice:nurture-room"] * 4), "; ".join(["nurture room"] * 4)
    assert table.rows == (
        ("one", "practice:learning-mentors", "learning mentors", *rooms, 1 / 3, "t:alder-engagement", None),
        ("one", None, None, "", None, 2, "", None),
        ("other", *[None] * 6, "x"),
    )
    assert to_rows(Findings("rank", {"one": TABLE}), tiny.names).columns[0] == "practice"


def test_json(tiny: Graph) -> None:
    room = {"id": "practice:nurture-room", "label": "nurture room"}
    mentors = {"id": "practice:learning-mentors", "label": "learning mentors"}
    assert to_object(FINDINGS, tiny.names) == {
        "analysis": "rank",
        "numbers": {"links": 4},
        "warnings": ["beware"],
        "parts": [
            {
                "name": "one",
                "rows": [
                    {"practice": mentors, "beside": [room] * 4, "share": 1 / 3, "claims": ["t:alder-engagement"]},
                    {"practice": None, "beside": [], "share": 2, "claims": []},
                ],
            },
            {"name": "other", "rows": [{"text": "x"}]},
        ],
    }


def test_labels_for_people(tiny: Graph) -> None:
    rooms = "nurture room, nurture room, nurture room and 1 more"
    assert to_labels(TABLE, TABLE.columns, tiny.names).rows == (
        ("learning mentors", rooms, 0.3333, 1),
        (None, "", 2, 0),
    )
    assert to_labels(TABLE, ("claims",), tiny.names, claims=True).rows == (("t:alder-engagement",), ("",))


@pytest.mark.parametrize("measure", analyse.commands)
def test_every_measure_has_an_explanation(measure: str) -> None:
    text = read_explanation(measure)
    assert text.startswith(f"{measure}: ") and "**Limits**" in text and "**How to read it**" in text


def test_the_examples_in_the_explanations_are_what_the_commands_print() -> None:
    text = resources.read_text(resources.measures_file())
    examples = re.findall(r"```console\n\$ nlc-graph (.+)\n([^`]+)```", text)
    assert examples
    for command, output in examples:
        printed = CliRunner().invoke(cli, command.split(), env={"COLUMNS": "120"}).output
        assert printed.startswith(output)


def test_ranks_are_kept_as_text(tiny: Graph) -> None:
    assert rank_nodes(tiny, by="degree").tables["practices"].column("rank") == ["1=", "1=", "3"]
