"""Tests of the measures."""

from typing import Any

from nlc_graph.analysis import Findings


def rows_of(findings: Findings, name: str) -> list[tuple[Any, ...]]:
    """Return the rows of one table."""
    return list(findings.tables[name].rows)
