"""The evidence sheet: one flat table, read into Turtle and written from any graph."""

from .cell_errors import CellError, SheetError, format_errors
from .columns import COLUMNS, Column, column_of, example_rows, heading
from .draft import NewEntity
from .from_graph import Exported, to_rows
from .template import describe_need, drop_down_lists, to_csv, to_xlsx
from .to_rdf import Imported, read_sheets
from .workbook import MAX_ROWS, SUFFIXES

__all__ = [
    "COLUMNS",
    "MAX_ROWS",
    "SUFFIXES",
    "CellError",
    "Column",
    "Exported",
    "Imported",
    "NewEntity",
    "SheetError",
    "column_of",
    "describe_need",
    "drop_down_lists",
    "example_rows",
    "format_errors",
    "heading",
    "read_sheets",
    "to_csv",
    "to_rows",
    "to_xlsx",
]
