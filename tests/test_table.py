"""Tables and references, and the formats in which rows are written."""

from __future__ import annotations

import copy
import csv
import io
import json
import pickle
import sys
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlc_graph.errors import MissingExtraError
from nlc_graph.table import Ref, Table, as_table

A = Ref("http://e.org/a", "thing <a>")
TABLE = Table(("thing", "number", "yes"), ((A, Decimal("10.7"), True), (None, 3, False)))
FRAME = {
    "thing": ["thing <a>", None],
    "thing_iri": ["http://e.org/a", None],
    "number": [10.7, 3.0],
    "yes": [True, False],
}


def test_a_reference_is_its_iri_and_keeps_its_label() -> None:
    assert A == "http://e.org/a" and hash(A) == hash("http://e.org/a") and f"{A}" == A.iri
    assert (A.label, Ref("urn:x").label) == ("thing <a>", "")
    assert (repr(A), repr(Ref("urn:x"))) == ("Ref('http://e.org/a', label='thing <a>')", "Ref('urn:x')")
    for other in (copy.copy(A), pickle.loads(pickle.dumps(A))):  # noqa: S301
        assert (type(other), other, other.label) == (Ref, A, A.label)
    with pytest.raises(AttributeError):
        A.label = "other"  # type: ignore[misc]


def test_csv_has_a_header_and_empty_cells_for_unbound() -> None:
    assert TABLE.to_csv() == "thing,number,yes\r\nhttp://e.org/a,10.7,true\r\n,3,false\r\n"


def test_json_keeps_numbers_and_nulls() -> None:
    expected = [{"thing": "http://e.org/a", "number": 10.7, "yes": True}, {"thing": None, "number": 3, "yes": False}]
    assert json.loads(TABLE.to_json()) == expected
    assert [json.loads(line) for line in TABLE.to_jsonl().splitlines()] == expected


def test_markdown_escapes_pipes() -> None:
    assert as_table(["a"], [["x|y\nz"]]).to_markdown() == "| a |\n| --- |\n| x\\|y z |\n"


def test_html_shows_labels_escaped_and_at_most_fifty_rows() -> None:
    assert TABLE._repr_html_() == (
        "<table>\n<tr><th>thing</th><th>number</th><th>yes</th></tr>\n"
        "<tr><td>thing &lt;a&gt;</td><td>10.7</td><td>true</td></tr>\n"
        "<tr><td></td><td>3</td><td>false</td></tr>\n</table>"
    )
    long = as_table(["n"], [[n] for n in range(53)])._repr_html_()
    assert long.count("<td>") == 50 and long.endswith("<p>… 3 more</p>")


def test_rows_and_columns_are_reached_by_name() -> None:
    assert TABLE.column("number") == [Decimal("10.7"), 3]
    assert next(iter(TABLE)) == {"thing": "http://e.org/a", "number": Decimal("10.7"), "yes": True}
    assert repr(TABLE) == "Table: 2 rows; columns: thing, number, yes"


def test_frames_have_labels_iris_and_floats() -> None:
    import pyarrow as pa

    pandas = TABLE.to_pandas()
    assert pandas.astype(object).where(pandas.notna(), None).to_dict("list") == FRAME
    assert TABLE.to_polars().to_dict(as_series=False) == FRAME
    assert pa.table(TABLE).to_pydict() == FRAME


def test_arrow_needs_only_one_of_its_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    import polars as pl

    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert pl.DataFrame(TABLE).to_dict(as_series=False) == FRAME


def test_columns_of_several_types_become_text() -> None:
    assert as_table(["x"], [["a"], [1], [None]]).to_polars()["x"].to_list() == ["a", "1", None]


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_missing_library_names_its_extra(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtraError) as error:
        getattr(TABLE, f"to_{library}")()
    assert (error.value.code, error.value.extra) == ("missing-extra", "frames")


@given(st.lists(st.tuples(st.text(), st.text(min_size=1))))
def test_csv_reads_back(rows: list[tuple[str, str]]) -> None:
    read = list(csv.reader(io.StringIO(as_table(("a", "b"), rows).to_csv(), newline="")))
    assert read == [["a", "b"], *map(list, rows)]
