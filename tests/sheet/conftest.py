"""Sheets of a few rows, and a graph to read them with."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from nlc_graph import Graph, open_graph
from nlc_graph.sheet import Imported, SheetError, read_sheets

#: One row of each sort, with nothing wrong: a claim with testimony, a claim with a change, an aim, a figure, a use.
CLAIM = {
    "network": "Riverside NLC", "practice": "learning mentors", "outcome": "attendance", "key feature": "Achievement",
    "link": "attributed", "direction": "improved", "kind of evidence": "quoted testimony",
    "who says it": "a headteacher", "in our words": "Mentors got pupils to come.", "passage opens": "Since the mentors",
    "passage closes": "every day", "section": "Mentors at work", "source": "Annual report", "note": "",
}  # fmt: skip
FIGURE = {
    **CLAIM, "school or group": "High School A", "link": "co-reported", "kind of evidence": "statistic",
    "who says it": "",
    "measure": "attendance rate", "unit": "percentage points", "from period": "2002", "from value": "84.0",
    "to period": "2004/05", "to value": "90.5", "comparator": "other schools in the county",
    "comparator from value": "91", "comparator to value": "93", "in our words": "Attendance went up.",
    "passage opens": "Attendance was 84", "passage closes": "of the county",
}  # fmt: skip
AIM = {
    **CLAIM, "outcome": "confidence", "link": "intended", "direction": "no result reported",
    "kind of evidence": "author statement", "who says it": "", "passage opens": "Mentors are there",
    "passage closes": "for confidence",
}  # fmt: skip

Write = Callable[..., str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes rows as a sheet and returns its path."""

    def sheet(*rows: dict[str, str], name: str = "mine.csv") -> str:
        columns = list(dict.fromkeys(column for row in rows for column in row))
        path = tmp_path / name
        with path.open("w", newline="", encoding="utf-8-sig") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)
        return str(path)

    return sheet


@pytest.fixture(scope="session")
def terms() -> Graph:
    """Return the ontology and its vocabularies."""
    return open_graph(bundled=False)


Problem = tuple[int, str, str]


def read(graph: Graph, *paths: str, new_terms: bool = False) -> Imported:
    """Import sheets as the enquiry "mine"."""
    return read_sheets(list(paths), graph, enquiry="mine", new_terms=new_terms)


def errors_in(graph: Graph, *paths: str, new_terms: bool = False) -> list[Problem]:
    """Return row, column and code of each error in sheets that have some."""
    with pytest.raises(SheetError) as raised:
        read(graph, *paths, new_terms=new_terms)
    return [(error.row, error.column, error.code) for error in raised.value.errors]


def warnings_in(graph: Graph, *paths: str, new_terms: bool = False) -> list[Problem]:
    """Return row, column and code of each warning about sheets without errors."""
    return [(each.row, each.column, each.code) for each in read(graph, *paths, new_terms=new_terms).warnings]


def graph_of(imported: Imported, folder: Path, name: str = "made") -> Graph:
    """Return what was imported as a graph, without the bundled evidence."""
    path = folder / f"{name}.ttl"
    path.write_bytes(imported.to_bytes())
    return open_graph(path, bundled=False)
