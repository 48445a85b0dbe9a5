"""Suggest links between practices and outcome types that similar practices have, and check such suggestions.

Two practices are similar if they share an outcome type. The measures are common neighbours and Adamic-Adar
(Liben-Nowell and Kleinberg 2007) in the form of Huang, Li and Chen (2005) for bipartite graphs, where the two ends of a
link never have a neighbour in common; networkx has the form for one kind of node only.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from typing import NamedTuple

import networkx as nx

from ..projection import CLAIM_IRIS, side
from ..table import Ref

#: Visits of a neighbour's neighbour (some seconds) above which practices are sampled, and links not checked.
EXACT_WORK = 4_000_000
SEED = 2005
#: Scores that differ by less are equal.
PRECISION = 1e-9


class Suggestion(NamedTuple):
    """A practice and an outcome type without a link that similar practices are linked to."""

    practice: Ref
    outcome: Ref
    common: int
    adamic_adar: float
    similar: tuple[Ref, ...]
    claims: tuple[Ref, ...]


class Check(NamedTuple):
    """How well a measure finds links that were left out."""

    measure: str
    auc: float
    low: float
    links: int
    cells: int


#: Number of common neighbours, and the Adamic-Adar score, of a practice and an outcome type.
Score = tuple[int, float]


class Cells:
    """A practice–outcome graph as sets, from which links can be left out."""

    def __init__(self, links: nx.Graph) -> None:
        self.links = links
        self.outcomes: dict[Ref, set[Ref]] = {practice: set(links[practice]) for practice in side(links, 0)}
        self.practices: dict[Ref, set[Ref]] = {outcome: set(links[outcome]) for outcome in side(links, 1)}

    @property
    def empty(self) -> int:
        """Return the number of cells without a link."""
        return len(self.outcomes) * len(self.practices) - int(self.links.number_of_edges())

    @property
    def work(self) -> int:
        """Return an upper bound of the visits that scoring all cells takes."""
        visits = {o: sum(len(self.outcomes[p]) for p in practices) for o, practices in self.practices.items()}
        return sum(visits[outcome] for _, outcome in self.links.edges)

    def similar(self, practice: Ref) -> set[Ref]:
        """Return the practices that share an outcome type with one."""
        return set().union(*(self.practices[outcome] for outcome in self.outcomes[practice])) - {practice}

    def score(self, practice: Ref, outcome: Ref) -> Score:
        """Return the score of one cell."""
        own = self.outcomes[practice]
        others = [self.outcomes[other] for other in self.practices[outcome] if other != practice]
        weights = [_weight(reached) for reached in others if not own.isdisjoint(reached)]
        return len(weights), math.fsum(weights)

    def scores(self, practice: Ref) -> dict[Ref, Score]:
        """Return the scores of all empty cells of a practice, without those that are zero."""
        common: dict[Ref, int] = defaultdict(int)
        weighted: dict[Ref, float] = defaultdict(float)
        for other in sorted(self.similar(practice)):
            reached = self.outcomes[other]
            weight = _weight(reached)
            for outcome in reached:
                common[outcome] += 1
                weighted[outcome] += weight
        return {o: (common[o], weighted[o]) for o in common if not self.links.has_edge(practice, o)}

    def without(self, practice: Ref, outcome: Ref) -> Cells:
        """Return cells that lack one link in the sets, while the graph still has it."""
        found = Cells.__new__(Cells)
        found.links = self.links
        found.outcomes = {**self.outcomes, practice: self.outcomes[practice] - {outcome}}
        found.practices = {**self.practices, outcome: self.practices[outcome] - {practice}}
        return found


def suggest_links(cells: Cells, *, most: int = 20) -> tuple[list[Suggestion], int]:
    """Return the empty cells with the highest Adamic-Adar score, and the number of practices sampled.

    :returns: at most ``most`` suggestions; 0 practices sampled if all were scored
    """
    practices = list(cells.outcomes)
    sampled = 0
    if cells.work > EXACT_WORK:
        sampled = max(len(practices) * EXACT_WORK // cells.work, 1)
        practices = sorted(random.Random(SEED).sample(practices, sampled))  # noqa: S311  a sample, no secret
    scored = [
        (-round(adamic_adar, 9), -common, practice, outcome)
        for practice in practices
        for outcome, (common, adamic_adar) in cells.scores(practice).items()
    ]
    return [_suggestion(cells, practice, outcome) for _, _, practice, outcome in sorted(scored)[:most]], sampled


def check_suggestions(cells: Cells) -> list[Check]:
    """Leave out links one at a time and compare the score of each with those of the empty cells.

    The area under the curve (AUC) is the chance that the link left out scores higher, ties counting half.

    :returns: one check for each measure; none if there is no empty cell, or more work than :data:`EXACT_WORK`
    """
    links = list(cells.links.edges)
    if not cells.empty or len(links) * cells.work > EXACT_WORK:
        return []
    areas: tuple[list[float], list[float]] = ([], [])
    for link in links:
        left = cells.without(*link)
        scores = [score for practice in left.outcomes for score in left.scores(practice).values()]
        for at, own in enumerate(left.score(*link)):
            areas[at].append(_area(own, [score[at] for score in scores], cells.empty))
    names = ("common neighbours", "Adamic-Adar")
    return [Check(name, *_mean_and_low(of), len(links), cells.empty) for name, of in zip(names, areas, strict=True)]


def _area(own: float, others: list[float], compared: int) -> float:
    """Return the share of scores below ``own``, equal ones counting half.

    :param others: scores of empty cells; those not listed are 0
    :param compared: number of empty cells
    """
    zeros = compared - len(others)
    lower = sum(other < own - PRECISION for other in others) + (zeros if own > PRECISION else 0)
    equal = sum(abs(other - own) <= PRECISION for other in others) + (zeros if own <= PRECISION else 0)
    return (lower + equal / 2) / compared


def _mean_and_low(values: list[float]) -> tuple[float, float]:
    """Return the mean, and the lower end of a rough 95 % interval of it."""
    mean = sum(values) / len(values)
    if len(values) == 1:
        return mean, 0.0
    deviation = math.sqrt(sum((value - mean) ** 2 for value in values) / (len(values) - 1))
    return mean, mean - 1.96 * deviation / math.sqrt(len(values))


def _weight(outcomes: set[Ref]) -> float:
    # A practice with a single outcome type suggests no other, so its weight does not matter.
    return 1 / math.log(len(outcomes)) if len(outcomes) > 1 else 0.0


def _suggestion(cells: Cells, practice: Ref, outcome: Ref) -> Suggestion:
    similar = sorted(cells.similar(practice) & cells.practices[outcome])
    claims = {claim for other in similar for claim in cells.links.edges[other, outcome][CLAIM_IRIS]}
    return Suggestion(practice, outcome, *cells.score(practice, outcome), tuple(similar), tuple(sorted(claims)))
