"""Options and output that several commands share."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import click

from ..evidence.impacts import Filters
from ..graph.graph import Graph, open_graph
from ..graph.names import NameIndex
from ..table import WRITERS, Ref, Table, Value, as_table
from .text import clean, escaped, to_text

F = TypeVar("F", bound=Callable[..., Any])

FORMATS = ("table", *WRITERS)

#: What the filters narrow, in the order of help.
FILTERS = {
    "practice": "Only this practice, or a narrower one; repeatable, as are all filters.",
    "outcome": "Only this outcome type, or a narrower one.",
    "feature": "Only what is reported under this key feature.",
    "network": "Only this network, its schools and groups.",
    "kind": "Only what rests on this kind of evidence.",
    "link": "Only this link type: attributed, co-reported, intended.",
    "enquiry": "Only what this enquiry reports.",
}
#: What the free text of ``impacts`` is looked up among.
TEXT_SORTS = ("practice", "outcome", "feature", "network")


def opened(ctx: click.Context, *, evidence: bool = True) -> Graph:
    """Open the graph that the global options name.

    :raises EmptyGraphError: if it holds no claim although the command needs some
    """
    graph = _graph(ctx)
    graph.allow_service = ctx.meta["allow_service"]
    graph.know(ctx.meta["prefixes"])
    if evidence and not graph.remote:  # an endpoint is asked as little as possible: no links are found there
        graph.require_evidence()
    return graph


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
    """Tell whether evidence may come from several files, ours being one."""
    return len(paths) + bundled > 1 or any(map(os.path.isdir, paths))


def warn_of_clashes(graph: Graph) -> None:
    """Say where files that are read together use one identifier for two things."""
    from ..evidence.provenance import find_clashes

    clashes = find_clashes(graph)
    for clash in clashes[:3]:
        said = f"{clash.one[:60]!r} and {clash.other[:60]!r}"
        click.echo(clean(f"warning: {graph.names.curie(clash.thing)} stands for both {said}"), err=True)
    if clashes:
        more = f" ({len(clashes)} identifiers in all)" if len(clashes) > 3 else ""
        remedy = "leave one file out, or import its sheet again under another --enquiry"
        click.echo(f"warning: what the files say of these is mixed up{more}; {remedy}", err=True)


def format_option(function: F) -> F:
    """Add ``--format``."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        default="table",
        show_default=True,
        help="How to print the rows.",
    )(function)


def filter_options(function: F) -> F:
    """Add the filters that narrow claims, as tuples of texts."""
    for name, text in reversed(FILTERS.items()):
        function = click.option(f"--{name}", multiple=True, metavar="THING", help=text)(function)
    return function


def read_filters(things: NameIndex, given: dict[str, tuple[str, ...]], text: str = "") -> Filters:
    """Turn what a user typed into filters.

    :param given: filter name to labels, CURIEs or IRIs
    :param text: part of a label of a practice, outcome, key feature or network; empty for any
    :raises UnknownNameError: if nothing fits one of them
    """
    names = [(each, (name,)) for name, texts in given.items() for each in texts]
    things.look_up([*names, (text, TEXT_SORTS)] if text else names)
    plural = {name: "enquiries" if name == "enquiry" else f"{name}s" for name in given}
    found = {plural[name]: frozenset(things.find(text, name).iri for text in texts) for name, texts in given.items()}
    if text:
        matches = frozenset(thing.iri for thing in things.containing(text, *TEXT_SORTS))
        found["text"] = matches or frozenset([things.find(text, *TEXT_SORTS).iri])
    return Filters(**found)


def enquiry_option(function: F) -> F:
    """Add ``--enquiry``."""
    return click.option("--enquiry", multiple=True, metavar="THING", help=f"{FILTERS['enquiry'][:-1]}; repeatable.")(
        function
    )


def read_enquiries(things: NameIndex, given: Iterable[str]) -> frozenset[Ref]:
    """Turn what a user called enquiries into them."""
    return frozenset(things.find(text, "enquiry").iri for text in given)


def opened_for(ctx: click.Context, enquiries: tuple[str, ...], *, evidence: bool = True) -> Graph:
    """Open the graph that the global options name, or the part of it that some enquiries state.

    :raises EmptyGraphError: if it holds no claim although the command needs some
    """
    graph = opened(ctx, evidence=evidence)
    if not enquiries:
        return graph
    from ..evidence.subgraph import recorded_by

    part = recorded_by(graph, read_enquiries(graph.names, enquiries)).opened
    part.allow_service = graph.allow_service
    return part


def with_enquiries(graph: Graph, table: Table, wanted: frozenset[Ref] = frozenset()) -> Table:
    """Return rows with the enquiry from which each comes, where the graph holds several.

    :param wanted: keep only rows of one of these; all where empty
    """
    from ..evidence.provenance import origins_of_rows

    origins = origins_of_rows(graph, table.rows)
    if origins is None:
        return table
    rows = [
        (*row, origins.in_words(index))
        for index, row in enumerate(table.rows)
        if not wanted or wanted & {*origins.rows[index]}
    ]
    return Table((*table.columns, "enquiry"), tuple(rows))


def labelled(table: Table, things: NameIndex) -> Table:
    """Return a table in which each column of things becomes two: short identifier and label."""
    columns: list[str] = []
    picks: list[tuple[int, bool]] = []
    for index, name in enumerate(table.columns):
        columns.append(name)
        picks.append((index, False))
        if any(isinstance(row[index], Ref) for row in table.rows):
            columns.append(f"{name}_label")
            picks.append((index, True))
    rows = tuple(tuple(_cell(row[index], label, things) for index, label in picks) for row in table.rows)
    return Table(tuple(columns), rows)


def print_table(table: Table, form: str, things: NameIndex) -> None:
    """Print rows: labels for people, identifiers and labels for programs."""
    things.prepare(value for row in table.rows for value in row if isinstance(value, Ref))
    if form == "table":
        rows = [[things.label(value) if isinstance(value, Ref) else value for value in row] for row in table.rows]
        print_rows(as_table(table.columns, rows), form)
    else:
        print_rows(labelled(table, things), form)


def print_rows(table: Table, form: str) -> None:
    """Print rows as they are."""
    click.echo(to_text(table, width()) if form == "table" else WRITERS[form](table), nl=False)


def tell(text: str) -> None:
    """Say on standard error, in one line, what was done; names of files may hold any character."""
    click.echo(escaped(text), err=True)


def width() -> int:
    """Return the width of the terminal in characters; 120 where there is none."""
    given = os.environ.get("COLUMNS", "")
    if given.isascii() and given.isdigit() and len(given) < 10 and int(given) > 0:
        return int(given)
    try:  # what shutil.get_terminal_size does, whose import costs more than the rest of the printing
        return os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1).columns or 120
    except (OSError, ValueError):
        return 120


def _cell(value: Value, label: bool, things: NameIndex) -> Value:
    if not isinstance(value, Ref):
        return None if label else value
    return things.label(value) if label else things.curie(value)
