"""``nlc-graph load``: build a store on disk."""

from __future__ import annotations

import sys

import click

from ..errors import ParameterError
from ..evidence.loading import load_store
from ..graph.disk import Progress, open_store
from .options import are_several, tell, warn_of_clashes


@click.command()
@click.argument("place", metavar="DIR")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--force", is_flag=True, help="Replace the store that is in DIR.")
@click.pass_context
def load(ctx: click.Context, place: str, paths: tuple[str, ...], force: bool) -> None:
    """Build a store on disk in the folder DIR: the bundled evidence and files or folders of more (PATH).

    Other commands use it with --store DIR, without reading the files again; for much evidence that is far faster. The
    store is complete or not there: until it is, an older one in DIR stays in use.

    \b
    Examples:
      nlc-graph load store
      nlc-graph --no-bundled load big-store evidence.nt more/
      nlc-graph --store big-store impacts attendance
    """
    if not place:
        raise ParameterError("'' is no folder; name the one to make")
    data, bundled = ctx.obj
    loaded = load_store(place, *data, *paths, bundled=bundled, force=force, progress=_progress())
    if are_several((*data, *paths), bundled=bundled):
        warn_of_clashes(open_store(place))
    tell(
        f"{loaded.triples:,} triples ({loaded.derived:,} of them derived), {loaded.claims:,} claims of "
        f"{loaded.networks:,} networks, {loaded.links:,} links loaded into {place}"
    )


def _progress() -> Progress:
    """Return what shows progress on a terminal: a bar while files are read, else what is being done."""
    if not sys.stderr.isatty():
        return lambda step, done, total: None
    current = ""
    shown = -1

    def show(step: str, done: int, total: int) -> None:
        nonlocal current, shown
        percent = 100 * done // total if total else 0
        if step == current and percent == shown:
            return
        bar = f" [{'#' * (percent // 4):25}] {percent:3} %" if total else " …"
        click.echo(f"\r\x1b[K{step}{bar}", nl=False, err=True)
        current, shown = step, percent
        if step == "done":
            click.echo("\r\x1b[K", nl=False, err=True)

    return show
