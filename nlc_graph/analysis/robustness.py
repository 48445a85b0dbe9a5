"""Which links fall if one network, kind of evidence or voice is left out, and which hang on a single network."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from ..evidence.impacts import PREFIX
from ..graph.graph import Graph
from ..projection import LINKAGE, Tie, networks_of_claims, reported_links
from ..table import Ref
from .findings import DESCRIPTION, Findings, part

#: One row a claim, piece of evidence in its favour, kind of it, and voice that speaks or provides it, if one is stated.
SUPPORT = (
    PREFIX
    + """
SELECT DISTINCT ?claim ?item ?kind ?voice WHERE {
  ?claim a nlc:Claim ; nlc:supportedBy ?item .
  ?item nlc:evidenceKind ?kind .
  OPTIONAL { ?item nlc:spokenBy|nlc:providedBy ?voice }
}
"""
)
ASSERTED = PREFIX + "SELECT DISTINCT ?claim ?voice WHERE { ?claim a nlc:Claim ; nlc:assertedBy ?voice }"


class LeftOut(NamedTuple):
    """What falls if one thing is left out.

    :param what: network, kind of evidence, or voice
    :param claims_lost: number of claims that fall
    :param links_lost: number of practice–outcome links none of whose claims stands
    :param share: links lost divided by all links, 0 to 1
    :param lost: the links lost, practice and outcome type by turns
    :param claims: the claims that fall
    """

    what: str
    left_out: Ref
    claims_lost: int
    links_lost: int
    share: float
    lost: tuple[str, ...]
    claims: tuple[Ref, ...]


#: What people are shown; claims lost are counted as claims.
BRIEF = ("what", "left_out", "links_lost", "share", "lost", "claims")


class Single(NamedTuple):
    """A link that hangs on a single network.

    :param kinds: kinds of evidence behind it
    :param voices: number of voices that assert it
    """

    practice: Ref
    outcome: Ref
    network: Ref
    kinds: tuple[Ref, ...]
    voices: int
    claims: tuple[Ref, ...]


class _Basis(NamedTuple):
    """What a claim rests on."""

    networks: frozenset[Ref]
    #: The kind and the voices of each piece of evidence.
    items: Mapping[Ref, tuple[Ref, frozenset[Ref]]]
    asserted_by: frozenset[Ref]


def robustness(graph: Graph) -> Findings:
    """Leave out each network, kind of evidence and voice in turn, and list what hangs on one network."""
    graph.read_ahead((*LINKAGE, SUPPORT, ASSERTED), shown=("practice", "outcome", "network", "kind", "voice"))
    links = reported_links(graph)
    basis = _read_basis(graph, {claim for link in links for claim in link.claims})
    stands: dict[str, Callable[[_Basis, Ref], bool]] = {
        "network": lambda claim, out: not claim.networks or bool(claim.networks - {out}),
        "kind of evidence": lambda claim, out: any(kind != out for kind, _ in claim.items.values()),
        "voice": _stands_without_voice,
    }
    touched: dict[str, dict[Ref, set[Ref]]] = {what: defaultdict(set) for what in stands}
    for claim, of in basis.items():
        kinds, voices = {kind for kind, _ in of.items.values()}, {v for _, said in of.items.values() for v in said}
        for what, things in (("network", of.networks), ("kind of evidence", kinds), ("voice", voices | of.asserted_by)):
            for thing in things:
                touched[what][thing].add(claim)
    rows = [
        _leave_out(graph, links, what, thing, {claim for claim in claims if not stands[what](basis[claim], thing)})
        for what, things in touched.items()
        for thing, claims in things.items()
    ]
    order = list(stands)
    rows.sort(
        key=lambda row: (order.index(row.what), -row.links_lost, -row.claims_lost, graph.names.label(row.left_out))
    )
    single = [_single(link, basis) for link in links if len(link.networks) == 1 and _all_of_one(link, basis)]
    return Findings(
        "robustness",
        (
            part("one left out", LeftOut, [row for row in rows if row.claims_lost], brief=BRIEF),
            part("links that hang on a single network", Single, single),
        ),
        (
            ("link", f"a practice and an outcome type with a result reported ({len(links)}); aims left out"),
            (
                "falls",
                "a claim falls without a network if it is about no other; without a kind of evidence if nothing of "
                "another kind supports it; without a voice if only that voice asserts it, or only that voice's "
                "evidence supports it; a link falls if all its claims do. Claims about no single network do not fall "
                "with one",
            ),
            (
                "claims",
                f"those that fall, of the {len(basis)} that tie a link; what nothing falls without is not listed",
            ),
            ("share", "links lost of all links, 0 to 1"),
            ("hang on a single network", "all claims are about that one alone; voices: how many assert them"),
            (
                "source",
                "leave-one-out sensitivity analysis as in systematic reviews (Cochrane Handbook, section 10.14)",
            ),
            ("mind", f"that a link hangs on one network is how ten networks were reported; {DESCRIPTION}"),
        ),
    )


def _stands_without_voice(claim: _Basis, out: Ref) -> bool:
    asserted = not claim.asserted_by or bool(claim.asserted_by - {out})
    supported = any(not voices or voices - {out} for _, voices in claim.items.values()) or not claim.items
    return asserted and supported


def _leave_out(graph: Graph, links: Iterable[Tie], what: str, thing: Ref, fallen: set[Ref]) -> LeftOut:
    links = list(links)
    lost = [link for link in links if fallen.issuperset(link.claims)]
    label = graph.names.label
    return LeftOut(
        *(what, thing, len(fallen), len(lost), len(lost) / len(links) if links else 0.0),
        tuple(f"{label(link.practice)}: {label(link.outcome)}" for link in lost),
        tuple(sorted(fallen)),
    )


def _all_of_one(link: Tie, basis: Mapping[Ref, _Basis]) -> bool:
    return all(basis[claim].networks for claim in link.claims)


def _single(link: Tie, basis: Mapping[Ref, _Basis]) -> Single:
    voices = {voice for claim in link.claims for voice in basis[claim].asserted_by}
    return Single(link.practice, link.outcome, link.networks[0], tuple(link.evidence), len(voices), link.claims)


def _read_basis(graph: Graph, claims: set[Ref]) -> dict[Ref, _Basis]:
    networks, asserted = networks_of_claims(graph), _pairs(graph, ASSERTED)
    kinds: dict[Ref, dict[Ref, Ref]] = defaultdict(dict)
    voices: dict[Ref, set[Ref]] = defaultdict(set)
    for claim, item, kind, voice in graph.select(SUPPORT).rows:
        kinds[Ref(str(claim))][Ref(str(item))] = Ref(str(kind))
        if voice:
            voices[Ref(str(item))].add(Ref(str(voice)))
    return {
        claim: _Basis(
            frozenset(networks.get(claim, ())),
            {item: (kind, frozenset(voices[item])) for item, kind in kinds[claim].items()},
            frozenset(asserted.get(claim, ())),
        )
        for claim in sorted(claims)
    }


def _pairs(graph: Graph, query: str) -> dict[Ref, set[Ref]]:
    found: dict[Ref, set[Ref]] = defaultdict(set)
    for one, other in graph.select(query).rows:
        found[Ref(str(one))].add(Ref(str(other)))
    return found
