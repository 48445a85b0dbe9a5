"""Whether a figure agrees with itself: its levels, its change, its periods, and what it is compared with."""

from __future__ import annotations

from decimal import Decimal

from .rows import Row
from .values import Period

OWN_VALUES = ("from_value", "to_value", "change")
#: Units of shares, and how they are called.
_SHARES = {"percent": "per cent", "percentage-points": "percentage points"}
_COUNTS = ("count", "days", "minutes", "years")

#: Numbers of a figure by :data:`OWN_VALUES`; None where there is none.
Values = dict[str, Decimal | None]


def check_figure(
    row: Row,
    start: Period | None,
    end: Period | None,
    values: Values,
    unit: str,
    precision: str,
) -> None:
    """Note what is missing of a figure or does not agree.

    :param unit: local name of what it is measured in, as is ``precision`` of how exact it is
    """
    if start is None and end is None:
        if not row["from_period"] and not row["to_period"]:
            row.wrong("to_period", "missing", "give a year or school year; 'undated' if the source gives none")
        return
    if start and end and start.start is not None and end.start is not None:
        if (end.start, end.end) <= (start.start, start.end) or (end.end or 0) < (start.end or 0):
            row.wrong("to_period", f"not after the earlier period {start.label}", "swap the two, or correct one")
    if (start is None or end is None) and values["change"] is not None:
        missing = "from_period" if start is None else "to_period"
        row.wrong(missing, "missing: a change lies between two periods", "give it; 'undated' if the source gives none")
    if start is None and values["from_value"] is not None and end is not None:
        row.wrong("from_period", "missing, though there is a value for it", "give it, or remove the value")
    told = precision == "in-words" or row["position"]
    if start and end and values["change"] is None and not told:
        for key in ("from_value", "to_value"):
            if values[key] is None:
                row.wrong(key, "missing", "give both levels, or the change; or 'in words only' under 'precision'")
    if (start is None or end is None) and values["to_value"] is None and values["from_value"] is None and not told:
        row.wrong("to_value", "missing", "give the figure, or write 'in words only' under 'precision'")
    if precision == "in-words" and any(value is not None for value in values.values()):
        row.wrong(
            "precision", "there is a number, though it is said to be in words only", "remove the one or the other"
        )
    check_range(row, values, unit, "change")
    if precision in ("", "as-stated"):
        check_sum(row, "change", values, unit)


def check_sum(row: Row, key: str, values: Values, unit: str) -> None:
    """Note a change that is not the difference of its two levels."""
    first, last, change = (values[name] for name in OWN_VALUES)
    if first is None or last is None or change is None or unit == "percent-unclear" or last - first == change:
        return
    if not (unit == "percent" and _is_relative(first, last, change)):
        remedy = "compare all three with the source; a fall is negative"
        row.wrong(key, f"the levels differ by {last - first}", remedy, None if key == "change" else f"{change:f}")


def check_direction(row: Row, direction: str, better: str, values: Values) -> None:
    """Warn of a result that its figures do not bear out; where others are compared it may hang on them.

    :param direction: of the claim, local name
    :param better: whether a ``higher`` or a ``lower`` number is the better one; empty where that is not known
    """
    first, last, change = (values[name] for name in OWN_VALUES)
    if change is None and first is not None and last is not None:
        change = last - first
    if not change or direction not in ("improved", "worsened", "unchanged"):
        return
    is_better = (change > 0) == (better == "higher")
    moved = "rose" if change > 0 else "fell"
    if direction == "unchanged" or (better and is_better != (direction == "improved")):
        row.warn("direction", f"the figure {moved} by {abs(change)}", "compare both with the source")


def check_range(row: Row, values: Values, unit: str, change: str) -> None:
    """Note shares and counts that are none; a rise in per cent may be of any size, a fall of a hundred at most."""
    for key, value in values.items():
        shown = f"{value:f}" if change == "other_change" and value is not None else None
        if value is not None and unit == "count" and value % 1:
            remedy = "compare it with the source; a mean has another unit"
            row.wrong(key, "a count that is no whole number", remedy, shown)
        if value is None or (key == change and unit not in _SHARES):
            continue
        low = -100 if key == change else 0 if unit in (*_SHARES, *_COUNTS) else None
        high = 100 if unit in _SHARES and not (key == change and unit == "percent") else None
        if high is not None and value > high:
            row.wrong(key, f"over 100 {_SHARES[unit]}", "compare it with the source, or correct 'unit'", shown)
        elif low is not None and value < low:
            problem = f"under {low} {_SHARES[unit]}" if unit in _SHARES else "less than nothing"
            row.wrong(key, problem, "compare it with the source, or correct 'unit'", shown)


def check_position(row: Row, position: str, own: Values, other: Values) -> None:
    """Note a position, above or below a comparator, of which the numbers say otherwise."""
    mine, theirs = _size(own), _size(other)
    if mine is None or theirs is None or not position:
        return
    if (mine - theirs) * (1 if position == "above" else -1) <= 0:
        row.wrong("position", f"the numbers say otherwise: {mine} against {theirs}", "compare both with the source")


def _is_relative(first: Decimal, last: Decimal, change: Decimal) -> bool:
    """Tell whether a change in per cent is that of the level itself, rounded to a whole number or better."""
    return first != 0 and abs(100 * (last - first) / first - change) <= Decimal("0.5")


def _size(values: Values) -> Decimal | None:
    first, last, change = values["from_value"], values["to_value"], values["change"]
    if change is not None:
        return change
    return last - first if first is not None and last is not None else last
