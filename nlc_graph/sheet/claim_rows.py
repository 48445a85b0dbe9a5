"""The claims of a sheet: rows about the same become one claim with several items of evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..vocabulary import BASE, local_name
from .columns import TOGETHER, split
from .draft import Draft
from .evidence_items import EvidenceItems, Item
from .rows import Row
from .sources import Sources
from .strategies import Strategies, capitalised, in_order
from .terms import Terms
from .turtle import text
from .voices import Voices

PART = "Claims"
BEARINGS = {"": "supportedBy", "supports": "supportedBy", "qualifies": "qualifiedBy", "challenges": "challengedBy"}
#: Cells in which the rows of one claim agree, the likeliest difference first.
_SHARED = ("outcome", "direction", "link", "feature", "practice", "jointly")
_KEPT = (*_SHARED, "claim", "note")


class _Content(NamedTuple):
    """What a claim claims, as IRIs; rows with the same content and source are one claim."""

    units: tuple[str, ...]
    strategies: tuple[str, ...]
    outcome: str
    direction: str
    link: str
    feature: str
    through: tuple[str, ...]


@dataclass(slots=True)
class _Claim:
    """A claim that rows make; they may be far apart."""

    iri: str
    row: Row
    content: _Content
    words: str
    label: str = ""
    affects: list[str] = field(default_factory=list)
    asserted_by: list[str] = field(default_factory=list)
    passages: list[str] = field(default_factory=list)
    evidence: dict[str, list[str]] = field(default_factory=dict)


class Claims:
    """The claims that rows make."""

    def __init__(
        self, draft: Draft, terms: Terms, voices: Voices, sources: Sources, strategies: Strategies, items: EvidenceItems
    ) -> None:
        self._draft, self._index, self._out = draft, draft.index, draft.out
        self._terms, self._voices, self._sources = terms, voices, sources
        self._strategies, self._items = strategies, items
        self._claims: dict[object, _Claim] = {}

    def take(self, row: Row, units: list[str], passages: list[str]) -> None:
        """Take in a row with an outcome, or note what is wrong with it."""
        errors = len(row.errors)
        source = self._sources.source_of(row)
        item = self._items.read(row, units, source)
        affects = self._terms.all_of(row, "affects", "role")
        bearing = BEARINGS.get(row["bearing"].lower(), "")
        if not bearing:
            row.error("bearing", "bad-value", "not a bearing", "write supports, qualifies or challenges")
        content = self._read_content(row, units, passages)
        if len(row.errors) > errors or not units or not passages:
            return
        claim = self._claim(row, content, source)
        if claim is None:
            return
        claim.passages += self._sources.passages(row, "claim_") or passages
        claim.affects += affects
        if not claim.asserted_by or row["claimed_by"]:
            claim.asserted_by += self._asserting_voices(row, item, bearing, units, source)
        if item.figure and bearing == "supportedBy":
            self._items.figures.warn_of_direction(row, item.figure, local_name(content.direction))
        made = self._items.make(row, item, units, passages, claim.iri, *_evidence_texts(row, claim))
        claim.evidence.setdefault(bearing, []).append(made)

    def _read_content(self, row: Row, units: list[str], passages: list[str]) -> _Content:
        outcome = self._terms.one(row, "outcome", "outcome")
        direction = self._terms.one(row, "direction", "direction", required=True)
        link = self._terms.one(row, "link", "link", required=bool(row["practice"])) or f"{BASE}link/none"
        feature = self._terms.one(row, "feature", "feature")
        self._terms.check_nearest(row, feature)
        through = tuple(self._terms.all_of(row, "through", "outcome"))
        strategies = tuple(self._strategies.of_row(row, units, passages))
        return _Content(tuple(units), strategies, outcome, direction, link, feature, through)

    def _claim(self, row: Row, content: _Content, source: str) -> _Claim | None:
        """Return the claim of a row, a new one if no earlier row makes it; None if an earlier row contradicts it."""
        label, iri = self._draft.read_name(row, "claim", row["claim"])
        name = iri or label or (content, source)
        claim = self._claims.get(name)
        if claim is None:
            self._draft.check_new(row, "claim", iri)
            practices = self._terms.all_of(row, "practice", "practice", TOGETHER)
            parts = map(local_name, (content.units[0], *practices, content.outcome))
            made = iri or self._draft.namespace.new(*parts)
            claim = self._claims[name] = _Claim(made, row.keep(_KEPT), content, " ".join(row["words"].split()))
        elif claim.content != content:
            self._note_difference(row, claim)
            return None
        claim.label = claim.label or label
        return claim

    def _note_difference(self, row: Row, claim: _Claim) -> None:
        key = next((key for key in _SHARED if row[key] != claim.row[key]), "claim")
        value = f" {claim.row[key]!r}" if key != "claim" else " something else"
        message = f"{row.describe(claim.row.at)} has{value} for the same claim"
        row.error(key, "contradicts-row", message, "make both the same, or give the claims two names")

    def _asserting_voices(self, row: Row, item: Item, bearing: str, units: list[str], source: str) -> Sequence[str]:
        """Return who makes the claim: as given, or the speakers of testimony for it, or the authors."""
        if row["claimed_by"]:
            return self._voices.all_of(row, "claimed_by", units, source, speak=False)
        if "testimony" in item.kind and item.voices and bearing == "supportedBy":
            return self._voices.all_of(row, "voice", units, source, speak=True)
        return [self._voices.authors(source)]

    def features(self) -> dict[str, str]:
        """Return each passage with the key feature of its claim."""
        return {passage: claim.content.feature for claim in self._claims.values() for passage in claim.passages}

    def count(self) -> int:
        """Return how many claims were made."""
        return len(self._claims)

    def write(self) -> None:
        """Write the claims."""
        for claim in self._claims.values():
            self._out.at = claim.row.at
            self._write_claim(claim)
        self._out.at = None

    def _write_claim(self, claim: _Claim) -> None:
        out, content = self._out, claim.content
        evidence = [(f"nlc:{bearing}", out.names(items)) for bearing, items in claim.evidence.items()]
        out.add(PART, claim.iri, "nlc:Claim", [
            ("rdfs:label", text(claim.label or self._make_label(claim))),
            ("nlc:paraphrase", text(claim.words, "en")),
            ("nlc:about", out.names(content.units)),
            ("nlc:outcome", out.name(content.outcome)),
            ("nlc:throughOutcome", out.names(content.through)),
            ("nlc:direction", out.name(content.direction)),
            ("nlc:reportedUnder", out.name(content.feature)),
            ("nlc:strategy", out.names(content.strategies)),
            ("nlc:linkType", out.name(content.link)),
            ("nlc:assertedBy", out.names(claim.asserted_by)),
            ("nlc:affects", out.names(claim.affects)),
            *evidence,
            ("nlc:curatorNote", text(claim.row["note"], "en")),
            ("nlc:statedIn", out.names(claim.passages)),
        ])  # fmt: skip

    def _make_label(self, claim: _Claim) -> str:
        labels, content = self._index.labels, claim.content
        cells = [claim.row["practice"], *claim.row.values_of("jointly")]
        names = [name for cell in cells if cell for name in split(cell, TOGETHER)]
        practices = [labels[self._terms.find(claim.row, "practice", "practice", name)] for name in names]
        units = [labels[unit] for unit in content.units]
        return claim_label(practices, labels[content.outcome], labels[content.direction], units)


def _evidence_texts(row: Row, claim: _Claim) -> tuple[str, str]:
    """Return paraphrase and note of the evidence; a figure needs no paraphrase but that of its claim."""
    words = " ".join((row["evidence_words"] or row["words"]).split())
    if row["measure"] and not row["evidence_words"] and words == claim.words:
        words = ""
    note = row["note"] if row["note"] != claim.row["note"] else ""
    return words, " ".join(filter(None, (row["evidence_note"], note)))


def claim_label(practices: Iterable[str], outcome: str, direction: str, units: Iterable[str]) -> str:
    """Return the label of a claim without a name.

    >>> claim_label(["story-making", "drama"], "writing", "no result reported, an aim", ["Birch NLC"])
    'Drama, story-making and writing: no result reported (Birch NLC)'
    """
    linked = " and ".join(filter(None, (", ".join(in_order(practices)), outcome)))
    return f"{capitalised(linked)}: {direction.partition(',')[0]} ({', '.join(in_order(units))})"
