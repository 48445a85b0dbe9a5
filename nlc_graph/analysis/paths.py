"""Find paths from a practice to an outcome type or key feature, each step with the claims behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, permutations, takewhile

import networkx as nx

from ..evidence.claims_table import ClaimRow, claims_table
from ..graph.graph import Graph
from ..projection import REPORTED
from ..table import Ref
from ..vocabulary import local_name
from .claims import count_values, read_pairs
from .findings import Findings, to_table

#: Candidates that are looked at, shortest first, before the search ends.
MAX_CANDIDATES = 5000
#: Relations of a step.
LINKED, THROUGH, LEADS_TO = "is linked to", "is linked, as an intermediate, to", "is reported to lead to"
JOINT, UNDER = "is credited jointly with", "is reported under"
#: Edge attribute: the claims behind a step, by relation.
RELATIONS = "relations"


COLUMNS = ("path", "step", "start", "relation", "end", "how_far", "networks", "evidence", "claims")


def find_paths(graph: Graph, practice: str, target: str, *, steps: int = 4, most: int = 10) -> Findings:
    """Find paths from a practice to an outcome type or key feature.

    :param steps: longest path, in steps
    :param most: paths returned at most, shortest first
    """
    claims = {claim.claim: claim for claim in claims_table(graph).rows() if claim.link in REPORTED}
    walk = to_walk(graph, claims.values())
    label = graph.names.label
    missing = [Ref(iri) for iri in (practice, target) if iri not in walk]
    warnings = [f"no reported claim mentions {label(iri)}" for iri in missing]
    found: list[list[Ref]] = []
    if not missing:
        found, warning = _search(walk, practice, target, steps=steps, most=most)
        warnings += [warning] if warning else []
    found.sort(key=lambda path: (len(path), [label(iri) for iri in path]))
    rows = _steps(graph, walk, claims, found)
    tables = {"paths": to_table(COLUMNS, rows)}
    return Findings("paths", tables, {"paths": len(found)}, tuple(warnings))


def to_walk(graph: Graph, claims: Iterable[ClaimRow]) -> nx.DiGraph:
    """Return the steps that claims allow, between practices, outcome types and key features."""
    through = read_pairs(graph, "nlc:throughOutcome")
    walk = nx.DiGraph()

    def add(start: Ref, relation: str, end: Ref, claim: ClaimRow) -> None:
        if start != end:
            walk.add_edge(start, end)
            walk.edges[start, end].setdefault(RELATIONS, defaultdict(set))[relation].add(claim.claim)

    for claim in claims:
        between = through.get(claim.claim, [])
        for practice in claim.practices:
            add(practice, LINKED, claim.outcome, claim)
            for outcome in between:
                add(practice, THROUGH, outcome, claim)
        for outcome in between:
            add(outcome, LEADS_TO, claim.outcome, claim)
        for one, other in permutations(claim.practices, 2):
            add(one, JOINT, other, claim)
        if claim.feature:
            add(claim.outcome, UNDER, claim.feature, claim)
    return walk


def claims_behind(walk: nx.DiGraph, path: Sequence[Ref]) -> list[set[Ref]]:
    """Return the claims behind each step of a path; an empty set for a step that adds nothing.

    A key feature counts only if claims of the step before are reported under it. After a step to a jointly credited
    practice, the joint claims do not count, because they link the first practice as well.
    """
    behind: list[set[Ref]] = []
    joint: set[Ref] = set()
    for start, end in pairwise(path):
        relations = walk.edges[start, end][RELATIONS]
        claims = set().union(*relations.values())
        claims = claims & behind[-1] if behind and UNDER in relations else claims - joint
        joint = joint | claims if JOINT in relations else set()
        behind.append(claims)
    return behind


def _search(walk: nx.DiGraph, practice: str, target: str, *, steps: int, most: int) -> tuple[list[list[Ref]], str]:
    """Return paths, fewest steps first, and a warning if there are or may be more."""
    found: list[list[Ref]] = []
    candidates = nx.shortest_simple_paths(walk, practice, target) if nx.has_path(walk, practice, target) else []
    for number, path in enumerate(takewhile(lambda path: len(path) <= steps + 1, candidates), 1):
        if all(claims_behind(walk, path)):
            found.append(path)
        if len(found) > most:
            return found[:most], f"more than {most} paths exist; only the first are listed"
        if number == MAX_CANDIDATES:
            return found, f"the search ended after {MAX_CANDIDATES} candidates; more paths may exist"
    return found, ""


def _steps(
    graph: Graph, walk: nx.DiGraph, claims: Mapping[Ref, ClaimRow], paths: Sequence[Sequence[Ref]]
) -> Iterator[tuple[object, ...]]:
    """Yield one row for each step of each path."""
    for number, path in enumerate(paths, 1):
        steps = zip(pairwise(path), claims_behind(walk, path), strict=True)
        for place, ((start, end), behind) in enumerate(steps, 1):
            relations = walk.edges[start, end][RELATIONS].items()
            relation = "; ".join(sorted(name for name, of in relations if of & behind))
            yield number, place, start, relation, end, *_basis(graph, [claims[iri] for iri in sorted(behind)])


def _basis(graph: Graph, claims: Sequence[ClaimRow]) -> tuple[object, ...]:
    """Return the link types, networks and kinds of evidence of claims, and the claims."""
    networks = {network for claim in claims for network in claim.networks}
    items = {each.item: each.kind for claim in claims for each in claim.evidence if each.supports}
    return (
        count_values(local_name(claim.link) for claim in claims),
        tuple(sorted(networks)),
        count_values(map(graph.names.label, items.values())),
        tuple(claim.claim for claim in claims),
    )
