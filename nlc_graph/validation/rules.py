"""The rules of ``ontology/checks``: SPARQL queries each of whose rows is an error in authored data."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache

from .. import resources
from ..graph.graph import Graph
from ..table import Ref, Value
from ..vocabulary import NLC, local_name
from .report import Finding

#: Rules that find unknown identifiers, and the column of their rows that contains the identifier.
UNKNOWN_NAMES = {"undeclared-term": "term", "unknown-vocabulary-term": "term", "dangling-reference": "value"}
TYPED = "SELECT DISTINCT ?entity { ?entity a ?type FILTER(isIRI(?entity) && STRSTARTS(STR(?entity), ?_namespace)) }"


def run_rules(graph: Graph) -> list[Finding]:
    """Return what the rules find.

    :param graph: data with the ontology and its vocabularies, without derived triples
    """
    suggest = _suggestions(graph)
    return [finding for path in resources.check_files() for finding in _run(graph, path, suggest)]


def header(text: str) -> tuple[str, str]:
    """Return message and hint, the first two lines of a rule.

    >>> header("# Nothing is stated in a passage.\\n# Remove it.\\nSELECT ?thing {}")
    ('Nothing is stated in a passage.', 'Remove it.')
    """
    message, hint = (line.removeprefix("#").strip() for line in text.splitlines()[:2])
    return message, hint


def _run(graph: Graph, path: str, suggest: Callable[[str], tuple[str, ...]]) -> Iterator[Finding]:
    text = resources.read_text(path)
    code = os.path.splitext(os.path.basename(path))[0]
    message, hint = header(text)
    for row in graph.select(text):
        entity = Ref(str(row["thing"]))
        details = {name: value for name, value in row.items() if name != "thing" and value is not None}
        unknown = details.get(UNKNOWN_NAMES.get(code, ""))
        suggestions = suggest(unknown) if isinstance(unknown, Ref) else ()
        yield Finding(code, message, hint, entity, details, suggestions, _properties(text, details))


def _properties(text: str, details: Mapping[str, Value]) -> tuple[str, ...]:
    """Return the properties that may have caused a row: those in it, then those in the rule."""
    in_row = [str(details[name]) for name in ("property", "term") if name in details]
    in_rule = [NLC + name for name in dict.fromkeys(re.findall(r"nlc:([a-z]\w*)", text))]
    return (*in_row, *in_rule)


def _suggestions(graph: Graph) -> Callable[[str], tuple[str, ...]]:
    """Return a function from an unknown IRI to up to three similar CURIEs of its namespace, nearest first."""

    @cache
    def known(namespace: str) -> dict[str, str]:
        iris = map(str, graph.select(TYPED, namespace=namespace).column("entity"))
        return {local_name(iri).casefold(): iri for iri in iris if iri == namespace + local_name(iri)}

    def suggest(iri: str) -> tuple[str, ...]:
        name = local_name(iri)
        names = known(iri.removesuffix(name))
        near = get_close_matches(name.casefold(), names, n=3, cutoff=0.6)
        return tuple(graph.names.curie(names[each]) for each in near)

    return suggest
