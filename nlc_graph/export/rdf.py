"""RDF formats: Turtle, N-Triples, TriG, JSON-LD and RDF/XML, all with the same triples."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable

import pyoxigraph as ox

from .. import resources
from ..errors import NlcGraphError
from ..evidence.subgraph import Subgraph
from ..vocabulary import NLC, PREFIXES, RDF_TYPE, from_curie, to_curie

#: Characters that XML 1.0 cannot hold, not even escaped (section 2.2).
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: The end of an IRI that can be the name of an XML element.
_XML_NAME = re.compile(r"[^\W\d][\w.-]*$")
_STRING = f"{PREFIXES['xsd']}string"


class UnwritableTriplesError(NlcGraphError):
    """A format cannot represent some of the triples."""

    code = "unwritable-triples"


def to_turtle(part: Subgraph) -> bytes:
    """Serialise a subgraph as Turtle."""
    return _serialise(part.triples, ox.RdfFormat.TURTLE, part)


def to_ntriples(part: Subgraph) -> bytes:
    """Serialise a subgraph as sorted N-Triples."""
    return ox.serialize(part.triples, format=ox.RdfFormat.N_TRIPLES) or b""


def to_trig(part: Subgraph) -> bytes:
    """Serialise a subgraph as TriG with a named graph for each source.

    A named graph has the IRI of the source and holds what is stated in that source alone. Shared resources (concepts,
    organisations, what two sources state) are in the default graph.
    """
    sources = _single_sources(part)
    quads = []
    for triple in part.triples:
        graph = sources.get(getattr(triple.subject, "value", ""), ox.DefaultGraph())
        quads.append(ox.Quad(triple.subject, triple.predicate, triple.object, graph))
    quads.sort(key=lambda quad: (str(quad.graph_name), str(quad)))
    return _serialise(quads, ox.RdfFormat.TRIG, part)


def to_jsonld(part: Subgraph) -> bytes:
    """Serialise a subgraph as JSON-LD, compacted with ``ontology/context.jsonld``, which is included.

    :raises UnwritableTriplesError: if there is a triple term or a literal with a base direction (RDF 1.2)
    """
    context = json.loads(resources.read_text(resources.context_file()))["@context"]
    prefixes = {name: iri for name, iri in context.items() if isinstance(iri, str) and iri[-1] in "/#"}
    names = {from_curie(term["@id"]): name for name, term in context.items() if isinstance(term, dict)}
    nodes: dict[str, dict[str, list[object]]] = defaultdict(lambda: defaultdict(list))
    for triple in part.triples:
        node = nodes[_identifier(triple.subject)]
        predicate = triple.predicate.value
        if predicate == RDF_TYPE and isinstance(triple.object, ox.NamedNode):
            node["type"].append(to_curie(triple.object.value, prefixes))
        else:
            name = names.get(predicate) or to_curie(predicate, prefixes)
            node[name].append(_jsonld_value(triple.object, context.get(name, {}).get("@type", "")))
    described = [{"id": iri, **_single_values(nodes[iri])} for iri in sorted(nodes)]
    content = {"@context": context, "@graph": described}
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def to_rdfxml(part: Subgraph) -> bytes:
    """Serialise a subgraph as RDF/XML.

    :raises UnwritableTriplesError: if a text has a character that XML forbids, or a property has no XML name
    """
    for triple in part.triples:
        found = FORBIDDEN.search(triple.object.value) if isinstance(triple.object, ox.Literal) else None
        if found:
            character = f"U+{ord(found.group()):04X}"
            raise UnwritableTriplesError(
                f"RDF/XML cannot represent the character {character} in a text of {triple.subject}; write Turtle (.ttl)"
            )
        if not _XML_NAME.search(triple.predicate.value):
            raise UnwritableTriplesError(
                f"RDF/XML cannot represent the property {triple.predicate}; write Turtle (.ttl)"
            )
    # An XML reader would turn a bare carriage return into a line feed.
    return _serialise(part.triples, ox.RdfFormat.RDF_XML, part).replace(b"\r", b"&#xD;")


def _serialise(triples: Iterable[ox.Triple] | Iterable[ox.Quad], form: ox.RdfFormat, part: Subgraph) -> bytes:
    return ox.serialize(triples, format=form, prefixes=dict(part.graph.prefixes)) or b""


def _single_sources(part: Subgraph) -> dict[str, ox.NamedNode]:
    """Map each subject that is stated in exactly one source to that source."""
    passages: dict[str, set[str]] = defaultdict(set)
    sources: dict[str, set[str]] = defaultdict(set)
    for triple in part.triples:
        if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode):
            if triple.predicate.value == f"{NLC}source":
                sources[triple.subject.value].add(triple.object.value)
            elif triple.predicate.value == f"{NLC}statedIn":
                passages[triple.subject.value].add(triple.object.value)
    found = dict(sources)
    for subject, places in passages.items():
        found[subject] = {source for passage in places for source in sources.get(passage, ())}
    return {subject: ox.NamedNode(*names) for subject, names in found.items() if len(names) == 1}


def _identifier(term: ox.NamedNode | ox.BlankNode | ox.Triple) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _jsonld_value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, datatype: str) -> object:
    """Return a value of a property for which the context declares a datatype: a CURIE, ``@id`` or empty."""
    if isinstance(term, ox.Triple) or getattr(term, "direction", None):
        reason = "JSON-LD 1.1 cannot represent triple terms and texts with a base direction"
        raise UnwritableTriplesError(f"{reason}; export as .ttl, .nt or .trig")
    if not isinstance(term, ox.Literal):
        return _identifier(term) if datatype == "@id" else {"@id": _identifier(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if to_curie(term.datatype.value) == (datatype or "xsd:string"):
        return term.value
    if term.datatype.value == _STRING:
        return {"@value": term.value}
    return {"@value": term.value, "@type": term.datatype.value}


def _single_values(node: dict[str, list[object]]) -> dict[str, object]:
    return {name: values[0] if len(values) == 1 else values for name, values in node.items()}
