"""``nlc-graph passage`` and ``nlc-graph passages``: read and check passages in a copy of the source."""

from __future__ import annotations

from typing import Any

import click

from ..errors import NlcGraphError
from ..evidence.claims import Passage
from ..graph.graph import Graph
from ..passages.document import Document
from ..passages.locate import Copy, Place, open_copy, passages_of
from ..table import Ref, as_table
from .options import F, format_option, opened, print_json, print_table, source_option, text_format_option
from .text import paragraph

COLUMNS = ("passage", "section", "opens", "closes", "why", "nearest")
#: Number of missing headings that are named.
HEADINGS_SHOWN = 3


class NoPassageError(NlcGraphError):
    """An entity is stated in no passage of the source."""

    code = "no-passage"


def copy_options(function: F) -> F:
    """Add ``--copy`` and ``--source``."""
    option = click.option(
        "--copy",
        "path",
        required=True,
        envvar="NLC_SOURCE",
        metavar="FILE",
        help="Your copy of the source: PDF, saved HTML or plain text  [env: NLC_SOURCE]",
    )
    return option(source_option(function))


@click.command()
@click.argument("name", nargs=-1, required=True)
@copy_options
@click.option("--context", type=click.IntRange(0, 200), default=15, show_default=True, help="Words before and after.")
@text_format_option
@click.pass_context
def passage(ctx: click.Context, name: tuple[str, ...], path: str, source: str | None, context: int, form: str) -> None:
    """Print the passages of your copy that state NAME: a claim, a figure, a strategy, a section …

    The graph has no text of its source, only the section and the first and last words of each passage. Exit status 1
    if a passage is not found.

    \b
    Examples:
      nlc-graph passage nlc2005:kingsbridge-joint-attendance --copy summary.pdf
      nlc-graph passage "High School A" --copy summary.html --context 40
    """
    graph = opened(ctx, evidence=False)
    iri = graph.resolve(" ".join(name))
    copy, passages = _open(graph, path, source)
    wanted = passages_of(graph, iri)
    places = [copy.locate(passage) for passage in passages if passage.iri in wanted]
    if not places:
        raise NoPassageError(f"no passage of this source states {graph.names.curie(iri)}")
    if form == "json":
        print_json([_as_object(place, copy, graph, context) for place in places])
    else:
        click.echo("\n\n".join(_as_text(place, copy, graph, context) for place in places))
    ctx.exit(0 if all(place.span for place in places) else 1)


@click.group(no_args_is_help=False)
def passages() -> None:
    """Check the passages of the graph in your copy of the source.

    \b
    Example:
      nlc-graph passages check --copy summary.pdf
    """


@passages.command()
@copy_options
@format_option
@click.pass_context
def check(ctx: click.Context, path: str, source: str | None, form: str) -> None:
    """Check that your copy has every passage once, in its section, first words before last words.

    Passages that are not found are listed with the reason and the nearest text; exit status 1 if there are any.

    \b
    Example:
      nlc-graph passages check --copy summary.pdf
    """
    graph = opened(ctx, evidence=False)
    copy, passages = _open(graph, path, source)
    places = [copy.locate(passage) for passage in passages]
    failed = [place for place in places if not place.span]
    if form == "table":
        for place in failed:
            click.echo(_failure(place, graph))
    else:
        print_table(as_table(COLUMNS, [_row(place) for place in failed]), form, graph.names)
    _report_headings(copy, graph)
    found = len(places) - len(failed)
    summary = f"{found} of {len(places)} passages found once, in order, in their section"
    if not found:
        summary += f"; is this a copy of {graph.names.label(passages[0].source)}?"
    click.echo(summary, err=form != "table")
    ctx.exit(1 if failed else 0)


def _open(graph: Graph, path: str, source: str | None) -> tuple[Copy, list[Passage]]:
    return open_copy(graph, Document.read(path), Ref(graph.resolve(source)) if source else None)


def _report_headings(copy: Copy, graph: Graph) -> None:
    names = [graph.names.label(section) for section in copy.missing_headings]
    if names:
        more = f" and {len(names) - HEADINGS_SHOWN} more" if len(names) > HEADINGS_SHOWN else ""
        shown = ", ".join(names[:HEADINGS_SHOWN])
        click.echo(f"headings not in the copy, so their sections reach to the next heading: {shown}{more}", err=True)


def _as_text(place: Place, copy: Copy, graph: Graph, context: int) -> str:
    if not place.span:
        return _failure(place, graph)
    before, text, after = copy.document.around(place.span, context)
    return _entry(place, graph, f"{before and f'… {before}'}[{text}]{after and f'{after} …'}")


def _entry(place: Place, graph: Graph, text: str) -> str:
    heading = f"{graph.names.label(place.passage.section)}  [{graph.names.curie(place.passage.iri)}]"
    return "\n".join([heading, *paragraph(text, 2)])


def _failure(place: Place, graph: Graph) -> str:
    nearest = f"; nearest: “{place.nearest}”" if place.nearest else ""
    return _entry(place, graph, f"“{place.passage.opens} … {place.passage.closes}”: {place.reason}{nearest}")


def _row(place: Place) -> list[Ref | str]:
    passage = place.passage
    return [passage.iri, passage.section, passage.opens, passage.closes, place.reason, place.nearest]


def _as_object(place: Place, copy: Copy, graph: Graph, context: int) -> dict[str, Any]:
    before, text, after = copy.document.around(place.span, context) if place.span else ("", "", "")
    return {
        "id": graph.names.curie(place.passage.iri),
        "section": graph.names.label(place.passage.section),
        "opens": place.passage.opens,
        "closes": place.passage.closes,
        "before": before,
        "text": text,
        "after": after,
        "why": place.reason,
        "nearest": place.nearest,
    }
