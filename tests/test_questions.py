"""Questions that readers asked of the enquiry, answered from the bundled evidence.

``questions/Q-NNN.rq`` holds a question and how to read a row of its answer; below its header stands SPARQL, or the
header names a named query and its parameters. ``Q-NNN.csv`` holds the answer: the columns that matter, and their rows.
``python -m tests.test_questions Q-NNN`` rewrites the answer; check what changed against the source before you keep it.
"""

from __future__ import annotations

import csv
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import rdflib

from nlc_graph import Graph, open_graph
from nlc_graph.graph.queries import named_query, parse_query
from nlc_graph.table import Ref
from nlc_graph.vocabulary import PREFIXES, to_curie

FOLDER = Path(__file__).parent / "questions"
NAMES = sorted(path.stem for path in FOLDER.glob("*.rq"))

Rows = list[list[str]]


class Question(NamedTuple):
    """A question: its header fields, its parameters, and the text of its file."""

    header: dict[str, str]
    parameters: dict[str, str]
    text: str

    def sparql(self, graph: Graph) -> str:
        """Return the SPARQL text that answers it, with the parameters bound."""
        name = self.header.get("query")
        return named_query(name).bind({**self.parameters}, graph.resolve) if name else self.text


def read_question(name: str) -> Question:
    text = (FOLDER / f"{name}.rq").read_text(encoding="utf-8")
    lines = [line[2:].strip() for line in text.splitlines() if line.startswith("#+ ") and not line.startswith("#+  ")]
    header = {key: value.strip() for key, _, value in (line.partition(":") for line in lines)}
    parameters = parse_query(text.replace("#+ parameters:", "#+ defaults:"), name).defaults
    return Question(header, parameters, text)


def read_answer(name: str) -> tuple[list[str], Rows]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        columns, *rows = csv.reader(file)
    return columns, sorted(rows)


def write_answer(graph: Graph, name: str) -> None:
    found = graph.select(read_question(name).sparql(graph))
    with (FOLDER / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(found.columns)
        writer.writerows([cell(value) for value in row] for row in found.rows)


def cell(value: Any) -> str:
    """Format a cell of either engine: CURIEs, numbers by value, nothing for unbound."""
    if isinstance(value, (Ref, rdflib.URIRef)):
        return to_curie(str(value))
    if isinstance(value, rdflib.Literal):
        value = value.toPython()
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return f"{float(value):g}"
    return "" if value is None else str(value)


def distinct(columns: Any, rows: Any, wanted: list[str]) -> Rows:
    """Return the distinct rows of the wanted columns, sorted: engines put equal rows in any order."""
    positions = [[str(column) for column in columns].index(name) for name in wanted]
    return sorted(map(list, {tuple(cell(row[position]) for position in positions) for row in rows}))


@pytest.mark.parametrize("name", NAMES)
def test_question_has_its_answer(bundled: Graph, name: str) -> None:
    columns, rows = read_answer(name)
    found = bundled.select(read_question(name).sparql(bundled))
    assert distinct(found.columns, found.rows, columns) == rows


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_rdflib_gives_the_same_answer(bundled: Graph, plain_rdflib: rdflib.Graph, name: str) -> None:
    columns, rows = read_answer(name)
    found = plain_rdflib.query(read_question(name).sparql(bundled), initNs=PREFIXES)
    assert distinct(found.vars, found, columns) == rows


@pytest.mark.parametrize("name", NAMES)
def test_header_has_a_question_and_either_a_named_query_or_sparql(name: str) -> None:
    question = read_question(name)
    assert question.header["summary"].endswith("?") and question.header["description"].endswith(".")
    assert set(question.header) <= {"summary", "description", "difference", "query", "parameters"}
    assert ("query" in question.header) != ("SELECT" in question.text)


if __name__ == "__main__":
    for each in sys.argv[1:] or NAMES:
        write_answer(open_graph(), each)
