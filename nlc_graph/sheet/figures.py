"""Figures in a sheet: levels at one period, changes between two, and what they are compared with."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from ..graph.names import fold
from ..vocabulary import BASE, local_name
from .agreement import OWN_VALUES, Values, check_direction, check_figure, check_position, check_range, check_sum
from .names import Names, Namespace, label_and_name
from .rows import At, Row
from .terms import Terms
from .turtle import Turtle, number, text
from .units import Units
from .values import Period, ValueMistakeError, last_likely_year, read_number, read_period

EVIDENCE, PERIODS = "Evidence", "Periods"
Pairs = list[tuple[str, str | Sequence[str]]]
_THEIRS = {"other_from": "from_value", "other_to": "to_value", "other_change": "change"}
_POSITIONS = {"above": "nlc:aboveComparator", "below": "nlc:belowComparator", "": "nlc:comparedWith"}


class Reading(NamedTuple):
    """What a row says of a figure.

    :param others: whom it is compared with, their values, how exact they are, and the position: above, below or empty
    """

    subject: str
    measure: str
    unit: str
    precision: str
    start: Period | None
    end: Period | None
    values: Values
    others: list[tuple[str, Values, str, str]]


class Figures:
    """The figures of rows."""

    def __init__(self, names: Names, own: Namespace, out: Turtle, terms: Terms, units: Units) -> None:
        self._names, self._own, self._out, self._terms, self._units = names, own, out, terms, units
        self._periods: dict[str, Period] = {}
        self._written: set[str] = set()
        self._known: dict[tuple[object, ...], tuple[Decimal, At]] = {}

    def make(
        self, row: Row, iri: str, units: Sequence[str], about: Pairs, told: Pairs, passages: Sequence[str]
    ) -> bool:
        """Write the figure of a row and what it is compared with; return whether nothing is wrong.

        :param about: kind and voices of the evidence
        :param told: paraphrase, note and passages
        """
        read = self.read(row, units)
        if read is None:
            return False
        subject, measure, unit, precision, start, end, values, others = read
        self._contradicts(row, (subject, measure, unit), start, end, values, passages)
        if row["direction"] and row["bearing"].lower() in ("", "supports") and not others:
            direction = local_name(self._terms.one(row, "direction", "direction"))
            check_direction(row, direction, self._names.better.get(measure, ""), values)
        what = [("nlc:about", self._out.name(subject)), ("nlc:measures", self._out.name(measure))]
        pairs = [*about, *what]
        told = [("nlc:precision", self._out.name(precision) if precision else ""), *told]
        beside: Pairs = [
            (
                _POSITIONS[position],
                [
                    self._out.name(f"{iri}-comparator{_suffix(i)}")
                    for i, each in enumerate(others)
                    if each[3] == position
                ],
            )
            for position in _POSITIONS
        ]
        self._write(iri, pairs, unit, start, end, values, [*beside, *told], passages)
        for index, (other, numbers, how, _) in enumerate(others):
            other_pairs = [*about[:1], ("nlc:about", self._out.name(other)), what[1]]
            extra: Pairs = [
                ("nlc:precision", self._out.name(how) if how else ""),
                ("nlc:statedIn", self._out.names(passages)),
            ]
            self._write(f"{iri}-comparator{_suffix(index)}", other_pairs, unit, start, end, numbers, extra, passages)
        return True

    def read(self, row: Row, units: Sequence[str]) -> Reading | None:
        """Return what a row says of a figure; None, with mistakes noted, where that cannot be told.

        :param units: whom the row is about; empty where that is not known for another reason
        """
        before = len(row.mistakes)
        measure = self._terms.one(row, "measure", "indicator")
        unit = self._terms.one(row, "measured_in", "unit-of-measure", required=True)
        precision = self._terms.one(row, "precision", "precision")
        subject = self._units.of_figure(row) if row["figure_for"] else "".join(units[:1])
        if not row["figure_for"] and len(units) > 1:
            row.wrong("figure_for", "missing: the row is about several", "say whose figure it is")
        legible = len(row.mistakes)
        start, end = self._period(row, "from_period"), self._period(row, "to_period")
        values = {key: self._number(row, key) for key in OWN_VALUES}
        cells = self._cells(row)
        if len(row.mistakes) > legible:
            return None  # what follows from a number or period that cannot be read would only confuse
        check_figure(row, start, end, values, local_name(unit), local_name(precision))
        others = self._comparators(row, start, end, subject, values, cells, local_name(unit))
        if len(row.mistakes) > before or not (measure and unit and subject):
            return None
        return Reading(subject, measure, unit, precision, start, end, values, others)

    def check_cells(self, row: Row) -> None:
        """Note the cells that cannot be read, where for another reason no figure can be made of them."""
        self._terms.one(row, "measured_in", "unit-of-measure")
        for key in ("from_period", "to_period"):
            self._period(row, key)
        for key in OWN_VALUES:
            self._number(row, key)
        self._cells(row)

    def _write(
        self, iri: str, pairs: Pairs, unit: str, start: Period | None, end: Period | None,
        values: Values, told: Pairs, passages: Sequence[str],
    ) -> None:  # fmt: skip
        name, out = self._out.name, self._out
        if start is None or end is None:
            at = start or end
            value = values["to_value"] if values["to_value"] is not None else values["from_value"]
            if at is not None:
                out.add(
                    EVIDENCE,
                    iri,
                    "nlc:Level",
                    [
                        *pairs,
                        ("nlc:atPeriod", name(at.iri)),
                        ("nlc:value", _number(value)),
                        ("nlc:measurementUnit", name(unit)),
                        *told,
                    ],
                )
            return
        levels: Pairs = []
        in_levels = f"{BASE}unit/percent" if unit == f"{BASE}unit/percentage-points" else unit
        for key, property_, end_name, at in (
            ("from_value", "nlc:startLevel", "from", start),
            ("to_value", "nlc:endLevel", "to", end),
        ):
            if values[key] is not None:
                levels.append((property_, name(f"{iri}-{end_name}")))
                out.add(
                    EVIDENCE,
                    f"{iri}-{end_name}",
                    "nlc:Level",
                    [
                        *pairs,
                        ("nlc:atPeriod", name(at.iri)),
                        ("nlc:value", _number(values[key])),
                        ("nlc:measurementUnit", name(in_levels)),
                        ("nlc:statedIn", out.names(passages)),
                    ],
                )
        out.add(EVIDENCE, iri, "nlc:Change", [
            *pairs, ("nlc:fromPeriod", name(start.iri)), ("nlc:toPeriod", name(end.iri)), *levels,
            ("nlc:value", _number(values["change"])), ("nlc:measurementUnit", name(unit)), *told,
        ])  # fmt: skip

    def _cells(self, row: Row) -> dict[str, list[tuple[str, Decimal | None]]]:
        """Return for each column of values the comparators' cells and the numbers in them."""
        count = len(row.values_of("comparator"))
        found = {key: row.aligned(key, count) if count else row.values_of(key) for key in _THEIRS}
        return {key: [(cell, self._number(row, key, cell)) for cell in cells] for key, cells in found.items()}

    def _comparators(
        self, row: Row, start: Period | None, end: Period | None, subject: str, own: Values,
        numbers: dict[str, list[tuple[str, Decimal | None]]], unit: str,
    ) -> list[tuple[str, Values, str, str]]:  # fmt: skip
        names = row.values_of("comparator")
        if not names:
            for key in (*_THEIRS, "position", "other_precision", "other_kind"):
                if row[key]:
                    row.wrong(key, "there is no comparator", "name it under 'comparator', or remove this")
                    break
            return []
        if start is None and end is None:
            row.wrong(
                "comparator",
                "a comparator without its period",
                "give the period of both figures; 'undated' if none is given",
            )
            return []
        found = []
        cells = {key: row.aligned(key, len(names)) for key in ("other_precision", "other_kind", "position")}
        for index, name in enumerate(names):
            position = cells["position"][index].lower()
            if position not in _POSITIONS:
                row.wrong("position", "no such position", "write above or below, or leave it empty", position)
                continue
            values = {own_key: numbers[key][index][1] for key, own_key in _THEIRS.items()}
            check_range(row, {key: numbers[key][index][1] for key in _THEIRS}, unit, "other_change")
            other = self._units.find(row, "comparator", name, cells["other_kind"][index] or "", outside=True)
            how = (
                self._terms.find(row, "other_precision", "precision", cells["other_precision"][index])
                if cells["other_precision"][index]
                else ""
            )
            if local_name(how) in ("", "as-stated"):
                check_sum(row, "other_change", values, unit)
            if other and subject and (other == subject or fold(name) == fold(self._names.labels[subject])):
                row.wrong("comparator", "compared with itself", "name whose figure it is compared with", name)
            if (start is None) != (end is None) and (
                values["change"] is not None or (values["from_value"] is not None and values["to_value"] is not None)
            ):
                row.wrong("other_change", "a comparator without its period", "give 'from period' and 'to period'")
            if (
                start
                and end
                and values["change"] is None
                and (values["from_value"] is None) != (values["to_value"] is None)
            ):
                row.wrong(
                    "other_from" if values["from_value"] is None else "other_to",
                    "missing",
                    "give both levels of the comparator, or its change",
                )
            empty = all(value is None for value in values.values())
            if empty and not position and local_name(how) != "in-words":
                if local_name(how):
                    row.wrong(
                        "other_to",
                        "missing",
                        "give the comparator's figure, or 'in words only' under 'comparator precision'",
                    )
                how = f"{BASE}precision/in-words"
            check_position(row, position, own, values)
            found.append((other, values, how, position))
        return found if all(each[0] for each in found) else []

    def _contradicts(
        self, row: Row, key: tuple[str, ...], start: Period | None, end: Period | None,
        values: Values, passages: Sequence[str],
    ) -> None:  # fmt: skip
        for name, at in (("from_value", start if start else None), ("to_value", end or start)):
            value = values[name]
            if value is None or at is None:
                continue
            same = (*key, at.iri, tuple(passages), row["kind"], row["precision"])
            before, first = self._known.setdefault(same, (value, row.at))
            if before != value:
                row.wrong(
                    name,
                    f"{row.named(first)} says {before} for the same",
                    "compare both with the source and correct one",
                )

    def _number(self, row: Row, key: str, cell: str | None = None) -> Decimal | None:
        cell = row[key] if cell is None else cell
        if not cell:
            return None
        try:
            return read_number(cell, comma=row.comma)
        except ValueMistakeError as error:
            row.wrong(key, error.problem, error.remedy, cell)
            return None

    def _period(self, row: Row, key: str) -> Period | None:
        cell = row[key]
        if not cell:
            return None
        if cell not in self._periods:
            try:
                period = self._named_period(row, key, cell)
            except ValueMistakeError as error:
                row.wrong(key, error.problem, error.remedy)
                return None
            self._periods[cell] = period
            if period.iri not in self._written and period.iri not in self._names.labels:
                self._written.add(period.iri)
                years = [("nlc:startYear", str(period.start or "")), ("nlc:endYear", str(period.end or ""))]
                self._out.add(PERIODS, period.iri, "nlc:Period", [("rdfs:label", text(period.label)), *years])
        period = self._periods[cell]
        if period.start and period.start > last_likely_year() and fold(row["link"]) != "intended":
            row.wrong(
                key, "in years to come", "compare it with the source; only an intended outcome may be told of them"
            )
        return period

    def _named_period(self, row: Row, key: str, cell: str) -> Period:
        label, identifier = label_and_name(cell)
        iri = self._names.iri(identifier) if identifier else ""
        if iri is None:
            raise ValueMistakeError(
                f"{identifier!r} is no identifier", "write a web address or one with a known prefix, or none"
            )
        found = self._names.find("period", label)
        period = None if iri else read_period(label) if not found else None
        if period:
            return period
        if found and not iri:
            try:
                years = read_period(label)
            except ValueMistakeError:
                years = None
            return Period(label, found[0], years.start if years else None, years.end if years else None)
        if not iri:
            iri = f"{BASE}period/undated" if label.casefold() == "undated" else self._own.new("period", label)
        return Period(label or local_name(iri), iri, None, None)


def _number(value: Decimal | None) -> str:
    return "" if value is None else number(f"{value:f}")


def _suffix(index: int) -> str:
    return "" if index == 0 else f"-{index + 1}"
