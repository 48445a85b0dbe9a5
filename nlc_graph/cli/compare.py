"""``nlc-graph compare`` and ``nlc-graph diff``: two enquiries, and two versions of a graph."""

from __future__ import annotations

from collections.abc import Mapping

import click

from ..enquiries import Comparison, find_enquiries
from ..enquiries import compare as compare_enquiries
from ..enquiries import diff as find_differences
from ..graph import open_graph
from ..table import Iri, Value, as_table
from ..things import Things
from .impacts import CAUTION
from .options import format_option, opened, print_rows


@click.command()
@click.argument("first")
@click.argument("second")
@format_option
@click.pass_context
def compare(ctx: click.Context, first: str, second: str, form: str) -> None:
    """Show where two enquiries agree, where they differ, and what only one of them reports.

    One row a practice and outcome: what each enquiry says of it, direction and link type with the number of claims.
    They agree where they report the same directions. A difference proves neither wrong: schools, measures and times
    differ.

    \b
    Examples:
      nlc-graph compare "NLC enquiry 2005" "Riverside 2006" --format csv
      nlc-graph --data mydata.ttl compare "NLC enquiry 2005" "Riverside 2006"
    """
    graph = opened(ctx)
    things = graph.things
    one, other = (things.find(name, "enquiry").iri for name in (first, second))
    rows = compare_enquiries(graph, one, other)
    names = [things.label(enquiry) for enquiry in (one, other)]
    header = ("verdict", "practice", "outcome", *names) if form == "table" else _HEADER
    print_rows(as_table(header, [_row(row, names, things, form) for row in rows]), form)
    count = {verdict: sum(row.verdict == verdict for row in rows) for verdict in ("agree", "differ", "only")}
    text = f"{count['agree']} agree, {count['differ']} differ, {count['only']} reported by one only ({CAUTION})"
    click.echo(text, err=form != "table")
    if len(find_enquiries(graph)) < 2:
        click.echo("the graph holds one enquiry only; add another with --data PATH", err=True)


_HEADER = ("verdict", "practice_id", "practice", "outcome_id", "outcome", "first", "second")


def _row(row: Comparison, names: list[str], things: Things, form: str) -> list[Value]:
    verdict = f"only {names[0] if row.first else names[1]}" if row.verdict == "only" else row.verdict
    said = [_said(side, things) for side in (row.first, row.second)]
    practice = things.label(row.practice) if row.practice else "(none tied)"
    if form == "table":
        return [verdict, practice, things.label(row.outcome), *said]
    curie = things.curie(row.practice) if row.practice else None
    return [verdict, curie, practice if curie else None, things.curie(row.outcome), things.label(row.outcome), *said]


def _said(side: Mapping[tuple[Iri, Iri], int], things: Things) -> str:
    return "; ".join(
        f"{things.label(direction)}, {things.label(link)} {claims}" for (direction, link), claims in side.items()
    )


@click.command()
@click.argument("old")
@click.argument("new")
@format_option
@click.pass_context
def diff(ctx: click.Context, old: str, new: str, form: str) -> None:
    """List the claims that were added, changed or withdrawn between two files or folders, OLD and NEW.

    A changed claim is told by what is said otherwise of it or of its evidence. Claims are known by their identifiers.

    \b
    Example:
      nlc-graph diff mydata-january.ttl mydata.ttl
    """
    before, after = (open_graph(path, bundled=False) for path in (old, new))

    def words(value: Value) -> str:
        if not isinstance(value, Iri):
            return str(value)
        label = after.things.label(value)
        return before.things.label(value) if label == after.things.curie(value) else label

    found = find_differences(before, after)
    rows = [
        (
            each.change,
            after.things.curie(each.claim) if form != "table" else words(each.claim),
            "" if each.item in (None, each.claim) else words(each.item or ""),
            words(each.property) if each.property else "",
            "; ".join(map(words, each.before)),
            "; ".join(map(words, each.after)),
        )
        for each in found
    ]
    if rows or form != "table":
        print_rows(as_table(("change", "claim", "evidence", "what", "before", "after"), rows), form)
    claims = {change: len({each.claim for each in found if each.change == change}) for change in _CHANGES}
    click.echo(", ".join(f"{number} {change}" for change, number in claims.items()), err=form != "table")


_CHANGES = ("added", "changed", "withdrawn")
