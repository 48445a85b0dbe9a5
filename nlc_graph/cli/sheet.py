"""``nlc-graph sheet``: the evidence spreadsheet."""

from __future__ import annotations

import os
import sys
import textwrap
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from ..errors import ParameterError, UnknownFormatError
from ..evidence.impacts import find_claims
from ..evidence.provenance import names_of_enquiries
from ..export import check_free, write_file
from ..graph.graph import open_graph
from ..table import as_table
from .options import filter_options, opened, opened_for, print_rows, read_filters, tell, width
from .text import clean

if TYPE_CHECKING:
    from ..sheet import Mistake, New

#: What was made, where it is one of them and its word does not only lose an s.
_ONE = {"strategies": "strategy", "pieces of evidence": "piece of evidence"}
#: So many mistakes are printed at most.
SHOWN = 1000
#: So many networks, schools, groups and sources that were made are named, of each.
NAMED = 10


@click.group(no_args_is_help=False)
def sheet() -> None:
    """Bring evidence in a spreadsheet: one row a piece of evidence for a claim.

    \b
    Examples:
      nlc-graph sheet template -o evidence.xlsx
      nlc-graph sheet import evidence.xlsx -o mydata.ttl --enquiry "Riverside 2006"
      nlc-graph sheet export -o bundled.csv
    """


@sheet.command()
@click.option(
    "-o", "--output", metavar="FILE", help="Write an empty sheet: .csv or .xlsx. Without it, print the columns."
)
@click.option("--examples", is_flag=True, help="Fill in a row for each usual situation, to read and to try.")
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
@click.pass_context
def template(ctx: click.Context, output: str | None, examples: bool, force: bool) -> None:
    """Write an empty sheet, or print what its columns hold.

    The .xlsx has drop-down lists taken from the vocabularies, a page that explains each column and one of examples.

    \b
    Examples:
      nlc-graph sheet template -o evidence.xlsx
      nlc-graph sheet template --examples -o examples.csv
    """
    from .. import sheet as sheets

    if output is None:
        rows = [(column.name, column.explanation, column.example, sheets.needed(column)) for column in sheets.COLUMNS]
        print_rows(as_table(("column", "what stands in it", "example", "filled in"), rows), "table")
        return
    _check(output, force)
    _write(output, sheets.example_rows() if examples else [], force)
    what = "examples" if examples else "an empty sheet"
    tell(f"{what} written to {output}; `nlc-graph sheet template` says what its columns hold")


@sheet.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("-o", "--output", required=True, metavar="FILE", help="Turtle file to write (.ttl).")
@click.option("--enquiry", metavar="NAME", help="Name of the enquiry; identifiers begin with it. [the output's name]")
@click.option(
    "--new-terms",
    is_flag=True,
    help="Make practices, outcome types, measures and units that are unknown.",
)
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
@click.pass_context
def import_(
    ctx: click.Context, files: tuple[str, ...], output: str, enquiry: str | None, new_terms: bool, force: bool
) -> None:
    """Turn sheets (.csv, .xlsx) into a Turtle file.

    Labels, other labels and identifiers of the graph are understood; --data adds a graph that the sheet refers to.
    Mistakes are all listed at once, with row and column; nothing is written when there is one.

    Exit status: 0 written, 1 there are mistakes, 2 could not run.

    \b
    Examples:
      nlc-graph sheet import evidence.csv -o mydata.ttl
      nlc-graph sheet import north.xlsx south.xlsx -o mydata.ttl --enquiry "Riverside 2006" --new-terms
    """
    from .. import sheet as sheets

    if not output.lower().endswith(".ttl"):
        raise UnknownFormatError(os.path.basename(output), [".ttl"])
    check_free(output, force=force)  # before the work, not after it
    repeated = [path for path in files if files.count(path) > 1]
    if repeated:
        raise ParameterError(f"{repeated[0]} is named twice")
    graph = opened(ctx, evidence=False)
    name = enquiry or os.path.splitext(os.path.basename(output))[0]
    try:
        with _Counter("rows") as count:
            read = sheets.read_sheets(files, graph, enquiry=name, new_terms=new_terms, progress=count)
    except sheets.SheetError as error:
        _warn(error.warnings)
        lines = sheets.in_words(error.mistakes)
        for line in lines[:SHOWN]:
            click.echo(_wrapped(line), err=True)
        number = len(error.mistakes)
        more = f" ({len(lines) - SHOWN} lines not shown)" if len(lines) > SHOWN else ""
        click.echo(f"{number} mistake{'' if number == 1 else 's'}{more}; nothing was written", err=True)
        ctx.exit(1)
    write_file(output, read.chunks(), force=force)
    for new in read.new:
        near = f"; known and near: {', '.join(new.nearest)}" if new.nearest else ""
        click.echo(_wrapped(f"new {new.kind} {new.label!r} ({new.file}, row {new.row}){near}"), err=True)
    if read.new:
        click.echo("If a known one is meant, write it in the sheet instead and import again with --force.", err=True)
    for one in read.namesakes:
        same = f"if it is the same, write {f'{one.label} [{one.other}]'!r}"
        told = f"{one.file}, row {one.row}, column {one.column!r}: {one.label!r} is told apart from {one.other}; {same}"
        click.echo(_wrapped(told), err=True)
    _name_others(read.others)
    _warn(read.warnings)
    made = ", ".join(
        f"{number} {_ONE.get(what, what[:-1]) if number == 1 else what}" for what, number in read.counts.items()
    )
    tell(f"{made} written to {output}; check it with: nlc-graph validate {output}")


