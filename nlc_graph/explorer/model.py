"""What the page shows, as plain data: things, claims, their evidence and where it stands in the source.

Everything is read from the graph by SELECT queries. Things are numbered and named by number elsewhere, so that the page
of a large graph stays small; texts are made fit to show here and nowhere else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..evidence.claims import Claim, Evidence, Passage, among, claim_queries, passages_from, read_claims, read_passages
from ..evidence.filters import Filters
from ..evidence.impacts import LINK_TYPES, NETWORKS, claims_passing, find_claims
from ..evidence.statistics import Comparator, Figures
from ..graph.graph import Graph
from ..passages.locate import Copy
from ..table import Ref, Value
from ..vocabulary import local_name
from .questions import (
    ALL_LABELS,
    ALL_STRATEGY_PASSAGES,
    CONCEPTS,
    LABELS,
    NETWORK_FACTS,
    SILENCES,
    SOURCES,
    STRATEGIES,
    STRATEGY_PASSAGES,
)
from .uses import Use, read_uses
from .wording import shortened, showable

#: Kinds of evidence that share a mark. What is none of the first three was inspected, observed or cited.
MARKS = ("figures", "testimony", "statement", "outside")
#: Characters of the line that says what a page is narrowed to; more would push the evidence off the screen.
MOST_TITLE = 200
#: Stands in an empty list of claims, for rdflib reads none.
NO_CLAIM = "urn:none"
_MARK_OF = {"statistic": 0, "testimony": 1, "quoted-testimony": 1, "summarised-testimony": 1, "author-statement": 2}
_BEARINGS = ("supportedBy", "qualifiedBy", "challengedBy")
_SORTS = {"Practice": "practice", "OutcomeType": "outcome", "KeyFeature": "feature"}


def mark_of(kind: str) -> int:
    """Return the place in :data:`MARKS` of a kind of evidence, given as an IRI."""
    return _MARK_OF.get(local_name(kind), 3)


@dataclass
class Model:
    """The page's data. Numbers in ``claims`` and ``evidence`` are places in ``things``, ``passages`` and ``evidence``.

    :param things: ``id`` (short identifier), ``sort``, ``label``; where there is one ``text``, ``up`` (wider concept),
        ``feature`` (of an outcome), ``number`` (of a key feature), ``mark`` (of a kind), ``practices`` and ``networks``
        (of a strategy), ``facts`` (of a network), and ``silent``: which of ``silences`` concern it
    :param claims: see :func:`_claim_record`
    :param evidence: see :func:`_evidence_record`
    :param passages: ``section``, ``opens``, ``closes``, ``source``, and ``text`` if the reader's copy was given
    :param silences: what the sources do not say, though one might look for it, and what they say instead
    :param left_out: claims of the graph that are not on this page
    """

    title: str
    sources: list[dict[str, Any]] = field(default_factory=list)
    things: list[dict[str, Any]] = field(default_factory=list)
    claims: list[dict[str, Any]] = field(default_factory=list)
    evidence: list[dict[str, Any]] = field(default_factory=list)
    passages: list[dict[str, Any]] = field(default_factory=list)
    silences: list[str] = field(default_factory=list)
    left_out: int = 0

    def of_sort(self, sort: str) -> list[int]:
        """Return the places of all things of a sort."""
        return [place for place, thing in enumerate(self.things) if thing["sort"] == sort]

    def payload(self) -> dict[str, Any]:
        """Return everything as JSON takes it."""
        return {
            "title": self.title,
            "sources": self.sources,
            "things": self.things,
            "claims": self.claims,
            "evidence": self.evidence,
            "passages": self.passages,
            "silences": self.silences,
            "leftOut": self.left_out,
        }


def build_model(
    graph: Graph, claims: Sequence[str] | None = None, *, copy: Copy | None = None, title: str = ""
) -> Model:
    """Gather what the page shows.

    :param claims: the claims to show, with only the practices, outcomes and networks they touch; all claims, and also
        practices and outcomes that none touches, when None. Things among them that are no claims are passed over
    :param copy: the reader's copy of a source, whose passages the page then holds; for the reader's own use
    :param title: what the page says it shows
    """
    if graph.remote:
        _read_ahead(graph, find_claims(graph) if claims is None else claims, whole=claims is None)
    everything = find_claims(graph)
    asked = everything if claims is None else list(claims)
    return _Builder(graph, copy, whole=claims is None).build(asked, title, everything)


def _read_ahead(graph: Graph, claims: Sequence[str], *, whole: bool) -> None:
    """Read the page of some claims, or of the whole graph, in one request."""
    some = claims or [NO_CLAIM]
    labels = among(LABELS, "ITEMS", some) if not whole else ALL_LABELS
    graph.read_ahead(
        [
            *(NETWORKS, SOURCES, STRATEGIES, CONCEPTS, NETWORK_FACTS, SILENCES),
            *(*claims_passing(graph, Filters()), *claim_queries(among("VALUES ?claim { CLAIMS }", "CLAIMS", some))),
            *(_strategy_passages(some, whole=whole), labels),
        ]
    )
    graph.names.know(graph.select(labels))


def _strategy_passages(claims: Sequence[str], *, whole: bool) -> str:
    return ALL_STRATEGY_PASSAGES if whole else among(STRATEGY_PASSAGES, "CLAIMS", claims or [NO_CLAIM])


class _Builder:
    def __init__(self, graph: Graph, copy: Copy | None, *, whole: bool) -> None:
        self.graph = graph
        self.copy = copy
        self.whole = whole
        self.model = Model("")
        self.places: dict[str, int] = {}
        self.passages: dict[str, int] = {}
        self.items: dict[str, int] = {}
        self.silences: dict[str, int] = {}

    def build(self, asked: Sequence[str], title: str, everything: Sequence[str]) -> Model:
        self.asked = asked
        known = set(everything)
        claims = [claim for claim in read_claims(self.graph, asked) if claim.iri in known]
        self.graph.names.prepare(_named(claims))
        networks = _by_first(self.graph.select(NETWORKS).rows)
        self.model.title, self.model.left_out = shortened(title, MOST_TITLE), len(everything) - len(claims)
        self._read_sources()
        tied = {str(s) for claim in claims for s in claim.relations.get("strategy", ())}
        strategies = [use for use in read_uses(self.graph) if self.whole or use.iri in tied]
        self._add_concepts(claims, strategies)
        self._add_networks({n for claim in claims for n in networks[claim.iri]})
        self._add_strategies(strategies)
        for claim in claims:
            self.model.claims.append(self._claim_record(claim, sorted(networks[claim.iri])))
        self._add_silences()
        return self.model

    # -- things ------------------------------------------------------------------------------------------------------

    def thing(self, iri: Value, sort: str, **more: Any) -> int:
        """Return the place of a thing, which is added if it is new."""
        name = str(iri)
        if name not in self.places:
            self.places[name] = len(self.model.things)
            things = self.graph.names
            # What has no label goes by its identifier.
            entry = {"id": things.curie(name), "sort": sort, "label": showable(things.label(name))}
            self.model.things.append(entry | {key: value for key, value in more.items() if value not in (None, "", [])})
        return self.places[name]

    def _add_concepts(self, claims: Sequence[Claim], strategies: Sequence[Use]) -> None:
        rows = list(self.graph.select(CONCEPTS))
        wider = {str(row["thing"]): str(row["wider"]) for row in rows if row["wider"]}
        touched = {str(claim.one("outcome")) for claim in claims}
        touched |= {str(f) for claim in claims for f in claim.relations.get("reportedUnder", ())}
        touched |= {practice for strategy in strategies for practice in strategy.practices}
        for concept in list(touched):
            while concept in wider and wider[concept] not in touched:
                concept = wider[concept]
                touched.add(concept)
        order = list(_SORTS)
        rows.sort(
            key=lambda row: (-order.index(local_name(str(row["sort"]))), str(row["number"] or ""), str(row["thing"]))
        )
        features = {str(row["feature"]) for row in rows if str(row["thing"]) in touched and row["feature"]}
        for row in rows:
            iri, sort = str(row["thing"]), _SORTS[local_name(str(row["sort"]))]
            # Practices that nobody used are left out; outcomes and features that nobody reports are gaps worth seeing.
            if iri in touched or iri in features or (self.whole and sort != "practice"):
                place = self.thing(iri, sort, text=showable(str(row["meaning"] or "")), number=row["number"])
                if row["feature"]:
                    self.model.things[place]["feature"] = self.places[str(row["feature"])]
        for narrow, wide in wider.items():
            if narrow in self.places and wide in self.places:
                self.model.things[self.places[narrow]]["up"] = self.places[wide]

    def _add_networks(self, touched: Iterable[str]) -> None:
        kept = set(touched)
        facts: dict[str, list[str]] = defaultdict(list)
        for row in self.graph.select(NETWORK_FACTS):
            network = str(row["network"])
            if self.whole or network in kept:
                self.thing(network, "network", text=showable(str(row["about"] or "")))
                facts[network] += [showable(str(row["text"]))] if row["text"] else []
        for network, texts in facts.items():
            self.model.things[self.places[network]]["facts"] = list(dict.fromkeys(texts))

    def _add_silences(self) -> None:
        for row in self.graph.select(SILENCES):
            if (place := self.places.get(str(row["thing"]))) is not None:
                instead = f" What it says: {row['instead']}" if row["instead"] else ""
                text = showable(f"{row['missing']}{instead}")
                number = self.silences.setdefault(text, len(self.silences))
                self.model.things[place].setdefault("silent", []).append(number)
        self.model.silences = list(self.silences)

    def _add_strategies(self, strategies: Sequence[Use]) -> None:
        stated = self._stated(strategies)
        for strategy in strategies:
            self.thing(
                strategy.iri,
                "strategy",
                text=showable(strategy.text),
                practices=[self.thing(p, "practice") for p in strategy.practices],
                users=[self.thing(user, "unit") for user in strategy.users],
                networks=[self.places[n] for n in strategy.networks if n in self.places],
                passages=[self._passage(p) for p in stated.get(strategy.iri, ())],
            )

    def _stated(self, strategies: Sequence[Use]) -> dict[str, tuple[Passage, ...]]:
        if self.graph.remote:
            return passages_from(self.graph.select(_strategy_passages(self.asked, whole=self.whole)))
        return read_passages(self.graph, [strategy.iri for strategy in strategies])

    def _read_sources(self) -> None:
        self.enquiry_of: dict[str, str] = {}
        for row in self.graph.select(SOURCES):
            source = str(row["source"])
            if row["enquiry"]:
                self.enquiry_of.setdefault(source, str(row["enquiry"]))
            if source not in {entry["iri"] for entry in self.model.sources}:
                label = self.graph.names.label(source)
                title = showable(str(row["title"] or label))
                self.model.sources.append({"iri": source, "label": showable(label), "title": title})

    # -- claims ------------------------------------------------------------------------------------------------------

    def _claim_record(self, claim: Claim, networks: Sequence[str]) -> dict[str, Any]:
        """Return a claim: ``practices``, ``strategies``, ``outcome``, ``feature`` under which it is reported, ``link``,
        ``direction``, ``networks``, ``about``, ``by``, ``affects``, ``through``, ``enquiries``, all things;
        ``evidence``: pairs of evidence and bearing (0 supports, 1 qualifies, 2 challenges); ``passages``; texts.
        """

        def all_of(name: str, sort: str) -> list[int]:
            return [self.thing(value, sort) for value in claim.relations.get(name, ())]

        strategies = all_of("strategy", "strategy")
        practices = [p for place in strategies for p in self.model.things[place].get("practices", ())]
        enquiries = sorted({self.enquiry_of[p.source] for p in claim.passages if p.source in self.enquiry_of})
        record: dict[str, Any] = {
            "id": self.graph.names.curie(claim.iri),
            "text": showable(str(claim.one("paraphrase") or claim.one("label") or "")),
            "practices": list(dict.fromkeys(practices)),
            "strategies": strategies,
            "outcome": self.thing(claim.one("outcome"), "outcome"),
            "feature": next(iter(all_of("reportedUnder", "feature")), None),
            "link": self.thing(claim.one("linkType"), "link", rank=_tie(claim.one("linkType"))),
            "direction": next(iter(all_of("direction", "direction")), None),
            "networks": [self.thing(n, "network") for n in networks],
            "about": all_of("about", "unit"),
            "by": all_of("assertedBy", "voice"),
            "affects": all_of("affects", "role"),
            "through": all_of("throughOutcome", "outcome"),
            "design": next(iter(all_of("comparisonDesign", "design")), None),
            "enquiries": [self.thing(e, "enquiry") for e in enquiries],
            "note": showable(str(claim.one("curatorNote") or "")),
            "evidence": sorted(
                ([self._item(e), _BEARINGS.index(local_name(e.bearing))] for e in claim.evidence),
                key=lambda pair: pair[1],
            ),
            "passages": [self._passage(p) for p in claim.passages],
        }
        return {key: value for key, value in record.items() if value not in (None, "", [])}

    def _item(self, item: Evidence) -> int:
        if item.iri not in self.items:
            self.items[item.iri] = len(self.model.evidence)
            self.model.evidence.append(self._evidence_record(item))
        return self.items[item.iri]

    def _evidence_record(self, item: Evidence) -> dict[str, Any]:
        """Return a piece of evidence: ``kind``, ``voice`` and ``relay`` are things, ``figures`` numbers with labels."""
        record = {
            "kind": self.thing(item.kind, "kind", mark=mark_of(item.kind)),
            "text": showable(item.summary),
            "voice": self.thing(item.voice, "voice") if item.voice else None,
            "relay": self.thing(item.relayed_by, "voice") if item.relayed_by else None,
            "note": showable(item.note),
            "figures": self._figures(item),
            "passages": [self._passage(p) for p in item.passages],
        }
        return {key: value for key, value in record.items() if value not in (None, "", [])}

    def _figures(self, item: Evidence) -> dict[str, Any] | None:
        figures = item.figures
        if figures is None or (figures.start is None and figures.value is None):
            return None
        label = self.graph.names.label
        return {
            "indicator": showable(label(figures.indicator)),
            "unit": showable(label(figures.unit)),
            "measure": showable(label(figures.measure)),
            "periods": [showable(label(period)) for period in figures.periods],
            "value": figures.value,
            "start": figures.start,
            "end": figures.end,
            **_bounds(figures),
            "others": [
                {"unit": showable(label(o.unit)), "value": o.value, "start": o.start, "end": o.end, **_bounds(o)}
                for o in figures.comparators
                if o.value is not None or o.start is not None
            ],
        }

    def _passage(self, passage: Passage) -> int:
        if passage.iri not in self.passages:
            self.passages[passage.iri] = len(self.model.passages)
            section = self.graph.names.label(passage.section)
            record = {
                "section": showable(section),
                "opens": showable(passage.opens),
                "closes": showable(passage.closes),
            }
            if len(self.model.sources) > 1:
                record["source"] = showable(self.graph.names.label(passage.source))
            if self.copy and (span := self.copy.locate(passage).span):
                record["text"] = showable(self.copy.document.around(span, 0)[1])
            self.model.passages.append(record)
        return self.passages[passage.iri]


def _named(claims: Iterable[Claim]) -> set[Ref]:
    """Return everything whose label is shown with claims."""
    found = {value for claim in claims for values in claim.relations.values() for value in values}
    for claim in claims:
        for item in claim.evidence:
            found |= {item.kind, item.voice, item.relayed_by, *(p.section for p in item.passages)}
        found |= {passage.section for passage in claim.passages}
    return {value for value in found if isinstance(value, Ref)}


def _bounds(figures: Figures | Comparator) -> dict[str, dict[str, str]]:
    """Return which numbers are not as stated, but at least, about, …, for the drawing; nothing where all are."""
    precisions = {"value": figures.precision, "start": figures.start_precision, "end": figures.end_precision}
    inexact = {name: local_name(precision) for name, precision in precisions.items() if precision}
    found = {name: precision for name, precision in inexact.items() if precision != "as-stated"}
    return {"bounds": found} if found else {}


def _by_first(rows: Iterable[Sequence[Value]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for first, second in rows:
        found[str(first)].add(str(second))
    return found


def _tie(link: Value) -> int:
    name = local_name(str(link))
    return LINK_TYPES.index(name) if name in LINK_TYPES else len(LINK_TYPES)
