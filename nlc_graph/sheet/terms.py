"""Terms of the vocabularies in a sheet: found by any label or identifier, and made new only where that is asked for."""

from __future__ import annotations

from typing import NamedTuple

from ..things import fold
from ..vocabulary import BASE, to_curie
from .columns import COLUMNS, TOGETHER, split
from .names import Names, Namespace, either, label_and_name
from .rows import Row
from .turtle import Turtle, text

#: What may be made: its class, its scheme and folder among the enquiry's own identifiers, and what it is called.
MAKEABLE = {
    "practice": ("nlc:Practice", "practice", "practice"),
    "outcome": ("nlc:OutcomeType", "outcome", "outcome type"),
    "indicator": ("nlc:Indicator", "indicator", "measure"),
    "unit-of-measure": ("skos:Concept", "unit", "unit"),
}
NAMES = {
    "practice": "practice", "outcome": "outcome type", "feature": "key feature", "link": "link type",
    "direction": "direction", "kind": "kind of evidence", "indicator": "measure", "unit-of-measure": "unit",
    "precision": "precision", "role": "role",
}  # fmt: skip
#: Column to the kinds of thing whose identifiers may stand in it; what it is for first.
STANDS = {
    "network": ("network",), "strategy": ("strategy",), "claim": ("claim",), "source": ("source",),
    "drawn_from": ("source",), "section": ("section",),
    **dict.fromkeys(("unit", "figure_for", "used_by", "comparator"), ("unit", "network")),
    **dict.fromkeys(("voice", "claimed_by", "relayed_by"), ("voice", "network", "unit")),
}  # fmt: skip
#: Lists short enough to name in full where a value is unknown.
SHORT = ("feature", "link", "direction", "kind", "precision", "unit-of-measure")


class New(NamedTuple):
    """A term that was made because no known one is called so.

    :param kind: what it is, in a word
    :param nearest: labels of the known terms that come nearest, for whoever means one of them
    """

    kind: str
    label: str
    file: str
    row: int
    nearest: tuple[str, ...]


class _Made(NamedTuple):
    kind: str
    label: str
    feature: str
    outcome: str


