"""The evidence sheet: one flat table, read into Turtle and written from any graph."""

from .books import needed, to_xlsx
from .columns import COLUMNS, Column, column_of
from .examples import example_rows
from .exporting import Exported, heading, to_rows
from .files import MAX_ROWS, SUFFIXES, safe, to_csv
from .importing import Imported, read_sheets
from .mistakes import Mistake, SheetError, in_words
from .names import lists
from .terms import New

__all__ = [
    "COLUMNS",
    "MAX_ROWS",
    "SUFFIXES",
    "Column",
    "Exported",
    "Imported",
    "Mistake",
    "New",
    "SheetError",
    "column_of",
    "example_rows",
    "heading",
    "in_words",
    "lists",
    "needed",
    "read_sheets",
    "safe",
    "to_csv",
    "to_rows",
    "to_xlsx",
]
