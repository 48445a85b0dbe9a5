"""``nlc-graph view``: the explorer page."""

from __future__ import annotations

from pathlib import Path

import click

from ..export import write_file
from ..links import find_links
from .options import filter_options, opened, read_filters


@click.command()
@click.option("-o", "--output", default="explorer.html", show_default=True, metavar="FILE", help="Page to write.")
@click.option("--open", "show", is_flag=True, help="Open it in the web browser.")
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
@click.argument("text", nargs=-1)
@filter_options
@click.pass_context
def view(
    ctx: click.Context, /, output: str, show: bool, force: bool, text: tuple[str, ...], **given: tuple[str, ...]
) -> None:
    """Write the explorer: one HTML page that works offline and makes no request.

    TEXT and the filters narrow it as they do for `impacts`.

    \b
    Examples:
      nlc-graph view -o explorer.html --open
      nlc-graph view --feature well-being -o well-being.html
    """
    from ..explorer import render_page  # networkx and the template engine, which no other command needs

    graph = opened(ctx)
    found = find_links(graph, read_filters(graph.things, given, " ".join(text)))
    write_file(output, render_page(graph, found.links).encode(), force=force)
    click.echo(f"{len(found.links)} links written to {output}", err=True)
    if show:
        click.launch(Path(output).resolve().as_uri())
