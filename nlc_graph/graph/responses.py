"""Answers of an endpoint, as they came over the network: whether they are whole, and what they say.

What an answer says may be anybody's: it is bounded as files are before a parser sees it.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pyoxigraph as ox

from ..errors import UnreadableFileError
from .limits import check_nesting

ROWS = "application/sparql-results+json, application/sparql-results+xml;q=0.8"
TRIPLES = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.8"
#: The one way in which an answer may be packed; any other would have to be unpacked here too.
PACKED = "gzip"

#: Formats whose end can be told, and the suffix of files that are bounded as they are.
_ENDING = {
    ox.QueryResultsFormat.JSON: ".jsonld",
    ox.QueryResultsFormat.XML: ".rdf",
    ox.RdfFormat.JSON_LD: ".jsonld",
    ox.RdfFormat.RDF_XML: ".rdf",
}
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class BadAnswerError(Exception):
    """An answer is no answer to a query; the text says why."""


class Answer(NamedTuple):
    """What came back.

    :param headers: by name, whose case does not matter
    :param content: its body, unpacked
    :param whole: whether the protocol says that nothing of it is lost
    """

    status: int
    reason: str
    headers: Mapping[str, str]
    content: bytes
    whole: bool

    @property
    def media(self) -> str:
        """Return its media type without parameters; all where headers contradict one another."""
        given = self.headers.get("Content-Type", "").lower().split(",")
        return ", ".join(dict.fromkeys(media.split(";")[0].strip() for media in given))


class Rows:
    """The rows of an answer, as pyoxigraph gives them."""

    def __init__(self, answer: ox.QuerySolutions) -> None:
        self.variables = answer.variables
        self._rows = list(answer)  # now, so that an answer that was cut off is told where it came from

    def __iter__(self) -> Iterator[ox.QuerySolution]:
        return iter(self._rows)


def unpack(content: bytes, headers: Mapping[str, str]) -> tuple[bytes, bool]:
    """Return the body of an answer without its packing, and whether nothing of it is lost.

    :raises BadAnswerError: if it is cut off, or packed in another way
    """
    way = headers.get("Content-Encoding", "").strip().lower()
    length = headers.get("Content-Length", "").replace(",", "").replace(" ", "")  # a proxy may repeat it
    whole = length.isdigit() or "chunked" in headers.get("Transfer-Encoding", "").lower()
    if way in ("", "identity") or not content:
        return content, whole
    if way not in ("gzip", "x-gzip"):
        raise BadAnswerError(f"its answer is packed as {way!r}, although it was told that {PACKED} alone will do")
    parts = []
    while content:  # one piece after the other, each with its length and check sum at the end
        packed = zlib.decompressobj(wbits=31)
        try:
            parts.append(packed.decompress(content))
        except zlib.error as error:
            raise BadAnswerError(f"its answer is said to be packed as gzip and is not ({error})") from error
        if not packed.eof:
            raise BadAnswerError("its answer is cut off: the packed text has no end")
        content = packed.unused_data.lstrip(b"\0")  # some pad the end
    return b"".join(parts), True


def read_rows(answer: Answer) -> Rows | ox.QueryBoolean:
    """Return what an answer to a SELECT or ASK query says.

    :raises BadAnswerError: if it is none, or not whole
    """
    kind = ox.QueryResultsFormat.from_media_type(answer.media)
    content = _checked(answer, None if kind == ox.QueryResultsFormat.CSV else kind)  # which tells no IRI from a text
    try:
        return _read_rows(content, kind)
    except (SyntaxError, ValueError) as error:
        again = _in_order(content) if kind == ox.QueryResultsFormat.JSON else b""
        if not again:
            raise _unreadable(error) from error
    return _read_rows(again, kind)


def read_triples(answer: Answer, base: str) -> list[ox.Triple]:
    """Return what an answer to a CONSTRUCT or DESCRIBE query says.

    :param base: what relative addresses are relative to
    :raises BadAnswerError: if it is none, or not whole
    """
    kind = ox.RdfFormat.from_media_type(answer.media)
    content = _checked(answer, kind)
    try:
        return [quad.triple for quad in ox.parse(content, format=kind, base_iri=base)]
    except (SyntaxError, ValueError) as error:
        raise _unreadable(error) from error


def _checked(answer: Answer, kind: ox.QueryResultsFormat | ox.RdfFormat | None) -> bytes:
    """Return the content of an answer that is whole and can do a parser no harm."""
    if kind is None:
        reason = f"it answered with {answer.media or 'nothing'} instead of query results; is this a SPARQL endpoint?"
        raise BadAnswerError(reason)
    content = answer.content.removeprefix(_BYTE_ORDER_MARK)
    try:
        # In rows as JSON only triple terms nest, and looking at each bracket takes as long as reading them.
        flat = kind == ox.QueryResultsFormat.JSON and b"triple" not in content and b"\\u" not in content
        ended = flat or check_nesting("its answer", content, _ENDING.get(kind, ".ttl"))
    except UnreadableFileError as error:
        raise BadAnswerError(f"its answer is not read: {error.reason}") from error
    if not ended:
        raise BadAnswerError("its answer is cut off: the XML has no end")
    if kind not in _ENDING and not answer.whole:
        reason = f"its answer may be cut off: neither the endpoint nor {answer.media} says where it ends"
        raise BadAnswerError(f"{reason}; it should send Content-Length, or answer in chunks (HTTP/1.1)")
    return content


def _read_rows(content: bytes, kind: ox.QueryResultsFormat | None) -> Rows | ox.QueryBoolean:
    found = ox.parse_query_results(content, format=kind)
    if isinstance(found, ox.QuerySolutions):
        return Rows(found)
    return found


def _in_order(content: bytes) -> bytes:
    """Return results in JSON anew, the rows last, for the parser takes nothing after them; empty if they are none."""
    try:
        given = json.loads(content)
        return json.dumps({"head": given["head"], "results": {"bindings": given["results"]["bindings"]}}).encode()
    except (ValueError, KeyError, TypeError, RecursionError):
        return b""


def _unreadable(error: Exception) -> BadAnswerError:
    return BadAnswerError(f"its answer cannot be read ({error}); it may be cut off")
