"""Count the links that are lost if one network, kind of evidence or voice is left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from ..evidence.claims_table import ClaimRow, EvidenceRow, claims_table
from ..evidence.impacts import Impact
from ..graph.graph import Graph
from ..projection import reported_links
from ..table import Ref
from .claims import read_pairs
from .findings import Findings, to_table

LEFT_OUT = ("what", "left_out", "claims_lost", "links_lost", "share", "lost", "claims")
SINGLE = ("practice", "outcome", "network", "kinds", "voices", "claims")


def count_losses(graph: Graph) -> Findings:
    """Leave out each network, kind of evidence and voice in turn, and list the links of a single network."""
    links = reported_links(graph)
    of_links = {claim for link in links for claim in link.claims}
    claims = [claim for claim in claims_table(graph).rows() if claim.claim in of_links]
    asserted = read_pairs(graph, "nlc:assertedBy")
    voices = read_pairs(graph, "nlc:spokenBy|nlc:providedBy")
    needed: dict[str, Callable[[ClaimRow], set[Ref]]] = {
        "network": lambda claim: _only(claim.networks),
        "kind of evidence": lambda claim: _only({each.kind for each in _support(claim)}),
        "voice": lambda claim: _needed_voices(claim, asserted, voices),
    }
    needs = {what: {claim.claim: find(claim) for claim in claims} for what, find in needed.items()}
    rows = [row for what in needs for row in _count(graph, links, what, needs[what])]
    general = {claim.claim for claim in claims if not claim.networks}
    single = [link for link in links if len(link.networks) == 1 and general.isdisjoint(link.claims)]
    return Findings(
        "robustness",
        {
            "one left out": to_table(LEFT_OUT, rows),
            "links of a single network": to_table(SINGLE, (_single(link, asserted) for link in single)),
        },
        {"links": len(links), "claims": len(claims)},
    )


def _needed_voices(
    claim: ClaimRow, asserted: Mapping[Ref, Sequence[Ref]], voices: Mapping[Ref, Sequence[Ref]]
) -> set[Ref]:
    """Return the voice that alone asserts a claim, and the voice from which alone its evidence comes."""
    sources = {tuple(voices.get(each.item, ())) for each in _support(claim)}
    only_source = sources.pop() if len(sources) == 1 else ()
    return _only(asserted.get(claim.claim, ())) | _only(only_source)


def _support(claim: ClaimRow) -> list[EvidenceRow]:
    return [each for each in claim.evidence if each.supports]


def _only(values: Collection[Ref]) -> set[Ref]:
    """Return the value if there is one only."""
    return set(values) if len(values) == 1 else set()


def _count(
    graph: Graph, links: Sequence[Impact], what: str, needed: Mapping[Ref, set[Ref]]
) -> Iterator[tuple[object, ...]]:
    """Count the links all of whose claims are lost, most first.

    :param needed: the networks, kinds of evidence or voices without which each claim is lost
    """
    label = graph.names.label
    claims, lost = defaultdict(list), defaultdict(list)
    for claim, by in needed.items():
        for each in by:
            claims[each].append(claim)
    for link in links:
        for each in set.intersection(*(needed[claim] for claim in link.claims)):
            lost[each].append(link)
    for each in sorted(claims, key=lambda each: (-len(lost[each]), -len(claims[each]), label(each), each)):
        named = tuple(f"{label(link.practice)}: {label(link.outcome)}" for link in lost[each])
        share = len(named) / len(links)
        yield what, each, len(claims[each]), len(named), share, named, tuple(sorted(claims[each]))


def _single(link: Impact, asserted: Mapping[Ref, Sequence[Ref]]) -> tuple[object, ...]:
    voices = {voice for claim in link.claims for voice in asserted.get(claim, ())}
    return link.practice, link.outcome, link.networks[0], tuple(link.evidence), len(voices), link.claims
