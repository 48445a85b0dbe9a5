"""How a practice is tied to an outcome type or key feature: directly, by other outcomes, or beside other practices."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, pairwise, permutations
from typing import NamedTuple

import networkx as nx

from ..evidence.impacts import CLAIMS, EVIDENCE, NETWORKS, PREFIX, USES
from ..graph.graph import Graph
from ..projection import REPORTED
from ..table import Ref
from ..vocabulary import local_name
from .findings import Findings, part

THROUGH = PREFIX + "SELECT DISTINCT ?claim ?outcome WHERE { ?claim a nlc:Claim ; nlc:throughOutcome ?outcome }"

#: So many candidates are looked at, shortest first, before the search ends.
LOOKED_AT = 5000
#: What a step says.
TIED, BY_WAY_OF, LEADS_ON, JOINTLY, UNDER = (
    "is tied to",
    "is tied, as an intermediate, to",
    "is told as leading on to",
    "is credited jointly with",
    "is reported under",
)


class Step(NamedTuple):
    """One step of a path.

    :param path: number of the path, shortest first
    :param step: place in the path, from 1
    :param how_far: link types of the claims, with their number
    :param evidence: kinds of the pieces of evidence that support the claims, with their number
    :param claims: the claims on which this step rests
    """

    path: int
    step: int
    start: Ref
    relation: str
    end: Ref
    how_far: str
    networks: tuple[Ref, ...]
    evidence: str
    claims: tuple[Ref, ...]


class _Claim(NamedTuple):
    iri: Ref
    outcome: Ref
    feature: Ref | None
    link: str
    practices: tuple[Ref, ...]
    through: tuple[Ref, ...]


def paths(graph: Graph, practice: str, target: str, *, steps: int = 4, most: int = 10) -> Findings:
    """Find paths from a practice to an outcome type or key feature.

    :param steps: longest path, in steps
    :param most: paths returned at most, shortest first
    """
    graph.read_ahead(
        (CLAIMS, USES, THROUGH, NETWORKS, EVIDENCE),
        shown=("outcome", "feature", "practice", "network", "kind"),
        things=(practice, target),
    )
    claims = list(_read_claims(graph))
    walk = _walk(claims)
    found: list[list[Ref]] = []
    looked_at = 0
    if practice in walk and target in walk and nx.has_path(walk, practice, target):
        for path in islice(_up_to(nx.shortest_simple_paths(walk, practice, target), steps), LOOKED_AT):
            looked_at += 1
            found += [path] if all(_behind(walk, path)) else []
            if len(found) > most:
                break
    rows = list(_steps(graph, walk, {claim.iri: claim for claim in claims}, found[:most]))
    names = graph.names.label
    note = f"{len(found[:most])} paths of at most {steps} steps from {names(practice)} to {names(target)}"
    if len(found) > most:
        note += "; there are more: --most says how many to list"
    elif looked_at == LOOKED_AT:
        note += f"; the search ended after {LOOKED_AT} candidates, so there may be more"
    elif not found:
        note += (
            "; --steps allows longer ones"
            if practice in walk and target in walk
            else "; no reported claim touches one of them"
        )
    return Findings(
        "paths",
        (part("paths", Step, rows, note),),
        (
            ("node", "a practice, an outcome type or a key feature; claims of aims are left out"),
            (
                "step",
                "practice to outcome: a claim ties them, or names the outcome as the way by which another came about; "
                "outcome to outcome: such a claim; practice to practice: one claim credits both jointly; outcome to "
                "key feature: under which the source reports claims of the step before, if they are on that outcome",
            ),
            (
                "order",
                "fewest steps first (Yen 1971); after a step to a jointly credited practice, the joint claims do not "
                "count, for they tie the first practice as well",
            ),
            (
                "mind",
                "a path strings claims together that may be about different networks; nobody says that it holds as a "
                "whole unless one claim stands behind all its steps; reported relationships, not proof",
            ),
        ),
    )


def _read_claims(graph: Graph) -> Iterator[_Claim]:
    practices, through = (
        _grouped((row[0], row[2]) for row in graph.select(USES).rows),
        _grouped(graph.select(THROUGH).rows),
    )
    for claim, outcome, feature, _, link, *_ in sorted(graph.select(CLAIMS).rows, key=lambda row: str(row[0])):
        if link in REPORTED:
            iri = Ref(str(claim))
            yield _Claim(
                *(iri, Ref(str(outcome)), Ref(str(feature)) if feature else None, local_name(str(link))),
                *(tuple(practices.get(iri, ())), tuple(through.get(iri, ()))),
            )


def _walk(claims: Iterable[_Claim]) -> nx.DiGraph:
    """Return the steps that claims allow: edges with ``relations``, from relation to claims."""
    walk = nx.DiGraph()

    def add(start: Ref, relation: str, end: Ref, claim: _Claim) -> None:
        if start != end:
            walk.add_edge(start, end)
            walk.edges[start, end].setdefault("relations", defaultdict(set))[relation].add(claim.iri)

    for claim in claims:
        for practice in claim.practices:
            add(practice, TIED, claim.outcome, claim)
            for between in claim.through:
                add(practice, BY_WAY_OF, between, claim)
        for between in claim.through:
            add(between, LEADS_ON, claim.outcome, claim)
        for one, other in permutations(claim.practices, 2):
            add(one, JOINTLY, other, claim)
        if claim.feature:
            add(claim.outcome, UNDER, claim.feature, claim)
    return walk


def _behind(walk: nx.DiGraph, path: list[Ref]) -> list[set[Ref]]:
    """Return the claims behind each step of a path; none for a step that adds nothing.

    A key feature counts only where the claims of the step before are reported under it. A detour by jointly credited
    practices adds nothing where only the joint claims lead on, since they tie the first practice as well.
    """
    behind: list[set[Ref]] = []
    joint: set[Ref] = set()
    for start, end in pairwise(path):
        relations = walk.edges[start, end]["relations"]
        claims = set().union(*relations.values())
        if behind and UNDER in relations:
            claims &= behind[-1]
        else:
            claims -= joint
        joint = joint | claims if JOINTLY in relations else set()
        behind.append(claims)
    return behind


def _up_to(found: Iterable[list[Ref]], steps: int) -> Iterator[list[Ref]]:
    for path in found:
        if len(path) - 1 > steps:
            return
        yield path


def _steps(graph: Graph, walk: nx.DiGraph, claims: Mapping[Ref, _Claim], found: list[list[Ref]]) -> Iterator[Step]:
    networks = _grouped(graph.select(NETWORKS).rows)
    evidence = {(row[0], row[1]): Ref(str(row[2])) for row in graph.select(EVIDENCE).rows}
    items = _grouped(evidence)
    for number, path in enumerate(sorted(found, key=lambda p: (len(p), [graph.names.label(iri) for iri in p])), 1):
        of_steps = _behind(walk, path)
        for place, (start, end) in enumerate(pairwise(path), 1):
            behind = tuple(sorted(of_steps[place - 1]))
            kinds = Counter(
                graph.names.label(kind)
                for kind in {item: evidence[claim, item] for claim in behind for item in items.get(claim, ())}.values()
            )
            relations = walk.edges[start, end]["relations"].items()
            told = sorted(relation for relation, iris in relations if not iris.isdisjoint(behind))
            yield Step(
                *(number, place, start, "; ".join(told), end),
                ", ".join(f"{link} {n}" for link, n in sorted(Counter(claims[iri].link for iri in behind).items())),
                tuple(sorted({network for iri in behind for network in networks.get(iri, ())})),
                ", ".join(f"{kind} {n}" for kind, n in sorted(kinds.items())),
                behind,
            )


def _grouped(pairs: Iterable[tuple[object, ...]]) -> dict[object, list[Ref]]:
    found: dict[object, set[Ref]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(Ref(str(other)))
    return {one: sorted(others) for one, others in found.items()}
