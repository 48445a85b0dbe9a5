"""Sources, sections and passages of rows."""

from __future__ import annotations

from collections.abc import Mapping

from ..graph.names import fold
from ..vocabulary import local_name
from .draft import Draft
from .rows import Row
from .turtle import text
from .values import first_words

SOURCES, SECTIONS, PASSAGES = "The enquiry and its sources", "Sections", "Passages"


class Sources:
    """The sources, sections and passages that rows name."""

    def __init__(self, draft: Draft, enquiry_iri: str) -> None:
        self._draft, self._index, self._out = draft, draft.index, draft.out
        self._enquiry_iri = enquiry_iri
        self._sources: dict[str, str] = {}
        self._sections: dict[tuple[str, str], str] = {}
        self._new_sections: dict[str, tuple[str, str]] = {}
        self._headings: dict[str, str] = {}
        self._passages: dict[tuple[str, str, str], str] = {}
        self._section_of: dict[str, str] = {}

    def source_of(self, row: Row) -> str:
        """Return the source of a row, the first if there are several; empty if none is given."""
        names = row.values_of("source")
        return self.source(row, names[0]) if names else ""

    def source(self, row: Row, name: str, key: str = "source") -> str:
        """Return the source of a name; a new one if it is unknown.

        :param key: ``drawn_from`` for an earlier document, which is not a source of the enquiry
        """
        known = self._sources.get(name) or self._sources.get(fold(name))
        if known:
            return known
        label, iri = self._draft.read_name(row, key, name)
        made = iri or self._draft.choose(row, key, self._index.find("source", label), name)
        if made not in self._index.labels:
            label = label or local_name(made)
            made = self._draft.make(label, row, iri=made, kind="source")
            self._out.add(SOURCES, made, "nlc:Source", [
                ("rdfs:label", text(label)),
                ("dcterms:title", text(label)),
                ("prov:wasGeneratedBy", self._out.name(self._enquiry_iri) if key == "source" else ""),
            ])  # fmt: skip
            self._draft.note_new_name(row, key, ("source", ""), label)
        self._sources[name] = self._sources[fold(name)] = made
        return made

    def passages(self, row: Row, prefix: str = "") -> list[str]:
        """Return the passages of a row; none if one cannot be made.

        :param prefix: ``claim_`` for the passages of its claim only
        """
        opens, closes = row.values_of(f"{prefix}opens"), row.values_of(f"{prefix}closes")
        section_key = f"{prefix}section" if row[f"{prefix}section"] else "section"
        if not opens or not closes or not row["source"] or not row[section_key]:
            return []
        count = len(opens)
        if len(closes) != count:
            row.error(f"{prefix}closes", "count-differs", f"{len(closes)} values instead of {count}", "one a passage")
            return []
        sections, sources = row.aligned(section_key, count), row.aligned("source", count)
        headings = row.aligned("heading", count) if section_key == "section" else [""] * count
        found = []
        for first, last, section, source, heading in zip(opens, closes, sections, sources, headings, strict=True):
            if section and source:
                found.append(self._passage(row, section, source, " ".join(first.split()), " ".join(last.split())))
                self._note_heading(row, found[-1], " ".join(heading.split()))
        return found if len(found) == count else []

    def _passage(self, row: Row, section_name: str, source_name: str, opens: str, closes: str) -> str:
        source = self.source(row, source_name)
        section = self._section(row, section_name, source)
        key = (section, opens, closes)
        if key not in self._passages:
            iri = self._draft.namespace.new(local_name(section), opens, "passage")
            self._passages[key] = iri
            self._section_of[iri] = section
            self._out.add(PASSAGES, iri, "nlc:Passage", [
                ("nlc:source", self._out.name(source)),
                ("nlc:section", self._out.name(section)),
                ("nlc:opens", text(opens)),
                ("nlc:closes", text(closes)),
            ])  # fmt: skip
        return self._passages[key]

    def _section(self, row: Row, name: str, source: str) -> str:
        known = self._sections.get((source, name)) or self._sections.get((source, fold(name)))
        if known:
            return known
        label, made = self._draft.read_name(row, "section", name)
        if not made:
            others = self._index.find_in_enquiries("section", label)
            made = next((iri for iri in others if self._index.source_of.get(iri) == source), "")
        if made not in self._index.labels:
            made = self._draft.make(label or local_name(made), row, iri=made, folder="section/")
            self._new_sections[made] = self._index.labels[made], source
            self._draft.note_new_name(row, "section", ("section", source), self._index.labels[made])
        self._sections[source, name] = self._sections[source, fold(name)] = made
        return made

    def _note_heading(self, row: Row, passage: str, heading: str) -> None:
        if not heading:
            return
        known = self._headings.setdefault(self._section_of[passage], heading)
        if known != heading:
            message = f"another row has {known!r} for the same section"
            row.error("heading", "contradicts-row", message, "make both the same", heading)

    def write_sections(self, features: Mapping[str, str]) -> None:
        """Write the sections, once it is known under which key feature each is.

        :param features: passage to the key feature of its claim
        """
        under: dict[str, set[str]] = {}
        for passage, feature in features.items():
            if passage in self._section_of:
                under.setdefault(self._section_of[passage], set()).add(feature)
        positions: dict[str, int] = {}
        for iri, (label, source) in self._new_sections.items():
            positions[source] = positions.get(source, 0) + 1
            only = under.get(iri, set())
            self._out.add(SECTIONS, iri, "nlc:Section", [
                ("rdfs:label", text(label)),
                ("nlc:heading", text(self._headings.get(iri) or first_words(label))),
                ("nlc:position", str(positions[source])),
                ("nlc:sectionFeature", self._out.name(next(iter(only))) if len(only) == 1 else ""),
                ("nlc:source", self._out.name(source)),
            ])  # fmt: skip
