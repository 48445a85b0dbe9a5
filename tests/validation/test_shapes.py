"""Each constraint of the shapes finds the errors that ``shape-errors.csv`` plants in the valid graph.

A row plants one error in a property of an entity (``change`` is missing, added VALUE, replaced by VALUE, or a SPARQL
update), and states the constraint that must find it, once, and a word of its message other than the property.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import SH

from nlc_graph import resources
from nlc_graph.validation.shapes import ENGINES, RESULTS, read_report
from nlc_graph.vocabulary import PREFIXES, to_curie
from tests.ontology.conftest import HEADER

SHAPES = rdflib.Graph().parse(resources.shapes_file())
#: Parameters of constraints that the shapes use, and other terms of SHACL in them.
CONSTRAINTS = (
    "class datatype hasValue lessThanOrEquals maxCount maxInclusive maxLength minCount minInclusive minLength node or"
    " pattern uniqueLang"
).split()
OTHERS = (
    "message path property targetClass targetSubjectsOf targetObjectsOf alternativePath inversePath zeroOrMorePath"
).split()


class Case(NamedTuple):
    """A row of ``shape-errors.csv``."""

    entity: str
    term: str
    change: str
    constraint: str
    in_message: str

    @property
    def update(self) -> str:
        verb, _, value = self.change.partition(" by " if self.change.startswith("replaced") else " ")
        delete = f"DELETE WHERE {{ {self.entity} {self.term} ?value }}"
        insert = f"INSERT DATA {{ {self.entity} {self.term} {value} }}"
        updates = {"missing": delete, "added": insert, "replaced": f"{delete} ; {insert}"}
        return updates.get(verb, self.change)


def read_cases() -> list[Case]:
    with Path(__file__).with_name("shape-errors.csv").open(encoding="utf-8", newline="") as file:
        return [Case(**row) for row in csv.DictReader(file)]


CASES = read_cases()
#: Right, although an error is near.
VALID_UPDATES = {
    "a stated change": "DELETE WHERE { nlc2005:change nlc:startLevel ?a ; nlc:endLevel ?b }",
    "a change between two levels": "DELETE WHERE { nlc2005:change nlc:value ?a ; nlc:aboveComparator ?b }",
    "a comparator without number": "DELETE WHERE { nlc2005:change-elsewhere nlc:value ?a }",
    "a level below its comparator": "DELETE WHERE { nlc2005:end nlc:value ?a }",
    "seven words": "DELETE WHERE { ?p nlc:opens ?a } ; INSERT DATA { nlc2005:passage nlc:opens 'a b c d e f g' }",
    "a section under no key feature": "DELETE WHERE { nlc2005:rise nlc:reportedUnder ?f }",
    "a paraphrase a language": "INSERT DATA { nlc2005:school nlc:paraphrase 'Une école.'@fr }",
}


def report(engine: str, quads: list[ox.Quad], update: str, folder: Path) -> str:
    """Return the validation report of the valid graph after an update."""
    store = ox.Store()
    store.extend(quads)
    store.update(HEADER + update)
    store.dump(str(folder / "data.nt"), format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    return ENGINES[engine](str(folder / "data.nt"))


def results(turtle: str) -> list[tuple[str, str, str]]:
    """Return entity, constraint and message of each result of a report."""
    store = ox.Store()
    store.load(turtle.encode(), format=ox.RdfFormat.TURTLE)
    rows: Any = store.query(RESULTS)
    names = [(row[0].value, row[1].value.removeprefix(str(SH)), row[2].value) for row in rows]
    return [(to_curie(entity), name[0].lower() + name[1:-19], message) for entity, name, message in names]


@pytest.mark.parametrize("engine", ["shacl", pytest.param("pyshacl", marks=pytest.mark.slow)])
def test_valid_graph_conforms(engine: str, valid_quads: list[ox.Quad], tmp_path: Path) -> None:
    assert read_report(report(engine, valid_quads, "", tmp_path)) == []


@pytest.mark.parametrize("update", VALID_UPDATES.values(), ids=VALID_UPDATES)
def test_what_is_right_conforms(update: str, valid_quads: list[ox.Quad], tmp_path: Path) -> None:
    assert read_report(report("shacl", valid_quads, update, tmp_path)) == []


@pytest.fixture(scope="module")
def found(valid_quads: list[ox.Quad], tmp_path_factory: pytest.TempPathFactory) -> dict[Case, list[tuple[str, str]]]:
    """Return constraint and message of what is found of each error, planted alone."""
    folder = tmp_path_factory.mktemp("reports")
    return {case: meant(case, results(report("shacl", valid_quads, case.update, folder))) for case in CASES}


def meant(case: Case, results: list[tuple[str, str, str]]) -> list[tuple[str, str]]:
    word = case.in_message or case.term
    wanted = case.entity, case.constraint
    return [(name, message) for entity, name, message in results if (entity, name) == wanted and word in message]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.entity} {case.term} {case.constraint}")
def test_constraint_finds_the_error_once(case: Case, found: dict[Case, list[tuple[str, str]]]) -> None:
    assert len(found[case]) == 1


def test_each_constraint_has_a_case(found: dict[Case, list[tuple[str, str]]]) -> None:
    messages = SHAPES.subject_objects(SH.message)
    stated = {
        (name, str(text)) for shape, text in messages for name in CONSTRAINTS if (shape, SH[name], None) in SHAPES
    }
    assert {result for results in found.values() for result in results} == stated


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES[::16], ids=lambda case: f"{case.entity} {case.term} {case.constraint}")
def test_pyshacl_finds_the_same(case: Case, valid_quads: list[ox.Quad], tmp_path: Path) -> None:
    fast, slow = (read_report(report(engine, valid_quads, case.update, tmp_path)) for engine in ("shacl", "pyshacl"))
    assert fast == slow != []


def test_shapes_use_known_terms_of_shacl_only() -> None:
    used = {str(term).removeprefix(str(SH)) for term in SHAPES.predicates() if str(term).startswith(str(SH))}
    assert used == {*CONSTRAINTS, *OTHERS}


def test_each_constraint_of_a_targeted_shape_has_a_message() -> None:
    targets = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
    shapes = {shape for target in targets for shape in SHAPES.subjects(target)}
    constraints = {part for shape in shapes for part in SHAPES.objects(shape, SH.property)}
    assert {part for part in constraints if (part, SH.message, None) not in SHAPES} == set()


def test_terms_in_shapes_are_declared(valid_quads: list[ox.Quad]) -> None:
    used = {str(term) for triple in SHAPES for term in triple if str(term).startswith(PREFIXES["nlc"])}
    assert used <= {quad.subject.value for quad in valid_quads if isinstance(quad.subject, ox.NamedNode)}
