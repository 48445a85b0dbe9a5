"""Columns of text that fit a terminal.

Our own rather than a library's because it runs at every command: importing tabulate or rich costs more time than a
whole query does.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import zip_longest

from ..table import Table, as_text

GAP = "  "
MIN_WIDTH = 6
#: Of so many different cells it is remembered how they are cleaned and wrapped: labels come again in row after row.
REMEMBERED = 10_000


def lay_out(header: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> str:
    """Return a header, a rule and the rows in aligned columns, cells wrapped to keep to ``width`` characters.

    A column is never made narrower than six characters, so a very narrow terminal is overrun instead of being
    filled with single letters.
    """
    cells = [[clean(cell) for cell in row] for row in rows]
    widths = fit_widths([_widest(column) for column in zip(header, *cells, strict=True)], width)
    pattern = GAP.join(f"{{:<{w}}}" for w in widths)  # three times faster than padding cell by cell
    lines = [_line(header, widths, pattern), GAP.join("-" * w for w in widths)]
    for row in cells:
        wrapped = [wrap(cell, w) for cell, w in zip(row, widths, strict=True)]
        lines += [_line(parts, widths, pattern) for parts in zip_longest(*wrapped, fillvalue="")]
    return "\n".join([*lines, ""])


def fit_widths(natural: Sequence[int], width: int) -> list[int]:
    """Narrow the widest columns, and only those, until all fit.

    >>> fit_widths([10, 40, 60], 84)
    [10, 35, 35]
    """
    room = max(width - len(GAP) * (len(natural) - 1), 0)
    widths = list(natural)
    while sum(widths) > room and max(widths) > MIN_WIDTH:
        widest = max(widths)
        at_widest = [i for i, w in enumerate(widths) if w == widest]
        next_widest = max([w for w in widths if w < widest], default=0)
        share = -(-(sum(widths) - room) // len(at_widest))
        target = max(widest - share, next_widest, MIN_WIDTH)
        for i in at_widest:
            widths[i] = target
    return widths


def display_width(text: str) -> int:
    """Return the number of terminal cells a text takes: two for wide East Asian characters, none for combining ones."""
    if text.isascii():
        return len(text)
    import unicodedata

    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


@lru_cache(REMEMBERED)
def wrap(text: str, width: int) -> Sequence[str]:
    """Break a text of single spaces into lines of at most ``width`` characters; only longer words are cut."""
    measure = len if text.isascii() else display_width
    if measure(text) <= width:
        return [text]
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if measure(longer) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        line = word
        while len(line) > width:  # one word, longer than the line
            lines.append(line[:width])
            line = line[width:]
    return [*lines, line]


@lru_cache(REMEMBERED)
def clean(text: str) -> str:
    """Make a text safe for one line of a terminal: line breaks become spaces, control characters are dropped.

    >>> clean("a\\n b\\x1b[31m")
    'a b[31m'
    """
    joined = " ".join(text.split())
    return joined if joined.isprintable() else "".join(c for c in joined if c.isprintable())


def escaped(text: str) -> str:
    r"""Make a text safe for one line of a terminal without losing any of it, as the names of files need.

    >>> escaped("a\n\x1b[31m\udcff")
    'a\\n\\x1b[31m\\udcff'
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _widest(column: Sequence[str]) -> int:
    return max(map(len if "".join(column).isascii() else display_width, column))


def _line(cells: Sequence[str], widths: Sequence[int], pattern: str) -> str:
    if "".join(cells).isascii():
        return pattern.format(*cells).rstrip()
    return GAP.join(cell + " " * (w - display_width(cell)) for cell, w in zip(cells, widths, strict=True)).rstrip()


def to_text(table: Table, width: int = 100) -> str:
    """Return the rows in columns that fit ``width`` characters, long cells wrapped."""
    return lay_out(table.columns, [[as_text(value) for value in row] for row in table.rows], width)
