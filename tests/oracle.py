"""Practice–outcome links counted claim by claim in Python: slow, plain, and independent of the package."""

from __future__ import annotations

import random
from collections import Counter, defaultdict

from nlc_graph import Filters, Graph
from nlc_graph.table import Value

#: One row a claim. The four queries are also what the benchmarks ask other libraries.
CLAIMS = """
PREFIX nlc: <https://w3id.org/nlc-graph/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?claim ?outcome ?feature ?number ?link ?design ?rank WHERE {
  ?claim a nlc:Claim ; nlc:outcome ?outcome ; nlc:linkType ?link .
  OPTIONAL { ?claim nlc:comparisonDesign ?design . ?design skos:notation ?rank }
  OPTIONAL { ?claim nlc:reportedUnder ?feature . OPTIONAL { ?feature skos:notation ?number } }
}"""
USES = """PREFIX nlc: <https://w3id.org/nlc-graph/ontology#>
SELECT ?claim ?strategy ?practice WHERE { ?claim nlc:strategy ?strategy . ?strategy nlc:practice ?practice }"""
NETWORKS = """PREFIX nlc: <https://w3id.org/nlc-graph/ontology#> PREFIX org: <http://www.w3.org/ns/org#>
SELECT ?claim ?network WHERE {
  ?claim a nlc:Claim . ?claim nlc:about ?unit . ?unit (org:memberOf|nlc:within)* ?network . ?network a nlc:Network
}"""
EVIDENCE = """PREFIX nlc: <https://w3id.org/nlc-graph/ontology#>
SELECT ?claim ?item ?kind WHERE { ?claim nlc:supportedBy ?item . ?item nlc:evidenceKind ?kind }"""

#: Filter to the resources that it takes.
TAKES = {
    "practices": "?x a nlc:Practice",
    "outcomes": "?x a nlc:OutcomeType",
    "features": "?x a nlc:KeyFeature",
    "networks": "?x a nlc:Network",
    "kinds": "?x skos:inScheme <https://w3id.org/nlc-graph/kind>",
    "links": "?x skos:inScheme <https://w3id.org/nlc-graph/link>",
    "enquiries": "?x a nlc:Enquiry",
    "text": "VALUES ?sort { nlc:Practice nlc:OutcomeType nlc:KeyFeature nlc:Network } ?x a ?sort",
}

#: Practice and outcome to features, networks, enquiries, link types, directions, joint, claims, evidence, design.
Counted = dict[tuple[Value, Value], tuple[object, ...]]


def some_filters(graph: Graph, number: int) -> list[Filters]:
    """Return filters drawn from what the graph holds, the same in every run; first no filter and each alone."""
    values = {
        name: [str(x) for x in graph.select(f"SELECT DISTINCT ?x {{ {pattern} }} ORDER BY ?x").column("x")]
        for name, pattern in TAKES.items()
    }
    chance = random.Random(1)  # noqa: S311
    chosen = [[name] for name in TAKES]
    chosen += [chance.sample(list(TAKES), chance.choice([1, 1, 1, 2, 3])) for _ in range(number)]
    drawn = [
        {n: frozenset(chance.sample(values[n], min(len(values[n]), chance.randint(1, 6)))) for n in names}
        for names in chosen
    ]
    return [Filters(), *(Filters(**each) for each in drawn)]


def counted_links(graph: Graph, filters: Filters) -> tuple[Counted, int]:
    """Return the links that pass, and the number of claims that pass without practice."""
    broader: dict[str, set[str]] = defaultdict(set)
    for narrow, wide in graph.select("SELECT ?n ?w { ?n skos:broader ?w }").rows:
        broader[str(narrow)].add(str(wide))

    def up(concept: Value) -> set[str]:
        found, todo = {str(concept)}, [str(concept)]
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
            {enquiry for row in rows for enquiry in enquiries[row[0]]},
            Counter(row[4] for row in rows),
            Counter(directions[row[0]] for row in rows),
            sum(len({strategy for strategy, _ in uses[row[0]]}) > 1 for row in rows),
            sum(not networks[row[0]] for row in rows),
            tuple(sorted(str(row[0]) for row in rows)),
            Counter({item: kind for row in rows for item, kind in evidence[row[0]].items()}.values()),
            max(designs)[1] if designs else None,
        )
    return found, unlinked
