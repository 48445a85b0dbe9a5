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
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from nlc_graph import Graph
from nlc_graph.endpoint import open_endpoint
from nlc_graph.stored import build_store

from .conftest import TINY
from .servers import free_port, wait_for
from .test_cli import ONLY_TINY, run
from .test_watchdog import RUNAWAY


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
