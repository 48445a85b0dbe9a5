"""Rows of an answer as plain Python values, and how they are written for people and for programs.

What only one way of writing needs is imported there: start-up time is felt at every command.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from typing import TypeAlias


class Ref(str):
    """The IRI of a thing, so that it can be told from a text; a blank node is ``_:`` and its name."""

    __slots__ = ()


Value: TypeAlias = Ref | str | int | float | Decimal | bool | None


def as_number(value: Value) -> float | None:
    """Return a value as a number; None for what is none, or no finite one, since anybody's data may be ill-typed.

    >>> as_number(Decimal("1.5")), as_number("84"), as_number("about ninety"), as_number(None)
    (1.5, 84.0, None, None)
    """
    try:
        number = float(str(value))
    except ValueError:
        return None
    return number if isfinite(number) else None


def as_count(value: Value) -> int:
    """Return a value as a whole number; some engines make decimals of all numbers.

    :raises ValueError: if it is none

    >>> as_count(2), as_count(Decimal("2.0"))
    (2, 2)
    """
    if type(value) is int:
        return value
    number = as_number(value)
    if number is None or not number.is_integer():
        raise ValueError(f"{value!r} where a whole number belongs")
    return int(number)


@dataclass(frozen=True)
class Table:
    """The answer to a SELECT query.

    :param columns: names of the variables, without question mark
    :param rows: one tuple a solution; an unbound variable is None, an IRI an :class:`Ref`, a number a Python number
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Value]]:
        """Yield each row as a dictionary from column to value."""
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def column(self, name: str) -> list[Value]:
        """Return the values of one column, top to bottom."""
        index = self.columns.index(name)
        return [row[index] for row in self.rows]


def to_csv(table: Table, delimiter: str = ",") -> str:
    r"""Return the rows with a header line; unbound values are empty.

    >>> to_csv(Table(("a", "b"), (("x", 1), (None, True))))
    'a,b\r\nx,1\r\n,true\r\n'
    """
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(table.columns)
    writer.writerows([as_text(value) for value in row] for row in table.rows)
    return out.getvalue()


def to_json(table: Table) -> str:
    """Return a list of objects, one a row; unbound values are null."""
    import json

    return json.dumps([_plain(row) for row in table], ensure_ascii=False, indent=2) + "\n"


def to_jsonl(table: Table) -> str:
    """Return one JSON object a line."""
    import json

    return "".join(json.dumps(_plain(row), ensure_ascii=False) + "\n" for row in table)


def to_markdown(table: Table) -> str:
    """Return a pipe table as GitHub and Pandoc read it."""
    lines = [list(table.columns), ["---"] * len(table.columns)]
    lines += [[as_text(value).replace("|", "\\|").replace("\n", " ") for value in row] for row in table.rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


WRITERS: dict[str, Callable[[Table], str]] = {
    "csv": to_csv,
    "tsv": lambda table: to_csv(table, "\t"),
    "json": to_json,
    "jsonl": to_jsonl,
    "md": to_markdown,
}


def as_text(value: Value) -> str:
    """Return a cell as text: nothing for None, booleans in lower case."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _plain(row: dict[str, Value]) -> dict[str, Value]:
    # JSON has no decimals: a number such as 10.7 stays a number, at the precision in which it was stated.
    return {name: float(value) if isinstance(value, Decimal) else value for name, value in row.items()}


def as_table(columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> Table:
    """Make a table of any sequences."""
    return Table(tuple(columns), tuple(tuple(row) for row in rows))
