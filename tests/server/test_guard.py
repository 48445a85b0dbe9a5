"""The proxy in front of Oxigraph's server, in this process."""

from __future__ import annotations

import http.client
import re
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from nlc_graph import Graph
from nlc_graph.errors import ServerError
from nlc_graph.evidence.loading import load_store
from nlc_graph.graph.endpoint import open_endpoint
from nlc_graph.server import Guard

from ..conftest import TINY
from ..servers import free_port

ASK = "query=" + quote("ASK { ?s ?p ?o }")
#: Longer than any time limit of these tests.
RUNAWAY = "query=" + quote("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
#: Crashes Oxigraph, and is refused by the guard.
NESTED = "query=" + quote("ASK { FILTER(" + "!" * 100_000 + "true) }")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    place = tmp_path_factory.mktemp("served") / "store"
    load_store(place, TINY, bundled=False)
    return str(place)


@pytest.fixture
def guard(store: str) -> Iterator[Guard]:
    """Serve tiny.ttl, two seconds for each query."""
    with Guard(store, "127.0.0.1", free_port(), 2) as guard:
        thread = threading.Thread(target=guard.serve_forever, daemon=True)
        thread.start()
        yield guard
        guard.shutdown()
        thread.join()


def ask(guard: Guard, path: str = "/query", data: str | None = None, accept: str = "*/*") -> tuple[int, str, str]:
    """Return status, media type and text of a response."""
    url = f"http://127.0.0.1:{guard.server_port}{path}"
    request = urllib.request.Request(url, data.encode() if data else None, {"Accept": accept})
    try:
        with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310
            return response.status, response.headers.get_content_type(), response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers.get_content_type(), error.read().decode()


def send(guard: Guard, request: str) -> str:
    """Send a request as it is, and return everything that comes back."""
    with socket.create_connection(("127.0.0.1", guard.server_port), timeout=10) as client:
        client.sendall(request.replace("\n", "\r\n").encode())
        client.shutdown(socket.SHUT_WR)
        with client.makefile("rb") as response:
            return response.read().decode()


@pytest.mark.slow
def test_queries_are_answered_in_the_standard_formats(guard: Guard, tiny: Graph) -> None:
    select = quote("SELECT ?n { ?n a <https://w3id.org/nlc-graph/ontology#Network> }")
    construct = quote("CONSTRUCT { ?s a ?k } { ?s a ?k . ?s <https://w3id.org/nlc-graph/ontology#formedYear> ?y }")
    forms = {
        select: ("application/sparql-results+json", "application/sparql-results+xml", "text/csv"),
        construct: ("text/turtle", "application/n-triples", "application/rdf+xml"),
    }
    for query, accepted in forms.items():
        for accept in accepted:
            status, kind, text = ask(guard, f"/query?query={query}", accept=accept)
            assert (status, kind, "tiny/alder" in text) == (200, accept, True)
    assert '"boolean":true' in ask(guard, data=ASK, accept="application/sparql-results+json")[2]
    assert len(open_endpoint(f"http://127.0.0.1:{guard.server_port}/query")) == len(tiny)


@pytest.mark.slow
def test_the_query_page_loads_nothing_from_other_hosts(guard: Guard) -> None:
    text = ask(guard, "/")[2]
    assert re.findall(r'(?:src|href)="([^"]+)"', text) and not re.search(r'(?:src|href)="(?:https?:)?//', text)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "data", "status"),
    [
        ("/update", "update=" + quote("INSERT DATA { <urn:a> <urn:b> <urn:c> }"), 403),
        ("/query", "query=" + quote("SELEC ?x {}"), 400),
        ("/query", "query=" + quote("ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"), 400),
        ("/query", NESTED, 400),
    ],
)
def test_updates_and_dangerous_queries_are_refused(guard: Guard, path: str, data: str, status: int) -> None:
    assert ask(guard, path, data)[0] == status
    assert (guard.oxigraph.started, guard.oxigraph.crashes) == (1, 0)


