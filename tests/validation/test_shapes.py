"""Both SHACL engines find every planted mistake, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from nlc_graph.validation.shapes import ENGINES, Result
from nlc_graph.vocabulary import to_curie
from tests.ontology.conftest import HEADER, ONTOLOGY_FILES, VALID
from tests.ontology.test_shapes import MISTAKES, Mistake

BASE = [
    quad
    for text in [*(path.read_text(encoding="utf-8") for path in ONTOLOGY_FILES), HEADER + VALID]
    for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)
]


def results(engine: str, updates: list[str], folder: Path) -> set[Result]:
    pytest.importorskip(engine)
    store = ox.Store()
    store.extend(BASE)
    for update in updates:
        store.update(HEADER + update)
    path = folder / "data.nt"
    store.dump(path, format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    return set(ENGINES[engine](str(path)))


def parameter(component: str) -> str:
    return component[0].lower() + component[1:]


@pytest.mark.parametrize("engine", ENGINES)
def test_nothing_is_found_where_nothing_is_wrong(engine: str, tmp_path: Path) -> None:
    assert results(engine, [], tmp_path) == set()


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: f"{mistake.thing} {mistake.term} {mistake.parameter}")
def test_the_fast_engine_finds_each_planted_mistake_once(mistake: Mistake, tmp_path: Path) -> None:
    found = [
        result
        for result in results("shacl", [mistake.update], tmp_path)
        if (to_curie(result.focus), parameter(result.component)) == (mistake.thing, mistake.parameter)
        and mistake.term in result.message
    ]
    assert len(found) == 1


def test_both_engines_say_the_same_of_many_mistakes_at_once(tmp_path: Path) -> None:
    """Whole reports: focus, constraint, message, path and value. Paths of several steps are told apart by no engine."""
    updates = [mistake.update for mistake in MISTAKES]
    fast, reference = (results(engine, updates, tmp_path) for engine in ("shacl", "pyshacl"))
    assert len({result.message for result in reference}) > 80
    assert {plain(result) for result in fast} == {plain(result) for result in reference}


def plain(result: Result) -> Result:
    """Write a literal in one way: engines differ in whether they name the datatype of plain texts."""
    return result._replace(value=re.sub(r"\^\^<[^>]*#string>$", "", result.value))
