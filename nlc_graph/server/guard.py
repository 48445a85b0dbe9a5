"""A proxy in front of Oxigraph's SPARQL server: read-only, no calls to other hosts, a time limit.

Oxigraph's server has no way to cancel a query. If one takes too long, the proxy restarts the server and answers that
query with 504. Other queries that were running are sent once more, and answered with 503 if that fails too.
"""

from __future__ import annotations

import errno
import http.client
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from ..errors import QuerySyntaxError, ServerError
from ..graph import sparql
from .process import Oxigraph

#: Bytes of the longest request accepted.
LONGEST_REQUEST = 2_000_000
#: Paths that answer queries; everything else is the query page and its parts.
QUERY_PATHS = ("/query", "/sparql")
#: Headers of requests and responses that are passed on.
_REQUEST_HEADERS = ("Accept", "Content-Type")
_RESPONSE_HEADERS = ("Content-Type", "Content-Length", "Vary")
_METHODS = "GET, HEAD, POST"


class Guard(ThreadingHTTPServer):
    """The proxy; as a context manager, it closes Oxigraph's server at the end.

    :param seconds: how long one query may take
    :param allow_service: whether queries may call other hosts with SERVICE
    :raises ServerError: if it cannot listen on this address, or Oxigraph cannot serve the store
    """

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, store: str, host: str, port: int, seconds: float, *, allow_service: bool = False) -> None:
        self.seconds, self.allow_service = seconds, allow_service
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        if not host:  # which would mean all interfaces
            raise ServerError("--host", "it is empty; give an address such as 127.0.0.1, or 0.0.0.0 for all")
        try:
            super().__init__((host, port), _Request)
        except OSError as error:
            in_use = "the port is in use; choose another with --port"
            reason = in_use if error.errno == errno.EADDRINUSE else error.strerror or str(error)
            raise ServerError(f"{host}:{port}", reason) from error
        except (TypeError, UnicodeError) as error:
            raise ServerError(f"--host {host!r}", "it is not a host name") from error
        try:
            self.oxigraph = Oxigraph(store)
        except BaseException:
            self.server_close()
            raise

    def __exit__(self, *args: Any) -> None:
        super().__exit__(*args)
        self.oxigraph.close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore clients that close the connection."""


class _Request(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "nlc-graph"
    wbufsize = 65536
    disable_nagle_algorithm = True
    server: Guard
    _upstream: http.client.HTTPConnection | None = None
    _has_begun = False

    def do_GET(self) -> None:
        try:
            body = self._read_body()
        except ValueError:
            limit = f"{LONGEST_REQUEST:,} bytes"
            return self.send_error(400, f"the body of the request is malformed, incomplete or longer than {limit}")
        is_query = urlsplit(self.path).path in QUERY_PATHS
        if not is_query and self.command == "POST":
            return self._respond(403, "the graph is read-only; queries go to /query")
        if is_query and (problem := self._check(body)):
            return self._respond(400, problem)
        self._answer(body)

    do_POST = do_HEAD = do_GET  # noqa: N815

    def _answer(self, body: bytes) -> None:
        """Pass a request on within the time limit, and once more if the server was restarted meanwhile."""
        oxigraph, too_late = self.server.oxigraph, threading.Event()
        started, crashes = oxigraph.started, oxigraph.crashes

        def stop() -> None:
            too_late.set()
            oxigraph.restart(started)

        timer = threading.Timer(self.server.seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            for last in (False, True):
                try:
                    return self._pass_on(body)
                except (OSError, http.client.HTTPException):
                    self._disconnect()
                if too_late.is_set():
                    seconds = f"{self.server.seconds:g} s"
                    return self._respond(504, f"the query took longer than {seconds} and was stopped; narrow it")
                # Waits if another query caused a restart; else the server has crashed, or the connection was old.
                oxigraph.restart(started, if_ended=True)
                started = oxigraph.started
                if last and oxigraph.crashes > crashes + 1:
                    return self._respond(500, "Oxigraph's server crashed twice, on this query or another; simplify it")
                if last or self._has_begun:
                    return self._respond(503, "interrupted by another query; try again", {"Retry-After": "1"})
        finally:
            timer.cancel()

    def _read_body(self) -> bytes:
        """Read the body of the request.

        :raises ValueError: if it is malformed, incomplete or too long
        """
        if "Transfer-Encoding" in self.headers:
            return b"".join(self._chunks())
        return self._read(int(self.headers.get("Content-Length", "0")), LONGEST_REQUEST)

    def _chunks(self) -> Iterator[bytes]:
        left = LONGEST_REQUEST
        while length := int(self.rfile.readline(1000).partition(b";")[0], 16):
            yield self._read(length, left)
            left -= length
            self.rfile.readline(3)
        while self.rfile.readline(1000).strip():
            pass  # trailers, which nobody needs

    def _read(self, length: int, longest: int) -> bytes:
        data = self.rfile.read(length) if 0 <= length <= longest else None
        if data is None or len(data) < length:
            raise ValueError(length)
        return data

    def _check(self, body: bytes) -> str:
        """Return what is wrong with a query that Oxigraph must not see; empty if nothing."""
        queries = parse_qs(urlsplit(self.path).query).get("query", [])
        text = body.decode(errors="replace")
        if self.headers.get_content_type() == "application/sparql-query":
            queries.append(text)
        else:
            queries += parse_qs(text).get("query", [])
        try:
            for query in queries:
                if sparql.is_suspect(query):
                    sparql.check(query, prefixes={}, service=self.server.allow_service)
        except QuerySyntaxError as error:
            return str(error)
        return ""

    def _pass_on(self, body: bytes) -> None:
        headers = {name: self.headers[name] for name in _REQUEST_HEADERS if name in self.headers}
        if self._upstream is None or self._upstream.port != self.server.oxigraph.port:
            self._disconnect()
            self._upstream = http.client.HTTPConnection("127.0.0.1", self.server.oxigraph.port)
        # Oxigraph's server does not answer queries by HEAD.
        self._upstream.request("GET" if self.command == "HEAD" else self.command, self.path, body or None, headers)
        response = self._upstream.getresponse()
        self.send_response(response.status)
        for name in _RESPONSE_HEADERS:
            if value := response.headers.get(name):
                self.send_header(name, value)
        is_chunked = response.headers.get("Content-Length") is None
        if is_chunked:
            self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        if self.command == "HEAD":
            return self._disconnect()
        while data := response.read1(65536):
            self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data) if is_chunked else data)
        if not response.isclosed() if is_chunked else response.length:
            raise http.client.IncompleteRead(b"")
        response.close()  # or, in Python before 3.11.8 and 3.12.2, the connection could not be used again
        if is_chunked:
            self.wfile.write(b"0\r\n\r\n")
        self.wfile.flush()

    def _disconnect(self) -> None:
        if self._upstream:
            self._upstream.close()
        self._upstream = None

    def finish(self) -> None:
        """Close the connection to Oxigraph's server with that of the client."""
        self._disconnect()
        super().finish()

    def _respond(self, status: int, message: str, headers: dict[str, str] | None = None) -> None:
        """Send a message as plain text; a response that has begun is cut off instead, which clients notice."""
        if self._has_begun:
            self.close_connection = True
            return
        text = f"{message}\n".encode()
        self.send_response(status)
        own = {"Content-Type": "text/plain; charset=utf-8", "Content-Length": str(len(text))}
        for name, value in {**own, **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(b"" if self.command == "HEAD" else text)
            self.wfile.flush()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer a request that cannot be read in plain text, and close the connection."""
        self.close_connection = True
        headers = {"Connection": "close"}
        if code == http.HTTPStatus.NOT_IMPLEMENTED:
            code, message, headers["Allow"] = 405, f"the graph is read-only; {_METHODS} are accepted", _METHODS
        self._respond(code, message or http.HTTPStatus(code).phrase, headers)

    def parse_request(self) -> bool:
        """Read the head of a request."""
        self._has_begun = False
        return super().parse_request()

    def end_headers(self) -> None:
        """Send the head of a response, after which no other can be sent."""
        super().end_headers()
        self._has_begun = True

    def log_message(self, *args: object) -> None:
        """Log nothing: queries are private."""
