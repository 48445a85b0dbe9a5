"""Every measure computed a second time from the triples alone, in plain rdflib, as docs/measures.md defines it.

The graphs are the bundled evidence and made-up ones of odd shapes; see :mod:`.made`.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, permutations, product
from statistics import mean
from typing import Any

import networkx as nx
import pytest
import rdflib
from networkx.algorithms.link_analysis.pagerank_alg import _pagerank_python

from nlc_graph import Graph, open_graph, resources
from nlc_graph.analysis import Findings
from nlc_graph.analysis.centrality import rank_nodes
from nlc_graph.analysis.communities import find_communities
from nlc_graph.analysis.gaps import find_gaps
from nlc_graph.analysis.null_model import find_unusual_pairs
from nlc_graph.analysis.paths import find_paths
from nlc_graph.analysis.robustness import count_losses
from nlc_graph.analysis.similarity import rank_similar_networks
from nlc_graph.analysis.timeline import find_figures
from nlc_graph.table import Ref

from .made import made

NLC = rdflib.Namespace("https://w3id.org/nlc-graph/ontology#")
TYPE, MEMBER_OF = rdflib.RDF.type, rdflib.URIRef("http://www.w3.org/ns/org#memberOf")
SHAPES: tuple[dict[str, int], ...] = (
    {"seed": 1},
    {"seed": 2, "networks": 3, "practices": 5, "outcomes": 5, "claims": 14},
    {"seed": 3, "networks": 7, "practices": 14, "outcomes": 12, "claims": 50},
    {"seed": 4, "networks": 1, "practices": 3, "outcomes": 3, "claims": 6},
)


class Raw:
    """The triples of a graph, and what they state of claims."""

    def __init__(self, *files: str) -> None:
        self.g = rdflib.Graph()
        for file in (*resources.ontology_files(), *files):
            self.g.parse(file)
        every, one = self.every, self.one
        self.claims = sorted(self.all_of(NLC.Claim))
        self.networks = {c: self.within(every(c, NLC.about)) for c in self.claims}
        self.practices = {c: {p for s in every(c, NLC.strategy) for p in every(s, NLC.practice)} for c in self.claims}
        self.outcome = {c: one(c, NLC.outcome) for c in self.claims}
        self.link = {c: str(one(c, NLC.linkType)).rsplit("/", 1)[-1] for c in self.claims}
        self.feature = {c: one(c, NLC.reportedUnder) for c in self.claims}
        self.support = {c: every(c, NLC.supportedBy) for c in self.claims}
        self.kind = {e: one(e, NLC.evidenceKind) for items in self.support.values() for e in items}
        self.results = [c for c in self.claims if self.link[c] in ("attributed", "co-reported")]
        self.links: dict[tuple[Any, Any], set[Any]] = defaultdict(set)
        for c in self.results:
            for p in self.practices[c]:
                self.links[p, self.outcome[c]].add(c)
        self.uses: dict[Any, set[Any]] = defaultdict(set)
        for s, p in self.g.subject_objects(NLC.practice):
            for n in self.within(every(s, NLC.usedBy)):
                self.uses[n].add(p)

    def one(self, subject: Any, prop: Any) -> Any:
        return self.g.value(subject, prop) if subject is not None else None

    def every(self, subject: Any, *properties: Any) -> set[Any]:
        return {value for prop in properties for value in self.g.objects(subject, prop)}

    def all_of(self, kind: Any) -> set[Any]:
        return set(self.g.subjects(TYPE, kind))

    def within(self, units: Iterable[Any]) -> set[Any]:
        """Return the networks to which units belong."""
        todo, seen = list(units), set()
        while todo:
            unit = todo.pop()
            if unit not in seen:
                seen.add(unit)
                todo += self.every(unit, MEMBER_OF, NLC.within)
        return {unit for unit in seen if (unit, TYPE, NLC.Network) in self.g}


Both = tuple[Graph, Raw]


@pytest.fixture(scope="module", params=[*SHAPES, None], ids=lambda shape: f"seed {shape['seed']}" if shape else "2005")
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Both:
    """Return a graph as the package reads it, and its triples."""
    if request.param is None:
        return open_graph(), Raw(*resources.data_files())
    path = tmp_path_factory.mktemp("made") / "made.ttl"
    path.write_text(made(**request.param), encoding="utf-8")
    return open_graph(path, bundled=False), Raw(str(path))


def rows(findings: Findings, name: str = "") -> list[dict[str, Any]]:
    """Return the rows of a table, or of the first, with IRIs as in rdflib and tuples as sets."""
    table = findings.tables[name] if name else next(iter(findings.tables.values()))
    return [{column: plain(value) for column, value in row.items()} for row in table]


def plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return {plain(each) for each in value}
    return rdflib.URIRef(value) if isinstance(value, Ref) else value


def shares_of_paths(graph: nx.Graph, ends: Iterable[tuple[Any, Any]]) -> dict[Any, float]:
    """Return for each node its share of the shortest paths, as the mean over pairs of which it is no end."""
    found: dict[Any, list[float]] = {node: [] for node in graph}
    for one, other in ends:
        paths = list(nx.all_shortest_paths(graph, one, other)) if nx.has_path(graph, one, other) else []
        on = Counter(node for path in paths for node in path)
        for node in set(graph) - {one, other}:
            found[node].append(on[node] / len(paths) if paths else 0.0)
    return {node: mean(shares) if shares else 0.0 for node, shares in found.items()}


@pytest.mark.parametrize("count", ["networks", "claims", "evidence"])
@pytest.mark.parametrize("of", ["practices", "outcomes"])
def test_rank(both: Both, of: str, count: Any) -> None:
    graph, raw = both
    links = nx.Graph()
    for (p, o), claims in raw.links.items():
        counted = {
            "networks": {n for c in claims for n in raw.networks[c]},
            "claims": claims,
            "evidence": {e for c in claims for e in raw.support[c]},
        }
        links.add_edge(p, o, weight=len(counted[count]))
    behind: dict[Any, set[Any]] = defaultdict(set)
    for pair, claims in raw.links.items():
        behind[pair[of == "outcomes"]] |= claims
    found = {row["thing"]: row for row in rows(rank_nodes(graph, of=of, count=count))}
    assert {node: row["claims"] for node, row in found.items()} == behind
    walk = _pagerank_python(links, tol=1e-12, max_iter=500)
    reached = nx.Graph((node, raw.feature[c]) for node in behind for c in behind[node] if raw.feature[c])
    reached.add_nodes_from(behind)
    bridges = shares_of_paths(reached, combinations([node for node in reached if node not in behind], 2))
    for node, row in found.items():
        assert row["features"] == len({raw.feature[c] for c in behind[node]} - {None})
        assert row["networks"] == len({n for c in behind[node] for n in raw.networks[c]})
        assert (row["partners"], row["degree"]) == (len(links[node]), links.degree(node, weight="weight"))
        assert math.isclose(row["pagerank"], walk[node], rel_tol=1e-6)
        assert math.isclose(row["bridging"], bridges[node], abs_tol=1e-9)
    if count == "networks" and len(links) < 60:
        between = shares_of_paths(links, combinations(links, 2))
        assert all(math.isclose(row["betweenness"], between[node], abs_tol=1e-9) for node, row in found.items())


def test_robustness(both: Both) -> None:
    graph, raw = both
    claims = {c for of in raw.links.values() for c in of}
    voices = {e: raw.every(e, NLC.spokenBy, NLC.providedBy) for e in raw.kind}
    asserted = {c: raw.every(c, NLC.assertedBy) for c in raw.claims}
    is_lost: dict[str, Callable[[Any, Any], bool]] = {
        "network": lambda c, n: raw.networks[c] == {n},
        "kind of evidence": lambda c, k: {raw.kind[e] for e in raw.support[c]} == {k},
        "voice": lambda c, v: asserted[c] == {v} or all(voices[e] == {v} for e in raw.support[c]),
    }
    left_out = {
        "network": set().union(*raw.networks.values()),
        "kind of evidence": set(raw.kind.values()),
        "voice": set().union(*asserted.values(), *voices.values()),
    }
    expected = {}
    for what, each in ((what, each) for what, every in left_out.items() for each in every):
        lost = {c for c in claims if is_lost[what](c, each)}
        links = [link for link, of in raw.links.items() if of <= lost]
        if lost:
            expected[what, each] = (lost, len(lost), len(links), len(links) / len(raw.links))
    found = count_losses(graph)
    assert expected == {
        (row["what"], row["left_out"]): (row["claims"], row["claims_lost"], row["links_lost"], row["share"])
        for row in rows(found)
    }
    single = {}
    for link, of in raw.links.items():
        networks = [raw.networks[c] for c in of]
        if all(each == networks[0] and len(each) == 1 for each in networks):
            kinds = {raw.kind[e] for c in of for e in raw.support[c]}
            single[link] = (*networks[0], kinds, len({v for c in of for v in asserted[c]}), of)
    assert single == {
        (row["practice"], row["outcome"]): (row["network"], row["kinds"], row["voices"], row["claims"])
        for row in rows(found, "links of a single network")
    }


def test_gaps(both: Both) -> None:
    graph, raw = both
    found = find_gaps(graph)
    used = set(raw.g.objects(None, NLC.practice))
    without = used - set().union(*raw.practices.values())
    assert {row["practice"] for row in rows(found, "practices with no stated outcome")} == without
    by_outcome, by_feature = defaultdict(set), defaultdict(set)
    for c in raw.claims:
        by_outcome[raw.outcome[c]].add(c)
        by_feature[raw.feature[c]].add(c)
    assert {row["outcome"]: row["claims"] for row in rows(found, "outcomes with no practice")} == {
        o: claims for o, claims in by_outcome.items() if not any(raw.every(c, NLC.strategy) for c in claims)
    }
    figures = {e for e in raw.kind if raw.every(e, TYPE) & {NLC.Level, NLC.Change, NLC.Figure}}
    assert {row["feature"]: row["claims"] for row in rows(found, "key features with no figure")} == {
        f: by_feature[f] for f in raw.all_of(NLC.KeyFeature) if not any(raw.support[c] & figures for c in by_feature[f])
    }
    attributed = {}
    for link, claims in raw.links.items():
        items = {e for c in claims for e in raw.support[c]}
        if any(raw.link[c] == "attributed" for c in claims) and all("testimony" in raw.kind[e] for e in items):
            attributed[link] = (len(items), claims)
    assert attributed == {
        (row["practice"], row["outcome"]): (row["testimonies"], row["claims"])
        for row in rows(found, "attributed links with testimony only")
    }


def scores(links: set[tuple[Any, Any]]) -> Callable[[tuple[Any, Any]], tuple[float, float]]:
    """Return a function that scores a cell by common neighbours and Adamic-Adar."""
    outcomes, practices = defaultdict(set), defaultdict(set)
    for p, o in links:
        outcomes[p].add(o)
        practices[o].add(p)

    def score(cell: tuple[Any, Any]) -> tuple[float, float]:
        similar = [q for q in practices[cell[1]] - {cell[0]} if outcomes[q] & outcomes[cell[0]]]
        return len(similar), math.fsum(1 / math.log(len(outcomes[q])) for q in similar)

    return score


def test_link_prediction(both: Both) -> None:
    graph, raw = both
    found = find_gaps(graph)
    suggested, score = rows(found, "suggested links"), scores(set(raw.links))
    empty = set(product(*({link[at] for link in raw.links} for at in (0, 1)))) - raw.links.keys()
    whole = {cell: score(cell) for cell in empty}
    for row in suggested:
        common, adamic_adar = whole[row["practice"], row["outcome"]]
        assert row["common"] == len(row["similar"]) == common and math.isclose(row["adamic_adar"], adamic_adar)
    best = sorted((adamic_adar for common, adamic_adar in whole.values() if common), reverse=True)[:20]
    assert [row["adamic_adar"] for row in suggested] == pytest.approx(best)


def test_paths(both: Both) -> None:
    graph, raw = both
    steps: dict[Any, dict[Any, set[Any]]] = defaultdict(lambda: defaultdict(set))
    for c in raw.results:
        through = raw.every(c, NLC.throughOutcome)
        ends = [(p, end) for p in raw.practices[c] for end in (raw.outcome[c], *through)]
        between = [(outcome, raw.outcome[c]) for outcome in through - {raw.outcome[c]}]
        for start, end in (*ends, *between, *permutations(raw.practices[c], 2)):
            steps[start][end].add(c)
    practices = set().union(*raw.practices.values())

    def walks(path: list[Any], target: Any, last: set[Any], joint: set[Any]) -> Iterator[tuple[Any, ...]]:
        here = path[-1]
        if here == target:
            yield tuple(path)
            return
        if len(path) > 3:
            return
        if any(raw.feature[c] == target and raw.outcome[c] == here for c in last):
            yield (*path, target)
        for end, claims in steps[here].items():
            behind = claims - joint
            if end not in path and behind:
                jointly = here in practices and end in practices
                yield from walks([*path, end], target, behind, joint | behind if jointly else set())

    starts, outcomes = (sorted({link[at] for link in raw.links})[:3] for at in (0, 1))
    features = sorted({raw.feature[c] for c in raw.results} - {None})[:2]
    for start, target in product(starts, [*outcomes, *features]):
        found: dict[int, list[Any]] = defaultdict(list)
        for row in rows(find_paths(graph, Ref(start), Ref(target), steps=3, most=10_000)):
            found[row["path"]].append(row["end"])
        assert {(start, *path) for path in found.values()} == set(walks([start], target, set(), set()))
        assert [len(found[number]) for number in sorted(found)] == sorted(map(len, found.values()))


def test_peers(both: Both) -> None:
    graph, raw = both
    aims: dict[Any, set[Any]] = defaultdict(set)
    for unit, outcome in raw.g.subject_objects(NLC.focusesOn):
        for network in raw.within([unit]):
            aims[network].add(outcome)
    for c in raw.claims:
        for network in raw.networks[c] if raw.link[c] == "intended" else ():
            aims[network].add(raw.outcome[c])

    def jaccard(one: set[Any], other: set[Any]) -> float:
        return len(one & other) / len(one | other) if one | other else 0.0

    networks = sorted(raw.all_of(NLC.Network))
    for own in networks[:3]:
        found = rank_similar_networks(graph, Ref(own))
        alike = {n: (jaccard(raw.uses[own], raw.uses[n]), jaccard(aims[own], aims[n])) for n in networks if n != own}
        assert {row["network"]: (row["by_practices"], row["by_aims"]) for row in rows(found)} == alike
        order = [row["network"] for row in rows(found)]
        assert order == sorted(order, key=lambda n: -max(alike[n]))
        expected: dict[tuple[Any, Any, Any], set[Any]] = {}
        for peer in (n for n in order[:3] if max(alike[n])):
            for p in raw.uses[peer] - raw.uses[own]:
                there = {o: {c for c in of if peer in raw.networks[c]} for (q, o), of in raw.links.items() if q == p}
                reported = {(peer, p, o): claims for o, claims in there.items() if claims}
                expected |= reported or {(peer, p, None): set()}
        others = rows(found, "practices of the nearest")
        assert {(row["peer"], row["practice"], row["outcome"]): row["claims"] for row in others} == expected


def test_timeline(both: Both) -> None:
    graph, raw = both
    one, every = raw.one, raw.every
    positions = {NLC.comparedWith: "beside", NLC.aboveComparator: "above", NLC.belowComparator: "below"}

    def number(figure: Any) -> float | None:
        ends = [one(one(figure, end), NLC.value) for end in (NLC.startLevel, NLC.endLevel)]
        if one(figure, NLC.value) is None and None not in ends:
            return float(ends[1].toPython() - ends[0].toPython())
        return None if one(figure, NLC.value) is None else float(one(figure, NLC.value))

    def is_growth(figure: Any) -> bool:
        """Tell whether a change is stated in per cent: that of two levels in per cent is in percentage points."""
        in_percent = str(one(figure, NLC.measurementUnit)).endswith("/percent")
        return (figure, TYPE, NLC.Change) in raw.g and one(figure, NLC.value) is not None and in_percent

    def phase(figure: Any, network: Any) -> str:
        first, last = (one(one(figure, period), NLC.endYear) for period in (NLC.fromPeriod, NLC.toPeriod))
        level, formed = one(one(figure, NLC.atPeriod), NLC.endYear), one(network, NLC.formedYear)
        first, last = (level, level) if level else (first, last)
        if formed is None or last is None:
            return ""
        if int(last) < int(formed):
            return "before"
        if first is None:
            return ""
        if int(first) < int(formed):
            return "across"
        return "in the year" if int(last) == int(formed) else "since" if int(first) == int(formed) else "after"

    compared_with = {other for prop in positions for other in raw.g.objects(None, prop)}
    expected = set()
    for figure in raw.all_of(NLC.Level) | raw.all_of(NLC.Change):
        beside = [(position, other) for prop, position in positions.items() for other in every(figure, prop)]
        near = {figure, *raw.g.subjects(NLC.startLevel, figure), *raw.g.subjects(NLC.endLevel, figure)}
        bearing = (NLC.supportedBy, NLC.qualifiedBy, NLC.challengedBy)
        claims = frozenset(c for c in raw.claims if every(c, *bearing) & near)
        for network, (position, other) in product(
            raw.within([one(figure, NLC.about)]) or {None}, beside or [("", None)]
        ):
            if network or figure not in compared_with:
                value, compared = number(figure), number(other)
                less = round(value - compared, 9) if value is not None and compared is not None else None
                less = less if is_growth(figure) == is_growth(other) else None
                numbers = (value, position, one(other, NLC.about), compared, less)
                expected.add((one(figure, NLC.about), network, *numbers, phase(figure, network), claims))
    columns = ("unit", "network", "value", "position", "comparator", "compared", "difference", "when")
    found = set()
    for row in rows(find_figures(graph)):
        row["difference"] = None if row["difference"] is None else round(row["difference"], 9)
        found.add((*(row[column] for column in columns), frozenset(row["claims"])))
    assert found == expected


def test_modularity(both: Both) -> None:
    graph, raw = both
    uses = nx.Graph()
    for s, p in raw.g.subject_objects(NLC.practice):
        for n in raw.within(raw.every(s, NLC.usedBy)):
            uses.add_edge(p, n, weight=uses.edges[p, n]["weight"] + 1 if uses.has_edge(p, n) else 1)
    found = find_communities(graph, draws=99)
    members = [row["networks"] | row["practices"] for row in rows(found)]
    assert math.isclose(found.numbers["modularity"], nx.community.modularity(uses, members), abs_tol=1e-9)


def test_p_of_pairs_is_that_of_all_graphs_with_the_same_degrees() -> None:
    # Four networks of two or three practices: few enough graphs to go through all of them, each as likely as others.
    used = {"k": {"a", "b", "c"}, "l": {"a", "b"}, "m": {"a", "d"}, "n": {"c", "d", "b"}}
    practices = sorted(set().union(*used.values()))
    times = Counter(p for of in used.values() for p in of)
    every = product(*(list(combinations(practices, len(used[n]))) for n in sorted(used)))
    alike = [graph for graph in every if Counter(p for row in graph for p in row) == times]
    assert len(alike) > 20
    draws = 4000
    for pair in find_unusual_pairs({Ref(n): {Ref(p) for p in of} for n, of in used.items()}, draws=draws, seed=7):
        together = [sum({pair.practice, pair.other} <= set(row) for row in graph) for graph in alike]
        exact = mean(number >= pair.together for number in together)
        assert abs(pair.p - exact) < 4 * math.sqrt(exact * (1 - exact) / draws) + 1 / draws
        assert abs(pair.expected - mean(together)) < 0.06
