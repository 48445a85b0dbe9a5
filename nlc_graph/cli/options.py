"""Options and output that several commands share."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeVar

import click

from ..evidence.filters import Filters
from ..graph.graph import Graph, open_graph
from ..graph.names import NameIndex
from ..table import WRITERS, Ref, Table, Value, as_table
from .text import clean, escaped, terminal_width, to_text

F = TypeVar("F", bound=Callable[..., Any])

FORMATS = ("table", *WRITERS)

#: Filter to its help text, in the order of ``--help``.
FILTERS = {
    "practice": "Only this practice or a narrower one; all filters can be repeated.",
    "outcome": "Only this outcome type or a narrower one.",
    "feature": "Only claims reported under this key feature.",
    "network": "Only this network, its schools and groups.",
    "kind": "Only claims supported by this kind of evidence.",
    "link": "Only this link type: attributed, co-reported or intended.",
    "enquiry": "Only claims from this enquiry.",
}
#: Where the free text of ``impacts`` is searched.
TEXT_SORTS = ("practice", "outcome", "feature", "network")
#: Number of conflicting identifiers that are listed.
CLASHES_SHOWN = 3


def opened(ctx: click.Context, *, evidence: bool = True) -> Graph:
    """Open the graph that the global options name.

    :raises EmptyGraphError: if the command needs claims and the graph has none
    """
    graph = _graph(ctx)
    graph.allow_service = ctx.meta["allow_service"]
    graph.add_prefixes(ctx.meta["prefixes"])
    if evidence:
        graph.require_evidence()
    return graph


def opened_for(ctx: click.Context, enquiries: tuple[str, ...], *, evidence: bool = True) -> Graph:
    """Open the graph that the global options name, or the part of it that some enquiries report.

    :raises EmptyGraphError: if the command needs claims and the graph has none
    """
    graph = opened(ctx, evidence=evidence)
    if not enquiries:
        return graph
    from ..evidence.subgraph import recorded_by

    part = recorded_by(graph, read_enquiries(graph.names, enquiries)).opened
    part.allow_service = graph.allow_service
    return part


def _graph(ctx: click.Context) -> Graph:
    if ctx.meta["endpoint"] is not None:
        from ..graph.endpoint import READ, open_endpoint

        return open_endpoint(ctx.meta["endpoint"], timeout=ctx.meta["timeout"] or READ)
    if ctx.meta["store"] is not None:
        from ..graph.disk import open_store

        return open_store(ctx.meta["store"])
    paths, bundled = ctx.obj
    graph = open_graph(*paths, bundled=bundled)
    if are_several(paths, bundled=bundled):
        warn_of_clashes(graph)
    return graph


def are_several(paths: Sequence[str], *, bundled: bool) -> bool:
    """Tell whether evidence may come from several files; the bundled evidence counts as one."""
    return len(paths) + bundled > 1 or any(map(os.path.isdir, paths))


def warn_of_clashes(graph: Graph) -> None:
    """Warn where files that are read together use one identifier for different entities."""
    from ..evidence.enquiries import find_clashes

    clashes = find_clashes(graph)
    for clash in clashes[:CLASHES_SHOWN]:
        meanings = f"{clash.one[:60]!r} and {clash.other[:60]!r}"
        click.echo(clean(f"warning: {graph.names.curie(clash.thing)} means both {meanings}"), err=True)
    if clashes:
        more = f" ({len(clashes)} identifiers in all)" if len(clashes) > CLASHES_SHOWN else ""
        hint = "leave one file out, or import its sheet again with another --enquiry"
        click.echo(f"warning: the files use the same identifiers for different entities{more}; {hint}", err=True)


def format_option(function: F) -> F:
    """Add ``--format`` for rows."""
    return _choice_of_format(FORMATS)(function)


def text_format_option(function: F) -> F:
    """Add ``--format`` with the choice of text or JSON."""
    return _choice_of_format(("text", "json"))(function)


def _choice_of_format(formats: Sequence[str]) -> Callable[[F], F]:
    choice = click.Choice(formats)
    return click.option("--format", "form", type=choice, default=formats[0], show_default=True, help="Output format.")


def source_option(function: F) -> F:
    """Add ``--source``."""
    return click.option(
        "--source", metavar="NAME", help="The source that the copy is of; needed if the graph has several."
    )(function)


def filter_options(function: F) -> F:
    """Add the filters that narrow claims, as tuples of names."""
    for name, text in reversed(FILTERS.items()):
        function = click.option(f"--{name}", multiple=True, metavar="NAME", help=text)(function)
    return function


def enquiry_option(function: F) -> F:
    """Add ``--enquiry``."""
    return click.option("--enquiry", multiple=True, metavar="NAME", help="Only this enquiry; repeatable.")(function)


def read_filters(names: NameIndex, given: dict[str, tuple[str, ...]], text: str = "") -> Filters:
    """Resolve the names that a user typed as filters.

    :param given: filter name to labels, CURIEs or IRIs
    :param text: part of a label of a practice, outcome type, key feature or network; empty for any
    :raises UnknownNameError: if one of them matches nothing
    """
    found = {_plural(sort): frozenset(names.find(text, sort).iri for text in texts) for sort, texts in given.items()}
    if text:
        matches = frozenset(entity.iri for entity in names.containing(text, *TEXT_SORTS))
        found["text"] = matches or frozenset([names.find(text, *TEXT_SORTS).iri])
    return Filters(**found)


def _plural(name: str) -> str:
    return "enquiries" if name == "enquiry" else f"{name}s"


def read_enquiries(names: NameIndex, given: Iterable[str]) -> frozenset[Ref]:
    """Resolve the names of enquiries."""
    return frozenset(names.find(text, "enquiry").iri for text in given)


def with_enquiries(graph: Graph, table: Table, wanted: frozenset[Ref] = frozenset()) -> Table:
    """Add a column with the enquiry of each row if the graph holds several.

    :param wanted: keep only rows of one of these enquiries; empty keeps all
    """
    from ..evidence.enquiries import origins_of_rows

    origins = origins_of_rows(graph, table.rows)
    if origins is None:
        return table
    rows = [
        (*row, origins.in_words(index))
        for index, row in enumerate(table.rows)
        if not wanted or wanted & {*origins.rows[index]}
    ]
    return Table((*table.columns, "enquiry"), tuple(rows))


def print_table(table: Table, form: str, names: NameIndex) -> None:
    """Print rows: labels in a table for people, identifiers and labels in other formats."""
    if form == "table":
        rows = [[_label(value, names) for value in row] for row in table.rows]
        print_rows(as_table(table.columns, rows), form)
    else:
        print_rows(labelled(table, names), form)


def labelled(table: Table, names: NameIndex) -> Table:
    """Replace each column of IRIs by two: short identifier and label."""
    columns: list[str] = []
    values: list[list[Value]] = []
    for column in table.columns:
        cells = table.column(column)
        columns.append(column)
        values.append([names.curie(cell) if isinstance(cell, Ref) else cell for cell in cells])
        if any(isinstance(cell, Ref) for cell in cells):
            columns.append(f"{column}_label")
            values.append([names.label(cell) if isinstance(cell, Ref) else None for cell in cells])
    return Table(tuple(columns), tuple(zip(*values, strict=True)))


def without_columns(table: Table, *names: str) -> Table:
    """Return a table without some columns."""
    kept = [name for name in table.columns if name not in names]
    return Table(tuple(kept), tuple(zip(*map(table.column, kept), strict=True)))


def print_rows(table: Table, form: str) -> None:
    """Print rows as they are."""
    if form == "table":
        click.echo(to_text(table, terminal_width()), nl=False)
    else:
        print_data(WRITERS[form](table))


def print_data(text: str) -> None:
    """Write data for programs to standard output, in UTF-8 whatever the encoding of the terminal."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode())


def print_json(content: object) -> None:
    """Write an object as indented JSON."""
    import json

    print_data(json.dumps(content, ensure_ascii=False, indent=2) + "\n")


def json_value(value: object, names: NameIndex) -> Any:
    """Return a value as JSON shows it: an IRI with its label, a decimal as a number, a tuple as a list."""
    if isinstance(value, Ref):
        return {"id": names.curie(value), "label": names.label(value)}
    if isinstance(value, tuple):
        return [json_value(item, names) for item in value]
    if isinstance(value, Mapping):
        return {name: json_value(item, names) for name, item in value.items()}
    return float(value) if isinstance(value, Decimal) else value


def tell(text: str) -> None:
    """Report on standard error, in one line, what was done."""
    click.echo(escaped(text), err=True)


def width() -> int:
    """Return the width of the terminal in characters."""
    return terminal_width()


def _label(value: Value, names: NameIndex) -> Value:
    return names.label(value) if isinstance(value, Ref) else value
