"""Trusty URIs of RDF: names that include a digest of what they name, so that any change can be detected.

Kuhn and Dumontier, "Trusty URIs: Verifiable, Immutable, and Permanent Digital Artifacts for Linked Data" (ESWC 2014),
module RA. Our own, because the package ``nanopub`` has forty dependencies; the tests compare the two.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable

import pyoxigraph as ox

#: Placeholder for the code, of the same length.
STAND_IN = "RA" + 43 * "0"


def trusty_code(quads: Iterable[ox.Quad]) -> str:
    """Return the code of some quads, whose IRIs contain :data:`STAND_IN` where the code will be.

    :param quads: with named graphs and without blank nodes
    :returns: ``RA`` and 43 characters: the SHA-256 digest in the URL-safe alphabet of Base 64
    """
    lines = set()
    for quad in quads:
        names = [_iri(term) for term in (quad.graph_name, quad.subject, quad.predicate)]
        order, text = _object(quad.object)
        lines.add(((*map(str.encode, names), *order), "".join(f"{line}\n" for line in (*names, text))))
    digest = hashlib.sha256("".join(text for _, text in sorted(lines)).encode()).digest()
    return "RA" + base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _iri(term: object) -> str:
    return str(getattr(term, "value", "")).replace(STAND_IN, " ")


def _object(term: object) -> tuple[tuple[int, bytes, str, str], str]:
    """Return the sort key (IRIs, then literals by text, datatype, language) and the text of an object."""
    if not isinstance(term, ox.Literal):
        name = _iri(term)
        return (0, name.encode(), "", ""), name
    text, language = term.value.replace("\\", "\\\\").replace("\n", "\\n"), (term.language or "").lower()
    if language:
        return (1, term.value.encode(), "", language), f"@{language} {text}"
    return (1, term.value.encode(), term.datatype.value, ""), f"^{term.datatype.value} {text}"
