"""The graph behind Oxigraph's SPARQL server, with a guard in front: read-only, no calls to other hosts, a time limit.

Oxigraph's server goes on with a query after its own time limit, and cannot be told to stop one. So a guard passes
requests on to it, and where a query takes too long, ends the server and starts it anew: the query is answered with 504
and says why; others that were running are asked once more, and answered with 503 if that fails too.
"""

from __future__ import annotations

import http.client
import re
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

#: Bytes of the longest request taken.
LONGEST_REQUEST = 2_000_000
_TOO_LONG = f"the request is longer than {LONGEST_REQUEST:,} bytes"
#: Where queries are answered; everything else is the page and its parts.
QUERY_PATHS = ("/query", "/sparql")
#: What is passed on of a request and of an answer.
_ASKED = ("Accept", "Content-Type")
_TOLD = ("Content-Type", "Content-Length", "Vary")
_METHODS = "GET, HEAD, POST, OPTIONS"


class Guard(ThreadingHTTPServer):
    """What listens: passes requests on to Oxigraph and minds the time.

    :param seconds: how long one query may take
    :param allow_service: whether queries may call other hosts by SERVICE
    """

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, place: str, host: str, port: int, seconds: float, *, allow_service: bool = False) -> None:
        self.seconds, self.allow_service = seconds, allow_service
        if not host:  # which would be all interfaces
            raise ServerError("--host", "it is empty; give an address such as 127.0.0.1, or 0.0.0.0 for all")
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            super().__init__((host, port), _Request)
        except OSError as error:
            import errno

            taken = error.errno == errno.EADDRINUSE
            reason = "the port is in use; choose another with --port" if taken else error.strerror or str(error)
            raise ServerError(f"{host}:{port}", reason) from error
        except (TypeError, UnicodeError) as error:
            raise ServerError(f"--host {host!r}", "it is no name of a host") from error
        try:
            self.oxigraph = Oxigraph(place)
        except BaseException:
            self.server_close()
            raise

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that went away."""


class _UnreadableBodyError(Exception):
    """What was sent with a request cannot be read; ``status`` is that of the answer."""

    def __init__(self, status: int, message: str) -> None:
        self.status = status
        super().__init__(message)


class _Request(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "nlc-graph"
    wbufsize = 65536
    disable_nagle_algorithm = True
    server: Guard
    _behind: http.client.HTTPConnection | None = None
    _begun = False

    def do_GET(self) -> None:
        try:
            body = self._body()
        except _UnreadableBodyError as error:
            return self.send_error(error.status, str(error))
        path = urlsplit(self.path).path
        if path in QUERY_PATHS and (mistake := self._mistake(body)):
            return self._say(400, mistake)
        if path not in QUERY_PATHS and self.command == "POST":
            return self._say(403, "the graph is read-only; queries go to /query")
        oxigraph, late = self.server.oxigraph, threading.Event()
        started, crashes = oxigraph.started, oxigraph.crashes

        def stop() -> None:
            late.set()
            oxigraph.restart(started)

        timer = threading.Timer(self.server.seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            for last in (False, True):
                try:
                    return self._pass_on(body)
                except (OSError, http.client.HTTPException):
                    self._hang_up()
                    if late.is_set():
                        limit = f"{self.server.seconds:g} s"
                        return self._say(504, f"the query took longer than {limit} and was stopped; narrow it")
                    # Waits where another query brought it about; else it has crashed, or the connection was an old one.
                    oxigraph.restart(started, if_ended=True)
                    started = oxigraph.started
                    if last and oxigraph.crashes > crashes + 1:
                        message = "Oxigraph's server crashed twice, on this query or on another; write it simpler"
                        return self._say(500, message)
                    if last or self._begun:
                        return self._say(
                            503, "interrupted by the end of another query; ask again", {"Retry-After": "1"}
                        )
        finally:
            timer.cancel()

    do_POST = do_HEAD = do_GET  # noqa: N815

    def do_OPTIONS(self) -> None:
        """Tell what is taken; pages of other hosts are not let in, as with GET."""
        try:
            self._body()  # or it would be taken for the next request
        except _UnreadableBodyError as error:
            return self.send_error(error.status, str(error))
        self.send_response(204)
        self.send_header("Allow", _METHODS)
        self.end_headers()

    def _body(self) -> bytes | None:
        """Read what was sent with the request; None if nothing was."""
        if codings := self.headers.get("Transfer-Encoding"):
            if codings.strip().lower() != "chunked" or "Content-Length" in self.headers:
                raise _UnreadableBodyError(400, "only Transfer-Encoding: chunked is taken, without Content-Length")
            return b"".join(self._chunks())
        given = {length.strip() for length in self.headers.get_all("Content-Length", ["0"])}
        text = given.pop()
        if given or not re.fullmatch("[0-9]+", text):
            raise _UnreadableBodyError(400, "Content-Length is no number of bytes")
        if len(text) > 15 or int(text) > LONGEST_REQUEST:
            raise _UnreadableBodyError(413, _TOO_LONG)
        return self._read(int(text)) or None

    def _chunks(self) -> Iterator[bytes]:
        taken = 0
        while True:
            line = self.rfile.readline(1000)
            size = re.fullmatch(rb"([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\n]*)?\r?\n", line)
            if size is None:
                raise _UnreadableBodyError(400, "the chunks of the request cannot be read")
            length = int(size[1], 16)
            taken += length
            if taken > LONGEST_REQUEST:
                raise _UnreadableBodyError(413, _TOO_LONG)
            if not length:
                break
            yield self._read(length)
            if self.rfile.readline(3) not in (b"\r\n", b"\n"):
                raise _UnreadableBodyError(400, "the chunks of the request cannot be read")
        for _ in range(100):  # headers may follow the last chunk
            if self.rfile.readline(1000) in (b"\r\n", b"\n", b""):
                return
        raise _UnreadableBodyError(400, "too many headers follow the chunks of the request")

    def _read(self, length: int) -> bytes:
        data = self.rfile.read(length)
        if len(data) < length:
            raise _UnreadableBodyError(400, "the request ended too early")
        return data

    def _mistake(self, body: bytes | None) -> str:
        """Return what is wrong with a query that Oxigraph must not see; empty if nothing."""
        texts = parse_qs(urlsplit(self.path).query).get("query", [])
        if body and self.headers.get_content_type() == "application/sparql-query":
            texts.append(body.decode(errors="replace"))
        elif body:
            texts += parse_qs(body.decode(errors="replace")).get("query", [])
        try:
            for text in texts:
                if sparql.is_suspect(text):
                    sparql.check(text, prefixes={}, service=self.server.allow_service)
        except QuerySyntaxError as error:
            return str(error)
        return ""

    def _pass_on(self, body: bytes | None) -> None:
        headers = {name: self.headers[name] for name in _ASKED if name in self.headers}
        if self._behind is None or self._behind.port != self.server.oxigraph.port:
            self._hang_up()
            self._behind = http.client.HTTPConnection("127.0.0.1", self.server.oxigraph.port)
        # Oxigraph's server knows no HEAD for queries.
        self._behind.request("GET" if self.command == "HEAD" else self.command, self.path, body, headers)
        answer = self._behind.getresponse()
        self.send_response(answer.status)
        for name in _TOLD:
            if value := answer.headers.get(name):
                self.send_header(name, value)
        chunked = answer.headers.get("Content-Length") is None
        if chunked:
            self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        if self.command == "HEAD":
            return self._hang_up()
        while data := answer.read1(65536):
            self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data) if chunked else data)
        if not answer.isclosed() if chunked else answer.length:
            raise http.client.IncompleteRead(b"")
        answer.close()  # or, in Python before 3.11.8 and 3.12.2, the connection could not be used again
        if chunked:
            self.wfile.write(b"0\r\n\r\n")
        self.wfile.flush()

    def _hang_up(self) -> None:
        if self._behind:
            self._behind.close()
        self._behind = None

    def finish(self) -> None:
        """End the connection to Oxigraph's server with that of the client."""
        self._hang_up()
        super().finish()

    def _say(self, status: int, message: str, headers: dict[str, str] | None = None) -> None:
        if self._begun:
            self.close_connection = True  # an answer that had begun is cut off, which clients notice
            return
        text = f"{message}\n".encode()
        self.send_response(status)
        more = {"Content-Type": "text/plain; charset=utf-8", "Content-Length": str(len(text)), **(headers or {})}
        for name, value in more.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(b"" if self.command == "HEAD" else text)
            self.wfile.flush()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer in plain text what cannot be read on from, and hang up."""
        self.close_connection = True
        headers = {"Connection": "close"}
        if code == http.HTTPStatus.NOT_IMPLEMENTED:
            code, message, headers["Allow"] = 405, f"the graph is read-only; {_METHODS} are taken", _METHODS
        self._say(code, message or http.HTTPStatus(code).phrase, headers)

    def parse_request(self) -> bool:
        """Read the head of a request."""
        self._begun = False
        return super().parse_request()

    def end_headers(self) -> None:
        """End the head of an answer; from here on no other can be given."""
        super().end_headers()
        self._begun = True

    def log_message(self, *args: object) -> None:
        """Say nothing: who asks what is nobody's business."""
