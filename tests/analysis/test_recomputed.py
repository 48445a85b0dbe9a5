"""Every number once more, from the triples alone, by what the analyses say of it: in plain rdflib, on made-up graphs.

Nothing here asks the package how it counts. The graphs are odd on purpose; see :mod:`.made`.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import combinations, permutations, product
from pathlib import Path
from statistics import mean, stdev
from typing import Any

import networkx as nx
import pytest
import rdflib

from nlc_graph import Graph, open_graph, resources
from nlc_graph.analysis import Findings
from nlc_graph.analysis.centrality import rank
from nlc_graph.analysis.communities import groups
from nlc_graph.analysis.gaps import gaps
from nlc_graph.analysis.null_model import unusual_pairs
from nlc_graph.analysis.paths import paths
from nlc_graph.analysis.robustness import robustness
from nlc_graph.analysis.similarity import peers
from nlc_graph.analysis.timeline import timeline
from nlc_graph.projection import reported_links, to_bipartite, to_one_mode
from nlc_graph.table import Ref

from .made import made

NLC = rdflib.Namespace("https://w3id.org/nlc-graph/ontology#")
TYPE, BROADER, MEMBER_OF = rdflib.RDF.type, rdflib.SKOS.broader, rdflib.Namespace("http://www.w3.org/ns/org#").memberOf
SHAPES: tuple[dict[str, int], ...] = (
    {"seed": 1},
    {"seed": 2, "networks": 3, "practices": 5, "outcomes": 5, "claims": 14},
    {"seed": 3, "networks": 7, "practices": 14, "outcomes": 12, "claims": 50},
    {"seed": 4, "networks": 1, "practices": 3, "outcomes": 3, "claims": 6},
)


class Raw:
    """What the triples say."""

    def __init__(self, *files: str) -> None:
        self.g = rdflib.Graph()
        for file in (*resources.ontology_files(), *files):
            self.g.parse(file)
        one: Callable[..., Any] = self.g.value
        every = self.every
        self.claims = sorted(self.all_of(NLC.Claim))
        self.networks = {c: self.within(every(c, NLC.about)) for c in self.claims}
        self.practices = {c: {p for s in every(c, NLC.strategy) for p in every(s, NLC.practice)} for c in self.claims}
        self.outcome = {c: one(c, NLC.outcome) for c in self.claims}
        self.link = {c: str(one(c, NLC.linkType)).rsplit("/", 1)[-1] for c in self.claims}
        self.feature = {c: one(c, NLC.reportedUnder) for c in self.claims}
        self.support = {c: every(c, NLC.supportedBy) for c in self.claims}
        self.kind = {e: one(e, NLC.evidenceKind) for items in self.support.values() for e in items}
        self.results = [c for c in self.claims if self.link[c] in ("attributed", "co-reported")]
        self.ties: dict[tuple[Any, Any], set[Any]] = defaultdict(set)
        for c in self.results:
            for p in self.practices[c]:
                self.ties[p, self.outcome[c]].add(c)
        self.uses: dict[Any, set[Any]] = defaultdict(set)
        for s, p in self.g.subject_objects(NLC.practice):
            for n in self.within(every(s, NLC.usedBy)):
                self.uses[n].add(p)

    def every(self, thing: Any, *properties: Any) -> set[Any]:
        return {value for prop in properties for value in self.g.objects(thing, prop)}

    def all_of(self, kind: Any) -> set[Any]:
        return set(self.g.subjects(TYPE, kind))

    def within(self, units: Iterable[Any]) -> set[Any]:
        todo, seen = list(units), set()
        while todo:
            unit = todo.pop()
            if unit not in seen:
                seen.add(unit)
                todo += self.every(unit, MEMBER_OF, NLC.within)
        return {unit for unit in seen if (unit, TYPE, NLC.Network) in self.g}

    def behind(self, thing: Any, at: int) -> set[Any]:
        return {c for pair, claims in self.ties.items() if pair[at] == thing for c in claims}


@pytest.fixture(
    scope="module", params=[*SHAPES, None], ids=lambda shape: f"seed {shape['seed']}" if shape else "bundled"
)
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Graph, Raw]:
    """Return a graph as the package sees it, and what its triples say."""
    if request.param is None:
        return open_graph(), Raw(*resources.data_files())
    path = tmp_path_factory.mktemp("made") / "made.ttl"
    path.write_text(made(**request.param), encoding="utf-8")
    return open_graph(path, bundled=False), Raw(str(path))


def rows(findings: Findings, beginning: str = "") -> list[dict[str, Any]]:
    part = next(part for part in findings.parts if part.name.startswith(beginning))
    return [dict(zip(part.columns, map(plain, row), strict=True)) for row in part.rows]


def plain(value: Any) -> Any:
    """Turn IRIs into rdflib's, and tuples of them into sets."""
    if isinstance(value, tuple):
        return {plain(item) for item in value}
    return rdflib.URIRef(value) if isinstance(value, Ref) else value


