"""Search labels, paraphrases and notes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ..errors import ParameterError
from ..graph import sparql
from ..graph.graph import Graph
from ..graph.names import KINDS
from ..table import Ref, Table, Value, as_table
from ..vocabulary import local_name

#: The properties that are searched, in the order of results.
PROPERTIES = (
    "skos:prefLabel rdfs:label dcterms:title skos:altLabel skos:definition nlc:paraphrase nlc:saidInstead"
    " nlc:curatorNote"
).split()
TEXTS = f"""SELECT DISTINCT ?thing ?type ?property ?text WHERE {{
  VALUES ?property {{ {" ".join(PROPERTIES)} }}
  ?thing ?property ?text ; a ?type .
  FILTER(TEST)
}} ORDER BY ?thing ?property ?text"""

#: Most words to search for: query engines recurse over them.
MOST_WORDS = 100
_RANKS = {name.partition(":")[2]: rank for rank, name in enumerate(PROPERTIES)}

Row = dict[str, Value]


def find_text(graph: Graph, text: str) -> Table:
    """Return the resources with a label, paraphrase or note that contains all words of a text, ignoring case.

    :returns: one row a resource: kind, thing, text that contains the words; labels first
    :raises ParameterError: if there are more than :data:`MOST_WORDS`
    """
    return _best([(_rank(row), row) for row in _rows(graph, _words(text), " && ")])


def find_near(graph: Graph, text: str) -> Table:
    """Return the resources whose labels, paraphrases and notes together contain most words of a text.

    :returns: as :func:`find_text`, for those with most words, at least a third; the text shown contains most of them
    """
    words = _words(text)
    rows = _rows(graph, words, " || ")
    found: dict[Value, set[str]] = defaultdict(set)
    for row in rows:
        found[row["thing"]] |= _contained(words, row)
    most = max(map(len, found.values()), default=0)
    if most * 3 < len(words):
        return _best([])
    nearest = [row for row in rows if len(found[row["thing"]]) == most]
    return _best([(_rank(row) - len(PROPERTIES) * len(_contained(words, row)), row) for row in nearest])


def _words(text: str) -> list[str]:
    words = list(dict.fromkeys(text.lower().split()))
    if len(words) > MOST_WORDS:
        raise ParameterError(f"{len(words)} words to look for; give at most {MOST_WORDS}")
    return words


def _rows(graph: Graph, words: list[str], operator: str) -> list[Row]:
    if not words:
        return []
    test = operator.join(f"CONTAINS(LCASE(STR(?text)), {sparql.term(word)})" for word in words)
    return list(graph.select(TEXTS.replace("TEST", test)))


def _contained(words: Iterable[str], row: Row) -> set[str]:
    text = str(row["text"]).lower()
    return {word for word in words if word in text}


def _rank(row: Row) -> int:
    return _RANKS[local_name(str(row["property"]))]


def _best(ranked: Iterable[tuple[int, Row]]) -> Table:
    """Return one row a resource, that with the lowest rank."""
    best: dict[str, tuple[int, int, str, Ref, str]] = {}
    for rank, row in ranked:
        kind = local_name(str(row["type"]))
        order = KINDS.index(kind) if kind in KINDS else len(KINDS)
        found = (rank, order, kind, Ref(str(row["thing"])), str(row["text"]))
        best[found[3]] = min(found, best.get(found[3], found))
    return as_table(("kind", "thing", "text"), [found[2:] for found in sorted(best.values())])
