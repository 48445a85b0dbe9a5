"""Spellings in a sheet that come so near each other that one may be a slip of the pen: the one used most is advised."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ..graph.names import fold
from .rows import Row

#: So many rows of a spelling are named.
MOST_ROWS = 1000


@dataclass(slots=True)
class Uses:
    """The rows in which a spelling stands, and the column in which it does."""

    label: str
    count: int = 0
    rows: list[tuple[Row, str]] = field(default_factory=list)

    def add(self, row: Row, key: str) -> None:
        """Note a row; the same one again counts once."""
        if self.rows and self.rows[-1][0].at == row.at:
            return
        self.count += 1
        if len(self.rows) < MOST_ROWS:
            self.rows.append((row.kept(()), key))

    def seen_from(self, row: Row) -> str:
        """Return its rows in words."""
        first = row.named(self.rows[0][0].at)
        return first if self.count == 1 else f"{first} and {self.count - 1} more"


class Slips:
    """New terms, and spellings that come too near them to make others."""

    def __init__(self, propose: Callable[[str, str], str]) -> None:
        """:param propose: gives for kind and label how a term is written that is another all the same"""
        self._propose = propose
        self._uses: dict[tuple[str, str], Uses] = {}
        self._near: dict[tuple[str, str], dict[str, None]] = {}

    def use(self, row: Row, key: str, kind: str, label: str) -> None:
        """Note that a new term, or a spelling near one, stands in a row."""
        self._uses.setdefault((kind, fold(label)), Uses(label)).add(row, key)

    def note(self, kind: str, label: str, made: str) -> None:
        """Note that a spelling comes near a term that was made before."""
        self._near.setdefault((kind, fold(made)), {})[fold(label)] = None

    def uses(self, kind: str, label: str) -> Uses | None:
        """Return where a new term stands; None for nowhere."""
        return self._uses.get((kind, fold(label)))

    def check(self, called: Callable[[str], str]) -> None:
        """Note the mistakes: only now is known which spelling is used most.

        :param called: gives the word for a kind
        """
        for (kind, made), others in self._near.items():
            spellings = [self._uses[kind, name] for name in (made, *others)]
            meant = max(spellings, key=lambda one: one.count)
            for wrong in spellings:
                for row, key in wrong.rows if wrong is not meant else ():
                    near = f"{meant.label!r} ({meant.seen_from(row)}) comes too near to make a new one"
                    problem = f"no {called(kind)} is called so, but {near}"
                    row.wrong(key, problem, remedy(meant.label, self._propose(kind, wrong.label)), wrong.label)


def remedy(meant: str, other: str) -> str:
    """Return what to do about a spelling that comes near another.

    :param other: how it is written where it is no slip
    """
    return f"write {meant!r}; if it is another, give it an identifier of its own: {other}"
