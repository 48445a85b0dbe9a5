"""Find the roles in the names of speakers and groups."""

from __future__ import annotations

import re

from ..graph.names import fold
from .entity_index import EntityIndex

#: Where the words after the noun of a name begin, as in "a teacher at Alder".
_AFTER_NOUN = re.compile(
    r"\s(?:in|at|from|for|with|on|to|by|near|who|whom|whose|that|which|as|heard|asked|interviewed|quoted|speaking"
    r"|working|involved|featured|named)\b|\s?[(;:\u2013\u2014]"
)
_FORMER = re.compile(r"\b(?:former|ex|retired|future|prospective)\b|\bheads? of\b")


class Roles:
    """The roles of the short list, by all their names."""

    def __init__(self, index: EntityIndex) -> None:
        self._index = index
        names = "|".join(map(re.escape, index.folded_names("role")))
        self._anywhere = re.compile(rf"\b({names})s?\b")
        self._at_end = re.compile(rf"\b({names})s?(?: \d+| [a-z])?$")

    def of_speaker(self, label: str) -> list[str]:
        """Return the roles of a speaker: "pupils in Alder" are pupils, "a pupil support worker" is not."""
        name = fold(label)
        if _FORMER.search(name):
            return []
        nouns = [_AFTER_NOUN.split(part, maxsplit=1)[0] for part in name.split(", ")]
        found = [self._of_noun(part) for noun in nouns for part in noun.split(" and ")]
        return list(dict.fromkeys(filter(None, found)))

    def _of_noun(self, noun: str) -> str:
        """Return the role at the end of a noun, or before "of": "parents of pupils" are parents."""
        ends = filter(None, (self._at_end.search(part) for part in noun.split(" of ")))
        return next((role for end in ends for role in self._index.find("role", end[1])), "")

    def of_group(self, label: str) -> list[str]:
        """Return the role that the name of a group contains, the longest name first."""
        found = self._anywhere.search(fold(label))
        return self._index.find("role", found[1]) if found else []
