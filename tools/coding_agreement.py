"""Compute the agreement of two readings of the source, and the review status of each item of the graph.

``data/nlc2005/double-coding/`` contains the claims of both readings before settling (``first.csv``, ``second.csv``),
how each pair or claim was settled (``settled.csv``), and since when other items have been there (``items.csv``). The
results are the table in ``docs/coding.md`` and ``data/nlc2005/review.ttl``.

Without option the table is printed; ``--write`` writes both, ``--check`` exits with status 1 if one is out of date.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from nlc_graph import Graph, open_graph
from nlc_graph.vocabulary import to_curie

ROOT = Path(__file__).parent.parent
READINGS = ROOT / "data" / "nlc2005" / "double-coding"
CODING = ROOT / "docs" / "coding.md"
REVIEW = ROOT / "data" / "nlc2005" / "review.ttl"
BEGIN, END = "<!-- agreement: written by tools/coding_agreement.py -->", "<!-- end of agreement -->"

AGREED, SETTLED, CHECKED, CODED_ONCE = STATUSES = ("agreed", "settled", "checked", "coded-once")
#: How a pair or claim can be settled.
WAYS = {AGREED, "first", "second", "other", "added", "kept", "dropped", "declined"}

ITEMS = """SELECT ?item ?kind {
  VALUES (?kind ?class) {
    ("claim" nlc:Claim) ("evidence" nlc:EvidenceItem) ("fact" nlc:ContextFact) ("fact" nlc:NotReported)
  }
  ?item a/rdfs:subClassOf* ?class
}"""
CODINGS = """SELECT ?claim ?link ?outcome ?kind ?direction {
  ?claim a nlc:Claim ; nlc:linkType ?link ; nlc:outcome ?outcome ; nlc:direction ?direction .
  ?claim nlc:supportedBy/nlc:evidenceKind ?kind
}"""
#: A figure bears on the claims of the change or comparison of which it is a part.
BEARINGS = """SELECT DISTINCT ?item ?claim {
  ?claim nlc:supportedBy|nlc:qualifiedBy|nlc:challengedBy ?whole .
  ?whole (nlc:startLevel|nlc:endLevel|nlc:comparedWith|nlc:aboveComparator|nlc:belowComparator)* ?item
}"""


class Coding(NamedTuple):
    """The codes that a reader gave to a claim. The kinds of evidence are one category."""

    link: str
    outcome: str
    kinds: frozenset[str]
    direction: str


class Agreement(NamedTuple):
    """Per cent agreement and Cohen's kappa; None where chance alone gives full agreement."""

    per_cent: float
    kappa: float | None

    def __str__(self) -> str:
        kappa = "-" if self.kappa is None else f"{self.kappa:.2f}"
        return f"{self.per_cent:.0f}%, {kappa}"


class Settlement(NamedTuple):
    """How a pair, or a claim of one reading, was settled.

    :param part: what the claim is about
    :param first: claims of the first reading; several if the second has one claim for several networks
    :param second: claim of the second reading; empty if there is none
    :param way: one of :data:`WAYS`
    :param claims: the claims that came of it
    """

    part: str
    first: tuple[str, ...]
    second: str
    way: str
    claims: tuple[str, ...]


class Pair(NamedTuple):
    """The codings of one claim by both readers."""

    settlement: Settlement
    first: Coding
    second: Coding


class Readings:
    """The two readings in a folder, and their settlement."""

    def __init__(self, folder: Path) -> None:
        self.first = {row["claim"]: _coding(row) for row in _read(folder / "first.csv")}
        self.second = {row["claim"]: _coding(row) for row in _read(folder / "second.csv")}
        self.since = {row["item"]: row["since"] for row in _read(folder / "items.csv")}
        self.settlements = [
            Settlement(r["part"], tuple(r["first"].split()), r["second"], r["settled"], tuple(r["claim"].split()))
            for r in _read(folder / "settled.csv")
        ]

    def pairs(self) -> list[Pair]:
        """Return the pairs; one claim for several networks that is split in the other reading is one pair."""
        pairs = []
        for each in self.settlements:
            codings = {self.first[name] for name in each.first if name in self.first}
            if each.second in self.second:
                pairs += [Pair(each, coding, self.second[each.second]) for coding in codings]
        return pairs

    def errors(self) -> list[str]:
        """Return what is wrong with the settlement: each claim of each reading must be in it once."""
        first = Counter(name for each in self.settlements for name in each.first)
        second = Counter(each.second for each in self.settlements if each.second)
        errors = [*_count_errors(self.first, first), *_count_errors(self.second, second)]
        errors += [f"unknown way of settling: {each.way}" for each in self.settlements if each.way not in WAYS]
        for pair in self.pairs():
            if pair.settlement.way == AGREED and not is_alike(pair.first, pair.second):
                errors.append(f"{pair.settlement.second}: settled as agreed, but the codings differ")
        return errors


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


def table(readings: Readings) -> str:
    """Return the agreement before settling as Markdown: a sentence, and a row for each part and for all."""
    pairs = readings.pairs()
    first = sum(len(each.first) for each in readings.settlements if each.second)
    second = sum(bool(each.first) for each in readings.settlements if each.second)
    in_first, in_second = len(readings.first), len(readings.second)
    lines = [
        f"Of {in_first} claims of the first reading {first} ({first / in_first:.0%}) have a partner in the second,"
        f" of {in_second} of the second {second} ({second / in_second:.0%}) in the first: {len(pairs)} pairs.",
        "",
        "| Claims about | pairs | link type | outcome type | kinds of evidence | direction | first three alike |",
        "| --- | --: | --: | --: | --: | --: | --: |",
    ]
    for part in dict.fromkeys(pair.settlement.part for pair in pairs):
        lines.append(_table_row(part, [pair for pair in pairs if pair.settlement.part == part]))
    return "\n".join([*lines, _table_row("**all**", pairs)]) + "\n"


