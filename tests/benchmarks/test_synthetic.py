"""The synthetic evidence is what it says: schema-true, repeatable, skewed, with joint claims and comparators."""

from __future__ import annotations

import io
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib

from nlc_graph import Graph, open_graph, resources

from .synthetic import write_triples

ROOT = Path(resources.root())
CHECKS = sorted((ROOT / "ontology" / "checks").glob("*.rq"))


def made(triples: int, seed: int = 1) -> str:
    """Return synthetic evidence as one text."""
    out = io.StringIO()
    write_triples(out, triples, seed)
    return out.getvalue()


@pytest.fixture(scope="module")
def synthetic(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """Return a graph of 12,000 synthetic triples with the ontology and the derived triples."""
    file = tmp_path_factory.mktemp("synthetic") / "some.nt"
    file.write_text(made(12_000), encoding="utf-8")
    return open_graph(file, bundled=False)


@pytest.fixture(scope="module")
def authored() -> ox.Store:
    """Return the ontology and 12,000 synthetic triples, nothing derived."""
    store = ox.Store()
    for path in resources.ontology_files():
        store.load(path=path, format=ox.RdfFormat.TURTLE)
    store.load(made(12_000), format=ox.RdfFormat.N_TRIPLES)
    return store


@pytest.mark.parametrize("check", CHECKS, ids=[path.stem for path in CHECKS])
def test_every_must_be_empty_check_is_empty(authored: ox.Store, check: Path) -> None:
    found = authored.query(check.read_text(encoding="utf-8"))
    assert isinstance(found, ox.QuerySolutions)
    assert [str(solution[0]) for solution in found] == []


def test_it_conforms_to_the_shapes() -> None:
    data = rdflib.Graph().parse(data=made(3_000), format="nt")
    for path in resources.ontology_files():
        data.parse(path)
    shapes = rdflib.Graph().parse(ROOT / "ontology" / "shapes.ttl")
    conforms, _, report = pyshacl.validate(data, shacl_graph=shapes, advanced=True)
    assert conforms, report


def test_the_same_seed_gives_the_same_bytes_and_another_does_not() -> None:
    assert made(3_000) == made(3_000)
    assert made(3_000) != made(3_000, seed=2)


def test_it_has_what_real_evidence_has(synthetic: Graph) -> None:
    for pattern in (
        "?c nlc:strategy ?one, ?two FILTER(?one != ?two)",
        "?c nlc:supportedBy ?s . ?s a nlc:Change ; nlc:aboveComparator ?other",
        "?c nlc:supportedBy ?s . ?s a nlc:Level ; nlc:belowComparator ?other",
        "?c nlc:linkType link:none . ?c nlc:statedIn/nlc:section/nlc:sectionFeature ?f",
        "?s a nlc:Testimony ; nlc:spokenBy/nlc:speaksFrom ?n . ?n a nlc:Network",
        "?c nlc:comparisonDesign design:change-with-comparator",
    ):
        assert synthetic.ask(f"ASK {{ {pattern} }}"), pattern


def test_a_fifth_of_the_practices_draws_most_of_the_claims(synthetic: Graph) -> None:
    (practices,) = synthetic.select("SELECT (COUNT(*) AS ?n) { ?p a nlc:Practice }").column("n")
    counts = synthetic.select(
        "SELECT (COUNT(*) AS ?n) { ?c nlc:strategy/nlc:practice ?p } GROUP BY ?p ORDER BY DESC(?n)"
    ).column("n")
    numbers = [int(str(n)) for n in counts]
    assert sum(numbers[: int(str(practices)) // 5]) > sum(numbers) / 2
