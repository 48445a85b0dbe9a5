"""``nlc-graph serve``: serve the graph as a SPARQL endpoint."""

from __future__ import annotations

import signal
import sys
from contextlib import ExitStack
from tempfile import TemporaryDirectory
from urllib.parse import quote

import click

from ..graph import sparql
from ..graph.queries import NamedQuery, named_queries, named_query
from ..vocabulary import PREFIXES

#: Queries whose addresses are printed without --questions.
SHOWN = ("evidence-matrix", "difference-in-differences", "networks-by-feature")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; this machine only.")
@click.option("--port", type=click.IntRange(1, 65535), default=7878, show_default=True, help="Port to listen on.")
@click.option(
    "--query-timeout", "seconds", type=click.IntRange(1, 86_400), default=60, show_default=True, help="Seconds a query."
)
@click.option("--questions", is_flag=True, help="Print an address of the query page for each named query.")
@click.pass_context
def serve(ctx: click.Context, host: str, port: int, seconds: int, questions: bool) -> None:
    """Serve the graph as a read-only SPARQL 1.1 endpoint with a query page, until Ctrl-C.

    It serves the store given by --store, or a temporary store of the bundled evidence and --data. Needs the extra
    `serve`: pip install "nlc-graph[serve]".

    \b
    Examples:
      nlc-graph serve
      nlc-graph --store big-store serve --port 8080 --query-timeout 20
      nlc-graph --endpoint http://127.0.0.1:7878/query impacts attendance
    """
    from ..graph.disk import build_store, open_store
    from ..server import Guard

    with ExitStack() as stack:
        store = ctx.meta["store"]
        if store is not None:
            open_store(store).close()  # reports what is wrong with it
        else:
            data, bundled = ctx.obj
            store = f"{stack.enter_context(TemporaryDirectory(prefix='nlc-graph-'))}/store"
            build_store(store, *data, bundled=bundled)
        guard = stack.enter_context(Guard(store, host, port, seconds, allow_service=ctx.meta["allow_service"]))
        signal.set_wakeup_fd(-1)  # Ctrl-C must not end the process before this block has cleaned up
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _stop)
        _introduce(f"http://{f'[{host}]' if ':' in host else host}:{port}", seconds, questions)
        guard.serve_forever()


def _stop(number: int, frame: object) -> None:
    """End the process on a signal, through the blocks that clean up."""
    click.echo("nlc-graph: stopped", err=True)
    sys.exit(128 + number)


def _introduce(address: str, seconds: int, questions: bool) -> None:
    click.echo(f"query page   {address}/")
    click.echo(f"endpoint     {address}/query   (read-only; {seconds} s for each query; Ctrl-C ends it)")
    for query in named_queries() if questions else map(named_query, SHOWN):
        if not query.parameters:
            click.echo(f"{query.summary}\n  {_page_address(query, address)}")
    if not questions:
        click.echo("--questions prints such an address for each named query without parameters")
    sys.stdout.flush()


def _page_address(query: NamedQuery, address: str) -> str:
    """Return the address of the query page with a query filled in; the page reads it from the fragment."""
    lines = [line for line in query.text.splitlines() if not line.startswith("#+")]
    text = quote(sparql.with_prefixes("\n".join(lines).strip(), PREFIXES))
    return f"{address}/#query={text}&endpoint={quote(f'{address}/query', safe='')}"