@sheet.command()
@click.option("-o", "--output", required=True, metavar="FILE", help="Sheet to write: .csv or .xlsx.")
@filter_options
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
@click.pass_context
def export(ctx: click.Context, /, output: str, force: bool, **given: tuple[str, ...]) -> None:
    """Write the graph, or the part that the filters leave, as a sheet that `sheet import` reads.

    A sheet holds one enquiry: where the graph has several, --enquiry names the one.

    Cells that a spreadsheet program would run as formulas are written as text.

    \b
    Examples:
      nlc-graph sheet export -o bundled.xlsx
      nlc-graph sheet export --network Kingsbridge -o kingsbridge.csv
    """
    from .. import sheet as sheets

    _check(output, force)
    graph = opened_for(ctx, given["enquiry"])
    names = names_of_enquiries(graph)
    if len(names) > 1 and not given["enquiry"]:
        named = " or ".join(repr(name) for name in names.values())
        raise ParameterError(f"a sheet holds one enquiry, and here are several; choose with --enquiry: {named}")
    filters = read_filters(graph.names, given)
    wanted = any(given[name] for name in given if name != "enquiry") or len(names) > 1
    found = sheets.to_rows(graph, find_claims(graph, filters) if wanted else None)
    _write(output, found.rows, force)
    tell(f"{len(found.rows)} rows written to {output}")
    if len(found.rows) > sheets.MAX_ROWS:
        click.echo(f"`sheet import` reads at most {sheets.MAX_ROWS:,}: export it in parts, by --network", err=True)
    if found.left_out:
        left = ", ".join(f"{number} {what}" for what, number in found.left_out.items())
        click.echo(f"no place in a sheet: {left}", err=True)


def _check(output: str, force: bool) -> None:
    from .. import sheet as sheets

    suffix = os.path.splitext(output)[1].lower()
    if suffix not in sheets.SUFFIXES:
        raise UnknownFormatError(suffix or os.path.basename(output), sheets.SUFFIXES)
    check_free(output, force=force)


def _write(output: str, rows: list[list[str]], force: bool) -> None:
    from .. import sheet as sheets

    if output.lower().endswith(".csv"):
        content = sheets.to_csv([sheets.heading(), *rows])
    else:
        content = sheets.to_xlsx(rows, sheets.lists(open_graph(bundled=False)))
    write_file(output, content, force=force)


def _name_others(others: Sequence[New]) -> None:
    """Tell of the networks, schools, groups and sources that were made: one that is misspelt is seen among them."""
    for kind in dict.fromkeys(one.kind for one in others):
        made = [one for one in others if one.kind == kind]
        several = len({one.file for one in made}) > 1
        names = [f"{one.label!r} ({f'{one.file}, ' if several else ''}row {one.row})" for one in made[:NAMED]]
        more = f", and {len(made) - NAMED:,} more" if len(made) > NAMED else ""
        click.echo(_wrapped(f"new {kind}{'s' * (len(made) > 1)}: {', '.join(names)}{more}"), err=True)


def _warn(warnings: Sequence[Mistake]) -> None:
    from .. import sheet as sheets

    for line in sheets.in_words(warnings)[:SHOWN]:
        click.echo(_wrapped(f"warning: {line}"), err=True)


def _wrapped(line: str) -> str:
    """Return a line as it is for programs, and in the width of the terminal for people."""
    line = clean(line)
    if not sys.stderr.isatty():
        return line
    return textwrap.fill(line, width(), subsequent_indent="    ", break_on_hyphens=False, break_long_words=False)


class _Counter:
    """Shows on a terminal how many rows were read."""

    def __init__(self, what: str, every: int = 1000) -> None:
        self._what, self._every, self._count = what, every, 0
        self._shown = sys.stderr.isatty()

    def __enter__(self) -> Callable[[], None]:
        return self._step

    def __exit__(self, *error: Any) -> None:
        if self._shown and self._count >= self._every:
            click.echo("\r" + " " * 40 + "\r", nl=False, err=True)

    def _step(self) -> None:
        self._count += 1
        if self._shown and self._count % self._every == 0:
            click.echo(f"\r{self._count:,} {self._what} read", nl=False, err=True)
