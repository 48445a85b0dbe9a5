"""``nlc-graph analyse``: measures over the claims of a graph."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..export import write_file
from ..graph.graph import Graph
from ..table import WRITERS, Table
from .options import FORMATS, enquiry_option, opened_for, tell, width
from .text import to_text, wrap

if TYPE_CHECKING:
    from ..analysis import Findings

#: Tables and columns that a terminal does not show, for want of space.
HIDDEN_TABLES = ("uses", "links by evidence")
HIDDEN_COLUMNS = {
    "communities": ("strategies",),
    "one left out": ("claims_lost",),
    "peers": ("uses",),
    "figures": ("network kind year value measure precision position comparator compared difference formed").split(),
}
#: Headings of columns whose name alone is unclear.
HEADINGS = {"thing": "name", "how_far": "link types"}
ORDERS = ("breadth", "degree", "betweenness", "bridging", "pagerank")
EXPLAIN = "Print what the measure counts, its source and its limits."


@click.group()
def analyse() -> None:
    """Measure what the claims show: how widely practices reach, what is missing, what rests on one network.

    Each row names the claims behind it. --explain says what a measure counts, where it comes from and what it cannot
    show; --plot draws all but paths.

    \b
    Examples:
      nlc-graph analyse rank --explain
      nlc-graph analyse paths "learning mentors" attendance
    """


def explain(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    """Print what the measure of a command is, and end the command."""
    if wanted:
        from ..analysis import read_explanation

        click.echo(read_explanation(str(ctx.info_name)))
        ctx.exit()


def choice(name: str, values: Sequence[str], text: str) -> Callable[[Any], Any]:
    """Add an option with a closed list of values; the first is the default."""
    return click.option(name, type=click.Choice(values), default=values[0], show_default=True, help=text)


def number(name: str, default: int, text: str, *, least: int = 1, most: int | None = None) -> Callable[[Any], Any]:
    """Add an option with a whole number."""
    return click.option(name, type=click.IntRange(least, most), default=default, show_default=True, help=text)


OPTIONS = (
    click.option("--limit", type=click.IntRange(1), help="Rows of a table to print at most; other formats print all."),
    click.option("--claims", is_flag=True, help="List the claims in the table, too; other formats always do."),
    choice("--format", FORMATS, "How to print."),
    click.option("--explain", is_flag=True, is_eager=True, expose_value=False, callback=explain, help=EXPLAIN),
    enquiry_option,
)
PLOT_OPTIONS = (
    click.option("--force", is_flag=True, help="Replace the picture if it exists."),
    click.option("--plot", metavar="FILE", help="Draw a picture, too: .svg or .png (needs the extra `plot`)."),
)


def measure(*options: Callable[[Any], Any]) -> Callable[[Callable[..., Findings]], click.Command]:
    """Make a command of a function from a graph to findings: open the graph, draw, print."""

    def add(function: Callable[..., Findings]) -> click.Command:
        @wraps(function)
        def command(**given: Any) -> None:
            output = {name: given.pop(name, None) for name in ("format", "claims", "limit", "plot", "force")}
            graph = opened_for(click.get_current_context(), given.pop("enquiry"))
            show(function(graph, **given), graph, **output)

        for option in (*options, *OPTIONS):
            option(command)
        return analyse.command()(command)

    return add


@measure(*PLOT_OPTIONS)
@choice("--of", ("practices", "outcomes"), "What to rank.")
@choice("--by", ORDERS, "What decides the order; breadth is key features reached, then networks.")
@choice("--count", ("networks", "claims", "evidence"), "What the weight of a link counts.")
def rank(graph: Graph, **options: Any) -> Findings:
    """Rank practices or outcome types by how widely they reach (centrality).

    \b
    Example:
      nlc-graph analyse rank --of outcomes --by betweenness --plot outcomes.svg
    """
    from ..analysis.centrality import rank_nodes

    return rank_nodes(graph, **options)


@measure(*PLOT_OPTIONS)
def gaps(graph: Graph) -> Findings:
    """List what is missing: outcomes, practices, figures, and links that similar practices suggest.

    \b
    Example:
      nlc-graph analyse gaps --limit 5
    """
    from ..analysis.gaps import find_gaps

    return find_gaps(graph)


@measure()
@click.argument("practice")
@click.argument("target", metavar="OUTCOME|FEATURE")
@number("--steps", 4, "Longest path, in steps.", most=8)
@number("--most", 10, "Paths to list at most, shortest first.")
def paths(graph: Graph, practice: str, target: str, **options: int) -> Findings:
    """Find how claims connect a practice with an outcome type or key feature, with the evidence on each step.

    \b
    Example:
      nlc-graph analyse paths "learning mentors" attendance
    """
    from ..analysis.paths import find_paths

    start, end = graph.names.find(practice, "practice"), graph.names.find(target, "outcome", "feature")
    return find_paths(graph, start.iri, end.iri, **options)


@measure(*PLOT_OPTIONS)
@click.option("--seed", type=int, default=2005, show_default=True, help="Seed of the communities and random graphs.")
@number("--draws", 999, "Random graphs to compare with.", least=99)
def groups(graph: Graph, **options: int) -> Findings:
    """Find communities of practices and networks, how stable they are, and practices used together.

    \b
    Example:
      nlc-graph analyse groups --plot groups.svg
    """
    from ..analysis.communities import find_communities

    return find_communities(graph, **options)


@measure(*PLOT_OPTIONS)
def robustness(graph: Graph) -> Findings:
    """Count the links lost without one network, kind of evidence or voice, and list links of a single network.

    \b
    Example:
      nlc-graph analyse robustness --limit 10
    """
    from ..analysis.robustness import count_losses

    return count_losses(graph)


@measure(*PLOT_OPTIONS)
@click.argument("network")
@choice("--by", ("either", "practices", "aims"), "What makes networks similar.")
@number("--most", 3, "Similar networks whose practices are listed.")
def peers(graph: Graph, network: str, **options: Any) -> Findings:
    """Rank networks by similarity of practices or aims, and list what the nearest did that NETWORK did not.

    \b
    Example:
      nlc-graph analyse peers Kingsbridge
    """
    from ..analysis.similarity import rank_similar_networks

    return rank_similar_networks(graph, graph.names.find(network, "network").iri, **options)


@measure(*PLOT_OPTIONS)
@click.option("--indicator", metavar="NAME", help="Only this indicator.")
@click.option("--network", metavar="NAME", help="Only this network, its schools and groups.")
def timeline(graph: Graph, **names: str | None) -> Findings:
    """List figures by indicator and period, with comparators, before and after the network was formed.

    \b
    Example:
      nlc-graph analyse timeline --network Kingsbridge
    """
    from ..analysis.timeline import find_figures

    only = {sort: graph.names.find(name, sort).iri for sort, name in names.items() if name is not None}
    return find_figures(graph, **only)


def show(
    findings: Findings, graph: Graph, *, format: str, claims: bool, limit: int | None, plot: str | None, force: bool
) -> None:
    """Print findings, and draw them if a file is named."""
    from ..analysis.findings import to_object, to_rows, with_enquiries

    findings = with_enquiries(findings, graph)
    if plot:
        _draw(findings, graph, plot, force=force)
    if format == "table":
        _print_tables(findings, graph, claims=claims, limit=limit)
    elif format == "json":
        click.echo(json.dumps(to_object(findings, graph.names), ensure_ascii=False, indent=2))
    else:
        click.echo(WRITERS[format](to_rows(findings, graph.names)), nl=False)
    _print_notes(findings, err=format != "table")


def _print_tables(findings: Findings, graph: Graph, *, claims: bool, limit: int | None) -> None:
    from ..analysis.findings import to_labels

    for name, table in findings.tables.items():
        if name in HIDDEN_TABLES:
            continue
        columns = [column for column in table.columns if column not in HIDDEN_COLUMNS.get(name, ())]
        headings = tuple(HEADINGS.get(column, column.replace("_", " ")) for column in columns)
        rows = to_labels(table, columns, graph.names, claims=claims).rows[:limit]
        click.echo(f"{name} ({len(table)})")
        click.echo(to_text(Table(headings, rows), width()) if rows else "")
        if len(table) > len(rows):
            click.echo(f"{len(table) - len(rows)} more rows: leave --limit out, or --format csv\n")


def _print_notes(findings: Findings, *, err: bool) -> None:
    """Print the numbers, the warnings, and what is counted."""
    from ..analysis import read_explanation

    numbers = "; ".join(f"{name} {round(value, 4)}" for name, value in findings.numbers.items())
    warnings = [f"warning: {warning}" for warning in findings.warnings]
    counted = " ".join(read_explanation(findings.measure).split("\n\n")[1].split())
    more = f"explained by: nlc-graph analyse {findings.measure} --explain"
    for text in (numbers, *warnings, counted, more):
        click.echo("\n".join(wrap(text, width())), err=err)


def _draw(findings: Findings, graph: Graph, plot: str, *, force: bool) -> None:
    import logging

    from ..analysis.plots import draw

    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # no warning that fonts cannot be cached
    write_file(plot, draw(findings, graph.names, Path(plot).suffix.lower()), force=force)
    tell(f"picture written to {plot}")
