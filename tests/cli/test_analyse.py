"""``nlc-graph analyse``."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nlc_graph.cli import cli

from ..conftest import TINY

MEASURES = (
    *(("rank",), ("groups", "--draws", "99"), ("robustness",), ("gaps",), ("timeline",), ("peers", "Alder")),
    ("paths", "learning mentors", "engagement"),
)


def analyse(*args: str) -> Result:
    command = ["--no-bundled", "--data", str(TINY), "analyse", *args]
    return CliRunner().invoke(cli, command, env={"COLUMNS": "130"})


def test_rank_prints_the_table_the_numbers_and_what_is_counted() -> None:
    lines = analyse("rank", "--claims", "--limit", "1").output.splitlines()
    assert lines[0] == "practices (3)"
    assert (
        lines[1].split() == "rank name features networks partners degree betweenness bridging pagerank claims".split()
    )
    assert lines[3].split()[:4] == ["1", "story-making", "2", "2"] and "t:alder-writing" in lines[3]
    assert "2 more rows: leave --limit out, or --format csv" in lines
    assert "practices 3; outcome types 3; links 4" in lines
    assert lines[-1] == "explained by: nlc-graph analyse rank --explain"


@pytest.mark.parametrize("command", MEASURES, ids=[command[0] for command in MEASURES])
def test_each_measure_in_each_format(command: tuple[str, ...]) -> None:
    table = analyse(*command)
    assert (table.exit_code, table.stderr) == (0, "")
    assert max(map(len, table.stdout.splitlines())) <= 130
    rows = list(csv.DictReader(io.StringIO(analyse(*command, "--format", "csv").stdout)))
    assert rows and "claims" in rows[0]
    content = json.loads(analyse(*command, "--format", "json").stdout)
    assert content["analysis"] == command[0]
    assert sum(len(part["rows"]) for part in content["parts"]) == len(rows)


def test_explanations_need_no_arguments() -> None:
    done = CliRunner().invoke(cli, ["analyse", "peers", "--explain"])
    assert done.exit_code == 0 and done.output.startswith("peers: similarity of networks\n")


def test_a_picture_is_written_and_not_replaced_without_force(tmp_path: Path) -> None:
    target = tmp_path / "rank.svg"
    assert analyse("rank", "--plot", str(target)).exit_code == 0
    assert target.read_bytes().startswith(b"<?xml")
    again = analyse("rank", "--plot", str(target))
    assert (again.exit_code, again.stdout) == (2, "")
    assert analyse("rank", "--plot", str(target), "--force").exit_code == 0


@pytest.mark.parametrize(
    ("args", "value"),
    [
        (("paths", "learning mentors", "nothing"), "'nothing'"),
        (("peers", "Nowhere"), "'Nowhere'"),
        (("timeline", "--indicator", "rate of fun"), "'rate of fun'"),
        (("paths", "a", "b", "--plot", "x.svg"), "--plot"),
        (("rank", "--plot", "x.pdf"), "'.pdf'"),
        (("rank", "--by", "fame"), "'fame'"),
    ],
)
def test_wrong_requests_end_with_one_line(args: tuple[str, ...], value: str) -> None:
    done = analyse(*args)
    assert (done.exit_code, done.stdout) == (2, "")
    assert value in done.stderr.splitlines()[-1]
