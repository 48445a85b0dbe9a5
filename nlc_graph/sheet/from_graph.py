"""Turn a graph into the rows of a sheet: claims with their evidence, then uses of practices, then other figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..graph.graph import Graph
from ..table import Ref, Value, as_count, as_number
from ..vocabulary import DERIVED, NLC, PREFIXES, RDF_TYPE, RDFS, from_curie, local_name, to_curie
from .claim_rows import claim_label
from .columns import COLUMNS, SEVERAL, TOGETHER
from .strategies import strategy_label
from .values import BadValueError, first_words, read_period

#: All statements about the entities that rows are made of.
STATEMENTS = """
SELECT DISTINCT ?entity ?property ?value WHERE {
  VALUES ?kind { nlc:Claim nlc:EvidenceItem nlc:Testimony nlc:Level nlc:Change nlc:Figure nlc:Strategy nlc:Network
    nlc:School nlc:Group nlc:Speaker nlc:Passage nlc:Section nlc:Source }
  ?entity a ?kind ; ?property ?value .
} ORDER BY ?entity ?property ?value
"""
_NEAREST = "SELECT ?own ?near { ?own skos:closeMatch ?near . ?near a nlc:KeyFeature } ORDER BY ?own ?near"
_COUNT = "SELECT (COUNT(?entity) AS ?n) { ?entity a ?_kind_iri }"
BEARINGS = {"supportedBy": "supports", "qualifiedBy": "qualifies", "challengedBy": "challenges"}
_POSITIONS = {"aboveComparator": "above", "belowComparator": "below", "comparedWith": ""}
_FIGURES = ("Level", "Change")
_MEMBER = ("http://www.w3.org/ns/org#memberOf", f"{NLC}within")
_TITLE = "http://purl.org/dc/terms/title"
#: Kinds of entity that all enquiries share, written by their label alone.
_SHARED_KINDS = ("Concept", "Practice", "OutcomeType", "KeyFeature", "Indicator", "Period")
#: Columns that hold the values of one property of a claim, and of an item of evidence.
_OF_CLAIM = {
    "outcome": "outcome", "feature": "reportedUnder", "link": "linkType", "direction": "direction",
    "through": "throughOutcome", "affects": "affects", "claimed_by": "assertedBy",
}  # fmt: skip
_OF_ITEM = {
    "kind": "evidenceKind", "relayed_by": "relayedBy", "drawn_from": "drawnFrom", "measure": "measures",
    "measured_in": "measurementUnit", "precision": "precision", "chart": "printedAs",
}  # fmt: skip
#: Properties that a sheet holds: those of its columns, and what follows from several cells.
_CARRIED = frozenset(NLC + name for column in COLUMNS for name in column.properties) | {
    RDF_TYPE, f"{RDFS}label", _TITLE, *_MEMBER, "http://www.w3.org/ns/prov#wasGeneratedBy",
    f"{NLC}statedIn", f"{NLC}position", f"{NLC}sectionFeature",
}  # fmt: skip

Cells = dict[str, str]


@dataclass(frozen=True)
class Exported:
    """A sheet.

    :param rows: cells in the order of :data:`.columns.COLUMNS`, without the heading
    :param left_out: what a sheet does not carry, to how many
    """

    rows: list[list[str]]
    left_out: dict[str, int]


def to_rows(graph: Graph, claims: Sequence[str] | None = None) -> Exported:
    """Return a graph, or some of its claims, as the rows of a sheet.

    :param claims: IRIs; without them, figures and uses of practices without a claim are included
    """
    exporter = _Exporter(graph)
    rows = exporter.rows(claims)
    return Exported(rows, exporter.left_out() if claims is None else {})


class _Statements:
    """The statements about the entities that rows are made of."""

    def __init__(self, graph: Graph) -> None:
        self._values: dict[str, dict[str, list[Value]]] = {}
        self.counts: Counter[str] = Counter()
        for entity, property_, value in graph.select(STATEMENTS).rows:
            self._values.setdefault(str(entity), {}).setdefault(str(property_), []).append(value)
            self.counts[str(property_)] += 1

    def values(self, entity: str, name: str) -> list[Value]:
        """Return the values of a property of the ontology, or of one given as IRI."""
        return self._values.get(entity, {}).get(name if ":" in name else NLC + name, [])

    def texts(self, entity: str, name: str) -> list[str]:
        """Return the values of a property as texts or IRIs."""
        return list(map(str, self.values(entity, name)))

    def kind(self, entity: str) -> str:
        """Return the local name of the class of an entity."""
        types = self.texts(entity, RDF_TYPE)
        return next((local_name(type_) for type_ in types if type_.startswith(NLC)), "")

    def all_of(self, *kinds: str) -> list[str]:
        """Return the entities of some kinds."""
        return [entity for entity in self._values if self.kind(entity) in kinds]

    def networks_of(self, unit: str) -> list[str]:
        """Return the networks to which a school or group belongs, directly or through others."""
        found = [unit]
        for entity in found:
            wider = [each for name in _MEMBER for each in self.texts(entity, name)]
            found += [each for each in wider if each not in found]
        return [each for each in found[1:] if self.kind(each) == "Network"]


class _Exporter:
    def __init__(self, graph: Graph) -> None:
        self._graph, self._names, self._facts = graph, graph.names, _Statements(graph)
        self._nearest = {str(own): str(near) for own, near in graph.select(_NEAREST).rows}
        entities = graph.names.by_iri.values()
        self._shared = {str(entity.iri) for entity in entities if entity.kind in _SHARED_KINDS}
        self._uses_of_label = Counter(map(self._label_key, self._shared))
        self._used: set[str] = set()

    def rows(self, claims: Sequence[str] | None) -> list[list[str]]:
        """Return the rows of claims, or of everything, in the order of the source."""
        facts = self._facts
        found: list[tuple[tuple[float, int, str], Cells]] = []
        passages: dict[str, set[str]] = {}
        for claim in sorted(facts.all_of("Claim") if claims is None else claims, key=self._position):
            for bearing in BEARINGS:
                for item in facts.texts(claim, bearing):
                    self._used.add(item)
                    found.append(((self._section(claim), 0, claim), self._claim_row(claim, bearing, item)))
                    for strategy in facts.texts(claim, "strategy"):
                        passages.setdefault(strategy, set(facts.texts(item, "statedIn")))
        for strategy in facts.all_of("Strategy") if claims is None else sorted(passages):
            if self._says_more(strategy, passages.get(strategy, set())):
                found.append(((self._section(strategy), 1, strategy), self._use_row(strategy)))
        for item in self._figures_without_claim() if claims is None else ():
            found.append(((self._section(item), 2, item), self._figure_row(item)))
        found.sort(key=lambda each: each[0])
        return [[" ".join(row.get(column.key, "").split()) for column in COLUMNS] for _, row in found]

    def left_out(self) -> dict[str, int]:
        """Return what a sheet does not carry, to how many; after :meth:`rows`."""
        items = set(self._facts.all_of("EvidenceItem", "Testimony", "Figure")) - self._used
        counts = {"items of evidence without a claim": len(items)}
        for kind, words in (("ContextFact", "context facts"), ("NotReported", "records of what is not reported")):
            counts[words] = as_count(self._graph.select(_COUNT, kind=Ref(NLC + kind)).rows[0][0])
        for property_, number in self._facts.counts.most_common():
            if property_ not in _CARRIED and property_ not in DERIVED:
                counts[repr(self._names.label(property_))] = number
        return {what: number for what, number in counts.items() if number}

    def _figures_without_claim(self) -> list[str]:
        """Return the figures that are neither evidence of a claim nor part of another figure."""
        figures, names = self._facts.all_of(*_FIGURES), ("startLevel", "endLevel", *_POSITIONS)
        parts = {part for item in figures for name in names for part in self._facts.texts(item, name)}
        return [item for item in figures if item not in self._used and item not in parts]

    def _says_more(self, strategy: str, passages: set[str]) -> bool:
        """Return whether a strategy has words or passages that the rows of its claims do not hold."""
        texts = self._facts.values(strategy, "paraphrase") + self._facts.values(strategy, "curatorNote")
        return bool(texts) or passages != set(self._facts.texts(strategy, "statedIn"))

    def _section(self, entity: str) -> float:
        """Return the position of the first section in which an entity is stated."""
        passages = self._facts.texts(entity, "statedIn")
        sections = [section for passage in passages for section in self._facts.texts(passage, "section")]
        positions = [value for section in sections for value in self._facts.values(section, "position")]
        return min((as_number(position) or 0 for position in positions), default=0)

    def _position(self, entity: str) -> tuple[float, str]:
        return self._section(entity), entity

    # --- rows ---

    def _claim_row(self, claim: str, bearing: str, item: str) -> Cells:
        facts = self._facts
        strategies, features = facts.texts(claim, "strategy"), facts.texts(claim, "reportedUnder")
        practices = [TOGETHER.join(self._cells(each, "practice")) for each in strategies]
        row = {
            **self._unit_cells(facts.texts(claim, "about")),
            **{column: self._joined(claim, name) for column, name in _OF_CLAIM.items()},
            "practice": "".join(practices[:1]),
            "jointly": _join(practices[1:]),
            "strategy": _join(map(self._strategy_name, strategies)),
            "used_by": _join(TOGETHER.join(self._cells(each, "usedBy")) for each in strategies),
            "nearest": _join(self._cell(self._nearest[own]) for own in features if own in self._nearest),
            "bearing": BEARINGS[bearing],
            "words": self._text(claim, "paraphrase"),
            "note": self._text(claim, "curatorNote"),
            "claim": self._claim_name(claim),
            "evidence_note": self._text(item, "curatorNote"),
            **self._item_cells(item),
        }
        words = self._text(item, "paraphrase")
        row["evidence_words"] = "" if words == row["words"] and not row["measure"] else words
        subject = facts.texts(item, "about")
        if row["measure"] and subject != facts.texts(claim, "about"):
            row["figure_for"] = self._joined(item, "about")
            row["unit_kind"] = _join([row.get("unit_kind", ""), *map(self._describe_unit, subject)])
        if facts.texts(item, "statedIn") != facts.texts(claim, "statedIn"):
            cells = self._passage_cells(claim)
            row |= {f"claim_{key}": cells[key] for key in ("opens", "closes", "section")}
        return row

    def _use_row(self, strategy: str) -> Cells:
        return {
            **self._unit_cells(self._facts.texts(strategy, "usedBy")),
            **self._passage_cells(strategy),
            "practice": TOGETHER.join(self._cells(strategy, "practice")),
            "strategy": self._strategy_name(strategy),
            "used_by": TOGETHER.join(self._cells(strategy, "usedBy")),
            "words": self._text(strategy, "paraphrase"),
            "note": self._text(strategy, "curatorNote"),
        }

    def _figure_row(self, item: str) -> Cells:
        words, note = self._text(item, "paraphrase"), self._text(item, "curatorNote")
        units = self._unit_cells(self._facts.texts(item, "about"))
        return {**units, **self._item_cells(item), "words": words, "note": note}

    # --- groups of cells ---

    def _item_cells(self, item: str) -> Cells:
        facts, kind = self._facts, self._facts.kind(item)
        voices = facts.texts(item, "spokenBy") or facts.texts(item, "providedBy")
        row = {
            **{column: self._joined(item, name) for column, name in _OF_ITEM.items()},
            "voice": _join(map(self._cell, voices)),
            "role": _join(self._joined(voice, "speakerRole") for voice in voices),
            "evidence": f"[{_short(item)}]",
            **self._passage_cells(item),
        }
        is_statistic = any(local_name(each) == "statistic" for each in facts.texts(item, "evidenceKind"))
        if kind == "EvidenceItem" and is_statistic:
            row["precision"] = self._cell(f"{PREFIXES['precision']}in-words")
        return {**row, **self._figure_cells(item)} if kind in _FIGURES else row

    def _figure_cells(self, item: str) -> Cells:
        facts = self._facts
        others = [(position, other) for name, position in _POSITIONS.items() for other in facts.texts(item, name)]
        units = [unit for _, other in others for unit in facts.texts(other, "about")]
        row = {
            **dict(zip(("from_value", "to_value", "change"), self._numbers(item), strict=True)),
            "from_period": _join(map(self._period, facts.texts(item, "fromPeriod"))),
            "to_period": _join(map(self._period, facts.texts(item, "toPeriod") + facts.texts(item, "atPeriod"))),
            "comparator": _join(map(self._cell, units)),
            "other_kind": _join(map(self._describe_unit, units)),
            "other_precision": _align([self._joined(other, "precision") for _, other in others]),
            "position": _align([position for position, _ in others]),
        }
        numbers = [self._numbers(other) for _, other in others]
        for index, column in enumerate(("other_from", "other_to", "other_change")):
            row[column] = _align([each[index] for each in numbers])
        return row

    def _numbers(self, item: str) -> list[str]:
        """Return earlier level, later or only level, and change of a figure; empty if not given."""
        facts, value = self._facts, self._text(item, "value")
        if facts.kind(item) == "Level":
            return ["", value, ""]
        levels = [facts.texts(item, name) for name in ("startLevel", "endLevel")]
        return [*(_join(self._text(level, "value") for level in each) for each in levels), value]

    def _period(self, iri: str) -> str:
        label = self._names.label(iri)
        try:
            period = read_period(label)
        except BadValueError:
            period = None
        is_plain = iri == (period.iri if period else f"{PREFIXES['period']}{label}")
        return label if is_plain else f"{label} [{_short(iri)}]"

    def _unit_cells(self, units: Sequence[str]) -> Cells:
        facts = self._facts
        if all(facts.kind(unit) == "Network" for unit in units):
            return {"network": _join(map(self._cell, units))}
        networks = dict.fromkeys(network for unit in units for network in facts.networks_of(unit))
        cells = {"network": networks, "unit": units}
        kinds = _join(map(self._describe_unit, units))
        return {**{key: _join(map(self._cell, iris)) for key, iris in cells.items()}, "unit_kind": kinds}

    def _describe_unit(self, unit: str) -> str:
        """Return what a unit is, such as "school: named" or "group: some, pupil"."""
        facts, kind = self._facts, self._facts.kind(unit)
        if kind != "Group":
            how = _join(map(local_name, facts.texts(unit, "identification")))
            return f"school: {how}" if kind == "School" and how else kind.lower()
        parts = facts.texts(unit, "quantifier") + facts.texts(unit, "memberKind")
        return f"group: {', '.join([*map(self._names.label, parts), *facts.texts(unit, 'memberCount')])}"

    def _passage_cells(self, entity: str) -> Cells:
        passages = self._facts.texts(entity, "statedIn")
        passages.sort(key=lambda each: (self._text(each, "opens"), self._text(each, "closes")))
        return {
            "opens": _join(self._text(passage, "opens") for passage in passages),
            "closes": _join(self._text(passage, "closes") for passage in passages),
            "section": _once([self._joined(passage, "section") for passage in passages]),
            "source": _once([self._joined(passage, "source") for passage in passages]),
            "heading": _once([self._heading(passage) for passage in passages]),
        }

    def _heading(self, passage: str) -> str:
        """Return the heading of a section as printed, if it does not begin like the label."""
        section = "".join(self._facts.texts(passage, "section")[:1])
        heading = self._text(section, "heading")
        return "" if heading == first_words(self._names.label(section)) else heading

    # --- single cells ---

    def _text(self, entity: str, name: str) -> str:
        return " / ".join(self._facts.texts(entity, name))

    def _joined(self, entity: str, name: str) -> str:
        return _join(self._cells(entity, name))

    def _cells(self, entity: str, name: str) -> list[str]:
        values = self._facts.values(entity, name)
        return [self._cell(value) if isinstance(value, Ref) else str(value) for value in values]

    def _cell(self, iri: str) -> str:
        """Return a term of a vocabulary by its label, and anything else by label and identifier."""
        label = self._names.label(iri)
        if label == self._names.curie(iri):
            label = "".join(self._facts.texts(iri, _TITLE)[:1])
        key = self._label_key(iri)
        is_unique = iri in self._shared and key[0] in PREFIXES and self._uses_of_label[key] == 1
        return _fit(label) if is_unique else f"{_fit(label)} [{_short(iri)}]".strip()

    def _label_key(self, iri: str) -> tuple[str, str]:
        return to_curie(iri).partition(":")[0], self._names.label(iri)

    def _claim_name(self, claim: str) -> str:
        facts = self._facts
        strategies = facts.texts(claim, "strategy")
        practices = self._labels(each for strategy in strategies for each in facts.texts(strategy, "practice"))
        outcome, direction = ("".join(self._labels(facts.texts(claim, name)[:1])) for name in ("outcome", "direction"))
        made = claim_label(practices, outcome, direction, self._labels(facts.texts(claim, "about")))
        return self._name_unless(claim, made)

    def _strategy_name(self, strategy: str) -> str:
        practices, users = (self._labels(self._facts.texts(strategy, name)) for name in ("practice", "usedBy"))
        return self._name_unless(strategy, strategy_label(practices, users))

    def _name_unless(self, iri: str, made: str) -> str:
        """Return label and identifier, without a label that the import made: an edited cell would make it wrong."""
        return f"[{_short(iri)}]" if _fit(self._names.label(iri)) == made else self._cell(iri)

    def _labels(self, iris: Iterable[str]) -> list[str]:
        return [_fit(self._names.label(iri)) for iri in iris]


def _short(iri: str) -> str:
    """Return a CURIE with a prefix of the project, or the IRI: a sheet is read without the prefixes of other files."""
    curie = to_curie(iri)
    return curie if from_curie(curie) == iri else iri


def _fit(label: str) -> str:
    """Return a label without the characters that separate values and identifiers."""
    return label.replace(SEVERAL, "/").replace("[", "(").replace("]", ")")


def _join(cells: Iterable[str]) -> str:
    return f" {SEVERAL} ".join(filter(None, cells))


def _align(cells: Sequence[str]) -> str:
    """Return several values as one cell in which empty ones keep their position."""
    return f" {SEVERAL} ".join(cells).strip() if any(cells) else ""


def _once(cells: Sequence[str]) -> str:
    """Return several values as one cell; one value if all are the same."""
    return cells[0] if len(set(cells)) == 1 else _align(cells)
