"""Format text for a terminal: tables that fit its width, wrapped paragraphs, safe characters.

No library does this here, since every command needs it: importing tabulate or rich takes longer than a query.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import lru_cache
from itertools import zip_longest

from ..table import Table, Value, as_text

GAP = "  "
MIN_WIDTH = 6
#: Number of cells whose wrapped text is cached, since labels repeat from row to row.
CACHED = 10_000


def to_text(table: Table, width: int = 100) -> str:
    """Format rows as aligned columns of at most ``width`` characters in all; long cells are wrapped.

    No column is narrower than six characters, so that a very narrow terminal is overrun.
    """
    rows = [_cells(row) for row in table.rows]
    columns = zip(table.columns, *rows, strict=True)
    widths = fit_widths([max(map(display_width, column)) for column in columns], width)
    lines = [_line(table.columns, widths), GAP.join("-" * each for each in widths)]
    for row in rows:
        wrapped = map(wrap, row, widths)
        lines += [_line(parts, widths) for parts in zip_longest(*wrapped, fillvalue="")]
    return "\n".join([*lines, ""])


def fit_widths(natural: Sequence[int], width: int) -> list[int]:
    """Narrow the widest columns until all fit.

    >>> fit_widths([10, 40, 60], 84)
    [10, 35, 35]
    """
    room = width - len(GAP) * (len(natural) - 1)
    limit = max(natural, default=0)
    while limit > MIN_WIDTH and sum(min(each, limit) for each in natural) > room:
        limit -= 1
    return [min(each, limit) for each in natural]


def display_width(text: str) -> int:
    """Count the terminal cells of a text: two for a wide East Asian character, none for a combining one."""
    if text.isascii():
        return len(text)
    import unicodedata

    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


@lru_cache(CACHED)
def wrap(text: str, width: int) -> Sequence[str]:
    """Break a text into lines of at most ``width`` characters; only words longer than a line are cut."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if display_width(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        *full, line = [word[start : start + width] for start in range(0, len(word), width)]
        lines += full
    return [*lines, line]


def paragraph(text: str, indent: int = 0) -> list[str]:
    """Wrap a text to the terminal's width, with later lines indented two more; paths and identifiers stay whole."""
    import textwrap

    return textwrap.wrap(
        clean(text),
        width=max(terminal_width(), 30),
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + 2),
        break_long_words=False,
        break_on_hyphens=False,
    )


@lru_cache(CACHED)
def clean(text: str) -> str:
    """Turn line breaks into spaces and drop control characters.

    >>> clean("a\\n b\\x1b[31m")
    'a b[31m'
    """
    joined = " ".join(text.split())
    return joined if joined.isprintable() else "".join(c for c in joined if c.isprintable())


def escaped(text: str) -> str:
    r"""Escape control characters, so that a file name is printed in one line and in full.

    >>> escaped("a\n\x1b[31m\udcff")
    'a\\n\\x1b[31m\\udcff'
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "claim"), counted(2, "claim")
    ('1 claim', '2 claims')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def terminal_width() -> int:
    """Return the width of the terminal in characters; 120 without one. ``COLUMNS`` overrides it."""
    given = os.environ.get("COLUMNS", "")
    if given.isdecimal() and int(given) > 0:
        return int(given)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1).columns or 120
    except (OSError, ValueError):
        return 120


def _cells(row: Sequence[Value]) -> list[str]:
    return [clean(as_text(value)) for value in row]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [cell + " " * (width - display_width(cell)) for cell, width in zip(cells, widths, strict=True)]
    return GAP.join(padded).rstrip()
