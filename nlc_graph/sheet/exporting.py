"""From a graph to a sheet: a row for each claim and piece of evidence, then figures and practices without a claim."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..evidence.claims import PREFIX
from ..graph.graph import Graph
from ..table import Ref, Value, as_count, as_number
from ..vocabulary import DERIVED, NLC, PREFIXES, RDF_TYPE, SKOS, from_curie, is_iri, local_name, to_curie
from .columns import COLUMNS, SEVERAL, TOGETHER
from .labels import of_claim, of_strategy
from .places import first_words
from .values import ValueMistakeError, read_period

#: Everything said of the things that rows are made of, without what rules derive.
SAID = (
    PREFIX
    + """
SELECT DISTINCT ?thing ?property ?value WHERE {
  VALUES ?kind { nlc:Claim nlc:EvidenceItem nlc:Testimony nlc:Level nlc:Change nlc:Figure nlc:Strategy nlc:Network
    nlc:School nlc:Group nlc:Speaker nlc:Passage nlc:Section nlc:Source }
  ?thing a ?kind ; ?property ?value .
} ORDER BY ?thing ?property ?value
"""
)
BEARINGS = {"supportedBy": "supports", "qualifiedBy": "qualifies", "challengedBy": "challenges"}
_POSITIONS = {"aboveComparator": "above", "belowComparator": "below", "comparedWith": ""}
_FIGURES = ("Level", "Change")
_MEMBER = ("http://www.w3.org/ns/org#memberOf", f"{NLC}within")

#: Properties that the columns of a sheet give back.
CARRIED = frozenset(
    [RDF_TYPE, "http://www.w3.org/2000/01/rdf-schema#label", "http://purl.org/dc/terms/title", *_MEMBER]
    + ["http://www.w3.org/ns/prov#wasGeneratedBy"]
    + [
        NLC + name
        for name in (
            "about outcome throughOutcome direction reportedUnder strategy linkType assertedBy affects supportedBy"
            " qualifiedBy challengedBy evidenceKind spokenBy providedBy relayedBy drawnFrom printedAs measures"
            " measurementUnit atPeriod fromPeriod toPeriod startLevel endLevel value precision aboveComparator"
            " belowComparator comparedWith practice usedBy speakerRole speaksFrom identification quantifier memberKind"
            " memberCount paraphrase curatorNote statedIn opens closes section source heading position sectionFeature"
        ).split()
    ]
)

Said = Mapping[str, Sequence[Value]]


@dataclass(frozen=True)
class Exported:
    """A sheet.

    :param rows: cells in the order of :data:`.columns.COLUMNS`, without the heading
    :param left_out: what has no place in a sheet, in words, to how many
    """

    rows: list[list[str]]
    left_out: dict[str, int]


def to_rows(graph: Graph, claims: Sequence[str] | None = None) -> Exported:
    """Return a graph, or some of its claims with their evidence, as the rows of a sheet.

    :param claims: only these; without it figures and uses of practices that stand alone are there too
    """
    return _Exporter(graph).export(claims)


def heading() -> list[str]:
    """Return the first row of a sheet."""
    return [column.name for column in COLUMNS]


class _Exporter:
    def __init__(self, graph: Graph) -> None:
        self._graph, self._things = graph, graph.names
        self._said: dict[str, dict[str, list[Value]]] = {}
        for thing, property_, value in graph.select(SAID).rows:
            self._said.setdefault(str(thing), {}).setdefault(str(property_), []).append(value)
        self._about = {unit for claim in self._of("Claim") for unit in self._get(claim, "about")}
        self._mapped: dict[str, list[Value]] = {}
        self._labels: dict[tuple[str, str], int] = {}
        for known in graph.names.by_iri.values():
            place = (to_curie(known.iri).partition(":")[0], known.label)
            self._labels[place] = self._labels.get(place, 0) + 1

    def export(self, claims: Sequence[str] | None) -> Exported:
        wanted = list(claims) if claims is not None else self._of("Claim")
        rows: list[tuple[tuple[float, int, bool, str], dict[str, str]]] = []  # in the order of the source, claims first
        used: set[str] = set()
        strategies: dict[str, Sequence[Value]] = {}
        for claim in sorted(wanted, key=self._position):
            items = [(bearing, str(item)) for bearing in BEARINGS for item in self._get(claim, bearing)]
            for strategy in self._get(claim, "strategy") if items else ():
                strategies.setdefault(str(strategy), self._get(items[0][1], "statedIn"))
            elsewhere = any(set(self._get(item, "statedIn")) != set(self._get(claim, "statedIn")) for _, item in items)
            section, later, _ = self._position(claim)
            for bearing, item in items:
                used.add(item)
                rows.append(((section, 0, later, claim), self._claim(claim, bearing, item, elsewhere=elsewhere)))
        for strategy in self._of("Strategy") if claims is None else sorted(strategies):
            if strategy not in strategies or self._says_more(strategy, strategies[strategy]):
                rows.append(((self._position(strategy)[0], 1, False, strategy), self._use(strategy)))
        left = {}
        if claims is None:
            for item in self._alone(used):
                row = self._row({**self._units(self._get(item, "about")), **self._item(item, alone=True)})
                rows.append(((self._position(item)[0], 2, False, item), row))
            alone = [item for item in self._of("EvidenceItem", "Testimony", "Figure") if item not in used]
            left = {"pieces of evidence that no claim rests on": len(alone), **self._others(), **self._details()}
        rows.sort(key=lambda each: each[0])
        return Exported(
            [[row.get(column.key, "") for column in COLUMNS] for _, row in rows], {k: n for k, n in left.items() if n}
        )

    def _alone(self, used: set[str]) -> list[str]:
        """Return the figures that no claim rests on and that are no part of another."""
        names = ("startLevel", "endLevel", *_POSITIONS)
        parts = {str(each) for item in self._said for name in names for each in self._get(item, name)}
        return [item for item in self._of(*_FIGURES) if item not in used and item not in parts]

    def _details(self) -> dict[str, int]:
        """Return what is said of things that have their place in a sheet, and has no column itself, to how often."""
        found: dict[str, int] = {}
        for said in self._said.values():
            for property_, values in said.items():
                if property_ not in CARRIED and property_ not in DERIVED:
                    name = f"{self._things.label(property_)!r}"
                    found[name] = found.get(name, 0) + len(values)
        return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))

    def _others(self) -> dict[str, int]:
        count = PREFIX + "SELECT (COUNT(?thing) AS ?n) { ?thing a ?_kind_iri }"
        words = {"ContextFact": "context facts", "NotReported": "records of what is not reported"}
        return {
            word: as_count(self._graph.select(count, kind=Ref(NLC + kind)).rows[0][0]) for kind, word in words.items()
        }

    def _claim(self, claim: str, bearing: str, item: str, *, elsewhere: bool) -> dict[str, str]:
        get = self._get
        strategies = [str(strategy) for strategy in get(claim, "strategy")]
        practices = [TOGETHER.join(self._cells(get(each, "practice"))) for each in strategies]
        users = [TOGETHER.join(self._cells(get(each, "usedBy"))) for each in strategies]
        words = self._text(claim, "paraphrase")
        row = {
            **self._units(get(claim, "about")),
            "practice": practices[0] if practices else "",
            "jointly": _join(practices[1:]),
            "strategy": _join([self._named(each, self._made_of_strategy(each)) for each in strategies]),
            "used_by": _join(users),
            "outcome": _join(self._cells(get(claim, "outcome"))),
            "feature": _join(self._cells(get(claim, "reportedUnder"))),
            "nearest": _join(self._cells(self._nearest(get(claim, "reportedUnder")))),
            "link": _join(self._cells(get(claim, "linkType"))),
            "direction": _join(self._cells(get(claim, "direction"))),
            "bearing": BEARINGS[bearing],
            "through": _join(self._cells(get(claim, "throughOutcome"))),
            "affects": _join(self._cells(get(claim, "affects"))),
            "claimed_by": _join(self._cells(get(claim, "assertedBy"))),
            "note": self._text(claim, "curatorNote"),
            "claim": self._named(claim, self._made_of_claim(claim)),
            **self._item(item, about=get(claim, "about")),
        }
        row["evidence_words"] = "" if row["words"] == words and not row.get("measure") else row["words"]
        row["words"] = words
        if row.get("figure_for"):
            row["unit_kind"] = _join([row.get("unit_kind", ""), *map(self._what, map(str, self._get(item, "about")))])
        if elsewhere:
            place = self._place(claim)
            row |= {f"claim_{key}": place[key] for key in ("opens", "closes", "section")}
        return self._row(row)

    def _nearest(self, features: Sequence[Value]) -> list[Value]:
        """Return which of the seven come nearest to key features of an enquiry's own."""
        own = [name for name in map(str, features) if is_iri(name) and not name.startswith(PREFIXES["feature"])]
        mapped = "SELECT ?near { ?_feature_iri skos:closeMatch ?near . ?near a nlc:KeyFeature } ORDER BY ?near"
        for feature in own:
            if feature not in self._mapped:
                self._mapped[feature] = self._graph.select(mapped, feature=Ref(feature)).column("near")[:1]
        return [near for feature in own for near in self._mapped[feature]]

    def _item(self, item: str, *, about: Sequence[Value] = (), alone: bool = False) -> dict[str, str]:
        get = self._get
        kind = self._kind(item)
        voices = get(item, "spokenBy") or get(item, "providedBy")
        roles = [role for voice in voices for role in get(str(voice), "speakerRole")]
        own = get(item, "about")
        statistic = kind == "EvidenceItem" and local_name(str((get(item, "evidenceKind") or [""])[0])) == "statistic"
        row = {
            "kind": _join(self._cells(get(item, "evidenceKind"))),
            "voice": _join(self._cells(voices)),
            "relayed_by": _join(self._cells(get(item, "relayedBy"))),
            "role": _join(self._cells(roles)),
            "drawn_from": _join(self._cells(get(item, "drawnFrom"))),
            "chart": self._text(item, "printedAs") if kind == "Figure" else "",
            "words": self._text(item, "paraphrase"),
            "note" if alone else "evidence_note": self._text(item, "curatorNote"),
            "evidence": f"[{self._name(item)}]",
            "precision": self._cell(f"{PREFIXES['precision']}in-words") if statistic else "",
            **self._place(item),
        }
        if kind in _FIGURES:
            row |= self._figure(item)
            row["figure_for"] = "" if list(own) == list(about) or alone else _join(self._cells(own))
        return row

    def _figure(self, item: str) -> dict[str, str]:
        get = self._get
        others = [(name, str(other)) for name in _POSITIONS for other in get(item, name)]
        compared = [self._numbers(other) for _, other in others]
        units = [unit for _, other in others for unit in get(other, "about")]
        row = {
            "measure": _join(self._cells(get(item, "measures"))),
            "measured_in": _join(self._cells(get(item, "measurementUnit"))),
            "from_period": _join([self._period(str(each)) for each in get(item, "fromPeriod")]),
            "to_period": _join([self._period(str(each)) for each in (*get(item, "toPeriod"), *get(item, "atPeriod"))]),
            "precision": _join(self._cells(get(item, "precision"))),
            "comparator": _join(self._cells(units)),
            "other_kind": _join([self._what(str(unit)) for unit in units]),
            "other_from": _join([numbers[0] for numbers in compared], keep=True),
            "other_to": _join([numbers[1] for numbers in compared], keep=True),
            "other_change": _join([numbers[2] for numbers in compared], keep=True),
            "other_precision": _join([_join(self._cells(get(other, "precision"))) for _, other in others], keep=True),
            "position": _join([_POSITIONS[name] for name, _ in others], keep=True),
        }
        row["from_value"], row["to_value"], row["change"] = self._numbers(item)
        return row

    def _period(self, iri: str) -> str:
        label = self._things.label(iri)
        try:
            known = read_period(label)
        except ValueMistakeError:
            known = None
        plain = (known is not None and known.iri == iri) or iri == f"{PREFIXES['period']}{label}"
        return label if plain else f"{label} [{self._name(iri)}]"

    def _numbers(self, item: str) -> tuple[str, str, str]:
        value = _join([str(each) for each in self._get(item, "value")])
        if self._kind(item) == "Level":
            return "", value, ""
        levels = [str(level[0]) if (level := self._get(item, name)) else "" for name in ("startLevel", "endLevel")]
        first, last = (_join([str(each) for each in self._get(level, "value")]) if level else "" for level in levels)
        return first, last, value

    def _says_more(self, strategy: str, places: Sequence[Value]) -> bool:
        """Tell whether a strategy has more than rows of claims say: words, places, or users told of nowhere else."""
        told = self._get(strategy, "paraphrase") or self._get(strategy, "curatorNote")
        users = {user for user in self._get(strategy, "usedBy") if self._kind(str(user)) != "Network"}
        return bool(told) or set(places) != set(self._get(strategy, "statedIn")) or not users <= self._about

    def _use(self, strategy: str) -> dict[str, str]:
        users = self._get(strategy, "usedBy")
        return self._row(
            {
                **self._units(users),
                "practice": TOGETHER.join(self._cells(self._get(strategy, "practice"))),
                "strategy": self._named(strategy, self._made_of_strategy(strategy)),
                "used_by": TOGETHER.join(self._cells(users)),
                "words": self._text(strategy, "paraphrase"),
                "note": self._text(strategy, "curatorNote"),
                **self._place(strategy),
            }
        )

    def _units(self, units: Sequence[Value]) -> dict[str, str]:
        names = [str(unit) for unit in units]
        if all(self._kind(name) == "Network" for name in names):
            return {"network": _join(self._cells(names))}
        networks = list(dict.fromkeys(network for name in names for network in self._networks(name)))
        what = _join([self._what(name) for name in names])
        return {"network": _join(self._cells(networks)), "unit": _join(self._cells(names)), "unit_kind": what}

    def _networks(self, unit: str) -> list[str]:
        todo, seen = [unit], [unit]
        while todo:
            narrow = self._said.get(todo.pop(), {})
            wider = [str(each) for name in _MEMBER for each in narrow.get(name, [])]
            todo += [each for each in wider if each not in seen]
            seen += [each for each in wider if each not in seen]
        return [each for each in seen if self._kind(each) == "Network" and each != unit]

    def _what(self, unit: str) -> str:
        kind = self._kind(unit)
        if kind != "Group":
            how = _join([local_name(str(each)) for each in self._get(unit, "identification")])
            return f"school: {how}" if kind == "School" and how else kind.lower()
        parts = [*self._get(unit, "quantifier"), *self._get(unit, "memberKind")]
        words = [self._things.label(str(part)) for part in parts] + [
            str(each) for each in self._get(unit, "memberCount")
        ]
        return f"group: {', '.join(words)}"

    def _place(self, thing: str) -> dict[str, str]:
        passages = [str(each) for each in self._get(thing, "statedIn")]
        passages.sort(key=lambda each: (self._text(each, "opens"), self._text(each, "closes")))
        columns = {"opens": "opens", "closes": "closes", "section": "section", "source": "source"}
        cells = {
            key: [_join(self._cells(self._get(passage, name))) for passage in passages] for key, name in columns.items()
        }
        cells["heading"] = [
            _join([self._heading(str(each)) for each in self._get(passage, "section")]) for passage in passages
        ]
        return {
            key: _join(found[:1] if len(set(found)) == 1 and key not in ("opens", "closes") else found, keep=True)
            for key, found in cells.items()
        }

    def _heading(self, section: str) -> str:
        heading = self._text(section, "heading")
        return "" if heading == first_words(self._things.label(section)) else heading

    def _row(self, row: dict[str, str]) -> dict[str, str]:
        return {key: " ".join(cell.split()) for key, cell in row.items()}

    def _section(self, passage: str) -> float:
        sections = self._get(passage, "section")
        positions = self._get(str(sections[0]), "position") if sections else []
        return (as_number(positions[0]) or 0) if positions else 0

    def _position(self, claim: str) -> tuple[float, bool, str]:
        """Return the section, and whether others of it go before: those that stand where a strategy does that they tie.

        A strategy is taken to stand where the first row does that names it; otherwise it needs a row of its own.
        """
        item = next((str(item) for bearing in BEARINGS for item in self._get(claim, bearing)), claim)
        places, strategies = set(self._get(item, "statedIn")), self._get(claim, "strategy")
        later = not any(places == set(self._get(str(each), "statedIn")) for each in strategies)
        return min((self._section(str(passage)) for passage in self._get(claim, "statedIn")), default=0), later, claim

    def _of(self, *kinds: str) -> list[str]:
        return [thing for thing in self._said if self._kind(thing) in kinds]

    def _kind(self, thing: str) -> str:
        types = [str(each) for each in self._said.get(thing, {}).get(RDF_TYPE, [])]
        return next((local_name(each) for each in types if each.startswith(NLC)), "")

    def _get(self, thing: str, name: str) -> list[Value]:
        return self._said.get(thing, {}).get(NLC + name, [])

    def _text(self, thing: str, name: str) -> str:
        return " / ".join(str(value) for value in self._get(thing, name))

    def _cells(self, values: Iterable[Value | str]) -> list[str]:
        return [self._cell(str(value)) if _is_name(value) else str(value) for value in values]

    def _cell(self, iri: str) -> str:
        """Return a term of a vocabulary by its label, and anything else by label and identifier."""
        titles = self._said.get(iri, {}).get("http://purl.org/dc/terms/title", [])
        label = self._things.label(iri)
        label = _fit(str(titles[0]) if titles and label == self._things.curie(iri) else label)
        prefix = to_curie(iri).partition(":")[0]
        term = self._graph.names.by_iri.get(iri)
        shared = term is not None and term.kind in (
            "Concept",
            "Practice",
            "OutcomeType",
            "KeyFeature",
            "Indicator",
            "Period",
        )
        if shared and prefix in PREFIXES and self._labels.get((prefix, label)) == 1 and prefix != SKOS and label != iri:
            return label
        return f"{'' if label == self._things.curie(iri) else label} [{self._name(iri)}]".strip()

    def _named(self, iri: str, made: str) -> str:
        """Return a claim or strategy by label and identifier, without a label that the import would make.

        Kept, that would say what the claim no longer does once a cell of the sheet is changed.
        """
        return f"[{self._name(iri)}]" if self._things.label(iri) == made else self._cell(iri)

    def _made_of_claim(self, claim: str) -> str:
        practices = [each for strategy in self._get(claim, "strategy") for each in self._get(str(strategy), "practice")]
        outcome, direction = ("".join(self._labels_of(self._get(claim, name)[:1])) for name in ("outcome", "direction"))
        units = self._labels_of(self._get(claim, "about"))
        return of_claim(self._labels_of(practices), outcome, direction, units)

    def _made_of_strategy(self, strategy: str) -> str:
        return of_strategy(*(self._labels_of(self._get(strategy, name)) for name in ("practice", "usedBy")))

    def _labels_of(self, things: Iterable[Value]) -> list[str]:
        return [_fit(self._things.label(str(thing))) for thing in things]

    def _name(self, iri: str) -> str:
        short = to_curie(
            iri
        )  # by the project's prefixes only: those of other files are not known where a sheet is read
        return short if from_curie(short) == iri else iri


def _fit(label: str) -> str:
    return label.replace(SEVERAL, "/").replace("[", "(").replace("]", ")")


def _is_name(value: object) -> bool:
    return isinstance(value, Ref) or (isinstance(value, str) and value.startswith(("http://", "https://")))


def _join(cells: Sequence[str], *, keep: bool = False) -> str:
    """Return several values as one cell; with ``keep`` empty ones keep their place."""
    if not any(cells):
        return ""
    return f" {SEVERAL} ".join(cell for cell in cells if cell or keep).strip() if len(cells) > 1 else cells[0]
