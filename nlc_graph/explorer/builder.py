"""Read the model of a page from a graph by SELECT queries.

Entities are numbered and referred to by number, so that the page of a large graph stays small.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..evidence.claims import Claim, Evidence, Passage, read_claims, read_passages
from ..evidence.impacts import LINK_TYPES, find_claims
from ..evidence.statistics import Comparator, Figures
from ..graph.graph import Graph
from ..passages.locate import Copy
from ..table import Value
from ..vocabulary import local_name
from .model import MARKS, Model, shortened, showable

#: Longest title, in characters; more would push the evidence off the screen.
LONGEST_TITLE = 200
_MARKS = {"statistic": 0, "testimony": 1, "quoted-testimony": 1, "summarised-testimony": 1, "author-statement": 2}
_RANKS = {name: rank for rank, name in enumerate(LINK_TYPES)}
_BEARINGS = ("supportedBy", "qualifiedBy", "challengedBy")
#: Class of a concept to its sort, in the order in which concepts are listed.
CONCEPT_SORTS = {"KeyFeature": "feature", "OutcomeType": "outcome", "Practice": "practice"}

Row = Mapping[str, Value]

#: One row a concept that can be a row, a column or a filter of the map.
CONCEPTS = """
SELECT ?concept ?class ?definition ?number ?broader ?feature WHERE {
  VALUES ?class { nlc:Practice nlc:OutcomeType nlc:KeyFeature }
  ?concept a ?class .
  OPTIONAL { ?concept skos:definition ?definition }
  OPTIONAL { ?concept skos:notation ?number }
  OPTIONAL { ?concept skos:broader ?broader }
  OPTIONAL { ?concept skos:broader*/nlc:underFeature ?feature }
} ORDER BY ?concept ?broader ?feature
"""
#: One row a strategy, practice, user and network of the user.
STRATEGIES = """
SELECT ?strategy ?practice ?text ?user ?network WHERE {
  ?strategy nlc:practice ?practice .
  OPTIONAL { ?strategy nlc:paraphrase ?text }
  OPTIONAL {
    ?strategy nlc:usedBy ?user .
    OPTIONAL { ?user (org:memberOf|nlc:within)* ?network . ?network a nlc:Network }
  }
} ORDER BY ?strategy ?practice ?network ?user
"""
#: One row a network and fact about it, its schools or its groups.
NETWORK_FACTS = """
SELECT ?network ?text ?fact WHERE {
  ?network a nlc:Network .
  OPTIONAL { ?network nlc:paraphrase ?text }
  OPTIONAL {
    ?item a nlc:ContextFact ; nlc:about/(org:memberOf|nlc:within)* ?network ; nlc:paraphrase ?fact ; nlc:topic ?topic .
  }
} ORDER BY ?network ?topic ?fact
"""
#: One row a claim and network: the network itself, or that of the school or group which the claim is about.
CLAIM_NETWORKS = """
SELECT DISTINCT ?claim ?network WHERE {
  ?claim a nlc:Claim ; nlc:about ?unit .
  ?unit (org:memberOf|nlc:within)* ?network .
  ?network a nlc:Network
} ORDER BY ?claim ?network
"""
#: One row a source and enquiry.
SOURCES = """
SELECT DISTINCT ?source ?title ?enquiry WHERE {
  ?passage nlc:source ?source .
  OPTIONAL { ?source dcterms:title ?title }
  OPTIONAL { ?source prov:wasGeneratedBy ?enquiry . ?enquiry a nlc:Enquiry }
} ORDER BY ?source ?enquiry
"""
#: One row a recorded gap: the entity it concerns, what is not reported, and what is reported instead.
NOT_REPORTED = """
SELECT DISTINCT ?entity ?missing ?instead WHERE {
  ?gap a nlc:NotReported ; nlc:concerns ?entity ; nlc:paraphrase ?missing .
  OPTIONAL { ?gap nlc:saidInstead ?instead }
} ORDER BY ?entity ?missing ?instead
"""


def build_model(
    graph: Graph, claims: Sequence[str] | None = None, *, copy: Copy | None = None, title: str = ""
) -> Model:
    """Build the model of a page.

    :param claims: the claims to show, with only the practices, outcome types and networks they touch; IRIs that are no
        claims are ignored. None shows all claims, and the practices and outcome types without any
    :param copy: the reader's copy of a source, whose passages the page then holds; for the reader's own use
    :param title: what the page is narrowed to
    """
    everything = find_claims(graph)
    known = set(everything)
    shown = everything if claims is None else [claim for claim in dict.fromkeys(claims) if claim in known]
    builder = Builder(graph, copy, whole=claims is None)
    builder.model.title = shortened(title, LONGEST_TITLE)
    builder.model.left_out = len(everything) - len(shown)
    builder.add(*_read_claims(graph, shown))
    return builder.model


def _read_claims(graph: Graph, iris: Sequence[str]) -> tuple[list[Claim], Mapping[str, list[Value]]]:
    """Return claims in the given order, and the networks that each claim is about."""
    networks: dict[str, list[Value]] = defaultdict(list)
    for claim, network in graph.select(CLAIM_NETWORKS).rows:
        networks[str(claim)].append(network)
    return read_claims(graph, iris), networks


@dataclass
class Builder:
    """Collects the model of a page.

    :param whole: whether the page shows the whole graph, and so also practices and outcome types without claims
    """

    graph: Graph
    copy: Copy | None
    whole: bool
    model: Model = field(default_factory=Model)
    index: dict[str, int] = field(default_factory=dict)
    evidence_index: dict[str, int] = field(default_factory=dict)
    passage_index: dict[str, int] = field(default_factory=dict)
    enquiry_of: dict[str, str] = field(default_factory=dict)

    def add(self, claims: Sequence[Claim], networks: Mapping[str, list[Value]]) -> None:
        """Add claims, with the networks that each is about, and everything they touch."""
        linked = {iri for claim in claims for iri in claim.relations.get("strategy", ())}
        uses = [row for row in self.graph.select(STRATEGIES) if self.whole or row["strategy"] in linked]
        concepts = {row["practice"] for row in uses}
        users = {row["user"] for row in uses if row["user"] == row["network"]}
        for claim in claims:
            concepts.update(claim.relations.get("outcome", ()), claim.relations.get("reportedUnder", ()))
            users.update(networks.get(claim.iri, ()))
        self._add_sources()
        self._add_concepts(concepts)
        self._add_networks(users)
        self._add_strategies(uses)
        self.model.claims += [self.claim_record(claim, networks.get(claim.iri, [])) for claim in claims]
        self._add_not_reported()

    def entity(self, iri: Value, sort: str, **details: Any) -> int:
        """Return the index of an entity, adding it or details that it lacks."""
        name = str(iri)
        if name not in self.index:
            self.index[name] = len(self.model.entities)
            names = self.graph.names
            self.model.entities.append({"id": names.curie(name), "sort": sort, "label": showable(names.label(name))})
        entity = self.model.entities[self.index[name]]
        for key, value in _without_empty(details).items():
            entity.setdefault(key, value)
        return self.index[name]

    def _label(self, iri: Value) -> str:
        return showable(self.graph.names.label(str(iri)))

    def _add_sources(self) -> None:
        found: dict[str, dict[str, str]] = {}
        for row in self.graph.select(SOURCES):
            source = str(row["source"])
            label = self._label(source)
            found.setdefault(source, {"iri": source, "label": label, "title": showable(row["title"]) or label})
            if row["enquiry"]:
                self.enquiry_of.setdefault(source, str(row["enquiry"]))
        self.model.sources += found.values()

    def _add_concepts(self, used: set[Value]) -> None:
        rows = sorted(self.graph.select(CONCEPTS), key=_concept_order)
        parents = _parents(rows)
        shown = {concept for each in used for concept in _chain(parents, str(each))}
        shown |= {str(row["feature"]) for row in rows if str(row["concept"]) in shown}
        for row in rows:
            sort = CONCEPT_SORTS[local_name(str(row["class"]))]
            # Outcome types and key features without claims are gaps worth seeing; unused practices are not.
            if str(row["concept"]) in shown or (self.whole and sort != "practice"):
                text, number = showable(row["definition"]), showable(row["number"])
                entity = self.model.entities[self.entity(row["concept"], sort, text=text, number=number)]
                feature = self.index.get(str(row["feature"]))
                if feature is not None and self.model.entities[feature]["sort"] == "feature":
                    entity["feature"] = feature
        for narrow, broad in parents.items():
            if narrow in self.index and broad in self.index:
                self.model.entities[self.index[narrow]]["up"] = self.index[broad]

    def _add_networks(self, touched: set[Value]) -> None:
        for row in self.graph.select(NETWORK_FACTS):
            if self.whole or row["network"] in touched:
                index, fact = self.entity(row["network"], "network", text=showable(row["text"])), showable(row["fact"])
                facts = self.model.entities[index].setdefault("facts", [])
                if fact and fact not in facts:
                    facts.append(fact)

    def _add_strategies(self, uses: Iterable[Row]) -> None:
        strategies: dict[str, list[Row]] = defaultdict(list)
        for row in uses:
            strategies[str(row["strategy"])].append(row)
        stated = read_passages(self.graph, list(strategies))
        for iri, rows in strategies.items():
            self.entity(
                iri,
                "strategy",
                text=showable(rows[0]["text"]),
                practices=[self.entity(practice, "practice") for practice in _distinct(rows, "practice")],
                users=[self.entity(user, "unit") for user in _distinct(rows, "user")],
                networks=[self.index[each] for each in _distinct(rows, "network") if each in self.index],
                passages=[self._passage(passage) for passage in stated.get(iri, ())],
            )

    def _add_not_reported(self) -> None:
        texts: dict[str, int] = {}
        for row in self.graph.select(NOT_REPORTED):
            index = self.index.get(str(row["entity"]))
            if index is not None:
                instead = f" What it says: {row['instead']}" if row["instead"] else ""
                number = texts.setdefault(showable(f"{row['missing']}{instead}"), len(texts))
                self.model.entities[index].setdefault("not_reported", []).append(number)
        self.model.not_reported += texts

    def claim_record(self, claim: Claim, networks: Sequence[Value]) -> dict[str, Any]:
        """Return a claim as the page reads it.

        ``practices``, ``strategies``, ``outcome``, ``feature`` (under which it is reported), ``link``, ``direction``,
        ``networks``, ``about``, ``by``, ``affects``, ``through`` and ``enquiries`` are entities; ``evidence`` pairs a
        piece of evidence with its bearing: 0 supports, 1 qualifies, 2 challenges.
        """
        strategies = self._related(claim, "strategy", "strategy")
        practices = [p for strategy in strategies for p in self.model.entities[strategy].get("practices", ())]
        enquiries = sorted({self.enquiry_of.get(passage.source, "") for passage in claim.passages} - {""})
        evidence = [[self._evidence(item), _BEARINGS.index(local_name(item.bearing))] for item in claim.evidence]
        link = claim.one("linkType")
        return _without_empty(
            {
                "id": self.graph.names.curie(claim.iri),
                "text": showable(claim.one("paraphrase") or claim.one("label")),
                "practices": list(dict.fromkeys(practices)),
                "strategies": strategies,
                "outcome": self.entity(claim.one("outcome"), "outcome"),
                "feature": self._one(claim, "reportedUnder", "feature"),
                "link": self.entity(link, "link", rank=_RANKS.get(local_name(str(link)), len(_RANKS))),
                "direction": self._one(claim, "direction", "direction"),
                "networks": [self.entity(network, "network") for network in networks],
                "about": self._related(claim, "about", "unit"),
                "by": self._related(claim, "assertedBy", "voice"),
                "affects": self._related(claim, "affects", "role"),
                "through": self._related(claim, "throughOutcome", "outcome"),
                "enquiries": [self.entity(enquiry, "enquiry") for enquiry in enquiries],
                "note": showable(claim.one("curatorNote")),
                "evidence": sorted(evidence, key=lambda pair: pair[1]),
                "passages": [self._passage(passage) for passage in claim.passages],
            }
        )

    def _related(self, claim: Claim, name: str, sort: str) -> list[int]:
        return [self.entity(value, sort) for value in claim.relations.get(name, ())]

    def _one(self, claim: Claim, name: str, sort: str) -> int | None:
        return next(iter(self._related(claim, name, sort)), None)

    def _evidence(self, item: Evidence) -> int:
        if item.iri not in self.evidence_index:
            self.evidence_index[item.iri] = len(self.model.evidence)
            self.model.evidence.append(self.evidence_record(item))
        return self.evidence_index[item.iri]

    def evidence_record(self, item: Evidence) -> dict[str, Any]:
        """Return a piece of evidence; ``kind``, ``voice`` and ``relay`` are entities."""
        return _without_empty(
            {
                "kind": self.entity(item.kind, "kind", mark=_MARKS.get(local_name(item.kind), MARKS.index("outside"))),
                "text": showable(item.summary),
                "voice": self.entity(item.voice, "voice") if item.voice else None,
                "relay": self.entity(item.relayed_by, "voice") if item.relayed_by else None,
                "note": showable(item.note),
                "figures": self._figures(item.figures) if item.figures else None,
                "passages": [self._passage(passage) for passage in item.passages],
            }
        )

    def _figures(self, figures: Figures) -> dict[str, Any] | None:
        if figures.start is None and figures.value is None:
            return None
        others = [other for other in figures.comparators if other.value is not None or other.start is not None]
        return {
            "unit": self._label(figures.unit),
            "periods": [self._label(period) for period in figures.periods],
            **_numbers(figures),
            "others": [{"unit": self._label(other.unit), **_numbers(other)} for other in others],
        }

    def _passage(self, passage: Passage) -> int:
        if passage.iri not in self.passage_index:
            section, opens, closes = self._label(passage.section), showable(passage.opens), showable(passage.closes)
            record = {"section": section, "opens": opens, "closes": closes}
            if len(self.model.sources) > 1:
                record["source"] = self._label(passage.source)
            if self.copy and (span := self.copy.locate(passage).span):
                record["text"] = showable(self.copy.document.around(span, 0)[1])
            self.passage_index[passage.iri] = len(self.model.passages)
            self.model.passages.append(record)
        return self.passage_index[passage.iri]


def _distinct(rows: Iterable[Row], name: str) -> list[str]:
    return list(dict.fromkeys(str(row[name]) for row in rows if row[name]))


def _concept_order(row: Row) -> tuple[int, str, str]:
    sort = list(CONCEPT_SORTS).index(local_name(str(row["class"])))
    return sort, showable(row["number"]), str(row["concept"])


def _parents(rows: Sequence[Row]) -> dict[str, str]:
    """Return each concept's broader concept of its sort, leaving out what would close a circle."""
    classes = {str(row["concept"]): row["class"] for row in reversed(rows)}
    parents: dict[str, str] = {}
    for row in rows:
        narrow, broad = str(row["concept"]), str(row["broader"])
        if classes.get(broad) == classes[narrow] and narrow not in _chain(parents, broad):
            parents[narrow] = broad
    return parents


def _chain(parents: Mapping[str, str], concept: str) -> list[str]:
    """Return a concept and its broader concepts."""
    chain = [concept]
    while chain[-1] in parents:
        chain.append(parents[chain[-1]])
    return chain


def _numbers(figures: Figures | Comparator) -> dict[str, Any]:
    """Return value, start and end, and which of them are bounds or approximate."""
    precisions = {"value": figures.precision, "start": figures.start_precision, "end": figures.end_precision}
    bounds = {name: local_name(each) for name, each in precisions.items() if each and local_name(each) != "as-stated"}
    numbers = {"value": figures.value, "start": figures.start, "end": figures.end}
    return numbers | ({"bounds": bounds} if bounds else {})


def _without_empty(record: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if value not in (None, "", [])}
