"""Practice–outcome links counted claim by claim in Python: slow, plain, and independent of how the package counts."""

from __future__ import annotations

from collections import Counter, defaultdict

from nlc_graph import Filters, Graph
from nlc_graph.evidence.impacts import CLAIMS, EVIDENCE, LINK_TYPES, NETWORKS, USES
from nlc_graph.table import Value

#: Practice and outcome to features, networks, link types, directions, joint claims, claims, evidence and best design.
Counted = dict[tuple[Value, Value], tuple[object, ...]]


def counted_links(graph: Graph, filters: Filters) -> tuple[Counted, int]:
    """Return the links that pass, and the number of claims that pass without tying a practice to their outcome."""
    broader: dict[str, set[str]] = defaultdict(set)
    for narrow, wide in graph.select("SELECT ?n ?w { ?n skos:broader ?w }").rows:
        broader[str(narrow)].add(str(wide))

    def up(thing: Value) -> set[str]:
        found, todo = {str(thing)}, [str(thing)]
        while todo:
            new = broader[todo.pop()] - found
            found |= new
            todo += new
        return found

    networks: dict[Value, set[Value]] = defaultdict(set)
    evidence: dict[Value, dict[Value, Value]] = defaultdict(dict)
    uses: dict[Value, set[tuple[Value, Value]]] = defaultdict(set)
    for claim, network in graph.select(NETWORKS).rows:
        networks[claim].add(network)
    for claim, item, kind in graph.select(EVIDENCE).rows:
        evidence[claim][item] = kind
    for claim, strategy, practice in graph.select(USES).rows:
        uses[claim].add((strategy, practice))
    enquiries: dict[Value, set[str]] = defaultdict(set)
    for claim, enquiry in graph.select("SELECT ?c ?e { ?c nlc:statedIn/nlc:source/prov:wasGeneratedBy ?e }").rows:
        enquiries[claim].add(str(enquiry))
    directions: dict[Value, Value] = {
        claim: direction for claim, direction in graph.select("SELECT ?c ?d { ?c nlc:direction ?d }").rows
    }
    groups: dict[tuple[Value, Value], list[tuple[Value, ...]]] = defaultdict(list)
    unlinked = 0
    for row in graph.select(CLAIMS).rows:
        claim, outcome, feature, _, link, _, _ = row
        of = {str(network) for network in networks[claim]}
        kinds = {wide for kind in evidence[claim].values() for wide in up(kind)}
        for practice in {practice for _, practice in uses[claim]} or {None}:
            by = up(practice) if practice else set()
            has = (
                by,
                up(outcome),
                {str(feature)},
                of,
                kinds,
                {str(link)},
                by | up(outcome) | {str(feature)} | of,
                enquiries[claim],
            )
            if not all(not wanted or wanted & found for wanted, found in zip(filters, has, strict=True)):
                continue
            if practice:
                groups[practice, outcome].append(row)
            else:
                unlinked += 1
    found: Counted = {}
    for pair, rows in groups.items():
        designs = [(str(rank), str(design)) for *_, design, rank in rows if design]
        found[pair] = (
            tuple(feature for _, feature in sorted({(str(row[3]), str(row[2])) for row in rows if row[2]})),
            {network for row in rows for network in networks[row[0]]},
            Counter(row[4] for row in rows),
            Counter(directions[row[0]] for row in rows),
            sum(len({strategy for strategy, _ in uses[row[0]]}) > 1 for row in rows),
            tuple(sorted(str(row[0]) for row in rows)),
            Counter({item: kind for row in rows for item, kind in evidence[row[0]].items()}.values()),
            max(designs)[1] if designs else None,
        )
    assert all(str(tie).rsplit("/", 1)[-1] in LINK_TYPES for _, _, ties, *_ in found.values() for tie in ties)  # type: ignore[attr-defined]
    return found, unlinked
