"""List what the graph lacks: practices without outcome, outcomes without practice, figures, and likely links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ..evidence.claims_table import ClaimRow, claims_table
from ..evidence.impacts import Impact
from ..graph.graph import Graph
from ..projection import reported_links, to_bipartite, to_practice_networks
from ..table import Ref
from ..vocabulary import BASE, NLC, local_name
from .claims import group_claims, read_pairs, to_ref
from .findings import Findings, to_table
from .link_prediction import Cells, Check, Suggestion, check_suggestions, suggest_links

#: Key features with those that count as the same: an enquiry may map key features of its own to the seven.
FEATURES = """
SELECT DISTINCT ?feature ?same WHERE {
  ?feature a nlc:KeyFeature .
  { ?feature a nlc:KeyFeature BIND(?feature AS ?same) } UNION { ?feature skos:closeMatch|^skos:closeMatch ?same }
}
"""
TESTIMONY = f"SELECT ?kind WHERE {{ ?kind skos:broader* <{BASE}kind/testimony> }}"
#: Classes of evidence that hold figures.
FIGURES = {f"{NLC}{name}" for name in ("Level", "Change", "Figure")}


Rows = Iterator[tuple[object, ...]]


def find_gaps(graph: Graph) -> Findings:
    """List what is missing, and links that similar practices suggest."""
    links, claims = reported_links(graph), list(claims_table(graph).rows())
    testimony = {to_ref(kind) for kind in graph.select(TESTIMONY).column("kind")}
    cells = Cells(to_bipartite(links, graph.names))
    suggestions, sampled = suggest_links(cells)
    checks = check_suggestions(cells)
    tables = {
        "practices with no stated outcome": (("practice", "strategies", "networks"), _unreported(graph, claims)),
        "outcomes with no practice": (("outcome", "claims"), _unexplained(graph, claims)),
        "key features with no figure": (("feature", "claims"), _unmeasured(graph, claims)),
        "attributed links with testimony only": (
            ("practice", "outcome", "networks", "testimonies", "claims"),
            _testimony_only(links, testimony),
        ),
        "suggested links": (Suggestion._fields, suggestions),
        "leave-one-out check": (Check._fields, checks),
        "links by evidence": (("practice", "outcome", "basis", "claims"), _by_evidence(links, testimony)),
    }
    return Findings(
        "gaps",
        {name: to_table(columns, rows) for name, (columns, rows) in tables.items()},
        {"links": len(links), **({"practices sampled for suggestions": sampled} if sampled else {})},
        _warnings(checks, cells),
    )


def _warnings(checks: Sequence[Check], cells: Cells) -> tuple[str, ...]:
    if cells.empty and not checks:
        return ("suggested links are not checked, because there are too many links",)
    return tuple(f"{each.measure}: suggested links are no better than chance" for each in checks if each.low <= 0.5)


def _unreported(graph: Graph, claims: Sequence[ClaimRow]) -> Rows:
    """Yield practices that are used but that no claim links to an outcome, those of most networks first."""
    linked = {practice for claim in claims for practice in claim.practices}
    strategies, uses = read_pairs(graph, "^nlc:practice"), to_practice_networks(graph)
    networks = {each: sorted(uses[each]) if each in uses else [] for each in strategies.keys() - linked}
    for practice in _most_first(graph, networks):
        yield practice, tuple(strategies[practice]), tuple(networks[practice])


def _unexplained(graph: Graph, claims: Sequence[ClaimRow]) -> Rows:
    """Yield outcome types whose claims name no strategy, with the claims."""
    explained = {claim.outcome for claim in claims if claim.strategies}
    found = group_claims((claim for claim in claims if claim.outcome not in explained), lambda claim: [claim.outcome])
    for outcome in _most_first(graph, found):
        yield outcome, tuple(found[outcome])


def _unmeasured(graph: Graph, claims: Sequence[ClaimRow]) -> Rows:
    """Yield key features under which no claim rests on a figure, with the claims."""
    reported = group_claims(claims, lambda claim: [claim.feature] if claim.feature else [])
    measured = {claim for claim, types in read_pairs(graph, "nlc:supportedBy/a").items() if FIGURES.intersection(types)}
    found: dict[Ref, set[Ref]] = defaultdict(set)
    for feature, same in graph.select(FEATURES).rows:
        found[to_ref(feature)].update(reported.get(to_ref(same), ()))
    missing = {feature: sorted(of) for feature, of in found.items() if measured.isdisjoint(of)}
    for feature in _most_first(graph, missing):
        yield feature, tuple(missing[feature])


def _most_first(graph: Graph, found: Mapping[Ref, Sequence[Ref]]) -> list[Ref]:
    return sorted(found, key=lambda iri: (-len(found[iri]), graph.names.label(iri), iri))


def _testimony_only(links: Sequence[Impact], testimony: set[Ref]) -> Rows:
    """Yield attributed links that rest on testimony alone."""
    for link in links:
        attributed = any(local_name(each) == "attributed" for each in link.links)
        if attributed and _basis(link, testimony) == "testimony":
            yield link.practice, link.outcome, tuple(sorted(link.networks)), sum(link.evidence.values()), link.claims


def _by_evidence(links: Sequence[Impact], testimony: set[Ref]) -> Rows:
    for link in links:
        yield link.practice, link.outcome, _basis(link, testimony), link.claims


def _basis(link: Impact, testimony: set[Ref]) -> str:
    """Return what a link rests on: ``figure`` if on any, ``testimony`` if on nothing else, or ``other``."""
    if any(local_name(kind) == "statistic" for kind in link.evidence):
        return "figure"
    return "testimony" if link.evidence and testimony.issuperset(link.evidence) else "other"
