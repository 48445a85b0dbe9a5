"""``nlc-graph view``: write the explorer page."""

from __future__ import annotations

import click
import pyoxigraph as ox

from ..errors import ParameterError
from ..evidence.claims import claims_touching
from ..evidence.impacts import find_claims
from ..export import check_free, write_file
from ..graph import sparql
from ..graph.graph import Graph
from ..passages.document import Document
from ..passages.locate import open_copy
from ..table import Ref
from .options import FILTERS, filter_options, opened, read_filters, tell
from .query import answered


@click.command()
@click.option("-o", "--output", default="explorer.html", show_default=True, metavar="FILE", help="Page to write.")
@click.option("--open", "launch", is_flag=True, help="Open it in the web browser.")
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
@click.option("--around", multiple=True, metavar="NAME", help="Only claims about this entity; repeatable.")
@click.option("--query", metavar="NAME|FILE|-", help="Only claims in the answer of this named query or SPARQL file.")
@click.option("-p", "--param", "params", multiple=True, metavar="NAME=VALUE", help="Bind a parameter of the query.")
@click.option("--copy", metavar="FILE", help="Your copy of the source; adds the text of passages, for your own use.")
@click.option("--source", metavar="NAME", help="The source that the copy is of; needed if there are several.")
@click.argument("text", nargs=-1)
@filter_options
@click.pass_context
def view(
    ctx: click.Context,
    /,
    output: str,
    launch: bool,
    force: bool,
    around: tuple[str, ...],
    query: str | None,
    params: tuple[str, ...],
    copy: str | None,
    source: str | None,
    text: tuple[str, ...],
    **filters: tuple[str, ...],
) -> None:
    """Write the explorer: one HTML page that works offline and makes no request.

    It shows every claim, or those that pass TEXT and the filters (as in `impacts`), --around and --query.

    \b
    Examples:
      nlc-graph view -o explorer.html --open
      nlc-graph view --around "High School A" -o school.html
    """
    from ..explorer import render_page  # imports the template engine, which no other command needs

    if output == "-":
        raise ParameterError("view writes a file; `nlc-graph export --format html -o -` prints the page")
    if params and not query:
        raise ParameterError("-p is for --query; the filters are --practice, --outcome and so on")
    check_free(output, force=force)
    graph = opened(ctx)
    claims = set(find_claims(graph, read_filters(graph.names, filters, " ".join(text))))
    if around:
        claims &= {claim for name in around for claim in claims_touching(graph, graph.resolve(name))}
    if query:
        claims &= answered(graph, query, params, lambda sparql_text: _iris_in(graph, sparql_text))
    of_source = Ref(graph.resolve(source)) if source else None
    reader_copy = open_copy(graph, Document.read(copy), of_source)[0] if copy else None
    title = _title(filters, " ".join(text), around, query)
    page = render_page(graph, sorted(claims) if title or query else None, copy=reader_copy, title=title)
    write_file(output, page.encode(), force=force)
    tell(f"{len(claims)} {'claim' if len(claims) == 1 else 'claims'} written to {output}")
    if copy:
        click.echo("the page holds text of the source: keep it to yourself", err=True)
    if launch:
        click.launch(output)


def _iris_in(graph: Graph, query: str) -> set[str]:
    """Return the IRIs in the answer of a query, be it rows or triples."""
    if sparql.query_form(query) == "ASK":
        raise ParameterError("--query: the answer is only yes or no; take a query whose answer names claims")
    if sparql.query_form(query) == "SELECT":
        return {value for row in graph.select(query).rows for value in row if isinstance(value, Ref)}
    return {term.value for triple in graph.triples(query) for term in triple if isinstance(term, ox.NamedNode)}


def _title(filters: dict[str, tuple[str, ...]], text: str, around: tuple[str, ...], query: str | None) -> str:
    parts = [f"{name} {' or '.join(filters[name])}" for name in FILTERS if filters[name]]
    parts += [f"about {text}"] if text else []
    parts += [f"around {' or '.join(around)}"] if around else []
    parts += [f"answering “{query}”"] if query and query != "-" else []
    return f"Narrowed to {'; '.join(parts)}" if parts else ""
