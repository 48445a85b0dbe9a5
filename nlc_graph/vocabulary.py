"""Namespaces of the graph, one a kind of thing, and the short identifiers (CURIEs) that people read and type."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pyoxigraph as ox

BASE = "https://w3id.org/nlc-graph/"
NLC = f"{BASE}ontology#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"

#: The vocabularies and shared registers: each prefix is the last part of its namespace.
OWN_PREFIXES = (
    "practice outcome feature indicator kind link direction role identification quantifier unit precision better design"
    " review topic phase setting trait hedge frequency valence comparator area organisation person framework programme"
    " period nlc2005"
).split()

PREFIXES: dict[str, str] = {
    "nlc": NLC,
    **{prefix: f"{BASE}{prefix}/" for prefix in OWN_PREFIXES},
    "section": f"{BASE}nlc2005/section/",
    "skos": SKOS,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": RDFS,
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "org": "http://www.w3.org/ns/org#",
    "oa": "http://www.w3.org/ns/oa#",
}

#: What the rules in ``ontology/rules`` derive; never authored.
DERIVED = tuple(
    NLC + name
    for name in ("relatesTo", "aimsAt", "reportsImpactOn", "comparisonDesign", "computedValue", "reportedToLeadTo")
)

_LOCAL = r"[A-Za-z0-9_](?:[\w.-]*[\w-])?"


def to_curie(iri: str, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Return the short form of an IRI, or the IRI itself where no prefix fits.

    >>> to_curie("https://w3id.org/nlc-graph/practice/learning-mentors")
    'practice:learning-mentors'
    >>> to_curie("http://example.org/x")
    'http://example.org/x'
    """
    best = ""
    for prefix, namespace in prefixes.items():
        longer = len(namespace) > len(prefixes.get(best, ""))
        if iri.startswith(namespace) and longer and re.fullmatch(_LOCAL, iri[len(namespace) :]):
            best = prefix
    return f"{best}:{iri[len(prefixes[best]) :]}" if best else iri


def is_iri(text: str) -> bool:
    """Tell whether a text is a whole IRI, such as may stand in a query.

    >>> is_iri("https://w3id.org/nlc-graph/x"), is_iri("urn:%/x"), is_iri("http://"), is_iri("x> } #")
    (True, False, False, False)
    """
    try:
        ox.NamedNode(text)  # checks all that RFC 3987 asks for
    except ValueError:
        return False
    return not text.endswith("://")


def from_curie(text: str, prefixes: Mapping[str, str] = PREFIXES) -> str | None:
    """Return the IRI that a CURIE or an IRI (with or without angle brackets) stands for; None if it is neither.

    >>> from_curie("outcome:attendance")
    'https://w3id.org/nlc-graph/outcome/attendance'
    >>> from_curie("attendance") is None
    True
    """
    text = text.strip()
    if text.startswith("<") and text.endswith(">"):
        text = text[1:-1]
    prefix, colon, local = text.partition(":")
    if not colon or any(c in ' <>"{}|\\^`' for c in text):
        return None
    if prefix in prefixes and not local.startswith("//"):
        return prefixes[prefix] + local
    return text if local.startswith("//") or prefix == "urn" else None


def local_name(iri: str) -> str:
    """Return the last part of an IRI.

    >>> local_name("https://w3id.org/nlc-graph/kind/inspection-report")
    'inspection-report'
    """
    whole = iri.rstrip("/#")
    return whole[max(whole.rfind("/"), whole.rfind("#")) + 1 :]
