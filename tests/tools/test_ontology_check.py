"""``make ontology-check`` accepts the ontology and says what is wrong with a faulty one."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest
from pyoxigraph import RdfFormat, Store

from tests.conftest import in_ci
from tests.ontology.conftest import HEADER, VALID

needs_java = [
    pytest.mark.slow,
    pytest.mark.skipif(
        shutil.which("java") is None and not in_ci(), reason="needs java, e.g. apt install default-jre-headless"
    ),
]


class Fault(NamedTuple):
    """A fault planted in the ontology or the tiny graph, and all that is to be reported."""

    planted: str
    findings: set[str]


FAULTS = {
    "a thing that is both a claim and a strategy": Fault(
        "nlc2005:both a nlc:Claim, nlc:Strategy .",
        {
            "HermiT: <https://w3id.org/nlc-graph/nlc2005/both> is both nlc:Claim and nlc:Strategy",
            "HermiT: <https://w3id.org/nlc-graph/nlc2005/both> is both"
            " <http://www.w3.org/ns/prov#Activity> and <http://www.w3.org/ns/prov#Entity>",
        },
    ),
    "a level that is a change": Fault(
        "nlc2005:start a nlc:Change .",
        {"HermiT: <https://w3id.org/nlc-graph/nlc2005/start> is both nlc:Level and nlc:Change"},
    ),
    "a practice used as a strategy": Fault(
        "nlc2005:rise nlc:strategy practice:nurture-room .",
        {
            "HermiT: <https://w3id.org/nlc-graph/practice/nurture-room> is both"
            " <http://www.w3.org/2004/02/skos/core#Concept> and nlc:Strategy"
        },
    ),
    "a number that is no number": Fault(
        'nlc2005:start nlc:value "eighty-nine" .',
        {"HermiT: the statements contradict one another"},
    ),
    "a class that nothing can belong to": Fault(
        "nlc:Impossible a owl:Class ; rdfs:subClassOf nlc:Level, nlc:Change .",
        {"HermiT: nothing can be a nlc:Impossible"},
    ),
    "a year in a type that reasoners refuse": Fault(
        'period:2000 nlc:startYear "2000"^^xsd:gYear .',
        {
            "OWL 2 RL: UseOfIllegalDataRange in"
            ' DataPropertyAssertion(nlc:startYear <https://w3id.org/nlc-graph/period/2000> "2000"^^xsd:gYear)',
            "HermiT: could not run: org.semanticweb.HermiT.datatypes.UnsupportedDatatypeException:"
            " Literals can only use the datatypes from the OWL 2 datatype map,"
            " see http://www.w3.org/TR/owl2-syntax/#Datatype_Maps. The datatype"
            " 'http://www.w3.org/2001/XMLSchema#gYear' is not part of the OWL 2 datatype map"
            " and HermiT cannot parse this literal.",
        },
    ),
    "an axiom outside RL: every claim has some outcome": Fault(
        "nlc:Claim rdfs:subClassOf [ a owl:Restriction ; owl:onProperty nlc:outcome ;"
        " owl:someValuesFrom nlc:OutcomeType ] .",
        {
            "OWL 2 RL: UseOfNonSuperClassExpression in"
            " SubClassOf(nlc:Claim ObjectSomeValuesFrom(nlc:outcome nlc:OutcomeType))"
        },
    ),
    "a property of things and of literals": Fault(
        "nlc:relayedBy a owl:DatatypeProperty .",
        {
            "OWL 2 DL: IllegalPunning in Declaration(DataProperty(nlc:relayedBy))",
            "OWL 2 DL: IllegalPunning in Declaration(ObjectProperty(nlc:relayedBy))",
            "OWL 2 DL: IllegalPunning in ObjectPropertyDomain(nlc:relayedBy nlc:Testimony)",
            "OWL 2 DL: IllegalPunning in ObjectPropertyRange(nlc:relayedBy nlc:Speaker)",
        },
    ),
    "a class that is not declared": Fault(
        "nlc2005:rise a nlc:Clam .",
        {"OWL 2 DL: UseOfUndeclaredClass in ClassAssertion(nlc:Clam <https://w3id.org/nlc-graph/nlc2005/rise>)"},
    ),
    "a property that is not declared": Fault(
        "nlc2005:rise nlc:otcome outcome:attendance .",
        {
            "OWL 2 DL: UseOfUndeclaredAnnotationProperty in AnnotationAssertion(nlc:otcome"
            " <https://w3id.org/nlc-graph/nlc2005/rise> <https://w3id.org/nlc-graph/outcome/attendance>)"
        },
    ),
    "nothing: a second outcome is a matter of the shapes": Fault("nlc2005:rise nlc:outcome outcome:behaviour .", set()),
    "nothing: the tiny graph as it is": Fault("", set()),
}

LINT = {
    "no label": Fault(
        'nlc:Thing a owl:Class ; skos:definition "A thing."@en .',
        {"labels and definitions: nlc:Thing has no label"},
    ),
    "no definition": Fault(
        'nlc:thing a owl:DatatypeProperty ; rdfs:label "thing"@en .',
        {"labels and definitions: nlc:thing has no definition"},
    ),
    "a class and a property with one label": Fault(
        'nlc:claim a owl:ObjectProperty ; rdfs:label "Claim"@en ; skos:definition "Links to a claim."@en .',
        {"labels and definitions: nlc:Claim has the same label as nlc:claim"},
    ),
    "nothing: terms of others need none": Fault("dcterms:issued a owl:AnnotationProperty .", set()),
}


@pytest.fixture(scope="module")
def ontology_check() -> ModuleType:
    """Return the script, which is in no package."""
    path = Path(__file__).parents[2] / "tools" / "ontology_check.py"
    spec = importlib.util.spec_from_file_location("ontology_check", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("fault", [pytest.param(fault, id=name, marks=needs_java) for name, fault in FAULTS.items()])
def test_fault_is_reported(fault: Fault, store: Store, ontology_check: ModuleType) -> None:
    store.load(HEADER + fault.planted, format=RdfFormat.TURTLE)

    assert {str(finding) for finding in ontology_check.find_owl_faults(store)} == fault.findings


@pytest.mark.parametrize("fault", LINT.values(), ids=LINT)
def test_lint_is_reported(fault: Fault, store: Store, ontology_check: ModuleType) -> None:
    store.load(HEADER + fault.planted, format=RdfFormat.TURTLE)

    assert {str(finding) for finding in ontology_check.find_lint(store)} == fault.findings


@pytest.mark.parametrize(
    ("planted", "status", "last_line"),
    [
        pytest.param(
            "",
            0,
            "ok    ontology, vocabularies and data (1 files):"
            " in OWL 2 DL and RL, no contradiction, no class that nothing can belong to",
            marks=needs_java,
        ),
        pytest.param(
            "nlc2005:start a nlc:Change .",
            1,
            "FAIL  ontology, vocabularies and data (1 files): HermiT:"
            " <https://w3id.org/nlc-graph/nlc2005/start> is both nlc:Level and nlc:Change",
            marks=needs_java,
        ),
    ],
)
def test_command_reports_one_line_a_result(
    planted: str,
    status: int,
    last_line: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    ontology_check: ModuleType,
) -> None:
    data = tmp_path / "data.ttl"
    data.write_text(VALID.read_text(encoding="utf-8") + planted, encoding="utf-8")

    assert ontology_check.main([str(data)]) == status
    assert capsys.readouterr().out.splitlines() == [
        "ok    terms: each class and property has a definition and a label of its own",
        "ok    ontology: in OWL 2 DL and RL, no contradiction, no class that nothing can belong to",
        last_line,
    ]


def test_missing_java_is_an_error_and_no_pass(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], ontology_check: ModuleType
) -> None:
    monkeypatch.setenv("PATH", "")

    assert ontology_check.main([]) == 2
    assert capsys.readouterr().err == (
        "cannot check the ontology: java not found; install Java 11 or later (Debian: default-jre-headless)\n"
    )
