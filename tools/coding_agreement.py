"""Compare the two readings of the source, and write what follows from their settlement.

``docs/second-reading/`` holds the first reading's claims before settling (``first-reading.csv``), the second reading
(``*.json``) and one row a claim or pair on how they were settled (``settled-*.csv``). From these come

- per cent agreement and Cohen's kappa before settling, the table in ``docs/coding.md``;
- the review status of every item of the graph, ``data/nlc2005/review.ttl``.

Run it to see the table; ``--write`` writes both, ``--check`` says what is not as it would be written (exit status 1).
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from nlc_graph import Graph, open_graph
from nlc_graph.vocabulary import to_curie

ROOT = Path(__file__).parent.parent
READINGS = ROOT / "docs" / "second-reading"
CODING = ROOT / "docs" / "coding.md"
REVIEW = ROOT / "data" / "nlc2005" / "review.ttl"

#: What the rows of each settlement file are about.
FILES = {
    "A": "Janus, Kingsbridge",
    "B": "Organic, Southampton, Penryn",
    "C": "PSLN, Pendle, Oldham, STAG",
    "D": "EXCEL",
    "E": "no single network",
    "F": "five networks together",
}
GENERAL = "general"
#: Second readings without a network that were made before ``general.json`` served as the first reading of what is said
#: of no single network, so they are no second one; these few are about five networks by name and count.
NAMED_TOGETHER = {f"feature-5-to-conclusions#{number}" for number in (39, 40, 41, 42)}

AGREED, SETTLED, CHECKED, CODED_ONCE = "agreed", "settled", "checked", "coded-once"
WAYS = {AGREED, "first", "second", "other", "added", "kept", "dropped", "declined"}

BEGIN, END = "<!-- agreement: written by tools/coding_agreement.py -->", "<!-- end of agreement -->"


class Coding(NamedTuple):
    """What one reader said of one claim. The kinds of evidence are one category: all of them or no agreement."""

    link: str
    outcome: str
    kinds: frozenset[str]
    direction: str


class Row(NamedTuple):
    """How one claim, or one pair, was settled. A claim read once for several networks has several partners."""

    file: str
    first: tuple[str, ...]
    second: str
    settled: str
    claims: tuple[str, ...]


class Agreement(NamedTuple):
    """Per cent agreement and kappa on one thing; kappa is None where chance alone gives full agreement."""

    per_cent: float
    kappa: float | None


def read_first(folder: Path) -> dict[str, Coding]:
    """Return the coding of each claim of the first reading, by CURIE."""
    with (folder / "first-reading.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["claim"]: Coding(row["link"], row["outcome"], frozenset(row["kinds"].split("+")), row["direction"])
            for row in csv.DictReader(file)
        }


def read_second(folder: Path) -> dict[str, Coding]:
    """Return the coding of each claim of the second reading, by file and place in it, as in ``general#3``."""
    second = {}
    for path in sorted(folder.glob("*.json")):
        for number, claim in enumerate(json.loads(path.read_text(encoding="utf-8"))["claims"]):
            name = f"{path.stem}#{number}"
            if claim["network"] or path.stem == GENERAL or name in NAMED_TOGETHER:
                kinds = frozenset(evidence["kind"] for evidence in claim["evidence"])
                outcome = claim["outcome"].removeprefix("outcome:")
                second[name] = Coding(claim["link"], outcome, kinds, claim["direction"])
    return second


