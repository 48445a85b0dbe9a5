"""Figures in a sheet: a level at one period, a change between two, and what they are compared with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
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
_OF_COMPARATORS = ("other_from", "other_to", "other_change", "other_precision", "other_kind", "position")
_POSITIONS = {"above": "nlc:aboveComparator", "below": "nlc:belowComparator", "": "nlc:comparedWith"}


class Numbers(NamedTuple):
    """The earlier level, the later or only level, and the stated change; None if not given."""

    first: Decimal | None
    last: Decimal | None
    change: Decimal | None


@dataclass(frozen=True)
class Figure:
    """A figure: a change if it has both periods, else a level.

    :param compared: figures of others for the same measure and periods, each with "above" or "below" as the source
        states it, or empty
    """

    subject: str
    measure: str
    unit: str
    start: Period | None
    end: Period | None
    numbers: Numbers
    precision: str
    compared: list[tuple[str, Figure]] = field(default_factory=list)

    def is_change(self) -> bool:
        """Return whether the numbers are those of a change."""
        first, last, change = self.numbers
        return change is not None or (first is not None and last is not None)


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
        figure = Figure(subject, measure, unit, start, end, numbers, precision)
        figure.compared.extend(self._read_compared(row, figure))
        self._check_periods(row, figure)
        return figure if len(row.errors) == before and subject else None

    def _check_periods(self, row: Row, figure: Figure) -> None:
        """Note a missing period: without it a number would have no place in the graph."""
        hint = "give a year or school year; 'undated' if the source gives none"
        has_change = any(each.is_change() for each in (figure, *(other for _, other in figure.compared)))
        if not row["from_period"] and not row["to_period"]:
            row.error("to_period", "missing", "missing", hint)
        elif has_change and not (row["from_period"] and row["to_period"]):
            missing = "to_period" if row["from_period"] else "from_period"
            row.error(missing, "missing", "missing: a change has two periods", hint)

    def _read_compared(self, row: Row, figure: Figure) -> Iterator[tuple[str, Figure]]:
        """Yield what a figure is compared with."""
        names = row.values_of("comparator")
        cells = {key: row.aligned(key, len(names)) for key in _OF_COMPARATORS}
        for index, name in enumerate(names):
            position = cells["position"][index].lower()
            if position not in _POSITIONS:
                row.error(
                    "position", "bad-value", "not a position", "write above or below, or leave it empty", position
                )
            unit = self._units.find(row, "comparator", name, cells["other_kind"][index])
            keys = ("other_from", "other_to", "other_change")
            numbers = Numbers(*(self._number(row, key, cells[key][index]) for key in keys))
            precision = cells["other_precision"][index]
            how = self._terms.find(row, "other_precision", "precision", precision) if precision else ""
            if not precision and not position and numbers == (None, None, None):
                how = f"{BASE}precision/in-words"
            yield position, replace(figure, subject=unit, numbers=numbers, precision=how, compared=[])

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
        if not change or figure.compared or direction not in ("improved", "worsened", "unchanged"):
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
        name, stated = self._out.name, ("nlc:statedIn", self._out.names(passages))
        found: dict[str, list[str]] = {}
        for index, (position, other) in enumerate(figure.compared, 1):
            other_iri = f"{iri}-comparator{f'-{index}' if index > 1 else ''}"
            found.setdefault(_POSITIONS[position], []).append(name(other_iri))
            self._write_one(other_iri, other, [kind], [stated], passages)
        self._write_one(iri, figure, [kind, *who], [*found.items(), *more], passages)

    def _write_one(self, iri: str, figure: Figure, pairs: Pairs, more: Pairs, passages: Sequence[str]) -> None:
        name, numbers = self._out.name, figure.numbers
        pairs = [*pairs, ("nlc:about", name(figure.subject)), ("nlc:measures", name(figure.measure))]
        values: list[tuple[str, str]]
        if figure.start and figure.end:
            class_, levels = "nlc:Change", self._write_levels(iri, figure, pairs, passages)
            periods = [("nlc:fromPeriod", name(figure.start.iri)), ("nlc:toPeriod", name(figure.end.iri))]
            values = [*periods, *levels, ("nlc:value", _decimal(numbers.change))]
        else:
            class_, period = "nlc:Level", figure.start or figure.end
            value = numbers.last if numbers.last is not None else numbers.first
            values = [("nlc:atPeriod", name(period.iri if period else "")), ("nlc:value", _decimal(value))]
        values += [("nlc:measurementUnit", name(figure.unit)), ("nlc:precision", name(figure.precision))]
        self._out.add(EVIDENCE, iri, class_, [*pairs, *values, *more])

    def _write_levels(self, iri: str, figure: Figure, pairs: Pairs, passages: Sequence[str]) -> list[tuple[str, str]]:
        """Write the two levels of a change, as far as they are given; return the pairs that refer to them."""
        name = self._out.name
        in_points = figure.unit == f"{BASE}unit/percentage-points"
        unit = f"{BASE}unit/percent" if in_points else figure.unit
        found = []
        ends = (
            ("nlc:startLevel", "from", figure.start, figure.numbers.first),
            ("nlc:endLevel", "to", figure.end, figure.numbers.last),
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


def _decimal(value: Decimal | None) -> str:
    """Return a number as a term, always with a decimal point, so that all have one datatype."""
    if value is None:
        return ""
    plain = f"{value:f}"
    return plain if "." in plain else f"{plain}.0"
