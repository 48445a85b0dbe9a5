"""Single records against ``ontology/shapes.ttl``: SHACL core, by whichever engine is installed.

``shacl`` is a Rust engine: 120,000 triples in 0.3 s, where pySHACL takes 13 s, and 940,000 in 4 s and 100 MB. It has no
wheels for some platforms; pySHACL runs everywhere. The tests hold both to the same planted mistakes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import NamedTuple

import pyoxigraph as ox

from .. import resources
from ..cleanup import temporary_folder
from ..graph.graph import Graph
from ..table import Ref, Value
from .findings import Finding

SH = "http://www.w3.org/ns/shacl#"


class Result(NamedTuple):
    """One result of a validation report, in SHACL's own words.

    :param component: local name of the constraint component, such as MinCount
    :param path: IRI of the property; empty where the path is no single property, or there is none
    :param value: the value that breaks the constraint, in the syntax of N-Triples; empty where there is none
    """

    focus: str
    component: str
    message: str
    path: str
    value: str


def run_shapes(graph: Graph) -> list[Finding] | None:
    """Return what the shapes find in authored data; None where no SHACL engine is installed.

    :param graph: data with the ontology and its vocabularies: subclasses and lists are looked up there
    """
    name = next((name for name in ENGINES if find_spec(name)), None)
    if name is None:
        return None
    with temporary_folder() as folder:
        path = os.path.join(folder, "data.nt")  # a file: a million triples need no room in memory here
        graph.dump(path)
        return [_finding(result) for result in sorted(set(ENGINES[name](path)))]


def _with_shacl(path: str) -> Iterator[Result]:
    import shacl

    report = shacl.Shapes.from_file(resources.shapes_file()).validate_file(path)
    for result in report.results:
        property_ = result.path or ""
        yield Result(
            _bare(result.focus_node),
            _component(_bare(result.component_iri)),
            result.message or "",
            _bare(property_) if property_.count("<") == 1 and property_.endswith(">") else "",
            result.value or "",
        )


def _with_pyshacl(path: str) -> Iterator[Result]:
    import pyshacl
    import rdflib
    from rdflib import SH as TERMS

    data = rdflib.Graph().parse(path, format="nt")
    _, report, _ = pyshacl.validate(data, shacl_graph=rdflib.Graph().parse(resources.shapes_file()))
    if not isinstance(report, rdflib.Graph):  # pySHACL's type allows for text in other modes
        raise TypeError(report)
    for result in report.objects(None, TERMS.result):
        property_, value = report.value(result, TERMS.resultPath), report.value(result, TERMS.value)
        focus = report.value(result, TERMS.focusNode)
        yield Result(
            focus.n3() if isinstance(focus, rdflib.BNode) else str(focus),
            _component(str(report.value(result, TERMS.sourceConstraintComponent))),
            str(report.value(result, TERMS.resultMessage)),
            str(property_) if isinstance(property_, rdflib.URIRef) else "",
            value.n3() if isinstance(value, rdflib.term.Identifier) else "",
        )


#: Module to what runs it, the faster first.
ENGINES: dict[str, Callable[[str], Iterator[Result]]] = {"shacl": _with_shacl, "pyshacl": _with_pyshacl}


def _finding(result: Result) -> Finding:
    value = _value(result.value)
    details: dict[str, Value] = {} if value is None or value == result.focus else {"value": value}
    if result.component == "MinCount":
        details = {"here": "missing"}
    elif result.component == "MaxCount":
        details = {"here": "there is more than one"}
    properties = (result.path,) if result.path else ()
    return Finding("shape", result.message, "", Ref(result.focus), details, (), properties)


def _value(text: str) -> Value:
    if text.startswith("<"):
        return Ref(_bare(text))
    if text.startswith('"'):
        triple = next(iter(ox.parse(f"<urn:s> <urn:p> {text} .", format=ox.RdfFormat.N_TRIPLES)), None)
        return triple.object.value if triple and isinstance(triple.object, ox.Literal) else text
    return Ref(text) if text else None


def _bare(text: str) -> str:
    return text[1:-1] if text.startswith("<") and text.endswith(">") else text


def _component(iri: str) -> str:
    return iri.removeprefix(SH).removesuffix("ConstraintComponent")