def read_settlement(folder: Path) -> list[Row]:
    """Return the rows of all settlement files."""
    rows = []
    for path in sorted(folder.glob("settled-*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows += [
                Row(
                    path.stem.removeprefix("settled-"),
                    tuple(row["first"].split()),
                    row["second"],
                    row["settled"],
                    tuple(row["claim"].split()),
                )
                for row in csv.DictReader(file)
            ]
    return rows


def find_slips(first: Mapping[str, Coding], second: Mapping[str, Coding], rows: Sequence[Row]) -> list[str]:
    """Return what is wrong with the settlement: each claim of each reading is to stand in it once."""
    slips = []
    for reading, named in (
        (first, Counter(name for row in rows for name in row.first)),
        (second, Counter(row.second for row in rows if row.second)),
    ):
        slips += [f"{name}: in no settlement" for name in reading if not named[name]]
        slips += [f"{name}: settled {count} times" for name, count in named.items() if count > 1]
        slips += [f"{name}: in no reading" for name in named if name not in reading]
    slips += [f"settled-{row.file}.csv: {row.settled} is no way of settling" for row in rows if row.settled not in WAYS]
    for file, ours, theirs, way in pairs(first, second, rows):
        if way == AGREED and not is_alike(ours, theirs):
            slips.append(f"settled-{file}.csv: called agreed, but {ours} and {theirs} differ")
    return slips


def pairs(
    first: Mapping[str, Coding], second: Mapping[str, Coding], rows: Iterable[Row]
) -> Iterator[tuple[str, Coding, Coding, str]]:
    """Yield file, first coding, second coding and way of settling of each pair.

    A claim that one reader has once for several networks and the other once each is one pair: it was one decision.
    """
    for row in rows:
        if row.second in second:
            codings = {first[name] for name in row.first if name in first}
            if len(codings) > 1:
                raise ValueError(f"{row.second}: its partners are coded in different ways")
            for coding in codings:
                yield row.file, coding, second[row.second], row.settled


def agreement(pairs: Sequence[tuple[Hashable, Hashable]]) -> Agreement:
    """Return per cent agreement and Cohen's kappa of the categories that two readers gave.

    kappa = (p_o - p_e) / (1 - p_e), p_o the share of equal pairs, p_e that expected if each reader gave their own
    categories at random (J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological
    Measurement 20(1), 1960, 37-46).

    >>> agreement([("yes", "yes"), ("yes", "no"), ("no", "no"), ("no", "no")])
    Agreement(per_cent=75.0, kappa=0.5)
    """
    size = len(pairs)
    same = sum(one == other for one, other in pairs)
    ones, others = (Counter(side) for side in zip(*pairs, strict=True))
    by_chance = sum(count * others[category] for category, count in ones.items())
    kappa = (same * size - by_chance) / (size * size - by_chance) if by_chance < size * size else None
    return Agreement(100 * same / size, kappa)


def table(folder: Path = READINGS) -> str:
    """Return the agreement before settling as Markdown: a sentence on partners and a row for each file and for all."""
    first, second, rows = read_first(folder), read_second(folder), read_settlement(folder)
    paired = list(pairs(first, second, rows))
    with_partner = sum(len(row.first) for row in rows if row.second)
    of_second = sum(bool(row.first) for row in rows if row.second)
    lines = [
        f"Of {len(first)} claims of the first reading {with_partner} ({with_partner / len(first):.0%}) have a partner"
        f" in the second, of {len(second)} of the second {of_second} ({of_second / len(second):.0%}) in the first:"
        f" {len(paired)} pairs.",
        "",
        "| Claims about | pairs | link type | outcome type | kinds of evidence | direction | first three alike |",
        "| --- | --: | --: | --: | --: | --: | --: |",
    ]
    for file, what in [*FILES.items(), ("", "**all**")]:
        part = [pair for pair in paired if not file or pair[0] == file]
        if part:
            cells = [
                show(agreement([(getattr(ours, term), getattr(theirs, term)) for _, ours, theirs, _ in part]))
                for term in Coding._fields
            ]
            alike = sum(is_alike(ours, theirs) for _, ours, theirs, _ in part) / len(part)
            lines.append(f"| {' | '.join([what, str(len(part)), *cells, f'{alike:.0%}'])} |")
    return "\n".join(lines) + "\n"


def show(agreement: Agreement) -> str:
    """Return agreement as a cell of the table.

    >>> show(Agreement(75.0, 0.5)), show(Agreement(100.0, None))
    ('75%, 0.50', '100%, -')
    """
    kappa = "-" if agreement.kappa is None else f"{agreement.kappa:.2f}"
    return f"{agreement.per_cent:.0f}%, {kappa}"


ITEMS = """
SELECT ?item ?kind {
  VALUES (?kind ?class) {
    ("claim" nlc:Claim) ("evidence" nlc:EvidenceItem) ("fact" nlc:ContextFact) ("fact" nlc:NotReported)
  }
  ?item a/rdfs:subClassOf* ?class
}
"""
CODINGS = """
SELECT ?claim ?link ?outcome ?kind ?direction {
  ?claim a nlc:Claim ; nlc:linkType ?link ; nlc:outcome ?outcome ; nlc:direction ?direction .
  ?claim nlc:supportedBy/nlc:evidenceKind ?kind
}
"""
#: A figure bears on the claims of the change or comparison of which it is a part.
BEARINGS = """
SELECT DISTINCT ?item ?claim {
  ?claim nlc:supportedBy|nlc:qualifiedBy|nlc:challengedBy ?whole .
  ?whole (nlc:startLevel|nlc:endLevel|nlc:comparedWith|nlc:aboveComparator|nlc:belowComparator)* ?item
}
"""


def review(graph: Graph, folder: Path = READINGS) -> dict[str, str]:
    """Return the review status of each sourced item, and of each thing not reported, by CURIE."""
    second, rows = read_second(folder), read_settlement(folder)
    with (folder / "items.csv").open(encoding="utf-8", newline="") as file:
        since = {row["item"]: row["since"] for row in csv.DictReader(file)}
    now = read_codings(graph)
    settled = {claim: SETTLED for row in rows for claim in row.claims}
    for row in rows:
        if row.settled == AGREED:
            # A claim that was changed since is no longer what both readers said.
            settled |= {claim: AGREED for claim in row.claims if is_alike(now.get(claim), second[row.second])}
    bearings: dict[str, set[str]] = {}
    for item, claim in curies(graph, BEARINGS):
        bearings.setdefault(item, set()).add(settled.get(claim, CODED_ONCE))
    statuses = {}
    for item, kind in curies(graph, ITEMS):
        if kind == "claim":
            statuses[item] = settled.get(item, CODED_ONCE)
        else:
            statuses[item] = status_of(since.get(item), bearings.get(item, set()))
    return statuses


def status_of(since: str | None, claims: set[str]) -> str:
    """Return the status of an item that is no claim.

    :param since: ``first-reading`` if the second reader had it before them, ``settlement`` if it was added in settling,
        ``checked`` if another reader has read it against the text since, None if it came later
    :param claims: the statuses of the claims on which it bears
    """
    if since == "checked":
        return CHECKED
    if since is None:
        return CODED_ONCE
    if claims <= {CODED_ONCE}:  # bears on nothing that was read twice
        return CHECKED if since == "first-reading" else CODED_ONCE
    return AGREED if claims == {AGREED} and since == "first-reading" else SETTLED


def read_codings(graph: Graph) -> dict[str, Coding]:
    """Return how each claim of the graph is coded now."""
    found: dict[str, Coding] = {}
    for claim, *codes in curies(graph, CODINGS):
        link, outcome, kind, direction = (code.partition(":")[2] for code in codes)
        kinds = found[claim].kinds if claim in found else frozenset()
        found[claim] = Coding(link, outcome, kinds | {kind}, direction)
    return found


def is_alike(one: Coding | None, other: Coding) -> bool:
    """Return whether two codings have the same link type, outcome type and kinds of evidence, direction aside."""
    return one is not None and one[:3] == other[:3]


def curies(graph: Graph, query: str) -> list[tuple[str, ...]]:
    """Return the rows of a query, IRIs as CURIEs."""
    return [tuple(to_curie(str(cell)) for cell in row) for row in graph.select(query).rows]


def to_turtle(statuses: Mapping[str, str]) -> str:
    """Return review statuses as Turtle, best first, then by identifier."""
    order = (AGREED, SETTLED, CHECKED, CODED_ONCE)
    lines = [
        "# How far each item has been read twice. Written by tools/coding_agreement.py from the settlement of the two",
        "# readings in docs/second-reading/: do not edit by hand. What each status means stands in docs/coding.md.",
        "@prefix nlc:     <https://w3id.org/nlc-graph/ontology#> .",
        "@prefix nlc2005: <https://w3id.org/nlc-graph/nlc2005/> .",
        "@prefix review:  <https://w3id.org/nlc-graph/review/> .",
    ]
    for status in order:
        items = sorted(item for item, given in statuses.items() if given == status)
        lines += ["", f"# {status}: {len(items)}"]
        lines += [f"{item} nlc:reviewStatus review:{status} ." for item in items]
    return "\n".join(lines) + "\n"


def with_table(text: str, folder: Path = READINGS) -> str:
    """Return the page on coding with the table between its marks written anew."""
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    return f"{before}{BEGIN}\n{table(folder)}{END}{after}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table, write both files or check them; return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--write", action="store_true", help="write data/nlc2005/review.ttl and the table in docs/coding.md"
    )
    parser.add_argument("--check", action="store_true", help="say what is not as it would be written")
    chosen = parser.parse_args(arguments)
    slips = find_slips(read_first(READINGS), read_second(READINGS), read_settlement(READINGS))
    wanted = {
        REVIEW: to_turtle(review(open_graph())),
        CODING: with_table(CODING.read_text(encoding="utf-8")),
    }
    if chosen.write:
        for path, text in wanted.items():
            path.write_text(text, encoding="utf-8")
    elif chosen.check:
        slips += [
            f"{path.relative_to(ROOT)}: not what the readings give; run tools/coding_agreement.py --write"
            for path, text in wanted.items()
            if not path.exists() or path.read_text(encoding="utf-8") != text
        ]
    else:
        print(table(), end="")
    print(*slips, sep="\n", end="\n" if slips else "", file=sys.stderr)
    return 1 if slips else 0


if __name__ == "__main__":
    sys.exit(main())