def close(found: dict[Any, float], expected: dict[Any, float]) -> bool:
    return found.keys() == expected.keys() and all(
        math.isclose(found[key], expected[key], abs_tol=1e-8) for key in found
    )


def shares_of_paths(graph: nx.Graph, ends: Iterable[tuple[Any, Any]]) -> dict[Any, float]:
    """Return for each node its share of the shortest paths between pairs, mean over the pairs of which it is no end."""
    found: dict[Any, list[float]] = {node: [] for node in graph}
    for one, other in ends:
        ways = list(nx.all_shortest_paths(graph, one, other)) if nx.has_path(graph, one, other) else []
        on = Counter(node for way in ways for node in way)
        for node in set(graph) - {one, other}:
            found[node].append(on[node] / len(ways) if ways else 0.0)
    return {node: mean(shares) if shares else 0.0 for node, shares in found.items()}


@pytest.mark.parametrize("count", ["networks", "claims", "evidence"])
@pytest.mark.parametrize("of", ["practices", "outcomes"])
def test_rank(both: tuple[Graph, Raw], of: str, count: Any) -> None:
    graph, raw = both
    at = ("practices", "outcomes").index(of)
    weights = {
        pair: {
            "networks": len({n for c in claims for n in raw.networks[c]}),
            "claims": len(claims),
            "evidence": len({e for c in claims for e in raw.support[c]}),
        }[count]
        for pair, claims in raw.ties.items()
    }
    linkage = nx.Graph()
    linkage.add_edges_from((p, o, {"weight": weight}) for (p, o), weight in weights.items())
    found = rows(rank(graph, of=of, count=count))
    of_thing = {row["thing"]: row for row in found}
    claims = {thing: raw.behind(thing, at) for thing in {pair[at] for pair in raw.ties}}
    assert {thing: row["claims"] for thing, row in of_thing.items()} == claims
    for thing, row in of_thing.items():
        assert row["features"] == len({raw.feature[c] for c in claims[thing]} - {None})
        assert row["networks"] == len({n for c in claims[thing] for n in raw.networks[c]})
        assert row["partners"] == len(linkage[thing])
        assert row["degree"] == linkage.degree(thing, weight="weight")
    places = [(-row["features"], -row["networks"]) for row in found]
    assert places == sorted(places)
    assert [row["rank"] for row in found] == [
        f"{places.index(place) + 1}{'=' if places.count(place) > 1 else ''}" for place in places
    ]
    assert math.isclose(
        sum(row["pagerank"] for row in found)
        + sum(
            row["pagerank"]
            for row in rows(rank(graph, of="outcomes" if of == "practices" else "practices", count=count))
        ),
        1,
    )
    assert close({t: row["pagerank"] for t, row in of_thing.items()}, walked(linkage, of_thing))
    if count == "networks" and len(linkage) < 60:
        assert close(
            {t: row["betweenness"] for t, row in of_thing.items()},
            {t: share for t, share in shares_of_paths(linkage, combinations(linkage, 2)).items() if t in of_thing},
        )
    reached = nx.Graph((t, raw.feature[c]) for t in claims for c in claims[t] if raw.feature[c])
    reached.add_nodes_from(claims)
    bridges = shares_of_paths(reached, combinations([node for node in reached if node not in claims], 2))
    assert close({t: row["bridging"] for t, row in of_thing.items()}, {t: bridges[t] for t in claims})


