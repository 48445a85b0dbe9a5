"""Names of entities: from what a person types to an IRI, and from an IRI to the label to show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from ..errors import AmbiguousNameError, UnknownNameError
from ..table import Ref, Table, as_count
from ..vocabulary import NLC, RDF_TYPE, RDFS, SKOS, from_curie, is_iri, local_name, to_curie

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .graph import Graph

#: Rank of a label: 2 in the language of the bundled vocabularies, 1 in another; 0 is for alternative labels.
_RANK = 'COALESCE(IF(LANG(?label) = "" || LANGMATCHES(LANG(?label), "en"), 2, 1), 0)'

#: One row for each resource and preferred label.
PREFERRED = f"""
SELECT ?thing ?label ?preferred WHERE {{ THINGS ?thing skos:prefLabel|rdfs:label ?label . BIND({_RANK} AS ?preferred) }}
"""

#: One row for each resource, type and label; PICKS may narrow ?thing.
LABELS = f"""
SELECT ?thing ?type ?label ?preferred WHERE {{
  PICKS
  {{ ?thing skos:prefLabel|rdfs:label ?label . BIND({_RANK} AS ?preferred) }}
  UNION
  {{ ?thing skos:altLabel ?label . BIND(0 AS ?preferred) }}
  ?thing a ?type .
}}
"""

_MATCHING = """
{ SELECT DISTINCT ?thing WHERE { TYPES ?thing skos:prefLabel|skos:altLabel|rdfs:label ?any . FILTER(MATCH) } }
"""
_SOME = "{ SELECT DISTINCT ?thing WHERE { TYPES ?thing skos:prefLabel|rdfs:label ?any } LIMIT LIMITED }"
_ENQUIRIES = "SELECT ?enquiry ?label { ?enquiry a nlc:Enquiry ; rdfs:label ?label }"

#: One row for each enquiry and name.
ENQUIRY_NAMES = "SELECT ?enquiry ?name { ?enquiry a nlc:Enquiry ; rdfs:label|skos:altLabel ?name }"

#: No suggestion for an unknown name is searched among more entities than these.
MOST_SUGGESTED_FROM = 20_000
#: IRIs whose labels an endpoint is asked for in one request.
LABELS_A_REQUEST = 5_000

_LABEL_PROPERTIES = (ox.NamedNode(f"{SKOS}prefLabel"), ox.NamedNode(f"{RDFS}label"))
_TYPE = ox.NamedNode(RDF_TYPE)

#: Local names of classes, in the order in which candidates are listed.
KINDS = (
    "Practice OutcomeType KeyFeature Network Strategy Claim School Group Speaker Indicator Area Organization Person"
    " Framework Programme Section Enquiry Source Figure Period Concept"
).split()
#: Classes of which two enquiries may have an instance with the same label.
_SHARED_NAMES = frozenset(
    NLC + kind for kind in "Network School Group Practice OutcomeType KeyFeature Indicator Strategy Source".split()
)


@dataclass
class Entity:
    """A labelled resource.

    :param kind: local name of its class, such as Practice
    """

    iri: Ref
    kind: str
    label: str
    other_labels: list[str] = field(default_factory=list)


class Sort(NamedTuple):
    """A class of entities that filters and parameters choose from; concepts are narrowed by the prefix of a list."""

    name: str
    kind: str
    prefix: str = ""

    def takes(self, entity: Entity, curie: str) -> bool:
        """Tell whether an entity belongs to it."""
        return entity.kind == self.kind and curie.startswith(self.prefix)


#: Names of filters and query parameters to what each chooses from.
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


class NameIndex:
    """The names in a graph. Only what a name may match is read, so that large graphs need no preparation."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._labels: dict[str, str] = {}
        self._matches: dict[tuple[str, tuple[str, ...]], list[Entity]] = {}
        self.prefixes = graph.prefixes

    @cached_property
    def by_iri(self) -> Mapping[str, Entity]:
        """Return all labelled resources by IRI."""
        return read_entities(self._graph.select(LABELS.replace("PICKS", "")))

    def is_there(self, iri: str) -> bool:
        """Tell whether the graph has a triple about a resource."""
        return self._graph.ask(f"ASK {{ <{iri}> ?property ?value }}")

    def curie(self, iri: str) -> str:
        """Return the short identifier of a resource."""
        return to_curie(iri, self.prefixes)

    def label(self, iri: str) -> str:
        """Return the label of a resource, or its short identifier if it has none.

        An endpoint is asked once for the labels of all IRIs in its answers so far.
        """
        if iri not in self._labels:
            if self._graph.is_endpoint:
                self._fetch({iri, *self._graph.seen})
            else:
                self._labels[iri] = self._read_label(iri)
        return self._labels.get(iri) or self.curie(iri)

    def find(self, text: str, *sorts: str) -> Entity:
        """Return the one entity that a text names.

        The first test that an entity passes decides: IRI or CURIE; preferred label; last part of the identifier;
        alternative label; start of a label; words within a label. Case and accents do not matter.

        :param sorts: names in :data:`SORTS` to choose from; everything if none is given
        :raises AmbiguousNameError: if several entities match equally well
        :raises UnknownNameError: if none matches
        """
        among = self._matching(text, sorts)
        iri = from_curie(text, self.prefixes)
        exact = next((entity for entity in among if entity.iri == iri), None)
        if exact:
            return exact
        for test in _tests(fold(text)):
            found = [entity for entity in among if test(entity)]
            if len(found) == 1:
                return found[0]
            if found:
                found.sort(key=lambda entity: (kind_order(entity.kind), entity.iri))
                raise AmbiguousNameError(text, [(self.curie(entity.iri), entity.label) for entity in found])
        raise UnknownNameError(text, self._nearest(text, sorts), " or ".join(SORTS[sort].name for sort in sorts))

    def containing(self, text: str, *sorts: str) -> list[Entity]:
        """Return the entities with a label or identifier that contains a text."""
        plain = fold(text)
        return [
            entity
            for entity in self._matching(text, sorts)
            if any(plain in fold(name) for name in (*_labels(entity), self.curie(entity.iri)))
        ]

    def _fetch(self, iris: Iterable[str]) -> None:
        """Ask an endpoint for the labels of all IRIs that have not been asked for."""
        missing = iter(sorted(iri for iri in iris if iri not in self._labels and is_iri(iri)))
        while some := list(islice(missing, LABELS_A_REQUEST)):
            values = " ".join(f"<{iri}>" for iri in some)
            table = self._graph.select(PREFERRED.replace("THINGS", f"VALUES ?thing {{ {values} }}"))
            ranked = sorted((-as_count(rank), str(label), str(iri)) for iri, label, rank in table.rows)
            self._labels |= dict.fromkeys(some, "")
            self._labels |= {iri: label for _, label, iri in reversed(ranked)}

    def _read_label(self, iri: str) -> str:
        """Read a label from a store, followed by the enquiry if another one has a namesake."""
        try:
            node = ox.BlankNode(iri[2:]) if iri.startswith("_:") else ox.NamedNode(iri)
        except ValueError:
            return ""
        quads = list(self._graph.quads(node))
        labels = [
            _by_language(quad.object)
            for quad in quads
            if quad.predicate in _LABEL_PROPERTIES and isinstance(quad.object, ox.Literal)
        ]
        if not labels:
            return ""
        label = min(labels)[1]
        enquiry = next((name for namespace, name in self._enquiries.items() if iri.startswith(namespace)), "")
        return f"{label} ({enquiry})" if enquiry and self._has_namesake(iri, label, _classes(quads)) else label

    @cached_property
    def _enquiries(self) -> dict[str, str]:
        """Return the namespaces of several enquiries, each with the label of its enquiry."""
        rows = self._graph.select(_ENQUIRIES).rows
        return {f"{_namespace(str(iri))}/": str(label) for iri, label in rows} if len(rows) > 1 else {}

    def _has_namesake(self, iri: str, label: str, classes: set[str]) -> bool:
        """Tell whether a resource of one of some classes in another namespace has the same label."""
        if not classes:
            return False
        quads = [
            *self._graph.quads(value=ox.Literal(label)),
            *self._graph.quads(value=ox.Literal(label, language="en")),
        ]
        namesakes = {quad.subject for quad in quads if quad.predicate in _LABEL_PROPERTIES}
        return any(
            not str(other.value).startswith(_namespace(iri)) and classes & _classes(self._graph.quads(other))
            for other in namesakes
        )

    def _matching(self, text: str, sorts: tuple[str, ...]) -> list[Entity]:
        """Return the entities that a text may name, and perhaps more."""
        if not fold(text):
            return []
        if (text, sorts) not in self._matches:
            picks = _MATCHING.replace("TYPES", _types(sorts)).replace("MATCH", self._condition(text))
            self._matches[text, sorts] = self._entities(picks, sorts)
        return self._matches[text, sorts]

    def _entities(self, picks: str, sorts: Iterable[str]) -> list[Entity]:
        wanted = [SORTS[name] for name in sorts]
        found = read_entities(self._graph.select(LABELS.replace("PICKS", picks))).values()
        return [e for e in found if not wanted or any(sort.takes(e, self.curie(e.iri)) for sort in wanted)]

    def _condition(self, text: str) -> str:
        # Engines do not fold accents, so labels with a character beyond ASCII are read and compared here.
        plain = _quoted(fold(text))
        tests = [f"CONTAINS(LCASE(STR(?any)), {plain})", f"CONTAINS(LCASE(STR(?thing)), {plain})"]
        tests.append('REGEX(STR(?any), "[^ -~]")')
        iri = from_curie(text, self.prefixes)
        if iri:
            tests.append(f"CONTAINS(LCASE(STR(?thing)), {_quoted(iri.lower())})")
        return " || ".join(tests)

    def _nearest(self, text: str, sorts: tuple[str, ...]) -> list[str]:
        from difflib import get_close_matches  # only an unknown name needs it

        picks = _SOME.replace("TYPES", _types(sorts)).replace("LIMITED", str(MOST_SUGGESTED_FROM + 1))
        among = self._entities(picks, sorts)
        if len(among) > MOST_SUGGESTED_FROM:
            return []
        names = {fold(label): label for entity in among for label in reversed(_labels(entity))}
        if ":" in text:
            names |= {fold(self.curie(entity.iri)): self.curie(entity.iri) for entity in among}
        found = [names[key] for key in get_close_matches(fold(text), names, n=3, cutoff=0.55)]
        # Names of enquiries are long and few: any of them may be meant.
        return found if found or sorts != ("enquiry",) else [entity.label for entity in among[:5]]


