"""List figures by indicator and period, with comparators, before and after a network was formed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from ..evidence.statistics import amount, as_ref, bound, precision_of_difference, precision_of_size, unit_of_change
from ..graph.graph import Graph
from ..table import Ref, Value, as_number
from .claims import read_pairs, to_ref
from .findings import Findings, to_table

FIGURES = """
SELECT DISTINCT ?figure ?type ?unit ?indicator ?measure ?at ?from ?to ?begins ?year ?stated ?computed
  ?precision ?startPrecision ?endPrecision WHERE {
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
  OPTIONAL { ?figure nlc:precision ?precision }
  OPTIONAL { ?figure nlc:startLevel/nlc:precision ?startPrecision }
  OPTIONAL { ?figure nlc:endLevel/nlc:precision ?endPrecision }
}
"""
NETWORKS = """
SELECT DISTINCT ?unit ?network ?formed WHERE {
  ?network a nlc:Network .
  ?unit (org:memberOf|nlc:within)* ?network .
  OPTIONAL { ?network nlc:formedYear ?formed }
}
"""
#: How the source says that a figure stands to its comparator.
POSITIONS = {"above": "nlc:aboveComparator", "below": "nlc:belowComparator", "beside": "nlc:comparedWith"}


COLUMNS = (
    "indicator unit network kind period year value measure precision position comparator compared difference formed"
    " when figure against claims"
).split()

Label = Callable[[str], str]


class Figure(NamedTuple):
    """A level or a change.

    :param stated_precision: how exact the source says the value is; ``precision`` also uses that of two levels
    :param begins: year in which the first of two periods ends; of a level that of its period
    """

    iri: Ref
    unit: Ref
    indicator: Ref
    is_change: bool
    value: Decimal | None
    measure: Ref
    precision: str | None
    stated_precision: Ref | None
    periods: tuple[Ref, ...]
    begins: int | None
    year: int | None


class Comparison(NamedTuple):
    """A figure beside a comparator, for a network; without either if there is none."""

    figure: Figure
    network: Ref | None = None
    formed: int | None = None
    position: str = ""
    other: Figure | None = None

    @property
    def difference(self) -> Decimal | None:
        """Return the value less that of the comparator; None for changes in different units, or without numbers."""
        figure, other = self.figure, self.other
        if other is None or figure.value is None or other.value is None:
            return None
        return None if figure.is_change and figure.measure != other.measure else figure.value - other.value


def find_figures(graph: Graph, *, indicator: str = "", network: str = "") -> Findings:
    """List figures in the order of time, by indicator and unit.

    :param indicator: IRI of the only indicator to list; all when empty
    :param network: IRI of the only network to list, with its schools and groups; all when empty
    """
    label, claims = graph.names.label, _read_claims(graph)
    found = [
        each
        for each in _read_comparisons(graph)
        if indicator in ("", each.figure.indicator) and network in ("", each.network)
    ]
    found.sort(key=lambda each: _order(label, each))
    rows = list(dict.fromkeys(_row(label, each, tuple(sorted(claims[each.figure.iri]))) for each in found))
    numbers = {"figures": len(rows), "without year": sum(row[COLUMNS.index("year")] is None for row in rows)}
    return Findings("timeline", {"figures": to_table(COLUMNS, rows)}, numbers)


def find_phase(begins: int | None, year: int | None, formed: int | None) -> str:
    """Return when a figure is from: before, in or after the year in which its network was formed.

    >>> find_phase(2000, 2004, formed=2002), find_phase(2004, 2004, formed=2002)
    ('across', 'after')
    """
    if year is None or formed is None:
        return ""
    if year < formed:
        return "before"
    if begins is None:
        return ""
    if begins < formed:
        return "across"
    if year == formed:
        return "in the year"
    return "since" if begins == formed else "after"


def _read_comparisons(graph: Graph) -> Iterator[Comparison]:
    """Yield figures by network and comparator; those of no network only if no other figure is compared with them."""
    figures = {figure.iri: figure for figure in map(_read_figure, graph.select(FIGURES))}
    networks: dict[Value, list[tuple[Ref | None, int | None]]] = defaultdict(list)
    for unit, network, formed in graph.select(NETWORKS).rows:
        networks[unit].append((to_ref(network), _year(formed)))
    comparators: dict[Ref, list[tuple[str, Figure | None]]] = defaultdict(list)
    compared: set[Ref] = set()
    for position, path in POSITIONS.items():
        for iri, others in read_pairs(graph, path).items():
            comparators[iri] += [(position, figures[other]) for other in others if other in figures]
            compared.update(others)
    for iri, figure in figures.items():
        for of, formed in networks.get(figure.unit, [] if iri in compared else [(None, None)]):
            for position, other in comparators.get(iri) or [("", None)]:
                yield Comparison(figure, of, formed, position, other)


def _read_figure(row: Mapping[str, Value]) -> Figure:
    stated, computed = _decimal(row["stated"]), _decimal(row["computed"])
    precision, start, end = (as_ref(row[name]) for name in ("precision", "startPrecision", "endPrecision"))
    is_level = str(row["type"]).endswith("Level")
    year = _year(row["year"])
    return Figure(
        to_ref(row["figure"]),
        to_ref(row["unit"]),
        to_ref(row["indicator"]),
        is_change=not is_level,
        value=computed if stated is None else stated,
        measure=unit_of_change(str(row["measure"]), stated, computed),
        precision=precision_of_size(stated, computed, precision, start, end),
        stated_precision=precision,
        periods=tuple(to_ref(row[name]) for name in ("at", "from", "to") if row[name]),
        begins=year if is_level else _year(row["begins"]),
        year=year,
    )


def _read_claims(graph: Graph) -> dict[Ref, set[Ref]]:
    """Return the claims on which each figure bears, itself or through a change that starts or ends at it."""
    bearing = read_pairs(graph, "^(nlc:supportedBy|nlc:qualifiedBy|nlc:challengedBy)")
    found = defaultdict(set, {figure: set(claims) for figure, claims in bearing.items()})
    for level, changes in read_pairs(graph, "^(nlc:startLevel|nlc:endLevel)").items():
        found[level].update(claim for change in changes for claim in bearing.get(change, ()))
    return found


def _order(label: Label, each: Comparison) -> tuple[object, ...]:
    figure = each.figure
    return (
        label(figure.indicator),
        label(figure.unit),
        figure.is_change,
        figure.year is None,
        figure.year or 0,
        _period(label, figure),
        str(each.other and each.other.unit),
        str(_float(figure.value)),
        str(each.network),
        figure.iri,
    )


def _row(label: Label, each: Comparison, claims: tuple[Ref, ...]) -> tuple[Any, ...]:
    figure, other = each.figure, each.other
    return (
        figure.indicator,
        figure.unit,
        each.network,
        "change" if figure.is_change else "level",
        _period(label, figure),
        figure.year,
        _float(figure.value),
        figure.measure,
        figure.stated_precision,
        each.position,
        other.unit if other else None,
        _float(other.value) if other else None,
        _float(each.difference),
        each.formed,
        find_phase(figure.begins, figure.year, each.formed),
        _number(label, figure, measure=label(figure.measure)) or "in words only",
        _against(label, each),
        claims,
    )


def _against(label: Label, each: Comparison) -> str:
    """Return the comparator and the difference in words."""
    if each.other is None:
        return ""
    text = f"{each.position} {label(each.other.unit)} {_number(label, each.other)}".rstrip()
    if each.difference is None:
        return text
    precision = bound(label, precision_of_difference(each.figure.precision, each.other.precision))
    return f"{text} (by {precision}{amount(each.difference, is_change=True)})"


def _number(label: Label, figure: Figure, measure: str = "") -> str:
    if figure.value is None:
        return ""
    return f"{bound(label, figure.precision)}{amount(figure.value, is_change=figure.is_change)} {measure}".rstrip()


def _period(label: Label, figure: Figure) -> str:
    return " to ".join(map(label, figure.periods))


def _decimal(value: Value) -> Decimal | None:
    return None if as_number(value) is None else Decimal(str(value))


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _year(value: Value) -> int | None:
    number = as_number(value)
    return None if number is None else int(number)
