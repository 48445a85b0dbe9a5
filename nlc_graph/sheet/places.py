"""Sources, sections and passages in a sheet."""

from __future__ import annotations

from collections.abc import Mapping

from ..graph.names import fold
from ..vocabulary import local_name
from .names import Names, Namespace
from .rows import Row
from .spellings import Spellings
from .terms import New, Terms
from .turtle import Turtle, text
from .values import MAX_PHRASE, MAX_WORDS, ValueMistakeError, read_phrase


class Places:
    """Where rows say that things stand."""

    def __init__(
        self, names: Names, own: Namespace, out: Turtle, terms: Terms, spellings: Spellings, enquiry: str
    ) -> None:
        self._names, self._own, self._out, self._terms, self._enquiry = names, own, out, terms, enquiry
        self._spellings = spellings
        #: Sources that were made.
        self.new: list[New] = []
        self._sources: dict[str, str] = {}
        self._sections: dict[tuple[str, str], str] = {}
        self._by_label: dict[tuple[str, str], str] = {}
        self._new_sections: dict[str, tuple[str, str]] = {}
        self._headings: dict[str, str] = {}
        self._passages: dict[tuple[str, str, str], str] = {}
        self._section_of: dict[str, str] = {}

    def source(self, row: Row) -> str:
        """Return the source of a row, the first where there are several; empty where none is given."""
        names = row.values_of("source")
        return self._source(row, names[0]) if names else ""

    def document(self, row: Row, name: str) -> str:
        """Return an earlier document that a source reports."""
        return self._source(row, name, earlier=True)

    def passages(self, row: Row, prefix: str = "") -> list[str]:
        """Return the passages of a row, or with the prefix ``claim_`` those of its claim; none where one is wrong."""
        opens, closes = (self._phrases(row, f"{prefix}{end}") for end in ("opens", "closes"))
        if not all(opens) or not all(closes) or not opens or not closes or not row["source"]:
            return []
        if len(opens) != len(closes):
            row.wrong(
                f"{prefix}closes", f"{len(closes)} values where there should be {len(opens)}", "give one a passage"
            )
            return []
        section_key = f"{prefix}section" if row[f"{prefix}section"] else "section"
        if not row[section_key]:
            return []
        sections, sources = row.aligned(section_key, len(opens)), row.aligned("source", len(opens))
        headings = row.aligned("heading", len(opens)) if section_key == "section" else [""] * len(opens)
        found = []
        for first, last, section, heading, source in zip(opens, closes, sections, headings, sources, strict=True):
            if section and source:
                found.append(self._passage(row, section, source, first, last))
                if heading:
                    self._note_heading(row, self._section_of[found[-1]], heading)
        return found if len(found) == len(opens) and all(found) else []

    def _phrases(self, row: Row, key: str) -> list[str]:
        """Return how the passages of a row begin or end; empty, with a mistake noted, where that is wrong."""
        found = []
        for phrase in row.values_of(key):
            try:
                found.append(read_phrase(phrase))
            except ValueMistakeError as error:
                row.wrong(key, error.problem, error.remedy, phrase)
                found.append("")
        return found

    def flush(self, features: Mapping[str, str]) -> None:
        """Write the sections: only now is known under which key feature each stands.

        :param features: passage to the key feature under which its claim is reported
        """
        under: dict[str, set[str]] = {}
        for passage, feature in features.items():
            if passage in self._section_of:
                under.setdefault(self._section_of[passage], set()).add(feature)
        places: dict[str, int] = {}
        for iri, (label, source) in self._new_sections.items():
            places[source] = places.get(source, 0) + 1
            one = under.get(iri, set())
            self._out.add("Sections", iri, "nlc:Section", [
                ("rdfs:label", text(label)),
                ("nlc:heading", text(self._headings.get(iri) or first_words(label))),
                ("nlc:position", str(places[source])),
                ("nlc:sectionFeature", self._out.name(next(iter(one))) if len(one) == 1 and one != {""} else ""),
                ("nlc:source", self._out.name(source)),
            ])  # fmt: skip

    def _note_heading(self, row: Row, section: str, heading: str) -> None:
        try:
            heading = read_phrase(heading)
        except ValueMistakeError as error:
            row.wrong("heading", error.problem, error.remedy, heading)
            return
        known = self._headings.setdefault(section, heading)
        if known != heading:
            row.wrong("heading", f"another row has {known!r} for the same section", "make both the same", heading)

    def _source(self, row: Row, name: str, *, earlier: bool = False) -> str:
        if name not in self._sources:
            label, iri = self._terms.named(row, "drawn_from" if earlier else "source", name)
            found = [iri] if iri else self._names.find("source", label)
            if len(found) > 1:
                row.wrong(
                    "source", "several sources are called so", f"write {' or '.join(self._out.names(found))}", name
                )
            made = found[0] if found else self._by_label.get(("", fold(label))) or self._own.new(label)
            self._sources[name] = made
            if not found:
                self._by_label["", fold(label)] = made
            if made not in self._names.labels:
                self._names.labels[made] = label or local_name(made)
                self.new.append(New("source", self._names.labels[made], *row.at, ()))
                self._out.add("The enquiry and its sources", made, "nlc:Source", [
                    ("rdfs:label", text(label or local_name(made))),
                    ("dcterms:title", text(label or local_name(made))),
                    ("prov:wasGeneratedBy", "" if earlier else self._out.name(self._enquiry)),
                ])  # fmt: skip
        made = self._sources[name]
        if ("", fold(name)) in self._by_label:
            self._spellings.use(row, "drawn_from" if earlier else "source", "source", name)
        return made

    def _passage(self, row: Row, section_name: str, source_name: str, opens: str, closes: str) -> str:
        source = self._source(row, source_name)
        section = self._section(row, section_name, source)
        key = (section, opens, closes)
        if key not in self._passages:
            iri = self._own.new(local_name(section), opens, "passage")
            self._passages[key] = iri
            self._section_of[iri] = section
            self._out.add("Passages", iri, "nlc:Passage", [
                ("nlc:source", self._out.name(source)),
                ("nlc:section", self._out.name(section)),
                ("nlc:opens", text(opens)),
                ("nlc:closes", text(closes)),
            ])  # fmt: skip
        return self._passages[key]

    def _section(self, row: Row, name: str, source: str) -> str:
        key = (source, name)
        if key not in self._sections:
            label, iri = self._terms.named(row, "section", name)
            others = [] if iri else self._names.of_others("section", label)
            found = [iri] if iri else [one for one in others if self._names.source_of.get(one) == source]
            made = found[0] if len(found) == 1 else self._by_label.get((source, fold(label)))
            made = made or self._own.new(label, folder="section/")
            self._sections[key] = made
            if not found:
                self._by_label[source, fold(label)] = made
            if made not in self._names.labels:
                self._names.labels[made] = label
                self._new_sections[made] = label or local_name(made), source
        if (source, fold(name)) in self._by_label:
            self._spellings.use(row, "section", "section", name, scope=source)
        return self._sections[key]


def first_words(label: str) -> str:
    """Return as much of the name of a section as is taken for its heading where a sheet gives none.

    >>> first_words("What we found in the second year of work")
    'What we found in the second year'
    """
    kept = " ".join(label.split()[:MAX_WORDS])
    return kept if len(kept) <= MAX_PHRASE else kept[:MAX_PHRASE].rsplit(" ", 1)[0]
