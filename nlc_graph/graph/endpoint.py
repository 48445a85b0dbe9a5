"""A graph behind a SPARQL 1.1 endpoint: queries go out by its protocol, answers come back in standard formats."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any
from urllib.parse import SplitResult, urlencode, urljoin, urlsplit, urlunsplit

from ..errors import EndpointError, MissingExtraError
from . import sparql
from .graph import Graph
from .responses import PACKED, ROWS, TRIPLES, Answer, BadAnswerError, Rows, read_rows, read_triples, unpack

#: Longer queries are posted: servers and proxies refuse longer addresses.
LONGEST_ADDRESS = 2000
#: Seconds to wait for a connection, and between two pieces of an answer.
CONNECT, READ = 10.0, 300.0
#: A server that is busy (429), restarting (502) or overloaded (503) is asked again so many times, after 0.5, 1, 2, 4 s.
RETRIES, BACK_OFF, BUSY = 4, 0.5, (429, 502, 503)
#: How servers say that something is elsewhere now.
MOVED = (301, 302, 303, 307, 308)
#: Characters of a page with an error that are looked through for its words.
LONGEST_PAGE = 1_000_000
#: No more seconds than these are waited, whatever a server asks for in Retry-After.
LONGEST_WAIT = 30
#: How often an address may say in one exchange that it has moved.
MOST_MOVES = 5


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


def unexpected(url: str, error: Exception) -> EndpointError:
    """Say that reading the rows of an endpoint brought an error about."""
    kind = "" if isinstance(error, ValueError) else f"{type(error).__name__}: "  # whose text says enough
    return EndpointError(
        _shown(urlsplit(url)), f"its answer is not what was asked for: {kind}{_in_one_line(str(error))}"
    )


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
            shown = re.sub("//[^/]*@", "//", url.partition("?")[0])
            raise EndpointError(repr(shown), "an endpoint has an address that begins with http:// or https://")
        self._address = parts._replace(fragment="")
        #: The address without user, password and parameters, for people to see.
        self.name = _shown(self._address)
        self._timeout = timeout
        self._session = _session(retries)
        self.requests = self.received = 0

    def query(self, query: str, *, prefixes: dict[str, str]) -> Any:
        """Answer a query.

        :raises EndpointError: if the endpoint cannot be reached, refuses or answers with something else
        """
        form = sparql.query_form(query)
        text = sparql.with_prefixes(query, prefixes)
        try:
            if form not in ("SELECT", "ASK"):
                return read_triples(self._ask(text, TRIPLES), self.name)
            found = read_rows(self._ask(text, ROWS))
        except BadAnswerError as error:
            raise EndpointError(self.name, str(error)) from error
        if isinstance(found, Rows) != (form == "SELECT"):
            given, wanted = ("rows", "yes or no") if form == "ASK" else ("yes or no", "rows")
            raise EndpointError(self.name, f"it answered with {given} instead of {wanted}; is this a SPARQL endpoint?")
        if isinstance(found, Rows):
            self._check_variables(found, query)
        return found

    def _check_variables(self, rows: Rows, query: str) -> None:
        missing = set(sparql.selected(query)) - {variable.value for variable in rows.variables}
        if missing:
            names = ", ".join(f"?{name}" for name in sorted(missing))
            raise EndpointError(self.name, f"its answer lacks {names} of the query; is it another query's?")

    def _ask(self, text: str, accept: str) -> Answer:
        import requests
        import urllib3

        try:
            return self._checked(self._followed(text, accept))
        except requests.exceptions.ConnectTimeout as error:
            raise EndpointError(self.name, f"no connection within {CONNECT:g} s; is it running?") from error
        except (requests.exceptions.Timeout, urllib3.exceptions.ReadTimeoutError) as error:
            reason = f"no answer within {self._timeout:g} s; narrow the question, or allow more with --timeout"
            raise EndpointError(self.name, reason) from error
        except requests.exceptions.SSLError as error:
            raise EndpointError(self.name, _insecure(error)) from error
        except urllib3.exceptions.HTTPError as error:
            raise EndpointError(self.name, f"its answer is cut off: {_innermost(error)}") from error
        except requests.exceptions.ConnectionError as error:
            raise EndpointError(self.name, f"cannot be reached: {_innermost(error)}") from error
        # OSError: a file with certificates that is none.
        except (OSError, ValueError) as error:
            raise EndpointError(self.name, f"the exchange with it failed: {_innermost(error)}") from error

    def _followed(self, text: str, accept: str) -> Answer:
        """Ask, and ask again where the endpoint says that it has moved to."""
        for _ in range(MOST_MOVES + 1):
            query = urlencode({"query": text})
            whole = _with(self._address, query)
            answer = self._send("GET", whole, accept) if len(whole) <= LONGEST_ADDRESS else None
            if answer is None or answer.status in (405, 414):
                answer = self._send("POST", urlunsplit(self._address), accept, {"query": text})
            if answer.status not in MOVED or not answer.headers.get("Location"):
                return answer
            self._address = self._moved(answer.headers["Location"])
        raise EndpointError(self.name, f"it has moved more than {MOST_MOVES} times; check the address")

    def _moved(self, place: str) -> SplitResult:
        """Return the address to which an endpoint has moved, by its word.

        The same host is asked there, and told who asks; https may take the place of http. Another host is not one that
        the user named.

        :raises EndpointError: if it is another host, or no address
        """
        old = self._address
        try:
            new = urlsplit(urljoin(urlunsplit(old), place))
            same = (new.scheme, new.port) == (old.scheme, old.port)
        except ValueError as error:
            raise EndpointError(self.name, f"it has moved to {place[:100]!r}, which is no address ({error})") from error
        safer = (old.scheme, new.scheme) == ("http", "https") and old.port in (None, 80) and new.port in (None, 443)
        if new.hostname != old.hostname or not (same or safer):
            raise EndpointError(self.name, f"it has moved to {_shown(new)}; use that address")
        # Servers repeat the query that they were asked in the new address, or leave out all parameters.
        kept = [each for each in new.query.split("&") if not each.startswith("query=")]
        user, at, _ = old.netloc.rpartition("@")
        host = new.netloc.rpartition("@")[2]
        return new._replace(netloc=f"{user}{at}{host}", query="&".join(kept) if new.query else old.query, fragment="")

    def _send(self, method: str, address: str, accept: str, form: dict[str, str] | None = None) -> Answer:
        self.requests += 1
        answer = self._session.request(
            method,
            address,
            data=form,
            headers={"Accept": accept},
            timeout=(min(CONNECT, self._timeout), self._timeout),
            allow_redirects=False,  # which makes a GET of a POST, and loses the query
            stream=True,  # unpacked by the client, an answer that was cut off would be taken as whole
        )
        with answer:
            content, whole = unpack(answer.raw.read(decode_content=False), answer.headers)
        self.received += len(content)
        return Answer(answer.status_code, answer.reason or "", answer.headers, content, whole)

    def _checked(self, answer: Answer) -> Answer:
        status = answer.status
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
            raise EndpointError(self.name, f"it answered {status} {answer.reason}{said}".strip())
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
    session.headers["Accept-Encoding"] = PACKED
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


def _with(address: SplitResult, query: str) -> str:
    return urlunsplit(address._replace(query=f"{address.query}&{query}" if address.query else query))


def _shown(address: SplitResult) -> str:
    """Return an address without what may be secret in it: user and password, and its parameters."""
    return urlunsplit(address._replace(netloc=address.netloc.rpartition("@")[2], query="", fragment=""))


def _said(answer: Answer) -> str:
    """Return what a server says of an error, in one line, without markup."""
    if "sparql-results" in answer.media:
        return ""
    text = answer.content[:LONGEST_PAGE].decode(errors="replace")
    if "html" in answer.media:
        text = re.sub(r"(?is)<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)|<[^>]*(?:>|\Z)", " ", text)
    line = _in_one_line(text)
    return f": {line}" if line else ""


def _in_one_line(text: str) -> str:
    line = " ".join("".join(c if c.isprintable() else " " for c in text[:LONGEST_PAGE]).split())
    return f"{line[:300]}{'…' if len(line) > 300 else ''}"


def _insecure(error: Exception) -> str:
    """Say why no secure connection could be made."""
    why = _innermost(error)
    if "CERTIFICATE_VERIFY_FAILED" in str(error) or "doesn't match" in why:
        return f"its certificate is not trusted: {why}"
    if any(sign in str(error) for sign in ("WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "HTTP_REQUEST")):
        return "it does not speak https; is its address one with http://?"
    return f"no secure connection: {why}"


def _innermost(error: BaseException) -> str:
    """Return what went wrong, without the layers of the HTTP client and their addresses."""
    import errno
    import socket
    import ssl
    from http.client import BadStatusLine

    seen: BaseException = error
    while True:
        if isinstance(seen, socket.gaierror):
            return f"no such host ({seen.strerror})"
        if isinstance(seen, ssl.SSLError):  # whose numbers are not those of the system
            return re.sub(r"^\[[^]]*\] ?(certificate verify failed: )?| \(_ssl\.c:\d+\)$", "", str(seen))
        if isinstance(seen, OSError) and seen.errno is not None and seen.errno in errno.errorcode:
            return os.strerror(seen.errno)
        inner = getattr(seen, "reason", None)
        if not isinstance(inner, BaseException):
            inner = next((a for a in seen.args if isinstance(a, BaseException)), None)
        inner = inner or seen.__cause__ or seen.__context__
        if inner is None:
            break
        seen = inner
    if isinstance(seen, BadStatusLine) and not isinstance(seen, OSError):  # which hanging up is too
        return f"it does not answer in HTTP but with {_in_one_line(str(seen))!r}"
    said = re.sub(r"^.*object at 0x\w+>:? ?|^HTTPS?Connection\w*\(.*?\): ?", "", str(seen)).strip("'\" ()")
    return _in_one_line(said) or type(seen).__name__
