"""The evidence of rows: testimony, figures, charts, and whatever else a source offers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..vocabulary import BASE, local_name
from .draft import Draft
from .figures import EVIDENCE, Figure, Figures
from .identifiers import last_part
from .rows import Row
from .sources import Sources
from .terms import Terms
from .turtle import At, text
from .units import Units
from .voices import Voices

#: Cells that two rows about the same item of evidence share.
_SHARED = (
    "kind voice measure chart opens closes from_period from_value to_period to_value change measured_in comparator"
    " other_from other_to other_change position"
).split()


@dataclass(frozen=True)
class Item:
    """The evidence of a row, as far as it could be read.

    :param kind: IRI; empty if it is missing or unknown
    :param figure: None if there is none, or it has errors
    :param voices: who speaks or provides it
    :param relayed_by: who reports the words second-hand
    """

    kind: str
    figure: Figure | None
    is_testimony: bool
    voices: Sequence[str]
    relayed_by: Sequence[str]


class EvidenceItems:
    """The items of evidence that rows offer, each made once."""

    def __init__(self, draft: Draft, terms: Terms, units: Units, voices: Voices, sources: Sources) -> None:
        self._draft, self._index, self._out = draft, draft.index, draft.out
        self._terms, self._voices, self._sources = terms, voices, sources
        self.figures = Figures(draft, terms, units)
        self._made: dict[str, tuple[str, int, At]] = {}
        self.count = 0

    def read(self, row: Row, units: Sequence[str], source: str) -> Item:
        """Return the evidence of a row, and note what is wrong with it.

        :param units: whom the row is about; empty if that is not known
        """
        kind = self._terms.one(row, "kind", "kind", required=True)
        figure = self.figures.read(row, units) if row["measure"] else None
        precision = local_name(self._terms.one(row, "precision", "precision"))
        if local_name(kind) == "statistic" and not (row["measure"] or row["chart"] or precision == "in-words"):
            hint = "fill in 'measure' and the values, or write 'in words only' under 'precision'"
            row.error("measure", "missing", "missing: a statistic without a figure", hint)
        is_testimony = "testimony" in kind and not row["measure"] and not row["chart"]
        if not units or not source:
            return Item(kind, figure, is_testimony, (), ())
        voices = self._voices.all_of(row, "voice", units, source, speak=is_testimony)
        relayed_by = self._voices.all_of(row, "relayed_by", units, source, speak=True)
        return Item(kind, figure, is_testimony, voices, relayed_by)

    def make(
        self, row: Row, item: Item, units: Sequence[str], passages: Sequence[str], claim: str, words: str, note: str
    ) -> str:
        """Return the identifier of the evidence of a row without errors, which is written once.

        :param claim: the claim that it is evidence for; empty if there is none
        """
        cell, shared = row["evidence"], hash(tuple(row[key] for key in _SHARED))
        if cell in self._made:
            iri, before, first = self._made[cell]
            if before != shared:
                message = f"{row.describe(first)} differs about the same evidence"
                row.error("evidence", "contradicts-row", message, "make both the same")
            return iri
        _, given = self._draft.read_name(row, "evidence", cell)
        self._draft.check_new(row, "evidence", given)
        iri = given or self._draft.namespace.new(last_part(claim or units[0]), local_name(item.kind))
        texts = [("nlc:paraphrase", text(words, "en")), ("nlc:curatorNote", text(note, "en"))]
        self._write(row, iri, item, units, passages, texts)
        self.count += 1
        if cell:
            self._made[cell] = iri, shared, row.at
        return iri

    def _write(
        self,
        row: Row,
        iri: str,
        item: Item,
        units: Sequence[str],
        passages: Sequence[str],
        texts: list[tuple[str, str]],
    ) -> None:
        out = self._out
        by_authors = item.kind == f"{BASE}kind/author-statement" and not item.voices
        voices = [self._voices.authors(self._sources.source_of(row))] if by_authors else item.voices
        documents = [self._sources.source(row, name, "drawn_from") for name in row.values_of("drawn_from")]
        who = [
            ("nlc:spokenBy" if item.is_testimony else "nlc:providedBy", out.names(voices)),
            ("nlc:relayedBy", out.names(item.relayed_by)),
            ("nlc:drawnFrom", out.names(documents)),
        ]
        kind, more = ("nlc:evidenceKind", out.name(item.kind)), [*texts, ("nlc:statedIn", out.names(passages))]
        if item.figure:
            self.figures.write(iri, item.figure, kind, who, more, passages)
        elif row["chart"]:
            chart, about = text(row["chart"]), ("nlc:about", out.names(units[:1]))
            out.add(EVIDENCE, iri, "nlc:Figure", [("rdfs:label", chart), ("nlc:printedAs", chart), about, kind, *more])
        else:
            class_ = "nlc:Testimony" if item.is_testimony else "nlc:EvidenceItem"
            out.add(EVIDENCE, iri, class_, [kind, *who, *more])
