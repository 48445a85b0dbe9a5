"""The numbers of statistics and how they are said, everywhere in one way.

A level stands bare, a change with its sign; each with its unit, and with how exact the source says it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ..table import Ref, Value, as_number
from ..vocabulary import BASE, local_name

#: Binds the two levels of the change ?item, where both are given, and how exact they are.
LEVELS = """
  OPTIONAL {
    ?item nlc:startLevel ?first ; nlc:endLevel ?last .
    ?first nlc:value ?start .
    ?last nlc:value ?end
    OPTIONAL { ?first nlc:precision ?startPrecision }
    OPTIONAL { ?last nlc:precision ?endPrecision }
  }
"""
#: Binds what :func:`figures_from` reads of ?item, where it is a statistic.
FIGURE = """
  OPTIONAL {
    ?item nlc:measures ?indicator ; nlc:about ?unit ; nlc:measurementUnit ?measure .
    OPTIONAL { ?item a nlc:Change BIND(true AS ?change) }
    OPTIONAL { ?item nlc:value ?stated }
    OPTIONAL { ?item nlc:precision ?precision }
    OPTIONAL { ?item nlc:atPeriod ?at }
    OPTIONAL { ?item nlc:fromPeriod ?from ; nlc:toPeriod ?to }
    LEVELS
    OPTIONAL { ?item nlc:computedValue ?computed }
  }
""".replace("LEVELS", LEVELS.strip())
BOUND_BY_FIGURE = (
    "?indicator ?unit ?measure ?change ?stated ?precision ?at ?from ?to ?start ?end ?startPrecision ?endPrecision"
    " ?computed"
)

#: Units of levels that are parts in a hundred.
_PERCENTAGES = tuple(f"{BASE}unit/{name}" for name in ("percent", "percent-unclear"))
#: On which side of a number that is a bound the figure itself lies.
_SIDES = {"at-least": 1, "more-than": 1, "at-most": -1, "less-than": -1}
#: Bounds by side, the second of each of those that are not reached.
_BOUNDS = {1: ("at-least", "more-than"), -1: ("at-most", "less-than")}
#: Of what a difference may be said to be that is said of neither of its numbers: labels that are read with theirs.
WORKED_OUT = (
    f"{BASE}unit/percentage-points",
    *(f"{BASE}precision/{name}" for name in ("approximate", *_BOUNDS[1], *_BOUNDS[-1])),
)

#: Said of a difference that its two numbers, as far as they are known, leave open on both sides.
INEXACT = "not exactly"

#: Gives the label of a thing.
Label = Callable[[str], str]
Number = float | Decimal


@dataclass(frozen=True)
class Comparator:
    """What a figure is compared with: the same quantity for another unit over the same time.

    :param position: how the source says the figure stands to it: above, below, or beside where it does not say
    :param value: a level, or a change where only that is given; None where no number is given
    :param start: the level at the beginning, where both ends are given; so ``end``
    :param is_change: it is a change, and not a level
    :param precision: of the value: at least, about, … ; None for as stated; so those of start and end
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

    :param value: the number stated; for a change between two periods, how much it changed; None where none is given
    :param start: the level at the beginning, where both ends are given; so ``end``
    :param computed: end minus start, where both are given; in the unit that :func:`unit_of_difference` returns
    :param periods: one period of a level, two of a change
    :param precision: of the value: at least, about, … ; None for as stated; so those of start and end
    :param is_change: it is a change, and not a level
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
    """Put together what :data:`FIGURE` binds; None where the item is no statistic."""
    if row["indicator"] is None:
        return None
    value, start, end, computed = (as_number(row[name]) for name in ("stated", "start", "end", "computed"))
    of_value, of_start, of_end = (_iri(row[name]) for name in ("precision", "startPrecision", "endPrecision"))
    return Figures(
        Ref(str(row["indicator"])),
        Ref(str(row["unit"])),
        Ref(str(row["measure"])),
        value,
        start,
        end,
        computed,
        tuple(Ref(str(row[name])) for name in ("at", "from", "to") if row[name]),
        of_value,
        comparators,
        bool(row["change"]),
        of_start,
        of_end,
    )


