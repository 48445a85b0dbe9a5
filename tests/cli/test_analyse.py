"""``nlc-graph analyse`` as its user runs it."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from ..test_cli import ONLY_TINY, run, succeeded

ALL = (
    *(("rank",), ("groups",), ("robustness",), ("gaps",), ("timeline",), ("peers", "Alder")),
    ("paths", "learning mentors", "engagement"),
)


def test_rank_prints_ties_the_claims_and_what_the_numbers_mean() -> None:
    text = succeeded(*ONLY_TINY, "analyse", "rank", "--claims")
    lines = text.splitlines()
    assert lines[0].split() == (
        "rank thing features networks partners degree betweenness bridging pagerank claims".split()
    )
    assert [line.split()[0] for line in lines[2:6] if line[0].strip()] == ["1", "2=", "2="]
    assert "t:alder-attendance" in text.replace("\n", "")
    assert "node: a practice (3) or an outcome type (3) with a result reported; aims left out" in text
    together = " ".join(text.split())
    assert "(Freeman 1977; Brandes 2001); exact" in together and "not an inference" in together


@pytest.mark.parametrize("command", ALL, ids=[command[0] for command in ALL])
def test_each_measure_in_each_format(command: tuple[str, ...]) -> None:
    table = run(*ONLY_TINY, "analyse", *command)
    assert table.returncode == 0 and "mind: " in table.stdout and table.stderr == ""
    assert max(map(len, table.stdout.splitlines())) <= 130
    rows = run(*ONLY_TINY, "analyse", *command, "--format", "csv")
    found = list(csv.DictReader(io.StringIO(rows.stdout)))
    assert found and "mind: " in rows.stderr and "claims" in found[0]
    content = json.loads(succeeded(*ONLY_TINY, "analyse", *command, "--format", "json"))
    assert content["analysis"] == command[0] and content["says"]["mind"]
    assert sum(len(part["rows"]) for part in content["parts"]) == len(found)


def test_a_limit_says_what_it_leaves_out() -> None:
    text = succeeded(*ONLY_TINY, "analyse", "rank", "--limit", "1")
    assert "2 more rows: leave --limit out, or --format csv" in text


def test_a_picture_is_written_beside_the_table(tmp_path: Path) -> None:
    target = tmp_path / "rank.svg"
    done = run(*ONLY_TINY, "analyse", "rank", "--plot", str(target))
    assert done.returncode == 0 and f"picture written to {target}" in done.stderr
    assert target.read_bytes().startswith(b"<?xml")
    again = run(*ONLY_TINY, "analyse", "rank", "--plot", str(target))
    assert again.returncode == 2 and again.stdout == "" and "it exists; use --force" in again.stderr


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("paths", "learning mentors", "nothing"), "no outcome type or key feature is called 'nothing'"),
        (("peers", "Nowhere"), "no network is called 'Nowhere'"),
        (("timeline", "--indicator", "rate of fun"), "no indicator is called 'rate of fun'"),
        (("paths", "a", "b", "--plot", "x.svg"), "No such option"),
        (("rank", "--plot", "x.pdf"), "no format for '.pdf'; known: .svg, .png"),
        (("rank", "--by", "fame"), "'fame' is not one of"),
    ],
)
def test_wrong_requests_are_one_line(args: tuple[str, ...], message: str) -> None:
    done = run(*ONLY_TINY, "analyse", *args)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr and done.stderr.count("\n") == 1


def test_no_measure_is_imported_before_it_is_asked_for() -> None:
    code = (
        "import sys; from nlc_graph.cli import analyse, export;"
        "print([m for m in ('networkx', 'rdflib', 'pyvis', 'matplotlib', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
