"""What is missing: in the source, in the evidence, and between practices that resemble each other."""

from __future__ import annotations

from typing import NamedTuple

from ..graph import Graph
from ..links import PREFIX, Link
from ..projection import reported_links, to_bipartite
from ..table import Iri, Value
from ..vocabulary import local_name
from .findings import DESCRIPTION, Findings, Part, part
from .prediction import SAMPLED_LINKS, SEED, Cells, Check, Suggestion, check, suggest

#: Practices in use none of whose uses any claim ties to an outcome, reported or intended. One row a use.
WITHOUT_OUTCOME = (
    PREFIX
    + """
SELECT DISTINCT ?practice ?strategy ?network WHERE {
  ?strategy a nlc:Strategy ; nlc:practice ?practice .
  FILTER NOT EXISTS { ?used nlc:practice ?practice . ?claim a nlc:Claim ; nlc:strategy ?used }
  OPTIONAL { ?strategy nlc:usedBy ?unit . ?unit (org:memberOf|nlc:within)* ?network . ?network a nlc:Network }
}
"""
)
#: Outcome types that claims are about, none of which ties a strategy to it. One row a claim.
WITHOUT_PRACTICE = (
    PREFIX
    + """
SELECT DISTINCT ?outcome ?claim WHERE {
  ?claim a nlc:Claim ; nlc:outcome ?outcome .
  FILTER NOT EXISTS { ?other a nlc:Claim ; nlc:outcome ?outcome ; nlc:strategy ?strategy }
}
"""
)
#: Key features under which no claim is supported by a level, a change or a chart. One row a claim.
WITHOUT_FIGURE = (
    PREFIX
    + """
SELECT DISTINCT ?feature ?claim WHERE {
  ?feature a nlc:KeyFeature .
  FILTER NOT EXISTS {
    VALUES ?figure { nlc:Level nlc:Change nlc:Figure }
    ?any nlc:reportedUnder ?feature ; nlc:supportedBy ?item . ?item a ?figure
  }
  OPTIONAL { ?claim a nlc:Claim ; nlc:reportedUnder ?feature }
}
"""
)
TESTIMONY = PREFIX + "SELECT ?kind WHERE { ?kind skos:broader* <https://w3id.org/nlc-graph/kind/testimony> }"


class UnreportedPractice(NamedTuple):
    """A practice in use of which no outcome is stated."""

    practice: Iri
    strategies: tuple[Iri, ...]
    networks: tuple[Iri, ...]


class UnexplainedOutcome(NamedTuple):
    """An outcome type that is reported with no practice."""

    outcome: Iri
    claims: tuple[Iri, ...]


class UnmeasuredFeature(NamedTuple):
    """A key feature under which nothing rests on a figure."""

    feature: Iri
    claims: tuple[Iri, ...]


class TestimonyOnly(NamedTuple):
    """A link that somebody credits and that rests on testimony alone."""

    practice: Iri
    outcome: Iri
    networks: tuple[Iri, ...]
    testimonies: int
    claims: tuple[Iri, ...]


def gaps(graph: Graph) -> Findings:
    """List what is missing, with the claims that come nearest."""
    links = reported_links(graph)
    cells = Cells(to_bipartite(links, graph.things))
    return Findings(
        "gaps",
        (
            _without_outcome(graph),
            part(
                "outcomes with no practice",
                UnexplainedOutcome,
                [UnexplainedOutcome(*row) for row in _by_first(graph, WITHOUT_PRACTICE)],
            ),
            part(
                "key features with no figure",
                UnmeasuredFeature,
                [UnmeasuredFeature(*row) for row in _by_first(graph, WITHOUT_FIGURE)],
            ),
            part("attributed links with testimony only", TestimonyOnly, _testimony_only(graph, links)),
            *_suggested(cells),
        ),
        (
            ("node", "for the last two tables, a practice or an outcome type with a result reported; aims left out"),
            ("link", f"at least one claim ties the two ({len(links)}); weights are not used"),
            ("common", "similar practices (sharing an outcome type) tied to the outcome type"),
            (
                "adamic adar",
                "the same, each weighing 1/ln of its number of outcome types (Liben-Nowell and Kleinberg 2007, in the "
                "form of Huang, Li and Chen 2005 for graphs of two sorts)",
            ),
            ("mind", f"a gap is a gap in what was recorded, not a finding that nothing happened; {DESCRIPTION}"),
        ),
    )


def _without_outcome(graph: Graph) -> Part:
    strategies: dict[Iri, set[Iri]] = {}
    networks: dict[Iri, set[Iri]] = {}
    for practice, strategy, network in graph.select(WITHOUT_OUTCOME).rows:
        key = _iri(practice)
        strategies.setdefault(key, set()).add(_iri(strategy))
        networks.setdefault(key, set()).update([_iri(network)] if network else [])
    rows = [
        UnreportedPractice(practice, tuple(sorted(used)), tuple(sorted(networks[practice])))
        for practice, used in strategies.items()
    ]
    rows.sort(key=lambda row: (-len(row.networks), graph.things.label(row.practice), row.practice))
    return part("practices with no stated outcome", UnreportedPractice, rows)


def _by_first(graph: Graph, query: str) -> list[tuple[Iri, tuple[Iri, ...]]]:
    """Return each thing with its claims, most claims first."""
    found: dict[Iri, set[Iri]] = {}
    for thing, claim in graph.select(query).rows:
        found.setdefault(_iri(thing), set()).update([_iri(claim)] if claim else [])
    order = sorted(found.items(), key=lambda pair: (-len(pair[1]), graph.things.label(pair[0]), pair[0]))
    return [(thing, tuple(sorted(claims))) for thing, claims in order]


def _testimony_only(graph: Graph, links: tuple[Link, ...]) -> list[TestimonyOnly]:
    testimony = set(graph.select(TESTIMONY).column("kind"))
    return [
        TestimonyOnly(link.practice, link.outcome, link.networks, sum(link.evidence.values()), link.claims)
        for link in links
        if any(local_name(kind) == "attributed" for kind in link.links)
        and link.evidence
        and testimony >= set(link.evidence)
    ]


def _suggested(cells: Cells) -> tuple[Part, Part]:
    suggestions, drawn = suggest(cells)
    checks = check(cells)
    sampled = f"only {drawn} practices drawn with seed {SEED} were looked at; " if drawn else ""
    tested = (
        "; ".join(f"{each.measure} {each.auc:.2f} (from {each.low:.2f} up)" for each in checks)
        or "none, as there is no empty cell"
    )
    worthless = [each.measure for each in checks if not each.better_than_chance]
    warning = f" WARNING: {' and '.join(worthless)} no better than chance here; do not rely on it." if worthless else ""
    how = (
        f"drawn with seed {SEED}, "
        if checks and checks[0].links == SAMPLED_LINKS < cells.linkage.number_of_edges()
        else ""
    )
    return (
        part(
            "cells that similar practices would suggest",
            Suggestion,
            suggestions,
            f"{sampled}a suggestion is where to look, not a result; leave-one-out AUC: {tested}.{warning}",
        ),
        part(
            "how well links left out are found again",
            Check,
            checks,
            f"each link {how}is left out once and compared with empty cells; AUC is the chance that it scores above "
            "one, ties counting half; 0.5 is chance; low is the mean less 1.96 standard errors, roughly; a joint claim "
            "makes several links at once, so that each is easily found by the others, which flatters the measure",
        ),
    )


def _iri(value: Value) -> Iri:
    return value if isinstance(value, Iri) else Iri(str(value))
