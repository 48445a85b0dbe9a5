"""Runaway work is stopped, at once and with one line; other hosts are called only where that is allowed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from nlc_graph import open_graph
from nlc_graph.errors import NlcGraphError, QuerySyntaxError, ServiceError
from nlc_graph.graph.disk import build_store, open_store

from .conftest import TINY
from .test_cli import ONLY_TINY, run

#: Some 10,000 to the power of four solutions: no engine counts them in a lifetime.
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def started(*args: str, stdin: str = "") -> subprocess.Popen[str]:
    """Start ``nlc-graph`` and give it its standard input."""
    process = subprocess.Popen(
        [sys.executable, "-m", "nlc_graph", *args],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdin
    process.stdin.write(stdin)
    process.stdin.close()
    process.stdin = None
    return process


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of the bundled graph."""
    place = tmp_path_factory.mktemp("watchdog") / "store"
    build_store(place)
    return place


@pytest.mark.parametrize("where", ["memory", "store"])
def test_a_runaway_query_is_stopped_when_its_time_is_up(where: str, store: Path) -> None:
    options = ["--store", str(store)] if where == "store" else []
    begun = time.monotonic()
    done = run("--timeout", "1.5", *options, "query", "-", stdin=RUNAWAY)
    assert time.monotonic() - begun < 15
    assert (done.returncode, done.stdout, done.stderr) == (
        2,
        "",
        "nlc-graph: stopped after 1.5 s, as --timeout says; narrow the question or allow more time\n",
    )


def test_a_command_within_its_time_is_not_touched() -> None:
    assert run("--timeout", "60", *ONLY_TINY, "query", "has-figures", "-p", "outcome=attendance").stdout == "true\n"


@pytest.mark.parametrize("seconds", ["0", "-1", "soon"])
def test_a_time_that_is_none_is_refused(seconds: str) -> None:
    done = run("--timeout", seconds, "impacts")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith("nlc-graph: Invalid value for '--timeout'")


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_ctrl_c_ends_a_query_at_once_without_traceback(number: signal.Signals, status: int) -> None:
    process = started("query", "-", stdin=RUNAWAY)
    time.sleep(1.5)
    begun = time.monotonic()
    process.send_signal(number)
    out, err = process.communicate(timeout=20)
    assert time.monotonic() - begun < 5
    assert (process.returncode, out, err) == (status, "", "nlc-graph: stopped\n")


def test_ctrl_c_during_a_load_leaves_the_older_store_and_nothing_else(tmp_path: Path) -> None:
    build_store(tmp_path / "store", TINY, bundled=False)
    with (tmp_path / "many.nt").open("w") as file:
        file.writelines(f"<urn:a{n}> <urn:b> <urn:c{n % 7}> .\n" for n in range(400_000))
    process = started("load", "--force", str(tmp_path / "store"), str(tmp_path / "many.nt"))
    while not (tmp_path / ".store.loading").is_dir():
        assert process.poll() is None
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=20) == ("", "nlc-graph: stopped\n")
    assert process.returncode == 130
    assert open_store(tmp_path / "store").ask("ASK { t:alder a nlc:Network }")
    assert not os.listdir(tmp_path / ".store.loading") if (tmp_path / ".store.loading").exists() else True


class Elsewhere(BaseHTTPRequestHandler):
    """Another host that answers any query with one row."""

    asked = 0

    def do_POST(self) -> None:
        type(self).asked += 1
        body = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"from elsewhere"}}]}}'
        self.send_response(200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST  # noqa: N815

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """Start another host on the loopback interface."""
    Elsewhere.asked = 0
    server = HTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/sparql"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("word", ["SERVICE", "service SILENT", "Service"])
def test_other_hosts_are_not_called(elsewhere: str, word: str) -> None:
    done = run("query", "-", stdin=f"SELECT ?x {{ {word} <{elsewhere}> {{ ?s ?p ?x }} }}")
    assert (done.returncode, done.stdout) == (2, "")
    assert "SERVICE would call another host; allow it with --allow-service" in done.stderr
    with pytest.raises(QuerySyntaxError):
        open_graph(bundled=False).select(f"SELECT ?x {{ {word} <{elsewhere}> {{ ?s ?p ?x }} }}")
    assert Elsewhere.asked == 0


#: What hides the word from a reader that is less exact than the engine: escapes in names and IRIs, comments, no blanks.
HIDDEN = {
    "escaped name": """OPTIONAL { ?s a:\\' ?o } CALL } #"}}""",
    "escaped hash": "OPTIONAL { ?s a:b\\# ?o } SERVICE <URL> { ?s ?p ?x } } #\n#}}",
    "escaped IRI": """OPTIONAL { ?s <urn:\\u0041'> ?o } CALL } #"}}""",
    "space in IRI": """OPTIONAL { ?s <urn:\u00a0'> ?o } CALL } #"}}""",
    "number": "OPTIONAL { ?s ?p 1e5SERVICE <URL> { ?s ?p ?x } } }",
    "truth": "OPTIONAL { ?s ?p trueSERVICE <URL> { ?s ?p ?x } } }",
    "no blank": "SERVICESILENT<URL> { ?s ?p ?x } }",
    "colon": "SERVICE:x { ?s ?p ?x } }",
    "return": "# x\r SERVICE <URL> { ?s ?p ?x } }",
}


@pytest.mark.parametrize("name", HIDDEN)
def test_no_other_host_is_called_by_a_hidden_word(elsewhere: str, name: str) -> None:
    text = f"PREFIX : <{elsewhere}/> PREFIX SERVICE: <urn:s:> PREFIX a: <urn:> SELECT * {{ {HIDDEN[name]}"
    text = text.replace("CALL", """SERVICE <URL> { ?s ?p ?x } BIND("'" AS ?q) BIND("" AS ?r)""")
    text = text.replace("URL", elsewhere)
    graph = open_graph(bundled=False)
    with pytest.raises(QuerySyntaxError):
        graph.select(text)
    assert Elsewhere.asked == 0
    graph.allow_service = True
    with suppress(NlcGraphError):  # what the engine makes of it; most of these would have called
        graph.select(text)


def test_names_and_texts_may_hold_the_word() -> None:
    graph = open_graph(bundled=False)
    graph.know({"a": "urn:"})
    text = "SELECT ?service { BIND('service' AS ?service) OPTIONAL { ?service a:self-service ?x } } # SERVICE"
    assert graph.select(text).rows == (("service",),)


def test_other_hosts_are_called_where_that_is_allowed(elsewhere: str) -> None:
    text = f"SELECT ?x {{ SERVICE <{elsewhere}> {{ ?s ?p ?x }} }}"
    done = run("--allow-service", "query", "-", "--format", "csv", stdin=text)
    assert (done.returncode, done.stdout.split()) == (0, ["x", "from", "elsewhere"])
    graph = open_graph(bundled=False)
    graph.allow_service = True
    with pytest.raises(ServiceError, match="the SERVICE that the query calls did not answer"):
        graph.select("SELECT ?x { SERVICE <http://127.0.0.1:9/none> { ?s ?p ?x } }")
