"""From sheets to Turtle: what each row says becomes a claim, its evidence, and whatever these speak of.

Every mistake is noted and reading goes on, so that all are told at once; nothing is made where there is one. What the
graph already has is referred to, by label, other label or identifier; what it has not is made, practices, outcome types
and measures only where that is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from ..errors import ParameterError
from ..graph.graph import Graph
from ..vocabulary import BASE, OWN_PREFIXES, local_name
from .columns import TOGETHER, split
from .items import Items
from .labels import of_claim
from .mistakes import Mistake, SheetError
from .names import Names, Namespace
from .places import Places
from .rows import REQUIRED, Row, note_unread, rows_of
from .spellings import Spellings
from .strategies import Strategies
from .terms import New, Terms
from .turtle import Turtle, text
from .units import Namesake, Units
from .values import ValueMistakeError, read_words

PARTS = (
    "The enquiry and its sources", "Sections", "Passages", "Networks, schools, groups", "Speakers",
    "New terms", "Strategies", "Claims", "Evidence", "Periods",
)  # fmt: skip
BEARINGS = {"": "supportedBy", "supports": "supportedBy", "qualifies": "qualifiedBy", "challenges": "challengedBy"}
#: What rows of one claim must agree in.
SHARED = ("outcome", "direction", "link", "feature", "practice", "jointly")
#: What is kept of the first row of each claim.
KEPT = (*SHARED, "claim", "note", "bearing")


@dataclass(slots=True)
class Claim:
    """A claim in the making: its rows may be far apart."""

    iri: str
    row: Row
    key: tuple[object, ...]
    units: tuple[str, ...]
    outcome: str
    direction: str
    link: str
    feature: str
    strategies: tuple[str, ...]
    through: list[str]
    affects: list[str]
    asserted_by: list[str]
    words: str
    called: str = ""
    passages: list[str] = field(default_factory=list)
    evidence: dict[str, list[str]] = field(default_factory=dict)
    tried: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Imported:
    """What sheets became.

    :param counts: what was made, in words, to how many
    :param new: terms that were made, and which known ones come near
    :param others: networks, schools, groups and sources that were made
    :param namesakes: networks, schools and groups that are called as those of another enquiry are
    :param warnings: what may be a mistake
    """

    file: Turtle
    counts: dict[str, int]
    new: list[New]
    others: list[New]
    namesakes: list[Namesake]
    warnings: list[Mistake]

    def chunks(self) -> Iterable[bytes]:
        """Yield the Turtle file in pieces."""
        return self.file.chunks()

    def to_bytes(self) -> bytes:
        """Return the Turtle file."""
        return b"".join(self.chunks())


def read_sheets(
    paths: Sequence[str],
    graph: Graph,
    *,
    enquiry: str,
    new_terms: bool = False,
    progress: Callable[[], None] = lambda: None,
    trace: bool = False,
) -> Imported:
    """Read sheets of one enquiry.

    :param graph: what the sheets may refer to; not changed
    :param enquiry: name of the enquiry; its identifiers begin with it
    :param new_terms: whether practices, outcome types and measures that are not in the vocabularies are made
    :param progress: called at each row
    :param trace: whether to keep, in the ``rows`` of the file, from which row each thing comes
    :raises SheetError: if there is any mistake
    :raises UnreadableFileError: if a file is no sheet
    :raises ParameterError: if the name of the enquiry cannot be used
    """
    mistakes: list[Mistake] = []
    warnings: list[Mistake] = []
    importer = _Importer(graph, enquiry, new_terms, mistakes, trace)
    for row in rows_of(paths, mistakes, warnings):
        importer.take(row)
        progress()
    importer.check()
    if not mistakes and not importer.rows:
        mistakes.append(Mistake(paths[0], 2, "", "", "no row", "fill in the sheet below its heading"))
    told = _in_order(warnings, paths)
    if mistakes:
        raise SheetError(_in_order(mistakes, paths), told)
    return Imported(importer.finish(), importer.counts, importer.new, importer.others, importer.namesakes, told)


def _in_order(mistakes: Iterable[Mistake], paths: Sequence[str]) -> list[Mistake]:
    places = {path: index for index, path in enumerate(paths)}
    return sorted(set(mistakes), key=lambda one: (places[one.file], one.row, one.column, one.problem))


class _Importer:
    def __init__(
        self, graph: Graph, enquiry: str, new_terms: bool, mistakes: list[Mistake], trace: bool = False
    ) -> None:
        names = Names(graph)
        own = Namespace(enquiry, names.taken)
        if not own.prefix or own.prefix in {*OWN_PREFIXES, "ontology"} - {"nlc2005"}:
            raise ParameterError(f"an enquiry cannot be called {enquiry!r}; give another name with --enquiry")
        if any(iri.startswith(own.iri) for iri in names.taken):
            raise ParameterError(
                f"the graph already has things of an enquiry {own.prefix!r}; give another name with --enquiry,"
                " or leave them out with --no-bundled"
            )
        prefixes = {**graph.prefixes, own.prefix: own.iri}
        self._own, self._mistakes, self._trace = own, mistakes, trace
        self._out = Turtle(prefixes, PARTS)
        enquiry_iri = own.new("enquiry")
        self._out.add(PARTS[0], enquiry_iri, "nlc:Enquiry", [("rdfs:label", text(enquiry))])
        self._terms = Terms(names, own, self._out, enquiry, new_terms)
        self._spellings = Spellings()
        self._units = Units(names, own, self._out, self._terms, self._spellings)
        self._places = Places(names, own, self._out, self._terms, self._spellings, enquiry_iri)
        self._strategies = Strategies(names, own, self._out, self._terms, self._units)
        self._items = Items(names, own, self._out, self._terms, self._units, self._places)
        self._names = names
        self._claims: dict[object, Claim] = {}
        #: Units and outcome, as far as they are known, of the rows of claims that could not be taken in.
        self._failed: set[tuple[tuple[str, ...], str]] = set()
        self._said: dict[tuple[object, ...], Claim] = {}
        self.rows = 0
        self.counts: dict[str, int] = {}
        self.new: list[New] = []
        self.others: list[New] = []
        self.namesakes: list[Namesake] = []

    def take(self, row: Row) -> None:
        """Take in a row, or note what is wrong with it."""
        self.rows += 1
        self._at(row)
        for key in REQUIRED:
            if not row[key] and not (key == "words" and not row["outcome"] and (row["measure"] or row["strategy"])):
                row.wrong(key, "missing", _REMEDIES[key])
        words, other = self._words(row, "words"), self._words(row, "evidence_words")
        units = self._units.of(row)
        passages = self._places.passages(row)
        note_unread(row)
        whole = bool(units and passages)
        if row["outcome"]:
            self._take_claim(row, units, passages, words, other)
        elif row["measure"] and whole:
            item = self._items.make(row, "", units, passages, words, None)
            if item and not row["kind"]:
                row.wrong("kind", "missing", f"give one of: {'; '.join(self._names.all('kind'))}")
        elif row["measure"]:
            self._items.check(row, self._terms.one(row, "kind", "kind"), units)
        elif row["practice"] and whole:
            self._strategies.of(row, units, passages, words)
        elif not row["practice"]:
            row.wrong("outcome", "missing", "give the one kind of result, or a practice or measure told without one")
        if not whole:
            self._terms.check_unread(row)

    def _at(self, row: Row | None) -> None:
        self._out.at = row.at if self._trace and row else None

    def _words(self, row: Row, key: str) -> str:
        try:
            return read_words(row[key])
        except ValueMistakeError as error:
            row.wrong(key, error.problem, error.remedy)
            return ""

    def _take_claim(self, row: Row, units: list[str], passages: list[str], words: str, other: str) -> None:
        outcome = self._terms.one(row, "outcome", "outcome")
        direction = self._terms.one(row, "direction", "direction", required=True)
        kind = self._terms.one(row, "kind", "kind", required=True)
        link = self._terms.one(row, "link", "link", required=bool(row["practice"]))
        if not row["link"] and not row["practice"]:
            link = f"{BASE}link/none"
        feature = self._terms.one(row, "feature", "feature")
        self._terms.check_nearest(row, feature)
        bearing = BEARINGS.get(row["bearing"].lower())
        if bearing is None:
            row.wrong("bearing", "no such bearing", "write supports, qualifies or challenges")
        strategies = self._strategies.of(row, units, passages) if units and passages else []
        self._check_link(row, local_name(link), local_name(direction), bool(row["practice"]))
        through = [self._terms.find(row, "through", "outcome", name) for name in row.values_of("through")]
        affects = [self._terms.find(row, "affects", "role", name) for name in row.values_of("affects")]
        source = self._places.source(row)
        known = outcome and direction and kind and link and all(through) and units and passages
        if not known or bearing is None or (row["practice"] and not strategies):
            self._items.check(row, kind, units)
            self._failed.add((tuple(units), outcome))
            return
        label, iri = self._terms.named(row, "claim", row["claim"])
        key: tuple[object, ...] = (tuple(units), tuple(strategies), outcome, direction, link, feature, tuple(through))
        given = (iri or label) if row["claim"] else ""
        claim = self._claims.get(given or (*key, source))
        if claim is None:
            claim = Claim(
                iri or self._own.new(local_name(units[0]), *self._practices(row), local_name(outcome)),
                row.kept(KEPT), key, tuple(units), outcome, direction, link, feature, tuple(strategies), through,
                affects, self._voices_of_claim(row, kind, units, source), words,
            )  # fmt: skip
            if iri and iri in self._names.labels:
                row.wrong(
                    "claim",
                    "the graph already has this claim",
                    "remove the identifier, or leave the graph out with --no-bundled",
                )
            self._claims[given or (*key, source)] = claim
        elif claim.key != key:
            self._differ(row, claim)
            return
        claim.called = claim.called or label
        claim.tried.add(bearing)
        self._contradicts(row, claim, passages)
        claim.passages += self._places.passages(row, "claim_") or passages
        if row.at != claim.row.at:
            claim.affects += affects
            claim.asserted_by += self._voices_of_claim(row, kind, units, source) if row["claimed_by"] else []
        # What a figure says stands in its numbers; other evidence is always told in words.
        said = row["measure"] and words == claim.words
        more = row["note"] if row["note"] != claim.row["note"] else ""
        note = " ".join(each for each in (row["evidence_note"], more) if each)
        item = self._items.make(row, claim.iri, units, passages, other or ("" if said else words), kind, note)
        if item:
            claim.evidence.setdefault(bearing, []).append(item)

    def _practices(self, row: Row) -> list[str]:
        names = split(row["practice"], TOGETHER) if row["practice"] else []
        return [local_name(self._terms.find(row, "practice", "practice", name)) for name in names]

    def check(self) -> None:
        """Note what can be told only when all rows are read."""
        self._units.check()
        self._terms.check_slips()
        self._spellings.check()
        for claim in self._claims.values():
            likely = {(units, outcome) for units in (claim.units, ()) for outcome in (claim.outcome, "")}
            if "supportedBy" not in claim.tried and not likely & self._failed:  # a row with mistakes may support it
                claim.row.wrong(
                    "bearing",
                    "no row supports this claim",
                    "give the evidence in its favour, if only that the authors say so",
                )

    def _check_link(self, row: Row, link: str, direction: str, practice: bool) -> None:
        if link == "none" and practice:
            row.wrong(
                "link",
                "no strategy is linked, yet there is a practice",
                "remove the practice, or say how far the source ties it",
            )
        elif link and link != "none" and not practice and row["link"]:
            row.wrong(
                "practice",
                "missing: the link ties one to the outcome",
                "name it, or write 'no strategy linked' under 'link'",
            )
        if direction and link and (link == "intended") != (direction == "open"):
            row.wrong(
                "direction",
                "an intended outcome has no result, and only an intended one has none",
                "write two rows if the source tells of a purpose and a result; otherwise correct one of the two",
            )

    def _differ(self, row: Row, claim: Claim) -> None:
        for key in SHARED:
            if row[key] != claim.row[key]:
                row.wrong(
                    key,
                    f"{row.named(claim.row.at)} says {claim.row[key]!r} of the same claim",
                    "make both the same, or name two claims",
                )
                return
        row.wrong(
            "claim",
            f"{row.named(claim.row.at)} says something else of the same claim",
            "make both the same, or name two claims",
        )

    def _contradicts(self, row: Row, claim: Claim, passages: Iterable[str]) -> None:
        for passage in passages:
            same = (claim.units, claim.strategies, claim.outcome, passage, row["through"])
            first = self._said.setdefault(same, claim)
            if first is not claim and first.direction != claim.direction and not (row["claim"] and first.row["claim"]):
                row.wrong(
                    "direction",
                    f"{row.named(first.row.at)} says {first.row['direction']!r} of the same, at the same passage",
                    "compare both with the source and correct one",
                )

    def _voices_of_claim(self, row: Row, kind: str, units: list[str], source: str) -> list[str]:
        if row["claimed_by"]:
            return [self._units.voice(row, "claimed_by", name, units, source) for name in row.values_of("claimed_by")]
        if "testimony" in kind and row["voice"] and BEARINGS.get(row["bearing"].lower()) == "supportedBy":
            return [
                self._units.voice(row, "voice", name, units, source, speaker=True) for name in row.values_of("voice")
            ]
        return [self._units.authors(source)]

    def finish(self) -> Turtle:
        """Return the Turtle file."""
        self._at(None)
        self._terms.flush()
        self._units.flush()
        self._strategies.flush()
        self._places.flush({passage: claim.feature for claim in self._claims.values() for passage in claim.passages})
        for claim in self._claims.values():
            self._at(claim.row)
            self._add(claim)
        made = {
            "claims": len(self._claims),
            "strategies": self._strategies.count,
            "pieces of evidence": self._items.count,
        }
        self.counts = {
            **{what: number for what, number in made.items() if number},
            **self._units.counts,
        }
        self.new, self.namesakes = self._terms.new, self._units.namesakes
        self.others = [*self._units.new, *self._places.new]
        return self._out

    def _add(self, claim: Claim) -> None:
        out, row = self._out, claim.row
        out.add(PARTS[7], claim.iri, "nlc:Claim", [
            ("rdfs:label", text(claim.called or self._label(claim))),
            ("nlc:paraphrase", text(claim.words, "en")),
            ("nlc:about", out.names(claim.units)),
            ("nlc:outcome", out.name(claim.outcome)),
            ("nlc:throughOutcome", out.names(claim.through)),
            ("nlc:direction", out.name(claim.direction)),
            ("nlc:reportedUnder", out.name(claim.feature) if claim.feature else ""),
            ("nlc:strategy", out.names(claim.strategies)),
            ("nlc:linkType", out.name(claim.link)),
            ("nlc:assertedBy", out.names(claim.asserted_by)),
            ("nlc:affects", out.names(claim.affects)),
            *((f"nlc:{name}", out.names(claim.evidence.get(name, []))) for name in dict.fromkeys(BEARINGS.values())),
            ("nlc:curatorNote", text(row["note"], "en")),
            ("nlc:statedIn", out.names(claim.passages)),
        ])  # fmt: skip

    def _label(self, claim: Claim) -> str:
        labels = self._names.labels
        cells = [claim.row["practice"], *claim.row.values_of("jointly")] if claim.row["practice"] else []
        names = [name for cell in cells for name in split(cell, TOGETHER)]
        practices = [labels[self._terms.find(claim.row, "practice", "practice", name)] for name in names]
        units = [labels[unit] for unit in claim.units]
        return of_claim(practices, labels[claim.outcome], labels[claim.direction], units)


_REMEDIES = {
    "words": "say it in your own words",
    "opens": "give the first three to seven words of the passage, as printed: nothing stands without a passage",
    "closes": "give the last three to seven words of the passage, as printed: nothing stands without a passage",
    "section": "give the heading under which the passage stands",
    "source": "name the document",
}