def walked(graph: nx.Graph, things: Iterable[Any]) -> dict[Any, float]:
    """Return PageRank as the solution of its linear equations."""
    import numpy as np  # what Matplotlib brings

    nodes = list(graph)
    step = np.zeros((len(nodes), len(nodes)))
    for at, node in enumerate(nodes):
        total = graph.degree(node, weight="weight")
        for to, other in enumerate(nodes):
            weight = graph.edges[node, other]["weight"] if graph.has_edge(node, other) else 0
            step[to, at] = weight / total if total else 1 / len(nodes)
    shares = np.linalg.solve(np.eye(len(nodes)) - 0.85 * step, np.full(len(nodes), 0.15 / len(nodes)))
    return {node: float(shares[nodes.index(node)]) for node in things}


def test_robustness(both: tuple[Graph, Raw]) -> None:
    graph, raw = both
    tying = {c for claims in raw.ties.values() for c in claims}
    voices = {e: raw.every(e, NLC.spokenBy, NLC.providedBy) for e in raw.kind}
    asserted = {c: raw.every(c, NLC.assertedBy) for c in raw.claims}
    falls: dict[str, Callable[[Any, Any], bool]] = {
        "network": lambda c, n: raw.networks[c] == {n},
        "kind of evidence": lambda c, k: {raw.kind[e] for e in raw.support[c]} == {k},
        "voice": lambda c, v: asserted[c] == {v} or all(voices[e] == {v} for e in raw.support[c]),
    }
    things = {
        "network": {n for of in raw.networks.values() for n in of},
        "kind of evidence": set(raw.kind.values()),
        "voice": {v for of in (*asserted.values(), *voices.values()) for v in of},
    }
    expected = {}
    for what, every in things.items():
        for thing in every:
            lost = {c for c in tying if falls[what](c, thing)}
            if lost:
                links = [pair for pair, claims in raw.ties.items() if claims <= lost]
                expected[what, thing] = (lost, len(lost), len(links), len(links) / len(raw.ties))
    assert {
        (row["what"], row["left_out"]): (row["claims"], row["claims_lost"], row["links_lost"], row["share"])
        for row in rows(robustness(graph), "one left out")
    } == expected
    single = {}
    for (p, o), claims in raw.ties.items():
        of = [raw.networks[c] for c in claims]
        if all(each == of[0] and len(each) == 1 for each in of):
            kinds = {raw.kind[e] for c in claims for e in raw.support[c]}
            single[p, o] = (*of[0], kinds, len({v for c in claims for v in asserted[c]}), claims)
    assert {
        (row["practice"], row["outcome"]): (row["network"], row["kinds"], row["voices"], row["claims"])
        for row in rows(robustness(graph), "links that hang")
    } == single


def test_gaps(both: tuple[Graph, Raw]) -> None:
    graph, raw = both
    found = gaps(graph)
    used = set(raw.g.objects(None, NLC.practice))
    assert {row["practice"] for row in rows(found, "practices")} == used - {
        p for of in raw.practices.values() for p in of
    }
    by_outcome, by_feature = defaultdict(set), defaultdict(set)
    for c in raw.claims:
        by_outcome[raw.outcome[c]].add(c)
        by_feature[raw.feature[c]].add(c)
    assert {row["outcome"]: row["claims"] for row in rows(found, "outcomes")} == {
        o: claims for o, claims in by_outcome.items() if not any(raw.every(c, NLC.strategy) for c in claims)
    }
    figures = {e for e in raw.kind if raw.every(e, TYPE) & {NLC.Level, NLC.Change, NLC.Figure}}
    assert {row["feature"]: row["claims"] for row in rows(found, "key features")} == {
        f: by_feature[f]
        for f in raw.g.subjects(TYPE, NLC.KeyFeature)
        if not any(raw.support[c] & figures for c in by_feature[f])
    }
    testimony = {k for k in raw.kind.values() if "testimony" in str(k)}
    attributed = {}
    for pair, claims in raw.ties.items():
        items = {e for c in claims for e in raw.support[c]}
        if any(raw.link[c] == "attributed" for c in claims) and {raw.kind[e] for e in items} <= testimony:
            attributed[pair] = (len(items), claims)
    assert {
        (row["practice"], row["outcome"]): (row["testimonies"], row["claims"]) for row in rows(found, "attributed")
    } == attributed
    suggested(raw, rows(found, "cells"), rows(found, "how well"))


