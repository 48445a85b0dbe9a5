"""Terms of the vocabularies in a sheet: found by label or identifier, made only with ``new_terms``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..graph.names import fold
from ..vocabulary import BASE, to_curie
from .columns import SEVERAL, split
from .draft import Draft, NewEntity, bad_identifier
from .identifiers import split_identifier
from .near_names import find_typo
from .rows import Row
from .turtle import At, text

PART = "New terms"
#: Kinds that can be made: their class, and the last part of the IRI of their scheme.
MAKEABLE = {
    "practice": ("nlc:Practice", "practice"),
    "outcome": ("nlc:OutcomeType", "outcome"),
    "indicator": ("nlc:Indicator", "indicator"),
    "unit-of-measure": ("skos:Concept", "unit"),
    "feature": ("nlc:KeyFeature", "feature"),
}
NAMES = {
    "practice": "practice", "outcome": "outcome type", "feature": "key feature", "link": "link type",
    "direction": "direction", "kind": "kind of evidence", "indicator": "measure", "unit-of-measure": "unit",
    "precision": "precision", "role": "role",
}  # fmt: skip
#: Lists short enough to name in full if a value is unknown.
_SHORT_LISTS = ("feature", "link", "direction", "kind", "precision", "unit-of-measure", "role")


class _NewTerm(NamedTuple):
    kind: str
    label: str
    feature: str
    outcome: str
    at: At


class Terms:
    """The terms that rows name."""

    def __init__(self, draft: Draft) -> None:
        self._draft, self._index, self._out = draft, draft.index, draft.out
        self._found: dict[tuple[str, str], str] = {}
        self._made: dict[str, _NewTerm] = {}
        self._unknown: dict[tuple[str, str], tuple[str, str]] = {}

    def one(self, row: Row, key: str, kind: str, *, required: bool = False) -> str:
        """Return the one term of a cell; empty if the cell is, or if an error was noted."""
        values = row.values_of(key)
        if not values and required:
            row.error(key, "missing", "missing", f"write one of: {self._list(kind)}")
        if len(values) > 1:
            row.error(key, "several-values", "several values", "write one row for each")
        return self.find(row, key, kind, values[0]) if len(values) == 1 else ""

    def all_of(self, row: Row, key: str, kind: str, separator: str = SEVERAL) -> list[str]:
        """Return the terms of a cell; empty strings stand for unknown ones."""
        return self.all_in(row, key, kind, split(row[key], separator) if row[key] else [])

    def all_in(self, row: Row, key: str, kind: str, names: Iterable[str]) -> list[str]:
        """Return the terms of some names; empty strings stand for unknown ones."""
        return [self.find(row, key, kind, name) for name in names]

    def find(self, row: Row, key: str, kind: str, name: str) -> str:
        """Return the term that a name means; empty if it is unknown, which is noted as an error."""
        found = self._found.get((kind, name))
        if found is None:
            found = self._search(row, key, kind, name)
            if found:
                self._found[kind, name] = found
        return found

    def _search(self, row: Row, key: str, kind: str, name: str) -> str:
        label, identifier = split_identifier(name)
        iri = self._index.resolve(identifier) if identifier else ""
        if identifier and not iri:
            row.error(key, *bad_identifier(identifier), name)
            return ""
        made = self._found.get((kind, iri or fold(label)))
        if made and not (iri and self._draft.has_other_name(row, key, name, iri, label)):
            return made
        known = self._index.find(kind, to_curie(iri, self._index.prefixes) if iri else label)
        if known or made:
            return self._draft.choose(row, key, known, name)
        if self._draft.new_terms and kind in MAKEABLE and (kind != "feature" or row["nearest"]):
            return self._make(row, key, kind, label or name, iri)
        if (kind, label) not in self._unknown:
            self._unknown[kind, label] = self._explain_unknown(kind, label)
        row.error(key, "unknown-name", *self._unknown[kind, label], name)
        return ""

    def _explain_unknown(self, kind: str, label: str) -> tuple[str, str]:
        """Return what is wrong with an unknown name, and what to do."""
        message = f"unknown {NAMES[kind]}"
        other = {"practice": "outcome", "outcome": "practice"}.get(kind, "")
        if other and self._index.find(other, label):
            message += f", but it is a known {NAMES[other]}"
        similar = self._index.suggest(kind, label)
        hints = [f"did you mean {' or '.join(map(repr, similar))}?"] if similar else []
        if kind in _SHORT_LISTS and len(similar) != 1:
            hints = [f"write one of: {self._list(kind)}"]
        if kind == "feature":
            hints.append("for your own, fill in 'nearest key feature' and import with --new-terms")
        elif kind in MAKEABLE:
            hints.append("if it is new, import with --new-terms")
        return message, "; ".join(hints)

    def _list(self, kind: str) -> str:
        return "; ".join(self._index.all_labels(kind))

    def _make(self, row: Row, key: str, kind: str, label: str, iri: str) -> str:
        meant = "" if iri else self._typo_of(kind, label)
        folder = f"{MAKEABLE[kind][1]}/"
        if meant:
            other = f"{label} [{self._draft.namespace.propose(label, folder=folder)}]"
            hint = f"write {meant!r}; if it is another term, give it an identifier: {other}"
            row.error(key, "near-name", f"unknown {NAMES[kind]}, but {meant!r} is too similar to make one", hint, label)
            return ""
        feature = self._feature_of_new(row, kind)
        if kind in ("outcome", "feature") and not feature:
            return ""
        if iri:
            self._draft.has_other_name(row, key, label, iri, label)
        outcome = self.one(row, "outcome", "outcome") if kind == "indicator" and row["outcome"] else ""
        made = self._draft.make(label, row, iri=iri, folder=folder)
        self._made[made] = _NewTerm(kind, label, feature, outcome, row.at)
        self._found[kind, made] = self._found[kind, fold(label)] = made
        similar = tuple(self._index.suggest(kind, label))
        self._draft.new.append(NewEntity(NAMES[kind], label, *row.at, similar))
        self._draft.note_new_name(row, key, (kind, "separators"), label)
        return made

    def _feature_of_new(self, row: Row, kind: str) -> str:
        """Return the key feature, one of the seven, of a new outcome type or key feature."""
        if kind == "feature":
            return self.one(row, "nearest", "feature", required=True)
        if kind != "outcome":
            return ""
        feature = self.one(row, "feature", "feature", required=True)
        return self._made[feature].feature if feature in self._made else feature

    def _typo_of(self, kind: str, label: str) -> str:
        """Return the name, in lower case, of the known or new term from which a name differs by one typing error."""
        new = [fold(made.label) for made in self._made.values() if made.kind == kind]
        return find_typo(label, [*self._index.folded_names(kind), *new])

    def check_nearest(self, row: Row, feature: str) -> None:
        """Note a nearest key feature that differs from the one in the row that made the key feature."""
        nearest = self.one(row, "nearest", "feature")
        made = self._made.get(feature)
        known = made.feature if made else feature if feature.startswith(f"{BASE}feature/") else ""
        if nearest and known and nearest != known:
            where = f"{row.describe(made.at)} gives" if made else "this is one of the seven:"
            message = f"{where} {self._index.labels[known]!r}"
            row.error("nearest", "contradicts-row", message, "use the same, or leave this empty")

    def write(self) -> None:
        """Write the terms that were made."""
        own_scheme = f"{self._draft.namespace.iri}features"
        enquiry = self._draft.enquiry
        if any(made.kind == "feature" for made in self._made.values()):
            label = text(f"key features of {enquiry}", "en")
            self._out.add(PART, own_scheme, "skos:ConceptScheme", [("skos:prefLabel", label)])
        for iri, made in self._made.items():
            class_, scheme = MAKEABLE[made.kind]
            is_feature = made.kind == "feature"
            in_scheme = self._out.name(own_scheme if is_feature else f"{BASE}{scheme}")
            self._out.add(PART, iri, class_, [
                ("skos:inScheme", in_scheme),
                ("skos:prefLabel", text(made.label, "en")),
                ("skos:definition", text(f"Not yet defined: {NAMES[made.kind]} added by {enquiry}.", "en")),
                ("skos:topConceptOf", in_scheme),
                ("skos:closeMatch" if is_feature else "nlc:underFeature", self._out.name(made.feature)),
                ("nlc:indicates", self._out.name(made.outcome)),
            ])  # fmt: skip
