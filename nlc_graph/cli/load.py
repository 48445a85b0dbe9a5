"""``nlc-graph load``: build a store on disk."""

from __future__ import annotations

import sys

import click

from ..errors import ParameterError
from ..evidence.loading import load_store
from ..graph.disk import open_store
from .options import are_several, tell, warn_of_clashes


@click.command()
@click.argument("folder", metavar="DIR")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--force", is_flag=True, help="Replace the store in DIR.")
@click.pass_context
def load(ctx: click.Context, folder: str, paths: tuple[str, ...], force: bool) -> None:
    """Build a store on disk in the folder DIR from the bundled evidence and other files or folders (PATH).

    Other commands read it with --store DIR, without parsing the files again; for much evidence this is far faster. The
    store is complete or absent: an older one in DIR stays in use until the new one is complete.

    \b
    Examples:
      nlc-graph load store
      nlc-graph --no-bundled load big-store evidence.nt more/
      nlc-graph --store big-store impacts attendance
    """
    if not folder:
        raise ParameterError("'' is not a folder; name the one to create")
    data, bundled = ctx.obj
    loaded = load_store(folder, *data, *paths, bundled=bundled, force=force, progress=_show_progress)
    if are_several((*data, *paths), bundled=bundled):
        warn_of_clashes(open_store(folder))
    tell(
        f"{loaded.triples:,} triples ({loaded.derived:,} of them derived), {loaded.claims:,} claims of "
        f"{loaded.networks:,} networks, {loaded.links:,} links loaded into {folder}"
    )


def _show_progress(step: str, done: int, total: int) -> None:
    """Show a step on a terminal, with a bar if its size is known; clear the line at the end."""
    if not sys.stderr.isatty():
        return
    percent = 100 * done // total if total else 0
    bar = f" [{'#' * (percent // 4):25}] {percent:3} %" if total else " …"
    line = "" if step == "done" else f"{step}{bar}"
    click.echo(f"\r\x1b[K{line}", nl=False, err=True)
