"""Questions that readers asked of the enquiry, answered from the bundled evidence, in two engines.

A question is a file ``questions/Q-NNN.rq``, its answer the table ``Q-NNN.csv`` beside it. The header of the file holds
the question, how to read a row, and where the answer differs from what one might expect; below it stands SPARQL, or the
header names a named query and its parameters. ``python -m tests.test_questions Q-NNN`` writes the table anew: read what
changed against the source before keeping it.
"""

from __future__ import annotations

import csv
import io
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


class Question(NamedTuple):
    """A question: its header fields, and the SPARQL text that answers it."""

    name: str
    header: dict[str, str]
    parameters: dict[str, str]
    text: str

    def sparql(self, graph: Graph) -> str:
        """Return the text to run: the question's own, or that of the named query with its parameters bound."""
        name = self.header.get("query")
        return named_query(name).bind({**self.parameters}, graph.resolve) if name else self.text


def read_question(name: str) -> Question:
    text = (FOLDER / f"{name}.rq").read_text(encoding="utf-8")
    lines = [line[2:].strip() for line in text.splitlines() if line.startswith("#+") and not line.startswith("#+  ")]
    header = {key: value.strip() for key, _, value in (line.partition(":") for line in lines)}
    parameters = parse_query(text.replace("#+ parameters:", "#+ defaults:"), name).defaults
    return Question(name, header, parameters, text)


def cell(value: Any) -> str:
    """Write a cell of either engine alike: things as CURIEs, numbers by value, nothing for what is unbound."""
    if isinstance(value, (Ref, rdflib.URIRef)):
        return to_curie(str(value))
    value = value.toPython() if isinstance(value, rdflib.Literal) else value
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return f"{float(value):g}"
    return "" if value is None else str(value)


def table(columns: Any, rows: Any) -> list[list[str]]:
    """Return columns and rows as texts, the rows sorted: engines may put equals in another order."""
    return [list(map(str, columns)), *sorted([cell(value) for value in row] for row in rows)]


def expected(name: str) -> list[list[str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        columns, *rows = csv.reader(lines)
    return [columns, *sorted(rows)]


@pytest.mark.parametrize("name", NAMES)
def test_oxigraph_answers(bundled: Graph, name: str) -> None:
    found = bundled.select(read_question(name).sparql(bundled))
    assert table(found.columns, found.rows) == expected(name)


@pytest.mark.parametrize("name", NAMES)
def test_rdflib_answers_the_same(bundled: Graph, plain_rdflib: rdflib.Graph, name: str) -> None:
    found = plain_rdflib.query(read_question(name).sparql(bundled), initNs=PREFIXES)
    assert table(found.vars or (), found) == expected(name)


@pytest.mark.parametrize("name", NAMES)
def test_question_is_asked_and_its_rows_are_explained(name: str) -> None:
    question = read_question(name)
    assert question.header["summary"].endswith("?") and question.header["description"].endswith(".")
    assert set(question.header) <= {"summary", "description", "difference", "query", "parameters"}
    body = [line for line in question.text.splitlines() if line.strip() and not line.startswith("#")]
    assert bool(body) != ("query" in question.header)


def test_every_table_of_answers_has_its_question() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.csv")) == NAMES


def write(graph: Graph, name: str) -> None:
    """Write the table of answers of a question."""
    out = io.StringIO()
    found = graph.select(read_question(name).sparql(graph))
    rows = ([cell(value) for value in row] for row in found.rows)
    csv.writer(out, lineterminator="\n").writerows([found.columns, *rows])
    (FOLDER / f"{name}.csv").write_text(out.getvalue(), encoding="utf-8")


if __name__ == "__main__":
    for each in sys.argv[1:] or NAMES:
        write(open_graph(), each)
