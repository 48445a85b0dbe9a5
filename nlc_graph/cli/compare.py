"""``nlc-graph compare``: two enquiries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import click

from ..evidence.enquiries import VERDICTS, Comparison, find_enquiries
from ..evidence.enquiries import compare as compare_enquiries
from ..evidence.provenance import names_of_enquiries
from ..graph.names import NameIndex
from ..table import Ref, Value, as_table
from ..vocabulary import local_name
from .impacts import CAUTION
from .options import format_option, opened, print_rows

NO_PRACTICE = "(no practice)"
#: (direction, link type) to the claims of one enquiry.
Side = Mapping[tuple[Ref, Ref], tuple[Ref, ...]]

COLUMNS = (
    "verdict practice_id practice outcome_id outcome first_results second_results first_claims second_claims"
).split()
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
    not prove either wrong: schools, measures and times differ. Formats other than table also list the claims.

    \b
    Examples:
      nlc-graph compare "NLC enquiry 2005" "Riverside 2006" --format csv
      nlc-graph --data mydata.ttl compare "NLC enquiry 2005" "Riverside 2006"
    """
    graph = opened(ctx)
    one, other = (graph.names.find(name, "enquiry").iri for name in (first, second))
    rows = compare_enquiries(graph, one, other)
    shortest = names_of_enquiries(graph)
    names = [shortest.get(enquiry) or graph.names.label(enquiry) for enquiry in (one, other)]
    if form == "table":
        _print_parts(rows, names, graph.names)
    else:
        print_rows(as_table(COLUMNS, [_row(row, names, graph.names) for row in rows]), form)
    count = Counter(row.verdict for row in rows)
    summary = ", ".join(f"{count[verdict]} {COUNTED[verdict]}" for verdict in VERDICTS if count[verdict])
    click.echo(f"practices by outcomes: {summary} ({CAUTION})", err=form != "table")
    if len(find_enquiries(graph)) < 2:
        click.echo("the graph has one enquiry only; add another with --data PATH", err=True)


def _row(row: Comparison, enquiries: Sequence[str], names: NameIndex) -> list[Value]:
    verdict = f"only {enquiries[0] if row.first else enquiries[1]}" if row.verdict == "only" else row.verdict
    return [
        verdict,
        names.curie(row.practice) if row.practice else None,
        names.label(row.practice) if row.practice else None,
        names.curie(row.outcome),
        names.label(row.outcome),
        _results(row.first, names),
        _results(row.second, names),
        _claims(row.first, names),
        _claims(row.second, names),
    ]


def _print_parts(rows: Sequence[Comparison], enquiries: Sequence[str], names: NameIndex) -> None:
    both = [row for row in rows if row.verdict != "only"]
    first = _outcomes_by_practice([row for row in rows if not row.second], "first", names)
    second = _outcomes_by_practice([row for row in rows if not row.first], "second", names)
    practices = {_practice(row, names) for row in both}
    shared = sorted(((first.keys() & second.keys()) | practices) & (first.keys() | second.keys()) - {NO_PRACTICE})
    _print_part(
        "Both report the practice with the outcome",
        ("verdict", "practice", "outcome", *enquiries),
        [_row_of_both(row, names) for row in both],
    )
    _print_part(
        "Both report the practice, with outcomes that the other does not",
        ("practice", *enquiries),
        [(name, first.get(name, ""), second.get(name, "")) for name in shared],
    )
    for enquiry, outcomes in zip(enquiries, (first, second), strict=True):
        alone = sorted(outcomes.keys() - set(shared), key=lambda name: (name == NO_PRACTICE, name))
        _print_part(f"Only {enquiry} reports", ("practice", "outcomes"), [(name, outcomes[name]) for name in alone])


def _print_part(title: str, header: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
    click.echo(f"{title} ({len(rows)})")
    if rows:
        print_rows(as_table(header, rows), "table")
    click.echo()


def _row_of_both(row: Comparison, names: NameIndex) -> list[Value]:
    results = [_results(side, names) for side in (row.first, row.second)]
    return [row.verdict, _practice(row, names), names.label(row.outcome), *results]


def _outcomes_by_practice(rows: Sequence[Comparison], side: str, names: NameIndex) -> dict[str, str]:
    """Return practice to its outcome types with their results."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        results = dict.fromkeys(_direction(direction, names) for direction, _ in getattr(row, side))
        found[_practice(row, names)].append(f"{names.label(row.outcome)} ({', '.join(results)})")
    return {practice: "; ".join(outcomes) for practice, outcomes in found.items()}


def _practice(row: Comparison, names: NameIndex) -> str:
    return names.label(row.practice) if row.practice else NO_PRACTICE


def _direction(direction: Ref, names: NameIndex) -> str:
    return NO_RESULT.get(local_name(direction)) or names.label(direction)


def _results(side: Side, names: NameIndex) -> str:
    """Format results with the number of claims, in all and by link type."""
    links: dict[Ref, list[str]] = defaultdict(list)
    numbers: Counter[Ref] = Counter()
    for (direction, link), claims in side.items():
        links[direction].append(f"{names.label(link)} {len(claims)}")
        numbers[direction] += len(claims)
    return "; ".join(f"{_direction(each, names)} {numbers[each]} ({', '.join(links[each])})" for each in links)


def _claims(side: Side, names: NameIndex) -> str:
    distinct = {claim for claims in side.values() for claim in claims}
    return " ".join(map(names.curie, sorted(distinct)))
