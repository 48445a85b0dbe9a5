"""Evidence in a sheet: testimony, figures, charts, and whatever else a source offers."""

from __future__ import annotations

from collections.abc import Sequence

from ..vocabulary import BASE, local_name
from .columns import BY_KEY
from .figures import EVIDENCE, Figures
from .names import Names, Namespace
from .places import Places
from .rows import At, Row
from .terms import Terms
from .turtle import Turtle, text
from .units import Units

#: Columns that make sense for figures only.
FOR_FIGURES = (
    "from_period from_value to_period to_value change measured_in comparator other_from other_to other_change position"
).split()


class Items:
    """The pieces of evidence that rows offer."""

    def __init__(self, names: Names, own: Namespace, out: Turtle, terms: Terms, units: Units, places: Places) -> None:
        self._names, self._own, self._out = names, own, out
        self._terms, self._units, self._places = terms, units, places
        self._figures = Figures(names, own, out, terms, units)
        self._made: dict[str, tuple[str, int, At]] = {}
        self.count = 0

    def check(self, row: Row, kind: str, units: list[str]) -> None:
        """Note what is wrong with the evidence of a row that cannot be made for another reason.

        :param kind: empty where it is not known
        :param units: whom the row is about; empty where that is not known
        """
        source = self._places.source(row)
        if units and source:
            self._voices(row, kind, units, source)
        for name in row.values_of("role"):
            self._terms.find(row, "role", "role", name)
        if self._fits_kind(row, local_name(kind)) and row["measure"]:
            self._figures.read(row, units)

    def _voices(self, row: Row, kind: str, units: list[str], source: str) -> tuple[list[str], list[str]]:
        """Return whose words or figures the evidence is, and who passes them on."""
        spoken = _is_spoken(row, kind)
        voices = [
            self._units.voice(row, "voice", name, units, source, speaker=spoken) for name in row.values_of("voice")
        ]
        relays = [
            self._units.voice(row, "relayed_by", name, units, source, speaker=True)
            for name in row.values_of("relayed_by")
        ]
        return voices, relays

    def make(
        self, row: Row, claim: str, units: list[str], passages: list[str], words: str, kind: str | None, note: str = ""
    ) -> str:
        """Make the evidence of a row, once; return its identifier, or nothing where something is wrong.

        :param claim: the claim on which it bears; empty for a figure that stands alone
        :param note: a remark on the evidence of a claim
        """
        kind = kind or self._terms.one(row, "kind", "kind") or f"{BASE}kind/statistic"
        _, iri = self._terms.named(row, "evidence", row["evidence"])
        own = hash(tuple(row[key] for key in ("kind", "voice", "measure", "chart", "opens", "closes", *FOR_FIGURES)))
        if row["evidence"] in self._made:
            item, before, first = self._made[row["evidence"]]
            if before != own:
                row.wrong(
                    "evidence", f"{row.named(first)} says something else of the same evidence", "make both the same"
                )
            return item
        if iri and iri in self._names.labels:
            row.wrong(
                "evidence",
                "the graph already has this evidence",
                "remove the identifier, or leave the graph out with --no-bundled",
            )
        if not self._fits_kind(row, local_name(kind)):
            return ""
        item = iri or self._own.new(local_name(claim) if claim else local_name(units[0]), local_name(kind))
        source = self._places.source(row)
        spoken = _is_spoken(row, kind)
        voices, relays = self._voices(row, kind, units, source)
        pairs: list[tuple[str, str | Sequence[str]]] = [
            ("nlc:evidenceKind", self._out.name(kind)),
            (
                "nlc:spokenBy" if spoken else "nlc:providedBy",
                self._out.names(
                    voices or ([self._units.authors(source)] if kind.endswith("/author-statement") else [])
                ),
            ),
            ("nlc:relayedBy", self._out.names(relays)),
            (
                "nlc:drawnFrom",
                self._out.names(self._places.document(row, name) for name in row.values_of("drawn_from")),
            ),
        ]
        told = [
            ("nlc:paraphrase", text(words, "en")),
            (
                "nlc:curatorNote",
                text(note if claim else " ".join(filter(None, (row["note"], row["evidence_note"]))), "en"),
            ),
            ("nlc:statedIn", self._out.names(passages)),
        ]
        if row["measure"]:
            done = self._figures.make(row, item, units, pairs, told, passages)
            if not done:
                return ""
        elif row["chart"]:
            self._out.add(
                EVIDENCE,
                item,
                "nlc:Figure",
                [
                    ("rdfs:label", text(row["chart"])),
                    ("nlc:printedAs", text(row["chart"])),
                    ("nlc:about", self._out.names(units[:1])),
                    pairs[0],
                    *told,
                ],
            )
        else:
            self._out.add(EVIDENCE, item, "nlc:Testimony" if spoken else "nlc:EvidenceItem", [*pairs, *told])
        self.count += 1
        if row["evidence"]:
            self._made[row["evidence"]] = item, own, row.at
        return item

    def _fits_kind(self, row: Row, kind: str) -> bool:
        filled = [key for key in FOR_FIGURES if row[key]]
        if row["measure"] or row["chart"]:
            if kind in ("author-statement", "observation"):
                row.wrong(
                    "kind",
                    "figures are given, and this is no kind for figures",
                    "write 'statistic', or the kind of whoever gives the figures",
                )
                return False
            if "testimony" in kind and not row["voice"]:
                called = self._names.labels.get(f"{BASE}kind/{kind}", kind)
                row.wrong(
                    "kind",
                    f"figures, but the kind is {called}, and nobody says them",
                    "write 'statistic', or say under 'who says it' whose figures they are; words without figures stand"
                    " in a row of their own",
                )
                return False
        elif filled:
            names = ", ".join(repr(BY_KEY[key].name) for key in filled)
            row.wrong(
                "measure", f"missing, though there are figures under {names}", "name what is measured, or remove them"
            )
            self._figures.check_cells(row)
            return False
        elif kind == "statistic" and local_name(self._terms.one(row, "precision", "precision")) != "in-words":
            row.wrong(
                "kind",
                "no figure is given",
                "fill in 'measure' and the values, write 'in words only' under 'precision', or name another kind",
            )
            return False
        if "testimony" in kind and len(row.values_of("voice")) > 1 and not row["measure"]:
            row.wrong("voice", "several speakers", "name those who speak together as one: 'two teachers'")
            return False
        if "testimony" in kind and not row["voice"] and not row["measure"]:
            row.wrong("voice", "missing", "say who speaks, by role; 'speaker not stated' if the source does not say")
            return False
        return True


def _is_spoken(row: Row, kind: str) -> bool:
    return "testimony" in kind and not row["measure"] and not row["chart"]
