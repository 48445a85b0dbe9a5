"""Search labels, paraphrases and notes."""

from __future__ import annotations

from . import sparql
from .graph import Graph
from .table import Iri, Table, as_table
from .things import KINDS
from .vocabulary import local_name

TEXTS = """
PREFIX nlc: <https://w3id.org/nlc-graph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT DISTINCT ?thing ?type ?property ?text WHERE {
  VALUES ?property {
    skos:prefLabel skos:altLabel rdfs:label dcterms:title skos:definition nlc:paraphrase nlc:saidInstead nlc:curatorNote
  }
  ?thing ?property ?text ; a ?type .
  FILTER(WORDS)
} ORDER BY ?thing ?property ?text
"""

#: Labels before paraphrases.
_RANK = {
    name: rank
    for rank, name in enumerate("prefLabel label title altLabel definition paraphrase saidInstead curatorNote".split())
}


def find_text(graph: Graph, text: str) -> Table:
    """Return the things in whose labels, paraphrase or notes all words of a text occur, case ignored.

    :returns: one row a thing: kind, thing, text in which the words were found; labels first
    """
    tests = [f"CONTAINS(LCASE(STR(?text)), {sparql.term(word.lower())})" for word in text.split()]
    rows = graph.select(TEXTS.replace("WORDS", " && ".join(tests) or "false"))
    best: dict[str, tuple[int, int, str, Iri, str]] = {}
    for row in rows:
        kind = local_name(str(row["type"]))
        rank = _RANK[local_name(str(row["property"]))]
        order = KINDS.index(kind) if kind in KINDS else len(KINDS)
        found = (rank, order, kind, Iri(str(row["thing"])), str(row["text"]))
        best[found[3]] = min(found, best.get(found[3], found))
    return as_table(("kind", "thing", "text"), [found[2:] for found in sorted(best.values())])
