"""``nlc-graph passage`` and ``nlc-graph passages``: read and check passages in a copy of the source."""

from __future__ import annotations

import json
import textwrap
from typing import Any

import click

from ..errors import NlcGraphError
from ..evidence.claims import Passage
from ..evidence.provenance import origins_of_rows
from ..graph.graph import Graph
from ..passages.document import Document
from ..passages.locate import Copy, Location, open_copy, passages_of
from ..table import Ref, Value, as_table
from .options import F, format_option, opened, print_table, width
from .text import clean


class NoPassageError(NlcGraphError):
    """No passage of the source states an entity."""

    code = "no-passage"


def copy_options(function: F) -> F:
    """Add ``--copy`` and ``--source``."""
    text = "Your copy of the source: plain text, text of a PDF, PDF or saved HTML  [env: NLC_SOURCE]"
    copy = click.option("--copy", "path", required=True, envvar="NLC_SOURCE", metavar="FILE", help=text)
    text = "The source that the copy is of; needed where there are several."
    return click.option("--source", metavar="NAME", help=text)(copy(function))


@click.command()
@click.argument("entity", nargs=-1, required=True)
@copy_options
@click.option("--context", type=click.IntRange(0, 200), default=15, show_default=True, help="Words before and after.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def passage(
    ctx: click.Context, entity: tuple[str, ...], path: str, source: str | None, context: int, form: str
) -> None:
    """Print the passages of your copy that state ENTITY: a claim, a figure, a strategy, a section …

    The graph contains no text of its source, only where to find it.

    \b
    Examples:
      nlc-graph passage nlc2005:kingsbridge-joint-attendance --copy summary.pdf
      nlc-graph passage "High School A" --copy summary.html --context 40
    """
    graph = opened(ctx, evidence=False)
    iri = graph.resolve(" ".join(entity))
    copy, passages = _open(graph, path, source)
    wanted = passages_of(graph, iri)
    found = [copy.locate(each) for each in passages if each.iri in wanted]
    if not found:
        raise NoPassageError(f"{graph.names.curie(iri)} is stated in no passage of this source")
    rows = [_row(each, copy, graph, context) for each in found]
    origins = origins_of_rows(graph, [[each.passage.iri] for each in found])
    for index, row in enumerate(rows if origins else ()):
        row["enquiries"] = [graph.names.label(enquiry) for enquiry in origins.rows[index]] if origins else []
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        click.echo("\n\n".join(map(_as_text, rows)))
    ctx.exit(0 if all(each.span for each in found) else 1)


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
    """Locate every passage in your copy: once, opening before closing words, within its section.

    Prints the passages that are not located, why, and the nearest text; exit status 1 if there are any.

    \b
    Example:
      nlc-graph passages check --copy summary.pdf
    """
    graph = opened(ctx, evidence=False)
    copy, passages = _open(graph, path, source)
    failed = [each for each in map(copy.locate, passages) if not each.span]
    if form == "table":
        rows = [_row(each, copy, graph, 0) for each in failed]
        click.echo("".join(f"{row['id']}  ({row['section']})\n{_wrap(_reason(row))}\n" for row in rows), nl=False)
    else:
        columns = ("passage", "section", "opens", "closes", "why", "nearest")
        print_table(as_table(columns, [_cells(each) for each in failed]), form, graph.names)
    if copy.missing_headings:
        missing = copy.missing_headings
        more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
        names = ", ".join(graph.names.label(section) for section in missing[:3])
        click.echo(f"headings not in the copy, their sections end at the neighbours: {names}{more}", err=True)
    summary = f"{len(passages) - len(failed)} of {len(passages)} passages found once, in order, in their section"
    if len(failed) == len(passages):
        summary += f"; is this a copy of {graph.names.label(passages[0].source)}?"
    click.echo(summary, err=form != "table")
    ctx.exit(1 if failed else 0)


def _open(graph: Graph, path: str, source: str | None) -> tuple[Copy, list[Passage]]:
    return open_copy(graph, Document.read(path), Ref(graph.resolve(source)) if source else None)


def _row(location: Location, copy: Copy, graph: Graph, context: int) -> dict[str, Any]:
    """Return a located passage as it is printed in JSON."""
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


def _cells(location: Location) -> tuple[Value, ...]:
    passage = location.passage
    return passage.iri, passage.section, passage.opens, passage.closes, location.reason, location.nearest


def _as_text(row: dict[str, Any]) -> str:
    heading = f"{row['section']}  [{row['id']}]"
    if "enquiries" in row:
        heading += f"  ({', '.join([row['source'], *row['enquiries']])})"
    before = f"… {row['before']}" if row["before"] else ""
    after = f"{row['after']} …" if row["after"] else ""
    text = f"{before}[{row['text']}]{after}" if row["text"] else _reason(row)
    return f"{heading}\n{_wrap(text)}"


def _reason(row: dict[str, Any]) -> str:
    nearest = f"; nearest: “{row['nearest']}”" if row["nearest"] else ""
    return f"“{row['opens']} … {row['closes']}”: {row['why']}{nearest}"


def _wrap(text: str) -> str:
    return textwrap.fill(clean(text), max(width() - 2, 30), initial_indent="  ", subsequent_indent="  ")
