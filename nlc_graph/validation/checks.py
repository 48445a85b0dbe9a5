"""The must-be-empty queries of ``ontology/checks``: each row that one of them returns is a mistake."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from .. import resources
from ..graph.graph import Graph
from ..table import Ref, Value
from ..vocabulary import NLC, local_name
from .findings import Finding

#: Checks that find names of nothing, and the column of their answer that holds the name.
MISNAMED = {"undeclared-term": "term", "unknown-vocabulary-term": "term", "dangling-reference": "value"}


def run_checks(graph: Graph) -> list[Finding]:
    """Return what the queries find in authored data.

    :param graph: data with the ontology and its vocabularies, nothing derived
    """
    names = Names(graph)
    return [finding for path in resources.check_files() for finding in _run(graph, path, names)]


class Names:
    """The identifiers of a graph, by namespace, to find what a misspelt one may mean."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def nearest(self, iri: str) -> tuple[str, ...]:
        """Return up to three short identifiers of things in the same namespace, nearest first."""
        from difflib import get_close_matches  # only a wrong name needs it

        name = local_name(iri)
        known = self._by_namespace.get(iri.removesuffix(name), {})
        found = get_close_matches(name.casefold(), known, n=3, cutoff=0.6)
        return tuple(self._graph.names.curie(known[each]) for each in found)

    @cached_property
    def _by_namespace(self) -> Mapping[str, Mapping[str, str]]:
        found: dict[str, dict[str, str]] = {}
        # A class that is only used is not described: only what something is said of can have been meant.
        for value in self._graph.select("SELECT DISTINCT ?thing { ?thing a ?kind FILTER(isIRI(?thing)) }").column(
            "thing"
        ):
            name = local_name(str(value))
            found.setdefault(str(value).removesuffix(name), {}).setdefault(name.casefold(), str(value))
        return found


def _run(graph: Graph, path: str, names: Names) -> Iterable[Finding]:
    text = resources.read_text(path)
    check = os.path.splitext(os.path.basename(path))[0]
    problem, remedy = header(text)
    for row in graph.select(text):
        details: dict[str, Value] = {
            name: value for name, value in row.items() if name != "thing" and value is not None
        }
        thing = row["thing"]
        wrong = details.get(MISNAMED.get(check, ""))
        yield Finding(
            check,
            problem,
            remedy,
            thing if isinstance(thing, Ref) else Ref(str(thing)),
            details,
            names.nearest(wrong) if isinstance(wrong, Ref) else (),
            _properties(text, details),
        )


def header(text: str) -> tuple[str, str]:
    """Return the two sentences at the head of a check: what is wrong, and what to do.

    >>> header("# Nothing is stated in a passage.\\n# Remove it.\\nSELECT ?thing {}")
    ('Nothing is stated in a passage.', 'Remove it.')
    """
    lines = [line.removeprefix("#").strip() for line in text.splitlines()[:2]]
    return lines[0], lines[1]


def _properties(text: str, details: Mapping[str, Value]) -> tuple[str, ...]:
    """Return the properties at whose line a mistake may stand: those in the answer, then those in the query."""
    answered = [str(details[name]) for name in ("property", "term") if name in details]
    return (*answered, *(NLC + name for name in dict.fromkeys(re.findall(r"nlc:([a-z]\w*)", text))))