def suggested(raw: Raw, suggestions: list[dict[str, Any]], checks: list[dict[str, Any]]) -> None:
    practices, outcomes = ({pair[at] for pair in raw.ties} for at in (0, 1))
    empty = [cell for cell in product(practices, outcomes) if cell not in raw.ties]

    def scores(ties: set[tuple[Any, Any]]) -> Callable[[tuple[Any, Any]], tuple[float, float]]:
        reached, reaching = defaultdict(set), defaultdict(set)
        for p, o in ties:
            reached[p].add(o)
            reaching[o].add(p)

        def score(cell: tuple[Any, Any]) -> tuple[float, float]:
            like = [q for q in reaching[cell[1]] - {cell[0]} if reached[q] & reached[cell[0]]]
            return len(like), math.fsum(1 / math.log(len(reached[q])) for q in like)

        return score

    whole = {cell: scores(set(raw.ties))(cell) for cell in empty}
    for row in suggestions:
        common, weighed = whole[row["practice"], row["outcome"]]
        assert row["common"] == len(row["similar"]) == common and math.isclose(row["adamic_adar"], weighed)
    best = sorted((score for _, score in whole.values() if score), reverse=True)[:20]
    assert len(best) == len(suggestions)
    assert all(math.isclose(a, row["adamic_adar"]) for a, row in zip(best, suggestions, strict=True))
    if len(raw.ties) > 100 or not empty:
        return  # seconds in plain Python
    areas: tuple[list[float], list[float]] = ([], [])
    for left in raw.ties:
        score = scores(set(raw.ties) - {left})
        own, others = score(left), [score(cell) for cell in empty]
        for at in (0, 1):
            near = sum(abs(own[at] - other[at]) < 1e-9 for other in others)
            above = sum(own[at] > other[at] + 1e-9 for other in others)
            areas[at].append((above + near / 2) / len(others))
    for row, found in zip(checks, areas, strict=True):
        assert math.isclose(row["auc"], mean(found))
        assert math.isclose(row["low"], mean(found) - 1.96 * stdev(found) / math.sqrt(len(found)), abs_tol=1e-9)


def test_paths(both: tuple[Graph, Raw]) -> None:
    graph, raw = both
    steps: dict[Any, dict[Any, set[Any]]] = defaultdict(lambda: defaultdict(set))
    for c in raw.results:
        through = raw.every(c, NLC.throughOutcome)
        for p in raw.practices[c]:
            for end in (raw.outcome[c], *through):
                steps[p][end].add(c)
        for one, other in permutations(raw.practices[c], 2):
            steps[one][other].add(c)
        for between in through - {raw.outcome[c]}:
            steps[between][raw.outcome[c]].add(c)
    practices = {p for of in raw.practices.values() for p in of}

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

    starts = sorted({p for p, _ in raw.ties})[:3]
    targets = [*sorted({o for _, o in raw.ties})[:3], *sorted({raw.feature[c] for c in raw.results} - {None})[:2]]
    for start, target in product(starts, targets):
        found: dict[int, list[Any]] = defaultdict(list)
        for row in rows(paths(graph, Ref(start), Ref(target), steps=3, most=10_000)):
            found[row["path"]].append(row["end"])
        assert {(start, *path) for path in found.values()} == set(walks([start], target, set(), set()))
        assert [len(found[number]) for number in sorted(found)] == sorted(map(len, found.values()))


