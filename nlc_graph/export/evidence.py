"""The evidence table: one row a claim and piece of evidence, in words, for spreadsheet programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..evidence.claims import Evidence, read_claims
from ..evidence.impacts import NETWORKS
from ..evidence.provenance import origins_of_rows
from ..evidence.subgraph import Subgraph
from ..graph.graph import Graph
from ..table import Ref, Table, Value, as_table, to_csv

#: Column of the evidence table to how it is filled; one row a claim and piece of evidence.
COLUMNS = (
    "claim_id claim about network strategy jointly outcome key_feature link direction asserted_by bearing kind evidence"
    " voice section passage_opens passage_closes source note"
).split()


def to_evidence_csv(part: Subgraph) -> bytes:
    """Return the evidence table as CSV with a byte order mark, so that spreadsheet programs read it as UTF-8."""
    table = evidence_table(part.source, part.claims)
    safe = as_table(table.columns, [[no_formula(value) for value in row] for row in table.rows])
    return to_csv(safe).encode("utf-8-sig")


def evidence_table(graph: Graph, claims: Sequence[str]) -> Table:
    """Return one row a claim and piece of evidence, in words; see :data:`COLUMNS`.

    Where the graph holds several enquiries, the last column says from which each claim comes.
    """
    label = graph.names.label
    networks = _networks(graph)
    rows: list[list[Value]] = []
    of: list[Ref] = []
    for claim in read_claims(graph, claims):

        def words(name: str, values: Mapping[str, tuple[Value, ...]] = claim.relations) -> str:
            return "; ".join(label(str(value)) for value in values.get(name, ()))

        strategies = claim.relations.get("strategy", ())
        for item in claim.evidence:
            place = (*item.passages, *claim.passages)[0]
            of.append(claim.iri)
            rows.append(
                [
                    graph.names.curie(claim.iri),
                    claim.one("paraphrase"),
                    words("about"),
                    "; ".join(label(network) for network in networks.get(claim.iri, ())),
                    words("strategy"),
                    "yes" if len(strategies) > 1 else "no",
                    *(words(name) for name in ("outcome", "reportedUnder", "linkType", "direction", "assertedBy")),
                    *_in_words(graph, item),
                    label(place.section),
                    place.opens,
                    place.closes,
                    label(place.source),
                    "; ".join(str(note) for note in (*claim.relations.get("curatorNote", ()), item.note) if note),
                ]
            )
    origins = origins_of_rows(graph, [[claim] for claim in of])
    if origins is None:
        return as_table(COLUMNS, rows)
    return as_table([*COLUMNS, "enquiry"], [[*row, origins.in_words(index)] for index, row in enumerate(rows)])


def _networks(graph: Graph) -> dict[str, list[Ref]]:
    found: dict[str, list[Ref]] = {}
    for claim, network in graph.select(NETWORKS).rows:
        found.setdefault(str(claim), []).append(Ref(str(network)))
    return {claim: sorted(networks) for claim, networks in found.items()}


def _in_words(graph: Graph, item: Evidence) -> list[Value]:
    bearing = {"supportedBy": "supports", "qualifiedBy": "qualifies", "challengedBy": "challenges"}
    voice = graph.names.label(item.voice) if item.voice else ""
    return [bearing[item.bearing.rsplit("#", 1)[-1]], graph.names.label(item.kind), item.summary, voice]


def no_formula(value: Value) -> Value:
    """Return a text that spreadsheet programs would run as a formula with an apostrophe, which makes it text.

    >>> no_formula("=1+1"), no_formula(-1)
    ("'=1+1", -1)
    """
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
