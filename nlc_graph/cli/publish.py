"""``nlc-graph publish``: write a folder for a data repository."""

from __future__ import annotations

import sys

import click

from .options import opened, read_filters, tell

CREATOR = (
    "Who coded the evidence, if the data do not state it: “Family, Given” and an ORCID iD, or a group; repeatable."
)


@click.command()
@click.argument("folder", metavar="DIR")
@click.option("--enquiry", "enquiries", multiple=True, metavar="NAME", help="Only this enquiry; repeatable.")
@click.option("--title", default="", metavar="TEXT", help="Title of the publication.  [names its enquiries]")
@click.option("--creator", "creators", multiple=True, metavar="NAME", help=CREATOR)
@click.option("--licence", "--license", default="", metavar="LICENCE", help="Its licence, if the data do not state it.")
@click.option("--date", default="", metavar="YYYY-MM-DD", help="Date of publication.  [SOURCE_DATE_EPOCH, or the data]")
@click.option("--doi", default="", metavar="DOI", help="The DOI that the repository has reserved for it.")
@click.option("--force", is_flag=True, help="Replace an older publication in DIR, but nothing else.")
@click.pass_context
def publish(
    ctx: click.Context, /, folder: str, enquiries: tuple[str, ...], creators: tuple[str, ...], force: bool, **given: str
) -> None:
    """Write the folder DIR with what a data repository needs.

    The graph in Turtle, TriG and JSON-LD; its description with checksums (DCAT, VoID, RO-Crate); each claim as a
    nanopublication (not signed); the explorer; the evidence sheet; licence, citation, and a README that explains each
    file. LICENCE is an SPDX identifier such as CC-BY-4.0, or an address. The same evidence and options give the same
    bytes.

    \b
    Examples:
      nlc-graph publish deposit
      nlc-graph publish deposit --doi 10.5281/zenodo.1234567 --date 2026-11-25
      nlc-graph --no-bundled --data mydata.ttl publish deposit --creator "Doe, Jane" --licence CC-BY-4.0
    """
    from .. import publish as room  # explorer and sheet, which no other command needs at once

    room.check_folder(folder, force=force)
    graph = opened(ctx)
    wanted = sorted(read_filters(graph.names, {"enquiry": enquiries}).enquiries)
    deposit = room.describe(graph, wanted, creators=creators, **given)
    publication = room.publish(deposit, _show_progress)
    _show_progress("")
    room.write_folder(folder, publication.files, force=force)
    claims, number = len(deposit.part.claims), len(deposit.credits)
    tell(
        f"{claims} {'claim' if claims == 1 else 'claims'} of {number} {'enquiry' if number == 1 else 'enquiries'} in"
        f" {len(publication.files)} files written to {folder}; the nanopublications are not signed"
    )
    if publication.left_out:
        left_out = ", ".join(f"{count} {what}" for what, count in publication.left_out.items())
        tell(f"in the graph but not in the sheet: {left_out}")
    for line in room.missing_credits(deposit.credits):
        tell(f"{line}, and --force to replace this publication")
    if deposit.uncredited:
        tell(f"{deposit.uncredited} claims have a source that names no enquiry, so nobody is credited for them")


def _show_progress(name: str) -> None:
    """Show on a terminal which file is being made; an empty name clears the line."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{f'making {name} …' if name else ''}", nl=False, err=True)
