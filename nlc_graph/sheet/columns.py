"""The columns of the evidence sheet, and rows that show how the usual situations are written.

Both are tables themselves: ``columns.csv`` and ``examples.csv``, whose enquiry is invented. One row of a sheet is one
piece of evidence for a claim. A row with a practice but no outcome records a use of the practice; a row with a measure
but no outcome records a figure that no claim rests on.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from importlib.resources import files
from typing import NamedTuple

from ..graph.names import fold
from .near_names import suggest

#: Separates several values in one cell.
SEVERAL = "|"
#: Joins several practices, or several users, of one strategy.
TOGETHER = " + "
#: A sheet with fewer known headings than this is not an evidence sheet.
FEWEST_HEADINGS = 3


class Column(NamedTuple):
    """A column of the sheet.

    :param key: its name in the code
    :param name: its heading in the sheet
    :param terms: key in :func:`.template.drop_down_lists` of the values to choose from; empty for free text
    :param optional: whether most sheets do without the column
    :param properties: local names of the properties that it holds
    :param rows: sorts of row that may fill it in: "claim", "figure" (without claim), "use" (of a practice)
    :param needs: key of the column that it says more about; empty if it stands alone
    """

    key: str
    name: str
    explanation: str
    example: str
    terms: str
    optional: bool
    properties: frozenset[str]
    rows: frozenset[str]
    needs: str


def _read_table(name: str) -> list[dict[str, str]]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _read_columns() -> Iterator[Column]:
    for row in _read_table("columns.csv"):
        key, name, explanation, example, terms, optional, properties, rows, needs = row.values()
        sets = frozenset(properties.split()), frozenset(rows.split())
        yield Column(key, name, explanation, example, terms, bool(optional), *sets, needs)


COLUMNS = tuple(_read_columns())
BY_KEY = {column.key: column for column in COLUMNS}
_BY_NAME = {fold(name): column for column in COLUMNS for name in (column.name, column.key.replace("_", " "))}


def heading() -> list[str]:
    """Return the first row of a sheet."""
    return [column.name for column in COLUMNS]


def example_rows() -> list[list[str]]:
    """Return the examples as rows of a sheet, without its heading."""
    return [[row.get(name, "") for name in heading()] for row in _read_table("examples.csv")]


def find_column(name: str) -> Column | None:
    """Return the column with a heading, ignoring case, extra blanks, underscores and hyphens.

    >>> find_column("Kind_of  Evidence").key
    'kind'
    """
    return _BY_NAME.get(fold(re.sub(r"[\s_-]+", " ", name)))


def suggest_columns(name: str) -> list[Column]:
    """Return the columns with a heading similar to an unknown one."""
    return [_BY_NAME[similar] for similar in suggest(name, list(_BY_NAME))]


def split(text: str, separator: str = SEVERAL) -> list[str]:
    """Return the values of a cell.

    >>> split("a | b|")
    ['a', 'b']
    """
    if separator not in text:
        return [text]
    parts = (part.strip() for part in text.split(separator))
    return [part for part in parts if part]


def column_of(property_: str) -> str:
    """Return the heading of the column for a property (local name); empty if it has none.

    >>> column_of("measurementUnit")
    'unit'
    """
    return next((column.name for column in COLUMNS if property_ in column.properties), "")
