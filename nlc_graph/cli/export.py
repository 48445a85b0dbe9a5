"""``nlc-graph export``: a part of the graph to a file."""

from __future__ import annotations

import click

from ..evidence import claims_touching
from ..export import WRITERS, write_file, writer_for
from ..links import find_claims
from .options import filter_options, opened, read_filters


@click.command()
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    help=f"File to write; its suffix decides the format: {' '.join(WRITERS)}.",
)
@click.option("--around", multiple=True, metavar="THING", help="Only claims that touch this thing; repeatable.")
@filter_options
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
@click.pass_context
def export(ctx: click.Context, /, output: str, around: tuple[str, ...], force: bool, **given: tuple[str, ...]) -> None:
    """Write claims with all they rest on: evidence, strategies, units, voices, passages, sources and terms.

    Turtle, N-Triples and JSON-LD carry everything; CSV has one row a claim and piece of evidence, in words.

    \b
    Examples:
      nlc-graph export -o everything.ttl
      nlc-graph export --practice "learning mentors" -o mentors.csv
      nlc-graph export --around Kingsbridge -o kingsbridge.jsonld
    """
    write = writer_for(output)
    graph = opened(ctx)
    claims = find_claims(graph, read_filters(graph.things, given))
    if around:
        near = {claim for thing in around for claim in claims_touching(graph, graph.resolve(thing))}
        claims = [claim for claim in claims if claim in near]
    write_file(output, write(graph, claims), force=force)
    click.echo(f"{len(claims)} {'claim' if len(claims) == 1 else 'claims'} written to {output}", err=True)
