"""Rows of an answer as Python values, and the formats in which they are written.

Modules that only one format needs are imported where it is written, which keeps the start of each command short.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING, Any, TypeAlias

from .errors import MissingExtraError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

#: Rows that a notebook shows.
ROWS_SHOWN = 50


class Ref(str):
    """An IRI with its label: equal to the IRI as a string. A blank node is written ``_:name``.

    >>> Ref("https://w3id.org/nlc-graph/outcome/attendance", "attendance").label
    'attendance'
    """

    __slots__ = ("_label",)
    _label: str

    def __new__(cls, iri: str, label: str = "") -> Ref:
        """Create one; a reference without a label has an empty one."""
        ref = str.__new__(cls, iri)
        ref._label = label
        return ref

    @property
    def iri(self) -> str:
        """Return the IRI as a plain string."""
        return str(self)

    @property
    def label(self) -> str:
        """Return the label; an empty text if none was filled in."""
        return getattr(self, "_label", "")

    def __repr__(self) -> str:
        return f"Ref({str(self)!r}, label={self.label!r})" if self.label else f"Ref({str(self)!r})"


Value: TypeAlias = Ref | str | int | float | Decimal | bool | None


def as_number(value: Value) -> float | None:
    """Return a value as a finite number; None if it is not one.

    >>> as_number(Decimal("1.5")), as_number("84"), as_number("about ninety"), as_number(None)
    (1.5, 84.0, None, None)
    """
    try:
        number = float(str(value))
    except ValueError:
        return None
    return number if isfinite(number) else None


def as_count(value: Value) -> int:
    """Return a value as a whole number; some engines send decimals for all numbers.

    :raises ValueError: if it is not a whole number

    >>> as_count(2), as_count(Decimal("2.0"))
    (2, 2)
    """
    if type(value) is int:
        return value
    number = as_number(value)
    if number is None or not number.is_integer():
        raise ValueError(f"{str(value)!r} is not a whole number")
    return int(number)


def as_text(value: Value) -> str:
    """Return a cell as text: empty for None, booleans in lower case."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


@dataclass(frozen=True, repr=False)
class Table:
    """The answer to a SELECT query.

    :param columns: names of the variables, without question mark
    :param rows: one tuple for each solution: IRIs are :class:`Ref`, numbers are Python numbers, unbound is None
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Value]]:
        """Yield each row as a dictionary from column to value."""
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def __repr__(self) -> str:
        return f"Table: {len(self)} rows; columns: {', '.join(self.columns)}"

    def column(self, name: str) -> list[Value]:
        """Return the values of one column, top to bottom."""
        index = self.columns.index(name)
        return [row[index] for row in self.rows]

    def to_csv(self, delimiter: str = ",") -> str:
        r"""Return the rows below a header line; unbound values are empty.

        >>> Table(("a", "b"), (("x", 1), (None, True))).to_csv()
        'a,b\r\nx,1\r\n,true\r\n'
        """
        import csv
        import io

        out = io.StringIO()
        writer = csv.writer(out, delimiter=delimiter)
        writer.writerow(self.columns)
        writer.writerows([as_text(value) for value in row] for row in self.rows)
        return out.getvalue()

    def to_json(self) -> str:
        """Return a list of objects, one for each row; unbound values are null."""
        import json

        return json.dumps(self._objects(), ensure_ascii=False, indent=2) + "\n"

    def to_jsonl(self) -> str:
        """Return one JSON object a line."""
        import json

        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in self._objects())

    def to_markdown(self) -> str:
        """Return a pipe table as GitHub and Pandoc read it."""
        lines = [list(self.columns), ["---"] * len(self.columns)]
        lines += [[_in_markdown(value) for value in row] for row in self.rows]
        return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)

    def _repr_html_(self) -> str:
        """Return the first rows as HTML, labels in place of IRIs."""
        lines = ["<table>", _html_row("th", self.columns)]
        lines += [_html_row("td", map(_label, row)) for row in self.rows[:ROWS_SHOWN]]
        lines.append("</table>")
        if len(self) > ROWS_SHOWN:
            lines.append(f"<p>… {len(self) - ROWS_SHOWN} more</p>")
        return "\n".join(lines)

    def to_pandas(self) -> pd.DataFrame:
        """Return a pandas data frame: labels, with the IRIs in ``<column>_iri``; decimals become floats.

        :raises MissingExtraError: if pandas is not installed
        """
        try:
            import pandas as pd
        except ImportError as error:
            raise MissingExtraError("to_pandas", "frames") from error
        return pd.DataFrame(self._series())

    def to_polars(self) -> pl.DataFrame:
        """Return a polars data frame with the columns of :meth:`to_pandas`.

        :raises MissingExtraError: if polars is not installed
        """
        try:
            import polars as pl
        except ImportError as error:
            raise MissingExtraError("to_polars", "frames") from error
        return pl.DataFrame(self._series())

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> Any:
        """Export the rows as an Arrow stream, which DuckDB and other libraries read."""
        try:
            import pyarrow as pa
        except ImportError:
            return self.to_polars().__arrow_c_stream__(requested_schema)
        return pa.table(self._series()).__arrow_c_stream__(requested_schema)

    def _objects(self) -> list[dict[str, Value]]:
        # JSON has no decimals: 10.7 stays a number at the precision in which it was stated.
        return [{name: _as_float(value) for name, value in row.items()} for row in self]

    def _series(self) -> dict[str, list[Value]]:
        """Return the columns of a data frame; each holds values of one type."""
        series: dict[str, list[Value]] = {}
        for name in self.columns:
            values = self.column(name)
            series[name] = _of_one_type([_label(value) for value in values])
            if any(isinstance(value, Ref) for value in values):
                series[f"{name}_iri"] = [str(value) if isinstance(value, Ref) else None for value in values]
        return series


WRITERS: dict[str, Callable[[Table], str]] = {
    "csv": Table.to_csv,
    "tsv": lambda table: table.to_csv("\t"),
    "json": Table.to_json,
    "jsonl": Table.to_jsonl,
    "md": Table.to_markdown,
}


def as_table(columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> Table:
    """Create a table from any sequences."""
    return Table(tuple(columns), tuple(tuple(row) for row in rows))


def _label(value: Value) -> Value:
    return value.label or str(value) if isinstance(value, Ref) else value


def _as_float(value: Value) -> Value:
    return float(value) if isinstance(value, Decimal) else value


def _of_one_type(values: list[Value]) -> list[Value]:
    values = [_as_float(value) for value in values]
    types = {type(value) for value in values if value is not None}
    if types == {int, float}:
        return [None if value is None else float(value) for value in values]
    return values if len(types) < 2 else [None if value is None else as_text(value) for value in values]


def _in_markdown(value: Value) -> str:
    return as_text(value).replace("|", "\\|").replace("\n", " ")


def _html_row(tag: str, cells: Iterator[Value] | Sequence[Value]) -> str:
    from html import escape

    return f"<tr>{''.join(f'<{tag}>{escape(as_text(cell))}</{tag}>' for cell in cells)}</tr>"
