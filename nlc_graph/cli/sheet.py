"""``nlc-graph sheet``: the evidence spreadsheet."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING

import click

from ..errors import ParameterError, UnknownFormatError
from ..evidence.enquiries import names_of_enquiries
from ..evidence.impacts import find_claims
from ..export import check_free, write_file
from ..graph.graph import open_graph
from ..table import as_table
from .options import filter_options, opened, opened_for, print_rows, read_filters, tell
from .text import clean

if TYPE_CHECKING:
    from ..sheet import CellError, Imported, NewEntity

#: Lines of errors, or of warnings, that are printed at most.
MAX_LINES = 1000
#: New networks, schools, groups and sources that are named at most, of each kind.
MAX_NAMED = 10
#: Checking a larger sheet takes minutes: that is left to ``nlc-graph validate``.
MAX_CHECKED_ROWS = 10_000


#: Rules that a source may have a reason to break: what they find is a warning.
WARNING_RULES = (
    "joint-claim-split claim-feature-differs-from-section claim-network-differs-from-school"
    " claim-network-differs-from-strategy label-not-unique-in-scheme"
).split()
force_option = click.option("--force", is_flag=True, help="Replace the file if it exists.")


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
@click.option("-o", "--output", metavar="FILE", help="Sheet to write: .csv or .xlsx. Without it, print the columns.")
@click.option("--examples", is_flag=True, help="Fill in a row for each usual situation.")
@force_option
def template(output: str | None, examples: bool, force: bool) -> None:
    """Write an empty sheet, or print what its columns hold.

    The .xlsx has drop-down lists from the vocabularies, a page that explains each column, and one with examples.

    \b
    Examples:
      nlc-graph sheet template -o evidence.xlsx
      nlc-graph sheet template --examples -o examples.csv
    """
    from .. import sheet as sheets

    if output is None:
        rows = [(each.name, each.explanation, each.example, sheets.describe_need(each)) for each in sheets.COLUMNS]
        print_rows(as_table(("column", "what it holds", "example", "filled in"), rows), "table")
        return
    _check_output(output, force)
    _write(output, sheets.example_rows() if examples else [], force)
    what = "examples" if examples else "an empty sheet"
    tell(f"{what} written to {output}; `nlc-graph sheet template` explains its columns")


@sheet.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("-o", "--output", required=True, metavar="FILE", help="Turtle file to write (.ttl).")
@click.option("--enquiry", metavar="NAME", help="Name of the enquiry; identifiers begin with it. [the output's name]")
@click.option("--new-terms", is_flag=True, help="Make unknown practices, outcome types, measures and units.")
@click.option("--no-check", is_flag=True, help="Leave out the checks that `nlc-graph validate` makes too.")
@force_option
@click.pass_context
def import_(
    ctx: click.Context, /, files: tuple[str, ...], output: str, enquiry: str | None, force: bool, **flags: bool
) -> None:
    """Turn sheets (.csv, .xlsx) into a Turtle file.

    Cells may hold labels, other labels and identifiers of the graph; --data adds a graph that the sheet refers to.
    All errors are listed at once, with row and column; nothing is written if there is one.

    Exit status: 0 written, 1 there are errors, 2 could not run.

    \b
    Examples:
      nlc-graph sheet import evidence.csv -o mydata.ttl
      nlc-graph sheet import north.xlsx south.xlsx -o mydata.ttl --enquiry "Riverside 2006" --new-terms
    """
    from .. import sheet as sheets

    if not output.lower().endswith(".ttl"):
        raise UnknownFormatError(os.path.basename(output), [".ttl"])
    check_free(output, force=force)
    repeated = [path for path in files if files.count(path) > 1]
    if repeated:
        raise ParameterError(f"{repeated[0]} is named twice")
    name = enquiry or os.path.splitext(os.path.basename(output))[0]
    try:
        read = sheets.read_sheets(files, opened(ctx, evidence=False), enquiry=name, new_terms=flags["new_terms"])
        is_local = ctx.meta["store"] is None and ctx.meta["endpoint"] is None
        is_checked = is_local and not flags["no_check"] and read.row_count <= MAX_CHECKED_ROWS
        warnings = [*read.warnings, *(_check_rules(ctx, read) if is_checked else ())]
    except sheets.SheetError as error:
        _print_lines(f"warning: {line}" for line in sheets.format_errors(error.warnings))
        _print_lines(sheets.format_errors(error.errors))
        number = len(error.errors)
        click.echo(f"{number} error{'' if number == 1 else 's'}; nothing was written", err=True)
        ctx.exit(1)
    write_file(output, read.chunks(), force=force)
    _name_new(read.new)
    _print_lines(f"warning: {line}" for line in sheets.format_errors(warnings))
    counts = ", ".join(f"{number} {what}" for what, number in read.counts.items())
    tell(f"{counts} written to {output}{'' if is_checked else f'; check it with: nlc-graph validate {output}'}")


def _check_rules(ctx: click.Context, read: Imported) -> list[CellError]:
    """Check what was made of sheets against the shapes and rules; return the warnings.

    :raises SheetError: if there are errors
    """
    from .. import sheet as sheets
    from ..validation import validate

    context, bundled = ctx.obj
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "sheet.ttl")
        write_file(path, read.chunks())
        report = validate([path], context=context, bundled=bundled)
    errors: list[CellError] = []
    warnings: list[CellError] = []
    for finding in report.findings:
        values = [f"{name}: {report.names.label(str(value))}" for name, value in finding.details.items()]
        found = [f"did you mean {' or '.join(finding.suggestions)}?"] if finding.suggestions else []
        message = "; ".join([finding.message.rstrip("."), *values])
        hint = "; ".join([*found, finding.hint.rstrip(".")])
        found_at = read.locate(str(finding.entity), finding.properties, finding.code, message, hint)
        (warnings if finding.code in WARNING_RULES else errors).append(found_at)
    if errors:
        raise sheets.SheetError(errors, [*read.warnings, *warnings])
    return warnings


@sheet.command()
@click.option("-o", "--output", required=True, metavar="FILE", help="Sheet to write: .csv or .xlsx.")
@filter_options
@force_option
@click.pass_context
def export(ctx: click.Context, /, output: str, force: bool, **given: tuple[str, ...]) -> None:
    """Write the graph, or the part that passes the filters, as a sheet that `sheet import` reads.

    A sheet holds one enquiry: if the graph has several, choose one with --enquiry.

    Cells that a spreadsheet program would run as formulas are written as text.

    \b
    Examples:
      nlc-graph sheet export -o bundled.xlsx
      nlc-graph sheet export --network Kingsbridge -o kingsbridge.csv
    """
    from .. import sheet as sheets

    _check_output(output, force)
    graph = opened_for(ctx, given["enquiry"])
    names = names_of_enquiries(graph)
    if len(names) > 1 and not given["enquiry"]:
        choices = " or ".join(repr(name) for name in names.values())
        raise ParameterError(f"a sheet holds one enquiry, and the graph has several; choose with --enquiry: {choices}")
    filters = read_filters(graph.names, given)
    is_part = len(names) > 1 or any(given[name] for name in given if name != "enquiry")
    found = sheets.to_rows(graph, find_claims(graph, filters) if is_part else None)
    _write(output, found.rows, force)
    tell(f"{len(found.rows)} rows written to {output}")
    if len(found.rows) > sheets.MAX_ROWS:
        click.echo(f"`sheet import` reads at most {sheets.MAX_ROWS:,}: export it in parts, by --network", err=True)
    if found.left_out:
        left = ", ".join(f"{number} {what}" for what, number in found.left_out.items())
        click.echo(f"not carried by a sheet: {left}", err=True)


def _check_output(output: str, force: bool) -> None:
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
        content = sheets.to_xlsx(rows, sheets.drop_down_lists(open_graph(bundled=False)))
    write_file(output, content, force=force)


def _name_new(new: Sequence[NewEntity]) -> None:
    """Name what was made, so that a misspelt name is seen."""
    for kind in dict.fromkeys(one.kind for one in new):
        made = [one for one in new if one.kind == kind]
        names = [f"{one.label!r} (row {one.row})" for one in made[:MAX_NAMED]]
        more = f", and {len(made) - MAX_NAMED:,} more" if len(made) > MAX_NAMED else ""
        _print_lines([f"new {kind}{'s' * (len(made) > 1)}: {', '.join(names)}{more}"])
    similar = [one for one in new if one.similar]
    _print_lines(f"{one.label!r} is new, and similar to {', '.join(map(repr, one.similar))}" for one in similar)


def _print_lines(lines: Iterable[str]) -> None:
    for line in islice(lines, MAX_LINES):
        click.echo(clean(line), err=True)
