"""Terms of the vocabularies in a sheet: found by any label or identifier, and made new only where that is asked for."""

from __future__ import annotations

from typing import NamedTuple

from ..graph.names import fold
from ..vocabulary import BASE, to_curie
from .columns import COLUMNS, TOGETHER, split
from .hints import MAKEABLE, NAMES, OTHERS, article, hint, unknown
from .names import Names, Namespace, either, label_and_name
from .rows import At, Row
from .slips import Slips, Uses, remedy
from .spellings import find_several
from .turtle import Turtle, text

#: Column to the kinds of thing whose identifiers may stand in it; what it is for first.
STANDS = {
    "network": ("network",), "strategy": ("strategy",), "claim": ("claim",), "source": ("source",),
    "drawn_from": ("source",), "section": ("section",),
    **dict.fromkeys(("unit", "figure_for", "used_by", "comparator"), ("unit", "network")),
    **dict.fromkeys(("voice", "claimed_by", "relayed_by"), ("voice", "network", "unit")),
}  # fmt: skip
_ONE_NAME = "give the two different identifiers, or the same name"


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


class _Feature(NamedTuple):
    label: str
    nearest: str
    at: At


class Terms:
    """The terms that rows speak of."""

    def __init__(self, names: Names, own: Namespace, out: Turtle, enquiry: str, new_terms: bool) -> None:
        self._names, self._own, self._out = names, own, out
        self._enquiry, self._new_terms = enquiry, new_terms
        self._found: dict[tuple[str, str], str] = {}
        self._unknown: dict[tuple[str, str], tuple[str, str]] = {}
        self._made: dict[str, _Made] = {}
        self._features: dict[str, _Feature] = {}
        self._named: dict[str, tuple[str, At]] = {}
        self._slips = Slips(self._proposed)
        self._slipped: set[tuple[str, str]] = set()
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
            if self._is_new(known):
                self._slips.use(row, key, kind, self._names.labels[known])
            return known
        if (kind, name) in self._slipped:
            self._slips.use(row, key, kind, label_and_name(name)[0])
            return ""
        if (kind, name) in self._unknown and kind != "feature":  # what to do of that hangs on other columns
            row.wrong(key, *self._unknown[kind, name], name)
            return ""
        label, identifier = label_and_name(name)
        iri = self._names.iri(identifier) if identifier else None
        if identifier and not iri:
            return self._refuse(row, key, kind, name, *_no_identifier(identifier))
        found = self._names.find(kind, to_curie(iri, self._names.prefixes) if iri else label)
        made = self._found.get((kind, iri or fold(label)))
        if made and iri and (problem := self._other_name(row, iri, label)):
            return self._refuse(row, key, kind, name, problem, _ONE_NAME)
        if len(found) == 1 or made:
            self._found[kind, name] = made or found[0]
            return self.find(row, key, kind, name)
        if found:
            problem, what_to_do = f"several {NAMES[kind]}s are called so", f"write {either(self._curies(found))}"
        elif self._may_make(row, key, kind) and (iri or not (meant := self._meant(kind, label))):
            made = self._make(row, key, kind, label or name, iri or "")
            if made:
                self._slips.use(row, key, kind, label or name)
            return made
        elif self._may_make(row, key, kind) and self._is_new(self._found.get((kind, fold(meant)), "")):
            self._slipped.add((kind, name))
            self._slips.use(row, key, kind, label)
            self._slips.note(kind, label, meant)
            return ""
        elif self._may_make(row, key, kind):
            problem = f"no {NAMES[kind]} is called so, but {meant!r} comes too near to make a new one"
            what_to_do = remedy(meant, self._proposed(kind, label))
        else:
            problem, what_to_do = (
                unknown(self._names, kind, label),
                hint(self._names, row, key, kind, label, new_terms=self._new_terms),
            )
        return self._refuse(row, key, kind, name, problem, what_to_do)

    def _refuse(self, row: Row, key: str, kind: str, name: str, problem: str, what_to_do: str) -> str:
        self._unknown[kind, name] = problem, what_to_do
        row.wrong(key, problem, what_to_do, name)
        return ""

    def _may_make(self, row: Row, key: str, kind: str) -> bool:
        own_feature = kind == "feature" and key == "feature" and bool(row["nearest"])
        return self._new_terms and (kind in MAKEABLE or own_feature)

    def _is_new(self, iri: str) -> bool:
        return iri in self._made or iri in self._features

    def _proposed(self, kind: str, label: str) -> str:
        """Return how a term of one's own is written that is called nearly as another."""
        folder = MAKEABLE[kind][1] if kind in MAKEABLE else kind
        made = self._found.get((kind, fold(label)), "")
        return f"{label} [{made if self._is_new(made) else self._own.free(label, folder=f'{folder}/')}]"

    def _other_name(self, row: Row, iri: str, label: str) -> str:
        """Return what is wrong where an identifier that is new has two names; empty where nothing is."""
        if not label or iri in self._names.kind_of:
            return ""
        name, first = self._named.setdefault(iri, (label, row.at))
        return f"{row.named(first)} calls the same {name!r}" if fold(name) != fold(label) else ""

    def check_slips(self) -> None:
        """Note the spellings that come too near a new term: only when all rows are read is known which is meant."""
        self._slips.check(lambda kind: NAMES[kind])
        for iri, made in self._made.items():
            if iri not in self._named and (uses := self._slips.uses(made.kind, made.label)):
                self._check_several(made, uses)
                self._check_column(made, uses)

    def _check_several(self, made: _Made, uses: Uses) -> None:
        """Note a new term that is several known ones, or others of the sheet, with a separator between them."""
        found = find_several(made.label, lambda part: self._is_known(made.kind, part))
        if not found:
            return
        for row, key in uses.rows:
            several = {
                "practice": f"write{TOGETHER}between practices of one strategy",
                "jointly": "write | between them",
            }
            tell = row.wrong if found.certain else row.warn
            tell(key, found.problem, f"{several.get(key, 'write one row for each')}{found.otherwise}", made.label)

    def _check_column(self, made: _Made, uses: Uses) -> None:
        """Warn of a new practice that is known as an outcome type, and the other way round: columns may be swapped."""
        other = OTHERS.get(made.kind, "")
        known = bool(other) and bool(self._names.find(other, made.label))
        rivals = self._slips.uses(other, made.label)
        if not known and not (rivals and rivals.count > uses.count):
            return
        for row, key in uses.rows:
            where = "known" if known or not rivals else f"in {rivals.seen_from(row)}"
            problem = f"new as {article(NAMES[made.kind])}, and {where} as {article(NAMES[other])}"
            row.warn(key, problem, "does it stand in the right column?", made.label)

    def _is_known(self, kind: str, label: str) -> bool:
        return bool(self._names.find(kind, label)) or (kind, fold(label)) in self._found

    def check_nearest(self, row: Row, feature: str) -> None:
        """Note what 'nearest key feature' says otherwise than the key feature, or an earlier row, does."""
        if not row["nearest"]:
            return
        nearest = self.one(row, "nearest", "feature")
        own = self._features.get(feature)
        if not nearest or not feature:
            return
        if nearest in self._features:
            row.wrong("nearest", "this is a key feature of the enquiry's own", f"write one of: {self._seven()}")
        elif own and own.nearest and own.nearest != nearest:
            known = self._names.labels[own.nearest]
            row.wrong("nearest", f"{row.named(own.at)} says {known!r} of the same key feature", "make both the same")
        elif not own and feature.startswith(f"{BASE}feature/") and nearest != feature:
            label = self._names.labels[feature]
            row.wrong("nearest", f"the key feature is {label!r}, one of the seven", "empty this, or correct that")

    def check_unread(self, row: Row) -> None:
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
            row.wrong(key, *_no_identifier(identifier), cell)
        elif problem := self._other_name(row, iri, label):
            row.wrong(key, problem, _ONE_NAME, cell)
        elif key in STANDS and (problem := self._names.misplaced(iri, STANDS[key])):
            row.wrong(key, problem, "look it up with `nlc-graph find`; without identifier it is made anew", cell)
        return label, iri or ""

    def flush(self) -> None:
        """Write the terms that were made."""
        scheme = self._out.name(f"{self._own.iri}features")
        if self._features:
            label = text(f"key features of {self._enquiry}", "en")
            self._out.add("New terms", f"{self._own.iri}features", "skos:ConceptScheme", [("skos:prefLabel", label)])
        for iri, (name, nearest, _) in self._features.items():
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
        """Return the known or new term that a name is but a slip away from, but for those told apart by identifier."""
        terms = self._features.items() if kind == "feature" else self._made.items()
        own = (one.label for iri, one in terms if iri not in self._named and getattr(one, "kind", kind) == kind)
        return self._names.misspelt(kind, label, own)

    def _seven(self) -> str:
        return "; ".join(self._names.all("feature"))

    def _make_feature(self, row: Row, label: str, iri: str) -> str:
        nearest = self.one(row, "nearest", "feature")
        iri = iri or self._own.new(label, folder="feature/")
        self._features[iri] = _Feature(label, nearest, row.at)
        self._names.labels[iri] = label
        self._found["feature", iri] = self._found["feature", fold(label)] = iri
        known = (self._names.labels[nearest],) if nearest else ()
        self.new.append(New(NAMES["feature"], label, row.file, row.number, known))
        return iri

    def _make(self, row: Row, key: str, kind: str, label: str, iri: str) -> str:
        if iri:
            self._named[iri] = label, row.at
        if kind == "feature":
            return self._make_feature(row, label, iri)
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
        nearest = self._features[feature].nearest if feature in self._features else feature
        self._made[iri] = _Made(kind, label, nearest, outcome)
        self._names.labels[iri] = label
        self._found[kind, iri] = self._found[kind, fold(label)] = iri
        self.new.append(New(NAMES[kind], label, row.file, row.number, tuple(self._names.nearest(kind, label))))
        return iri

    def _curies(self, iris: list[str]) -> list[str]:
        return [self._out.name(iri) for iri in iris]


def _no_identifier(text: str) -> tuple[str, str]:
    return f"{text!r} is no identifier", "write a web address or one with a known prefix, or none"
