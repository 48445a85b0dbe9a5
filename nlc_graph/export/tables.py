"""The evidence table: one row for each claim and piece of evidence, with labels, for spreadsheet programs."""

from __future__ import annotations

from collections.abc import Sequence

from ..evidence.claims import Claim, Evidence, read_claims
from ..evidence.claims_table import claims_table
from ..evidence.enquiries import origins_of_rows
from ..evidence.subgraph import Subgraph
from ..graph.graph import Graph
from ..table import Ref, Table, Value, as_table
from ..vocabulary import local_name

#: Columns of the evidence table.
COLUMNS = (
    "claim_id claim about network strategy jointly outcome key_feature link direction asserted_by bearing kind evidence"
    " voice section passage_opens passage_closes source note"
).split()
#: Columns filled by a relation of the claim, and the relation where it is called otherwise.
LABELLED = ("about", "strategy", "outcome", "key_feature", "link", "direction", "asserted_by")
RELATIONS = {"key_feature": "reportedUnder", "link": "linkType", "asserted_by": "assertedBy"}
BEARINGS = {"supportedBy": "supports", "qualifiedBy": "qualifies", "challengedBy": "challenges"}


def to_evidence_csv(part: Subgraph) -> bytes:
    """Serialise the evidence table as CSV with a byte order mark, so that spreadsheet programs read it as UTF-8."""
    table = evidence_table(part.source, part.claims)
    rows = [list(map(no_formula, row)) for row in table.rows]
    return as_table(table.columns, rows).to_csv().encode("utf-8-sig")


def evidence_table(graph: Graph, claims: Sequence[str]) -> Table:
    """Build the evidence table of some claims; see :data:`COLUMNS`.

    If the graph holds several enquiries, a last column names those from which each row comes.
    """
    networks = _networks(graph, claims)
    found: list[tuple[Ref, dict[str, Value]]] = []
    for claim in read_claims(graph, claims):
        shared = _claim_cells(graph, claim, networks.get(claim.iri, []))
        found += [(claim.iri, {**shared, **_evidence_cells(graph, claim, item)}) for item in claim.evidence]
    rows = [list(map(cells.get, COLUMNS)) for _, cells in found]
    origins = origins_of_rows(graph, [[claim] for claim, _ in found])
    if origins is None:
        return as_table(COLUMNS, rows)
    return as_table([*COLUMNS, "enquiry"], [[*row, origins.in_words(index)] for index, row in enumerate(rows)])


def no_formula(value: Value) -> Value:
    """Put an apostrophe before a text that spreadsheet programs would run as a formula.

    >>> no_formula("=1+1"), no_formula(-1)
    ("'=1+1", -1)
    """
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _networks(graph: Graph, claims: Sequence[str]) -> dict[str, list[str]]:
    """Return each claim with the labels of the networks that it is about."""
    return {row.claim: list(map(graph.names.label, row.networks)) for row in claims_table(graph, claims).rows()}


def _claim_cells(graph: Graph, claim: Claim, networks: Sequence[str]) -> dict[str, Value]:
    cells: dict[str, Value] = {
        "claim_id": graph.names.curie(claim.iri),
        "claim": claim.one("paraphrase"),
        "network": "; ".join(networks),
        "jointly": "yes" if len(claim.relations.get("strategy", ())) > 1 else "no",
    }
    for column in LABELLED:
        values = claim.relations.get(RELATIONS.get(column, column), ())
        cells[column] = "; ".join(graph.names.label(str(value)) for value in values)
    return cells


def _evidence_cells(graph: Graph, claim: Claim, item: Evidence) -> dict[str, Value]:
    """Return the cells of one piece of evidence; those of its passage are empty where none is described."""
    passage = next(iter((*item.passages, *claim.passages)), None)
    notes = [*claim.relations.get("curatorNote", ()), item.note]
    return {
        "bearing": BEARINGS[local_name(item.bearing)],
        "kind": graph.names.label(item.kind),
        "evidence": item.summary,
        "voice": graph.names.label(item.voice) if item.voice else "",
        "section": graph.names.label(passage.section) if passage else "",
        "passage_opens": passage.opens if passage else "",
        "passage_closes": passage.closes if passage else "",
        "source": graph.names.label(passage.source) if passage else "",
        "note": "; ".join(str(note) for note in notes if note),
    }
