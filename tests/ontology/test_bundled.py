"""The bundled evidence conforms to the shapes, and every must-be-empty check is empty on it."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib

from nlc_graph import resources

ROOT = Path(resources.root())
CHECKS = sorted((ROOT / "ontology" / "checks").glob("*.rq"))
FILES = [*resources.ontology_files(), *resources.data_files()]


@pytest.fixture(scope="module")
def authored() -> ox.Store:
    """Return what stands in the files, with nothing derived."""
    store = ox.Store()
    for path in FILES:
        store.load(path=path, format=ox.RdfFormat.TURTLE)
    return store


@pytest.mark.parametrize("check", CHECKS, ids=[path.stem for path in CHECKS])
def test_check_finds_nothing_in_the_bundled_evidence(authored: ox.Store, check: Path) -> None:
    found = authored.query(check.read_text(encoding="utf-8"))
    assert isinstance(found, ox.QuerySolutions)
    assert [str(solution[0]) for solution in found] == []


def test_bundled_evidence_conforms_to_the_shapes() -> None:
    data = rdflib.Graph()
    for path in FILES:
        data.parse(path)
    shapes = rdflib.Graph().parse(ROOT / "ontology" / "shapes.ttl")
    conforms, _, report = pyshacl.validate(data, shacl_graph=shapes, advanced=True)
    assert conforms, report