def unit_of_difference(measure: str) -> Ref:
    """Return the unit of the difference of two levels: of levels in per cent it is percentage points.

    >>> unit_of_difference("https://w3id.org/nlc-graph/unit/percent")
    'https://w3id.org/nlc-graph/unit/percentage-points'
    """
    return Ref(f"{BASE}unit/percentage-points" if measure in _PERCENTAGES else measure)


def unit_of_change(measure: str, stated: Number | None, computed: Number | None) -> Ref:
    """Return the unit in which the size of a change is said.

    What the source states in per cent is growth in relation to the first level, unless it is to the digit the
    difference of the two levels that it gives: then it is that difference.
    """
    worked_out = computed is not None and stated in (None, computed)
    return unit_of_difference(measure) if worked_out else Ref(measure)


def amount(number: Number, *, is_change: bool) -> str:
    """Say a number: that of a change with its sign.

    >>> amount(17.0, is_change=True), amount(1234567.0, is_change=False)
    ('+17', '1234567')
    """
    return f"{float(number):{'+' if is_change else ''}.15g}"


def bound(label: Label, precision: str | None) -> str:
    """Say before a number how exact it is, as ``at least``; nothing where it is as stated."""
    if precision is None or local_name(precision) == "as-stated":
        return ""
    return f"{precision if precision == INEXACT else label(precision)} "


def precision_of_difference(last: str | None, first: str | None) -> str | None:
    """Return how exact the difference of two numbers is: where at most 5 is taken from 8, it is at least 3.

    :returns: IRI of a precision; :data:`INEXACT` where the two leave both sides open; None for as stated
    """
    one, other = (local_name(precision or "as-stated") for precision in (last, first))
    inexact = {one, other} - {"as-stated"}
    if not inexact:
        return None
    if inexact == {"approximate"}:
        return f"{BASE}precision/approximate"
    sides = {_SIDES.get(one, 0), -_SIDES.get(other, 0)} - ({0} if len({one, other} - inexact) else set())
    if len(sides) != 1 or not sides <= _BOUNDS.keys():
        return INEXACT
    is_open = bool(inexact & {"more-than", "less-than"})
    return f"{BASE}precision/{_BOUNDS[sides.pop()][is_open]}"


def precision_of_size(
    stated: Number | None, computed: Number | None, of_size: str | None, of_start: str | None, of_end: str | None
) -> str | None:
    """Return how exact the size of a change is: as the source says, or else as its two levels leave it.

    :param of_size: precision of the size stated; so those of the two levels
    """
    if of_size is not None and stated is not None:
        return of_size
    return precision_of_difference(of_end, of_start) if stated in (None, computed) else None


def in_words(label: Label, figures: Figures) -> str:
    """Say a statistic in words: unit, indicator, numbers, periods, and how it stands to its comparators."""
    when = " to ".join(map(label, figures.periods))
    against = "".join(f"; {_comparison(label, other)}" for other in figures.comparators)
    numbers = _numbers(label, figures) or "no number given"
    return f"{label(figures.indicator)}, {label(figures.unit)}: {numbers}{f', {when}' if when else ''}{against}"


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
    """Say the number stated, or, with none, the one that is worked out."""
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
    """Say from which level to which a change goes; None where they are not both given."""
    if figures.start is None or figures.end is None:
        return None
    ends = (figures.start, figures.start_precision), (figures.end, figures.end_precision)
    first, last = (bound(label, precision) + amount(level, is_change=False) for level, precision in ends)
    return f"from {first} to {last}"


def _iri(value: Value) -> Ref | None:
    return Ref(str(value)) if value is not None else None
