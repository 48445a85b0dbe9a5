"""``nlc-graph diff``: two versions of a graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import click

from ..evidence.describe import WORDS
from ..evidence.diff import CHANGES, Difference
from ..evidence.diff import diff as find_differences
from ..graph.graph import Graph, open_graph
from ..table import Ref, Value, as_table
from .options import format_option, print_rows, without_columns

COLUMNS = ("change", "kind", "thing_id", "thing", "item_id", "item", "what", "before", "after")


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
    labels = _Labels(before, after)
    found = find_differences(before, after)
    table = as_table(COLUMNS, [_row(each, labels) for each in found])
    if form != "table":
        print_rows(table, form)
    elif found:
        print_rows(without_columns(table, "thing_id", "item_id"), form)
    click.echo(_summary(found), err=form != "table")


def _row(difference: Difference, labels: _Labels) -> list[Value]:
    item = difference.item if difference.item != difference.thing else None
    return [
        difference.change,
        difference.kind,
        labels.curie(difference.thing),
        labels.label(difference.thing),
        labels.curie(item) if item else None,
        labels.label(item) if item else None,
        labels.property(difference.property) if difference.property else None,
        labels.values(difference.before),
        labels.values(difference.after),
    ]


def _summary(found: Sequence[Difference]) -> str:
    kinds = ["Claim", *sorted({row.kind for row in found} - {"Claim"})]
    parts = [f"{kind}: {_counts([row for row in found if row.kind == kind])}" for kind in kinds]
    return "; ".join(parts if len(parts) > 1 else [*parts, "nothing else differs"])


def _counts(rows: Iterable[Difference]) -> str:
    entities = {(row.change, row.thing) for row in rows}
    count = Counter(change for change, _ in entities)
    return ", ".join(f"{count[change]} {change}" for change in CHANGES)


class _Labels:
    """Labels of entities in two versions; the later version decides where both have one."""

    def __init__(self, before: Graph, after: Graph) -> None:
        self._names = (after.names, before.names)
        self.curie = after.names.curie

    def label(self, iri: str) -> str:
        labels = [names.label(iri) for names in self._names if names.label(iri) != names.curie(iri)]
        return labels[0] if labels else self.curie(iri)

    def values(self, values: Iterable[Value]) -> str:
        return "; ".join(self.label(value) if isinstance(value, Ref) else str(value) for value in values)

    def property(self, iri: str) -> str:
        return WORDS.get(self.curie(iri), (self.label(iri),))[0]
