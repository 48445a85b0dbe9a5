"""The result of a measure, and how it is written as rows, as JSON and with labels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from .. import resources
from ..evidence.enquiries import origins_of_rows
from ..graph.graph import Graph
from ..graph.names import NameIndex
from ..table import Ref, Table

#: Members of a list that a table with labels shows before it says how many more there are.
SHOWN = 3


@dataclass(frozen=True)
class Findings:
    """The tables of one measure.

    A cell is a number, a text, an IRI (:class:`~nlc_graph.table.Ref`), or a tuple of IRIs or texts. The column
    ``claims`` holds the claims on which a row rests. ``docs/measures.md`` defines every column and number.

    :param measure: name of the command
    :param tables: tables by name
    :param numbers: what describes the tables as a whole, by name
    :param warnings: reasons not to rely on a table, one sentence each
    :param order: the column that decides the order of a ranking
    """

    measure: str
    tables: Mapping[str, Table]
    numbers: Mapping[str, int | float] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    order: str = ""


def to_table(columns: Sequence[str], rows: Iterable[Iterable[Any]]) -> Table:
    """Return rows as a table; cells may be tuples."""
    return Table(tuple(columns), tuple(map(tuple, rows)))


def read_explanation(measure: str) -> str:
    """Return the section on a measure from ``docs/measures.md``; its first paragraph says what is counted."""
    sections = resources.read_text(resources.measures_file()).split("\n## ")
    return next(section.strip() for section in sections if section.startswith(f"{measure}: "))


def with_enquiries(findings: Findings, graph: Graph) -> Findings:
    """Add the enquiry from which each row comes, if the graph holds several."""
    tables = {}
    for name, table in findings.tables.items():
        cells: list[Iterable[Any]] = [row.get("claims") or row.values() for row in table]  # type: ignore[misc]
        behind = [[ref for value in row for ref in refs_in(value)] for row in cells]
        origins = origins_of_rows(graph, behind)
        if origins is None:
            return findings
        rows = ((*row, origins.in_words(index)) for index, row in enumerate(table.rows))
        tables[name] = to_table((*table.columns, "enquiry"), rows)
    return replace(findings, tables=tables)


def to_rows(findings: Findings, names: NameIndex) -> Table:
    """Return all tables as one, with short identifiers.

    A column with IRIs is followed by a column with their labels. If there are several tables, the first column,
    ``part``, names the table of the row.
    """
    several = len(findings.tables) > 1
    columns = dict.fromkeys(["part"] if several else [])
    rows: list[dict[str, Any]] = []
    for part, table in findings.tables.items():
        labelled = [name for name in table.columns if name != "claims" and any(map(refs_in, table.column(name)))]
        for name in table.columns:
            columns |= dict.fromkeys([name, f"{name}_label"] if name in labelled else [name])
        for row in table:
            labels = {f"{name}_label": _joined(row[name], names.label, "; ") for name in labelled if refs_in(row[name])}
            ids = {name: _joined(value, names.curie, " ") for name, value in row.items()}
            rows.append({"part": part, **ids, **labels})
    return Table(tuple(columns), tuple(tuple(map(row.get, columns)) for row in rows))


def to_object(findings: Findings, names: NameIndex) -> dict[str, Any]:
    """Return everything as plain values for JSON: IRIs as short identifier and label, claims as identifier alone."""
    return {
        "analysis": findings.measure,
        "numbers": dict(findings.numbers),
        "warnings": list(findings.warnings),
        "parts": [
            {"name": part, "rows": [_plain_row(row, names) for row in table]} for part, table in findings.tables.items()
        ],
    }


def to_labels(table: Table, columns: Sequence[str], names: NameIndex, *, claims: bool = False) -> Table:
    """Return columns of a table for people: labels instead of IRIs, short lists, rounded numbers.

    :param claims: whether to list the claims; else they are counted
    """

    def text(name: str, value: Any) -> Any:
        if name == "claims":
            return _joined(value, names.curie, ", ") if claims else len(value)
        if isinstance(value, tuple):
            more = f" and {len(value) - SHOWN} more" if len(value) > SHOWN else ""
            return _joined(value[:SHOWN], names.label, ", ") + more
        return round(value, 4) if isinstance(value, float) else _joined(value, names.label, "")

    return to_table(columns, ([text(name, row[name]) for name in columns] for row in table))


def refs_in(value: Any) -> tuple[Ref, ...]:
    """Return the IRIs in a cell."""
    values = value if isinstance(value, tuple) else (value,)
    return tuple(each for each in values if isinstance(each, Ref))


def _joined(value: Any, write: Callable[[str], str], separator: str) -> Any:
    if isinstance(value, tuple):
        return separator.join(_joined(each, write, "") for each in value)
    return write(value) if isinstance(value, Ref) else value


def _plain_row(row: Mapping[str, Any], names: NameIndex) -> dict[str, Any]:
    def plain(value: Any) -> Any:
        if isinstance(value, tuple):
            return [plain(each) for each in value]
        return {"id": names.curie(value), "label": names.label(value)} if isinstance(value, Ref) else value

    claims = {"claims": [names.curie(claim) for claim in row["claims"]]} if "claims" in row else {}
    return {name: plain(value) for name, value in row.items()} | claims
