"""Check the ontology: labels and definitions, OWL 2 DL and RL, consistency, and classes that cannot have a member.

Run as ``make ontology-check``, or as ``python tools/ontology_check.py [FILE...]`` to check the ontology and its
vocabularies with other data than the bundled. Exit status: 0 nothing found, 1 something found, 2 could not run.

The reasoner is HermiT, from owlready2's jar, which also contains the OWL API and its profile checkers for DL and RL.
``OntologyCheck.java`` runs both at once; owlready2's Python classes do not reach the profile checkers.
"""

from __future__ import annotations

import argparse
import importlib.util
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import DefaultGraph, QuerySolutions, RdfFormat, Store

ROOT = Path(__file__).parent.parent
ONTOLOGY = ROOT / "ontology" / "nlc.ttl"
VOCABULARIES = tuple(sorted((ROOT / "ontology" / "vocabularies").glob("*.ttl")))
DATA = tuple(sorted((ROOT / "data").glob("*/*.ttl")))

NLC = "https://w3id.org/nlc-graph/ontology#"
PREFIXES = f"""
PREFIX nlc:  <{NLC}>
PREFIX owl:  <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
TERMS = """
  VALUES ?kind { owl:Class owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty }
  ?term a ?kind . FILTER(STRSTARTS(STR(?term), STR(nlc:)))
"""
#: Problem of a term to the query that finds it. A row is the term and, for a shared label, the other term.
LINT = {
    "has no label": f"SELECT DISTINCT ?term {{ {TERMS} FILTER NOT EXISTS {{ ?term rdfs:label ?label }} }}",
    "has no definition": f"SELECT DISTINCT ?term {{ {TERMS} FILTER NOT EXISTS {{ ?term skos:definition ?text }} }}",
    "has the same label as": f"""SELECT DISTINCT ?term ?other {{
      {TERMS} ?term rdfs:label ?label .
      ?other rdfs:label ?otherLabel .
      FILTER(STR(?term) < STR(?other) && STRSTARTS(STR(?other), STR(nlc:)) && LCASE(?label) = LCASE(?otherLabel))
    }}""",
}


class Finding(NamedTuple):
    """An error and the check that found it."""

    check: str
    text: str

    def __str__(self) -> str:
        return f"{self.check}: {self.text}"


class JavaMissingError(RuntimeError):
    """Java is missing, or cannot run a source file."""


def read(paths: Iterable[Path]) -> Store:
    """Read Turtle files into one graph."""
    store = Store()
    for path in paths:
        store.load(path=str(path), format=RdfFormat.TURTLE)
    return store


def rows(store: Store, query: str) -> list[list[str]]:
    """Return the rows of a SELECT query, terms of the ontology in short form, in a fixed order."""
    solutions = store.query(query)
    if not isinstance(solutions, QuerySolutions):
        raise TypeError(f"not a SELECT query: {query}")
    return sorted([_shorten(str(term)) for term in row] for row in solutions)


def _shorten(text: str) -> str:
    return re.sub(rf"<{re.escape(NLC)}([^>]*)>", r"nlc:\1", text)


def find_lint(store: Store) -> list[Finding]:
    """Return our classes and properties without a definition or a label of their own."""
    return [
        Finding("labels and definitions", " ".join([term, fault, *other]))
        for fault, query in LINT.items()
        for term, *other in rows(store, PREFIXES + query)
    ]


def find_owl_faults(store: Store) -> list[Finding]:
    """Return what violates OWL 2 DL or RL in a graph, or else its contradictions.

    :raises JavaMissingError: if Java cannot be run
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "graph.rdf"
        # Every OWL tool must read RDF/XML.
        store.dump(str(file), format=RdfFormat.RDF_XML, from_graph=DefaultGraph())
        run = subprocess.run(
            [find_java(), "-cp", _hermit_jar(), str(Path(__file__).with_name("OntologyCheck.java")), str(file)],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    findings = [Finding(*_shorten(line).split("\t", 1)) for line in run.stdout.splitlines()]
    if run.returncode:
        # HermiT fails on unsupported input, such as a literal of xsd:gYear.
        message, *_ = run.stderr.removeprefix('Exception in thread "main" ').split("\tat ", 1)
        findings.append(Finding("HermiT", f"could not run: {' '.join(message.split())}"))
    return [detail for finding in findings for detail in _explain(finding, store)]


def _explain(finding: Finding, store: Store) -> list[Finding]:
    """Name the entities in disjoint classes, which HermiT does not."""
    if finding.text != "the statements contradict one another":
        return [finding]
    query = (ROOT / "ontology" / "checks" / "thing-of-two-kinds.rq").read_text(encoding="utf-8")
    found = rows(store, query)
    return [Finding(finding.check, f"{thing} is both {kind} and {other}") for thing, kind, other in found] or [finding]


def find_java() -> str:
    """Return the path of a ``java`` that runs source files.

    :raises JavaMissingError: if there is none; outside Debian, a JRE may lack the compiler that is needed
    """
    remedy = "install Java 11 or later (Debian: default-jre-headless)"
    java = shutil.which("java")
    if java is None:
        raise JavaMissingError(f"java not found; {remedy}")
    modules = subprocess.run([java, "--list-modules"], capture_output=True, encoding="utf-8", check=False).stdout
    if "jdk.compiler" not in modules:
        raise JavaMissingError(f"{java} has no compiler; {remedy}")
    return java


def _hermit_jar() -> str:
    # Importing owlready2 would open a quad store that is not needed.
    owlready2 = importlib.util.find_spec("owlready2")
    if owlready2 is None or owlready2.origin is None:
        raise ModuleNotFoundError("owlready2 is not installed; it brings HermiT: pip install owlready2")
    return str(Path(owlready2.origin).parent / "hermit" / "HermiT.jar")


def report(what: str, findings: Sequence[Finding]) -> bool:
    """Print one line a finding, or one line if there is none; return whether there is none."""
    for finding in findings:
        print(f"FAIL  {what.split(':')[0]}: {finding}")
    if not findings:
        print(f"ok    {what}")
    return not findings


def check(data: Sequence[Path]) -> bool:
    """Check the ontology, then the ontology with vocabularies and data; return whether nothing was found."""
    ontology = read([ONTOLOGY])
    labelled = report("terms: each class and property has a definition and a label of its own", find_lint(ontology))
    proved = "in OWL 2 DL and RL, no contradiction, no class that nothing can belong to"
    # Errors of the ontology alone would be reported again with the data.
    return (
        report(f"ontology: {proved}", find_owl_faults(ontology))
        and report(
            f"ontology, vocabularies and data ({len(data)} files): {proved}",
            find_owl_faults(read([ONTOLOGY, *VOCABULARIES, *data])),
        )
        and labelled
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the checks from the command line and return the exit status."""
    parser = argparse.ArgumentParser(description="Check the ontology, its vocabularies and the data.")
    parser.add_argument("data", nargs="*", type=Path, help="Turtle files in place of the bundled data")
    data = parser.parse_args(arguments).data or DATA
    try:
        return 0 if check(data) else 1
    except (JavaMissingError, ModuleNotFoundError) as error:
        print(f"cannot check the ontology: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
