"""``nlc-graph passage`` and ``nlc-graph passages``: read and check passages in a copy of the source."""

from __future__ import annotations

import click

from ..errors import NlcGraphError
from ..evidence.claims import Passage
from ..graph.graph import Graph
from ..passages.document import Document
from ..passages.locate import Copy, Location, open_copy, passages_of
from ..table import Ref, Value, as_table
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
    found = [copy.locate(each) for each in passages if each.iri in wanted]
    if not found:
        raise NoPassageError(f"no passage of this source states {graph.names.curie(iri)}")
    rows = [_as_object(each, copy, graph, context) for each in found]
    if form == "json":
        print_json(rows)
    else:
        click.echo("\n\n".join(map(_as_text, rows)))
    ctx.exit(0 if all(each.span for each in found) else 1)


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
    failed = [each for each in map(copy.locate, passages) if not each.span]
    if form != "table":
        print_table(as_table(COLUMNS, [_row(each) for each in failed]), form, graph.names)
    for each in failed if form == "table" else ():
        click.echo(_as_text(_as_object(each, copy, graph, 0)))
    _report_headings(copy, graph)
    found = len(passages) - len(failed)
    summary = f"{found} of {len(passages)} passages found once, in order, in their section"
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


def _row(location: Location) -> list[Value]:
    passage = location.passage
    return [passage.iri, passage.section, passage.opens, passage.closes, location.reason, location.nearest]


def _as_object(location: Location, copy: Copy, graph: Graph, context: int) -> dict[str, str]:
    passage = location.passage
    before, text, after = copy.document.around(location.span, context) if location.span else ("", "", "")
    return {
        "id": graph.names.curie(passage.iri),
        "section": graph.names.label(passage.section),
        "source": graph.names.label(passage.source),
        "opens": passage.opens,
        "closes": passage.closes,
        "before": before,
        "text": text,
        "after": after,
        "why": location.reason,
        "nearest": location.nearest,
    }


def _as_text(row: dict[str, str]) -> str:
    before = f"… {row['before']}" if row["before"] else ""
    after = f"{row['after']} …" if row["after"] else ""
    text = f"{before}[{row['text']}]{after}" if row["text"] else _reason(row)
    return "\n".join([f"{row['section']}  [{row['id']}]", *paragraph(text, 2)])


def _reason(row: dict[str, str]) -> str:
    nearest = f"; nearest: “{row['nearest']}”" if row["nearest"] else ""
    return f"“{row['opens']} … {row['closes']}”: {row['why']}{nearest}"
