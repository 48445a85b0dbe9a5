"""Pairs of practices that occur together more often than chance would have it.

Chance is every bipartite graph in which each practice keeps its number of networks and each network its number of
practices. The curveball algorithm draws from these (G. Strona et al., A fast and unbiased procedure to randomize
ecological binary matrices with fixed row and column totals, Nature Communications 5, 4114, 2014; C. J. Carstens, Proof
of uniform sampling of binary matrices with fixed row sums and column sums for the fast curveball algorithm, Physical
Review E 91, 042812, 2015). networkx swaps edges in graphs of one sort of node only, so the fifteen lines are ours.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from itertools import combinations
from typing import NamedTuple

from ..table import Ref

#: Draws, and trades between two draws for each network: 5 trades a row mix well (Strona et al., figure 2).
DRAWS, TRADES = 999, 5
SEED = 2005
#: So many pairs are counted at most, in all draws together (a minute or two), but at least 99 graphs are drawn.
MOST_COUNTED = 100_000_000
#: The share of pairs called unusual in error that is put up with.
LEVEL = 0.05


class Pair(NamedTuple):
    """Two practices that some network uses both.

    :param together: number of networks that use both
    :param expected: mean of that number over the draws
    :param p: share of draws, the data counted as one, in which they are together at least as often
    :param q: p corrected for the number of pairs tested (Benjamini and Hochberg 1995)
    :param claims: claims that tie the uses of either in these networks; filled in by :mod:`.groups`
    """

    practice: Ref
    other: Ref
    together: int
    expected: float
    p: float
    q: float
    networks: tuple[Ref, ...]
    claims: tuple[Ref, ...] = ()


def unusual_pairs(networks: Mapping[Ref, Set[Ref]], *, draws: int = DRAWS, seed: int = SEED) -> list[Pair]:
    """Test all pairs of practices that could be together in two networks or more.

    :param networks: network to its practices
    :returns: the pairs that are together somewhere, lowest p first
    """
    rows = [set(networks[name]) for name in sorted(networks)]
    times = Counter(practice for row in rows for practice in row)
    # The numbers of networks are the same in every draw, so leaving out what could not repeat biases nothing.
    tested = {practice for practice, number in times.items() if number > 1}
    pairs = list(combinations(sorted(tested), 2))
    observed = _together(rows, tested)
    sums: Counter[tuple[Ref, Ref]] = Counter()
    reached: Counter[tuple[Ref, Ref]] = Counter()
    draw = random.Random(seed)  # noqa: S311  a simulation, no secret
    for _ in range(draws):
        curveball(rows, TRADES * len(rows), draw)
        found = _together(rows, tested)
        sums.update(found)
        reached.update(pair for pair in pairs if found[pair] >= observed[pair])
    values = {pair: (reached[pair] + 1) / (draws + 1) for pair in pairs}
    corrected = benjamini_hochberg(values)
    return sorted(
        (
            Pair(
                *pair,
                observed[pair],
                sums[pair] / draws,
                values[pair],
                corrected[pair],
                tuple(sorted(name for name in networks if networks[name] >= set(pair))),
            )
            for pair in pairs
            if observed[pair]
        ),
        key=lambda row: (row.p, -row.together, row.practice, row.other),
    )


def affordable_draws(networks: Mapping[Ref, Set[Ref]], draws: int) -> int:
    """Return how many draws keep to :data:`MOST_COUNTED`: those asked for, or fewer."""
    counted = sum(len(practices) ** 2 // 2 for practices in networks.values())
    return min(draws, max(MOST_COUNTED // max(counted, 1), 99))


def curveball(rows: list[set[Ref]], trades: int, draw: random.Random) -> None:
    """Let two rows at a time trade what only one of them has, at random; sizes of rows and columns stay. In place."""
    if len(rows) < 2:
        return
    for _ in range(trades):
        one, other = draw.sample(range(len(rows)), 2)
        shared = rows[one] & rows[other]
        pool = sorted(rows[one] ^ rows[other])
        draw.shuffle(pool)
        size = len(rows[one]) - len(shared)
        rows[one], rows[other] = shared | set(pool[:size]), shared | set(pool[size:])


def benjamini_hochberg(values: Mapping[tuple[Ref, Ref], float]) -> dict[tuple[Ref, Ref], float]:
    """Return q-values: the false discovery rate at which each p-value would just be called unusual.

    >>> one, two, three = (Ref("a"), Ref("b")), (Ref("a"), Ref("c")), (Ref("b"), Ref("c"))
    >>> list(benjamini_hochberg({one: 0.01, two: 0.04, three: 0.03}).values())
    [0.03, 0.04, 0.04]
    """
    found: dict[tuple[Ref, Ref], float] = {}
    lowest = 1.0
    for place, pair in sorted(enumerate(sorted(values, key=lambda pair: values[pair]), 1), reverse=True):
        lowest = min(lowest, values[pair] * len(values) / place)
        found[pair] = lowest
    return {pair: found[pair] for pair in values}


def _together(rows: Iterable[Set[Ref]], tested: Set[Ref]) -> Counter[tuple[Ref, Ref]]:
    return Counter(pair for row in rows for pair in combinations(sorted(row & tested), 2))
