"""Find the entities of a graph that a cell may name: by kind and label, other label or identifier."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from ..graph.graph import Graph
from ..graph.names import fold
from ..vocabulary import OWN_PREFIXES, PREFIXES, from_curie, is_iri, local_name, to_curie
from .near_names import suggest

#: Kind of entity in a sheet to its classes; concepts of the short lists have the name of their list as kind.
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
#: Kinds of which each enquiry has its own; those of another enquiry are found by their identifier only.
OF_ENQUIRIES = ("network", "unit", "voice", "strategy", "source", "section", "claim")
#: Namespaces that all enquiries share, such as those of the vocabularies.
_SHARED = tuple(PREFIXES[name] for name in OWN_PREFIXES if name != "nlc2005")
#: What stands for the rest of an identifier that was not completed, and characters that hide what is shown.
_INCOMPLETE = re.compile("\u2026|\\.\\.\\.|[\u200b-\u200f\u202a-\u202e\u2060-\u2069]")

_MEMBERS = "SELECT ?unit ?network { ?unit (org:memberOf|nlc:within)+ ?network . ?network a nlc:Network }"
_ENQUIRIES = "SELECT ?enquiry { ?enquiry a nlc:Enquiry }"
_SECTIONS = "SELECT ?section ?source { ?section a nlc:Section ; nlc:source ?source }"
_BETTER = "SELECT ?indicator ?better { ?indicator nlc:betterWhen ?better }"
_SUBJECTS = "SELECT DISTINCT ?entity { ?entity ?any ?value }"


class EntityIndex:
    """The entities of a graph by kind and name; new ones of a sheet only have their label here."""

    def __init__(self, graph: Graph) -> None:
        self.prefixes = graph.prefixes
        self.labels: dict[str, str] = {}
        self.kind_of: dict[str, str] = {}
        self._by_name: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._folded: dict[str, list[str]] = {}
        kinds = {name: kind for kind, classes in KINDS.items() for name in classes} | {"Network": "network"}
        for entity in graph.names.by_iri.values():
            iri = str(entity.iri)
            kind = _list_of(iri) if entity.kind == "Concept" else kinds.get(entity.kind, "")
            self.labels[iri], self.kind_of[iri] = entity.label, kind
            names = [entity.label, *entity.other_labels, local_name(iri), to_curie(iri, self.prefixes)]
            self._add(iri, kind, names)
            if kind == "network":
                self._add(iri, "unit", names)
        self._members = {(str(unit), str(network)) for unit, network in graph.select(_MEMBERS).rows}
        enquiries = graph.select(_ENQUIRIES).column("enquiry")
        self._namespaces = tuple(f"{str(enquiry).rpartition('/')[0]}/" for enquiry in enquiries)
        self.source_of = {str(section): str(source) for section, source in graph.select(_SECTIONS).rows}
        #: Indicator to "higher" or "lower", whichever number is the better one.
        self.better = {str(indicator): local_name(str(way)) for indicator, way in graph.select(_BETTER).rows}
        self.taken = {str(iri) for iri in graph.select(_SUBJECTS).column("entity")}

    def _add(self, iri: str, kind: str, names: Sequence[str]) -> None:
        for name in names if kind else ():
            found = self._by_name[kind][fold(name)]
            if iri not in found:
                found.append(iri)

    def find(self, kind: str, text: str) -> list[str]:
        """Return the entities of a kind that all enquiries share and that have a name; several if it is ambiguous."""
        found = self._by_name[kind].get(fold(text), [])
        if kind in OF_ENQUIRIES:
            found = [iri for iri in found if iri.startswith(_SHARED)]
        return self._preferred(found, text)

    def find_in_enquiries(self, kind: str, text: str) -> list[str]:
        """Return the entities of other enquiries that have a name."""
        found = self._by_name[kind].get(fold(text), [])
        return self._preferred([iri for iri in found if not iri.startswith(_SHARED)], text)

    def find_member(self, network: str, text: str) -> list[str]:
        """Return the schools and groups of a network of the graph that have a name."""
        return [iri for iri in self.find_in_enquiries("unit", text) if (iri, network) in self._members]

    def _preferred(self, found: list[str], text: str) -> list[str]:
        """Return those with the name as preferred label, if there are any."""
        preferred = [iri for iri in found if fold(self.labels[iri]) == fold(text)]
        return preferred if len(found) > 1 and preferred else found

    def folded_names(self, kind: str) -> list[str]:
        """Return all names of the entities of a kind, folded, the longest first."""
        if kind not in self._folded:
            self._folded[kind] = sorted(self._by_name[kind], key=len, reverse=True)
        return self._folded[kind]

    def suggest(self, kind: str, text: str) -> list[str]:
        """Return up to three labels of a kind that are similar to a text."""
        names = suggest(text, self.folded_names(kind), limit=6)
        labels = [self.labels[self._by_name[kind][name][0]] for name in names]
        return list(dict.fromkeys(labels))[:3]

    def all_labels(self, kind: str) -> list[str]:
        """Return the labels of a kind, sorted."""
        return sorted({self.labels[iri] for found in self._by_name[kind].values() for iri in found}, key=fold)

    def resolve(self, identifier: str) -> str:
        """Return the IRI of a CURIE or IRI; empty if it is none, or was not completed."""
        iri = from_curie(identifier, self.prefixes)
        if not iri or not re.match(r"https?://[^/]|urn:", iri) or not is_iri(iri) or _INCOMPLETE.search(iri):
            return ""
        return iri

    def why_unfit(self, iri: str, kinds: Sequence[str]) -> str:
        """Return why an identifier cannot name an entity of some kinds; empty if it can."""
        kind = self.kind_of.get(iri)
        if kind is None:
            return "the graph has no entity of this identifier" if iri.startswith(self._namespaces) else ""
        return "" if kind in kinds else f"this is {self.labels[iri]!r}, not a {kinds[0]}"


def _list_of(iri: str) -> str:
    """Return the kind of a concept of a short list; the folder is the same in the namespace of an enquiry."""
    folder = "".join(iri.split("/")[-2:-1])
    return {"unit": "unit-of-measure"}.get(folder, folder)
