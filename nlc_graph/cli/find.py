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
    """Find things in whose labels, paraphrase or notes all words of TEXT occur, or else most of them.

    Where the graph holds several enquiries, each row says from which it comes.

    \b
    Examples:
      nlc-graph find writing boys
      nlc-graph --data mydata.ttl find writing --enquiry "Riverside 2006"
    """
    graph = opened(ctx, evidence=False)
    wanted = read_enquiries(graph.names, enquiry)
    words = " ".join(text)
    found = find_text(graph, words)
    if not found.rows:
        found = find_near(graph, words)
        if found.rows:
            click.echo("no text has all the words; these come nearest", err=True)
    told = with_enquiries(graph, found, wanted)
    if form == "table":
        rows = [(kind, graph.names.curie(str(thing)), *more) for kind, thing, *more in told.rows]
        told = as_table(("kind", "identifier", *told.columns[2:]), rows)
    print_table(told, form, graph.names)
    if not told.rows:
        click.echo("nothing found; try fewer or shorter words", err=True)