@pytest.mark.slow
def test_a_runaway_query_is_stopped_while_others_are_answered(guard: Guard) -> None:
    runaway: list[tuple[int, str, str]] = []
    thread = threading.Thread(target=lambda: runaway.append(ask(guard, data=RUNAWAY)))
    start = time.monotonic()
    thread.start()
    while thread.is_alive():
        assert ask(guard, data=ASK, accept="application/json")[0] == 200
    assert runaway[0][:2] == (504, "text/plain") and time.monotonic() - start < 20
    assert guard.oxigraph.started == 2


@pytest.mark.slow
def test_an_endless_response_is_cut_off(guard: Guard) -> None:
    endless = quote("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    with pytest.raises((OSError, http.client.HTTPException)):
        ask(guard, f"/query?query={endless}", accept="text/csv")


@pytest.mark.slow
def test_clients_that_disconnect_cause_no_restart(guard: Guard) -> None:
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", guard.server_port)) as client:
            query = quote("SELECT * { ?a ?b ?c . ?d ?e ?f }")
            client.sendall(f"GET /query?query={query} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            client.recv(100)
    assert ask(guard, data=ASK)[0] == 200
    assert guard.oxigraph.started == 1


@pytest.mark.slow
def test_a_connection_outlives_a_restart(guard: Guard) -> None:
    client = http.client.HTTPConnection("127.0.0.1", guard.server_port)
    for _ in range(2):
        client.request("GET", f"/query?{ASK}")
        response = client.getresponse()
        assert (response.status, response.read() != b"") == (200, True)
        guard.oxigraph.restart(1)
    client.close()
    assert guard.oxigraph.started == 2


@pytest.mark.slow
def test_a_closed_server_is_not_started_again(guard: Guard) -> None:
    guard.oxigraph.close()
    assert ask(guard, data=ASK)[0] == 503 and guard.oxigraph.started == 1
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", guard.oxigraph.port), timeout=5)


@pytest.mark.slow
def test_a_query_that_crashes_the_server_twice_is_reported(guard: Guard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nlc_graph.server.guard.sparql.is_suspect", lambda text: False)
    guard.seconds = 60
    assert (ask(guard, data=NESTED)[0], guard.oxigraph.crashes) == (500, 2)
    assert ask(guard, data=ASK)[0] == 200


@pytest.mark.slow
@pytest.mark.parametrize(
    ("head", "status"),
    [
        ("POST /query HTTP/1.1\nContent-Length: abc", 400),
        ("POST /query HTTP/1.1\nContent-Length: -5", 400),
        ("POST /query HTTP/1.1\nContent-Length: 9", 400),
        ("POST /query HTTP/1.1\nContent-Length: 2000001", 400),
        ("POST / HTTP/1.1\nTransfer-Encoding: chunked\n\n1E8481", 400),
        ("POST / HTTP/1.1\nTransfer-Encoding: chunked\n\n-1", 400),
        ("POST / HTTP/1.1\nTransfer-Encoding: gzip", 400),
        ("PUT /store HTTP/1.1", 405),
    ],
)
def test_malformed_requests_are_answered_in_plain_text(guard: Guard, head: str, status: int) -> None:
    response = send(guard, f"{head}\n\n")
    assert response.split()[1] == str(status) and "text/plain" in response


@pytest.mark.slow
def test_chunked_bodies_are_read_to_their_end(guard: Guard) -> None:
    responses = send(
        guard,
        "POST /query HTTP/1.1\nContent-Type: application/sparql-query\nAccept: text/csv\nTransfer-Encoding: chunked\n\n"
        "8\nSELECT (\nb;x=y\n1 AS ?n) {}\n0\nA: b\n\n"
        f"HEAD /query?query={quote('ASK { }')} HTTP/1.1\n\n",
    )
    assert re.findall(r"HTTP/1.1 (\d+)", responses) == ["200", "200"]
    assert "n\r\n1\r\n" in responses and responses.endswith("\r\n\r\n")  # HEAD has no body


def test_an_address_in_use_or_malformed_is_refused(store: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        for host, port in (("127.0.0.1", taken.getsockname()[1]), ("", 7878), ("\udcff", 7878)):
            with pytest.raises(ServerError):
                Guard(store, host, port, 2)
