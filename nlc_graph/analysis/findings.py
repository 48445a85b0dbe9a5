"""What an analysis found: tables, each row with the claims behind it, and what their numbers mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..graph.names import NameIndex
from ..table import Ref, Table, Value

#: Said wherever numbers could be read as more than a description of what one source reports.
DESCRIPTION = (
    "a description of what the sources in the graph report, not an inference about networks in general: "
    "what is told at length counts more, and what is missing was not recorded"
)
#: In a table for people, a list shows so many of its members and how many more there are.
SHOWN = 3


@dataclass(frozen=True)
class Part:
    """One table of an analysis.

    :param rows: one a finding; a cell is a plain value, an :class:`~nlc_graph.table.Ref`, or a tuple of these
    :param note: what to know about this table alone; empty for nothing
    :param brief: the columns for people, where all would not fit a terminal; empty for all
    :param aside: True for what programs and pictures need and people do not read
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    note: str = ""
    brief: tuple[str, ...] = ()
    aside: bool = False


@dataclass(frozen=True)
class Findings:
    """What an analysis found.

    :param says: pairs of a word (``node``, ``weight``, ``source`` …) and what it means here
    """

    name: str
    parts: tuple[Part, ...]
    says: tuple[tuple[str, str], ...]


def part(
    name: str, row_type: Any, rows: Sequence[tuple[Any, ...]], note: str = "", brief: tuple[str, ...] = ()
) -> Part:
    """Make a table of named tuples; the fields are its columns."""
    return Part(name, tuple(row_type._fields), tuple(rows), note, brief)


def things_behind(part: Part) -> list[tuple[Ref, ...]]:
    """Return for each row the claims behind it; where there are none, the things in it."""
    found = []
    for row in part.rows:
        claims = dict(_cells(part, row)).get("claims", ())
        cells = [item for value in row for item in (value if isinstance(value, tuple) else (value,))]
        found.append(tuple(claims) or tuple(item for item in cells if isinstance(item, Ref)))
    return found


def with_column(part: Part, name: str, values: Sequence[str]) -> Part:
    """Return a table with one column more, the last but for the claims."""
    at = len(part.columns) - (part.columns[-1:] == ("claims",))
    brief = tuple(each for each in part.brief if each != "claims")
    return replace(
        part,
        columns=(*part.columns[:at], name, *part.columns[at:]),
        rows=tuple((*row[:at], value, *row[at:]) for row, value in zip(part.rows, values, strict=True)),
        brief=(*brief, name, *(["claims"] if "claims" in part.brief else [])) if brief else (),
    )


def ranks(keys: Sequence[Hashable]) -> list[str]:
    """Return the rank of each key, best first and equal ones together; they share the best rank and an equals sign.

    >>> ranks([9, 7, 7, 1])
    ['1', '2=', '2=', '4']
    """
    times = Counter(keys)
    first: dict[Hashable, int] = {}
    for place, key in enumerate(keys, 1):
        first.setdefault(key, place)
    return [f"{first[key]}{'=' if times[key] > 1 else ''}" for key in keys]


def to_words(part: Part, things: NameIndex, *, claims: bool = False) -> Table:
    """Return the table for people: labels, long lists cut, claims by number.

    :param claims: name the claims, all of them
    """
    shown = part.brief or part.columns
    places = [part.columns.index(name) for name in shown if name != "claims" and name in part.columns]
    cells = (row[place] for row in part.rows for place in places)
    things.prepare(
        item
        for cell in cells
        for item in (cell[:SHOWN] if isinstance(cell, tuple) else (cell,))
        if isinstance(item, Ref)
    )
    return Table(
        tuple(name.replace("_", " ") for name in shown),
        tuple(
            tuple(
                (_joined(value, things.curie, ", ") if claims else len(value))
                if name == "claims"
                else _words(value, things)
                for name, value in ((name, cells[name]) for name in shown)
            )
            for cells in (dict(_cells(part, row)) for row in part.rows)
        ),
    )


def to_rows(findings: Findings, things: NameIndex) -> Table:
    """Return all tables as one for programs: a column more for each column of things, holding its labels.

    Several tables get a first column ``part``; a column that a table lacks is empty there.
    """
    flat: list[dict[str, Value]] = []
    columns: dict[str, None] = {"part": None} if len(findings.parts) > 1 else {}
    for each in findings.parts:
        for name in each.columns:
            columns |= {name: None} | (
                {f"{name}_label": None} if name != "claims" and _holds_things(each, name) else {}
            )
        for row in each.rows:
            found: dict[str, Value] = {"part": each.name} if len(findings.parts) > 1 else {}
            for name, value in _cells(each, row):
                found[name] = _joined(value, things.curie, " ")
                if f"{name}_label" in columns:
                    found[f"{name}_label"] = _joined(value, things.label, "; ") if _is_thing(value) else None
            flat.append(found)
    return Table(tuple(columns), tuple(tuple(row.get(name) for name in columns) for row in flat))


def to_object(findings: Findings, things: NameIndex) -> dict[str, Any]:
    """Return everything as plain values for JSON: things by identifier and label, claims by identifier."""
    return {
        "analysis": findings.name,
        "says": dict(findings.says),
        "parts": [
            {
                "name": each.name,
                "note": each.note,
                "rows": [
                    {name: _plain(value, things, name == "claims") for name, value in _cells(each, row)}
                    for row in each.rows
                ],
            }
            for each in findings.parts
        ],
    }


def _cells(part: Part, row: tuple[Any, ...]) -> list[tuple[str, Any]]:
    return list(zip(part.columns, row, strict=True))


def _is_thing(value: Any) -> bool:
    return isinstance(value, Ref) or (isinstance(value, tuple) and any(isinstance(item, Ref) for item in value))


def _holds_things(part: Part, name: str) -> bool:
    at = part.columns.index(name)
    return any(_is_thing(row[at]) for row in part.rows)


def _words(value: Any, things: NameIndex) -> Value:
    if isinstance(value, tuple):
        shown = [things.label(item) if isinstance(item, Ref) else str(item) for item in value[:SHOWN]]
        return ", ".join(shown) + (f" and {len(value) - SHOWN} more" if len(value) > SHOWN else "")
    if isinstance(value, Ref):
        return things.label(value)
    return _number(value)


def _number(value: Value) -> Value:
    return round(value, 4) if isinstance(value, float) else value


def _joined(value: Any, write: Any, between: str) -> Any:
    if isinstance(value, tuple):
        return between.join(write(item) if isinstance(item, Ref) else str(item) for item in value)
    return write(value) if isinstance(value, Ref) else value


def _plain(value: Any, things: NameIndex, claims: bool) -> Any:
    if isinstance(value, tuple):
        return [_plain(item, things, claims) for item in value]
    if isinstance(value, Ref):
        return things.curie(value) if claims else {"id": things.curie(value), "label": things.label(value)}
    return value if isinstance(value, (str, int, float, bool)) or value is None else float(value)
