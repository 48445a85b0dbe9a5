"""Answers of an endpoint: whether they are complete, and the rows or triples in them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from ..errors import EndpointError, UnreadableFileError, shortened
from .files import check_nesting

if TYPE_CHECKING:
    import requests

#: Bytes of an answer: more would not fit into memory once parsed.
MOST_BYTES = 1_000_000_000
_PIECE = 1 << 20
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
#: Formats whose end can be recognised, and the suffix of files with the same limits.
_CLOSED = {
    ox.QueryResultsFormat.JSON: ".jsonld",
    ox.QueryResultsFormat.XML: ".rdf",
    ox.RdfFormat.RDF_XML: ".rdf",
}
_XML_END = re.compile(rb"</(?:[\w.-]+:)?(?:RDF|sparql)\s*>\s*(?:<!--.*-->\s*)?\Z", re.DOTALL)


class Response(NamedTuple):
    """What came back; ``content`` is decompressed."""

    status: int
    reason: str
    headers: Mapping[str, str]
    content: bytes

    @property
    def media_type(self) -> str:
        """Return the media type without parameters."""
        return self.headers.get("Content-Type", "").split(";")[0].split(",")[0].strip().lower()

    @property
    def has_length(self) -> bool:
        """Tell whether a lost end would have been noticed by the HTTP client."""
        return "Content-Length" in self.headers or "chunked" in self.headers.get("Transfer-Encoding", "").lower()

    def message(self, without: str = "") -> str:
        """Return what a server says about an error, in one line, without markup and the query."""
        if self.status < 300:  # the content is an answer
            return self.headers.get("X-SQL-Message", "")
        text = self.content[:100_000].decode(errors="replace").replace(without or "\0", "")
        if "html" in self.media_type:
            text = re.sub(r"(?is)<(script|style)\b.*?</\1\s*>|<[^>]*>", " ", text)
        return shortened(" ".join(text.split()), 300)


class Rows:
    """The rows of an answer, as pyoxigraph gives them."""

    def __init__(self, solutions: ox.QuerySolutions) -> None:
        self.variables = solutions.variables
        self._rows = list(solutions)

    def __iter__(self) -> Iterator[ox.QuerySolution]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def read_response(answer: requests.Response, name: str) -> Response:
    """Read the body of an answer.

    :param name: the endpoint, for the error
    :raises EndpointError: if it is too large
    """
    pieces: list[bytes] = []
    for piece in answer.iter_content(_PIECE):
        pieces.append(piece)
        if len(pieces) * _PIECE > MOST_BYTES:
            reason = f"its answer is larger than {MOST_BYTES // 1_000_000:,} MB; ask for less"
            raise EndpointError(name, reason, code="endpoint-too-large")
    return Response(answer.status_code, answer.reason or "", answer.headers, b"".join(pieces))


def read_rows(response: Response, name: str, *, rows: bool) -> Rows | ox.QueryBoolean:
    """Return the answer to a SELECT or ASK query.

    :param name: the endpoint, for the error
    :param rows: whether rows are expected, or else a truth value
    :raises EndpointError: if it is another answer, malformed or incomplete
    """
    kind = ox.QueryResultsFormat.from_media_type(response.media_type)
    if kind == ox.QueryResultsFormat.CSV:  # in which an IRI looks like a text
        kind = None
    content = _checked(response, kind, name)
    try:
        found = ox.parse_query_results(content, format=kind)
        answer = Rows(found) if isinstance(found, ox.QuerySolutions) else found
    except (SyntaxError, ValueError) as error:
        if kind != ox.QueryResultsFormat.JSON or not (again := _rows_last(content)):
            raise _malformed(response, name, error) from error
        answer = Rows(ox.parse_query_results(again, format=kind))  # type: ignore[arg-type]
    if isinstance(answer, Rows) != rows:
        given, wanted = ("a truth value", "rows") if rows else ("rows", "a truth value")
        raise EndpointError(name, f"it answered with {given} instead of {wanted}", code="endpoint-answer")
    return answer


def read_triples(response: Response, name: str) -> list[ox.Triple]:
    """Return the answer to a CONSTRUCT or DESCRIBE query.

    :param name: the endpoint, for the error, and the base of relative IRIs
    :raises EndpointError: if it is another answer, malformed or incomplete
    """
    kind = ox.RdfFormat.from_media_type(response.media_type)
    content = _checked(response, kind, name)
    try:
        return [quad.triple for quad in ox.parse(content, format=kind, base_iri=name)]
    except (SyntaxError, ValueError) as error:
        raise _malformed(response, name, error) from error


def _checked(response: Response, kind: ox.QueryResultsFormat | ox.RdfFormat | None, name: str) -> bytes:
    """Return the content of an answer that is complete and safe to parse.

    :raises EndpointError: if it is not
    """
    if kind is None:
        reason = f"it answered with {response.media_type or 'no media type'} instead of query results"
        raise EndpointError(name, f"{reason}; is this a SPARQL endpoint?", code="endpoint-answer")
    content = response.content.removeprefix(_BYTE_ORDER_MARK)
    if not response.has_length and kind != ox.QueryResultsFormat.JSON:
        if kind not in _CLOSED or not _XML_END.search(content[-1000:]):
            reason = f"its answer may be cut off: neither HTTP nor {response.media_type} marks the end"
            raise EndpointError(name, reason, code="endpoint-incomplete")
    # In rows as JSON only triple terms nest, and checking all brackets takes as long as parsing.
    if kind != ox.QueryResultsFormat.JSON or b"triple" in content or b"\\u" in content:
        try:
            check_nesting("its answer", content, _CLOSED.get(kind, ".ttl"))
        except UnreadableFileError as error:
            raise EndpointError(name, f"its answer is refused: {error.reason}", code="endpoint-answer") from error
    return content


def _rows_last(content: bytes) -> bytes:
    """Return JSON results with the rows last, after which the parser takes nothing; empty if they are malformed."""
    try:
        given = json.loads(content)
        return json.dumps({"head": given["head"], "results": {"bindings": given["results"]["bindings"]}}).encode()
    except (ValueError, KeyError, TypeError, RecursionError):
        return b""


def _malformed(response: Response, name: str, error: Exception) -> EndpointError:
    # A server that runs out of time writes its reason after what it has already sent.
    end = " ".join(response.content[-120:].decode(errors="replace").split())
    return EndpointError(
        name, f"its answer is malformed or cut off ({error}); it ends with {end!r}", code="endpoint-answer"
    )
