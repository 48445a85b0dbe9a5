"""What is missing: in the source, in the evidence, and between practices that resemble each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import replace
from typing import NamedTuple

from ..evidence.claims import among
from ..evidence.impacts import PREFIX
from ..graph.graph import Graph
from ..projection import LINKAGE, Tie, reported_links, to_bipartite
from ..table import Ref, Value
from ..vocabulary import local_name
from .findings import DESCRIPTION, Findings, Part, part
from .link_prediction import SAMPLED_LINKS, SEED, Cells, Check, Suggestion, check, suggest

# What is missing is told by differences of sets, and not by FILTER NOT EXISTS with joins in it, which takes Oxigraph
# minutes on a thousand claims; only for what is missing are uses and claims read.
IN_USE = PREFIX + "SELECT DISTINCT ?practice WHERE { ?strategy nlc:practice ?practice ; a nlc:Strategy }"
TIED = PREFIX + "SELECT DISTINCT ?practice WHERE { ?claim nlc:strategy ?strategy . ?strategy nlc:practice ?practice }"
#: One row a use of some practices, and network.
OF_PRACTICES = (
    PREFIX
    + """
SELECT DISTINCT ?practice ?strategy ?network WHERE {
  VALUES ?practice { ITEMS }
  ?strategy nlc:practice ?practice .
  OPTIONAL { ?strategy nlc:usedBy ?unit . ?unit (org:memberOf|nlc:within)* ?network . ?network a nlc:Network }
}
"""
)
REPORTED = PREFIX + "SELECT DISTINCT ?outcome WHERE { ?claim nlc:outcome ?outcome }"
EXPLAINED = PREFIX + "SELECT DISTINCT ?outcome WHERE { ?claim nlc:strategy ?strategy ; nlc:outcome ?outcome }"
OF_OUTCOMES = PREFIX + "SELECT DISTINCT ?outcome ?claim WHERE { VALUES ?outcome { ITEMS } ?claim nlc:outcome ?outcome }"
FEATURES = PREFIX + "SELECT ?feature WHERE { ?feature a nlc:KeyFeature }"
#: Binds ?under to a key feature and to those mapped to it or from it, for an enquiry may have key features of its own.
ALIKE = """
  { ?feature a nlc:KeyFeature BIND(?feature AS ?under) } UNION { ?feature skos:closeMatch|^skos:closeMatch ?under }
"""
#: Key features under which, or under one alike, a claim is supported by a level, a change or a chart.
MEASURED = (
    PREFIX
    + f"""
SELECT DISTINCT ?feature WHERE {{
  {{
    SELECT DISTINCT ?under WHERE {{
      VALUES ?figure {{ nlc:Level nlc:Change nlc:Figure }}
      ?item a ?figure .
      ?claim nlc:supportedBy ?item ; nlc:reportedUnder ?under
    }}
  }}
  {ALIKE.strip()}
}}
"""
)
OF_FEATURES = (
    PREFIX
    + f"""