def _table_row(part: str, pairs: Sequence[Pair]) -> str:
    codes = range(len(Coding._fields))
    cells = [str(agreement([(pair.first[code], pair.second[code]) for pair in pairs])) for code in codes]
    alike = sum(is_alike(pair.first, pair.second) for pair in pairs) / len(pairs)
    return f"| {' | '.join([part, str(len(pairs)), *cells, f'{alike:.0%}'])} |"


def is_alike(one: Coding | None, other: Coding) -> bool:
    """Return whether two codings have the same link type, outcome type and kinds of evidence, direction aside."""
    return one is not None and one[:3] == other[:3]


def review(graph: Graph, readings: Readings) -> dict[str, str]:
    """Return the review status of each sourced item, and of each record of what is not reported, by CURIE."""
    now = _codings_in(graph)
    of_claims = {claim: SETTLED for each in readings.settlements for claim in each.claims}
    for each in readings.settlements:
        for claim in each.claims if each.way == AGREED else ():
            # A claim that has changed since is no longer what both readers coded.
            of_claims[claim] = AGREED if is_alike(now.get(claim), readings.second[each.second]) else SETTLED
    bearings = defaultdict(set)
    for item, claim in _rows(graph, BEARINGS):
        bearings[item].add(of_claims.get(claim, CODED_ONCE))
    return {
        item: of_claims.get(item, CODED_ONCE) if kind == "claim" else _status(readings.since.get(item), bearings[item])
        for item, kind in _rows(graph, ITEMS)
    }


def _status(since: str | None, claims: set[str]) -> str:
    """Return the status of an item other than a claim.

    :param since: ``first-reading`` if the second reader had it, ``settlement`` if it was added in settling,
        ``checked`` if another reader has checked it since, None if it came later
    :param claims: the statuses of the claims on which it bears
    """
    if since in (None, CHECKED):
        return since or CODED_ONCE
    if claims <= {CODED_ONCE}:  # it bears on nothing that was read twice
        return CHECKED if since == "first-reading" else CODED_ONCE
    return AGREED if claims == {AGREED} and since == "first-reading" else SETTLED


def to_turtle(statuses: Mapping[str, str]) -> str:
    """Return review statuses as Turtle, best first, then by identifier."""
    lines = [
        "# Review status of each item, written by tools/coding_agreement.py from double-coding/: do not edit by hand.",
        "# docs/coding.md explains each status.",
        "@prefix nlc:     <https://w3id.org/nlc-graph/ontology#> .",
        "@prefix nlc2005: <https://w3id.org/nlc-graph/nlc2005/> .",
        "@prefix review:  <https://w3id.org/nlc-graph/review/> .",
    ]
    for status in STATUSES:
        items = sorted(item for item, given in statuses.items() if given == status)
        lines += ["", f"# {status}: {len(items)}"]
        lines += [f"{item} nlc:reviewStatus review:{status} ." for item in items]
    return "\n".join(lines) + "\n"


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _coding(row: Mapping[str, str]) -> Coding:
    return Coding(row["link"], row["outcome"], frozenset(row["kinds"].split("+")), row["direction"])


def _count_errors(reading: Mapping[str, Coding], named: Counter[str]) -> list[str]:
    errors = [f"{name}: in no settlement" for name in reading if not named[name]]
    errors += [f"{name}: settled {count} times" for name, count in named.items() if count > 1]
    return errors + [f"{name}: in no reading" for name in named if name not in reading]


def _codings_in(graph: Graph) -> dict[str, Coding]:
    found: dict[str, Coding] = {}
    for claim, *codes in _rows(graph, CODINGS):
        link, outcome, kind, direction = (code.partition(":")[2] for code in codes)
        kinds = found[claim].kinds if claim in found else frozenset()
        found[claim] = Coding(link, outcome, kinds | {kind}, direction)
    return found


def _rows(graph: Graph, query: str) -> list[tuple[str, ...]]:
    return [tuple(to_curie(str(cell)) for cell in row) for row in graph.select(query).rows]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table, or write or check both files; return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--write", action="store_true", help="write data/nlc2005/review.ttl and docs/coding.md")
    parser.add_argument("--check", action="store_true", help="exit with status 1 if one of them is out of date")
    chosen = parser.parse_args(arguments)
    readings = Readings(READINGS)
    errors = readings.errors()
    before, _, rest = CODING.read_text(encoding="utf-8").partition(BEGIN)
    page = f"{before}{BEGIN}\n{table(readings)}{END}{rest.partition(END)[2]}"
    for path, text in {REVIEW: to_turtle(review(open_graph(), readings)), CODING: page}.items():
        if chosen.write:
            path.write_text(text, encoding="utf-8")
        elif chosen.check and path.read_text(encoding="utf-8") != text:
            errors.append(f"{path.relative_to(ROOT)} is out of date; run tools/coding_agreement.py --write")
    if not chosen.write and not chosen.check:
        print(table(readings), end="")
    print(*errors, sep="\n", end="\n" if errors else "", file=sys.stderr)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
