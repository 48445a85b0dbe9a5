"""RDF formats: Turtle, N-Triples, TriG, JSON-LD and RDF/XML, all with the same triples."""

from __future__ import annotations

import json
import logging
import re
from collections import defaultdict

import pyoxigraph as ox

from .. import resources
from ..errors import NlcGraphError
from ..evidence.subgraph import Subgraph
from ..vocabulary import NLC

#: What XML 1.0 cannot hold, not even escaped (section 2.2).
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: The end of an IRI that can be the name of an XML element.
_XML_NAME = re.compile(r"[^\W\d][\w.-]*$")


class UnwritableTriplesError(NlcGraphError):
    """A format cannot hold what is to be written."""


def to_turtle(part: Subgraph) -> bytes:
    """Return a part as Turtle."""
    return ox.serialize(part.triples, format=ox.RdfFormat.TURTLE, prefixes=dict(part.graph.prefixes)) or b""


def to_ntriples(part: Subgraph) -> bytes:
    """Return a part as N-Triples, sorted."""
    return ox.serialize(part.triples, format=ox.RdfFormat.N_TRIPLES) or b""


def to_trig(part: Subgraph) -> bytes:
    """Return a part as TriG: a named graph a source, called by its IRI, with what is stated in that source alone.

    Shared things (concepts, organisations, what two sources state) stand in the default graph.
    """
    sources = _sources(part)
    shared = ox.DefaultGraph()
    quads = [
        ox.Quad(t.subject, t.predicate, t.object, sources.get(getattr(t.subject, "value", ""), shared))
        for t in part.triples
    ]
    quads.sort(key=lambda quad: (str(quad.graph_name), str(quad)))
    return ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=dict(part.graph.prefixes)) or b""


def to_jsonld(part: Subgraph) -> bytes:
    """Return a part as JSON-LD, compacted with ``ontology/context.jsonld``, which it carries.

    :raises UnwritableTriplesError: if there is something in it of RDF 1.2
    """
    import rdflib
    from rdflib.exceptions import ParserError

    context = json.loads(resources.read_text(resources.context_file()))["@context"]
    # Literals as they are written: rdflib would make 1.50 of 01.50, or not, as a setting for the whole process says.
    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        logging.getLogger("rdflib.term").setLevel(
            logging.ERROR
        )  # what it thinks of ill-typed literals is no news to us
        rdf = rdflib.Graph().parse(data=to_ntriples(part), format="nt")
        compact = json.loads(rdf.serialize(format="json-ld", context=context, auto_compact=False))
    except ParserError as error:
        new = "a triple term, or a text with a direction, which are of RDF 1.2"
        raise UnwritableTriplesError(f"JSON-LD 1.1 has no place for {new}; export as .ttl, .nt or .trig") from error
    finally:
        rdflib.NORMALIZE_LITERALS = before
    compact["@graph"] = sorted(compact.get("@graph", []), key=lambda node: str(node.get("id", "")))
    return (json.dumps(compact, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def to_rdfxml(part: Subgraph) -> bytes:
    """Return a part as RDF/XML.

    :raises UnwritableTriplesError: if a text has a character that XML forbids, or a property has no XML name
    """
    for triple in part.triples:
        found = FORBIDDEN.search(triple.object.value) if isinstance(triple.object, ox.Literal) else None
        if found:
            character = f"U+{ord(found.group()):04X}"
            raise UnwritableTriplesError(
                f"RDF/XML cannot hold the character {character} in a text of {triple.subject}; write Turtle (.ttl)"
            )
        if not _XML_NAME.search(triple.predicate.value):
            raise UnwritableTriplesError(
                f"RDF/XML has no name for the property {triple.predicate}; write Turtle (.ttl)"
            )
    written = ox.serialize(part.triples, format=ox.RdfFormat.RDF_XML, prefixes=dict(part.graph.prefixes)) or b""
    # A bare carriage return is read back as a line feed; the serialiser writes none of its own.
    return written.replace(b"\r", b"&#xD;")


def _sources(part: Subgraph) -> dict[str, ox.NamedNode]:
    """Return the one source in which a thing is stated, for what is stated in one; passages and sections likewise."""
    stated: dict[str, set[str]] = defaultdict(set)
    of: dict[str, set[str]] = defaultdict(set)
    for triple in part.triples:
        if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode):
            if triple.predicate.value == f"{NLC}source":
                of[triple.subject.value].add(triple.object.value)
            elif triple.predicate.value == f"{NLC}statedIn":
                stated[triple.subject.value].add(triple.object.value)
    found = {
        thing: set().union(*(of.get(passage, set()) for passage in passages)) for thing, passages in stated.items()
    }
    return {thing: ox.NamedNode(*sources) for thing, sources in {**of, **found}.items() if len(sources) == 1}