SELECT DISTINCT ?feature ?claim WHERE {{
  {{ SELECT DISTINCT ?feature ?under WHERE {{ VALUES ?feature {{ ITEMS }} {ALIKE.strip()} }} }}
  ?claim nlc:reportedUnder ?under
}}
"""
)
TESTIMONY = PREFIX + "SELECT ?kind WHERE { ?kind skos:broader* <https://w3id.org/nlc-graph/kind/testimony> }"


class UnreportedPractice(NamedTuple):
    """A practice in use of which no outcome is stated."""

    practice: Ref
    strategies: tuple[Ref, ...]
    networks: tuple[Ref, ...]


class UnexplainedOutcome(NamedTuple):
    """An outcome type that is reported with no practice."""

    outcome: Ref
    claims: tuple[Ref, ...]


class UnmeasuredFeature(NamedTuple):
    """A key feature under which, and under those mapped to it or from it, nothing rests on a figure."""

    feature: Ref
    claims: tuple[Ref, ...]


class Resting(NamedTuple):
    """A practice and an outcome type that a claim ties, for the picture.

    :param basis: ``figure`` where a statistic is among what supports the claims, ``testimony`` where there is nothing
        else than testimony, or ``other``
    """

    practice: Ref
    outcome: Ref
    basis: str
    claims: tuple[Ref, ...]


class TestimonyOnly(NamedTuple):
    """A link that somebody credits and that rests on testimony alone."""

    practice: Ref
    outcome: Ref
    networks: tuple[Ref, ...]
    testimonies: int
    claims: tuple[Ref, ...]


def gaps(graph: Graph) -> Findings:
    """List what is missing, with the claims that come nearest."""
    graph.read_ahead((*LINKAGE, IN_USE, TIED, REPORTED, EXPLAINED, FEATURES, MEASURED, TESTIMONY))
    graph.read_ahead(_of_what_is_missing(graph), shown=("practice", "strategy", "network", "outcome", "feature"))
    links = reported_links(graph)
    testimony = frozenset(map(_iri, graph.select(TESTIMONY).column("kind")))
    cells = Cells(to_bipartite(links, graph.names))
    return Findings(
        "gaps",
        (
            _without_outcome(graph),
            part(
                "outcomes with no practice",
                UnexplainedOutcome,
                [UnexplainedOutcome(*row) for row in _with_claims(graph, REPORTED, EXPLAINED, OF_OUTCOMES)],
            ),
            part(
                "key features with no figure",
                UnmeasuredFeature,
                [UnmeasuredFeature(*row) for row in _with_claims(graph, FEATURES, MEASURED, OF_FEATURES)],
            ),
            part("attributed links with testimony only", TestimonyOnly, _testimony_only(links, testimony)),
            *_suggested(cells),
            replace(part("links and what they rest on", Resting, _tied(links, testimony)), aside=True),
        ),
        (
            (
                "practices with no stated outcome",
                "a strategy uses them; no claim, not even of an aim, ties one that does",
            ),
            ("outcomes with no practice", "claims report or intend them; none names a strategy"),
            (
                "key features with no figure",
                "no claim reported under them, or under a key feature that an enquiry maps to them or they to it, is "
                "supported by a level, a change or a chart; claims: all that are reported so, each once a row",
            ),
            (
                "testimony only",
                "a link, here of an attributed claim at least, all of whose claims are supported by what people said, "
                "quoted or summed up, and nothing else; testimonies: how many pieces",
            ),
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


def _of_what_is_missing(graph: Graph) -> Iterator[str]:
    """Yield the queries that depend on what is missing, for an endpoint."""
    if graph.remote:
        for every, without, query in (
            (IN_USE, TIED, OF_PRACTICES),
            (REPORTED, EXPLAINED, OF_OUTCOMES),
            (FEATURES, MEASURED, OF_FEATURES),
        ):
            if things := _difference(graph, every, without):
                yield among(query, "ITEMS", things)


def _without_outcome(graph: Graph) -> Part:
    """List practices in use none of whose uses any claim ties to an outcome, reported or intended."""
    strategies = {practice: set[Ref]() for practice in _difference(graph, IN_USE, TIED)}
    networks = {practice: set[Ref]() for practice in strategies}
    for practice, strategy, network in _about(graph, OF_PRACTICES, strategies):
        strategies[_iri(practice)].add(_iri(strategy))
        networks[_iri(practice)].update([_iri(network)] if network else [])
    rows = [
        UnreportedPractice(practice, tuple(sorted(used)), tuple(sorted(networks[practice])))
        for practice, used in strategies.items()
    ]
    graph.names.prepare(strategies)
    rows.sort(key=lambda row: (-len(row.networks), graph.names.label(row.practice), row.practice))
    return part("practices with no stated outcome", UnreportedPractice, rows)


def _with_claims(graph: Graph, every: str, without: str, claims: str) -> list[tuple[Ref, tuple[Ref, ...]]]:
    """Return the things of one answer that are not in another, with their claims; most claims first."""
    found = {thing: set[Ref]() for thing in _difference(graph, every, without)}
    for thing, claim in _about(graph, claims, found):
        found[_iri(thing)].add(_iri(claim))
    graph.names.prepare(found)
    order = sorted(found.items(), key=lambda pair: (-len(pair[1]), graph.names.label(pair[0]), pair[0]))
    return [(thing, tuple(sorted(of))) for thing, of in order]


def _difference(graph: Graph, every: str, without: str) -> list[Ref]:
    """Return the things in one answer that are not in another, in order."""
    return sorted(_iri(row[0]) for row in {*graph.select(every).rows} - {*graph.select(without).rows})


def _about(graph: Graph, query: str, things: Iterable[Ref]) -> tuple[tuple[Value, ...], ...]:
    things = list(things)
    return graph.select(among(query, "ITEMS", things)).rows if things else ()


def _testimony_only(links: tuple[Tie, ...], testimony: Set[Ref]) -> list[TestimonyOnly]:
    return [
        TestimonyOnly(link.practice, link.outcome, link.networks, sum(link.evidence.values()), link.claims)
        for link in links
        if any(local_name(kind) == "attributed" for kind in link.links)
        and link.evidence
        and testimony >= set(link.evidence)
    ]


def _tied(links: tuple[Tie, ...], testimony: Set[Ref]) -> list[Resting]:
    def basis(link: Tie) -> str:
        if any(local_name(kind) == "statistic" for kind in link.evidence):
            return "figure"
        return "testimony" if link.evidence and testimony >= set(link.evidence) else "other"

    return [Resting(link.practice, link.outcome, basis(link), link.claims) for link in links]


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
            f"{sampled}{_which(suggestions)}a suggestion is where to look, not a result; leave-one-out AUC: {tested}."
            f"{warning}",
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


def _which(suggestions: list[Suggestion]) -> str:
    return f"the {len(suggestions)} of highest Adamic-Adar; " if suggestions else ""


def _iri(value: Value) -> Ref:
    return value if isinstance(value, Ref) else Ref(str(value))
