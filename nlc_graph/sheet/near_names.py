"""Find near names: suggestions for an unknown name, and names that differ by one typing error.

Both need rapidfuzz (extra ``sheet``); without it nothing is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from ..graph.names import fold

try:
    from rapidfuzz import fuzz, process
    from rapidfuzz.distance import OSA
except ImportError:
    HAS_RAPIDFUZZ = False
else:
    HAS_RAPIDFUZZ = True

#: Lowest similarity (0 to 100) of a suggestion; lower values suggest unrelated names.
LEAST_SIMILAR = 72
#: Letters of the shortest word in which a typing error is looked for: "Year 5" and "Year 6" are two names.
SHORTEST = 4
#: Names of one group that are compared in pairs; the time grows with the square.
MOST_NAMES = 2000


def suggest(text: str, names: Sequence[str], limit: int = 3) -> list[str]:
    """Return the names, in lower case, that are most similar to a text, nearest first.

    >>> suggest("lerning mentors", ["learning mentors", "nurture room"])
    ['learning mentors']
    """
    if not HAS_RAPIDFUZZ:
        return []
    found = process.extract(fold(text), names, scorer=fuzz.token_set_ratio, limit=limit, score_cutoff=LEAST_SIMILAR)
    return [name for name, _, _ in found]


def find_typo(text: str, folded: Iterable[str]) -> str:
    """Return the folded name from which a text differs by one typing error; empty if there is none."""
    if not HAS_RAPIDFUZZ:
        return ""
    plain = fold(text)
    near = process.extract_iter(plain, folded, scorer=OSA.distance, score_cutoff=1)
    return next((name for name, _, _ in near if name != plain and _fixed_words(name) == _fixed_words(plain)), "")


def find_typos(folded: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of folded names that differ by one typing error.

    >>> list(find_typos(["valdres", "school a", "school b", "vladres"]))
    [('valdres', 'vladres')]
    """
    groups: dict[tuple[str, ...], list[str]] = {}
    for name in folded:
        groups.setdefault(_fixed_words(name), []).append(name)
    for names in groups.values():
        for one, other in combinations(names[:MOST_NAMES], 2):
            if HAS_RAPIDFUZZ and OSA.distance(one, other, score_cutoff=1) == 1:
                yield one, other


def _fixed_words(folded: str) -> tuple[str, ...]:
    """Return the numbers and short words of a name, in which a difference is no typing error."""
    words = re.findall(r"\w+", folded)
    return tuple(word for word in words if len(word) < SHORTEST or not word.isalpha())
