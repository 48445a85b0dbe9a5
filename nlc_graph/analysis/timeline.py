"""Figures by indicator and period, against their comparators, before and after the network was formed."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from ..graph import Graph
from ..links import PREFIX
from ..table import Iri, Value, as_number
from .findings import Findings, part

#: One row a statistic, comparator and network. Comparators of no network are not listed for themselves.
FIGURES = (
    PREFIX
    + """
SELECT DISTINCT ?figure ?type ?unit ?indicator ?at ?from ?to ?begins ?year ?value ?measure ?precision
  ?position ?other ?comparator ?compared ?network ?formed WHERE {
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
  OPTIONAL {
    VALUES ?position { nlc:comparedWith nlc:aboveComparator nlc:belowComparator }
    ?figure ?position ?other .
    ?other nlc:about ?comparator .
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
    :param value: the number, in ``measure``; None if the source gives it in words only
    :param position: what the source says of the comparator: ``above``, ``below`` or ``beside`` it
    :param difference: value less the comparator's, where both are numbers
    :param when: ``before``, ``in the year`` or ``after`` the network was formed, by the year in which its period ends;
        of a change that ends no earlier ``across`` if its first period ends before, ``since`` if in that year;
        empty if not known
    :param figure: value and measure in words
    :param against: the comparator in words
    """

    indicator: Iri
    unit: Iri
    network: Iri | None
    kind: str
    period: str
    year: int | None
    value: float | None
    measure: Iri
    precision: Iri | None
    position: str
    comparator: Iri | None
    compared: float | None
    difference: float | None
    formed: int | None
    when: str
    figure: str
    against: str
    claims: tuple[Iri, ...]


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
        things=[iri for iri in (indicator, network) if iri],
    )
    claims: dict[Value, set[Iri]] = {}
    for figure, claim in graph.select(CLAIMS).rows:
        claims.setdefault(figure, set()).add(Iri(str(claim)))
    rows = {
        _dated(graph, row, tuple(sorted(claims.get(row["figure"], ()))))
        for row in graph.select(FIGURES)
        if (not indicator or row["indicator"] == indicator) and (not network or row["network"] == network)
    }
    label = graph.things.label
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
                "as the source states it, or end less start where it gives two levels; empty where it speaks in words",
            ),
            ("year", "calendar year in which the period, or the later of two, ends"),
            (
                "difference",
                "value less the comparator's of the same figure; two changes compared: a difference in differences",
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


def _dated(graph: Graph, row: dict[str, Value], claims: tuple[Iri, ...]) -> Dated:
    label = graph.things.label
    begins, year, formed = (_year(row[name]) for name in ("begins", "year", "formed"))
    level = str(row["type"]).endswith("Level")
    value, compared = _exact(row["value"]), _exact(row["compared"])
    period = label(str(row["at"])) if row["at"] else f"{label(str(row['from']))} to {label(str(row['to']))}"
    words = {"aboveComparator": "above", "belowComparator": "below", "comparedWith": "beside"}
    position = words[str(row["position"]).rsplit("#", 1)[-1]] if row["position"] else ""
    difference = value - compared if value is not None and compared is not None else None
    return Dated(
        Iri(str(row["indicator"])),
        Iri(str(row["unit"])),
        _iri(row["network"]),
        "level" if level else "change",
        period if row["at"] or row["from"] else "",
        year,
        float(value) if value is not None else None,
        Iri(str(row["measure"])),
        _iri(row["precision"]),
        position,
        _iri(row["comparator"]),
        float(compared) if compared is not None else None,
        float(difference) if difference is not None else None,
        formed,
        _when(year if level else begins, year, formed),
        f"{float(value):{'g' if level else '+g'}} {label(str(row['measure']))}"
        if value is not None
        else "in words only",
        _against(position, label(str(row["comparator"])) if row["comparator"] else "", compared, difference),
        claims,
    )


def _against(position: str, comparator: str, compared: Decimal | None, difference: Decimal | None) -> str:
    if not comparator:
        return ""
    number = f" {float(compared):g}" if compared is not None else ""
    return f"{position} {comparator}{number}" + (f" (by {float(difference):+g})" if difference is not None else "")


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


def _iri(value: Value) -> Iri | None:
    return Iri(str(value)) if value is not None else None
