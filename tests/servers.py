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
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

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
