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
from .options import format_option, print_rows


@click.command()
@click.argument("old")
@click.argument("new")
@format_option
@click.pass_context
def diff(ctx: click.Context, old: str, new: str, form: str) -> None:
    """List what was added, withdrawn or changed between two files or folders, OLD and NEW.

    A changed claim is told by what is said otherwise of it, of its evidence and figures, or of the practice's use; a
    passage by its words. Then comes what no claim rests on: figures alone, uses of practices, networks, speakers,
    facts, terms. Things are known by their identifiers. What is derived from the rest is not compared.

    \b
    Example:
      nlc-graph diff mydata-january.ttl mydata.ttl
    """
    before, after = (open_graph(path, bundled=False) for path in (old, new))
    called = _Called(before, after)
    found = find_differences(before, after)
    rows: list[tuple[Value, ...]] = []
    for each in found:
        of = "" if each.item in (None, each.thing) else called.label(each.item or "")
        what = called.property(each.property) if each.property else ""
        sides = ["; ".join(map(called.words, values)) for values in (each.before, each.after)]
        kind = called.kind(each.kind)
        if form == "table":
            rows.append((f"{each.change} {kind}", called.label(each.thing), f"{of}: {what}" if of else what, *sides))
        else:
            item = after.names.curie(each.item) if each.item else None
            thing = after.names.curie(each.thing), called.label(each.thing)
            rows.append((each.change, kind, *thing, item, of, what, *sides))
    columns = ["change", "thing", "what", "before", "after"]
    if form != "table":
        columns = ["change", "kind", "thing_id", "thing", "item_id", "item", "what", "before", "after"]
    if rows or form != "table":
        print_rows(as_table(columns, rows), form)
    click.echo(_counted(found, called), err=form != "table")


def _counted(found: Sequence[Difference], called: _Called) -> str:
    """Say how many claims were added, withdrawn and changed, and how many things of other kinds."""
    kinds = {"claim": _numbers(row for row in found if row.kind == "Claim")}
    for kind in sorted({called.kind(row.kind) for row in found if row.kind != "Claim"}):
        kinds[kind] = _numbers(row for row in found if called.kind(row.kind) == kind)
    claims = ", ".join(f"{kinds['claim'][change]} {change}" for change in CHANGES)
    others = "; ".join(
        f"{kind} {', '.join(f'{number} {change}' for change, number in numbers.items() if number)}"
        for kind, numbers in list(kinds.items())[1:]
    )
    return f"claims: {claims}" + (f"; besides: {others}" if others else "; nothing else differs")


def _numbers(rows: Iterable[Difference]) -> dict[str, int]:
    things = {(row.change, row.thing) for row in rows}
    return {change: sum(each == change for each, _ in things) for change in CHANGES}


class _Called:
    """What things are called in two versions, as the later says where both do."""

    def __init__(self, before: Graph, after: Graph) -> None:
        self._graphs = (after, before)
        self._figures = {**_figures(before), **_figures(after)}

    def label(self, iri: str) -> str:
        for graph in self._graphs:
            if (label := graph.names.label(iri)) != graph.names.curie(iri):
                return label
        return self._figures.get(iri) or self._graphs[0].names.curie(iri)

    def words(self, value: Value) -> str:
        return self.label(value) if isinstance(value, Ref) else str(value)

    def property(self, iri: str) -> str:
        curie = to_curie(iri)
        known = WORDS[curie][0] if curie in WORDS else self.label(iri)
        return "kind" if iri == RDF_TYPE else _WORDS.get(local_name(iri), known)

    def kind(self, name: str) -> str:
        return _KINDS.get(name) or (self.label(NLC + name) if name else "thing")


_WORDS = {
    "label": "called", "prefLabel": "called", "altLabel": "also called", "paraphrase": "in our words",
    "curatorNote": "note", "statedIn": "passage",
}  # fmt: skip
_KINDS = {
    "Level": "figure", "Change": "figure", "Figure": "chart", "EvidenceItem": "evidence", "Concept": "term",
    "ConceptScheme": "list of terms", "Agent": "agent", "Person": "person", "Organization": "organisation",
}  # fmt: skip
#: What evidence without a label is called by: its kind, and of a figure what it measures, whose it is, and when.
_FIGURES = f"""SELECT ?item ?kind ?measure ?unit ?at {{
  ?item <{NLC}evidenceKind> ?kind .
  OPTIONAL {{ ?item <{NLC}measures> ?measure }} OPTIONAL {{ ?item <{NLC}about> ?unit }}
  OPTIONAL {{ ?item <{NLC}atPeriod>|<{NLC}toPeriod> ?at }}
}} ORDER BY ?item ?measure ?unit ?at"""


def _figures(graph: Graph) -> dict[str, str]:
    found: dict[str, str] = {}
    for item, *named in graph.select(_FIGURES).rows:
        found.setdefault(str(item), ", ".join(graph.names.label(str(each)) for each in named if each is not None))
    return found
