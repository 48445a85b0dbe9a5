"""The graph behind Oxigraph's SPARQL server, with a guard in front: read-only, no calls to other hosts, a time limit.

Oxigraph's server goes on with a query after its own time limit, and cannot be told to stop one. So a guard passes
requests on to it, and where a query takes too long, ends the server and starts it anew: the query is answered with 504
and says why; others that were running are asked once more, and answered with 503 if that fails too.
"""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import sys
import sysconfig
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from . import sparql
from .errors import MissingExtraError, QuerySyntaxError, ServerError

#: Seconds in which Oxigraph must have begun to answer.
START = 30.0
#: Bytes of the longest request taken.
LONGEST_REQUEST = 2_000_000
#: Where queries are answered; everything else is the page and its parts.
QUERY_PATHS = ("/query", "/sparql")
#: What is passed on of a request and of an answer.
_ASKED = ("Accept", "Content-Type")
_TOLD = ("Content-Type", "Content-Length", "Vary")


class Oxigraph:
    """Oxigraph's server for a store on disk, on a free port of this machine."""

    def __init__(self, place: str) -> None:
        self._place = place
        self._command = _oxigraph()
        self._lock = threading.Lock()
        self.started = 0
        self.port = 0
        self._process: subprocess.Popen[bytes] | None = None
        self.restart(0)

    def restart(self, seen: int) -> None:
        """Start it, and end it first; only once for all who saw the same one."""
        with self._lock:
            if seen != self.started:
                return
            self.stop()
            self.port = _free_port()
            self._process = subprocess.Popen(  # noqa: S603  our own arguments
                [self._command, "serve-read-only", "--location", self._place, "--bind", f"127.0.0.1:{self.port}"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C reaches us alone, and we end it
            )
            self._wait(self._process)
            self.started += 1

    def stop(self) -> None:
        """End it at once; it only reads, so nothing can be lost."""
        if self._process and self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + START
        while time.monotonic() < until and process.poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            time.sleep(0.02)
        self.stop()
        raise ServerError(self._place, "Oxigraph's server did not start on this store")


class Guard(ThreadingHTTPServer):
    """What listens: passes requests on to Oxigraph and minds the time.

    :param seconds: how long one query may take
    :param allow_service: whether queries may call other hosts by SERVICE
    """

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, place: str, host: str, port: int, seconds: float, *, allow_service: bool = False) -> None:
        self.seconds, self.allow_service = seconds, allow_service
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            super().__init__((host, port), _Request)
        except OSError as error:
            import errno

            taken = error.errno == errno.EADDRINUSE
            reason = "the port is in use; choose another with --port" if taken else error.strerror or str(error)
            raise ServerError(f"{host}:{port}", reason) from error
        try:
            self.oxigraph = Oxigraph(place)
        except BaseException:
            self.server_close()
            raise

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that went away."""


class _Request(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "nlc-graph"
    wbufsize = 65536
    disable_nagle_algorithm = True
    server: Guard
    _behind: http.client.HTTPConnection | None = None
    _begun = False

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > LONGEST_REQUEST:
            self.close_connection = True
            return self._say(413, f"the request is longer than {LONGEST_REQUEST:,} bytes")
        body = self.rfile.read(length) if length else None
        path = urlsplit(self.path).path
        if path in QUERY_PATHS and (mistake := self._mistake(body)):
            return self._say(400, mistake)
        if path not in QUERY_PATHS and self.command == "POST":
            return self._say(403, "the graph is read-only; queries go to /query")
        oxigraph, late = self.server.oxigraph, threading.Event()
        started = oxigraph.started

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
                    self._behind = None
                    if late.is_set():
                        limit = f"{self.server.seconds:g} s"
                        return self._say(504, f"the query took longer than {limit} and was stopped; narrow it")
                    oxigraph.restart(started)  # waits where another query brought it about; else it has crashed
                    started = oxigraph.started
                    if last or self._begun:
                        return self._say(
                            503, "interrupted by the end of another query; ask again", {"Retry-After": "1"}
                        )
        finally:
            timer.cancel()

    do_POST = do_GET  # noqa: N815

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
        if self._behind is None:
            self._behind = http.client.HTTPConnection("127.0.0.1", self.server.oxigraph.port)
        try:
            self._behind.request(self.command, self.path, body, headers)
            answer = self._behind.getresponse()
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            self._behind = http.client.HTTPConnection("127.0.0.1", self.server.oxigraph.port)
            raise
        self.send_response(answer.status)
        for name in _TOLD:
            if value := answer.headers.get(name):
                self.send_header(name, value)
        chunked = answer.headers.get("Content-Length") is None
        if chunked:
            self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        while data := answer.read1(65536):
            self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data) if chunked else data)
        if not answer.isclosed():
            raise http.client.IncompleteRead(b"")
        if chunked:
            self.wfile.write(b"0\r\n\r\n")
        self.wfile.flush()

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
            self.wfile.write(text)
            self.wfile.flush()

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


def _oxigraph() -> str:
    here = [os.path.dirname(sys.executable), sysconfig.get_path("scripts")]
    command = shutil.which("oxigraph", path=os.pathsep.join(here)) or shutil.which("oxigraph")
    if command is None:
        raise MissingExtraError("serve", "serve")
    return command


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
