"""What an import calls a claim or a use of practices that has no name of its own.

The order in which a sheet names things does not matter, so that an export knows such a label and leaves it out: it is
made anew from what the sheet says by then.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..graph.names import fold


def of_claim(practices: Iterable[str], outcome: str, direction: str, units: Iterable[str]) -> str:
    """Return the label of a claim, made of those of what it says.

    >>> of_claim(["story-making", "drama"], "writing", "no result reported, an aim", ["Birch NLC"])
    'Drama, story-making and writing: no result reported (Birch NLC)'
    """
    tied = " and ".join(filter(None, (", ".join(_ordered(practices)), outcome)))
    return f"{_begun(tied)}: {direction.partition(',')[0]} ({', '.join(_ordered(units))})"


def of_strategy(practices: Iterable[str], users: Iterable[str]) -> str:
    """Return the label of a strategy, made of those of its practices and users.

    >>> of_strategy(["story-making", "drama"], ["Birch NLC"])
    'Drama + story-making (Birch NLC)'
    """
    return f"{_begun(' + '.join(_ordered(practices)))} ({', '.join(_ordered(users))})"


def _ordered(labels: Iterable[str]) -> list[str]:
    return sorted(dict.fromkeys(labels), key=lambda label: (fold(label), label))


def _begun(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
