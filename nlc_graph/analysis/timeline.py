"""Figures by indicator and period, against their comparators, before and after the network was formed."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from ..evidence.impacts import PREFIX
from ..evidence.statistics import WORKED_OUT, amount, bound, precision_of_difference, precision_of_size, unit_of_change
from ..graph.graph import Graph
from ..table import Ref, Value, as_number
from .findings import Findings, part

#: One row a statistic, comparator and network. Comparators of no network are not listed for themselves.
FIGURES = (
    PREFIX
    + """
SELECT DISTINCT ?figure ?type ?unit ?indicator ?at ?from ?to ?begins ?year ?value ?stated ?computed ?measure ?precision
  ?startPrecision ?endPrecision ?position ?other ?comparator ?compared ?otherMeasure ?otherStated ?otherComputed
  ?otherChange ?otherPrecision ?otherStartPrecision ?otherEndPrecision ?network ?formed WHERE {
  VALUES ?type { nlc:Level nlc:Change }
  ?figure a ?type ; nlc:about ?unit ; nlc:measures ?indicator ; nlc:measurementUnit ?measure .
  OPTIONAL { ?figure nlc:atPeriod ?at . OPTIONAL { ?at nlc:endYear ?atYear } }
  OPTIONAL {
    ?figure nlc:fromPeriod ?from ; nlc:toPeriod ?to .
    OPTIONAL { ?from nlc:endYear ?begins }
    OPTIONAL { ?to nlc:endYear ?toYear }
  }
  BIND(COALESCE(?atYear, ?toYear) AS ?year)
  OPTIONAL { ?figure nlc:value ?stated }
  OPTIONAL { ?figure nlc:computedValue ?computed }
  BIND(COALESCE(?stated, ?computed) AS ?value)
  OPTIONAL { ?figure nlc:precision ?precision }
  OPTIONAL { ?figure nlc:startLevel/nlc:precision ?startPrecision }
  OPTIONAL { ?figure nlc:endLevel/nlc:precision ?endPrecision }
  OPTIONAL {
    VALUES ?position { nlc:comparedWith nlc:aboveComparator nlc:belowComparator }
    ?figure ?position ?other .
    ?other nlc:about ?comparator .
    OPTIONAL { ?other nlc:measurementUnit ?otherMeasure }
    OPTIONAL { ?other a nlc:Change BIND(true AS ?otherChange) }
    OPTIONAL { ?other nlc:precision ?otherPrecision }
    OPTIONAL { ?other nlc:startLevel/nlc:precision ?otherStartPrecision }
    OPTIONAL { ?other nlc:endLevel/nlc:precision ?otherEndPrecision }
    OPTIONAL { ?other nlc:value ?otherStated }
    OPTIONAL { ?other nlc:computedValue ?otherComputed }
    BIND(COALESCE(?otherStated, ?otherComputed) AS ?compared)
  }
  OPTIONAL {
    ?unit (org:memberOf|nlc:within)* ?network .
    ?network a nlc:Network .
    OPTIONAL { ?network nlc:formedYear ?formed }
  }
  FILTER(
    BOUND(?network) || NOT EXISTS { ?own nlc:comparedWith|nlc:aboveComparator|nlc:belowComparator ?figure }
  )
}
"""
)
CLAIMS = (
    PREFIX
    + """
