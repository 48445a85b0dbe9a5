"""``nlc-graph analyse``: what the linkage shows beyond its links."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ..export import write_file
from ..graph.graph import Graph
from ..table import WRITERS, Table
from .options import FORMATS, enquiry_option, opened_for, tell, width
from .text import to_text, wrap

if TYPE_CHECKING:
    from ..analysis import Findings

F = TypeVar("F", bound=Callable[..., Any])
COUNTS = ("networks", "claims", "evidence")


@click.group()
def analyse() -> None:
    """Say what the linkage shows: how widely practices reach, what is missing, what hangs on one network.

    Each measure says what a node, a weight and a number is and where the measure comes from, and names the claims
    behind each result. With ten networks most of this is description, not inference. --plot draws all but paths.

    \b
    Examples:
      nlc-graph analyse rank
      nlc-graph analyse gaps --format csv
      nlc-graph analyse paths "learning mentors" attendance
    """


def output_options(function: F) -> F:
    """Add ``--enquiry``, ``--format``, ``--claims``, ``--limit``, ``--plot`` and ``--force``."""
    for option in (
        click.option("--force", is_flag=True, help="Replace the picture if it exists."),
        click.option("--plot", metavar="FILE", help="Draw it, too: .svg or .png (needs the extra `plot`)."),
    ):
        function = option(function)
    return text_options(function)


def text_options(function: F) -> F:
    """Add ``--format``, ``--claims`` and ``--limit``."""
    for option in (
        click.option(
            "--limit", type=click.IntRange(1), help="Print at most so many rows of a table; other formats print all."
        ),
        click.option("--claims", is_flag=True, help="Name the claims in the table, too; other formats always do."),
        click.option(
            "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How to print."
        ),
    ):
        function = option(function)
    return enquiry_option(function)


def count_option(function: F) -> F:
    """Add ``--count``."""
    return click.option(
        "--count",
        type=click.Choice(COUNTS),
        default="networks",
        show_default=True,
        help="What the weight of a link counts.",
    )(function)


@analyse.command()
@click.option(
    "--of", type=click.Choice(("practices", "outcomes")), default="practices", show_default=True, help="What to rank."
)
@click.option(
    "--by",
    type=click.Choice(("breadth", "degree", "betweenness", "bridging", "pagerank")),
    default="breadth",
    show_default=True,
    help="What decides the order; breadth is key features reached, then networks.",
)
@count_option
@output_options
@click.pass_context
def rank(ctx: click.Context, /, of: str, by: Any, count: Any, enquiry: tuple[str, ...], **output: Any) -> None:
    """Rank practices or outcome types by how widely they reach.

    \b
    Examples:
      nlc-graph analyse rank --limit 10
      nlc-graph analyse rank --of outcomes --by betweenness --plot outcomes.svg
    """
    from ..analysis.centrality import rank as run

    graph = opened_for(ctx, enquiry)
    show(run(graph, of=of, by=by, count=count), graph, by=by, **output)


@analyse.command()
@output_options
@click.pass_context
def gaps(ctx: click.Context, /, enquiry: tuple[str, ...], **output: Any) -> None:
    """List what is missing: outcomes, practices, figures, and cells that similar practices would suggest.

    \b
    Examples:
      nlc-graph analyse gaps --limit 5
      nlc-graph analyse gaps --limit 1 --plot gaps.svg
    """
    from ..analysis.gaps import gaps as run

    graph = opened_for(ctx, enquiry)
    show(run(graph), graph, **output)


@analyse.command()
@click.argument("practice")
@click.argument("target", metavar="OUTCOME|FEATURE")
@click.option("--steps", type=click.IntRange(1, 8), default=4, show_default=True, help="Longest path, in steps.")
@click.option(
    "--most", type=click.IntRange(1), default=10, show_default=True, help="Most paths to list, shortest first."
)
@text_options
@click.pass_context
def paths(
    ctx: click.Context, /, practice: str, target: str, steps: int, most: int, enquiry: tuple[str, ...], **output: Any
) -> None:
    """Find how a practice is tied to an outcome type or key feature, with the evidence on each step.

    \b
    Examples:
      nlc-graph analyse paths "learning mentors" attendance
      nlc-graph analyse paths story-making feature:well-being --steps 3
    """
    from ..analysis.paths import paths as run

    graph = opened_for(ctx, enquiry)
    graph.names.look_up(((practice, ("practice",)), (target, ("outcome", "feature"))))
    start, end = graph.names.find(practice, "practice").iri, graph.names.find(target, "outcome", "feature").iri
    show(run(graph, start, end, steps=steps, most=most), graph, **output)


@analyse.command()
@click.option("--seed", type=int, default=2005, show_default=True, help="Seed of the groups shown and of the draws.")
@click.option("--draws", type=click.IntRange(99), default=999, show_default=True, help="Random graphs to compare with.")
@output_options
@click.pass_context
def groups(ctx: click.Context, /, seed: int, draws: int, enquiry: tuple[str, ...], **output: Any) -> None:
    """Find which practices and networks go together, how stable that is, and pairs beyond chance.

    \b
    Example:
      nlc-graph analyse groups --plot groups.svg
    """
    from ..analysis.communities import groups as run

    graph = opened_for(ctx, enquiry)
    show(run(graph, seed=seed, draws=draws), graph, **output)


@analyse.command()
@output_options
@click.pass_context
def robustness(ctx: click.Context, /, enquiry: tuple[str, ...], **output: Any) -> None:
    """Leave out one network, kind of evidence or voice at a time: which links fall, which hang on one network?

    \b
    Example:
      nlc-graph analyse robustness --limit 10
    """
    from ..analysis.robustness import robustness as run

    graph = opened_for(ctx, enquiry)
    show(run(graph), graph, **output)


@analyse.command()
@click.argument("network")
@click.option(
    "--by",
    type=click.Choice(("either", "practices", "aims")),
    default="either",
    show_default=True,
    help="What makes them similar.",
)
@click.option("--most", type=click.IntRange(1), default=3, show_default=True, help="Peers whose practices are listed.")
@output_options
@click.pass_context
def peers(ctx: click.Context, /, network: str, by: str, most: int, enquiry: tuple[str, ...], **output: Any) -> None:
    """Find networks with similar practices or aims, and what they did that NETWORK did not.

    \b
    Example:
      nlc-graph analyse peers Kingsbridge
    """
    from ..analysis.similarity import peers as run

    graph = opened_for(ctx, enquiry)
    show(run(graph, graph.names.find(network, "network").iri, by=by, most=most), graph, **output)


@analyse.command()
@click.option("--indicator", metavar="THING", help="Only this indicator.")
@click.option("--network", metavar="THING", help="Only this network, its schools and groups.")
@output_options
@click.pass_context
def timeline(
    ctx: click.Context, /, indicator: str | None, network: str | None, enquiry: tuple[str, ...], **output: Any
) -> None:
    """List figures by indicator and period, against comparators, before and after the network was formed.

    \b
    Examples:
      nlc-graph analyse timeline --network Kingsbridge
      nlc-graph analyse timeline --indicator "attendance rate" --format csv
    """
    from ..analysis.timeline import timeline as run

    graph = opened_for(ctx, enquiry)
    graph.names.look_up(
        (text, (sort,)) for text, sort in ((indicator, "indicator"), (network, "network")) if text is not None
    )
    only = [
        graph.names.find(text, sort).iri if text else ""
        for text, sort in ((indicator, "indicator"), (network, "network"))
    ]
    show(run(graph, indicator=only[0], network=only[1]), graph, **output)


def show(
    findings: Findings,
    graph: Graph,
    *,
    form: str,
    claims: bool,
    limit: int | None,
    plot: str | None = None,
    force: bool = False,
    by: str = "",
) -> None:
    """Print findings, and draw them where a file is named."""
    from ..analysis.findings import to_object, to_rows

    findings = _with_enquiries(findings, graph)
    if plot:
        _draw(findings, graph, plot, by, force)
    if form == "table":
        _print_words(findings, graph, claims, limit)
        return
    if form == "json":
        click.echo(json.dumps(to_object(findings, graph.names), ensure_ascii=False, indent=2))
    else:
        click.echo(WRITERS[form](to_rows(findings, graph.names)), nl=False)
    _print_notes(findings, err=True)


def _with_enquiries(findings: Findings, graph: Graph) -> Findings:
    """Say of each row from which enquiry it comes, where the graph holds several."""
    from ..analysis.findings import things_behind, with_column
    from ..evidence.provenance import origins_of_rows

    parts = [part for part in findings.parts if not part.aside]
    rows = [things for part in parts for things in things_behind(part)]
    origins = origins_of_rows(graph, rows)
    if origins is None:
        return findings
    words = iter([origins.in_words(index) for index in range(len(rows))])
    told = [
        part if part.aside else with_column(part, "enquiry", [next(words) for _ in part.rows])
        for part in findings.parts
    ]
    return replace(findings, parts=tuple(told))


def _print_words(findings: Findings, graph: Graph, claims: bool, limit: int | None) -> None:
    from ..analysis.findings import to_words

    for part in findings.parts:
        if part.aside:
            continue
        if len(findings.parts) > 1:
            click.echo(f"{part.name} ({len(part.rows)})")
        words = to_words(part, graph.names, claims=claims)
        if words.rows:
            click.echo(to_text(Table(words.columns, words.rows[:limit]), width()), nl=False)
        if limit and len(words.rows) > limit:
            click.echo(f"{len(words.rows) - limit} more rows: leave --limit out, or --format csv")
        if part.note:
            _print_wrapped(part.note)
        click.echo()
    _print_notes(findings)


def _print_notes(findings: Findings, *, err: bool = False) -> None:
    for word, meaning in findings.says:
        _print_wrapped(f"{word}: {meaning}", err=err)


def _print_wrapped(text: str, *, err: bool = False) -> None:
    click.echo("\n  ".join(wrap(text, max(width() - 2, 40))), err=err)


def _draw(findings: Findings, graph: Graph, plot: str, by: str, force: bool) -> None:
    import logging

    from ..analysis.plots import draw

    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # that it cannot keep its cache of fonts is no news to us
    write_file(plot, draw(findings, graph.names, Path(plot).suffix.lower(), by=by), force=force)
    tell(f"picture written to {plot}")
