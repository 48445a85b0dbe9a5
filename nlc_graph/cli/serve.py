"""``nlc-graph serve``: the graph behind a SPARQL server."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from urllib.parse import quote

import click

from ..cleanup import temporary_folder, undone_at_end
from ..graph import sparql
from ..graph.queries import NamedQuery, named_queries, named_query
from ..vocabulary import PREFIXES

#: Questions whose addresses are printed unless all are asked for.
SHOWN = ("evidence-matrix", "difference-in-differences", "networks-by-feature")


@click.command()
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen on; others reach only this machine."
)
@click.option("--port", type=click.IntRange(1, 65535), default=7878, show_default=True, help="Port to listen on.")
@click.option(
    "--query-timeout",
    "seconds",
    type=click.IntRange(1, 86_400),
    default=60,
    show_default=True,
    help="Seconds for one query, a day at most.",
)
@click.option("--questions", is_flag=True, help="Print an address of the page for each named question.")
@click.pass_context
def serve(ctx: click.Context, host: str, port: int, seconds: int, questions: bool) -> None:
    """Serve the graph as a SPARQL 1.1 endpoint with a query page, read-only, until Ctrl-C.

    What is served is the store that --store names, or a store made for the time of serving from the bundled evidence
    and --data. Needs the extra `serve`: pip install "nlc-graph[serve]".

    \b
    Examples:
      nlc-graph serve
      nlc-graph --store big-store serve --port 8080 --query-timeout 20
      nlc-graph --endpoint http://127.0.0.1:7878/query impacts attendance
    """
    from ..graph.disk import build_store, open_store
    from ..server.server import Guard

    place = ctx.meta["store"]
    with ExitStack() as stack:
        if place is not None:
            open_store(place).close()  # tells what is wrong with it
        else:
            data, bundled = ctx.obj
            place = f"{stack.enter_context(temporary_folder())}/store"
            build_store(place, *data, bundled=bundled)
        guard = Guard(place, host, port, seconds, allow_service=ctx.meta["allow_service"])
        stack.enter_context(undone_at_end(guard.oxigraph.close))
        _introduce(f"http://{f'[{host}]' if ':' in host else host}:{port}", seconds, questions)
        guard.serve_forever()


def _introduce(address: str, seconds: int, questions: bool) -> None:
    click.echo(f"query page   {address}/")
    click.echo(f"endpoint     {address}/query   (read-only; a query may take {seconds} s; Ctrl-C ends it)")
    shown = named_queries() if questions else [named_query(name) for name in SHOWN]
    for query in shown:
        if not query.parameters:
            click.echo(f"{query.summary}\n  {_filled_in(query, address)}")
    if not questions:
        click.echo("--questions prints such an address for each named question without parameters")
    sys.stdout.flush()


def _filled_in(query: NamedQuery, address: str) -> str:
    """Return the address that opens the query page with a query; the page reads what stands after the hash."""
    text = "\n".join(line for line in query.text.splitlines() if not line.startswith("#+")).strip()
    return (
        f"{address}/#query={quote(sparql.with_prefixes(text, PREFIXES))}&endpoint={quote(f'{address}/query', safe='')}"
    )