SELECT DISTINCT ?figure ?claim WHERE {
  { ?claim nlc:supportedBy|nlc:qualifiedBy|nlc:challengedBy ?figure }
  UNION
  { ?claim nlc:supportedBy|nlc:qualifiedBy|nlc:challengedBy ?change . ?change nlc:startLevel|nlc:endLevel ?figure }
  ?claim a nlc:Claim .
}
"""
)


class Dated(NamedTuple):
    """A figure.

    :param kind: ``level`` or ``change``
    :param period: label of its period, or of both
    :param year: calendar year in which the (later) period ends; None if not known
    :param measure: unit of the value; of a change that is worked out from two levels in per cent, percentage points
    :param value: the number, in ``measure``; None if the source gives it in words only
    :param position: what the source says of the comparator: ``above``, ``below`` or ``beside`` it
    :param difference: value less the comparator's, where both are numbers
    :param when: ``before``, ``in the year`` or ``after`` the network was formed, by the year in which its period ends;
        of a change that ends no earlier ``across`` if its first period ends before, ``since`` if in that year;
        empty if not known
    :param precision: of the value that the source states
    :param figure: value and measure in words, with how exact they are; of what is worked out, as far as the levels tell
    :param against: the comparator in words, and so the difference
    """

    indicator: Ref
    unit: Ref
    network: Ref | None
    kind: str
    period: str
    year: int | None
    value: float | None
    measure: Ref
    precision: Ref | None
    position: str
    comparator: Ref | None
    compared: float | None
    difference: float | None
    formed: int | None
    when: str
    figure: str
    against: str
    claims: tuple[Ref, ...]


#: What people are shown.
BRIEF = ("indicator", "unit", "period", "figure", "against", "when", "claims")


def timeline(graph: Graph, *, indicator: str = "", network: str = "") -> Findings:
    """List figures in the order of time, by indicator and unit.

    :param indicator: IRI of the only indicator to list; all when empty
    :param network: IRI of the only network to list, with its schools and groups; all when empty
    """
    graph.read_ahead(
        (FIGURES, CLAIMS),
        shown=tuple("indicator unit network at from to measure precision comparator".split()),
        things=[*(iri for iri in (indicator, network) if iri), *WORKED_OUT],
    )
    claims: dict[Value, set[Ref]] = {}
    for figure, claim in graph.select(CLAIMS).rows:
        claims.setdefault(figure, set()).add(Ref(str(claim)))
    rows = {
        _dated(graph, row, tuple(sorted(claims.get(row["figure"], ()))))
        for row in graph.select(FIGURES)
        if (not indicator or row["indicator"] == indicator) and (not network or row["network"] == network)
    }
    label = graph.names.label
    found = sorted(
        rows,
        key=lambda row: (
            label(row.indicator),
            label(row.unit),
            row.kind != "level",
            row.year is None,
            row.year or 0,
            row.period,
            str(row.comparator),
            str(row.value),
        ),
    )
    undated = sum(row.year is None for row in found)
    return Findings(
        "timeline",
        (part("figures", Dated, found, f"{undated} without a year" if undated else "", BRIEF),),
        (
            (
                "value",
                "as the source states it, or end less start where it gives two levels; empty where it speaks in words. "
                "The difference of levels in per cent is in percentage points, also where the source states that very "
                "number in per cent",
            ),
            ("year", "calendar year in which the period, or the later of two, ends"),
            (
                "difference",
                "value less the comparator's of the same figure; two changes compared: a difference in differences, if "
                "both are in one unit; at least, at most or not exactly so much where one of the two is a bound",
            ),
            (
                "when",
                "year against that in which the network was formed, if both are known; of a change, across: the first "
                "of its two periods ends before that year; since: it ends in that year",
            ),
            (
                "rows",
                "one a figure, comparator and network; a figure of no network that others are compared with stands "
                "beside them only; claims: those on which it, or a change between it and another figure, bears",
            ),
            (
                "mind",
                "figures of few schools over few years, chosen by those who report them: nothing here shows that a "
                "change is due to a network, and a figure from before it was formed cannot be",
            ),
        ),
    )


def _dated(graph: Graph, row: dict[str, Value], claims: tuple[Ref, ...]) -> Dated:
    label = graph.names.label
    begins, year, formed = (_year(row[name]) for name in ("begins", "year", "formed"))
    level = str(row["type"]).endswith("Level")
    value, compared = _exact(row["value"]), _exact(row["compared"])
    period = label(str(row["at"])) if row["at"] else f"{label(str(row['from']))} to {label(str(row['to']))}"
    words = {"aboveComparator": "above", "belowComparator": "below", "comparedWith": "beside"}
    position = words[str(row["position"]).rsplit("#", 1)[-1]] if row["position"] else ""
    measure, precision = _measured(row)
    other_measure, other_precision = _measured(row, "other")
    # Growth in per cent and percentage points give no difference.
    alike = level or measure == other_measure
    difference = value - compared if alike and value is not None and compared is not None else None
    against = f"{position} {label(str(row['comparator']))}" if row["comparator"] else ""
    if against and compared is not None:
        against += f" {bound(label, other_precision)}{amount(compared, is_change=bool(row['otherChange']))}"
        if difference is not None:
            by = bound(label, precision_of_difference(precision, other_precision))
            against += f" (by {by}{amount(difference, is_change=True)})"
    return Dated(
        Ref(str(row["indicator"])),
        Ref(str(row["unit"])),
        _iri(row["network"]),
        "level" if level else "change",
        period if row["at"] or row["from"] else "",
        year,
        float(value) if value is not None else None,
        measure,
        _iri(row["precision"]),
        position,
        _iri(row["comparator"]),
        float(compared) if compared is not None else None,
        float(difference) if difference is not None else None,
        formed,
        _when(year if level else begins, year, formed),
        "in words only"
        if value is None
        else f"{bound(label, precision)}{amount(value, is_change=not level)} {label(measure)}",
        against,
        claims,
    )


def _measured(row: dict[str, Value], whose: str = "") -> tuple[Ref, str | None]:
    """Return the unit of a figure's value and how exact it is; those of its comparator where ``whose`` is ``other``."""
    names = "measure stated computed precision startPrecision endPrecision".split()
    measure, *cells = (row[f"{whose}{name[0].upper()}{name[1:]}" if whose else name] for name in names)
    stated, computed = map(_exact, cells[:2])
    of_size, of_start, of_end = map(_iri, cells[2:])
    precision = precision_of_size(stated, computed, of_size, of_start, of_end)
    return unit_of_change(str(measure), stated, computed), precision


def _when(begins: int | None, year: int | None, formed: int | None) -> str:
    if year is None or formed is None:
        return ""
    if year < formed:
        return "before"
    if begins is None:
        return ""
    if begins < formed:
        return "across"
    return "in the year" if year == formed else "since" if begins == formed else "after"


def _exact(value: Value) -> Decimal | None:
    return None if as_number(value) is None else Decimal(str(value))


def _year(value: Value) -> int | None:
    number = as_number(value)
    return None if number is None else int(number)


def _iri(value: Value) -> Ref | None:
    return Ref(str(value)) if value is not None else None
