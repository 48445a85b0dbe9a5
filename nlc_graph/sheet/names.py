"""Names in a sheet: what the labels of a graph mean, and readable identifiers for what is new."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from ..graph.graph import Graph
from ..graph.names import fold
from ..vocabulary import BASE, OWN_PREFIXES, PREFIXES, from_curie, is_iri, local_name, to_curie

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
#: Kinds of which each enquiry has its own: another's are meant only where they are named by their identifier.
OF_ENQUIRIES = ("network", "unit", "voice", "strategy", "source", "section", "claim")
#: Namespaces that all enquiries share; organisations and persons are the same for all.
_SHARED = tuple(PREFIXES[name] for name in OWN_PREFIXES if name != "nlc2005")
LISTS = ("link", "direction", "kind", "unit-of-measure", "role", "quantifier", "precision", "identification")
_NAME = re.compile(r"[^\[\]\s:]+:[^\[\]\s]+")
#: What stands for something left out: an identifier that was to be completed.
_LEFT_OUT = ("\u2026", "...")
#: Characters that hide or reorder what is shown.
_HIDING = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069]")
MAX_SLUG = 60
#: So many different wrong names are compared with those that there are: each takes milliseconds. No name is longer.
MOST_WRONG, LONGEST = 1000, 500
#: So many new names are compared with all others, new ones among them: the time grows with the square.
MOST_NEW = 500


class Names:
    """What the things of a graph are called."""

    def __init__(self, graph: Graph) -> None:
        self.prefixes = graph.prefixes
        self._by_kind: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self.kind_of: dict[str, str] = {}
        self._stems: dict[str, dict[str, frozenset[str]]] = {}
        self.labels: dict[str, str] = {}
        self._compared = 0
        self._nearest: dict[tuple[str, str], list[str]] = {}
        kinds = {name: kind for kind, classes in KINDS.items() for name in classes} | {"Network": "network"}
        for thing in graph.names.by_iri.values():
            iri = str(thing.iri)
            self.labels[iri] = thing.label
            kind = kinds.get(thing.kind)
            curie = to_curie(iri, self.prefixes)
            if thing.kind == "Concept":
                folder = iri.split("/")[-2:-1]  # the same in the namespace of an enquiry
                kind = {"unit": "unit-of-measure"}.get("".join(folder), "".join(folder))
            self.kind_of[iri] = str(kind)
            for one in {kind, "unit" if thing.kind == "Network" else kind} - {None}:
                for name in (thing.label, *thing.other_labels, local_name(iri), curie):
                    places = self._by_kind[str(one)][fold(name)]
                    if iri not in places:
                        places.append(iri)
        of = "SELECT ?unit ?network { ?unit (org:memberOf|nlc:within)+ ?network . ?network a nlc:Network }"
        self._members: set[tuple[str, str]] = {(str(unit), str(network)) for unit, network in graph.select(of).rows}
        of_enquiries = graph.select("SELECT ?enquiry { ?enquiry a nlc:Enquiry }").column("enquiry")
        self._others = tuple(f"{str(enquiry).rpartition('/')[0]}/" for enquiry in of_enquiries)
        in_sources = "SELECT ?section ?source { ?section a nlc:Section ; nlc:source ?source }"
        self.source_of = {str(section): str(source) for section, source in graph.select(in_sources).rows}
        better = "SELECT ?indicator ?better { ?indicator nlc:betterWhen ?better }"
        #: Whether a higher or a lower number is the better one, by measure.
        self.better = {str(indicator): local_name(str(way)) for indicator, way in graph.select(better).rows}
        self.taken = {str(iri) for iri in graph.select("SELECT DISTINCT ?thing { ?thing ?any ?value }").column("thing")}

    def find(self, kind: str, text: str) -> list[str]:
        """Return the things of a kind that have a label, other label or identifier, in any language; [] for none.

        A preferred label goes before other names.
        """
        found = self._by_kind[kind].get(fold(text), [])
        if kind in OF_ENQUIRIES:
            found = [iri for iri in found if iri.startswith(_SHARED)]
        return self._preferred(found, text)

    def called(self, kind: str) -> list[str]:
        """Return all that things of a kind are called, folded, the longest first."""
        return sorted(self._by_kind[kind], key=len, reverse=True)

    def of_others(self, kind: str, text: str) -> list[str]:
        """Return the things of other enquiries that are called so."""
        found = self._by_kind[kind].get(fold(text), [])
        return self._preferred([iri for iri in found if not iri.startswith(_SHARED)], text)

    def misplaced(self, iri: str, kinds: Sequence[str]) -> str:
        """Return why an identifier cannot stand where things of some kinds do; empty where it can."""
        kind = self.kind_of.get(iri)
        if kind is None:
            return "the graph has nothing of this identifier" if iri.startswith(self._others) else ""
        return "" if kind in kinds else f"this is {self.labels[iri]!r}, no {kinds[0]}"

    def within(self, network: str, text: str) -> list[str]:
        """Return the schools and groups of a network of the graph that are called so."""
        return [iri for iri in self.of_others("unit", text) if (iri, network) in self._members]

    def _preferred(self, found: list[str], text: str) -> list[str]:
        preferred = [iri for iri in found if fold(self.labels[iri]) == fold(text)]
        return preferred if len(found) > 1 and preferred else found

    def nearest(self, kind: str, text: str) -> list[str]:
        """Return up to three labels of the kind that come nearest: spelt alike, or with the rarer words of the text.

        None once :data:`MOST_WRONG` names were wrong.
        """
        if (kind, text) not in self._nearest:
            if len(self._nearest) >= MOST_WRONG or len(text) > LONGEST:
                return []
            from difflib import get_close_matches  # only a wrong name needs it

            names = self._by_kind[kind]
            alike = get_close_matches(fold(text), names, n=4, cutoff=0.75)
            found = [names[name][0] for name in dict.fromkeys([*alike, *self._with_words_of(kind, text)])]
            self._nearest[kind, text] = list(dict.fromkeys(self.labels[iri] for iri in found))[:3]
        return self._nearest[kind, text]

    def misspelt(self, kind: str, text: str, others: Iterable[str] = ()) -> str:
        """Return the label that a text is but a slip of the pen away from; empty for none.

        None once :data:`MOST_NEW` texts were compared.

        :param others: labels that the graph does not have yet
        """
        self._compared += 1
        if self._compared > MOST_NEW or len(text) > LONGEST:
            return ""
        from difflib import get_close_matches

        plain, names = fold(text), self._by_kind[kind]
        labels = {fold(label): label for label in others} | {name: self.labels[iris[0]] for name, iris in names.items()}
        for name in get_close_matches(plain, labels, n=3, cutoff=0.9):
            if re.findall(r"\d+", name) == re.findall(r"\d+", plain):  # Key Stage 1 is not Key Stage 2
                return labels[name]
        return ""

    def _with_words_of(self, kind: str, text: str) -> list[str]:
        """Return the names that share a third of the words of a text, a word counting the more the rarer it is."""
        if kind not in self._stems:
            self._stems[kind] = {name: _stems(name) for name in self._by_kind[kind]}
        stems, wanted = self._stems[kind], _stems(fold(text))
        things = {
            stem: len({self._by_kind[kind][name][0] for name, each in stems.items() if stem in each}) for stem in wanted
        }
        weight = {stem: 1 / max(2, 1 + count) for stem, count in things.items()}
        shared = {name: sum(weight[stem] for stem in wanted & each) for name, each in stems.items() if wanted & each}
        enough = sum(weight.values()) / 3
        return sorted((name for name, found in shared.items() if found >= enough), key=lambda n: (-shared[n], n))[:4]

    def all(self, kind: str) -> list[str]:
        """Return the labels of a kind, sorted."""
        return sorted({self.labels[iri] for found in self._by_kind[kind].values() for iri in found}, key=fold)

    def iri(self, name: str) -> str | None:
        """Return the IRI that a short identifier or IRI stands for; None for what is no web address of a thing."""
        iri = from_curie(name, self.prefixes)
        if not iri or not re.match(r"https?://[^/]|urn:", iri) or not is_iri(iri):
            return None
        return None if _HIDING.search(iri) or any(mark in iri for mark in _LEFT_OUT) else iri


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
        """Return an identifier made of some words, and take it; a number is added where it is taken already."""
        iri = self.free(*words, folder=folder)
        self._taken.add(iri)
        return iri

    def free(self, *words: str, folder: str = "") -> str:
        """Return the identifier that :meth:`new` would make, without taking it."""
        stem = "-".join(part for part in map(slug, words) if part) or "item"
        base = f"{self.iri}{folder}{stem}"
        number = self._next.get(base, 1)
        iri = base if number == 1 else f"{base}-{number}"
        while iri in self._taken:
            number += 1
            iri = f"{base}-{number}"
        self._next[base] = number
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


def _stems(text: str) -> frozenset[str]:
    """Return the longer words of a text, cut to what inflections leave."""
    return frozenset(word[:5] for word in re.findall(r"\w{4,}", text) if word not in ("with", "from", "their", "other"))


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
