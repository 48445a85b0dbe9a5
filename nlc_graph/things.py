"""Find the thing that a person means: by identifier, CURIE, label, other label, or the beginning of a label."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, Protocol

from .errors import AmbiguousThingError, UnknownThingError
from .table import Iri, Table
from .vocabulary import NLC, SKOS, from_curie, local_name, to_curie

#: One row a thing and preferred label.
PREFERRED = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing ?label WHERE { THINGS ?thing skos:prefLabel|rdfs:label ?label }
"""

#: Everything that has a label and a kind. Kinds of ours only, so that a concept is a practice and not a skos:Concept.
LABELS = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing ?type ?label ?preferred WHERE {
  TYPES
  { ?thing skos:prefLabel|rdfs:label ?label . BIND(true AS ?preferred) }
  UNION
  { ?thing skos:altLabel ?label . BIND(false AS ?preferred) }
  ?thing a ?type .
} ORDER BY ?thing ?type ?label
"""

#: Kinds of thing in the order in which people look for them: where one label fits several, this does not decide, but
#: candidates are listed so.
KINDS = (
    "Practice OutcomeType KeyFeature Network Strategy Claim School Group Speaker Indicator Area Organization Person"
    " Framework Programme Section Enquiry Source Figure Period Concept"
).split()


class Sort(NamedTuple):
    """What users pick from: a class of things, for concepts of the short lists narrowed to one list."""

    name: str
    kind: str
    prefix: str = ""

    def takes(self, thing: Thing, curie: str) -> bool:
        """Tell whether a thing is of this sort."""
        return thing.kind == self.kind and curie.startswith(self.prefix)


#: The words for filters and query parameters, and what each picks from.
SORTS: dict[str, Sort] = {
    "practice": Sort("practice", "Practice"),
    "outcome": Sort("outcome type", "OutcomeType"),
    "feature": Sort("key feature", "KeyFeature"),
    "network": Sort("network", "Network"),
    "kind": Sort("kind of evidence", "Concept", "kind:"),
    "link": Sort("link type", "Concept", "link:"),
    "role": Sort("role", "Concept", "role:"),
    "indicator": Sort("indicator", "Indicator"),
    "strategy": Sort("strategy", "Strategy"),
    "claim": Sort("claim", "Claim"),
    "enquiry": Sort("enquiry", "Enquiry"),
}


class Selects(Protocol):
    """Anything that answers SELECT queries."""

    @property
    def prefixes(self) -> Mapping[str, str]:
        """Return the prefixes of its identifiers."""

    def select(self, query: str) -> Table:
        """Answer a SELECT query."""


@dataclass
class Thing:
    """Something with a label.

    :param kind: local name of its class, such as Practice
    :param label: its preferred label
    :param other_labels: alternative labels
    """

    iri: Iri
    kind: str
    label: str
    other_labels: list[str] = field(default_factory=list)


class Things:
    """Everything in a graph that can be called by a label.

    Labels alone are read first, kinds and other labels only when something is looked for: most commands need no more
    than labels, and these cost a third of the rest.
    """

    def __init__(self, graph: Selects) -> None:
        self._graph = graph
        self._known: dict[str, str] = {}
        self.prefixes = graph.prefixes

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Return IRI to preferred label."""
        return {str(iri): str(label) for iri, label in self._graph.select(PREFERRED.replace("THINGS", "")).rows}

    @cached_property
    def by_iri(self) -> Mapping[str, Thing]:
        """Return IRI to thing, for everything."""
        return _read(self._graph)

    def find(self, text: str, *sorts: str) -> Thing:
        """Return the one thing that a text means.

        Tried in this order, the first that fits decides: IRI or CURIE; preferred label; last part of the identifier;
        alternative label; beginning of a label; words within a label. Case and accents do not matter.

        :param sorts: what to look among, by the names in :data:`SORTS`; everything when none is given
        :raises AmbiguousThingError: if several fit equally well; lists them
        :raises UnknownThingError: if none fits; names the nearest
        """
        among = self._among(sorts)
        iri = from_curie(text, self.prefixes)
        exact = next((thing for thing in among if thing.iri == iri), None)
        if exact:
            return exact
        plain = fold(text)
        tests: tuple[Callable[[Thing], bool], ...] = (
            lambda t: fold(t.label) == plain,
            lambda t: fold(local_name(t.iri)) == plain,
            lambda t: any(fold(other) == plain for other in t.other_labels),
            lambda t: plain != "" and fold(t.label).startswith(plain),
            lambda t: plain != "" and any(fold(s).startswith(plain) for s in (*t.other_labels, local_name(t.iri))),
            lambda t: plain != "" and any(f" {plain}" in fold(label) for label in (t.label, *t.other_labels)),
        )
        for fits in tests:
            found = [thing for thing in among if fits(thing)]
            if len(found) == 1:
                return found[0]
            if found:
                found.sort(key=lambda t: (KINDS.index(t.kind) if t.kind in KINDS else len(KINDS), t.iri))
                raise AmbiguousThingError(text, [(self.curie(thing.iri), thing.label) for thing in found])
        raise UnknownThingError(text, self._nearest(text, among), " or ".join(SORTS[s].name for s in sorts) or "thing")

    def containing(self, text: str, *sorts: str) -> list[Thing]:
        """Return the things one of whose labels, or whose identifier, contains a text."""
        plain = fold(text)
        return [
            thing
            for thing in self._among(sorts)
            if any(plain in fold(label) for label in (thing.label, *thing.other_labels, self.curie(thing.iri)))
        ]

    def label(self, iri: str) -> str:
        """Return the label of a thing, or its short identifier where it has none."""
        return self._known.get(iri) or self.labels.get(iri) or self.curie(iri)

    def prepare(self, iris: Iterable[str]) -> None:
        """Read the labels of some things ahead, where the labels of everything would take longer."""
        if some := " ".join(f"<{iri}>" for iri in set(iris) if not iri.startswith("_:")):
            query = PREFERRED.replace("THINGS", f"VALUES ?thing {{ {some} }}")
            self._known |= {str(iri): str(label) for iri, label in self._graph.select(query).rows}

    def curie(self, iri: str) -> str:
        """Return the short identifier of a thing."""
        return to_curie(iri, self.prefixes)

    def _among(self, sorts: Iterable[str]) -> list[Thing]:
        wanted = [SORTS[name] for name in sorts]
        if not wanted:
            return list(self.by_iri.values())
        # Only the classes asked for: reading a hundred outcome types takes a tenth of the time that everything does.
        some = _read(self._graph, sorted({sort.kind for sort in wanted}))
        return [thing for thing in some.values() if any(sort.takes(thing, self.curie(thing.iri)) for sort in wanted)]

    def _nearest(self, text: str, among: list[Thing]) -> list[str]:
        from difflib import get_close_matches  # only a wrong name needs it

        names = {fold(label): label for thing in among for label in (*reversed(thing.other_labels), thing.label)}
        names |= {fold(self.curie(thing.iri)): self.curie(thing.iri) for thing in among if ":" in text}
        return [names[key] for key in get_close_matches(fold(text), names, n=3, cutoff=0.55)]


def _read(graph: Selects, kinds: Iterable[str] = ()) -> dict[str, Thing]:
    found: dict[str, Thing] = {}
    types = " ".join(f"<{SKOS if kind == 'Concept' else NLC}{kind}>" for kind in kinds)
    for row in graph.select(LABELS.replace("TYPES", f"VALUES ?type {{ {types} }} ?thing a ?type ." if types else "")):
        iri, label, kind = str(row["thing"]), str(row["label"]), local_name(str(row["type"]))
        thing = found.setdefault(iri, Thing(Iri(iri), kind, ""))
        if kind in KINDS and (thing.kind not in KINDS or KINDS.index(kind) < KINDS.index(thing.kind)):
            thing.kind = kind
        if not row["preferred"]:
            if label not in thing.other_labels:
                thing.other_labels.append(label)
        elif not thing.label:
            thing.label = label
    for thing in found.values():
        thing.label = thing.label or local_name(thing.iri)
    return found


def fold(text: str) -> str:
    """Return a text without case, accents and surplus white space, for comparing.

    >>> fold("  Éveil  précoce ")
    'eveil precoce'
    """
    text = " ".join(text.split()).casefold()
    if text.isascii():
        return text
    import unicodedata

    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
