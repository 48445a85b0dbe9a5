"""Count the links that are lost if one network, kind of evidence or voice is left out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set

from ..evidence.claims_table import ClaimRow, EvidenceRow, claims_table
from ..evidence.impacts import Impact
from ..graph.graph import Graph
from ..projection import reported_links
from ..table import Ref
from .claims import group_claims, read_pairs
from .findings import Findings, to_table

#: Claims that are lost without a network, kind of evidence or voice.
Lost = Mapping[Ref, Set[Ref]]


LEFT_OUT = ("what", "left_out", "claims_lost", "links_lost", "share", "lost", "claims")
SINGLE = ("practice", "outcome", "network", "kinds", "voices", "claims")


def count_losses(graph: Graph) -> Findings:
    """Leave out each network, kind of evidence and voice in turn, and list the links of a single network."""
    links = reported_links(graph)
    of_links = {claim for link in links for claim in link.claims}
    claims = [claim for claim in claims_table(graph).rows() if claim.claim in of_links]
    asserted = read_pairs(graph, "nlc:assertedBy")
    lost_without = {
        "network": _lost(claims, lambda claim: _only(claim.networks)),
        "kind of evidence": _lost(claims, lambda claim: _only({each.kind for each in _support(claim)})),
        "voice": _lost_without_voice(graph, claims, asserted),
    }
    rows = [row for what, lost in lost_without.items() for row in _count(graph, links, what, lost)]
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


def _lost_without_voice(graph: Graph, claims: Sequence[ClaimRow], asserted: Mapping[Ref, Sequence[Ref]]) -> Lost:
    """Return the claims that only one voice asserts, or whose evidence comes from one voice alone."""
    voices = read_pairs(graph, "nlc:spokenBy|nlc:providedBy")

    def needed(claim: ClaimRow) -> set[Ref]:
        sources = {tuple(voices.get(each.item, ())) for each in _support(claim)}
        only_source = sources.pop() if len(sources) == 1 else ()
        return _only(asserted.get(claim.claim, ())) | _only(only_source)

    return _lost(claims, needed)


def _support(claim: ClaimRow) -> list[EvidenceRow]:
    return [each for each in claim.evidence if each.supports]


def _lost(claims: Iterable[ClaimRow], needed: Callable[[ClaimRow], set[Ref]]) -> Lost:
    """Return the claims that are lost without each of what claims need."""
    return {each: set(lost) for each, lost in group_claims(claims, needed).items()}


def _only(values: Collection[Ref]) -> set[Ref]:
    """Return the value if there is one only."""
    return set(values) if len(values) == 1 else set()


def _count(graph: Graph, links: Sequence[Impact], what: str, lost_without: Lost) -> Iterator[tuple[object, ...]]:
    """Count the links all of whose claims are lost, most first."""
    label = graph.names.label
    lost = {each: [link for link in links if claims >= set(link.claims)] for each, claims in lost_without.items()}
    for each in sorted(lost, key=lambda each: (-len(lost[each]), -len(lost_without[each]), label(each), each)):
        claims, gone = tuple(sorted(lost_without[each])), lost[each]
        named = tuple(f"{label(link.practice)}: {label(link.outcome)}" for link in gone)
        yield what, each, len(claims), len(gone), len(gone) / len(links), named, claims


def _single(link: Impact, asserted: Mapping[Ref, Sequence[Ref]]) -> tuple[object, ...]:
    voices = {voice for claim in link.claims for voice in asserted.get(claim, ())}
    return link.practice, link.outcome, link.networks[0], tuple(link.evidence), len(voices), link.claims
