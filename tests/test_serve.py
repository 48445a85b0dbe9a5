"""The graph behind a SPARQL server: read-only, with a time-out, ended by Ctrl-C."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from nlc_graph import Graph
from nlc_graph.graph.disk import build_store
from nlc_graph.graph.endpoint import open_endpoint
from nlc_graph.server.server import Guard

from .conftest import TINY
from .hostile.test_processes import RUNAWAY
from .servers import free_port, wait_for
from .test_cli import ONLY_TINY, run
from .test_sparql import CHAINS


def serving(*options: str, port: int, env: dict[str, str] | None = None) -> subprocess.Popen[str]:
    """Start ``serve`` and wait until it answers."""
    process = subprocess.Popen(
        [sys.executable, "-m", "nlc_graph", *options, "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **(env or {})},
    )
    wait_for(f"http://127.0.0.1:{port}/", process)
    return process


def asked(url: str, data: str | None = None, accept: str = "*/*") -> tuple[int, str, str]:
    """Return status, type and text of an answer."""
    request = urllib.request.Request(url, data.encode() if data else None, {"Accept": accept})  # noqa: S310
    if data:
        request.add_header("Content-Type", "application/x-www-form-urlencoded")
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return answer.status, answer.headers.get_content_type(), answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers.get_content_type(), error.read().decode()


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    """Serve tiny.ttl, two seconds a query, and give its address."""
    port = free_port()
    process = serving(*ONLY_TINY, "serve", "--query-timeout", "2", port=port)
    yield f"http://127.0.0.1:{port}"
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)


def test_the_protocol_is_answered_in_the_standard_formats(served: str, tiny: Graph) -> None:
    select, ask = quote("SELECT ?n { ?n a <https://w3id.org/nlc-graph/ontology#Network> }"), quote("ASK { ?s ?p ?o }")
    construct = quote("CONSTRUCT { ?s a ?k } { ?s a ?k . ?s <https://w3id.org/nlc-graph/ontology#formedYear> ?y }")
    rows = "application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"
    for accept in rows:
        status, kind, text = asked(f"{served}/query?query={select}", accept=accept)
        assert (status, kind, "tiny/alder" in text) == (200, accept, True)
    assert '"boolean":true' in asked(f"{served}/query", f"query={ask}", rows[0])[2]
    for accept in ("text/turtle", "application/n-triples", "application/rdf+xml"):
        status, kind, text = asked(f"{served}/query?query={construct}", accept=accept)
        assert (status, kind, "tiny/alder" in text) == (200, accept, True)
    assert len(open_endpoint(f"{served}/query")) == len(tiny)


def test_it_is_read_only_and_says_what_is_wrong(served: str) -> None:
    assert asked(f"{served}/update", "update=" + quote("INSERT DATA { <urn:a> <urn:b> <urn:c> }"))[0] == 403
    assert asked(f"{served}/query?query=" + quote("SELEC ?x {}"))[0] == 400


def test_a_runaway_query_is_stopped_and_says_so(served: str) -> None:
    begun = time.monotonic()
    done = run("--endpoint", f"{served}/query", "query", "-", stdin=RUNAWAY.replace("?j ?k ?l", "?j ?k ?l . ?m ?q ?o"))
    assert time.monotonic() - begun < 20
    assert (done.returncode, done.stdout, done.stderr) == (
        2,
        "",
        f"nlc-graph: {served}/query: it answered 504 Gateway Timeout: the query took longer than 2 s and was stopped;"
        " narrow it\n",
    )
    assert '"boolean":true' in asked(f"{served}/query?query=" + quote("ASK { ?s ?p ?o }"), accept="application/json")[2]


def test_others_are_answered_while_a_runaway_query_is_stopped(served: str) -> None:
    runaway = threading.Thread(target=asked, args=(f"{served}/query", "query=" + quote(RUNAWAY)))
    runaway.start()
    question = f"{served}/query?query=" + quote("ASK { ?s ?p ?o }")
    until = time.monotonic() + 4
    while time.monotonic() < until:
        assert asked(question, accept="application/json")[0] == 200
    runaway.join()


def test_an_endless_answer_is_cut_off_so_that_clients_notice(served: str) -> None:
    endless = quote("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    with pytest.raises((OSError, http.client.HTTPException)):
        asked(f"{served}/query?query={endless}", accept="text/csv")


def test_other_hosts_and_queries_that_would_crash_are_refused(served: str) -> None:
    status, _, text = asked(f"{served}/query", "query=" + quote("ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"))
    assert (status, "SERVICE would call another host" in text) == (400, True)
    status, _, text = asked(f"{served}/query", "query=" + quote("ASK " + "{" * 5000 + "}" * 5000))
    assert (status, "nested more than" in text) == (400, True)


@pytest.fixture
def guard(tmp_path: Path) -> Iterator[Guard]:
    """Serve tiny.ttl from this process, a minute a query."""
    build_store(tmp_path / "store", TINY, bundled=False)
    guard = Guard(str(tmp_path / "store"), "127.0.0.1", free_port(), 60)
    thread = threading.Thread(target=guard.serve_forever, daemon=True)
    thread.start()
    yield guard
    guard.shutdown()
    thread.join()
    guard.server_close()
    guard.oxigraph.close()


def address(guard: Guard) -> str:
    return f"http://127.0.0.1:{guard.server_port}"


def test_refused_queries_and_clients_that_go_away_stop_nobody(guard: Guard, tiny: Graph) -> None:
    counted: list[tuple[int, str, str]] = []
    pairs = "query=" + quote("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }")
    other = threading.Thread(target=lambda: counted.append(asked(f"{address(guard)}/query", pairs, "text/csv")))
    other.start()
    for text in CHAINS.values():
        status, kind, message = asked(f"{address(guard)}/query", "query=" + quote(text))
        assert (status, kind, message.startswith("query, line 1, column ")) == (400, "text/plain", True)
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", guard.server_port)) as client:
            query = quote("SELECT * { ?a ?b ?c . ?d ?e ?f }")
            client.sendall(f"GET /query?query={query} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            client.recv(100)
    other.join()
    assert counted == [(200, "text/csv", f"n\r\n{len(tiny) ** 2}\r\n")]
    assert (guard.oxigraph.started, guard.oxigraph.crashes) == (1, 0)


def test_a_connection_outlives_the_end_of_oxigraphs_server_without_another_end(guard: Guard) -> None:
    client = http.client.HTTPConnection("127.0.0.1", guard.server_port)
    for _ in range(2):
        client.request("GET", "/query?query=" + quote("ASK { ?s ?p ?o }"))
        answer = client.getresponse()
        assert (answer.status, answer.read() != b"") == (200, True)
        guard.oxigraph.restart(1)
    client.close()
    assert guard.oxigraph.started == 2


def test_once_closed_it_is_not_started_again(guard: Guard) -> None:
    guard.oxigraph.close()
    assert asked(f"{address(guard)}/query?query=" + quote("ASK { ?s ?p ?o }"))[0] == 503
    assert guard.oxigraph.started == 1
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", guard.oxigraph.port), timeout=5)


def test_a_crash_is_told_as_one(guard: Guard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nlc_graph.server.server.sparql.is_suspect", lambda text: False)
    status, _, text = asked(f"{address(guard)}/query", "query=" + quote(CHAINS["not"]))
    assert (status, text) == (500, "Oxigraph's server crashed twice, on this query or on another; write it simpler\n")
    assert guard.oxigraph.crashes == 2
    assert asked(f"{address(guard)}/query?query=" + quote("ASK { ?s ?p ?o }"))[0] == 200


def raw(guard: Guard, request: str) -> str:
    """Send a request as it stands, and return all that is answered."""
    with socket.create_connection(("127.0.0.1", guard.server_port), timeout=10) as client:
        client.sendall(request.replace("\n", "\r\n").encode())
        client.shutdown(socket.SHUT_WR)
        with client.makefile("rb") as answer:
            return answer.read().decode()


@pytest.mark.parametrize(
    ("head", "status", "message"),
    [
        ("POST /query HTTP/1.1\nContent-Length: abc", 400, "Content-Length is no number of bytes\n"),
        ("POST /query HTTP/1.1\nContent-Length: -5", 400, "Content-Length is no number of bytes\n"),
        ("POST /query HTTP/1.1\nContent-Length: 9", 400, "the request ended too early\n"),
        ("POST /query HTTP/1.1\nContent-Length: 2000001", 413, "the request is longer than 2,000,000 bytes\n"),
        ("POST / HTTP/1.1\nTransfer-Encoding: chunked\n\n1E8481", 413, "the request is longer than 2,000,000 bytes\n"),
        ("POST / HTTP/1.1\nTransfer-Encoding: chunked\n\n-1", 400, "the chunks of the request cannot be read\n"),
        ("POST / HTTP/1.1\nTransfer-Encoding: gzip", 400, "only Transfer-Encoding: chunked is taken"),
        ("PUT /store HTTP/1.1", 405, "the graph is read-only; GET, HEAD, POST, OPTIONS are taken\n"),
    ],
)
def test_what_cannot_be_taken_is_answered_in_plain_text(guard: Guard, head: str, status: int, message: str) -> None:
    told, _, body = raw(guard, f"{head}\n\n").partition("\r\n\r\n")
    assert (told.split()[1], "text/plain" in told, body.startswith(message)) == (str(status), True, True)


def test_bodies_in_chunks_are_read_to_their_end(guard: Guard) -> None:
    answers = raw(
        guard,
        "POST /query HTTP/1.1\nContent-Type: application/sparql-query\nAccept: text/csv\nTransfer-Encoding: chunked\n\n"
        "8\nSELECT (\nb;x=y\n1 AS ?n) {}\n0\nA: b\n\n"
        "OPTIONS /query HTTP/1.1\nContent-Length: 3\n\nabc"
        f"HEAD /query?query={quote('ASK { }')} HTTP/1.1\n\n",
    )
    assert re.findall(r"HTTP/1.1 (\d+)", answers) == ["200", "204", "200"]
    assert "n\r\n1\r\n" in answers and "Allow: GET, HEAD, POST, OPTIONS" in answers
    assert answers.endswith("\r\n\r\n")  # no body after HEAD


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="looks for processes in /proc")
def test_oxigraphs_server_ends_when_serve_is_killed(tmp_path: Path) -> None:
    place = str(tmp_path / "store")
    build_store(place, TINY, bundled=False)
    process = serving("--store", place, "serve", port=free_port())

    def servers() -> list[Path]:
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):  # it has ended meanwhile
                words = (folder / "cmdline").read_text(errors="replace")
                found += [folder] if place in words and "serve-read-only" in words else []
        return found

    assert len(servers()) == 1
    process.kill()
    process.communicate()
    until = time.monotonic() + 10
    while servers() and time.monotonic() < until:
        time.sleep(0.05)
    assert servers() == []


def test_the_page_asks_nothing_of_other_hosts_to_show_itself(served: str) -> None:
    text = asked(f"{served}/")[2]
    assert re.findall(r'(?:src|href)="([^"]+)"', text) and not re.search(r'(?:src|href)="(?:https?:)?//', text)


def test_ctrl_c_ends_it_cleanly_and_leaves_nothing(tmp_path: Path) -> None:
    port = free_port()
    process = serving(*ONLY_TINY, "serve", port=port, env={"TMPDIR": str(tmp_path)})
    assert os.listdir(tmp_path)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (130, "nlc-graph: stopped\n")
    assert f"query page   http://127.0.0.1:{port}/\n" in out
    assert os.listdir(tmp_path) == []
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", port), timeout=5)
    address = next(line.strip() for line in out.splitlines() if "#query=" in line)
    filled = parse_qs(urlsplit(address).fragment)
    assert filled["endpoint"] == [f"http://127.0.0.1:{port}/query"]
    assert "SELECT" in filled["query"][0]


def test_a_store_is_served_as_it_is(tmp_path: Path) -> None:
    build_store(tmp_path / "store", TINY, bundled=False)
    port = free_port()
    process = serving("--store", str(tmp_path / "store"), "serve", port=port)
    expected = run("--store", str(tmp_path / "store"), "impacts")
    assert run("--endpoint", f"http://127.0.0.1:{port}/query", "impacts").stdout == expected.stdout
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=20) == 143
    process.communicate()


def test_a_port_in_use_is_one_clear_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run(*ONLY_TINY, "serve", "--port", str(port))
    assert (done.returncode, done.stdout, done.stderr) == (
        2,
        "",
        f"nlc-graph: 127.0.0.1:{port}: the port is in use; choose another with --port\n",
    )


@pytest.mark.parametrize(
    "args",
    [("--store", "/nowhere/store", "serve"), ("--endpoint", "http://127.0.0.1:9/", "serve"), ("serve", "--port", "0")],
)
def test_what_cannot_be_served_is_one_clear_line(args: tuple[str, ...]) -> None:
    done = run(*args)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--host", "", "--host: it is empty; give an address such as 127.0.0.1"),
        ("--host", os.fsdecode(b"\xff"), "it is no name of a host"),
        ("--query-timeout", "99999999999", "is not in the range 1<=x<=86400"),
    ],
)
def test_bad_options_are_one_clear_line(option: str, value: str, words: str) -> None:
    done = run(*ONLY_TINY, "serve", option, value)
    assert (done.returncode, done.stdout, done.stderr.count("\n"), words in done.stderr) == (2, "", 1, True)
