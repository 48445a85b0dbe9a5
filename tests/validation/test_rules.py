"""Each rule finds the errors that ``rule-errors.csv`` plants in the valid graph, and nothing else.

``update`` plants an error; ``rows`` is the whole answer of the rule, rows separated by " / " and cells by "; ", empty
where what was planted is right, as ``case`` explains.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph as ox
import pytest
import rdflib

from nlc_graph import resources
from nlc_graph.validation.rules import header
from nlc_graph.vocabulary import to_curie
from tests.ontology.conftest import HEADER

RULES = {Path(path).stem: resources.read_text(path) for path in resources.check_files()}


class Case(NamedTuple):
    """A row of ``rule-errors.csv``."""

    rule: str
    case: str
    update: str
    rows: str

    @property
    def expected(self) -> list[str]:
        return self.rows.split(" / ") if self.rows else []


def read_cases() -> list[Case]:
    with Path(__file__).with_name("rule-errors.csv").open(encoding="utf-8", newline="") as file:
        return [Case(**row) for row in csv.DictReader(file)]


CASES = read_cases()


def cell(term: Any) -> str:
    """Format a term of either engine: CURIEs, and numbers by value."""
    if term is None:
        return ""
    text = str(getattr(term, "value", term))
    return f"{float(text):g}" if re.fullmatch(r"-?[0-9.]+", text) else to_curie(text)


def formatted(rows: Any) -> list[str]:
    return sorted({"; ".join(map(cell, row)) for row in rows})


@pytest.mark.parametrize("rule", RULES)
def test_rule_finds_nothing_in_a_valid_graph(rule: str, store: ox.Store) -> None:
    assert formatted(store.query(RULES[rule])) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule} {case.case}")
def test_rule_finds_these_errors(case: Case, store: ox.Store) -> None:
    store.update(HEADER + case.update)
    assert formatted(store.query(RULES[case.rule])) == case.expected


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES)
def test_rdflib_finds_the_same_errors(rule: str, store: ox.Store) -> None:
    for case in CASES:
        if case.rule == rule and case.rows:
            store.update(HEADER + case.update)
    triples = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    graph = rdflib.Graph().parse(data=triples or b"", format="nt")
    assert formatted(graph.query(RULES[rule])) == formatted(store.query(RULES[rule])) != []


@pytest.mark.parametrize("rule", RULES)
def test_rule_begins_with_message_and_hint_and_returns_an_entity(rule: str) -> None:
    select = next(line for line in RULES[rule].splitlines() if line.startswith("SELECT"))
    assert all(line.endswith(".") and len(line) < 120 for line in header(RULES[rule]))
    assert re.match(r"SELECT (DISTINCT )?\?thing\b", select)


def test_each_rule_has_an_error() -> None:
    assert {case.rule for case in CASES if case.rows} == set(RULES)
