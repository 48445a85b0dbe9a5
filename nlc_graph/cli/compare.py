"""``nlc-graph compare``: two enquiries."""

from __future__ import annotations

from collections import defaultdict
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

NO_PRACTICE = "(none tied)"
Said = Mapping[tuple[Ref, Ref], tuple[Ref, ...]]


@click.command()
@click.argument("first")
@click.argument("second")
@format_option
@click.pass_context
def compare(ctx: click.Context, first: str, second: str, form: str) -> None:
    """Show where two enquiries agree, where they differ, and what only one of them reports.

    Of a practice and outcome that both tie, it is told which results each reports (improved, worsened, mixed,
    unchanged), on how many claims, and how far the source goes. They agree where the results are the same, partly where
    some are, and differ where none is; they are not comparable where one tells only of an aim or a state. A difference
    proves neither wrong: schools, measures and times differ. Other formats have one row a practice and outcome, and
    name the claims.

    \b
    Examples:
      nlc-graph compare "NLC enquiry 2005" "Riverside 2006" --format csv
      nlc-graph --data mydata.ttl compare "NLC enquiry 2005" "Riverside 2006"
    """
    graph = opened(ctx)
    things = graph.names
    one, other = (things.find(name, "enquiry").iri for name in (first, second))
    rows = compare_enquiries(graph, one, other)
    called = names_of_enquiries(graph)
    names = [called.get(enquiry) or things.label(enquiry) for enquiry in (one, other)]
    if form == "table":
        _print_parts(rows, names, things)
    else:
        print_rows(as_table(_HEADER, [_row(row, names, things) for row in rows]), form)
    count = {verdict: sum(row.verdict == verdict for row in rows) for verdict in VERDICTS}
    told = ", ".join(f"{count[verdict]} {words}" for verdict, words in _COUNTED.items() if count[verdict])
    click.echo(f"practices by outcomes: {told} ({CAUTION})", err=form != "table")
    if len(find_enquiries(graph)) < 2:
        click.echo("the graph holds one enquiry only; add another with --data PATH", err=True)


_HEADER = (
    "verdict practice_id practice outcome_id outcome first_results second_results first_claims second_claims"
).split()
_COUNTED = {
    "differ": "differ",
    "partly": "agree partly",
    "agree": "agree",
    "not comparable": "not comparable",
    "only": "reported by one only",
}


def _row(row: Comparison, names: Sequence[str], things: NameIndex) -> list[Value]:
    verdict = f"only {names[0] if row.first else names[1]}" if row.verdict == "only" else row.verdict
    practice = [things.curie(row.practice), things.label(row.practice)] if row.practice else [None, None]
    sides = (row.first, row.second)
    claims = [" ".join(things.curie(claim) for claim in _claims_of(side)) for side in sides]
    outcome = things.curie(row.outcome), things.label(row.outcome)
    return [verdict, *practice, *outcome, *(_said(side, things) for side in sides), *claims]


def _print_parts(rows: Sequence[Comparison], names: Sequence[str], things: NameIndex) -> None:
    both = [row for row in rows if row.verdict != "only"]
    mine, theirs = (_by_practice([row for row in rows if row.verdict == "only" and getattr(row, side)], things)
                    for side in ("first", "second"))  # fmt: skip
    alike = {things.label(row.practice) for row in both if row.practice}
    shared = sorted(((mine.keys() & theirs.keys()) | (alike & (mine.keys() | theirs.keys()))) - {NO_PRACTICE})
    _part(
        "Both report the practice with the outcome",
        ("verdict", "practice", "outcome", *names),
        [
            (row.verdict, things.label(row.practice) if row.practice else NO_PRACTICE, things.label(row.outcome),
             _said(row.first, things), _said(row.second, things))
            for row in both
        ],
    )  # fmt: skip
    _part(
        "Both report the practice, with outcomes that the other does not",
        ("practice", *names),
        [(name, mine.get(name, ""), theirs.get(name, "")) for name in shared],
    )
    for name, here in zip(names, (mine, theirs), strict=True):
        alone = sorted(here.keys() - set(shared), key=lambda each: (each == NO_PRACTICE, each))
        _part(
            f"Only {name} reports",
            ("practice", "outcomes"),
            [(each, here[each]) for each in alone],
        )


def _part(title: str, header: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
    click.echo(f"{title} ({len(rows)})")
    if rows:
        print_rows(as_table(header, rows), "table")
    click.echo()


def _by_practice(rows: Sequence[Comparison], things: NameIndex) -> dict[str, str]:
    """Return practice to the outcomes told with it, each with its results."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        results = dict.fromkeys(_briefly(direction, things) for direction, _ in (*row.first, *row.second))
        practice = things.label(row.practice) if row.practice else NO_PRACTICE
        found[practice].append(f"{things.label(row.outcome)} ({', '.join(results)})")
    return {practice: "; ".join(told) for practice, told in found.items()}


def _briefly(direction: Ref, things: NameIndex) -> str:
    return {"open": "an aim", "state": "a state"}.get(local_name(direction)) or things.label(direction)


def _said(side: Said, things: NameIndex) -> str:
    """Say results with the number of claims, and of these how many tie them how far."""
    ties: dict[Ref, list[str]] = defaultdict(list)
    numbers: dict[Ref, int] = defaultdict(int)
    for (direction, link), claims in side.items():
        ties[direction].append(f"{things.label(link)} {len(claims)}")
        numbers[direction] += len(claims)
    return "; ".join(f"{_briefly(each, things)} {numbers[each]} ({', '.join(told)})" for each, told in ties.items())


def _claims_of(side: Said) -> list[Ref]:
    return sorted({claim for claims in side.values() for claim in claims})
