"""Names in a sheet: what the labels of a graph mean, and readable identifiers for what is new."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from ..graph import Graph
from ..things import fold
from ..vocabulary import BASE, from_curie, local_name, to_curie

#: Kind of thing in a sheet to its classes in the graph; concepts of the short lists are kept by their list.
KINDS: Mapping[str, tuple[str, ...]] = {
    "practice": ("Practice",),
    "outcome": ("OutcomeType",),
    "feature": ("KeyFeature",),
    "indicator": ("Indicator",),
    "network": ("Network",),
    "unit": ("School", "Group", "Network"),
    "voice": ("Speaker", "Organization", "Person", "Agent"),
    "strategy": ("Strategy",),
    "source": ("Source",),
    "section": ("Section",),
    "period": ("Period",),
    "claim": ("Claim",),
}
LISTS = ("link", "direction", "kind", "unit-of-measure", "role", "quantifier", "precision", "identification")
_NAME = re.compile(r"[^\[\]\s:]+:[^\[\]\s]+")
#: Characters that no IRI may hold (RFC 3987), and those that hide or reorder what is shown.
_NOT_IN_IRI = re.compile(r"[\x00-\x20<>\"{}|\\^`\u200b-\u200f\u202a-\u202e\u2060-\u2069]")
MAX_SLUG = 60
#: So many different wrong names are compared with those that there are: each takes milliseconds. No name is longer.
MOST_WRONG, LONGEST = 1000, 500


class Names:
    """What the things of a graph are called."""

    def __init__(self, graph: Graph) -> None:
        self.prefixes = graph.prefixes
        self._by_kind: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self.labels: dict[str, str] = {}
        self._nearest: dict[tuple[str, str], list[str]] = {}
        kinds = {name: kind for kind, classes in KINDS.items() for name in classes}
        for thing in graph.things.by_iri.values():
            iri = str(thing.iri)
            self.labels[iri] = thing.label
            kind = kinds.get(thing.kind)
            curie = to_curie(iri, self.prefixes)
            if thing.kind == "Concept":
                kind = {"unit": "unit-of-measure"}.get(curie.partition(":")[0], curie.partition(":")[0])
            for one in {kind, "unit" if thing.kind == "Network" else kind} - {None}:
                for name in (thing.label, *thing.other_labels, local_name(iri), curie):
                    places = self._by_kind[str(one)][fold(name)]
                    if iri not in places:
                        places.append(iri)
        self.taken = {str(iri) for iri in graph.select("SELECT DISTINCT ?thing { ?thing ?any ?value }").column("thing")}

    def find(self, kind: str, text: str) -> list[str]:
        """Return the things of a kind that have a label, other label or identifier, in any language; [] for none.

        A preferred label goes before other names.
        """
        found = self._by_kind[kind].get(fold(text), [])
        if len(found) > 1:
            preferred = [iri for iri in found if fold(self.labels[iri]) == fold(text)]
            return preferred or found
        return found

    def nearest(self, kind: str, text: str) -> list[str]:
        """Return up to three labels of the kind that come nearest; none once :data:`MOST_WRONG` names were wrong."""
        if (kind, text) not in self._nearest:
            if len(self._nearest) >= MOST_WRONG or len(text) > LONGEST:
                return []
            from difflib import get_close_matches  # only a wrong name needs it

            names = self._by_kind[kind]
            found = [names[name][0] for name in get_close_matches(fold(text), names, n=6, cutoff=0.5)]
            self._nearest[kind, text] = list(dict.fromkeys(self.labels[iri] for iri in found))[:3]
        return self._nearest[kind, text]

    def all(self, kind: str) -> list[str]:
        """Return the labels of a kind, sorted."""
        return sorted({self.labels[iri] for found in self._by_kind[kind].values() for iri in found}, key=fold)

    def iri(self, name: str) -> str | None:
        """Return the IRI that a short identifier or IRI stands for; None for what is no web address of a thing."""
        iri = from_curie(name, self.prefixes)
        return iri if iri and re.match(r"https?://[^/]|urn:", iri) and not _NOT_IN_IRI.search(iri) else None


def label_and_name(text: str) -> tuple[str, str]:
    """Return the label and the identifier in a cell; empty where one is not given.

    >>> label_and_name("Riverside NLC [mine:riverside]"), label_and_name("Riverside")
    (('Riverside NLC', 'mine:riverside'), ('Riverside', ''))
    """
    label, bracket, name = text.rpartition("[")
    if bracket and name.endswith("]") and _NAME.fullmatch(name[:-1]):
        return label.rstrip(), name[:-1]
    return text, ""


class Namespace:
    """Identifiers of one enquiry's own things: readable, and the same each time for the same sheet."""

    def __init__(self, name: str, taken: set[str]) -> None:
        word = slug(name)
        self.prefix = word if word[:1].isalpha() or not word else f"enquiry-{word}"
        self.iri = f"{BASE}{self.prefix}/"
        self._taken = taken
        self._next: dict[str, int] = {}

    def new(self, *words: str, folder: str = "") -> str:
        """Return an identifier made of some words; a number is added where it is taken already."""
        stem = "-".join(part for part in map(slug, words) if part) or "item"
        base = f"{self.iri}{folder}{stem}"
        number = self._next.get(base, 1)
        iri = base if number == 1 else f"{base}-{number}"
        while iri in self._taken:
            number += 1
            iri = f"{base}-{number}"
        self._next[base] = number + 1
        self._taken.add(iri)
        return iri


@lru_cache(maxsize=4096)
def slug(text: str) -> str:
    """Return a text as the last part of an identifier; letters of any script stay.

    >>> slug("Éveil & <script> 2004/05")
    'eveil-script-2004-05'
    """
    plain = "".join(letter if letter.isalnum() else "-" for letter in fold(text))
    words = [word for word in plain.split("-") if word]
    kept = ""
    for word in words:
        longer = f"{kept}-{word}" if kept else word
        if len(longer) > MAX_SLUG:
            break
        kept = longer
    return kept or "".join(words)[:MAX_SLUG]


def either(names: Sequence[str]) -> str:
    """Return names as an alternative in words."""
    return " or ".join(names)


def lists(graph: Graph) -> dict[str, list[str]]:
    """Return what cells are picked from, by the name in :attr:`.columns.Column.terms`."""
    names = Names(graph)
    found = {kind: names.all(kind) for kind in ("practice", "outcome", "feature", "indicator", *LISTS)}
    found["unit"] = found.pop("unit-of-measure")
    schools = [f"school: {how}" for how in ("named", "pseudonym", "unnamed")]
    return {
        **found,
        "what": [*schools, *(f"group: {some}, pupil" for some in found["quantifier"]), "group: all, school"],
        "position": ["above", "below"],
        "bearing": ["supports", "qualifies", "challenges"],
    }
