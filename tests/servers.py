"""Endpoints on the loopback interface that tests ask."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import rdflib


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def wait_for(url: str, process: subprocess.Popen[str] | None = None) -> None:
    """Wait until something answers at an address."""
    for _ in range(600):
        if process is not None and process.poll() is not None:
            raise RuntimeError(f"{url} ended with {process.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"nothing answers at {url}")


@contextmanager
def _running(command: Sequence[str], port: int) -> Iterator[str]:
    """Run a server and give the address of its query service."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True)
    try:
        wait_for(f"http://127.0.0.1:{port}/", process)
        yield f"http://127.0.0.1:{port}/query"
    finally:
        process.terminate()
        process.wait()


@contextmanager
def oxigraph(place: Path) -> Iterator[str]:
    """Serve a store by Oxigraph's own server and give the address of its query service."""
    command = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    assert command, "the oxigraph package is not installed"
    port = free_port()
    with _running([command, "serve-read-only", "--location", str(place), "--bind", f"127.0.0.1:{port}"], port) as url:
        yield url


@contextmanager
def nlc_graph(place: Path) -> Iterator[str]:
    """Serve a store by ``nlc-graph serve`` and give the address of its query service."""
    port = free_port()
    with _running(
        [sys.executable, "-m", "nlc_graph", "--store", str(place), "serve", "--port", str(port)], port
    ) as url:
        yield url


@contextmanager
def rdflib_endpoint(graph: rdflib.Graph) -> Iterator[str]:
    """Serve a graph by rdflib-endpoint, with rdflib's own engine, and give its address."""
    import uvicorn
    from rdflib_endpoint import SparqlEndpoint

    port = free_port()
    app = SparqlEndpoint(graph=graph, path="/sparql", enable_update=False)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="critical"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        wait_for(f"http://127.0.0.1:{port}/docs")
        yield f"http://127.0.0.1:{port}/sparql"
    finally:
        server.should_exit = True
        thread.join(timeout=10)


class Asked(NamedTuple):
    """A request that a fake endpoint received."""

    method: str
    path: str
    parameters: dict[str, list[str]]
    headers: Mapping[str, str]

    @property
    def query(self) -> str:
        return self.parameters["query"][0]


#: What a fake endpoint answers: status, headers and body; None hangs up.
Answer = tuple[int, dict[str, str], bytes] | None


@contextmanager
def fake_endpoint(answer: Callable[[Asked], Answer]) -> Iterator[str]:
    """Run an endpoint in a thread and give its address; Content-Length is sent unless it is set to an empty text."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            form = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            address = urlsplit(self.path)
            parameters = parse_qs(f"{address.query}&{form}")
            given = answer(Asked(self.command, address.path, parameters, dict(self.headers)))
            self.close_connection = True
            if given is None:
                return
            status, headers, body = given
            self.send_response(status)
            for name, value in {"Connection": "close", "Content-Length": str(len(body)), **headers}.items():
                if value:
                    self.send_header(name, value)
            with suppress(ConnectionError):  # the client has heard enough
                self.end_headers()
                self.wfile.write(body)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/sparql"
    finally:
        server.shutdown()
        server.server_close()


class CountingEngine:
    """A store that a graph takes for an endpoint, since it is another kind of engine; counts what it is asked."""

    def __init__(self, store: ox.Store) -> None:
        self.requests = 0
        self._store = store

    def query(self, query: str, *, prefixes: dict[str, str]) -> Any:
        self.requests += 1
        return self._store.query(query, prefixes=prefixes)
