"""Filters on claims, and how they are written in SQL for the claims table and in SPARQL for an endpoint."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from ..graph.graph import Graph
from ..graph.names import NameIndex
from ..vocabulary import is_iri


class Filters(NamedTuple):
    """Which claims count: those that fit one of the values of every filter that has any.

    Practices, outcomes and kinds include their narrower concepts, features those that are mapped to them. ``text``
    holds practices, outcomes, features and networks: a claim fits if it has one of them.
    """

    practices: frozenset[str] = frozenset()
    outcomes: frozenset[str] = frozenset()
    features: frozenset[str] = frozenset()
    networks: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    text: frozenset[str] = frozenset()
    enquiries: frozenset[str] = frozenset()


#: What the free text of :func:`resolve_filters` may name.
TEXT_SORTS = ("practice", "outcome", "feature", "network")


def resolve_filters(names: NameIndex, given: Mapping[str, Iterable[str]], text: str = "") -> Filters:
    """Return the filters that names stand for.

    :param given: filter (practice, outcome, feature, network, kind, link, enquiry) to labels, CURIEs or IRIs
    :param text: part of a label of a practice, outcome type, key feature or network; empty for any
    :raises UnknownNameError: if a name is unknown; suggests the nearest
    """
    found = {_plural(sort): frozenset(names.find(name, sort).iri for name in some) for sort, some in given.items()}
    if text:
        matches = frozenset(entity.iri for entity in names.containing(text, *TEXT_SORTS))
        found["text"] = matches or frozenset([names.find(text, *TEXT_SORTS).iri])
    return Filters(**found)


def _plural(sort: str) -> str:
    return "enquiries" if sort == "enquiry" else f"{sort}s"


#: The filters that include other concepts, with the path from a concept to those that include it.
_PATHS = {
    "practices": "skos:broader*",
    "outcomes": "skos:broader*",
    "kinds": "skos:broader*",
    "text": "skos:broader*",
    "features": "(skos:closeMatch|^skos:closeMatch)?",
}


def expand(graph: Graph, filters: Filters) -> Filters:
    """Return filters with the narrower and mapped concepts that they include, read in one query."""
    parts = [
        f'{{ BIND("{name}" AS ?name) VALUES ?given {{ {as_values(getattr(filters, name))} }} ?concept {path} ?given }}'
        for name, path in _PATHS.items()
        if getattr(filters, name)
    ]
    if not parts:
        return filters
    found: dict[str, set[str]] = {name: set(getattr(filters, name)) for name in _PATHS}
    for name, concept in graph.select(f"SELECT DISTINCT ?name ?concept {{ {' UNION '.join(parts)} }}").rows:
        found[str(name)].add(str(concept))
    return filters._replace(**{name: frozenset(concepts) for name, concepts in found.items()})


def as_values(iris: Iterable[str]) -> str:
    """Return IRIs in the form of a SPARQL VALUES block, sorted; blank nodes are left out."""
    return " ".join(f"<{iri}>" for iri in sorted(iris) if is_iri(iri))


#: From a filter to the condition on a row of the claims table's ``link``; IRIS stands for the numbers of its IRIs.
_SQL = {
    "practices": "practice IN IRIS",
    "outcomes": "outcome IN IRIS",
    "features": "feature IN IRIS",
    "links": "link IN IRIS",
    "networks": "claim IN (SELECT claim FROM related WHERE name = 'network' AND entity IN IRIS)",
    "kinds": "claim IN (SELECT claim FROM related WHERE name = 'kind' AND entity IN IRIS)",
    "enquiries": "claim IN (SELECT claim FROM related WHERE name = 'enquiry' AND entity IN IRIS)",
}
_IN_TEXT = ("practices", "outcomes", "features", "networks")


def sql_condition(filters: Filters) -> tuple[str, list[str]]:
    """Return expanded filters as an SQL condition with its parameters."""
    conditions, parameters = ["1"], []
    for name, condition in _SQL.items():
        if iris := sorted(getattr(filters, name)):
            conditions.append(_of_iris(condition, iris))
            parameters += iris
    if text := sorted(filters.text):
        conditions.append(" OR ".join(_of_iris(_SQL[name], text) for name in _IN_TEXT))
        parameters += text * len(_IN_TEXT)
    return " AND ".join(f"({condition})" for condition in conditions), parameters


def _of_iris(condition: str, iris: Collection[str]) -> str:
    marks = ", ".join("?" * len(iris))
    return condition.replace("IRIS", f"(SELECT id FROM entity WHERE iri IN ({marks}))")  # noqa: S608  marks alone


#: From a filter to a SPARQL pattern on ?claim, ?outcome, ?link and ?practice; VALUES stands for its IRIs.
_SPARQL = {
    "practices": "VALUES ?practice { IRIS }",
    "outcomes": "VALUES ?outcome { IRIS }",
    "links": "VALUES ?link { IRIS }",
    "features": "VALUES ?under { IRIS } ?claim nlc:reportedUnder ?under .",
    "networks": "{ SELECT DISTINCT ?claim { VALUES ?of { IRIS } ?claim nlc:about/(org:memberOf|nlc:within)* ?of } }",
    "kinds": "{ SELECT DISTINCT ?claim { VALUES ?kind { IRIS } ?claim nlc:supportedBy/nlc:evidenceKind ?kind } }",
    "enquiries": "VALUES ?from { IRIS } ?claim nlc:statedIn/nlc:source/prov:wasGeneratedBy ?from .",
}


def sparql_pattern(filters: Filters, *, linked: bool = True) -> str:
    """Return expanded filters as a SPARQL pattern with one row a ?claim, ?outcome, ?link and ?practice.

    :param linked: whether claims without practice are left out; otherwise ?practice may be unbound
    """
    # One whole pattern for each filter that the text may stand for: engines are slow to join a union of parts.
    of_text = [_of_filter(name, filters.text) for name in _IN_TEXT] if filters.text else [""]
    patterns = " UNION ".join(f"{{ {_whole_pattern(filters, part, linked=linked)} }}" for part in of_text)
    return f"{{ SELECT DISTINCT ?claim ?outcome ?link ?practice WHERE {{ {patterns} }} }}"


def _whole_pattern(filters: Filters, of_text: str, *, linked: bool) -> str:
    parts = [of_text, *(_of_filter(name, getattr(filters, name)) for name in _SPARQL if getattr(filters, name))]
    practice = "?claim nlc:strategy ?strategy . ?strategy nlc:practice ?practice ."
    is_bound = linked or "?practice" in " ".join(parts)
    parts.append("?claim nlc:outcome ?outcome ; nlc:linkType ?link .")
    parts.append(practice if is_bound else f"OPTIONAL {{ {practice} }}")
    return " ".join(parts)


def _of_filter(name: str, iris: Iterable[str]) -> str:
    return _SPARQL[name].replace("IRIS", as_values(iris))
