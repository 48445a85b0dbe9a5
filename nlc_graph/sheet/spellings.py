"""Names of a sheet's own networks, schools, groups, sources and sections that come near each other.

Two names are near where one word of four letters or more differs by one letter added, left out or changed, or by two
letters swapped, or where they differ in blanks and marks only. "School A" and "School B", "Year 5" and "Year 6" are
not. The time grows with the length of all names: words that are a slip apart are the same with one letter left out
(Garbe's symmetric delete algorithm, SymSpell).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..things import fold
from .columns import SEVERAL
from .rows import Row

#: So many names of one sort are compared: each takes as much room as it has letters, times its length.
MOST_NAMES = 5000
#: Letters of the shortest word in which a slip is looked for, and of the longest name.
SHORTEST, LONGEST = 4, 200
#: Columns of which several values stand in a cell; a semicolon between two is taken for a slip.
_SEVERAL_IN = ("network", "unit", "comparator", "source", "figure_for")


@dataclass(slots=True)
class Name:
    """A name that is new, the row and column in which it stands first, and in how many rows it does."""

    label: str
    row: Row
    key: str
    last: tuple[str, int]
    count: int = 1

    def seen_from(self, row: Row) -> str:
        """Return in words where it stands."""
        first = row.named(self.row.at)
        return first if self.count == 1 else f"{first} and {self.count - 1} more"


class Spellings:
    """The names that are new in a sheet."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, str], dict[str, Name]] = {}

    def use(self, row: Row, key: str, sort: str, label: str, *, scope: str = "") -> None:
        """Note that a name stands in a row.

        :param sort: only names of one sort are compared
        :param scope: and only those of one network, or of one source
        """
        names, plain = self._names.setdefault((sort, scope), {}), fold(label)
        known = names.get(plain)
        if known is None:
            names[plain] = Name(label, row.kept(()), key, row.at)
        elif known.last != row.at:
            known.last, known.count = row.at, known.count + 1

    def named(self, sort: str, label: str) -> Name | None:
        """Return a name of a sort that has no scope; None where it stands nowhere."""
        return self._names.get((sort, ""), {}).get(fold(label))

    def check(self) -> None:
        """Note names that may be a slip of the pen, and semicolons between two names."""
        for names in self._names.values():
            for one in names.values():
                if one.key == "unit" and (network := self.named("network", one.label)):
                    where = f"{network.seen_from(one.row)} name{'s' if network.count == 1 else ''}"
                    one.row.warn(one.key, f"{where} a network so", "was it to stand under 'network'?", one.label)
                if ";" in one.label and one.key in _SEVERAL_IN:
                    self._check_semicolon(one, names)
            for one, other in find_near(names):
                rare, usual = (one, other) if one.count < other.count else (other, one)
                problem = f"new, and near {usual.label!r} ({usual.seen_from(rare.row)})"
                rare.row.warn(rare.key, problem, f"if that is meant, write {usual.label!r}", rare.label)

    def _check_semicolon(self, one: Name, names: dict[str, Name]) -> None:
        parts = [part for part in map(str.strip, one.label.split(";")) if part]
        known = [part for part in parts if fold(part) in names]
        if known and len(parts) > 1:
            tell = one.row.wrong if len(known) == len(parts) else one.row.warn
            tell(one.key, alone(known), f"separate several by {SEVERAL}", one.label)


def alone(names: Sequence[str]) -> str:
    """Return in words that parts of a cell stand elsewhere by themselves.

    >>> alone(["North"])
    "a semicolon, and 'North' stands elsewhere without the rest"
    """
    verb = "stands" if len(names) == 1 else "stand"
    return f"a semicolon, and {' and '.join(map(repr, names))} {verb} elsewhere without the rest"


def find_near(names: dict[str, Name]) -> Iterator[tuple[Name, Name]]:
    """Yield each name that comes near an earlier one, with that."""
    seen: dict[tuple[str, ...], str] = {}
    for plain, name in list(names.items())[:MOST_NAMES]:
        if len(plain) > LONGEST:
            continue
        variants = dict.fromkeys(_variants(plain))
        near = next((seen[one] for one in variants if one in seen and is_slip(seen[one], plain)), None)
        if near is not None:
            yield names[near], name
        for one in variants:
            seen.setdefault(one, plain)


def is_slip(one: str, other: str) -> bool:
    """Tell whether two texts differ in one letter, in the order of two, or in blanks and marks only.

    >>> is_slip("valdres", "vladres"), is_slip("westfield", "eastfield")
    (True, False)
    """
    long, short = (one, other) if len(one) >= len(other) else (other, one)
    same = next((at for at, pair in enumerate(zip(long, short, strict=False)) if pair[0] != pair[1]), len(short))
    if len(long) == len(short):
        swapped = long[same + 1 : same + 2] + long[same : same + 1] + long[same + 2 :]
        near = long[same + 1 :] == short[same + 1 :] or swapped == short[same:]
    else:
        near = long[same + 1 :] == short[same:]
    return near or "".join(filter(str.isalnum, long)) == "".join(filter(str.isalnum, short))


def _variants(plain: str) -> Iterable[tuple[str, ...]]:
    """Yield what a folded name shares with those near it: its letters, and its words with a letter left out of one.

    >>> ("valdrs", "hub") in _variants("valdres hub")
    True
    """
    words = tuple(plain.split())
    if letters := "".join(filter(str.isalnum, plain)):
        yield ("", letters)
    for at, word in enumerate(words):
        if len(word) >= SHORTEST and word.isalpha():
            before, after = words[:at], words[at + 1 :]
            yield (*before, word, *after)
            yield from ((*before, word[:cut] + word[cut + 1 :], *after) for cut in range(len(word)))
