"""``nlc-graph publish``: a folder that a data repository takes."""

from __future__ import annotations

import sys

import click

from .options import opened, read_filters, tell


@click.command()
@click.argument("place", metavar="DIR")
@click.option("--enquiry", "enquiries", multiple=True, metavar="THING", help="Only this enquiry; repeatable.")
@click.option("--title", default="", metavar="TEXT", help="Title of the publication.  [names its enquiries]")
@click.option(
    "--creator",
    "creators",
    multiple=True,
    metavar="NAME",
    help="Who coded the evidence, where the data do not say: “Family, Given” and an ORCID iD, or a group; repeatable.",
)
@click.option(
    "--licence",
    "--license",
    "licence",
    default="",
    metavar="LICENCE",
    help="Its licence, where the data do not say: such as CC-BY-4.0, or an address.",
)
@click.option(
    "--date", default="", metavar="YYYY-MM-DD", help="Date of publication.  [SOURCE_DATE_EPOCH, or what the data tell]"
)
@click.option("--doi", default="", metavar="DOI", help="The DOI that the repository has reserved for it.")
@click.option("--force", is_flag=True, help="Replace an older publication in DIR; never anything else.")
@click.pass_context
def publish(
    ctx: click.Context,
    place: str,
    enquiries: tuple[str, ...],
    title: str,
    creators: tuple[str, ...],
    licence: str,
    date: str,
    doi: str,
    force: bool,
) -> None:
    """Write the folder DIR with what a data repository wants.

    The graph in Turtle, TriG and JSON-LD; its description with checksums (DCAT, VoID, RO-Crate); each claim as a
    nanopublication (not signed); the explorer; the evidence sheet; licence, citation, and a README that explains each
    file. The folder is there whole or not at all. The same evidence and options give the same bytes.

    \b
    Examples:
      nlc-graph publish deposit
      nlc-graph publish deposit --doi 10.5281/zenodo.1234567 --date 2026-11-25
      nlc-graph --no-bundled --data mydata.ttl publish deposit --creator "Doe, Jane" --licence CC-BY-4.0
    """
    from .. import publish as publication  # what writes page and sheet, which no other command needs at once

    publication.check_free(place, force=force)
    graph = opened(ctx)
    wanted = read_filters(graph.names, {"enquiry": enquiries}).enquiries
    deposit = publication.describe(
        graph, sorted(wanted), title=title, creators=creators, licence=licence, date=date, doi=doi
    )
    try:
        published = publication.publish(deposit, _show)
    finally:
        _show("")
    publication.write_folder(place, published.files, force=force)
    claims, number = len(deposit.part.claims), len(deposit.credits)
    tell(
        f"{claims} {'claim' if claims == 1 else 'claims'} of {number} {'enquiry' if number == 1 else 'enquiries'} in"
        f" {len(published.files)} files written to {place}; the nanopublications are not signed"
    )
    if published.left_out:
        left = ", ".join(f"{many} {what}" for what, many in published.left_out.items())
        click.echo(f"no place in the sheet, but in the graph: {left}", err=True)
    for line in publication.unsaid(deposit.credits):
        click.echo(f"{line}, and --force to replace this publication", err=True)
    if deposit.unnamed:
        click.echo(f"{deposit.unnamed} claims have a source that names no enquiry, so they have no credit", err=True)


def _show(name: str) -> None:
    """Show on a terminal which file is being made; nothing at the end."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{f'making {name} …' if name else ''}", nl=False, err=True)
