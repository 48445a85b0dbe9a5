"""Trusty URIs of RDF: a name that holds a digest of what it names, so that anybody can tell whether it was changed.

Kuhn and Dumontier, "Trusty URIs: Verifiable, Immutable, and Permanent Digital Artifacts for Linked Data" (ESWC 2014),
module RA. Ours rather than that of the package ``nanopub``, which brings forty others and is what the tests check with.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable

import pyoxigraph as ox

#: What stands for the code of the URI while its digest is being made, as long as a code is.
STAND_IN = "RA" + 43 * "0"
_STRING = "http://www.w3.org/2001/XMLSchema#string"


def trusty_code(quads: Iterable[ox.Quad]) -> str:
    """Return the code of some quads, in whose IRIs :data:`STAND_IN` stands where the code will be.

    :param quads: with named graphs and without blank nodes
    :returns: ``RA`` and 43 characters: the SHA-256 digest in the URL-safe alphabet of Base 64
    """
    lines = []
    for quad in quads:
        names = tuple(_iri(term) for term in (quad.graph_name, quad.subject, quad.predicate))
        order, written = _object(quad.object)
        lines.append(((*(name.encode() for name in names), *order), "".join(f"{each}\n" for each in (*names, written))))
    text = "".join(line for _, line in sorted(set(lines)))
    digest = hashlib.sha256(text.encode()).digest()
    return "RA" + base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _iri(term: object) -> str:
    return str(getattr(term, "value", "")).replace(STAND_IN, " ")


def _object(term: object) -> tuple[tuple[int, bytes, str, str], str]:
    """Return an object's place in the order (IRIs, then literals by text, datatype, language) and how it is written."""
    if not isinstance(term, ox.Literal):
        name = _iri(term)
        return (0, name.encode(), "", ""), name
    text = term.value.replace("\\", "\\\\").replace("\n", "\\n")
    if term.language:
        return (1, term.value.encode(), "", term.language.lower()), f"@{term.language.lower()} {text}"
    datatype = term.datatype.value if term.datatype else _STRING
    return (1, term.value.encode(), datatype, ""), f"^{datatype} {text}"
