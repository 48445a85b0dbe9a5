"""``nlc-graph find``: search labels, paraphrases and notes."""

from __future__ import annotations

import click

from ..search import find_near, find_text
from ..table import as_table
from .options import format_option, opened, print_table


@click.command()
@click.argument("text", nargs=-1, required=True)
@format_option
@click.pass_context
def find(ctx: click.Context, text: tuple[str, ...], form: str) -> None:
    """Find things in whose labels, paraphrase or notes all words of TEXT occur, or else most of them.

    \b
    Example:
      nlc-graph find writing boys
    """
    graph = opened(ctx, evidence=False)
    words = " ".join(text)
    found = find_text(graph, words)
    if not found.rows:
        found = find_near(graph, words)
        if found.rows:
            click.echo("no text has all the words; these come nearest", err=True)
    if form == "table":
        rows = [(kind, graph.things.curie(str(thing)), words) for kind, thing, words in found.rows]
        found = as_table(("kind", "identifier", "text"), rows)
    print_table(found, form, graph.things)
    if not found.rows:
        click.echo("nothing found; try fewer or shorter words", err=True)
