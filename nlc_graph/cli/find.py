"""``nlc-graph find``: search labels, paraphrases and notes."""

from __future__ import annotations

import click

from ..evidence.search import find_near, find_text
from ..table import as_table
from .options import enquiry_option, format_option, opened, print_table, read_enquiries, with_enquiries


@click.command()
@click.argument("text", nargs=-1, required=True)
@enquiry_option
@format_option
@click.pass_context
def find(ctx: click.Context, text: tuple[str, ...], enquiry: tuple[str, ...], form: str) -> None:
    """Search labels, paraphrases and notes for all words of TEXT, or for most of them if nothing has all.

    \b
    Examples:
      nlc-graph find writing boys
      nlc-graph --data mydata.ttl find writing --enquiry "Riverside 2006"
    """
    graph = opened(ctx, evidence=False)
    wanted = read_enquiries(graph.names, enquiry)
    searched = " ".join(text)
    found = find_text(graph, searched)
    if not found.rows:
        found = find_near(graph, searched)
        if found.rows:
            click.echo("no text has all these words; the nearest are", err=True)
    found = with_enquiries(graph, found, wanted)
    if form == "table":
        rows = [(kind, graph.names.curie(str(entity)), *more) for kind, entity, *more in found.rows]
        found = as_table(("kind", "identifier", *found.columns[2:]), rows)
    print_table(found, form, graph.names)
    if not found.rows:
        click.echo("nothing found; try fewer or shorter words", err=True)
