"""``nlc-graph publish`` on the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from nlc_graph.cli import cli
from nlc_graph.errors import NlcGraphError
from nlc_graph.publish.deposit import FILES

from ..conftest import TINY

ONLY_TINY = ("--no-bundled", "--data", str(TINY))
BOTH = (*ONLY_TINY, "--data", str(TINY.parent / "riverside.ttl"))
DATED = ("--date", "2026-03-04")
CREDITED = ("--creator", "Doe, Jane", "--licence", "CC0-1.0", *DATED)


@pytest.fixture(autouse=True)
def no_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


def run(*args: str, **env: str) -> Result:
    return CliRunner().invoke(cli, args, env=env)


def code(*args: str) -> str:
    """Return the code of the error with which ``publish`` of tiny.ttl ends."""
    error = CliRunner().invoke(cli, [*ONLY_TINY, "publish", *args], standalone_mode=False).exception
    if isinstance(error, click.UsageError):
        return "usage"
    assert error is not None and isinstance(error.__cause__, NlcGraphError)
    return error.__cause__.code


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_folder_is_written(tmp_path: Path) -> None:
    done = run(*ONLY_TINY, "publish", str(tmp_path / "out"), *CREDITED)
    assert (done.exit_code, done.stdout) == (0, "")
    written, left_out = done.stderr.splitlines()
    assert written.startswith(f"7 claims of 1 enquiry in {len(FILES)} files written to {tmp_path / 'out'}")
    assert "1 context facts" in left_out
    assert set(content(tmp_path / "out")) == set(FILES) and os.listdir(tmp_path) == ["out"]


def test_one_enquiry_is_published_as_it_is_exported(tmp_path: Path) -> None:
    done = run(*BOTH, "publish", str(tmp_path / "out"), "--enquiry", "Tiny", *DATED)
    assert done.exit_code == 0 and done.stderr.startswith("7 claims of 1 enquiry in ")
    assert done.stderr.splitlines()[-1].startswith("Tiny enquiry: ") and "--creator" in done.stderr
    for suffix in ("ttl", "trig", "jsonld"):
        target = tmp_path / f"graph.{suffix}"
        assert run(*BOTH, "export", "--enquiry", "Tiny", "-o", str(target)).exit_code == 0
        assert target.read_bytes() == (tmp_path / "out" / target.name).read_bytes()


def test_the_date_may_come_from_the_environment(tmp_path: Path) -> None:
    assert run(*ONLY_TINY, "publish", str(tmp_path / "out"), SOURCE_DATE_EPOCH="86400").exit_code == 0
    assert "Published 1970-01-02" in (tmp_path / "out" / "README.md").read_text()


def test_everything_that_is_missing_is_reported_at_once(tmp_path: Path) -> None:
    done = run(*ONLY_TINY, "publish", str(tmp_path / "out"))
    assert done.exit_code == 2 and all(option in done.stderr for option in ("--date", "--creator", "--licence"))


def test_a_publication_is_valid_evidence_with_the_same_impacts(tmp_path: Path) -> None:
    assert run(*BOTH, "publish", str(tmp_path / "out"), *DATED).exit_code == 0
    done = run("--no-bundled", "validate", str(tmp_path / "out"))
    assert done.exit_code == 0, done.stdout
    expected = run(*BOTH, "impacts", "--format", "json").stdout
    for name in ("graph.ttl", "nanopublications.trig"):
        assert run("--no-bundled", "--data", str(tmp_path / "out" / name), "impacts", "--format", "json").stdout == (
            expected
        )


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        ((), "usage"),
        (("out", "--date", "soon"), "bad-parameter"),
        (("out", *DATED, "--doi", "x"), "bad-parameter"),
        (("out", *DATED, "--licence", "x"), "bad-parameter"),
        (("out", *DATED, "--enquiry", "nowhere"), "unknown-name"),
        (("nowhere/out", *DATED), "unwritable-file"),
        (("full", *DATED, "--force"), "unwritable-file"),
        (("out", "--copy", "file"), "usage"),
    ],
)
def test_wrong_requests_leave_everything(
    args: tuple[str, ...], expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("mine")
    assert code(*args) == expected
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["full", "mine"]


@pytest.mark.slow
def test_a_full_disk_leaves_nothing(tmp_path: Path) -> None:
    command = f"trap '' XFSZ; ulimit -f 2000; exec {sys.executable} -m nlc_graph publish {tmp_path / 'out'}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1) and os.listdir(tmp_path) == []
