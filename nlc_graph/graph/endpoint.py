"""A graph behind a SPARQL 1.1 endpoint: the SPARQL protocol over HTTP, by requests."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urljoin, urlsplit, urlunsplit

import pyoxigraph as ox

from ..errors import EndpointError, MissingExtraError, shortened
from . import sparql
from .graph import Graph
from .responses import Response, Rows, read_response, read_rows, read_triples

if TYPE_CHECKING:
    import requests

#: Longer queries are posted: servers and proxies refuse longer addresses.
LONGEST_ADDRESS = 2000
#: Seconds to wait for a connection, and between two pieces of an answer.
CONNECT, READ = 10.0, 300.0
#: A server that is busy (429), restarting (502) or overloaded (503) is asked again, after 0.5, 1, 2 and 4 seconds or
#: what it asks for in Retry-After, but at most LONGEST_WAIT.
RETRIES, BACK_OFF, BUSY, LONGEST_WAIT = 4, 0.5, (429, 502, 503), 30.0
#: Redirects followed for one query.
MOST_REDIRECTS = 5
_REDIRECTS = (301, 302, 303, 307, 308)

_ROWS = "application/sparql-results+json, application/sparql-results+xml;q=0.8"
_TRIPLES = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.8"

_LOGIN = "set NLC_ENDPOINT_USER and NLC_ENDPOINT_PASSWORD, NLC_ENDPOINT_TOKEN or ~/.netrc"
_PROBLEMS = {
    401: ("it refuses access", _LOGIN, "endpoint-refused"),
    403: ("it refuses access", _LOGIN, "endpoint-refused"),
    404: ("nothing is there", "check the address", "endpoint-missing"),
    206: ("it gave up before its answer was complete", "ask for less", "endpoint-incomplete"),
    **dict.fromkeys(BUSY, ("it is still busy", "try again later", "endpoint-busy")),
}


def open_endpoint(url: str, *, timeout: float = READ, prefixes: Mapping[str, str] | None = None) -> Graph:
    """Open the graph behind a SPARQL 1.1 endpoint, without asking it anything yet.

    Credentials come from NLC_ENDPOINT_TOKEN, or NLC_ENDPOINT_USER and NLC_ENDPOINT_PASSWORD, or ``~/.netrc``.

    :param url: address of the query service
    :param timeout: seconds to wait for a piece of an answer
    :param prefixes: prefixes of its data, in addition to those of the project
    :raises EndpointError: if the address is not one of http or https
    """
    return Graph(Endpoint(url, timeout), prefixes, read_only=True)


def unexpected(url: str, error: Exception) -> EndpointError:
    """Return the error for rows of an endpoint that do not have the columns or types asked for."""
    return EndpointError(
        _without_secrets(url), f"its answer is not what was asked for: {error}", code="endpoint-answer"
    )


class Endpoint:
    """The engine of a graph behind an endpoint.

    :ivar name: its address without user, password and parameters
    :ivar requests: number of requests made so far
    """

    def __init__(self, url: str, timeout: float = READ) -> None:
        self.name = _without_secrets(url)
        if not _is_http(url):
            reason = "the address of an endpoint begins with http:// or https://"
            raise EndpointError(self.name, reason, code="endpoint-address")
        self.requests = 0
        self._url = url.partition("#")[0]
        self._timeout = timeout
        self._session = _session()
        self._default_graph_checked = False

    def query(self, query: str, *, prefixes: dict[str, str]) -> Any:
        """Answer a query as pyoxigraph's stores do.

        :raises EndpointError: if it cannot be reached, refuses, or its answer is invalid or incomplete
        """
        text = sparql.with_prefixes(query, prefixes)
        response = self._ask(text)
        found = self._read(response, text)
        if not found:
            self._check_default_graph()
        elif isinstance(found, (Rows, list)):
            self._check_complete(text, found, response.headers.get("X-SPARQL-MaxRows", ""))
        return found

    # -- whether an answer is complete --------------------------------------------------------------------------------

    def _check_complete(self, text: str, found: Rows | list[ox.Triple], limit: str) -> None:
        """Refuse an answer that the endpoint cut at a limit, which it may announce in a header.

        Lines of triples may be cut anywhere without a trace, so that long ones are always counted.

        :raises EndpointError: if a COUNT query finds more rows, or cannot be made
        """
        size = len(found)
        at_limit = limit.isdigit() and size >= int(limit)
        is_long = isinstance(found, list) and size >= 1000
        if not (at_limit or is_long or _is_round(size)):
            return
        counting = sparql.counting(text)
        if counting:
            answer = next(iter(self._read(self._ask(counting), counting)), None)
            is_cut = answer is None or int(float(answer[0].value)) > size
        else:
            is_cut = at_limit or (is_long and _is_round(size))
        if is_cut:
            reason = f"it returns at most {size:,} rows here, and the answer may have more"
            raise EndpointError(self.name, f"{reason}; ask for less, or load a local copy", code="endpoint-cut")

    def _check_default_graph(self) -> None:
        """Refuse an endpoint whose data is in named graphs only, where every query is answered with nothing.

        :raises EndpointError: if it is one
        """
        if self._default_graph_checked:
            return
        ask, name = "ASK { ?s ?p ?o }", "SELECT ?g { GRAPH ?g { ?s ?p ?o } } LIMIT 1"
        rows: list[Any] = []
        if not self._read(self._ask(ask), ask):
            try:
                rows = list(self._read(self._ask(name), name))
            except EndpointError:  # it supports no named graphs
                rows = []
        if rows:
            graph = rows[0][0].value
            reason = f"its default graph is empty, its data is in named graphs such as <{graph}>"
            hint = f"add ?{urlencode({'default-graph-uri': graph})} to the address, or let the server use the union"
            raise EndpointError(self.name, f"{reason}; {hint}", code="endpoint-empty-default")
        self._default_graph_checked = True

    # -- one query ----------------------------------------------------------------------------------------------------

    def _read(self, response: Response, text: str) -> Any:
        form = sparql.query_form(text)
        if form in ("CONSTRUCT", "DESCRIBE"):
            return read_triples(response, self.name)
        return read_rows(response, self.name, rows=form == "SELECT")

    def _ask(self, text: str) -> Response:
        """Send a query and return the answer, following redirects on the same host.

        :raises EndpointError: if there is none
        """
        with self._translated_errors():
            for _ in range(MOST_REDIRECTS + 1):
                response = self._send(text)
                if response.status not in _REDIRECTS or "Location" not in response.headers:
                    return self._checked(response, text)
                self._redirect(response.headers["Location"])
        raise EndpointError(self.name, f"more than {MOST_REDIRECTS} redirects", code="endpoint-moved")

    def _send(self, text: str) -> Response:
        """Send a query by GET or, if it is long, by POST; by the other method if that one is refused."""
        is_short = len(self._url) + len(urlencode({"query": text})) < LONGEST_ADDRESS
        response = self._request("GET" if is_short else "POST", text)
        if response.status in (405, 414, 415):
            response = self._request("POST" if is_short else "GET", text)
        return response

    def _request(self, method: str, text: str) -> Response:
        """Make one request, and repeat it while the server is busy or if it hangs up."""
        import requests

        place = "params" if method == "GET" else "data"
        accept = _ROWS if sparql.query_form(text) in ("SELECT", "ASK") else _TRIPLES
        options: dict[str, Any] = {place: {"query": text}, "headers": {"Accept": accept}}
        timeout = (min(CONNECT, self._timeout), self._timeout)
        wait = BACK_OFF
        for attempt in range(RETRIES + 1):
            self.requests += 1
            try:
                # Not redirected by requests, which would turn a POST into a GET without the query.
                with self._session.request(
                    method, self._url, timeout=timeout, allow_redirects=False, stream=True, **options
                ) as answer:
                    response = read_response(answer, self.name)
            except requests.ConnectionError as error:
                if attempt or _is_timeout(error):
                    raise
                continue
            if response.status not in BUSY or attempt == RETRIES:
                break
            asked = response.headers.get("Retry-After", "")
            time.sleep(min(float(asked) if asked.isdigit() else wait, LONGEST_WAIT))
            wait *= 2
        return response

    def _redirect(self, location: str) -> None:
        """Use another address on the same host; it may change from http to https.

        :raises EndpointError: if it is another host, which must not get the credentials
        """
        old, new = urlsplit(self._url), urlsplit(urljoin(self._url, location))
        is_same = (new.scheme, new.hostname, new.port) == (old.scheme, old.hostname, old.port)
        is_safer = (old.scheme, new.scheme) == ("http", "https") and new.netloc == old.netloc.rpartition("@")[2]
        if not (is_same or is_safer):
            reason = f"it has moved to {_without_secrets(new.geturl())}; use that address"
            raise EndpointError(self.name, reason, code="endpoint-moved")
        self._url = urlunsplit(new._replace(netloc=old.netloc, query=old.query, fragment=""))

    def _checked(self, response: Response, text: str) -> Response:
        # By the header Virtuoso says that time was up before everything was found.
        status = 206 if "X-SQL-State" in response.headers else response.status
        if status == 200:
            return response
        problem, hint, code = _PROBLEMS.get(status, (f"it answered {status} {response.reason}", "", "endpoint-error"))
        message = response.message(without=text)
        problem += f" ({status})" if status in _PROBLEMS else ""
        problem += f": {message}" if message else ""
        raise EndpointError(self.name, f"{problem}; {hint}" if hint else problem, code=code)

    @contextmanager
    def _translated_errors(self) -> Iterator[None]:
        """Raise EndpointError for the errors of requests, whose texts hold the whole address."""
        import requests

        try:
            yield
        except requests.exceptions.SSLError as error:
            reason = f"no secure connection: {_cause(error)}"
            raise EndpointError(self.name, reason, code="endpoint-unreachable") from error
        except (requests.RequestException, OSError, ValueError) as error:
            if _is_timeout(error):
                reason = f"no answer within {self._timeout:g} s; ask for less, or allow more with --timeout"
                raise EndpointError(self.name, reason, code="endpoint-timeout") from error
            raise EndpointError(
                self.name, f"cannot be reached: {_cause(error)}", code="endpoint-unreachable"
            ) from error


class _Bearer:
    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: Any) -> Any:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def _session() -> requests.Session:
    try:
        import requests
    except ImportError as error:
        raise MissingExtraError("--endpoint", "endpoint") from error
    from importlib.metadata import version

    session = requests.Session()
    session.headers["User-Agent"] = f"nlc-graph/{version('nlc-graph')}"
    token, user = os.environ.get("NLC_ENDPOINT_TOKEN"), os.environ.get("NLC_ENDPOINT_USER")
    if token:
        session.auth = _Bearer(token)
    elif user:
        session.auth = (user, os.environ.get("NLC_ENDPOINT_PASSWORD", ""))
    return session  # otherwise requests reads ~/.netrc


def _is_http(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:  # such as half an IPv6 address
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _without_secrets(url: str) -> str:
    """Return an address without user, password, parameters and fragment."""
    return re.sub(r"//[^/]*@", "//", re.split(r"[?#]", url)[0])


def _is_round(rows: int) -> bool:
    """Tell whether a number of rows may be a limit: 100, 500, 1,000, 2,500, 10,000 …"""
    return rows >= 100 and rows % 100 == 0 and len(str(rows).rstrip("0")) <= 2


def _is_timeout(error: Exception) -> bool:
    return "timed out" in str(error) or type(error).__name__.endswith("Timeout")


def _cause(error: BaseException) -> str:
    """Return the text of the error that began a chain."""
    while inner := error.__cause__ or error.__context__:
        error = inner
    return shortened(getattr(error, "strerror", None) or str(error), 300)
