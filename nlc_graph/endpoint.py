"""A graph behind a SPARQL 1.1 endpoint: queries go out by its protocol, answers come back in standard formats."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import pyoxigraph as ox

from . import sparql
from .errors import EndpointError, MissingExtraError
from .graph import Graph

#: Longer queries are posted: servers and proxies refuse longer addresses.
LONGEST_ADDRESS = 2000
#: Seconds to wait for a connection, and between two pieces of an answer.
CONNECT, READ = 10.0, 300.0
#: A server that is busy (429), restarting (502) or overloaded (503) is asked again so many times, after 0.5, 1, 2, 4 s.
RETRIES, BACK_OFF, BUSY = 4, 0.5, (429, 502, 503)
#: No more seconds than these are waited, whatever a server asks for in Retry-After.
LONGEST_WAIT = 30

ROWS = "application/sparql-results+json, application/sparql-results+xml;q=0.8"
TRIPLES = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.8"


def open_endpoint(
    url: str, *, timeout: float = READ, prefixes: Mapping[str, str] | None = None, retries: int = RETRIES
) -> Graph:
    """Open the graph behind a SPARQL 1.1 endpoint; no request is made yet.

    Who asks is told from NLC_ENDPOINT_TOKEN, or NLC_ENDPOINT_USER and NLC_ENDPOINT_PASSWORD, or ``~/.netrc``.

    :param url: address of the query service
    :param timeout: seconds to wait for a piece of an answer
    :param prefixes: prefixes of its data, besides the project's own
    :param retries: how often a busy server is asked again
    :raises EndpointError: if the address is none
    """
    return Graph(Endpoint(url, timeout=timeout, retries=retries), prefixes, read_only=True)


class Rows:
    """The rows of an answer, as pyoxigraph gives them."""

    def __init__(self, answer: ox.QuerySolutions) -> None:
        self.variables = answer.variables
        self._rows = list(answer)  # now, so that an answer that was cut off is told where it came from

    def __iter__(self) -> Iterator[ox.QuerySolution]:
        return iter(self._rows)


class Endpoint:
    """What asks one endpoint.

    :ivar requests: number of requests made
    :ivar received: bytes of answers received, as they came after decompression
    """

    def __init__(self, url: str, *, timeout: float = READ, retries: int = RETRIES) -> None:
        try:
            parts = urlsplit(url)
        except ValueError:  # such as half an IPv6 address
            parts = urlsplit("")
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise EndpointError(repr(url), "an endpoint has an address that begins with http:// or https://")
        self._url = url
        #: The address without user and password, for people to see.
        self.name = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
        self._timeout = timeout
        self._session = _session(retries)
        self.requests = self.received = 0

    def query(self, query: str, *, prefixes: dict[str, str]) -> Any:
        """Answer a query.

        :raises EndpointError: if the endpoint cannot be reached, refuses or answers with something else
        """
        form = sparql.query_form(query)
        rows = form in ("SELECT", "ASK")
        answer = self._ask(sparql.with_prefixes(query, prefixes), ROWS if rows else TRIPLES)
        media = answer.headers.get("Content-Type", "").split(";")[0].strip().lower()
        kind = ox.QueryResultsFormat.from_media_type(media) if rows else ox.RdfFormat.from_media_type(media)
        if kind is None:
            reason = f"it answered with {media or 'nothing'} instead of query results; is this a SPARQL endpoint?"
            raise EndpointError(self.name, reason)
        try:
            if not isinstance(kind, ox.QueryResultsFormat):
                return [quad.triple for quad in ox.parse(answer.content, format=kind, base_iri=self.name)]
            found = ox.parse_query_results(answer.content, format=kind)
            if isinstance(found, ox.QuerySolutions) != (form == "SELECT"):
                given, wanted = ("rows", "yes or no") if form == "ASK" else ("yes or no", "rows")
                raise EndpointError(
                    self.name, f"it answered with {given} instead of {wanted}; is this a SPARQL endpoint?"
                )
            return self._rows(found, query) if isinstance(found, ox.QuerySolutions) else found
        except (SyntaxError, ValueError) as error:
            raise EndpointError(self.name, f"its answer cannot be read ({error}); it may be cut off") from error

    def _rows(self, found: ox.QuerySolutions, query: str) -> Rows:
        rows = Rows(found)
        missing = set(sparql.selected(query)) - {variable.value for variable in rows.variables}
        if missing:
            names = ", ".join(f"?{name}" for name in sorted(missing))
            raise EndpointError(self.name, f"its answer lacks {names} of the query; is it another query's?")
        return rows

    def _ask(self, text: str, accept: str) -> Any:
        import requests

        address = f"{self._url}{'&' if urlsplit(self._url).query else '?'}{urlencode({'query': text})}"
        try:
            if len(address) <= LONGEST_ADDRESS:
                answer = self._send("GET", address, accept)
                if answer.status_code not in (405, 414):
                    return self._checked(answer)
            return self._checked(self._send("POST", self._url, accept, {"query": text}))
        except requests.exceptions.ConnectTimeout as error:
            raise EndpointError(self.name, f"no connection within {CONNECT:g} s; is it running?") from error
        except requests.exceptions.Timeout as error:
            reason = f"no answer within {self._timeout:g} s; narrow the question, or allow more with --timeout"
            raise EndpointError(self.name, reason) from error
        except requests.exceptions.SSLError as error:
            raise EndpointError(self.name, f"its certificate is not trusted: {_innermost(error)}") from error
        except requests.exceptions.ConnectionError as error:
            raise EndpointError(self.name, f"cannot be reached: {_innermost(error)}") from error
        except (requests.exceptions.RequestException, ValueError) as error:
            raise EndpointError(self.name, f"the exchange with it failed: {_innermost(error)}") from error

    def _send(self, method: str, address: str, accept: str, form: dict[str, str] | None = None) -> Any:
        self.requests += 1
        answer = self._session.request(
            method,
            address,
            data=form,
            headers={"Accept": accept},
            timeout=(min(CONNECT, self._timeout), self._timeout),
        )
        self.received += len(answer.content)
        return answer

    def _checked(self, answer: Any) -> Any:
        status = answer.status_code
        said = _said(answer)
        if status in (401, 403):
            known = "NLC_ENDPOINT_USER and NLC_ENDPOINT_PASSWORD, NLC_ENDPOINT_TOKEN or ~/.netrc say who asks"
            raise EndpointError(self.name, f"it refuses access ({status}{said}); {known}")
        if status == 404:
            raise EndpointError(self.name, f"nothing is there (404{said}); check the address")
        if status in BUSY:
            raise EndpointError(self.name, f"still busy after {RETRIES + 1} requests ({status}{said}); try again later")
        # 206 and the header are Virtuoso's way of saying that time was up before all was found.
        if status == 206 or "X-SQL-State" in answer.headers:
            raise EndpointError(self.name, f"it gave up before its answer was complete{said}; narrow the question")
        if status != 200:
            raise EndpointError(self.name, f"it answered {status} {answer.reason or ''}{said}".strip())
        return answer


def _session(retries: int) -> Any:
    try:
        import requests
        from requests.adapters import HTTPAdapter
        from urllib3.exceptions import InvalidHeader, ReadTimeoutError
        from urllib3.util import Retry
    except ImportError as error:
        raise MissingExtraError("--endpoint", "endpoint") from error

    class Patient(Retry):
        def get_retry_after(self, response: Any) -> float | None:
            try:
                wait = super().get_retry_after(response)
            except (InvalidHeader, ValueError, OverflowError):
                return None
            return None if wait is None else min(max(wait, 0), LONGEST_WAIT)

        def increment(self, *args: Any, **kwargs: Any) -> Any:
            if isinstance(kwargs.get("error"), ReadTimeoutError):  # who waited long enough does not wait again
                raise kwargs["error"]
            return super().increment(*args, **kwargs)

    # Queries change nothing, so asking again is safe whatever the method: also where a server hung up, as it may do on
    # a connection it had kept open, at the moment at which it is used again.
    patience = Patient(
        total=retries,
        connect=1,
        read=1,
        status=retries,
        status_forcelist=BUSY,
        allowed_methods=None,
        backoff_factor=BACK_OFF,
        raise_on_status=False,
    )
    session = requests.Session()
    session.headers["User-Agent"] = f"nlc-graph/{version('nlc-graph')}"
    for scheme in ("http://", "https://"):
        session.mount(scheme, HTTPAdapter(max_retries=patience))
    token, user = os.environ.get("NLC_ENDPOINT_TOKEN"), os.environ.get("NLC_ENDPOINT_USER")
    if token:
        session.auth = _Bearer(token)
    elif user:
        session.auth = (user, os.environ.get("NLC_ENDPOINT_PASSWORD", ""))
    return session  # else requests looks into ~/.netrc


class _Bearer:
    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: Any) -> Any:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def _said(answer: Any) -> str:
    """Return what a server says of an error, in one line, without markup."""
    media = answer.headers.get("Content-Type", "")
    if "sparql-results" in media:
        return ""
    text = answer.content[:4000].decode(errors="replace")
    if "html" in media:
        text = re.sub(r"(?s)<(script|style).*?</\1>|<[^>]*>", " ", text)
    words = "".join(c if c.isprintable() else " " for c in text).split()
    line = " ".join(words)
    return f": {line[:300]}{'…' if len(line) > 300 else ''}" if line else ""


def _innermost(error: BaseException) -> str:
    """Return what went wrong, without the layers of the HTTP client and their addresses."""
    import errno

    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, OSError) and seen.errno is not None and seen.errno in errno.errorcode:
            return os.strerror(seen.errno)
        reason = getattr(seen, "reason", None) or next((a for a in seen.args if isinstance(a, BaseException)), None)
        seen = reason if isinstance(reason, BaseException) else seen.__cause__ or seen.__context__
    return re.sub(r"^.*object at 0x\w+>:? ?", "", str(error)).strip("'\" ()") or type(error).__name__
