"""Figures and how they are formatted: a level bare, a change with its sign, each with its unit and precision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ..table import Ref, Value, as_number
from ..vocabulary import BASE, local_name

#: Binds the two levels of the change ?item, if both are given, and their precision.
LEVELS = """OPTIONAL {
    ?item nlc:startLevel ?first ; nlc:endLevel ?last .
    ?first nlc:value ?start .
    ?last nlc:value ?end
    OPTIONAL { ?first nlc:precision ?startPrecision }
    OPTIONAL { ?last nlc:precision ?endPrecision }
  }"""
#: Binds what :func:`figures_from` reads of ?item, if it is a statistic.
FIGURE = f"""OPTIONAL {{
    ?item nlc:measures ?indicator ; nlc:about ?unit ; nlc:measurementUnit ?measure .
    OPTIONAL {{ ?item a nlc:Change BIND(true AS ?change) }}
    OPTIONAL {{ ?item nlc:value ?stated }}
    OPTIONAL {{ ?item nlc:precision ?precision }}
    OPTIONAL {{ ?item nlc:atPeriod ?at }}
    OPTIONAL {{ ?item nlc:fromPeriod ?from ; nlc:toPeriod ?to }}
    {LEVELS}
    OPTIONAL {{ ?item nlc:computedValue ?computed }}
  }}"""
FIGURE_VARIABLES = (
    "?indicator ?unit ?measure ?change ?stated ?precision ?at ?from ?to ?start ?end ?startPrecision ?endPrecision"
    " ?computed"
)

_PERCENTAGES = tuple(f"{BASE}unit/{name}" for name in ("percent", "percent-unclear"))
#: On which side of a bound the number lies, and the bounds of each side: the second of a pair is not reached itself.
_SIDES = {"at-least": 1, "more-than": 1, "at-most": -1, "less-than": -1}
_BOUNDS = {1: ("at-least", "more-than"), -1: ("at-most", "less-than")}
#: The precision of a difference of two numbers whose precisions leave it open on both sides.
INEXACT = "not exactly"

#: Returns the label of a resource.
Label = Callable[[str], str]
Number = float | Decimal


@dataclass(frozen=True)
class Comparator:
    """What a figure is compared with: the same quantity for another unit over the same time.

    :param position: where the figure stands: above, below, or beside if the source does not say
    :param value: a level or a change; None if no number is given
    :param start: the level at the beginning; given together with ``end``
    :param precision: precision of the value (at least, about …); None if as stated; so for start and end
    """

    unit: Ref
    position: str
    value: float | None
    start: float | None
    end: float | None
    is_change: bool = False
    precision: Ref | None = None
    start_precision: Ref | None = None
    end_precision: Ref | None = None


@dataclass(frozen=True)
class Figures:
    """The numbers of a statistic.

    :param value: the number stated; of a change, its size; None if none is given
    :param start: the level at the beginning; given together with ``end``
    :param computed: end minus start, if both are given
    :param periods: one period of a level, two of a change
    :param precision: precision of the value (at least, about …); None if as stated; so for start and end
    """

    indicator: Ref
    unit: Ref
    measure: Ref
    value: float | None
    start: float | None
    end: float | None
    computed: float | None
    periods: tuple[Ref, ...]
    precision: Ref | None
    comparators: tuple[Comparator, ...]
    is_change: bool
    start_precision: Ref | None = None
    end_precision: Ref | None = None


def figures_from(row: Mapping[str, Value], comparators: tuple[Comparator, ...] = ()) -> Figures | None:
    """Return the figures in a row with the variables of :data:`FIGURE`; None if the item is not a statistic."""
    if row["indicator"] is None:
        return None
    return Figures(
        indicator=Ref(str(row["indicator"])),
        unit=Ref(str(row["unit"])),
        measure=Ref(str(row["measure"])),
        value=as_number(row["stated"]),
        start=as_number(row["start"]),
        end=as_number(row["end"]),
        computed=as_number(row["computed"]),
        periods=tuple(Ref(str(row[name])) for name in ("at", "from", "to") if row[name]),
        precision=as_ref(row["precision"]),
        comparators=comparators,
        is_change=bool(row["change"]),
        start_precision=as_ref(row["startPrecision"]),
        end_precision=as_ref(row["endPrecision"]),
    )


def as_ref(value: Value) -> Ref | None:
    """Return a value as an IRI; None for None."""
    return None if value is None else Ref(str(value))


def unit_of_change(measure: str, stated: Number | None, computed: Number | None) -> Ref:
    """Return the unit of the size of a change: percentage points for a difference of two percentages.

    A size stated in per cent is relative growth, unless it equals the difference of the two levels.

    >>> str(unit_of_change("https://w3id.org/nlc-graph/unit/percent", stated=None, computed=17))
    'https://w3id.org/nlc-graph/unit/percentage-points'
    """
    is_difference = computed is not None and stated in (None, computed)
    return Ref(f"{BASE}unit/percentage-points" if is_difference and measure in _PERCENTAGES else measure)


def amount(number: Number, *, is_change: bool) -> str:
    """Format a number; that of a change with its sign.

    >>> amount(17.0, is_change=True), amount(1234567.0, is_change=False)
    ('+17', '1234567')
    """
    return f"{float(number):{'+' if is_change else ''}.15g}"


def bound(label: Label, precision: str | None) -> str:
    """Return the precision to write before a number, such as ``at least``; empty if the number is as stated."""
    if precision is None or local_name(precision) == "as-stated":
        return ""
    return f"{precision if precision == INEXACT else label(precision)} "


def precision_of_difference(last: str | None, first: str | None) -> str | None:
    """Return the precision of the difference of two numbers: at least 8 minus exactly 5 is at least 3.

    :returns: IRI of a precision; :data:`INEXACT` if the difference is open on both sides; None if as stated
    """
    one, other = (local_name(precision or "as-stated") for precision in (last, first))
    inexact = {one, other} - {"as-stated"}
    if not inexact:
        return None
    if inexact == {"approximate"}:
        return f"{BASE}precision/approximate"
    sides = {_SIDES.get(one, 0), -_SIDES.get(other, 0)}
    if "as-stated" in (one, other):
        sides -= {0}
    if len(sides) != 1 or not sides <= _BOUNDS.keys():
        return INEXACT
    is_open = bool(inexact & {"more-than", "less-than"})
    return f"{BASE}precision/{_BOUNDS[sides.pop()][is_open]}"


def precision_of_size(
    stated: Number | None, computed: Number | None, of_size: str | None, of_start: str | None, of_end: str | None
) -> str | None:
    """Return the precision of the size of a change: as stated, or else that of the difference of its levels."""
    if of_size is not None and stated is not None:
        return of_size
    return precision_of_difference(of_end, of_start) if stated in (None, computed) else None


def in_words(label: Label, figures: Figures) -> str:
    """Format a statistic: indicator, unit, numbers, periods and comparators."""
    when = " to ".join(map(label, figures.periods))
    numbers = ", ".join(filter(None, [_numbers(label, figures) or "no number given", when]))
    comparisons = "".join(f"; {_comparison(label, other)}" for other in figures.comparators)
    return f"{label(figures.indicator)}, {label(figures.unit)}: {numbers}{comparisons}"


def _numbers(label: Label, figures: Figures) -> str:
    number = figures.computed if figures.value is None else figures.value
    size = "" if number is None else _size(label, figures, figures.value)
    levels = _levels(label, figures)
    if levels is None:
        return size
    if figures.value is not None and figures.computed not in (None, figures.value):
        size = f"{_size(label, figures, None)}, stated as {size}"
    return f"{levels} (change {size or label(figures.measure)})"


def _size(label: Label, figures: Figures, stated: float | None) -> str:
    """Format the stated number, or the computed one if none is stated."""
    number = figures.computed if stated is None else stated
    precisions = figures.precision, figures.start_precision, figures.end_precision
    exactly = bound(label, precision_of_size(stated, figures.computed, *precisions))
    measure = label(unit_of_change(figures.measure, stated, figures.computed))
    return f"{exactly}{amount(number or 0, is_change=figures.is_change)} {measure}"


def _comparison(label: Label, other: Comparator) -> str:
    number = _levels(label, other)
    if number is None and other.value is not None:
        number = bound(label, other.precision) + amount(other.value, is_change=other.is_change)
    return f"{other.position} {label(other.unit)}" + (f" ({number})" if number else "")


def _levels(label: Label, figures: Figures | Comparator) -> str | None:
    """Format the first and last level of a change; None if they are not both given."""
    if figures.start is None or figures.end is None:
        return None
    first = bound(label, figures.start_precision) + amount(figures.start, is_change=False)
    last = bound(label, figures.end_precision) + amount(figures.end, is_change=False)
    return f"from {first} to {last}"