class Terms:
    """The terms that rows speak of."""

    def __init__(self, names: Names, own: Namespace, out: Turtle, enquiry: str, new_terms: bool) -> None:
        self._names, self._own, self._out = names, own, out
        self._enquiry, self._new_terms = enquiry, new_terms
        self._found: dict[tuple[str, str], str] = {}
        self._unknown: dict[tuple[str, str], tuple[str, str]] = {}
        self._made: dict[str, _Made] = {}
        self._features: dict[str, tuple[str, str]] = {}
        self.new: list[New] = []

    def one(self, row: Row, key: str, kind: str, *, required: bool = False) -> str:
        """Return the one term of a cell; empty, with a mistake noted, where there is none or it is unknown."""
        if not row[key]:
            if required:
                row.wrong(key, "missing", f"give one of: {', '.join(self._names.all(kind))}")
            return ""
        if len(row.values_of(key)) > 1:
            row.wrong(key, "several values where there can be one", "write one row for each")
            return ""
        return self.find(row, key, kind, row[key])

    def find(self, row: Row, key: str, kind: str, name: str) -> str:
        """Return the term that a name means; empty, with a mistake noted, where it is unknown."""
        known = self._found.get((kind, name))
        if known is not None:
            return known
        if (kind, name) in self._unknown:
            row.wrong(key, *self._unknown[kind, name], name)
            return ""
        label, identifier = label_and_name(name)
        iri = self._names.iri(identifier) if identifier else None
        found = self._names.find(kind, to_curie(iri, self._names.prefixes) if iri else label)
        made = self._found.get((kind, iri or fold(label)))
        if len(found) == 1 or made:
            self._found[kind, name] = made or found[0]
            return made or found[0]
        word = NAMES[kind]
        if found:
            problem, remedy = f"several {word}s are called so", f"write {either(self._curies(found))}"
        elif kind == "feature" and self._new_terms and row["nearest"] and key == "feature":
            return self._make_feature(row, label or name, iri or "")
        elif kind in MAKEABLE and self._new_terms and (iri or not (meant := self._meant(kind, label))):
            return self._make(row, key, kind, label or name, iri or "")
        elif kind in MAKEABLE and self._new_terms:
            own = f"{label} [{self._own.iri}{MAKEABLE[kind][1]}/…]"
            problem = f"no {word} is called so, but {meant!r} comes too near to make a new one"
            remedy = f"write {meant!r}; if it is another, give it an identifier of its own: {own}"
        else:
            problem, remedy = f"no {word} is called so", self._hint(kind, label)
        self._unknown[kind, name] = problem, remedy
        row.wrong(key, problem, remedy, name)
        return ""

    def check(self, row: Row) -> None:
        """Note the unknown terms of a row that cannot be read for another reason."""
        for column in COLUMNS:
            kind = {"unit": "unit-of-measure"}.get(column.terms, column.terms)
            for name in row.values_of(column.key) if kind in NAMES else ():
                for part in split(name, TOGETHER):
                    self.find(row, column.key, kind, part)

    def named(self, row: Row, key: str, cell: str) -> tuple[str, str]:
        """Return the label and the IRI in a cell such as ``Attendance rose [mine:attendance]``; each may be empty."""
        label, identifier = label_and_name(cell)
        if not identifier:
            return label, ""
        iri = self._names.iri(identifier)
        if not iri:
            row.wrong(
                key, f"{identifier!r} is no identifier", "write a web address or one with a known prefix, or none", cell
            )
        elif key in STANDS and (problem := self._names.misplaced(iri, STANDS[key])):
            row.wrong(key, problem, "look it up with `nlc-graph find`; without identifier it is made anew", cell)
        return label, iri or ""

    def flush(self) -> None:
        """Write the terms that were made."""
        scheme = self._out.name(f"{self._own.iri}features")
        if self._features:
            label = text(f"key features of {self._enquiry}", "en")
            self._out.add("New terms", f"{self._own.iri}features", "skos:ConceptScheme", [("skos:prefLabel", label)])
        for iri, (name, nearest) in self._features.items():
            self._out.add("New terms", iri, "nlc:KeyFeature", [
                ("skos:inScheme", scheme),
                ("skos:prefLabel", text(name, "en")),
                ("skos:definition", text(f"Not yet defined: a key feature of {self._enquiry}.", "en")),
                ("skos:topConceptOf", scheme),
                ("skos:closeMatch", self._out.name(nearest)),
            ])  # fmt: skip
        for iri, made in self._made.items():
            class_, folder, word = MAKEABLE[made.kind]
            scheme = f"<{BASE}{folder}>"
            self._out.add("New terms", iri, class_, [
                ("skos:inScheme", scheme),
                ("skos:prefLabel", text(made.label, "en")),
                ("skos:definition", text(f"Not yet defined: a {word} new in {self._enquiry}.", "en")),
                ("skos:topConceptOf", scheme),
                ("nlc:underFeature", self._out.name(made.feature) if made.feature else ""),
                ("nlc:indicates", self._out.name(made.outcome) if made.outcome else ""),
            ])  # fmt: skip

    def _meant(self, kind: str, label: str) -> str:
        return self._names.misspelt(kind, label, [made.label for made in self._made.values() if made.kind == kind])

    def _hint(self, kind: str, label: str) -> str:
        nearest = self._names.nearest(kind, label)
        hint = f"did you mean {either(nearest)}?" if nearest else ""
        if kind in SHORT and len(nearest) != 1:
            hint = f"write one of: {'; '.join(self._names.all(kind))}"
        if kind == "feature":
            own = "for one of your own, name the nearest of the seven under 'nearest key feature'"
            hint = f"{hint.rstrip('?')}? O{own[1:]}" if hint.endswith("?") else f"{hint}; {own}"
            return f"{hint}, and import with --new-terms"
        if kind in MAKEABLE:
            new = "if it is new, import with --new-terms"
            hint = f"{hint} I{new[1:]}" if nearest and hint.endswith("?") else f"{hint}; {new}" if hint else new
        return hint or "look it up with `nlc-graph find`"

    def _make_feature(self, row: Row, label: str, iri: str) -> str:
        nearest = self.one(row, "nearest", "feature")
        iri = iri or self._own.new(label, folder="feature/")
        self._features[iri] = label, nearest
        self._names.labels[iri] = label
        self._found["feature", iri] = self._found["feature", fold(label)] = iri
        known = (self._names.labels[nearest],) if nearest else ()
        self.new.append(New(NAMES["feature"], label, row.file, row.number, known))
        return iri

    def _make(self, row: Row, key: str, kind: str, label: str, iri: str) -> str:
        feature = self.one(row, "feature", "feature") if kind == "outcome" else ""
        if kind == "outcome" and not feature:
            if not row["feature"]:
                row.wrong(
                    "feature",
                    "missing: a new outcome type belongs under one",
                    f"give one of: {', '.join(self._names.all('feature'))}",
                )
            return ""
        outcome = self.one(row, "outcome", "outcome") if kind == "indicator" and row["outcome"] else ""
        iri = iri or self._own.new(label, folder=f"{MAKEABLE[kind][1]}/")
        # Outcome types hang under the seven, whatever an enquiry calls its own.
        self._made[iri] = _Made(kind, label, self._features.get(feature, ("", feature))[1], outcome)
        self._names.labels[iri] = label
        self._found[kind, iri] = self._found[kind, fold(label)] = iri
        self.new.append(New(NAMES[kind], label, row.file, row.number, tuple(self._names.nearest(kind, label))))
        return iri

    def _curies(self, iris: list[str]) -> list[str]:
        return [self._out.name(iri) for iri in iris]
