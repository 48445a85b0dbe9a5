"""``nlc-graph passage`` and ``nlc-graph passages``: read and check passages in a copy of the source."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable
from typing import Any

import click

from ..errors import NlcGraphError
from ..evidence.provenance import origins_of_rows
from ..graph.graph import Graph
from ..passages.document import Document
from ..passages.locate import Copy, Place, open_copy, passages_of
from ..table import Ref, as_table
from .options import F, format_option, opened, print_table, width
from .text import clean


class NoPassageError(NlcGraphError):
    """A thing is stated in no passage of the source."""


def copy_options(function: F) -> F:
    """Add ``--copy`` and ``--source``."""
    options: list[Callable[[F], F]] = [
        click.option(
            "--source", metavar="THING", help="The source that the copy is of; needed where there are several."
        ),
        click.option(
            "--copy",
            "path",
            required=True,
            envvar="NLC_SOURCE",
            metavar="FILE",
            help="Your copy of the source: plain text, text of a PDF, PDF or saved HTML  [env: NLC_SOURCE]",
        ),
    ]
    for option in options:
        function = option(function)
    return function


@click.command()
@click.argument("thing", nargs=-1, required=True)
@copy_options
@click.option(
    "--context", type=click.IntRange(0, 200), default=15, show_default=True, help="So many words before and after."
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to print it."
)
@click.pass_context
def passage(ctx: click.Context, thing: tuple[str, ...], path: str, source: str | None, context: int, form: str) -> None:
    """Print what your copy of the source says where THING is stated: a claim, a figure, a strategy, a section …

    The graph holds no text of its source, only where to find it.

    \b
    Examples:
      nlc-graph passage nlc2005:kingsbridge-joint-attendance --copy summary.pdf
      nlc-graph passage "High School A" --copy summary.html --context 40
    """
    graph = opened(ctx, evidence=False)
    iri = graph.resolve(" ".join(thing))
    copy, passages = _open(graph, path, source)
    wanted = passages_of(graph, iri)
    places = [copy.locate(passage) for passage in passages if passage.iri in wanted]
    if not places:
        raise NoPassageError(f"{graph.names.curie(iri)} is stated in no passage of this source")
    click.echo(
        _as_json(places, copy, graph, context) if form == "json" else _as_text(places, copy, graph, context), nl=False
    )
    ctx.exit(0 if all(place.span for place in places) else 1)


@click.group(no_args_is_help=False)
def passages() -> None:
    """Check the passages of the graph against your copy of the source.

    \b
    Example:
      nlc-graph passages check --copy summary.pdf
    """


@passages.command()
@copy_options
@format_option
@click.pass_context
def check(ctx: click.Context, path: str, source: str | None, form: str) -> None:
    """Find every passage in your copy: once, opening before closing, within its section.

    Prints the passages that are not found so, why, and what comes nearest; exit status 1 if there are any.

    \b
    Example:
      nlc-graph passages check --copy summary.pdf
    """
    graph = opened(ctx, evidence=False)
    copy, passages = _open(graph, path, source)
    places = [copy.locate(passage) for passage in passages]
    failed = [place for place in places if not place.span]
    if form == "table":
        click.echo(_reasons(failed, graph), nl=False)
    else:
        rows = [
            (p.passage.iri, p.passage.section, p.passage.opens, p.passage.closes, p.reason, p.nearest) for p in failed
        ]
        print_table(as_table(("passage", "section", "opens", "closes", "why", "nearest"), rows), form, graph.names)
    if copy.missing_headings:
        names = [graph.names.label(section) for section in copy.missing_headings]
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""
        click.echo(
            f"headings not in the copy, sections taken as far as their neighbours: {', '.join(names[:3])}{more}",
            err=True,
        )
    found = len(places) - len(failed)
    summary = f"{found} of {len(places)} passages found once, in order, in their section"
    if not found:
        summary += "; is this a copy of " + graph.names.label(passages[0].source) + "?"
    click.echo(summary, err=form != "table")
    ctx.exit(1 if failed else 0)


def _open(graph: Graph, path: str, source: str | None) -> Any:
    return open_copy(graph, Document.read(path), Ref(graph.resolve(source)) if source else None)


def _as_text(places: list[Place], copy: Copy, graph: Graph, context: int) -> str:
    lines = []
    origins = origins_of_rows(graph, [[place.passage.iri] for place in places])
    for index, place in enumerate(places):
        whose = f"  ({graph.names.label(place.passage.source)}, {origins.in_words(index)})" if origins else ""
        lines += ["", f"{graph.names.label(place.passage.section)}  [{graph.names.curie(place.passage.iri)}]{whose}"]
        if place.span:
            before, text, after = copy.document.around(place.span, context)
            lines += _wrap(f"{before and f'… {before}'}[{text}]{after and f'{after} …'}")
        else:
            lines += _wrap(_reason(place))
    return "".join(f"{line}\n" for line in lines[1:])


def _reasons(failed: list[Place], graph: Graph) -> str:
    lines = []
    for place in failed:
        lines += [f"{graph.names.curie(place.passage.iri)}  ({graph.names.label(place.passage.section)})"]
        lines += _wrap(_reason(place))
    return "".join(f"{line}\n" for line in lines)


def _reason(place: Place) -> str:
    nearest = f"; nearest: “{place.nearest}”" if place.nearest else ""
    return f"“{place.passage.opens} … {place.passage.closes}”: {place.reason}{nearest}"


def _wrap(text: str) -> list[str]:
    return textwrap.wrap(clean(text), max(width() - 2, 30), initial_indent="  ", subsequent_indent="  ")


def _as_json(places: list[Place], copy: Copy, graph: Graph, context: int) -> str:
    content = []
    origins = origins_of_rows(graph, [[place.passage.iri] for place in places])
    for index, place in enumerate(places):
        before, text, after = copy.document.around(place.span, context) if place.span else ("", "", "")
        content.append(
            {
                "id": graph.names.curie(place.passage.iri),
                "section": graph.names.label(place.passage.section),
                "opens": place.passage.opens,
                "closes": place.passage.closes,
                "before": before,
                "text": text,
                "after": after,
                "why": place.reason,
                "nearest": place.nearest,
                **({"enquiries": [graph.names.label(each) for each in origins.rows[index]]} if origins else {}),
            }
        )
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
