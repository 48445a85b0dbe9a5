"""``nlc-graph diff``: two versions of a graph."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click

from ..evidence.describe import WORDS
from ..evidence.diff import CHANGES, Difference
from ..evidence.diff import diff as find_differences
from ..graph.graph import Graph, open_graph
from ..table import Ref, Value, as_table
from ..vocabulary import NLC, RDF_TYPE, local_name, to_curie
from .options import format_option, print_rows, without_columns

COLUMNS = ("change", "kind", "thing_id", "thing", "item_id", "item", "what", "before", "after")
PROPERTIES = {
    "type": "kind",
    "label": "label",
    "prefLabel": "label",
    "altLabel": "other label",
    "paraphrase": "in our words",
    "curatorNote": "note",
    "statedIn": "passage",
}
KINDS = {
    "Level": "figure",
    "Change": "figure",
    "Figure": "chart",
    "EvidenceItem": "evidence",
    "Concept": "term",
    "ConceptScheme": "list of terms",
    "Agent": "agent",
    "Person": "person",
    "Organization": "organisation",
}
#: What evidence without a label is called by: its kind, and for a figure its measure, unit and period.
FIGURES = f"""SELECT ?item ?kind ?measure ?unit ?at {{
  ?item <{NLC}evidenceKind> ?kind .
  OPTIONAL {{ ?item <{NLC}measures> ?measure }} OPTIONAL {{ ?item <{NLC}about> ?unit }}
  OPTIONAL {{ ?item <{NLC}atPeriod>|<{NLC}toPeriod> ?at }}
}} ORDER BY ?item ?measure ?unit ?at"""


@click.command()
@click.argument("old")
@click.argument("new")
@format_option
@click.pass_context
def diff(ctx: click.Context, old: str, new: str, form: str) -> None:
    """List what was added, withdrawn or changed between two files or folders, OLD and NEW.

    Claims come first, each with the changes in its evidence, figures, strategies and passages. Everything else follows:
    figures without a claim, strategies, networks, speakers, facts, terms. Entities are compared by identifier. Derived
    triples are not compared.

    \b
    Example:
      nlc-graph diff mydata-january.ttl mydata.ttl
    """
    before, after = (open_graph(path, bundled=False) for path in (old, new))
    names = _Names(before, after)
    found = find_differences(before, after)
    table = as_table(COLUMNS, [_row(each, names) for each in found])
    if form != "table":
        print_rows(table, form)
    elif found:
        print_rows(without_columns(table, "thing_id", "item_id"), form)
    click.echo(_summary(found, names), err=form != "table")


def _row(difference: Difference, names: _Names) -> list[Value]:
    item = difference.item if difference.item != difference.thing else None
    return [
        difference.change,
        names.kind(difference.kind),
        names.curie(difference.thing),
        names.label(difference.thing),
        names.curie(item) if item else None,
        names.label(item) if item else None,
        names.property(difference.property) if difference.property else None,
        names.values(difference.before),
        names.values(difference.after),
    ]


def _summary(found: Sequence[Difference], names: _Names) -> str:
    claims = _count([row for row in found if row.kind == "Claim"])
    parts = [f"claims: {', '.join(f'{number} {change}' for change, number in claims.items())}"]
    others = [row for row in found if row.kind != "Claim"]
    for kind in sorted({names.kind(row.kind) for row in others}):
        numbers = _count([row for row in others if names.kind(row.kind) == kind])
        parts.append(f"{kind}: {', '.join(f'{number} {change}' for change, number in numbers.items() if number)}")
    return "; ".join(parts if others else [*parts, "nothing else differs"])


def _count(rows: Iterable[Difference]) -> dict[str, int]:
    entities = {(row.change, row.thing) for row in rows}
    changes = [change for change, _ in entities]
    return {change: changes.count(change) for change in CHANGES}


class _Names:
    """Labels of entities in two versions; the later version decides where both have one."""

    def __init__(self, before: Graph, after: Graph) -> None:
        self._graphs = (after, before)
        self._figures = {**_figures(before), **_figures(after)}
        self.curie = after.names.curie

    def label(self, iri: str) -> str:
        labels = [graph.names.label(iri) for graph in self._graphs]
        curies = [graph.names.curie(iri) for graph in self._graphs]
        label = next((label for label in labels if label not in curies), None)
        return label or self._figures.get(iri) or self.curie(iri)

    def values(self, values: Iterable[Value]) -> str:
        return "; ".join(self.label(value) if isinstance(value, Ref) else str(value) for value in values)

    def property(self, iri: str) -> str:
        known = WORDS.get(to_curie(iri), ("",))[0]
        name = "type" if iri == RDF_TYPE else local_name(iri)
        return PROPERTIES.get(name) or known or self.label(iri)

    def kind(self, name: str) -> str:
        return KINDS.get(name) or (self.label(NLC + name) if name else "entity")


def _figures(graph: Graph) -> dict[str, str]:
    found: dict[str, str] = {}
    for item, *parts in graph.select(FIGURES).rows:
        found.setdefault(str(item), ", ".join(graph.names.label(str(part)) for part in parts if part is not None))
    return found
