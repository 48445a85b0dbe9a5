"""``nlc-graph passage`` and ``nlc-graph passages check``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .runner import ONLY_TINY, objects, refused, run, succeeded

REPORT = "ALDER\nAlder is a network. It is said at last.\nBIRCH\nBirch is a network that has walls as well. The end.\n"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the tiny report."""
    path = tmp_path / "copy.txt"
    path.write_text(REPORT)
    return path


def test_check_finds_all(copy: Path) -> None:
    text = succeeded(*ONLY_TINY, "passages", "check", "--copy", str(copy))
    assert text.startswith("2 of 2 passages found")


def test_check_reports_what_is_missing_and_the_nearest_text(copy: Path) -> None:
    copy.write_text(REPORT.replace("Alder is a", "The alder was a").replace("ALDER\n", ""))
    done = run(*ONLY_TINY, "passages", "check", "--copy", str(copy))
    assert done.returncode == 1 and "1 of 2 passages found" in done.stdout
    assert "t:alder-passage" in done.stdout and "“alder was a”" in done.stdout
    assert "Alder" in done.stderr  # its heading is missing
    done = run(*ONLY_TINY, "passages", "check", "--format", "jsonl", env={"NLC_SOURCE": str(copy)})
    assert [json.loads(line)["nearest"] for line in done.stdout.splitlines()] == ["alder was a"]


def test_check_of_another_document(copy: Path) -> None:
    copy.write_text("Nothing of the sort.")
    done = run(*ONLY_TINY, "passages", "check", "--copy", str(copy))
    assert done.returncode == 1 and done.stdout.endswith("is this a copy of Tiny report?\n")


def test_passage_prints_text_with_context(copy: Path) -> None:
    text = succeeded(*ONLY_TINY, "passage", "talent walls", "--copy", str(copy), "--context", "1")
    assert text == "Birch  [t:birch-passage]\n  … BIRCH [Birch is a network that has walls as well]. The …\n"
    (row,) = objects(*ONLY_TINY, "passage", "Birch", "--copy", str(copy))
    assert row["text"] == "Birch is a network that has walls as well"


def test_passage_that_is_not_found(copy: Path) -> None:
    copy.write_text("BIRCH\nBirch is a thing.")
    done = run(*ONLY_TINY, "passage", "talent walls", "--copy", str(copy))
    assert done.returncode == 1 and "Birch is a" in done.stdout


@pytest.mark.parametrize(("name", "code"), [("Tiny college", "no-passage"), ("Tinny college", "unknown-name")])
def test_wrong_names(name: str, code: str, copy: Path) -> None:
    assert refused(*ONLY_TINY, "passage", name, "--copy", str(copy)).code == code


def test_missing_copy() -> None:
    assert refused(*ONLY_TINY, "passages", "check", "--copy", "none.pdf").code == "unreadable-file"
