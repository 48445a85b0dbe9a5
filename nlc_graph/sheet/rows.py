"""The rows of sheets: cells by column, and errors that need no other row and no graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..errors import UnreadableFileError
from ..graph.names import fold
from .cell_errors import CellError
from .columns import BY_KEY, COLUMNS, FEWEST_HEADINGS, SEVERAL, find_column, split, suggest_columns
from .turtle import At
from .values import PLACEHOLDERS, has_hidden_characters, is_spreadsheet_error
from .workbook import is_damaged, open_sheet

#: Keys of the columns that every row fills in.
REQUIRED = ("words", "opens", "closes", "section", "source")
#: Columns whose values are picked from a short list, in which "unknown" may be a value, and free remarks.
_LISTED = frozenset(
    "link direction kind feature role precision other_precision unit_kind other_kind measured_in position bearing"
    " affects nearest note evidence_note evidence_words".split()
)


class Row(Mapping[str, str]):
    """The cells of a row by key of their column; empty if the sheet lacks the column."""

    __slots__ = ("_cells", "decimal_comma", "errors", "file", "number", "unreadable", "warnings")

    def __init__(
        self,
        at: At,
        cells: dict[str, str],
        errors: list[CellError],
        warnings: list[CellError],
        decimal_comma: bool = False,
        unreadable: frozenset[str] = frozenset(),
    ) -> None:
        """:param unreadable: keys of cells with an error already, about which nothing more is said"""
        self.file, self.number = at
        self._cells, self.errors, self.warnings = cells, errors, warnings
        self.decimal_comma, self.unreadable = decimal_comma, unreadable

    def __getitem__(self, key: str) -> str:
        return self._cells.get(key, "")

    def __iter__(self) -> Iterator[str]:
        return iter(self._cells)

    def __len__(self) -> int:
        return len(self._cells)

    @property
    def at(self) -> At:
        """Return its file and number."""
        return self.file, self.number

    def keep(self, keys: Iterable[str]) -> Row:
        """Return the row with some of its cells only, to save memory."""
        some = {key: cell for key in keys if (cell := self._cells.get(key))}
        return Row(self.at, some, self.errors, self.warnings, self.decimal_comma, self.unreadable)

    def describe(self, at: At) -> str:
        """Return how to call another row, seen from this one."""
        return f"row {at[1]}" if at[0] == self.file else f"{at[0]}, row {at[1]}"

    def values_of(self, key: str) -> list[str]:
        """Return the values of a cell."""
        cell = self._cells.get(key, "")
        return split(cell) if cell else []

    def aligned(self, key: str, count: int) -> list[str]:
        """Return as many values as another cell has: one value applies to all, an empty one to none."""
        parts = [part.strip() for part in self[key].split(SEVERAL)]
        if len(parts) == 1:
            return parts * count
        if len(parts) != count:
            self.error(
                key, "count-differs", f"{len(parts)} values instead of {count}", f"separate {count} by {SEVERAL}"
            )
        return (parts + [""] * count)[:count]

    def error(self, key: str, code: str, message: str, hint: str, value: str | None = None) -> None:
        """Note an error at a cell, or at the whole row if the key is empty."""
        if key not in self.unreadable:
            self.errors.append(self._at_cell(key, code, message, hint, value))

    def warn(self, key: str, code: str, message: str, hint: str, value: str | None = None) -> None:
        """Note what may be an error."""
        if key not in self.unreadable:
            self.warnings.append(self._at_cell(key, code, message, hint, value))

    def _at_cell(self, key: str, code: str, message: str, hint: str, value: str | None) -> CellError:
        column = BY_KEY[key].name if key else ""
        shown = self[key] if value is None and key else value or ""
        return CellError(self.file, self.number, column, shown[:200], code, message, hint)


def read_rows(paths: Iterable[str], errors: list[CellError], warnings: list[CellError]) -> Iterator[Row]:
    """Yield the rows of sheets; errors and warnings are added to the lists.

    :raises UnreadableFileError: if a file cannot be read or is not an evidence sheet
    """
    first_rows: dict[int, At] = {}
    for path in paths:
        sheet = open_sheet(path)
        number, heading = next(sheet.rows)
        keys = _read_heading(path, number, heading, errors)
        missing = frozenset(key for key in REQUIRED if key not in keys)
        damaged = 0
        for number, cells in sheet.rows:
            filled = {key: cell for key, cell in zip(keys, cells, strict=False) if key and cell}
            row = Row((path, number), filled, errors, warnings, sheet.decimal_comma, missing)
            outside = [*(cell for name, cell in zip(heading, cells, strict=False) if not name), *cells[len(heading) :]]
            if lost := "".join(outside):
                row.error("", "no-heading", "a cell in a column without a heading", "name or empty the column", lost)
            if not filled:
                continue
            damaged = damaged or (number if any(map(is_damaged, filled.values())) else 0)
            _check_cells(row)
            first = first_rows.setdefault(hash(frozenset(filled.items())), row.at)
            if first != row.at:
                row.error("", "repeated-row", f"the same as {row.describe(first)}", "remove one of the two")
                continue
            yield row
        if damaged:
            warnings.append(_note(path, damaged, "letters damaged by a wrong encoding", "save it as CSV UTF-8"))
        warnings += [_note(path, 0, note, "") for note in sheet.notes]


def _note(path: str, number: int, message: str, hint: str) -> CellError:
    return CellError(path, number, "", "", "file", message, hint)


def _read_heading(path: str, number: int, heading: list[str], errors: list[CellError]) -> list[str]:
    """Return the key of each column, empty for an unknown one; errors are added to the list."""
    columns = [find_column(cell) for cell in heading]
    if sum(column is not None for column in columns) < FEWEST_HEADINGS:
        names = ", ".join(column.name for column in COLUMNS[:5])
        message = f"its first row holds no headings of an evidence sheet ({names} …)"
        raise UnreadableFileError(path, message, None, "`nlc-graph sheet template -o sheet.csv` writes one")
    keys = [column.key if column else "" for column in columns]
    for index, cell in enumerate(heading):
        if cell and not keys[index]:
            # Its cells are read as those of the likeliest column, to find their errors too.
            likely = next((column for column in suggest_columns(cell) if column.key not in keys), None)
            keys[index] = likely.key if likely else ""
            hint = f"did you mean {likely.name!r}? Otherwise remove it" if likely else "rename or remove the column"
            errors.append(CellError(path, number, cell, "", "unknown-column", "no such column", hint))
        elif cell and keys[index] in keys[:index]:
            errors.append(CellError(path, number, cell, "", "repeated-column", "a repeated column", "remove one"))
    for key in REQUIRED:
        if key not in keys:
            errors.append(CellError(path, number, BY_KEY[key].name, "", "missing-column", "missing column", "add it"))
    return keys


def _check_cells(row: Row) -> None:
    """Note cells that hold nothing that can be read; nothing more is said of them."""
    for key, cell in row.items():
        if is_spreadsheet_error(cell):
            row.error(key, "spreadsheet-error", "an error of the spreadsheet program", "type what is meant")
        elif has_hidden_characters(cell):
            row.error(key, "hidden-characters", "characters that do not show", "type the text again without them")
        elif len(cell) < 9 and key not in _LISTED and fold(cell) in PLACEHOLDERS:
            row.error(key, "placeholder", "stands for nothing", "leave the cell empty, or fill in what is meant")
        else:
            continue
        row.unreadable |= {key}


def check_unused_cells(row: Row) -> None:
    """Note the cells that would be lost because a row of this sort does not use them."""
    sort = "claim" if row["outcome"] else "figure" if row["measure"] else "use" if row["practice"] else "claim"
    lost = [BY_KEY[key].name for key in row if sort not in BY_KEY[key].rows]
    if lost:
        names = ", ".join(map(repr, lost))
        row.error("outcome", "missing", f"missing, but {names} is filled in", "name it, or empty those cells")
        return
    for key in row:
        name, other = BY_KEY[key].name, BY_KEY[key].needs
        if other and not row[other]:
            row.error(other, "missing", f"missing, but {name!r} is filled in", "fill it in, or empty that")
    if row["unit_kind"] and not row["unit"] and not row["figure_for"]:
        row.error("unit_kind", "unused-cell", "no school or group is named", "name it, or empty this")
    if row["chart"] and row["measure"]:
        row.error("chart", "unused-cell", "a chart without readable values has no measure", "empty one of the two")