def test_peers(both: tuple[Graph, Raw]) -> None:
    graph, raw = both
    networks = sorted(raw.all_of(NLC.Network))
    aims: dict[Any, set[Any]] = defaultdict(set)
    for unit, outcome in raw.g.subject_objects(NLC.focusesOn):
        for network in raw.within([unit]):
            aims[network].add(outcome)
    for c in raw.claims:
        for network in raw.networks[c] if raw.link[c] == "intended" else ():
            aims[network].add(raw.outcome[c])

    def jaccard(one: set[Any], other: set[Any]) -> float:
        return float(Fraction(len(one & other), len(one | other))) if one | other else 0.0

    for own in networks[:3]:
        found = peers(graph, Ref(own))
        alike = {n: (jaccard(raw.uses[own], raw.uses[n]), jaccard(aims[own], aims[n])) for n in networks if n != own}
        assert {row["network"]: (row["by_practices"], row["by_aims"]) for row in rows(found)} == alike
        order = [max(alike[row["network"]]) for row in rows(found)]
        assert order == sorted(order, reverse=True)
        expected: dict[tuple[Any, Any, Any], set[Any]] = {}
        for peer in [row["network"] for row in rows(found)][:3]:
            for p in raw.uses[peer] - raw.uses[own] if max(alike[peer]) else ():
                told = {
                    (peer, p, raw.outcome[c]) for c in raw.results if peer in raw.networks[c] and p in raw.practices[c]
                }
                for key in told or {(peer, p, None)}:
                    expected[key] = {c for c in raw.ties.get(key[1:], ()) if peer in raw.networks[c]}
        besides = rows(found, "what the nearest")
        assert {(row["peer"], row["practice"], row["outcome"]): row["claims"] for row in besides} == expected


def test_timeline(both: tuple[Graph, Raw]) -> None:
    graph, raw = both
    one: Callable[..., Any] = raw.g.value
    words = {NLC.comparedWith: "beside", NLC.aboveComparator: "above", NLC.belowComparator: "below"}

    def number(figure: Any) -> float | None:
        value = one(figure, NLC.value)
        ends: list[Any] = [
            one(one(figure, end), NLC.value) if one(figure, end) else None for end in (NLC.startLevel, NLC.endLevel)
        ]
        if value is None and None not in ends:
            return float(ends[1].toPython() - ends[0].toPython())
        return None if value is None else float(value)

    def growth(figure: Any) -> bool:
        """Tell whether a change is stated in per cent: that of two levels in per cent is in percentage points."""
        return (figure, TYPE, NLC.Change) in raw.g and one(figure, NLC.value) is not None and in_percent(figure)

    def in_percent(figure: Any) -> bool:
        return str(one(figure, NLC.measurementUnit)).endswith("/percent")

    def when(figure: Any, network: Any) -> str:
        formed = one(network, NLC.formedYear) if network else None
        first, last = (
            one(one(figure, p), NLC.endYear) if one(figure, p) else None for p in (NLC.fromPeriod, NLC.toPeriod)
        )
        level = one(figure, NLC.atPeriod)
        first, last = (one(level, NLC.endYear),) * 2 if level else (first, last)
        if formed is None or last is None:
            return ""
        if int(last) < int(formed):
            return "before"
        if first is None:
            return ""
        if int(first) < int(formed):
            return "across"
        return "in the year" if int(last) == int(formed) else "since" if int(first) == int(formed) else "after"

    others = {o for p in words for o in raw.g.objects(None, p)}
    expected: Counter[tuple[Any, ...]] = Counter()
    for figure in {*raw.g.subjects(TYPE, NLC.Level), *raw.g.subjects(TYPE, NLC.Change)}:
        networks = raw.within([one(figure, NLC.about)]) or {None}
        beside: list[tuple[str, Any]] = [(word, o) for p, word in words.items() for o in raw.g.objects(figure, p)] or [
            ("", None)
        ]
        near = {figure, *raw.g.subjects(NLC.startLevel, figure), *raw.g.subjects(NLC.endLevel, figure)}
        claims = frozenset(
            c for c in raw.claims if raw.every(c, NLC.supportedBy, NLC.qualifiedBy, NLC.challengedBy) & near
        )
        for network, (word, other) in product(networks, beside):
            if network or figure not in others:
                value, compared = number(figure), number(other) if other else None
                less = round(value - compared, 9) if value is not None and compared is not None else None
                less = less if growth(figure) == growth(other) else None
                unit = one(other, NLC.about) if other else None
                expected[
                    one(figure, NLC.about), network, value, word, unit, compared, less, when(figure, network), claims
                ] += 1
    found = Counter(
        (
            *(row[name] for name in ("unit", "network", "value", "position", "comparator", "compared")),
            None if row["difference"] is None else round(row["difference"], 9),
            row["when"],
            frozenset(row["claims"]),
        )
        for row in rows(timeline(graph))
    )
    assert found.keys() == expected.keys()  # figures that agree in all of this are told apart by their periods


