"""Single records against ``ontology/shapes.ttl`` (SHACL Core), by whichever engine is installed.

``shacl`` is a Rust engine: 120,000 triples in 0.3 s, where pySHACL takes 13 s, and 940,000 in 4 s and 100 MB. It has no
wheels for some platforms; pySHACL runs everywhere. The tests hold both to the same errors.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from typing import cast

import pyoxigraph as ox

from .. import resources
from ..graph.graph import Graph
from ..table import Ref, Value
from .report import Finding

SH = "http://www.w3.org/ns/shacl#"
RESULTS = f"""PREFIX sh: <{SH}>
SELECT ?focus ?component ?message ?path ?value {{
  ?report sh:result ?result .
  ?result sh:focusNode ?focus ; sh:sourceConstraintComponent ?component ; sh:resultMessage ?message .
  OPTIONAL {{ ?result sh:resultPath ?path FILTER(isIRI(?path)) }}
  OPTIONAL {{ ?result sh:value ?value }}
}}"""


def run_shapes(graph: Graph) -> list[Finding] | None:
    """Return what the shapes find in authored data; None if no SHACL engine is installed.

    :param graph: data with the ontology and its vocabularies, which define subclasses and lists
    """
    engine = next((engine for name, engine in ENGINES.items() if find_spec(name)), None)
    if engine is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "data.nt")  # a file keeps a million triples out of Python's memory
        graph.dump(path)
        return read_report(engine(path))


def read_report(turtle: str) -> list[Finding]:
    """Return the distinct results of a SHACL validation report in Turtle, in a fixed order."""
    store = ox.Store()
    store.load(turtle.encode(), format=ox.RdfFormat.TURTLE)
    solutions = cast(ox.QuerySolutions, store.query(RESULTS))
    return [_finding(*row) for row in sorted({tuple(map(_value, row)) for row in solutions}, key=str)]


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | None) -> Value:
    if isinstance(term, ox.Literal):
        return term.value
    return Ref(term.value if isinstance(term, ox.NamedNode) else str(term)) if term else None


def _finding(focus: Value, component: Value, message: Value, path: Value, value: Value) -> Finding:
    details = {} if value in (None, focus) else {"value": value}
    if component == f"{SH}MinCountConstraintComponent":
        details = {"here": "missing"}
    elif component == f"{SH}MaxCountConstraintComponent":
        details = {"here": "there is more than one"}
    return Finding("shape", str(message), "", Ref(str(focus)), details, (), (str(path),) if path else ())


def _with_shacl(path: str) -> str:
    import shacl

    return str(shacl.Shapes.from_file(resources.shapes_file()).validate_file(path).turtle)


def _with_pyshacl(path: str) -> str:
    import pyshacl
    import rdflib

    data, shapes = rdflib.Graph().parse(path, format="nt"), rdflib.Graph().parse(resources.shapes_file())
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, serialize_report_graph="turtle")
    return report.decode() if isinstance(report, bytes) else str(report)


#: Module to a function from an N-Triples file to a validation report in Turtle; the faster engine first.
ENGINES: dict[str, Callable[[str], str]] = {"shacl": _with_shacl, "pyshacl": _with_pyshacl}