def read_entities(table: Table) -> dict[str, Entity]:
    """Return the entities in the answer to :data:`LABELS` by IRI.

    Preferred labels in other languages become other labels, unless there is no other.
    """
    found: dict[str, Entity] = {}
    ranks: dict[str, int] = {}
    rows = ((str(iri), local_name(str(kind)), -as_count(rank), str(label)) for iri, kind, label, rank in table.rows)
    for iri, kind, rank, label in sorted(rows):
        entity = found.setdefault(iri, Entity(Ref(iri), kind, ""))
        if kind_order(kind) < kind_order(entity.kind):
            entity.kind = kind
        if rank and rank < ranks.get(iri, 0):
            entity.label, ranks[iri] = label, rank
        elif label not in _labels(entity) and (not rank or rank > ranks[iri]):
            entity.other_labels.append(label)
    for entity in found.values():
        entity.label = entity.label or local_name(entity.iri)
    return found


def kind_order(kind: str) -> int:
    """Return the position of a class among :data:`KINDS`."""
    return KINDS.index(kind) if kind in KINDS else len(KINDS)


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


def _tests(plain: str) -> Iterator[Callable[[Entity], bool]]:
    """Yield the tests of :meth:`NameIndex.find` for a folded text, the strictest first."""
    yield lambda entity: fold(entity.label) == plain
    yield lambda entity: fold(local_name(entity.iri)) == plain
    yield lambda entity: any(fold(other) == plain for other in entity.other_labels)
    yield lambda entity: fold(entity.label).startswith(plain)
    yield lambda entity: any(fold(name).startswith(plain) for name in (*entity.other_labels, local_name(entity.iri)))
    yield lambda entity: any(f" {plain}" in fold(label) for label in _labels(entity))


def _labels(entity: Entity) -> list[str]:
    return [entity.label, *entity.other_labels]


def _by_language(label: ox.Literal) -> tuple[bool, str]:
    """Return a key that sorts labels without language and in English first."""
    language = (label.language or "en").lower()
    return language.partition("-")[0] != "en", label.value


def _classes(quads: Iterable[ox.Quad]) -> set[str]:
    types = {quad.object for quad in quads if quad.predicate == _TYPE}
    return {term.value for term in types if isinstance(term, ox.NamedNode)} & _SHARED_NAMES


def _namespace(iri: str) -> str:
    return iri.rpartition("/")[0]


def _types(sorts: Sequence[str]) -> str:
    kinds = sorted({SORTS[name].kind for name in sorts})
    types = " ".join(f"<{SKOS if kind == 'Concept' else NLC}{kind}>" for kind in kinds)
    return f"VALUES ?kind {{ {types} }} ?thing a ?kind ." if types else ""


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
