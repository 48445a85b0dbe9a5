"""The rows of sheets: their cells by column, and the mistakes that one look at them shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..errors import UnreadableFileError
from .columns import BY_KEY, COLUMNS, SEVERAL, find_column, nearest_columns, split
from .files import read_rows
from .mistakes import Mistake
from .values import hidden_characters

#: More than any sheet has.
MAX_COLUMNS = 1000
#: What no row can do without.
REQUIRED = ("words", "opens", "closes", "section", "source")


class Row(Mapping[str, str]):
    """The cells of a row by key of their column; empty where a sheet lacks the column."""

    __slots__ = ("_cells", "file", "mistakes", "number")

    def __init__(self, file: str, number: int, cells: dict[str, str], mistakes: list[Mistake]) -> None:
        self.file, self.number, self._cells, self.mistakes = file, number, cells, mistakes

    def __getitem__(self, key: str) -> str:
        return self._cells.get(key, "")

    def __iter__(self) -> Iterator[str]:
        return iter(self._cells)

    def __len__(self) -> int:
        return len(self._cells)

    def values_of(self, key: str) -> list[str]:
        """Return the values of a cell."""
        cell = self._cells.get(key, "")
        return split(cell) if cell else []

    def aligned(self, key: str, count: int) -> list[str]:
        """Return as many values as another cell has: one value stands for all, an empty place for none."""
        cell = self._cells.get(key, "")
        parts = [part.strip() for part in cell.split(SEVERAL)]
        if len(parts) == 1:
            return parts * count
        if len(parts) != count:
            self.wrong(
                key, f"{len(parts)} values where there should be {count}", f"give {count}, separated by {SEVERAL}"
            )
        return (parts + [""] * count)[:count]

    def wrong(self, key: str, problem: str, remedy: str, value: str | None = None) -> None:
        """Note a mistake."""
        column = BY_KEY[key].name if key else ""
        shown = self[key] if value is None and key else value or ""
        self.mistakes.append(Mistake(self.file, self.number, column, shown[:200], problem, remedy))


def rows_of(paths: Iterable[str], mistakes: list[Mistake]) -> Iterator[Row]:
    """Yield the rows of sheets; mistakes in headings, hidden characters and repeated rows are added to ``mistakes``.

    :raises UnreadableFileError: if a file cannot be read or is no sheet at all
    """
    seen: dict[int, tuple[str, int]] = {}
    for path in paths:
        rows = read_rows(path)
        number, heading = next(rows, (1, []))
        keys = _keys(path, number, heading, mistakes)
        for number, cells in rows:
            row = Row(
                path, number, {key: cell for key, cell in zip(keys, cells, strict=False) if key and cell}, mistakes
            )
            if not len(row):
                continue
            for key, cell in row.items():
                if not (cell.isascii() and cell.isprintable()) and (hidden := hidden_characters(cell)):
                    row.wrong(key, f"hidden characters ({hidden})", "type the text anew without them")
            same = hash(frozenset(row.items()))
            if same in seen:
                file, first = seen[same]
                place = f"row {first}" if file == path else f"{file}, row {first}"
                row.wrong("", f"the same as {place}", "remove one of the two")
                continue
            seen[same] = path, number
            yield row


def _keys(path: str, number: int, heading: list[str], mistakes: list[Mistake]) -> list[str]:
    if len(heading) > MAX_COLUMNS:
        raise UnreadableFileError(path, f"{len(heading):,} columns", number, "remove those that hold nothing")
    columns = [find_column(cell) for cell in heading]
    if sum(column is not None for column in columns) < 3:
        names = ", ".join(column.name for column in COLUMNS[:5])
        remedy = "`nlc-graph sheet template -o sheet.csv` writes one"
        raise UnreadableFileError(
            path, f"its first row holds no headings of an evidence sheet ({names} …)", None, remedy
        )
    keys: list[str] = []
    for cell, column in zip(heading, columns, strict=True):
        name = column.name if column else cell
        if column is None and cell:
            nearest = " or ".join(nearest_columns(cell))
            remedy = (
                f"did you mean {nearest}? Otherwise remove the column" if nearest else "rename or remove the column"
            )
            mistakes.append(Mistake(path, number, name, "", "no such column", remedy))
        elif column and column.key in keys:
            mistakes.append(Mistake(path, number, name, "", "the column is there twice", "remove one of the two"))
        keys.append(column.key if column else "")
    for column in COLUMNS:
        if column.key not in keys and column.key in REQUIRED:
            mistakes.append(Mistake(path, number, column.name, "", "the column is missing", "add it"))
    return keys
