"""``nlc-graph view``: the explorer page."""

from __future__ import annotations

from pathlib import Path

import click
import pyoxigraph as ox

from ..errors import ParameterError
from ..evidence.claims import claims_touching
from ..evidence.impacts import find_claims
from ..export import check_free, write_file
from ..graph import sparql
from ..graph.graph import Graph
from ..passages.document import Document
from ..passages.locate import Copy, open_copy
from ..table import Ref
from .options import FILTERS, filter_options, opened, read_filters, tell
from .query import answered


@click.command()
@click.option("-o", "--output", default="explorer.html", show_default=True, metavar="FILE", help="Page to write.")
@click.option("--open", "show", is_flag=True, help="Open it in the web browser.")
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
@click.option("--around", multiple=True, metavar="THING", help="Only claims that touch this thing; repeatable.")
@click.option(
    "--query",
    "asked",
    metavar="NAME|FILE|-",
    help="Only claims in the answer of this named query, or of SPARQL in a file or from standard input.",
)
@click.option("-p", "--param", "params", multiple=True, metavar="NAME=VALUE", help="Bind a parameter of the query.")
@click.option(
    "--copy",
    "path",
    metavar="FILE",
    help="Your copy of the source: the page then holds the text of the passages. For your own use.",
)
@click.option("--source", metavar="THING", help="The source that the copy is of; needed where there are several.")
@click.argument("text", nargs=-1)
@filter_options
@click.pass_context
def view(
    ctx: click.Context,
    /,
    output: str,
    show: bool,
    force: bool,
    around: tuple[str, ...],
    asked: str | None,
    params: tuple[str, ...],
    path: str | None,
    source: str | None,
    text: tuple[str, ...],
    **given: tuple[str, ...],
) -> None:
    """Write the explorer: one HTML page that works offline and makes no request.

    It shows practices by outcome types as an evidence map, as a network and as a table; each claim with its evidence
    and where to read on. TEXT and the filters narrow it as they do for `impacts`; so do --around, and --query by the
    claims in the answer.

    \b
    Examples:
      nlc-graph view -o explorer.html --open
      nlc-graph view --feature well-being -o well-being.html
      nlc-graph view --around "High School A" -o school.html
      nlc-graph view --query contrary-claims -o contrary.html
    """
    from ..explorer import render_page  # networkx and the template engine, which no other command needs

    if output == "-":
        raise ParameterError("view writes a file; `nlc-graph export --format html -o -` prints the page")
    check_free(output, force=force)
    graph = opened(ctx)
    kept: list[str] | None = None
    if text or any(given.values()):
        kept = list(find_claims(graph, read_filters(graph.names, given, " ".join(text))))
    if around:
        kept = _both(kept, {claim for thing in around for claim in claims_touching(graph, graph.resolve(thing))})
    if asked:
        kept = _both(kept, answered(graph, asked, params, lambda query: _named_in(graph, query)))
    elif params:
        raise ParameterError("-p is for --query; the filters are --practice, --outcome and so on")
    copy = _copy(graph, path, source) if path else None
    title = _title(text, given, around, asked)
    write_file(output, render_page(graph, kept, copy=copy, title=title).encode(), force=force)
    claims = find_claims(graph)
    number = len(claims if kept is None else {*kept}.intersection(claims))
    tell(f"{number} {'claim' if number == 1 else 'claims'} written to {output}")
    if copy:
        click.echo("the page holds text of the source: keep it to yourself", err=True)
    if show:
        click.launch(Path(output).resolve().as_uri())


def _both(kept: list[str] | None, things: set[str] | set[Ref]) -> list[str]:
    return sorted(things) if kept is None else [claim for claim in kept if claim in things]


def _named_in(graph: Graph, query: str) -> set[str]:
    """Return what the answer of a query names, be it rows or triples; the page picks the claims among it."""
    if sparql.query_form(query) == "ASK":
        raise ParameterError("--query: the answer is only yes or no; take a query whose answer names claims")
    if sparql.query_form(query) == "SELECT":
        return {value for row in graph.select(query).rows for value in row if isinstance(value, Ref)}
    return {term.value for triple in graph.triples(query) for term in triple if isinstance(term, ox.NamedNode)}


def _copy(graph: Graph, path: str, source: str | None) -> Copy:
    copy, _ = open_copy(graph, Document.read(path), Ref(graph.resolve(source)) if source else None)
    return copy


def _title(text: tuple[str, ...], given: dict[str, tuple[str, ...]], around: tuple[str, ...], asked: str | None) -> str:
    parts = [f"{name} {' or '.join(given[name])}" for name in FILTERS if given.get(name)]
    parts += [f"about {' '.join(text)}"] if text else []
    parts += [f"around {' or '.join(around)}"] if around else []
    parts += [f"answering “{asked}”"] if asked and asked != "-" else []
    return f"Narrowed to {'; '.join(parts)}" if parts else ""
