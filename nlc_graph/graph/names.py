"""Find the thing that a person means: by identifier, CURIE, label, other label, or the beginning of a label."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, Protocol

from ..errors import AmbiguousNameError, UnknownNameError
from ..table import Ref, Table, as_count
from ..vocabulary import NLC, SKOS, from_curie, is_iri, local_name, to_curie

#: How far a preferred label is to be shown: in the language of the bundled vocabularies, or else in any other.
_RANK = 'COALESCE(IF(LANG(?label) = "" || LANGMATCHES(LANG(?label), "en"), 2, 1), 0)'

#: One row a thing and preferred label.
PREFERRED = f"""
SELECT ?thing ?label ?preferred WHERE {{ THINGS ?thing skos:prefLabel|rdfs:label ?label . BIND({_RANK} AS ?preferred) }}
"""

#: Everything that has a label and a kind, or what of it PICKS says; one row a thing, kind and label.
LABELS = f"""
SELECT ?thing ?type ?label ?preferred WHERE {{
  PICKS
  {{ ?thing skos:prefLabel|rdfs:label ?label . BIND({_RANK} AS ?preferred) }}
  UNION
  {{ ?thing skos:altLabel ?label . BIND(0 AS ?preferred) }}
  ?thing a ?type .
}}
"""

#: The things one of whose labels, or whose identifier, may be what a text means: MATCH, among those of some TYPES.
MATCHING = """
{ SELECT DISTINCT ?thing WHERE { TYPES ?thing skos:prefLabel|skos:altLabel|rdfs:label ?any . FILTER(MATCH) } }
"""

#: The kinds of thing that two enquiries may call the same, and the enquiries.
KINDS_OF = """SELECT ?thing ?kind { VALUES ?thing { THINGS }
  VALUES ?kind { nlc:Network nlc:School nlc:Group nlc:Practice nlc:OutcomeType nlc:KeyFeature nlc:Indicator nlc:Strategy
    nlc:Source }
  ?thing a ?kind }"""
ENQUIRIES = "SELECT ?enquiry ?label { ?enquiry a nlc:Enquiry ; rdfs:label ?label }"

#: One row an enquiry and name.
ENQUIRY_NAMES = "SELECT ?enquiry ?name { ?enquiry a nlc:Enquiry ; rdfs:label|skos:altLabel ?name }"

#: Whether a graph says anything of a thing.
THERE = "SELECT ?thing WHERE { VALUES ?thing { <THING> } FILTER EXISTS { ?thing ?property ?value } }"

#: Where there are more names than these, none is suggested for a wrong one.
SUGGESTED_FROM = 20_000

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

    def takes(self, thing: Entity, curie: str) -> bool:
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

    #: NameIndex in its answers so far, where asking for the label of each alone would take too long.
    met: set[str]

    @property
    def prefixes(self) -> Mapping[str, str]:
        """Return the prefixes of its identifiers."""

    @property
    def large(self) -> bool:
        """Tell whether it may hold more labels than are worth reading at once."""

    def select(self, query: str) -> Table:
        """Answer a SELECT query."""

    def select_all(self, queries: Iterable[str]) -> list[Table]:
        """Answer several SELECT queries that do not depend on one another."""


@dataclass
class Entity:
    """Something with a label.

    :param kind: local name of its class, such as Practice
    :param label: its preferred label
    :param other_labels: alternative labels
    """

    iri: Ref
    kind: str
    label: str
    other_labels: list[str] = field(default_factory=list)


class NameIndex:
    """Everything in a graph that can be called by a label.

    What a name means is looked up by the engine, so that no more than what may fit is read. Labels that are shown are
    read together by :meth:`prepare`; a small graph gives all its labels at the first that was not.
    """

    def __init__(self, graph: Selects) -> None:
        self._graph = graph
        self._remote = bool(getattr(graph, "remote", False))  # there each question costs a round trip
        self._enquiries: Table | None = None
        self._known: dict[str, str] = {}
        self._fitting: dict[tuple[str, tuple[str, ...]], dict[str, Entity]] = {}
        self._there: dict[str, bool] = {}
        self.prefixes = graph.prefixes

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Return IRI to preferred label."""
        return self._told_apart(_first_labels(self._graph.select(PREFERRED.replace("THINGS", ""))))

    @cached_property
    def by_iri(self) -> Mapping[str, Entity]:
        """Return IRI to thing, for everything."""
        return read_things(self._graph.select(LABELS.replace("PICKS", "")))

    def look_up(self, names: Iterable[tuple[str, Sequence[str]]]) -> None:
        """Read ahead, in one request, what some names may mean.

        :param names: texts, each with the names in :data:`SORTS` of what it is looked up among; empty for everything
        """
        new = [key for key in dict.fromkeys((text, tuple(sorts)) for text, sorts in names) if key not in self._fitting]
        iris = {iri for text, _ in new if (iri := from_curie(text, self.prefixes)) and iri not in self._there}
        asked = [LABELS.replace("PICKS", self._matching(text, sorts)) for text, sorts in new]
        tables = self._graph.select_all([*asked, *(THERE.replace("THING", iri) for iri in sorted(iris))])
        for key, table in zip(new, tables, strict=False):
            self._fitting[key] = read_things(table)
        for iri, table in zip(sorted(iris), tables[len(new) :], strict=True):
            self._there[iri] = bool(table.rows)

    def is_there(self, iri: str) -> bool:
        """Tell whether the graph says anything of a thing."""
        if iri not in self._there:
            self._there[iri] = bool(self._graph.select(THERE.replace("THING", iri)).rows)
        return self._there[iri]

    def find(self, text: str, *sorts: str) -> Entity:
        """Return the one thing that a text means.

        Tried in this order, the first that fits decides: IRI or CURIE; preferred label; last part of the identifier;
        alternative label; beginning of a label; words within a label. Case and accents do not matter.

        :param sorts: what to look among, by the names in :data:`SORTS`; everything when none is given
        :raises AmbiguousNameError: if several fit equally well; lists them
        :raises UnknownNameError: if none fits; names the nearest
        """
        among = self._among(text, sorts)
        iri = from_curie(text, self.prefixes)
        exact = next((thing for thing in among if thing.iri == iri), None)
        if exact:
            return exact
        plain = fold(text)
        tests: tuple[Callable[[Entity], bool], ...] = (
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
                raise AmbiguousNameError(text, [(self.curie(thing.iri), thing.label) for thing in found])
        raise UnknownNameError(text, self._nearest(text, sorts), " or ".join(SORTS[s].name for s in sorts) or "thing")

    def containing(self, text: str, *sorts: str) -> list[Entity]:
        """Return the things one of whose labels, or whose identifier, contains a text."""
        plain = fold(text)
        return [
            thing
            for thing in self._among(text, sorts)
            if any(plain in fold(label) for label in (thing.label, *thing.other_labels, self.curie(thing.iri)))
        ]

    def label(self, iri: str) -> str:
        """Return the label of a thing, or its short identifier where it has none."""
        if iri not in self._known:
            if not self._graph.large:
                return self.labels.get(iri) or self.curie(iri)
            self.prepare([iri, *self._graph.met])
        return self._known.get(iri) or self.curie(iri)

    def prepare(self, iris: Iterable[str], beside: Sequence[str] = ()) -> list[Table]:
        """Read the labels of some things ahead, where the labels of everything would take longer.

        :param beside: queries to answer in the same request
        :returns: their answers
        """
        new = sorted(filter(is_iri, set(iris) - self._known.keys()))
        some = " ".join(f"<{iri}>" for iri in new)
        if not new:
            return self._graph.select_all(beside)
        # Which enquiries there are to be told apart is asked in the same request: later it would cost one of its own.
        names = [ENQUIRY_NAMES] if self._remote and self._enquiries is None else []
        labels = PREFERRED.replace("THINGS", f"VALUES ?thing {{ {some} }}")
        table, *others = self._graph.select_all([labels, *names, *beside])
        if names:
            self._enquiries = others.pop(0)
        found = _first_labels(table)
        self._known |= self._told_apart({iri: found.get(iri, "") for iri in new})
        return others

    def enquiry_names(self) -> Table:
        """Return one row an enquiry and name; read once where each question costs a round trip."""
        if not self._remote:
            return self._graph.select(ENQUIRY_NAMES)
        if self._enquiries is None:
            self._enquiries = self._graph.select(ENQUIRY_NAMES)
        return self._enquiries

    def know(self, labels: Table) -> None:
        """Take labels that were read with something else: thing, label."""
        self._known |= _first_labels(labels)

    def know_enquiries(self, names: Table) -> None:
        """Take the answer to :data:`ENQUIRY_NAMES` that was read with something else."""
        self._enquiries = names

    def curie(self, iri: str) -> str:
        """Return the short identifier of a thing."""
        return to_curie(iri, self.prefixes)

    def _told_apart(self, labels: dict[str, str]) -> dict[str, str]:
        """Add the enquiry to the labels of things of one kind that two enquiries call the same."""
        same: dict[str, list[str]] = {}
        for iri, label in labels.items():
            same.setdefault(label, []).append(iri)
        same.pop("", None)
        groups = [iris for iris in same.values() if len({iri.rpartition("/")[0] for iri in iris}) > 1]
        if not groups or self._remote:
            return labels
        some = " ".join(f"<{iri}>" for iris in groups for iri in iris if not iri.startswith("_:"))
        kinds, enquiries = self._graph.select_all([KINDS_OF.replace("THINGS", some), ENQUIRIES])
        kind_of = {str(thing): str(kind) for thing, kind in kinds.rows}
        homes = {f"{str(enquiry).rpartition('/')[0]}/": str(label) for enquiry, label in enquiries.rows}
        for iris in groups:
            for iri in iris:
                home = next((label for space, label in homes.items() if iri.startswith(space)), "")
                alike = [each for each in iris if each != iri and kind_of.get(each) == kind_of.get(iri)]
                if home and iri in kind_of and any(not each.startswith(iri.rpartition("/")[0]) for each in alike):
                    labels[iri] = f"{labels[iri]} ({home})"
        return labels

    def _among(self, text: str, sorts: tuple[str, ...]) -> list[Entity]:
        """Return what a text may mean, and perhaps more."""
        if not fold(text):
            return []
        self.look_up([(text, sorts)])
        return self._of_sorts(self._fitting[text, sorts].values(), sorts)

    def _of_sorts(self, things: Iterable[Entity], sorts: Iterable[str]) -> list[Entity]:
        wanted = [SORTS[name] for name in sorts]
        return [t for t in things if not wanted or any(sort.takes(t, self.curie(t.iri)) for sort in wanted)]

    def _matching(self, text: str, sorts: Sequence[str]) -> str:
        # Engines do not fold accents, so that labels with any character beyond ASCII are read and compared here.
        plain = _term(fold(text))
        tests = [f"CONTAINS(LCASE(STR(?any)), {plain})", f"CONTAINS(LCASE(STR(?thing)), {plain})"]
        tests.append('REGEX(STR(?any), "[^ -~]")')
        prefix, colon, rest = text.strip().partition(":")
        if colon and prefix in self.prefixes:
            tests.append(f"CONTAINS(LCASE(STR(?thing)), {_term((self.prefixes[prefix] + rest).lower())})")
        return MATCHING.replace("TYPES", _types(sorts)).replace("MATCH", " || ".join(tests))

    def _nearest(self, text: str, sorts: tuple[str, ...]) -> list[str]:
        from difflib import get_close_matches  # only a wrong name needs it

        few = (
            f"{{ SELECT DISTINCT ?thing WHERE {{ {_types(sorts)} ?thing skos:prefLabel|rdfs:label ?any }} LIMIT LEFT }}"
        )
        table = self._graph.select(LABELS.replace("PICKS", few.replace("LEFT", str(SUGGESTED_FROM + 1))))
        among = self._of_sorts(read_things(table).values(), sorts)
        if len(among) > SUGGESTED_FROM:
            return []
        names = {fold(label): label for thing in among for label in (*reversed(thing.other_labels), thing.label)}
        names |= {fold(self.curie(thing.iri)): self.curie(thing.iri) for thing in among if ":" in text}
        found = [names[key] for key in get_close_matches(fold(text), names, n=3, cutoff=0.55)]
        # Of the few enquiries each may be meant, whose names are long.
        return found if found or sorts != ("enquiry",) else [thing.label for thing in among[:5]]


def _types(sorts: Sequence[str]) -> str:
    kinds = sorted({SORTS[name].kind for name in sorts})
    types = " ".join(f"<{SKOS if kind == 'Concept' else NLC}{kind}>" for kind in kinds)
    return f"VALUES ?kind {{ {types} }} ?thing a ?kind ." if types else ""


def _term(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _first_labels(table: Table) -> dict[str, str]:
    found: dict[str, tuple[int, str]] = {}
    for iri, label, *preferred in table.rows:
        name, one = str(iri), (-as_count(preferred[0]) if preferred else 0, str(label))
        found[name] = min(one, found.get(name, one))
    return {name: label for name, (_, label) in found.items()}


def read_things(table: Table) -> dict[str, Entity]:
    """Put things together from the answer to :data:`LABELS`: IRI to thing.

    Preferred labels in other languages are other labels, except where there is no other.
    """
    found: dict[str, Entity] = {}
    ranks: dict[str, int] = {}
    rows = ((str(iri), local_name(str(kind)), -as_count(how), str(label)) for iri, kind, label, how in table.rows)
    for iri, kind, rank, label in sorted(rows):
        thing = found.setdefault(iri, Entity(Ref(iri), kind, ""))
        if kind in KINDS and (thing.kind not in KINDS or KINDS.index(kind) < KINDS.index(thing.kind)):
            thing.kind = kind
        if rank and rank < ranks.get(iri, 0):
            thing.label, ranks[iri] = label, rank
        elif label != thing.label and label not in thing.other_labels and (not rank or rank > ranks[iri]):
            thing.other_labels.append(label)
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
