"""``nlc-graph export`` on the command line."""

from __future__ import annotations

import os
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from nlc_graph import find_impacts, open_graph
from nlc_graph.cli import cli
from nlc_graph.errors import NlcGraphError
from nlc_graph.export import FORMATS

from ..conftest import TINY

ONLY_TINY = ["--no-bundled", "--data", str(TINY)]


def run(*args: str) -> Result:
    """Run ``export`` on tiny.ttl."""
    return CliRunner().invoke(cli, [*ONLY_TINY, "export", *args])


def code(*args: str) -> str:
    """Return the code of the error with which ``export`` ends."""
    error = CliRunner().invoke(cli, [*ONLY_TINY, "export", *args], standalone_mode=False).exception
    if isinstance(error, click.UsageError):
        return "usage"
    assert error is not None and isinstance(error.__cause__, NlcGraphError)
    return error.__cause__.code


def outcomes(path: Path) -> set[str]:
    return {link.outcome.rsplit("/", 1)[-1] for link in find_impacts(open_graph(path, bundled=False)).links}


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_is_written(form: str, tmp_path: Path) -> None:
    done = run("--around", "Alder", "--format", form, "-o", str(tmp_path / "x.out"))
    assert (done.exit_code, done.stdout, done.stderr.split()[:2]) == (0, "", ["3", "claims"])
    ends = {"kgx": ("_nodes.tsv", "_edges.tsv"), "tables": ("_nodes.csv", "_edges.csv")}.get(form, (".out",))
    assert sorted(os.listdir(tmp_path)) == sorted(f"x{end}" for end in ends)


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ((), {"attendance", "engagement", "writing", "confidence"}),
        (("--around", "learning mentors", "--hops", "2"), {"attendance", "engagement"}),
        (("--query", "network-subgraph", "-p", "network=Birch"), {"writing", "confidence"}),
        (("--practice", "story-making", "--around", "Alder"), {"writing"}),
        (("--enquiry", "Tiny"), {"attendance", "engagement", "writing", "confidence"}),
    ],
)
def test_a_choice_is_written_with_what_it_rests_on(choice: tuple[str, ...], expected: set[str], tmp_path: Path) -> None:
    assert run(*choice, "-o", str(tmp_path / "x.ttl")).exit_code == 0
    assert outcomes(tmp_path / "x.ttl") == expected


def test_standard_output_has_the_data_only() -> None:
    done = run("--practice", "nurture room", "--format", "turtle", "-o", "-")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "t:alder-engagement a nlc:Claim" in done.stdout


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        ((), "usage"),
        (("-o", "x.xls"), "unknown-format"),
        (("-o", "-"), "bad-parameter"),
        (("-o", "x.ttl", "--around", "nowhere"), "unknown-name"),
        (("-o", "x.ttl", "--around", "https://example.org/tiny/nowhere"), "unknown-name"),
        (("-o", "x.ttl", "--hops", "2"), "bad-parameter"),
        (("-o", "x.ttl", "--around", "Alder", "--hops", "1", "--relation", "sideways"), "bad-parameter"),
        (("-o", "x.ttl", "--query", "network-subgraph", "--network", "Alder"), "bad-parameter"),
        (("-o", "x.ttl", "--query", "charts"), "wrong-query-form"),
        (("-o", "x.ttl", "-p", "network=Alder"), "bad-parameter"),
        (("-o", "nowhere/x.ttl"), "unwritable-file"),
        (("-o", "x.tsv"), "unwritable-file"),
    ],
)
def test_wrong_requests_leave_nothing(
    args: tuple[str, ...], expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x_edges.tsv").write_text("mine")
    assert code(*args) == expected
    assert os.listdir(tmp_path) == ["x_edges.tsv"] and (tmp_path / "x_edges.tsv").read_text() == "mine"


def test_the_result_can_be_viewed(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(click, "launch", opened.append)
    assert run("--practice", "nurture room", "--view").exit_code == 0
    (page,) = opened
    text = Path(page.removeprefix("file://")).read_text(encoding="utf-8")
    assert "nurture room" in text and "story-making" not in text
