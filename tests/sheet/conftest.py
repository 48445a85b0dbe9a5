"""Sheets of a few rows, and a graph to read them with."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from nlc_graph import Graph, open_graph

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
