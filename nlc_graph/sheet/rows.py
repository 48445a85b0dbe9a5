"""The rows of sheets: their cells by column, and the mistakes that one look at them shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..errors import UnreadableFileError
from ..graph.names import fold
from .besides import Besides, wrong_of
from .columns import BY_KEY, COLUMNS, FEWEST, SEVERAL, find_column, nearest_columns, split
from .files import has_decimal_comma, read_rows
from .garbled import Watch
from .mistakes import Mistake
from .values import PLACEHOLDERS, hidden_characters, is_failed
from .workbooks import Formula

#: More than any sheet has.
MAX_COLUMNS = 1000
#: What no row can do without.
REQUIRED = ("words", "opens", "closes", "section", "source")

#: File and number of a row.
At = tuple[str, int]


class Row(Mapping[str, str]):
    """The cells of a row by key of their column; empty where a sheet lacks the column."""

    __slots__ = ("_cells", "comma", "file", "mistakes", "number", "spoilt", "warnings")

    def __init__(
        self,
        file: str,
        number: int,
        cells: dict[str, str],
        mistakes: list[Mistake],
        warnings: list[Mistake],
        comma: bool | None = False,
    ) -> None:
        """:param warnings: what may be meant, and is told all the same
        :param comma: whether its numbers have a decimal comma; None where that is not known
        """
        self.file, self.number, self._cells, self.comma = file, number, cells, comma
        self.mistakes, self.warnings = mistakes, warnings
        #: Keys of cells of which nobody knows what should stand there: nothing more is said of them.
        self.spoilt: tuple[str, ...] = ()

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

    def kept(self, keys: Iterable[str]) -> Row:
        """Return the row with some of its cells only: where many are kept, the others would fill memory."""
        some = {key: cell for key in keys if (cell := self._cells.get(key))}
        row = Row(self.file, self.number, some, self.mistakes, self.warnings, self.comma)
        row.spoilt = self.spoilt
        return row

    def named(self, at: At) -> str:
        """Return another row in words, as seen from this one."""
        return f"row {at[1]}" if at[0] == self.file else f"{at[0]}, row {at[1]}"

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

    def note_spoilt(self) -> None:
        """Note the cells in which a formula failed, or has no result: taken for empty they would change the meaning."""
        for key, cell in self._cells.items():
            if isinstance(cell, Formula):
                remedy = "open the file in the spreadsheet program and save it, or type what should stand there"
                self.wrong(key, "a formula whose result is not stored", remedy)
            elif cell[0] in "#E" and is_failed(cell):
                self.wrong(key, "an error of the spreadsheet program", "mend the cell")
            else:
                continue
            self.spoilt += (key,)

    def wrong(self, key: str, problem: str, remedy: str, value: str | None = None) -> None:
        """Note a mistake, unless the cell holds nothing that could be right."""
        if not (key and key in self.spoilt):
            self.mistakes.append(self._told(key, problem, remedy, value))

    def warn(self, key: str, problem: str, remedy: str, value: str | None = None) -> None:
        """Note what may be a mistake."""
        if not (key and key in self.spoilt):
            self.warnings.append(self._told(key, problem, remedy, value))

    def _told(self, key: str, problem: str, remedy: str, value: str | None) -> Mistake:
        column = BY_KEY[key].name if key else ""
        shown = self[key] if value is None and key else value or ""
        return Mistake(self.file, self.number, column, shown[:200], problem, remedy)


#: Columns that a row with neither outcome nor measure, which tells of the use of a practice, has; all have _PLACE.
_PLACE = {"network", "unit", "unit_kind", "words", "note", "heading", *REQUIRED}
_OF_USES = {*_PLACE, "practice", "jointly", "strategy", "used_by"}
#: Columns that say something of claims only: a figure without an outcome has none of them.
_OF_CLAIMS = (
    "practice jointly feature link direction bearing through affects claimed_by strategy used_by claim_opens"
    " claim_closes claim_section claim"
).split()
#: Columns that say more of what stands in another.
_NEEDS = {
    "role": "voice", "strategy": "practice", "used_by": "practice", "claim_opens": "claim_closes",
    "claim_closes": "claim_opens", "claim_section": "claim_opens", "figure_for": "measure", "other_kind": "comparator",
    "other_precision": "comparator", "nearest": "feature",
}  # fmt: skip
#: Columns in which any text is taken as a name, or as what the source says.
_NAMING = frozenset(
    "network unit practice jointly outcome measure comparator voice claimed_by relayed_by source section opens closes"
    " words strategy used_by figure_for claim evidence chart drawn_from from_period to_period through".split()
)


def note_unread(row: Row) -> None:
    """Note the cells that would be lost, for nothing reads them in a row of this sort."""
    if not row["outcome"]:
        lost = [key for key in (_OF_CLAIMS if row["measure"] else BY_KEY) if row[key]]
        lost = lost if row["measure"] else [key for key in lost if key not in _OF_USES] if row["practice"] else []
        if lost:
            names = ", ".join(repr(BY_KEY[key].name) for key in lost)
            what = "figure" if row["measure"] else "use of a practice"
            remedy = f"give it; where the source tells of a {what} only, empty what is there"
            row.wrong("outcome", f"missing, though something stands under {names}", remedy)
    for key, other in _NEEDS.items():
        if row[key] and not row[other]:
            row.wrong(key, f"nothing stands under {BY_KEY[other].name!r}", "fill that in, or empty this")
    if row["unit_kind"] and not row["unit"] and not row["figure_for"]:
        row.wrong("unit_kind", "nothing stands under 'school or group'", "fill that in, or empty this")
    if row["chart"] and row["measure"]:
        row.wrong("chart", "a chart whose values cannot be read has no measure", "empty one of the two")
    if row["evidence_words"] and not row["outcome"]:
        row.wrong("evidence_words", "there is no claim from which it differs", "write it under 'in our words'")


def rows_of(paths: Iterable[str], mistakes: list[Mistake], warnings: list[Mistake]) -> Iterator[Row]:
    """Yield the rows of sheets; mistakes in headings, hidden characters and repeated rows are added to ``mistakes``.

    :raises UnreadableFileError: if a file cannot be read or is no sheet at all
    """
    seen: dict[int, At] = {}
    for path in paths:
        besides = Besides()
        rows, comma = read_rows(path, besides), has_decimal_comma(path)
        first, heading = next(rows)
        keys, missing = _keys(path, first, heading, mistakes)
        merged = besides.merged_below(first, keys)
        in_merged = {key for one in merged for key in keys[one.left - 1 : one.right] if key}
        watch = Watch(path, besides.assumed)
        number = first
        for number, cells in rows:
            filled = {key: cell for key, cell in zip(keys, cells, strict=False) if key and cell}
            row = Row(path, number, filled, mistakes, warnings, comma)
            nowhere = [*(cell for name, cell in zip(heading, cells, strict=False) if not name), *cells[len(heading) :]]
            if lost := next(filter(None, nowhere), ""):
                row.wrong("", "stands in a column without a heading", "give it one, or empty the column", lost)
            if not len(row):
                continue
            row.spoilt = missing  # told once, not for each row
            if in_merged:
                row.spoilt += tuple(key for key in in_merged if not row[key])
            row.note_spoilt()
            for key, cell in row.items():
                hidden = "" if cell.isascii() and cell.isprintable() else hidden_characters(cell)
                garbled = watch.take(number, key, cell, hidden) if "?" in cell or not cell.isascii() else False
                if hidden and not garbled:
                    row.wrong(key, f"hidden characters ({hidden})", "type the text anew without them")
                if len(cell) < 9 and key in _NAMING and fold(cell) in PLACEHOLDERS:
                    row.wrong(key, "stands for nothing", "leave the cell empty, or fill in what is meant")
            same = hash(frozenset(row.items()))
            if same in seen:
                row.wrong("", f"the same as {row.named(seen[same])}", "remove one of the two")
                continue
            seen[same] = row.at
            yield row
        mistakes += [wrong_of(one, path, first, keys) for one in merged if one.top <= number]
        watch.add_to(mistakes, warnings)
        warnings += besides.warnings(path)


def _keys(path: str, number: int, heading: list[str], mistakes: list[Mistake]) -> tuple[list[str], tuple[str, ...]]:
    """Return the key of each column, empty for none, and those of the columns that no row can do without and lacks."""
    if len(heading) > MAX_COLUMNS:
        raise UnreadableFileError(path, f"{len(heading):,} columns", number, "remove those that hold nothing")
    columns = [find_column(cell) for cell in heading]
    if sum(column is not None for column in columns) < FEWEST:
        names = ", ".join(column.name for column in COLUMNS[:5])
        remedy = "`nlc-graph sheet template -o sheet.csv` writes one"
        raise UnreadableFileError(
            path, f"its first row holds no headings of an evidence sheet ({names} …)", None, remedy
        )
    there = {column.key for column in columns if column}
    keys: list[str] = []
    for cell, column in zip(heading, columns, strict=True):
        meant = ""
        if column is None and cell:
            near = [known for known in map(find_column, nearest_columns(cell)) if known]
            likely = [known.key for known in near if known.key not in there and known.key not in keys]
            nearest = [known.name for known in near if known.key in likely or not likely]
            remedy = f"did you mean {' or '.join(nearest)}? Otherwise remove the column"
            mistakes.append(
                Mistake(path, number, cell, "", "no such column", remedy if nearest else "rename or remove the column")
            )
            # What stands there is read as what is meant, to tell of its mistakes too: nothing is made of it.
            meant = next(iter(likely), "")
        elif column and column.key in keys:
            mistakes.append(
                Mistake(path, number, column.name, "", "the column is there twice", "remove one of the two")
            )
        keys.append(column.key if column else meant)
    missing = tuple(key for key in REQUIRED if key not in keys)
    for key in missing:
        mistakes.append(Mistake(path, number, BY_KEY[key].name, "", "the column is missing", "add it"))
    return keys, missing
