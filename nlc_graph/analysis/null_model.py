"""Find pairs of practices that networks use together more often than by chance.

The null model is every bipartite graph in which each practice keeps its number of networks and each network its number
of practices. The curveball algorithm draws from these graphs uniformly (Strona et al. 2014; Carstens 2015). networkx
swaps edges without regard to the two kinds of nodes, so the algorithm is implemented here.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from itertools import combinations
from typing import NamedTuple

from ..table import Ref

#: Random graphs, and trades between two of them for each network: 5 trades mix well (Strona et al. 2014, figure 2).
DRAWS, TRADES = 999, 5
SEED = 2005
#: Pairs counted at most over all draws (a minute or two); at least 99 graphs are drawn all the same.
MAX_COUNTED = 100_000_000
#: False discovery rate below which a pair is called unusual.
LEVEL = 0.05


class Pair(NamedTuple):
    """Two practices that at least one network uses both."""

    practice: Ref
    other: Ref
    together: int
    expected: float
    p: float
    q: float
    networks: tuple[Ref, ...]
    claims: tuple[Ref, ...] = ()


def find_unusual_pairs(networks: Mapping[Ref, Set[Ref]], *, draws: int = DRAWS, seed: int = SEED) -> list[Pair]:
    """Test all pairs of practices that could be together in two networks or more.

    :param networks: the practices of each network
    :returns: the pairs that are together somewhere, lowest p first, without claims
    """
    rows = [set(networks[name]) for name in sorted(networks)]
    times = Counter(practice for row in rows for practice in row)
    # A practice has the same number of networks in every draw, so leaving out single ones introduces no bias.
    tested = {practice for practice, number in times.items() if number > 1}
    observed = _together(rows, tested)
    pairs = list(combinations(sorted(tested), 2))
    sums: Counter[tuple[Ref, Ref]] = Counter()
    reached = Counter(pairs)  # the observed graph counts as one of the draws
    draw = random.Random(seed)  # noqa: S311  a simulation, no secret
    for _ in range(draws):
        curveball(rows, TRADES * len(rows), draw)
        found = _together(rows, tested)
        sums.update(found)
        reached.update(pair for pair in pairs if found[pair] >= observed[pair])
    p_values = {pair: reached[pair] / (draws + 1) for pair in pairs}
    q_values = benjamini_hochberg(p_values)
    unusual = []
    for pair in filter(observed.__getitem__, pairs):
        of = tuple(sorted(name for name in networks if networks[name] >= set(pair)))
        unusual.append(Pair(*pair, observed[pair], sums[pair] / draws, p_values[pair], q_values[pair], of))
    return sorted(unusual, key=lambda row: (row.p, -row.together, row.practice, row.other))


def affordable_draws(networks: Mapping[Ref, Set[Ref]], draws: int) -> int:
    """Return the number of draws, lowered if they would count more than :data:`MAX_COUNTED` pairs."""
    counted = sum(len(practices) ** 2 // 2 for practices in networks.values())
    return min(draws, max(MAX_COUNTED // max(counted, 1), 99))


def curveball(rows: list[set[Ref]], trades: int, draw: random.Random) -> None:
    """Let two random rows trade what only one of them has, in place; the sizes of rows and columns stay."""
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
    ordered = sorted(values, key=lambda pair: values[pair])
    found = dict(values)
    lowest = 1.0
    for rank in range(len(ordered), 0, -1):
        pair = ordered[rank - 1]
        lowest = min(lowest, values[pair] * len(ordered) / rank)
        found[pair] = lowest
    return found


def _together(rows: Iterable[Set[Ref]], tested: Set[Ref]) -> Counter[tuple[Ref, Ref]]:
    return Counter(pair for row in rows for pair in combinations(sorted(row & tested), 2))
