"""``nlc-graph sheet`` as its user runs it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nlc_graph import find_impacts, open_graph
from nlc_graph.cli import cli
from nlc_graph.sheet import heading

from ..sheet.conftest import CLAIM, FIGURE

TINY = str(Path(__file__).parents[1] / "tiny.ttl")


def run(*args: str) -> Result:
    return CliRunner().invoke(cli, args)


def written(folder: Path, *rows: dict[str, str]) -> str:
    path = folder / "mine.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, heading(), restval="")
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


def imported(folder: Path, *rows: dict[str, str], options: tuple[str, ...] = ()) -> Result:
    path, target = written(folder, *rows), str(folder / "mine.ttl")
    return run("--no-bundled", "sheet", "import", path, "-o", target, *options)


def test_an_import_is_read_by_impacts(tmp_path: Path) -> None:
    done = imported(tmp_path, CLAIM, FIGURE)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "new network: 'Riverside NLC' (row 2)" in done.stderr.splitlines()
    (link,) = find_impacts(open_graph(tmp_path / "mine.ttl", bundled=False)).links
    assert (len(link.claims), link.practice.rpartition("/")[2]) == (2, "learning-mentors")


def test_errors_are_listed_and_nothing_is_written(tmp_path: Path) -> None:
    done = imported(tmp_path, {**CLAIM, "practice": "lerning mentors", "passage closes": ""})
    assert (done.exit_code, done.stdout) == (1, "")
    first, second, last = done.stderr.splitlines()
    assert first.startswith(f"{tmp_path}/mine.csv, row 2, column 'passage closes': ")
    assert second.startswith(f"{tmp_path}/mine.csv, row 2, column 'practice': 'lerning mentors': ")
    assert last == "2 errors; nothing was written"
    assert not (tmp_path / "mine.ttl").exists()


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ({**CLAIM, "link": "intended"}, ""),
        ({**CLAIM, "practice": ""}, ""),
        ({**CLAIM, "who says it": ""}, "who says it"),
        ({**CLAIM, "who says it": "a teacher | a pupil"}, "who says it"),
        ({**CLAIM, "bearing": "qualifies"}, "bearing"),
        ({**CLAIM, "in our words": "x" * 501}, "in our words"),
        ({**CLAIM, "passage opens": "one two three four five six seven eight"}, "passage opens"),
        ({**FIGURE, "unit": "per cent", "to value": "120"}, ""),
        ({**FIGURE, "from period": "2004/05", "to period": "2002"}, ""),
        ({**FIGURE, "change": "7"}, ""),
        ({**FIGURE, "against comparator": "below"}, ""),
        ({**FIGURE, "from value": "", "comparator": "", "comparator from value": "", "comparator to value": ""}, ""),
    ],
)  # fmt: skip
def test_findings_of_shapes_and_rules_are_errors_of_a_row(row: dict[str, str], column: str, tmp_path: Path) -> None:
    """The second row holds what a rule of the ontology forbids; the sheet itself can be read."""
    done = imported(tmp_path, {**CLAIM, "outcome": "behaviour", "passage opens": "x", "who says it": "a parent"}, row)
    assert done.exit_code == 1
    lines = done.stderr.splitlines()[:-1]
    assert lines and all(", row 3" in line for line in lines)
    assert not column or any(f"column {column!r}" in line for line in lines)
    assert imported(tmp_path, row, options=("--no-check",)).exit_code == 0


def test_a_rule_that_a_source_may_break_is_a_warning(tmp_path: Path) -> None:
    """Two practices have the same result at one passage, each on its own."""
    done = imported(tmp_path, CLAIM, {**CLAIM, "practice": "nurture room"})
    assert done.exit_code == 0
    assert [", row 2" in line or ", row 3" in line for line in done.stderr.splitlines() if "warning" in line] == [
        True, True,
    ]  # fmt: skip


def test_the_template_is_printed_or_written(tmp_path: Path) -> None:
    assert "who says it" in run("sheet", "template").stdout
    for name in ("t.csv", "t.xlsx"):
        assert run("sheet", "template", "--examples", "-o", str(tmp_path / name)).exit_code == 0
        assert (tmp_path / name).stat().st_size > 1000


def test_a_part_is_exported(tmp_path: Path) -> None:
    target = tmp_path / "b.csv"
    done = run("--no-bundled", "--data", TINY, "sheet", "export", "--network", "Birch", "-o", str(target))
    rows = list(csv.DictReader(io.StringIO(target.read_text("utf-8-sig"))))
    assert (done.exit_code, done.stderr) == (0, f"{len(rows)} rows written to {target}\n")
    assert {"story-maps", "story-making"} <= {row["practice"] for row in rows}


@pytest.mark.parametrize(
    "args",
    [
        ("import", "MINE", "-o", "x.csv"),
        ("import", "MINE", "MINE", "-o", "x.ttl"),
        ("import", "MINE", "-o", "x.ttl", "--enquiry", "practice"),
        ("import", "none.csv", "-o", "x.ttl"),
        ("export", "-o", "x.ods"),
        ("template", "-o", "x.ods"),
    ],
)
def test_what_a_sheet_cannot_do(args: tuple[str, ...], tmp_path: Path) -> None:
    mine = written(tmp_path, CLAIM)
    done = run("sheet", *(mine if arg == "MINE" else arg for arg in args))
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
