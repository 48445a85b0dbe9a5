"""Search labels, paraphrases and notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..errors import ParameterError
from ..graph import sparql
from ..graph.graph import Graph
from ..graph.names import KINDS
from ..table import Ref, Table, Value, as_table
from ..vocabulary import local_name

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

#: Words to look for; engines recurse over them.
MOST_WORDS = 100

#: Labels before paraphrases.
_RANK = {
    name: rank
    for rank, name in enumerate("prefLabel label title altLabel definition paraphrase saidInstead curatorNote".split())
}


def find_text(graph: Graph, text: str) -> Table:
    """Return the things in whose labels, paraphrase or notes all words of a text occur, case ignored.

    :raises ParameterError: if there are more than :data:`MOST_WORDS`
    :returns: one row a thing: kind, thing, text in which the words were found; labels first
    """
    rows = _rows(graph, " && ".join(map(_contains, _words(text))))
    return _one_a_thing((_RANK[local_name(str(row["property"]))], row) for row in rows)


def find_near(graph: Graph, text: str) -> Table:
    """Return the things of which most words of a text are said, be it in several of their labels and texts.

    :returns: as :func:`find_text`, those with most words, at least a third of them; the text shown holds most of these
    """
    words = _words(text)
    rows = _rows(graph, " || ".join(map(_contains, words)))
    said: dict[Value, set[str]] = {}
    for row in rows:
        said.setdefault(row["thing"], set()).update(_found(words, row))
    most = max(map(len, said.values()), default=0)
    if most * 3 < len(words):
        return _one_a_thing(())
    nearest = [row for row in rows if len(said[row["thing"]]) == most]
    return _one_a_thing(
        (_RANK[local_name(str(row["property"]))] - len(_RANK) * len(_found(words, row)), row) for row in nearest
    )


def _rows(graph: Graph, test: str) -> list[dict[str, Value]]:
    """Return the texts that pass a test; none where there is no word to look for."""
    return list(graph.select(TEXTS.replace("WORDS", test))) if test else []


def _words(text: str) -> list[str]:
    words = list(dict.fromkeys(text.lower().split()))
    if len(words) > MOST_WORDS:
        raise ParameterError(f"{len(words)} words to look for; give at most {MOST_WORDS}")
    return words


def _contains(word: str) -> str:
    return f"CONTAINS(LCASE(STR(?text)), {sparql.term(word)})"


def _found(words: Iterable[str], row: Mapping[str, Value]) -> set[str]:
    text = str(row["text"]).lower()
    return {word for word in words if word in text}


def _one_a_thing(rows: Iterable[tuple[int, Mapping[str, Value]]]) -> Table:
    best: dict[str, tuple[int, int, str, Ref, str]] = {}
    for rank, row in rows:
        kind = local_name(str(row["type"]))
        order = KINDS.index(kind) if kind in KINDS else len(KINDS)
        found = (rank, order, kind, Ref(str(row["thing"])), str(row["text"]))
        best[found[3]] = min(found, best.get(found[3], found))
    return as_table(("kind", "thing", "text"), [found[2:] for found in sorted(best.values())])
