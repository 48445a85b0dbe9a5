"""``nlc-graph export`` as its user runs it."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from nlc_graph import find_impacts, open_graph
from nlc_graph.cli import cli
from nlc_graph.export import FORMATS

from ..test_cli import ONLY_TINY, run, succeeded


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_is_written_and_said_to_be(form: str, tmp_path: Path) -> None:
    done = run(*ONLY_TINY, "export", "--around", "Alder", "--format", form, "-o", str(tmp_path / "x.out"))
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("3 claims written to ")
    ends = {"kgx": ("_nodes.tsv", "_edges.tsv"), "tables": ("_nodes.csv", "_edges.csv")}.get(form, (".out",))
    assert files(tmp_path) == {f"x{end}" for end in ends}


def test_hops_and_a_query_choose(tmp_path: Path) -> None:
    target = tmp_path / "x.ttl"
    succeeded(*ONLY_TINY, "export", "--around", "learning mentors", "--hops", "2", "-o", str(target))
    assert {link.outcome.rsplit("/", 1)[-1] for link in find_impacts(open_graph(target, bundled=False)).links} == {
        *("attendance", "engagement")
    }
    succeeded(*ONLY_TINY, "export", "--query", "network-subgraph", "-p", "network=Birch", "-o", str(target), "--force")
    part = open_graph(target, bundled=False)
    assert part.ask("ASK { ?s a nlc:Claim }") and not part.ask('ASK { ?s rdfs:label "Attendance rose" }')


def test_standard_output_takes_data_only() -> None:
    done = run(*ONLY_TINY, "export", "--practice", "nurture room", "--format", "turtle", "-o", "-")
    assert (done.returncode, done.stderr) == (0, "")
    assert "t:alder-engagement a nlc:Claim" in done.stdout


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ((), "Missing option '-o' / '--output' (or --view)."),
        (("-o", "x.xls"), "no format for '.xls'; known: .ttl, .nt, .trig"),
        (("-o", "-"), "-o - needs --format"),
        (("-o", "x.ttl", "--around", "nowhere"), "no thing is called 'nowhere'"),
        (("-o", "x.ttl", "--hops", "2"), "--hops with --around THING"),
        (
            ("-o", "x.ttl", "--around", "Alder", "--hops", "1", "--relation", "sideways"),
            "no relation 'sideways' to follow",
        ),
        (("-o", "x.ttl", "--query", "network-subgraph", "--network", "Alder"), "give one of them"),
        (("-o", "x.ttl", "--query", "network-facts"), "this is a SELECT query where a CONSTRUCT query is needed"),
        (("-o", "x.ttl", "-p", "network=Alder"), "-p binds a parameter of --query NAME"),
        (("-o", "nowhere/x.ttl"), "cannot write nowhere/x.ttl: No such file or directory"),
    ],
)
def test_wrong_requests_are_one_line_and_leave_nothing(
    args: tuple[str, ...], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(*ONLY_TINY, "export", *args)
    assert done.returncode == 2 and message in done.stderr and done.stderr.count("\n") == 1
    assert files(tmp_path) == set()


def test_an_existing_file_stays_without_force(tmp_path: Path) -> None:
    (tmp_path / "x_edges.tsv").write_text("mine")
    done = run(*ONLY_TINY, "export", "-o", str(tmp_path / "x.tsv"))
    assert done.returncode == 2 and "x_edges.tsv: it exists; use --force to replace it" in done.stderr
    assert files(tmp_path) == {"x_edges.tsv"} and (tmp_path / "x_edges.tsv").read_text() == "mine"


def test_what_was_cut_out_can_be_viewed(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(click, "launch", opened.append)
    done = CliRunner().invoke(cli, [*ONLY_TINY, "export", "--practice", "nurture room", "--view"])
    assert done.exit_code == 0, done.output
    (page,) = opened
    text = Path(page.removeprefix("file://")).read_text(encoding="utf-8")
    assert "nurture room" in text and "story-making" not in text