def test_modularity_and_newmans_weights(both: tuple[Graph, Raw]) -> None:
    graph, raw = both
    weights = {
        (p, n): sum(
            p in raw.every(s, NLC.practice) and n in raw.within(raw.every(s, NLC.usedBy))
            for s in set(raw.g.subjects(NLC.practice, p))
        )
        for n, practices in raw.uses.items()
        for p in practices
    }
    total, degree = sum(weights.values()), Counter[Any]()
    for pair, weight in weights.items():
        for node in pair:
            degree[node] += weight
    found = groups(graph, draws=99)
    members = [row["networks"] | row["practices"] for row in rows(found)]
    score = sum(
        sum(weight for (p, n), weight in weights.items() if p in of and n in of) / total
        - (sum(degree[node] for node in of) / (2 * total)) ** 2
        for of in members
    )
    assert {node for of in members for node in of} == set(degree)
    assert found.parts[0].note.startswith(f"modularity {score + 0.0:.3f} with seed 2005")
    projected = to_one_mode(to_bipartite(reported_links(graph), graph.names), 0)
    reaching = defaultdict(set)
    for p, o in raw.ties:
        reaching[o].add(p)
    expected: dict[frozenset[Any], float] = defaultdict(float)
    for ps in reaching.values():
        for pair in combinations(ps, 2):
            expected[frozenset(pair)] += 1 / (len(ps) - 1)
    assert close({frozenset(map(plain, pair)): w for *pair, w in projected.edges(data="weight")}, dict(expected))


def test_p_of_pairs_is_that_of_all_graphs_with_the_same_degrees() -> None:
    # Four networks of two or three practices: few enough graphs to go through all of them, each as likely as others.
    used = {"k": {"a", "b", "c"}, "l": {"a", "b"}, "m": {"a", "d"}, "n": {"c", "d", "b"}}
    practices = sorted({p for of in used.values() for p in of})
    times = Counter(p for of in used.values() for p in of)
    alike = [
        rows
        for rows in product(*(list(combinations(practices, len(used[n]))) for n in sorted(used)))
        if Counter(p for row in rows for p in row) == times
    ]
    assert len(alike) > 20
    networks = {Ref(n): {Ref(p) for p in of} for n, of in used.items()}
    draws = 4000
    for pair in unusual_pairs(networks, draws=draws, seed=7):
        together = [sum({pair.practice, pair.other} <= set(row) for row in rows) for rows in alike]
        exact = mean(number >= pair.together for number in together)
        assert abs(pair.p - exact) < 4 * math.sqrt(exact * (1 - exact) / draws) + 1 / draws
        assert abs(pair.expected - mean(together)) < 0.06


def test_the_made_graphs_hold_what_they_are_made_for(tmp_path: Path) -> None:
    (tmp_path / "made.ttl").write_text(made(**SHAPES[2]), encoding="utf-8")
    raw = Raw(str(tmp_path / "made.ttl"))
    assert any(len(raw.every(c, NLC.strategy)) > 1 for c in raw.results)
    assert {0, 1, 2} <= {len(of) for of in raw.networks.values()}
    assert any(raw.every(c, NLC.throughOutcome) for c in raw.results)
    assert any(True for _ in raw.g.subject_objects(BROADER))
