"""``nlc-graph compare``: two enquiries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

import click

from ..evidence.enquiries import VERDICTS, Comparison, names_of_enquiries
from ..evidence.enquiries import compare as compare_enquiries
from ..graph.names import NameIndex
from ..table import Ref, Value, as_table
from ..vocabulary import local_name
from .impacts import CAUTION
from .options import format_option, opened, print_table

#: (direction, link type) to the claims of one enquiry.
Side = Mapping[tuple[Ref, Ref], tuple[Ref, ...]]

#: Verdict to its name in the summary.
COUNTED = {
    "differ": "differ",
    "partly": "agree partly",
    "agree": "agree",
    "not comparable": "not comparable",
    "only": "reported by one only",
}
#: Directions that are no result, in short.
NO_RESULT = {"open": "an aim", "state": "a state"}


@click.command()
@click.argument("first")
@click.argument("second")
@format_option
@click.pass_context
def compare(ctx: click.Context, first: str, second: str, form: str) -> None:
    """Show where two enquiries agree, where they differ, and what only one of them reports.

    For each practice and outcome type that both report, the results of each are listed (improved, worsened, mixed,
    unchanged) with the number of claims by link type. The enquiries agree if the results are the same, agree partly if
    some are, and differ if none are; they are not comparable if one reports only an aim or a state. A difference does
    not prove either wrong: schools, measures and times differ. What only one reports comes last. Formats other than
    table also list the claims.

    \b
    Examples:
      nlc-graph compare "NLC enquiry 2005" "Riverside 2006" --format csv
      nlc-graph --data mydata.ttl compare "NLC enquiry 2005" "Riverside 2006"
    """
    graph = opened(ctx)
    enquiries = [graph.names.find(name, "enquiry").iri for name in (first, second)]
    rows = compare_enquiries(graph, *enquiries)
    shortest = names_of_enquiries(graph)
    names = [shortest.get(enquiry) or graph.names.label(enquiry) for enquiry in enquiries]
    columns = ["verdict", "practice", "outcome", *(names if form == "table" else ("first", "second"))]
    cells = [_row(row, graph.names) for row in rows]
    if form != "table":
        columns += ["first_claims", "second_claims"]
        cells = [[*cell, *_claims(row, graph.names)] for cell, row in zip(cells, rows, strict=True)]
    print_table(as_table(columns, cells), form, graph.names)
    count = Counter(row.verdict for row in rows)
    summary = ", ".join(f"{count[verdict]} {COUNTED[verdict]}" for verdict in VERDICTS if count[verdict])
    click.echo(f"practices by outcomes: {summary} ({CAUTION})", err=form != "table")
    if len(shortest) < 2:
        click.echo("the graph has one enquiry only; add another with --data PATH", err=True)


def _row(row: Comparison, names: NameIndex) -> list[Value]:
    return [row.verdict, row.practice, row.outcome, _results(row.first, names), _results(row.second, names)]


def _results(side: Side, names: NameIndex) -> str:
    """Format results with the number of claims, in all and by link type."""
    links: dict[Ref, list[str]] = defaultdict(list)
    numbers: Counter[Ref] = Counter()
    for (direction, link), claims in side.items():
        links[direction].append(f"{names.label(link)} {len(claims)}")
        numbers[direction] += len(claims)
    return "; ".join(f"{_direction(each, names)} {numbers[each]} ({', '.join(links[each])})" for each in sorted(links))


def _direction(direction: Ref, names: NameIndex) -> str:
    return NO_RESULT.get(local_name(direction)) or names.label(direction)


def _claims(row: Comparison, names: NameIndex) -> list[Value]:
    sides = [{claim for claims in side.values() for claim in claims} for side in (row.first, row.second)]
    return [" ".join(map(names.curie, sorted(claims))) for claims in sides]
