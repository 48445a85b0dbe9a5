"""Rows as text, CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from nlc_graph.cli.text import to_text
from nlc_graph.table import Ref, Table, as_table, to_csv, to_json, to_jsonl, to_markdown

TABLE = Table(("thing", "number", "yes"), ((Ref("http://e.org/a"), Decimal("10.7"), True), (None, 3, False)))


def test_csv_has_a_header_and_empty_cells_for_unbound() -> None:
    assert to_csv(TABLE) == "thing,number,yes\r\nhttp://e.org/a,10.7,true\r\n,3,false\r\n"


def test_json_keeps_numbers_and_nulls() -> None:
    expected = [{"thing": "http://e.org/a", "number": 10.7, "yes": True}, {"thing": None, "number": 3, "yes": False}]
    assert json.loads(to_json(TABLE)) == expected
    assert [json.loads(line) for line in to_jsonl(TABLE).splitlines()] == expected


def test_markdown_escapes_pipes() -> None:
    assert to_markdown(as_table(["a"], [["x|y\nz"]])) == "| a |\n| --- |\n| x\\|y z |\n"


def test_text_fits_the_width() -> None:
    assert to_text(as_table(["a"], [["word " * 30]]), 40).splitlines()[2] == ("word " * 8).strip()


def test_rows_and_columns_are_reached_by_name() -> None:
    assert TABLE.column("number") == [Decimal("10.7"), 3]
    assert next(iter(TABLE)) == {"thing": "http://e.org/a", "number": Decimal("10.7"), "yes": True}


@given(st.lists(st.tuples(st.text(), st.text(min_size=1))))
def test_csv_reads_back(rows: list[tuple[str, str]]) -> None:
    read = list(csv.reader(io.StringIO(to_csv(as_table(("a", "b"), rows)), newline="")))
    assert read == [["a", "b"], *map(list, rows)]
