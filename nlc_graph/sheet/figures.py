"""Figures in a sheet: a level at one period, a change between two, and what they are compared with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from ..graph.names import fold
from ..vocabulary import BASE, local_name
from .draft import Draft
from .rows import Row
from .terms import Terms
from .turtle import Pairs, text
from .units import Units
from .values import BadValueError, Period, read_number, read_period

Pair = tuple[str, str]
EVIDENCE, PERIODS = "Evidence", "Periods"
_POSITIONS = {"above": "nlc:aboveComparator", "below": "nlc:belowComparator", "": "nlc:comparedWith"}


class Numbers(NamedTuple):
    """The earlier level, the later or only level, and the stated change; None if not given."""

    first: Decimal | None
    last: Decimal | None
    change: Decimal | None


@dataclass(frozen=True)
class Comparator:
    """What a figure is compared with.

    :param precision: IRI, or empty
    :param position: "above" or "below" as the source states it, or empty
    """

    unit: str
    numbers: Numbers
    precision: str
    position: str


@dataclass(frozen=True)
class Figure:
    """The figure of a row: a change if it has both periods, else a level."""

    subject: str
    measure: str
    unit: str
    precision: str
    start: Period | None
    end: Period | None
    numbers: Numbers
    comparators: list[Comparator]


class Figures:
    """Reads and writes the figures of rows."""

    def __init__(self, draft: Draft, terms: Terms, units: Units) -> None:
        self._draft, self._index, self._out = draft, draft.index, draft.out
        self._terms, self._units = terms, units
        self._periods: dict[str, Period] = {}

    def read(self, row: Row, units: Sequence[str]) -> Figure | None:
        """Return the figure of a row; None if it cannot be made, which is noted as errors.

        :param units: whom the row is about; empty if that is not known
        """
        before = len(row.errors)
        measure = self._terms.one(row, "measure", "indicator", required=True)
        unit = self._terms.one(row, "measured_in", "unit-of-measure", required=True)
        precision = self._terms.one(row, "precision", "precision")
        subject = self._units.of_figure(row) if row["figure_for"] else "".join(units[:1])
        if len(units) > 1 and not row["figure_for"]:
            row.error("figure_for", "missing", "missing, but the row is about several", "name whose figure it is")
        start, end = self._period(row, "from_period"), self._period(row, "to_period")
        numbers = Numbers(*(self._number(row, key, row[key]) for key in ("from_value", "to_value", "change")))
        comparators = self._comparators(row)
        self._check_periods(row, numbers, comparators)
        if len(row.errors) > before or not subject:
            return None
        return Figure(subject, measure, unit, precision, start, end, numbers, comparators)

    def _check_periods(self, row: Row, numbers: Numbers, comparators: Sequence[Comparator]) -> None:
        """Note a missing period: without it a number would have no place in the graph."""
        hint = "give a year or school year; 'undated' if the source gives none"
        if not row["from_period"] and not row["to_period"]:
            row.error("to_period", "missing", "missing", hint)
        elif not row["from_period"] or not row["to_period"]:
            missing = "to_period" if row["from_period"] else "from_period"
            of_others = [each.numbers for each in comparators]
            if any(_is_change(each) for each in (numbers, *of_others)):
                row.error(missing, "missing", "missing: a change has two periods", hint)

    def _comparators(self, row: Row) -> list[Comparator]:
        names = row.values_of("comparator")
        keys = ("other_from", "other_to", "other_change", "other_precision", "other_kind", "position")
        cells = zip(*(row.aligned(key, len(names)) for key in keys), strict=True) if names else ()
        return [self._comparator(row, name, *values) for name, values in zip(names, cells, strict=True)]

    def _comparator(
        self, row: Row, name: str, first: str, last: str, change: str, precision: str, what: str, position: str
    ) -> Comparator:
        if position.lower() not in _POSITIONS:
            row.error("position", "bad-value", "not a position", "write above or below, or leave it empty", position)
        unit = self._units.find(row, "comparator", name, what)
        cells = zip(("other_from", "other_to", "other_change"), (first, last, change), strict=True)
        numbers = Numbers(*(self._number(row, key, cell) for key, cell in cells))
        how = self._terms.find(row, "other_precision", "precision", precision) if precision else ""
        if not precision and not position and numbers == (None, None, None):
            how = f"{BASE}precision/in-words"
        return Comparator(unit, numbers, how, position.lower())

    def _number(self, row: Row, key: str, cell: str) -> Decimal | None:
        if not cell:
            return None
        try:
            return read_number(cell, decimal_comma=row.decimal_comma)
        except BadValueError as error:
            row.error(key, error.code, error.message, error.hint, cell)
            return None

    def _period(self, row: Row, key: str) -> Period | None:
        cell = row[key]
        if cell and cell not in self._periods:
            try:
                self._periods[cell] = self._new_period(row, key, cell)
            except BadValueError as error:
                row.error(key, error.code, error.message, error.hint)
        return self._periods.get(cell)

    def _new_period(self, row: Row, key: str, cell: str) -> Period:
        label, iri = self._draft.read_name(row, key, cell)
        iri = iri or next(iter(self._index.find("period", label)), "")
        if iri:
            return Period(label or local_name(iri), iri, None, None)
        period = read_period(label)
        if period is None:
            undated = fold(label) == "undated"
            iri = f"{BASE}period/undated" if undated else self._draft.namespace.new("period", label)
            period = Period(label, iri, None, None)
        return period

    def warn_of_direction(self, row: Row, figure: Figure, direction: str) -> None:
        """Warn of a direction that the figure does not bear out, unless it is compared with another.

        :param direction: local name
        """
        first, last, change = figure.numbers
        if change is None and first is not None and last is not None:
            change = last - first
        if not change or figure.comparators or direction not in ("improved", "worsened", "unchanged"):
            return
        better = self._index.better.get(figure.measure, "")
        is_better = (change > 0) == (better == "higher")
        if direction == "unchanged" or (better and is_better != (direction == "improved")):
            moved = "rose" if change > 0 else "fell"
            message = f"the figure {moved} by {abs(change)}"
            row.warn("direction", "direction-differs", message, "compare both with the source")

    def write(self, iri: str, figure: Figure, kind: Pair, who: Pairs, more: Pairs, passages: Sequence[str]) -> None:
        """Write a figure and what it is compared with.

        :param kind: kind of evidence
        :param who: whose figure it is
        :param more: paraphrase, note and passages
        """
        name = self._out.name
        others = {f"{iri}-comparator{_suffix(index)}": each for index, each in enumerate(figure.comparators)}
        compared = []
        for position, property_ in _POSITIONS.items():
            compared.append((property_, [name(other) for other, each in others.items() if each.position == position]))
        own = [kind, *who, ("nlc:about", name(figure.subject))]
        precision = ("nlc:precision", name(figure.precision))
        self._write_one(iri, figure, figure.numbers, own, [*compared, precision, *more], passages)
        for other, comparator in others.items():
            theirs = [kind, ("nlc:about", name(comparator.unit))]
            precision = ("nlc:precision", name(comparator.precision))
            stated = ("nlc:statedIn", self._out.names(passages))
            self._write_one(other, figure, comparator.numbers, theirs, [precision, stated], passages)

    def _write_one(
        self, iri: str, figure: Figure, numbers: Numbers, pairs: Pairs, more: Pairs, passages: Sequence[str]
    ) -> None:
        name = self._out.name
        pairs = [*pairs, ("nlc:measures", name(figure.measure))]
        values: list[tuple[str, str]]
        if figure.start and figure.end:
            class_, levels = "nlc:Change", self._write_levels(iri, figure, numbers, pairs, passages)
            periods = [("nlc:fromPeriod", name(figure.start.iri)), ("nlc:toPeriod", name(figure.end.iri))]
            values = [*periods, *levels, ("nlc:value", _decimal(numbers.change))]
        else:
            class_, period = "nlc:Level", figure.start or figure.end
            value = numbers.last if numbers.last is not None else numbers.first
            values = [("nlc:atPeriod", name(period.iri if period else "")), ("nlc:value", _decimal(value))]
        self._out.add(EVIDENCE, iri, class_, [*pairs, *values, ("nlc:measurementUnit", name(figure.unit)), *more])

    def _write_levels(
        self, iri: str, figure: Figure, numbers: Numbers, pairs: Pairs, passages: Sequence[str]
    ) -> list[tuple[str, str]]:
        """Write the two levels of a change, as far as they are given; return the pairs that refer to them."""
        name = self._out.name
        in_points = figure.unit == f"{BASE}unit/percentage-points"
        unit = f"{BASE}unit/percent" if in_points else figure.unit
        found = []
        ends = (
            ("nlc:startLevel", "from", figure.start, numbers.first),
            ("nlc:endLevel", "to", figure.end, numbers.last),
        )
        for property_, suffix, period, value in ends:
            if value is not None and period is not None:
                found.append((property_, name(f"{iri}-{suffix}")))
                self._out.add(EVIDENCE, f"{iri}-{suffix}", "nlc:Level", [
                    *pairs,
                    ("nlc:atPeriod", name(period.iri)),
                    ("nlc:value", _decimal(value)),
                    ("nlc:measurementUnit", name(unit)),
                    ("nlc:statedIn", self._out.names(passages)),
                ])  # fmt: skip
        return found

    def write_periods(self) -> None:
        """Write the periods that the graph does not have."""
        new = {period.iri: period for period in self._periods.values() if period.iri not in self._index.labels}
        for iri, period in new.items():
            years = [("nlc:startYear", str(period.start or "")), ("nlc:endYear", str(period.end or ""))]
            self._out.add(PERIODS, iri, "nlc:Period", [("rdfs:label", text(period.label)), *years])


def _is_change(numbers: Numbers) -> bool:
    return numbers.change is not None or (numbers.first is not None and numbers.last is not None)


def _suffix(index: int) -> str:
    return f"-{index + 1}" if index else ""


def _decimal(value: Decimal | None) -> str:
    """Return a number as a term, always with a decimal point, so that all have one datatype."""
    if value is None:
        return ""
    plain = f"{value:f}"
    return plain if "." in plain else f"{plain}.0"
