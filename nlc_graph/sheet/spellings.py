"""Names of a sheet's own networks, schools, groups, sources and sections that come near each other.

Two names are near where one word of four letters or more differs by one letter added, left out or changed, or by two
letters swapped, or where they differ in blanks and marks only. "School A" and "School B", "Year 5" and "Year 6" are
not. The time grows with the length of all names: words that are a slip apart are the same with one letter left out
(Garbe's symmetric delete algorithm, SymSpell).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ..graph.names import fold
from .columns import SEVERAL
from .rows import Row

#: So many names of one sort are compared: each takes as much room as it has letters, times its length.
MOST_NAMES = 5000
#: Letters of the shortest word in which a slip is looked for, and of the longest name.
SHORTEST, LONGEST = 4, 200
#: What people put between several values of a cell, and how it is called.
SEPARATORS = {
    ";": "a semicolon", "\n": "a line break", "/": "a slash", "&": "an ampersand", ",": "a comma", " and ": "'and'",
}  # fmt: skip
#: Those that stand in no name.
_IN_NO_NAME = ";\n"
#: Columns of which several values stand in a cell; a separator between two is taken for a slip.
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
        """Note names that may be a slip of the pen, and several names in one."""
        for names in self._names.values():
            for one in names.values():
                if one.key == "unit" and (network := self.named("network", one.label)):
                    where = f"{network.seen_from(one.row)} name{'s' if network.count == 1 else ''}"
                    one.row.warn(one.key, f"{where} a network so", "was it to stand under 'network'?", one.label)
                if one.key in _SEVERAL_IN and (found := find_several(one.label, names.__contains__)):
                    tell = one.row.wrong if found.certain else one.row.warn
                    tell(one.key, found.problem, f"separate several by {SEVERAL}{found.otherwise}", one.label)
            for one, other in find_near(names):
                rare, usual = (one, other) if one.count < other.count else (other, one)
                problem = f"new, and near {usual.label!r} ({usual.seen_from(rare.row)})"
                rare.row.warn(rare.key, problem, f"if that is meant, write {usual.label!r}", rare.label)


class Several(NamedTuple):
    """Names within one.

    :param certain: whether all its parts are names
    :param otherwise: what to do, after what else there is to do, where it is one name all the same
    """

    certain: bool
    problem: str
    otherwise: str


def find_several(label: str, is_known: Callable[[str], bool]) -> Several | None:
    """Return what is wrong with a new name that consists of known ones; None where it does not.

    :param is_known: tells whether a folded text is the name of something

    Of a semicolon or a line break, which stand in no name, one known part is enough; of what may stand in a name as
    well, all must be known.

    >>> find_several("North; Sout", {"north", "south"}.__contains__)
    Several(certain=False, problem="a semicolon, and 'North' stands elsewhere without the rest", otherwise='')
    >>> find_several("Bread and butter", {"bread"}.__contains__)
    """
    for separator, called in SEPARATORS.items():
        if separator not in label:
            continue
        rest = SEPARATORS if separator == "," else (separator,)  # North, East and South
        parts = [part for part in map(str.strip, re.split("|".join(map(re.escape, rest)), label)) if part]
        known = [part for part in parts if is_known(fold(part))]
        certain = len(known) == len(parts)
        if len(parts) > 1 and known and (certain or separator in _IN_NO_NAME):
            names = " and ".join(map(repr, known))
            verb = "stands" if len(known) == 1 else "stand"
            otherwise = (
                "" if separator in _IN_NO_NAME else "; if it is one name, give it an identifier: name [https://…]"
            )
            return Several(certain, f"{called}, and {names} {verb} elsewhere without the rest", otherwise)
    return None


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
