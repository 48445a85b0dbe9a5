"""Which empty cells of practices × outcome types similar practices would fill, and how far such guesses can be trusted.

Two practices are similar here if they share an outcome type. The measures are those of Liben-Nowell and Kleinberg (The
link-prediction problem for social networks, JASIST 58, 2007) in the form that Huang, Li and Chen (Link prediction
approach to collaborative filtering, JCDL 2005) give them for graphs with two sorts of nodes, where the two ends of a
possible link never have a neighbour in common.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

import networkx as nx

from ..projection import CLAIM_IRIS, side
from ..table import Ref

#: More work than this (visits of a neighbour's neighbour; some seconds) is spent on a sample.
EXACT_WORK = 4_000_000
SEED = 2005
#: A sampled check leaves out so many links, each set against so many empty cells.
SAMPLED_LINKS, SAMPLED_CELLS = 100, 300


class Suggestion(NamedTuple):
    """A practice and an outcome type that no claim ties, and that similar practices would suggest.

    :param common: number of similar practices that are tied to the outcome type
    :param adamic_adar: the same, each weighing 1/ln of its number of outcome types
    :param similar: those practices
    :param claims: the claims that tie them to the outcome type
    """

    practice: Ref
    outcome: Ref
    common: int
    adamic_adar: float
    similar: tuple[Ref, ...]
    claims: tuple[Ref, ...]


class Check(NamedTuple):
    """How well a measure finds a link again that was left out.

    :param auc: chance that the left-out link scores above an empty cell, ties counting half; 0.5 is mere chance
    :param low: lower end of a rough 95 % interval: mean less 1.96 standard errors over the links left out
    :param links: number of links left out, one at a time
    :param cells: number of empty cells with which each was compared
    """

    measure: str
    auc: float
    low: float
    links: int
    cells: int

    @property
    def better_than_chance(self) -> bool:
        """Tell whether the interval lies above 0.5."""
        return self.low > 0.5


class Cells:
    """The practice–outcome graph as sets, so that links can be left out and put back."""

    def __init__(self, linkage: nx.Graph) -> None:
        self.linkage = linkage
        self.outcomes: dict[Ref, set[Ref]] = {practice: set(linkage[practice]) for practice in side(linkage, 0)}
        self.practices: dict[Ref, set[Ref]] = {outcome: set(linkage[outcome]) for outcome in side(linkage, 1)}

    @property
    def empty(self) -> int:
        """Return the number of practices and outcome types that no claim ties."""
        return len(self.outcomes) * len(self.practices) - int(self.linkage.number_of_edges())

    def work(self) -> int:
        """Return how many visits it takes to score all cells once, from above."""
        visits = {o: sum(len(self.outcomes[p]) for p in practices) for o, practices in self.practices.items()}
        return sum(visits[o] for outcomes in self.outcomes.values() for o in outcomes)

    def similar(self, practice: Ref) -> set[Ref]:
        """Return the practices that share an outcome type with one."""
        return set().union(*(self.practices[outcome] for outcome in self.outcomes[practice])) - {practice}

    def row(self, practice: Ref) -> dict[Ref, tuple[int, float]]:
        """Return for each outcome type both scores of the cell, empty or not; absent where both are 0."""
        common: dict[Ref, int] = defaultdict(int)
        weighed: dict[Ref, float] = defaultdict(float)
        for other in sorted(self.similar(practice)):
            reached = self.outcomes[other]
            weight = _weight(len(reached))
            for outcome in reached:
                common[outcome] += 1
                weighed[outcome] += weight
        return {outcome: (count, weighed[outcome]) for outcome, count in common.items()}

    def score(self, practice: Ref, outcome: Ref) -> tuple[int, float]:
        """Return both scores of one cell."""
        own = self.outcomes[practice]
        near = (self.outcomes[other] for other in self.practices[outcome] if other != practice)
        degrees = [len(reached) for reached in near if not own.isdisjoint(reached)]
        return len(degrees), math.fsum(map(_weight, degrees))  # the same in any order

    def left_out(self) -> Iterator[tuple[Ref, Ref]]:
        """Yield each link while it is left out."""
        for practice, outcome in list(self.linkage.edges):
            yield from self.leaving_out(practice, outcome)

    def leaving_out(self, practice: Ref, outcome: Ref) -> Iterator[tuple[Ref, Ref]]:
        """Yield a link while it is left out."""
        self.outcomes[practice].remove(outcome)
        self.practices[outcome].remove(practice)
        yield practice, outcome
        self.outcomes[practice].add(outcome)
        self.practices[outcome].add(practice)


def suggest(cells: Cells, *, most: int = 20) -> tuple[list[Suggestion], int]:
    """Return the empty cells that similar practices suggest most, by Adamic–Adar, and how many practices were drawn.

    :returns: at most ``most`` suggestions; 0 practices drawn if all were looked at
    """
    practices = list(cells.outcomes)
    work = cells.work()
    drawn = 0
    if work > EXACT_WORK:
        drawn = max(len(practices) * EXACT_WORK // work, 1)
        practices = sorted(random.Random(SEED).sample(practices, drawn))  # noqa: S311  a sample, no secret
    found = [
        (-round(weighed, 9), -count, practice, outcome)
        for practice in practices
        for outcome, (count, weighed) in cells.row(practice).items()
        if outcome not in cells.outcomes[practice]
    ]
    return [_suggestion(cells, practice, outcome) for *_, practice, outcome in sorted(found)[:most]], drawn


def check(cells: Cells) -> list[Check]:
    """Leave links out one at a time and see whether each scores above the cells that are empty in any case."""
    links = list(cells.linkage.edges)
    exact = len(links) * cells.work() <= EXACT_WORK and len(links) * cells.empty <= 25 * EXACT_WORK
    draw = random.Random(SEED)  # noqa: S311
    chosen = links if exact or len(links) <= SAMPLED_LINKS else sorted(draw.sample(links, SAMPLED_LINKS))
    areas: tuple[list[float], list[float]] = ([], [])
    compared = cells.empty if exact else min(SAMPLED_CELLS, cells.empty)
    if not compared:
        return []
    for link in chosen:
        for practice, outcome in cells.leaving_out(*link):
            own = cells.score(practice, outcome)
            if exact:
                for at, area in enumerate(_areas(cells, own)):
                    areas[at].append(area)
            else:
                others = [cells.score(*cell) for cell in _empty_cells(cells, draw, compared)]
                for at in (0, 1):
                    areas[at].append(sum(_beats(own[at], other[at]) for other in others) / compared)
    return [
        Check(name, *_mean_and_low(found), len(chosen), compared)
        for name, found in zip(("common neighbours", "Adamic-Adar"), areas, strict=True)
    ]


def _areas(cells: Cells, own: tuple[int, float]) -> tuple[float, float]:
    """Return the share of empty cells that a left-out link beats, by each measure, looking at every cell."""
    won = [0.0, 0.0]
    seen = 0
    for practice in cells.outcomes:
        tied = set(cells.linkage[practice])
        for outcome, scores in cells.row(practice).items():
            if outcome not in tied:
                seen += 1
                for at in (0, 1):
                    won[at] += _beats(own[at], scores[at])
    rest = cells.empty - seen  # they score 0
    return tuple((won[at] + rest * _beats(own[at], 0)) / cells.empty for at in (0, 1))  # type: ignore[return-value]


def _empty_cells(cells: Cells, draw: random.Random, number: int) -> Iterator[tuple[Ref, Ref]]:
    practices, outcomes = list(cells.outcomes), list(cells.practices)
    while number:
        practice, outcome = draw.choice(practices), draw.choice(outcomes)
        if not cells.linkage.has_edge(practice, outcome):
            number -= 1
            yield practice, outcome


def _beats(own: float, other: float) -> float:
    return 0.5 if abs(own - other) < 1e-9 else float(own > other)


def _mean_and_low(values: list[float]) -> tuple[float, float]:
    mean = sum(values) / len(values)
    if len(values) < 2:
        return mean, 0.0
    deviation = math.sqrt(sum((value - mean) ** 2 for value in values) / (len(values) - 1))
    return mean, mean - 1.96 * deviation / math.sqrt(len(values))


@cache
def _weight(degree: int) -> float:
    # A practice with one outcome type suggests no other, so it never weighs.
    return 1 / math.log(degree) if degree > 1 else 0.0


def _suggestion(cells: Cells, practice: Ref, outcome: Ref) -> Suggestion:
    similar = tuple(sorted(cells.similar(practice) & cells.practices[outcome]))
    claims: Mapping[Ref, None] = {
        claim: None for other in similar for claim in cells.linkage.edges[other, outcome][CLAIM_IRIS]
    }
    return Suggestion(practice, outcome, *cells.score(practice, outcome), similar, tuple(sorted(claims)))
