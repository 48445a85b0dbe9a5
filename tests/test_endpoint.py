"""The same answers from memory, from a store on disk, from an Oxigraph server and from an engine of other makers; and
what becomes of an endpoint's bad days.
"""

from __future__ import annotations

import base64
import gzip
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit, urlunsplit

import pytest
import rdflib

from nlc_graph import Graph, find_impacts
from nlc_graph.errors import EndpointError, QuerySyntaxError, ReadOnlyGraphError
from nlc_graph.evidence.describe import describe
from nlc_graph.evidence.impacts import find_claims
from nlc_graph.evidence.search import find_near, find_text
from nlc_graph.export import FORMATS
from nlc_graph.graph import endpoint
from nlc_graph.graph.disk import build_store, open_store
from nlc_graph.graph.endpoint import Endpoint, open_endpoint
from nlc_graph.graph.queries import named_queries

from .conftest import TINY
from .servers import free_port, oxigraph, rdflib_endpoint
from .test_cli import ONLY_TINY, run
from .oracle import some_filters
from .test_queries import PARAMETERS

T = "https://example.org/tiny/"
RIVERSIDE = TINY.parent / "riverside.ttl"
ENGINES = ("store", "oxigraph", "rdflib-endpoint")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of tiny.ttl."""
    place = tmp_path_factory.mktemp("endpoint") / "store"
    build_store(place, TINY, bundled=False)
    return place


@pytest.fixture(scope="module")
def addresses(store: Path, tiny: Graph) -> Iterator[dict[str, str]]:
    """Start both servers with tiny.ttl and the triples derived from it."""
    plain = rdflib.Graph()
    for triple in tiny.rdflib:
        plain.add(triple)
    with oxigraph(store) as one, rdflib_endpoint(plain) as other:
        yield {"oxigraph": one, "rdflib-endpoint": other}


@pytest.fixture(params=ENGINES)
def elsewhere(request: pytest.FixtureRequest, store: Path, addresses: dict[str, str]) -> Graph:
    """Return tiny.ttl as another engine has it."""
    if request.param == "store":
        return open_store(store)
    return open_endpoint(addresses[request.param], prefixes={"t": T})


def asked(graph: Graph) -> int:
    """Return how many requests a graph has made; none for a store."""
    return graph._engine.requests if isinstance(graph._engine, Endpoint) else 0


@pytest.mark.parametrize("name", [query.name for query in named_queries()])
def test_named_queries_give_the_same(elsewhere: Graph, tiny: Graph, name: str) -> None:
    parameters = PARAMETERS[name]
    one, other = tiny.query(name, **parameters), elsewhere.query(name, **parameters)
    if isinstance(one, rdflib.Graph) and isinstance(other, rdflib.Graph):
        assert set(one) == set(other)
    else:
        assert one == other
    assert asked(elsewhere) <= 3


def test_links_and_claims_are_the_same_whatever_the_filters(elsewhere: Graph, tiny: Graph) -> None:
    for filters in some_filters(tiny, 12):
        for full in (True, False):
            assert find_impacts(elsewhere, filters, full=full) == find_impacts(tiny, filters, full=full), filters
        assert find_claims(elsewhere, filters) == find_claims(tiny, filters)


def test_all_about_a_thing_is_the_same(elsewhere: Graph, tiny: Graph) -> None:
    for thing in ("alder", "birch-pupil", "alder-attendance", "alder-change", "alder-passage", "alder-stories"):
        assert describe(elsewhere, T + thing) == describe(tiny, T + thing), thing


COMMANDS = (
    ("impacts",),
    ("impacts", "attendance"),
    ("impacts", "--practice", "story-making", "--outcome", "writing", "--network", "Birch", "--format", "csv"),
    (
        "impacts",
        "--kind",
        "testimony",
        "--feature",
        "well-being",
        "--link",
        "attributed",
        "writing",
        "--format",
        "json",
    ),
    ("show", "Alder"),
    ("show", "t:alder-attendance", "--format", "json"),
    ("show", "t:alder-2000"),
    ("show", "story-making"),
    ("find", "write", "more"),
    ("query", "practices-for-outcome", "-p", "outcome=writing", "--format", "csv"),
    ("query", "evidence-by-network", "-p", "feature=achievement"),
    ("query", "has-figures", "-p", "outcome=writing"),
    ("query", "network-subgraph", "-p", "network=Birch", "--format", "nt"),
    ("query", "by-way-of"),
    ("impacts", "xyzzy"),
    ("show", "Alder NLZ"),
    ("show", "A"),
    ("query", "has-figures", "-p", "outcome=attendence"),
    ("analyse", "rank", "--count", "evidence", "--format", "json"),
    ("analyse", "rank", "--of", "outcomes", "--by", "bridging"),
    ("analyse", "groups", "--draws", "99", "--format", "json"),
    ("analyse", "robustness", "--format", "json"),
    ("analyse", "robustness"),
    ("analyse", "gaps", "--format", "json"),
    ("analyse", "paths", "nurture room", "attendance", "--format", "json"),
    ("analyse", "paths", "story-making", "feature:well-being"),
    ("analyse", "peers", "Alder", "--format", "json"),
    ("analyse", "timeline", "--format", "json"),
    ("analyse", "timeline", "--network", "Birch", "--indicator", "Key Stage 2 average point score"),
    *(("export", "--format", form, "-o", "-") for form in FORMATS),
    ("export", "--format", "graphml", "--shape", "linkage", "--practice", "story-making", "-o", "-"),
    (
        "export",
        "--format",
        "turtle",
        "--around",
        "Alder",
        "--around",
        "a pupil in Birch",
        "--outcome",
        "writing",
        "-o",
        "-",
    ),
    ("export", "--format", "html", "--network", "Birch", "--kind", "testimony", "-o", "-"),
    *(("export", "--format", "ntriples", "--around", "nurture room", "--hops", hops, "-o", "-") for hops in "124"),
    ("export", "--format", "html", "--around", "nurture room", "--hops", "3", "--relation", "practice", "-o", "-"),
    ("export", "--format", "evidence", "--query", "network-subgraph", "-p", "network=Birch", "-o", "-"),
    ("export", "--format", "html", "--query", "network-subgraph", "-p", "network=Birch", "-o", "-"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_commands_print_the_same(command: tuple[str, ...], store: Path, addresses: dict[str, str]) -> None:
    expected = run(*ONLY_TINY, *command)
    for place in (["--store", str(store)], *(["--endpoint", url] for url in addresses.values())):
        done = run(*place, "--prefix", f"t={T}", *command)
        assert (done.returncode, done.stdout, done.stderr) == (expected.returncode, expected.stdout, expected.stderr)


#: Pages, which go to a file; all other commands print.
PAGES = (
    ("view", "-o", "FILE"),
    ("view", "story-making", "-o", "FILE"),
    ("view", "--around", "Birch", "-o", "FILE"),
    ("view", "--query", "network-subgraph", "-p", "network=Birch", "-o", "FILE"),
    ("view", "--query", "evidence-by-network", "-p", "feature=achievement", "-o", "FILE"),
)


@pytest.mark.parametrize("command", PAGES, ids=" ".join)
def test_pages_are_the_same(command: tuple[str, ...], tmp_path: Path, store: Path, addresses: dict[str, str]) -> None:
    places = {"memory": ONLY_TINY, "store": ("--store", str(store))}
    places |= {name: ("--endpoint", url) for name, url in addresses.items()}
    pages = []
    for name, place in places.items():
        done = run(*place, "--prefix", f"t={T}", *command[:-1], str(tmp_path / name))
        assert (done.returncode, done.stdout) == (0, ""), done
        pages.append((tmp_path / name).read_text())
    assert len(pages) == 4 and set(pages) == {pages[0]}


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list to which the method of each request to an endpoint is added."""
    methods: list[str] = []
    send = Endpoint._send

    def counted(self: Endpoint, method: str, *given: Any) -> Any:
        methods.append(method)
        return send(self, method, *given)

    monkeypatch.setattr(Endpoint, "_send", counted)
    return methods


@pytest.mark.parametrize("command", (*COMMANDS, *PAGES), ids=" ".join)
def test_no_command_makes_more_than_three_requests(
    command: tuple[str, ...], tmp_path: Path, addresses: dict[str, str], made: list[str]
) -> None:
    from click.testing import CliRunner

    from nlc_graph.cli import cli

    words = [str(tmp_path / "page.html") if word == "FILE" else word for word in command]
    CliRunner().invoke(cli, ["--endpoint", addresses["oxigraph"], "--prefix", f"t={T}", *words])
    assert 1 <= len(made) <= 3


def test_an_endpoint_only_answers(addresses: dict[str, str]) -> None:
    graph = open_endpoint(addresses["oxigraph"])
    for attempt in (lambda: graph.add(TINY), lambda: graph.rdflib, lambda: list(graph.authored())):
        with pytest.raises(ReadOnlyGraphError):
            attempt()


# -- bad days --------------------------------------------------------------------------------------------------------


class Moody(BaseHTTPRequestHandler):
    """An endpoint that answers as a test has planned: status, headers, body; the last again and again."""

    protocol_version = "HTTP/1.1"
    plan: list[tuple[int, dict[str, str], bytes]] = []  # noqa: RUF012
    seen: list[tuple[str, str, dict[str, str]]] = []  # noqa: RUF012
    places: list[str] = []  # noqa: RUF012
    wait = 0.0

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        form = self.rfile.read(length).decode() if length else urlsplit(self.path).query
        self.seen.append((self.command, parse_qs(form).get("query", [""])[0], dict(self.headers)))
        self.places.append(self.path.replace(form, "…") if self.command == "GET" else self.path)
        time.sleep(self.wait)
        status, headers, body = self.plan.pop(0) if len(self.plan) > 1 else self.plan[0]
        self.close_connection = True
        if status == HANGS_UP:
            return
        self.send_response(status)
        self.send_header("Connection", "close")
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            for each in filter(None, value.split("\n")):
                self.send_header(name, each)
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815

    def log_message(self, *args: object) -> None:
        """Say nothing."""


HANGS_UP = 0
JSON = {"Content-Type": "application/sparql-results+json; charset=utf-8"}
ONE_ROW = json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "literal", "value": "yes"}}]}})
GOOD = (200, JSON, ONE_ROW.encode())
ASKED = "SELECT ?x { ?s ?p ?x }"


@pytest.fixture
def moody(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Start the endpoint; it answers at once, and is asked again without much waiting."""
    monkeypatch.setattr(endpoint, "BACK_OFF", 0.01)
    for name in ("NLC_ENDPOINT_TOKEN", "NLC_ENDPOINT_USER", "NLC_ENDPOINT_PASSWORD", "NETRC"):
        monkeypatch.delenv(name, raising=False)
    Moody.plan, Moody.seen, Moody.places, Moody.wait = [GOOD], [], [], 0.0
    server = ThreadingHTTPServer(("127.0.0.1", 0), Moody)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/sparql"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("status", [429, 502, 503])
def test_a_busy_endpoint_is_asked_again(moody: str, status: int) -> None:
    Moody.plan = [(status, {}, b"busy"), (status, {"Retry-After": "0"}, b"busy"), GOOD]
    assert open_endpoint(moody).select(ASKED).rows == (("yes",),)
    assert len(Moody.seen) == 3


@pytest.mark.parametrize("text", [ASKED, ASKED + "#" * endpoint.LONGEST_ADDRESS])
def test_an_endpoint_that_hangs_up_is_asked_once_more(moody: str, text: str) -> None:
    Moody.plan = [(HANGS_UP, {}, b""), GOOD]
    assert open_endpoint(moody).select(text).rows == (("yes",),)
    assert len(Moody.seen) == 2
    Moody.plan = [(HANGS_UP, {}, b"")]
    with pytest.raises(EndpointError, match=r"cannot be reached: .*without response"):
        open_endpoint(moody).select(text)
    assert len(Moody.seen) == 4


def test_an_endpoint_that_stays_busy_is_given_up(moody: str) -> None:
    Moody.plan = [(503, {}, b"down for repair")]
    with pytest.raises(EndpointError) as caught:
        open_endpoint(moody).select(ASKED)
    assert str(caught.value) == f"{moody}: still busy after 5 requests (503: down for repair); try again later"
    assert len(Moody.seen) == 5


def test_waiting_has_a_limit_whatever_the_endpoint_asks(moody: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint, "LONGEST_WAIT", 0.1)
    Moody.plan = [(503, {"Retry-After": "3600"}, b""), GOOD]
    begun = time.monotonic()
    assert open_endpoint(moody).select(ASKED).rows == (("yes",),)
    assert time.monotonic() - begun < 5


HTML = {"Content-Type": "text/html"}


def test_rows_where_yes_or_no_was_asked(moody: str) -> None:
    with pytest.raises(EndpointError, match="it answered with rows instead of yes or no"):
        open_endpoint(moody).ask("ASK { ?s ?p ?o }")


@pytest.mark.parametrize("wait", ["-5", "nan", "soon", "99999999999999999999"])
def test_a_wait_that_is_none_is_passed_over(moody: str, wait: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint, "LONGEST_WAIT", 0.01)
    Moody.plan = [(503, {"Retry-After": wait}, b""), GOOD]
    assert open_endpoint(moody).select(ASKED).rows == (("yes",),)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (
            (400, {}, b"Parse error: line 1,\n  unexpected <here>"),
            "it answered 400 Bad Request: Parse error: line 1, unex",
        ),
        (
            (500, HTML, b"<html><style>p {}</style><p>Out of <b>memory</b></p>"),
            "it answered 500 Internal Server Error: Out of",
        ),
        ((401, {}, b""), "it refuses access (401); NLC_ENDPOINT_USER and NLC_ENDPOINT_PASSWORD"),
        ((403, {}, b"no"), "it refuses access (403: no); "),
        ((404, {}, b""), "nothing is there (404); check the address"),
        ((206, JSON, ONE_ROW.encode()), "it gave up before its answer was complete"),
        ((200, {**JSON, "X-SQL-State": "S1TAT"}, ONE_ROW.encode()), "it gave up before its answer was complete"),
        (
            (200, HTML, b"<html>Welcome"),
            "it answered with text/html instead of query results; is this a SPARQL endpoint?",
        ),
        ((200, {}, b"hello"), "it answered with nothing instead of query results"),
        ((200, JSON, ONE_ROW.encode()[:-30]), "its answer cannot be read ("),
        ((200, JSON, b'{"head":{},"boolean":true}'), "it answered with yes or no instead of rows"),
        ((200, JSON, b'{"head":{"vars":[]},"results":{"bindings":[]}}'), "its answer lacks ?x of the query"),
        ((200, JSON, b""), "its answer cannot be read ("),
        ((200, JSON, b'{"head":{"vars":["x"]}}'), "its answer cannot be read ("),
        ((200, {**JSON, "Content-Length": "9999"}, ONE_ROW.encode()), "its answer is cut off: "),
    ],
)
def test_each_failure_is_one_line_with_what_the_endpoint_says(
    moody: str, answer: tuple[int, dict[str, str], bytes], said: str
) -> None:
    Moody.plan = [answer]
    with pytest.raises(EndpointError) as caught:
        open_endpoint(moody).select(ASKED)
    assert str(caught.value).startswith(f"{moody}: {said}") or "exchange with it failed" in str(caught.value)
    done = run("--endpoint", moody, "query", "-", stdin=ASKED)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr
    assert done.stderr.startswith(f"nlc-graph: {moody}: ")


def test_a_silent_endpoint_is_given_up_when_the_time_is_up(moody: str) -> None:
    Moody.wait = 3
    with pytest.raises(
        EndpointError, match=r"no answer within 0\.3 s; narrow the question, or allow more with --timeout"
    ):
        open_endpoint(moody, timeout=0.3).select(ASKED)
    assert len(Moody.seen) == 1
    done = run("--timeout", "1", "--endpoint", moody, "query", "-", stdin=ASKED)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_nobody_there() -> None:
    with pytest.raises(EndpointError, match=r"^http://127\.0\.0\.1:9/sparql: cannot be reached: Connection refused$"):
        open_endpoint("http://127.0.0.1:9/sparql").select(ASKED)


@pytest.mark.parametrize("url", ["localhost:7878", "ftp://example.org/", "http://", "store"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(EndpointError, match="an endpoint has an address that begins with http:// or https://"):
        open_endpoint(url)


def test_an_address_that_is_none_is_shown_without_what_is_secret_in_it() -> None:
    with pytest.raises(EndpointError, match=r"^'ftp://example\.org/query': "):
        open_endpoint("ftp://ann:secret@example.org/query?token=SECRET")


def test_short_queries_are_gets_and_long_ones_posts_with_the_prefixes_they_use(moody: str) -> None:
    graph = open_endpoint(moody, prefixes={"t": T})
    graph.select("SELECT ?x { t:a nlc:value ?x }")
    graph.select("SELECT ?x { ?s ?p ?x } #" + "x" * 3000)
    (method, text, headers), (other, long, _) = Moody.seen
    assert (method, other) == ("GET", "POST")
    assert text == (
        f"PREFIX t: <{T}> PREFIX nlc: <https://w3id.org/nlc-graph/ontology#> SELECT ?x {{ t:a nlc:value ?x }}"
    )
    assert long.startswith("SELECT") and len(long) > 3000
    assert headers["Accept"].startswith("application/sparql-results+json") and headers["User-Agent"].startswith(
        "nlc-graph/"
    )


@pytest.mark.parametrize("status", [405, 414])
def test_an_endpoint_that_takes_no_get_is_posted_to(moody: str, status: int) -> None:
    Moody.plan = [(status, {}, b""), GOOD]
    assert open_endpoint(moody).select(ASKED).rows == (("yes",),)
    assert [method for method, _, _ in Moody.seen] == ["GET", "POST"]


def test_an_address_with_parameters_keeps_them(moody: str) -> None:
    open_endpoint(moody + "?default-graph-uri=urn%3Ag").select(ASKED)
    assert Moody.seen[0][1] == ASKED


def test_who_asks_comes_from_the_environment_or_netrc(
    moody: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    basic = "Basic " + base64.b64encode(b"ann:secret").decode()
    monkeypatch.setenv("NLC_ENDPOINT_USER", "ann")
    monkeypatch.setenv("NLC_ENDPOINT_PASSWORD", "secret")
    open_endpoint(moody).select(ASKED)
    monkeypatch.setenv("NLC_ENDPOINT_TOKEN", "abc")
    open_endpoint(moody).select(ASKED)
    for name in ("NLC_ENDPOINT_TOKEN", "NLC_ENDPOINT_USER"):
        monkeypatch.delenv(name)
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login ann password secret\n")
    (tmp_path / "netrc").chmod(0o600)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    open_endpoint(moody).select(ASKED)
    assert [headers["Authorization"] for _, _, headers in Moody.seen] == [basic, "Bearer abc", basic]


def test_a_password_in_the_address_is_never_printed(moody: str) -> None:
    Moody.plan = [(404, {}, b"")]
    done = run("--endpoint", moody.replace("//", "//ann:secret@"), "query", "-", stdin=ASKED)
    assert (done.returncode, "secret" in done.stderr + done.stdout) == (2, False)


def test_other_formats_of_results_are_read(moody: str) -> None:
    xml = b"""<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="x"/></head><results>
      <result><binding name="x"><uri>urn:a</uri></binding></result></results></sparql>"""
    Moody.plan = [(200, {"Content-Type": "application/sparql-results+xml"}, xml)]
    assert open_endpoint(moody).select(ASKED).rows == (("urn:a",),)
    Moody.plan = [(200, {"Content-Type": "text/turtle"}, b"<urn:a> a <urn:b> .")]
    assert len(open_endpoint(moody).construct("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }")) == 1


def test_what_is_plainly_wrong_is_told_without_asking(moody: str) -> None:
    graph = open_endpoint(moody)
    for text in ("DELETE WHERE { ?s ?p ?o }", "SELECT ?x { SERVICE <http://a/> { ?s ?p ?x } }"):
        with pytest.raises(QuerySyntaxError):
            graph.select(text)
    assert Moody.seen == []


def test_options_that_contradict_each_other_are_refused() -> None:
    for args in (("--store", "x"), ("--no-bundled",), ("--data", "x")):
        done = run("--endpoint", "http://127.0.0.1:9/", *args, "impacts")
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert "takes the place of other evidence" in done.stderr
    done = run("--prefix", "no iri", "impacts")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


# -- answers that are cut off, or could do harm -----------------------------------------------------------------------

ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
NTRIPLES = b"<urn:a> <urn:p> <urn:b> .\n<urn:a> <urn:p> <urn:c> .\n"
RESULTS = b"""<?xml version="1.0"?><s:sparql xmlns:s="http://www.w3.org/2005/sparql-results#">
<s:head><s:variable name="x"/></s:head><s:results>
<s:result><s:binding name="x"><s:uri>urn:a</s:uri></s:binding></s:result>END"""
RDF = b"""<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<r:Description r:about="urn:a"><r:value>1</r:value></r:Description>END"""


def told(url: str, text: str = ASKED) -> str:
    """Return what is said of an endpoint's answer to a query, after its address."""
    graph = open_endpoint(url)
    with pytest.raises(EndpointError) as caught:
        graph.select(text) if text.startswith("SELECT") else graph.triples(text)
    return str(caught.value).removeprefix(f"{url}: ")


def answer(media: str, body: bytes, **headers: str) -> tuple[int, dict[str, str], bytes]:
    return 200, {"Content-Type": media, **{name.replace("_", "-"): value for name, value in headers.items()}}, body


@pytest.mark.parametrize(
    ("media", "text", "body", "end"),
    [
        ("application/sparql-results+xml", ASKED, RESULTS, b"</s:results></s:sparql><!-- <done> -->\n"),
        ("application/rdf+xml", ALL, RDF, b"</r:RDF>\n"),
    ],
)
def test_xml_must_be_closed_by_its_root(moody: str, media: str, text: str, body: bytes, end: bytes) -> None:
    Moody.plan = [answer(media, body.replace(b"END", b""), Content_Length="")]
    assert told(moody, text) == "its answer is cut off: the XML has no end"
    Moody.plan = [answer(media, body.replace(b"END", end), Content_Length="")]
    graph = open_endpoint(moody)
    assert len(graph.select(text) if text == ASKED else graph.triples(text)) == 1
    Moody.plan = [answer(media, b"", Content_Length="")]
    assert told(moody, text) == "its answer is cut off: the XML has no end"


def test_lines_without_length_may_be_cut_off(moody: str) -> None:
    for media in ("application/n-triples", "text/turtle"):
        Moody.plan = [answer(media, NTRIPLES, Content_Length="")]
        assert told(moody, ALL).startswith(f"its answer may be cut off: neither the endpoint nor {media} says where")
    Moody.plan = [answer("application/n-triples", NTRIPLES)]
    assert len(open_endpoint(moody).triples(ALL)) == 2
    chunk = b"%x\r\n%s\r\n" % (len(NTRIPLES), NTRIPLES)
    chunked = {"Content_Length": "", "Transfer_Encoding": "chunked"}
    Moody.plan = [answer("application/n-triples", chunk + b"0\r\n\r\n", **chunked)]
    assert len(open_endpoint(moody).triples(ALL)) == 2
    for cut in (chunk, chunk[:-9]):
        Moody.plan = [answer("application/n-triples", cut, **chunked)]
        assert told(moody, ALL).startswith("its answer is cut off: ")


def test_packed_answers_are_unpacked_to_their_end(moody: str) -> None:
    packed = gzip.compress(NTRIPLES[:26]) + gzip.compress(NTRIPLES[26:]) + b"\0\0"
    for length in ({}, {"Content_Length": ""}):  # gzip itself says where it ends
        Moody.plan = [answer("application/n-triples", packed, Content_Encoding="gzip", **length)]
        assert len(open_endpoint(moody).triples(ALL)) == 2
    assert Moody.seen[0][2]["Accept-Encoding"] == "gzip"
    Moody.plan = [answer("application/n-triples", gzip.compress(NTRIPLES)[:-9], Content_Encoding="gzip")]
    assert told(moody, ALL) == "its answer is cut off: the packed text has no end"
    Moody.plan = [answer("application/n-triples", NTRIPLES, Content_Encoding="gzip")]
    assert told(moody, ALL).startswith("its answer is said to be packed as gzip and is not (")
    Moody.plan = [answer("application/n-triples", NTRIPLES, Content_Encoding="br")]
    assert told(moody, ALL).startswith("its answer is packed as 'br'")


TERM = '{"type":"triple","value":{"subject":{"type":"uri","value":"urn:a"},"predicate":{"type":"uri","value":"urn:p"}'


def nested(depth: int) -> bytes:
    """Return a row that holds a triple term in a triple term and so on."""
    term = f'{TERM},"object":' * depth + '{"type":"uri","value":"urn:a"}' + "}}" * depth
    return ('{"head":{"vars":["x"]},"results":{"bindings":[{"x":' + term + "}]}}").encode()


def test_what_could_fill_memory_or_end_the_process_is_not_read(moody: str) -> None:
    entities = b"<!DOCTYPE r [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>"
    for media, text, body in (
        ("application/sparql-results+xml", ASKED, RESULTS.partition(b"?>")[2]),
        ("application/rdf+xml", ALL, RDF),
    ):
        Moody.plan = [answer(media, entities + body)]
        assert told(moody, text) == "its answer is not read: an XML entity that could fill memory"
    Moody.plan = [answer("application/rdf+xml", b"<r:RDF>" + b"<r:a>" * 100_000)]
    assert told(moody, ALL) == "its answer is not read: elements are nested more than 500 deep"
    Moody.plan = [answer("application/sparql-results+json", nested(50_000))]
    assert told(moody) == "its answer is not read: brackets are nested more than 500 deep"
    line = b"<urn:a> <urn:p> " + b"<<( <urn:a> <urn:p> " * 50_000 + b"<urn:x>" + b" )>>" * 50_000 + b" .\n"
    Moody.plan = [answer("application/n-triples", line)]
    assert told(moody, ALL) == "its answer is not read: triple terms are nested more than 500 deep"


def test_triple_terms_as_people_write_them_are_read(moody: str) -> None:
    Moody.plan = [answer("application/sparql-results+json", nested(3))]
    assert len(open_endpoint(moody).select(ASKED)) == 1
    lines = b'<urn:a> <urn:p> <<( <urn:a> <urn:p> "<<( # \\" <<(" )>> .\n' * 600
    Moody.plan = [answer("application/n-triples", lines)]
    assert len(open_endpoint(moody).triples(ALL)) == 1


# -- answers that are right, in other words -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "given",
    [
        answer("application/sparql-results+json", ONE_ROW.encode().replace(b"]}}", b'],"ordered":true},"link":[1]}')),
        answer("application/sparql-results+json\napplication/sparql-results+json; charset=utf-8", ONE_ROW.encode()),
        answer("application/sparql-results+json", b"\xef\xbb\xbf" + ONE_ROW.encode()),
    ],
    ids=["keys after the rows", "a header said twice", "a byte order mark"],
)
def test_rows_are_read_however_they_are_wrapped(moody: str, given: tuple[int, dict[str, str], bytes]) -> None:
    Moody.plan = [given]
    assert open_endpoint(moody).select(ASKED).rows == (("yes",),)


def test_triples_may_begin_with_a_byte_order_mark(moody: str) -> None:
    Moody.plan = [answer("application/n-triples", b"\xef\xbb\xbf" + NTRIPLES)]
    assert len(open_endpoint(moody).triples(ALL)) == 2


# -- addresses ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("text", [ASKED, ASKED + "#" * endpoint.LONGEST_ADDRESS], ids=["GET", "POST"])
def test_a_query_follows_where_an_endpoint_has_moved(moody: str, status: int, text: str) -> None:
    Moody.plan = [(status, {"Location": "/new"}, b"moved"), GOOD]
    graph = open_endpoint(moody + "?default-graph-uri=urn:g")
    assert graph.select(text).rows == (("yes",),)
    assert [asked for _, asked, _ in Moody.seen] == [text, text]
    assert len({method for method, _, _ in Moody.seen}) == 1
    graph.select(text)
    assert [urlsplit(place).path for place in Moody.places] == ["/sparql", "/new", "/new"]
    assert all("default-graph-uri=urn:g" in place or "…" in place for place in Moody.places)


def test_the_parameters_of_the_new_address_are_kept_but_not_its_query(moody: str) -> None:
    Moody.plan = [(302, {"Location": "/new?key=1&query=ASK%7B%7D#part"}, b""), (405, {}, b""), GOOD]
    assert open_endpoint(moody).select(ASKED).rows == (("yes",),)
    assert Moody.seen[2][:2] == ("POST", ASKED)
    assert Moody.places[2] == "/new?key=1"


def test_another_host_is_named_and_not_asked(moody: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NLC_ENDPOINT_TOKEN", "abc")
    for place in (f"http://127.0.0.1:{free_port()}/x", "http://localhost/x", "file:///etc/passwd"):
        Moody.plan = [(302, {"Location": f"{place}?token=SECRET"}, b"")]
        assert told(moody) == f"it has moved to {place}; use that address"
    Moody.plan = [(302, {"Location": moody}, b"")]
    assert told(moody) == "it has moved more than 5 times; check the address"
    Moody.plan = [(302, {"Location": "http://[::1"}, b"")]
    assert "Invalid IPv6 URL" in told(moody)


def test_a_safer_way_to_the_same_host_is_taken() -> None:
    asked = Endpoint("http://ann:secret@example.org/query?graph=a")
    assert urlunsplit(asked._moved("https://example.org/query")) == "https://ann:secret@example.org/query?graph=a"
    for place in ("https://example.org:8443/query", "https://example.com/query"):
        with pytest.raises(EndpointError, match=f"it has moved to {place}"):
            asked._moved(place)
    with pytest.raises(EndpointError, match=r"it has moved to http://example\.org/"):
        Endpoint("https://example.org/")._moved("http://example.org/")


def test_addresses_are_asked_without_fragment_and_shown_without_parameters(moody: str) -> None:
    open_endpoint(moody + "?default-graph-uri=urn:g#part").select(ASKED)
    assert parse_qs(urlsplit("?" + Moody.places[0].partition("?")[2]).query) in ({}, {"…": [""]})
    assert Moody.seen[0][1] == ASKED
    Moody.plan = [(500, {}, b"")]
    done = run("--endpoint", f"{moody}?token=SECRET#x", "query", "-", stdin=ASKED)
    assert (done.returncode, done.stderr) == (2, f"nlc-graph: {moody}: it answered 500 Internal Server Error\n")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"SSH-2.0-OpenSSH\r\n", "cannot be reached: it does not answer in HTTP but with 'SSH-2.0-OpenSSH'"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n", "cannot be reached: got more than 100 headers"),
    ],
)
def test_who_does_not_speak_http_is_told_in_plain_words(
    moody: str, line: bytes, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answers(self: Moody) -> None:
        self.wfile.write(line)
        self.close_connection = True

    monkeypatch.setattr(Moody, "do_GET", answers)
    assert told(moody) == said


def test_no_secure_connection(moody: str, monkeypatch: pytest.MonkeyPatch) -> None:
    secure = moody.replace("http:", "https:")
    assert told(secure) == "it does not speak https; is its address one with http://?"
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nope")
    assert told(secure).startswith("the exchange with it failed: Could not find")
    assert "/nope" in told(secure)


def test_no_such_host() -> None:
    assert told("http://nobody.invalid/sparql").startswith("cannot be reached: no such host (")


def test_the_words_of_a_page_are_found_after_its_styles(moody: str) -> None:
    page = b"<html><style>" + b"p {}" * 5000 + b"</style><script>" + b"x" * 5000 + b"</script><p>Out of memory</p>"
    Moody.plan = [(500, HTML, page)]
    assert told(moody) == "it answered 500 Internal Server Error: Out of memory"
    Moody.plan = [(500, HTML, page[:9000])]
    assert told(moody) == "it answered 500 Internal Server Error"


# -- rows that are not what was asked for ---------------------------------------------------------------------------


class Distorting(Moody):
    """An endpoint that asks another, and distorts its rows."""

    behind = ""
    how: Any = None

    def do_GET(self) -> None:
        import urllib.request

        length = int(self.headers.get("Content-Length", 0))
        form = self.rfile.read(length) if length else urlsplit(self.path).query.encode()
        asked = urllib.request.Request(self.behind, form, {"Accept": self.headers["Accept"]})  # noqa: S310
        with urllib.request.urlopen(asked) as given:  # noqa: S310
            media, body = given.headers["Content-Type"], given.read()
        if "json" in media:
            content = json.loads(body)
            for row in content["results"]["bindings"]:
                type(self).how(row)
            body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815


@pytest.fixture
def distorting(addresses: dict[str, str]) -> Iterator[str]:
    """Start an endpoint that distorts what Oxigraph's says of tiny.ttl."""
    Distorting.behind = addresses["oxigraph"]
    server = ThreadingHTTPServer(("127.0.0.1", 0), Distorting)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/sparql"
    server.shutdown()
    server.server_close()


INTEGER = "http://www.w3.org/2001/XMLSchema#integer"


def empties(row: dict[str, Any]) -> None:
    row.clear()


def loses_one(row: dict[str, Any]) -> None:
    for name in [name for name in row if name != "part"][:1]:
        del row[name]


def is_of_part(text: str) -> Any:
    def change(row: dict[str, Any]) -> None:
        if "part" in row:
            row["part"] = {"type": "literal", "value": text, "datatype": INTEGER}

    return change


def garbles_numbers(row: dict[str, Any]) -> None:
    for name, value in row.items():
        if "datatype" in value and name != "part":
            row[name] = {**value, "value": "abc"}


def has_decimals(row: dict[str, Any]) -> None:
    for name, value in row.items():
        if value.get("datatype") == INTEGER:
            row[name] = {**value, "datatype": INTEGER.replace("integer", "decimal"), "value": value["value"] + ".0"}


@pytest.mark.parametrize(
    ("command", "how"),
    [
        *((("show", "Alder"), how) for how in (empties, loses_one, garbles_numbers)),
        *((("show", "Alder"), is_of_part(part)) for part in ("99", "-1")),
        *((("impacts",), how) for how in (empties, garbles_numbers)),
        *((("sheet", "export", "-o", "FILE"), how) for how in (empties, garbles_numbers)),
        *((("passages", "check", "--copy", str(TINY)), how) for how in (empties, loses_one)),
        (("analyse", "timeline"), empties),
    ],
)
def test_rows_that_nobody_asked_for_are_one_line(
    distorting: str, command: tuple[str, ...], how: Any, tmp_path: Path
) -> None:
    from click.testing import CliRunner

    from nlc_graph.cli import cli

    Distorting.how = staticmethod(how)
    words = [str(tmp_path / "sheet.csv") if word == "FILE" else word for word in command]
    done = CliRunner().invoke(cli, ["--endpoint", distorting, *words])
    assert (done.exit_code, list(tmp_path.iterdir())) == (2, []), done.output
    assert done.output.startswith("Error: ") and done.output.count("\n") == 1


def test_a_row_of_no_question_is_told(distorting: str) -> None:
    Distorting.how = staticmethod(is_of_part("-1"))
    done = run("--endpoint", distorting, "show", "Alder")
    said = "its answer is not what was asked for: a row is of part -1 of"
    assert (done.returncode, done.stdout) == (2, "") and said in done.stderr, done.stderr
    Distorting.how = staticmethod(empties)
    done = run("--endpoint", distorting, "find", "writing")
    assert "its answer is not what was asked for: " in done.stderr


def test_an_error_of_our_own_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from nlc_graph.cli import cli

    def wrong(*_: object) -> None:
        raise ValueError("ours")

    monkeypatch.setattr("nlc_graph.cli.find.find_text", wrong)
    done = CliRunner().invoke(cli, [*ONLY_TINY, "find", "x"])
    assert isinstance(done.exception, ValueError)


@pytest.mark.parametrize(
    "command", [("impacts",), ("show", "writing"), ("analyse", "gaps", "--format", "json")], ids=" ".join
)
def test_numbers_may_come_as_decimals(distorting: str, command: tuple[str, ...], addresses: dict[str, str]) -> None:
    Distorting.how = staticmethod(has_decimals)
    expected, done = (run("--endpoint", url, *command) for url in (addresses["oxigraph"], distorting))
    assert (done.returncode, done.stdout, done.stderr) == (0, expected.stdout, expected.stderr)


def test_nothing_is_asked_where_no_word_is_given(moody: str) -> None:
    graph = open_endpoint(moody)
    for text in ("", "  "):
        assert find_text(graph, text).rows == find_near(graph, text).rows == ()
    assert Moody.seen == []


def test_show_tells_the_enquiries_of_facts_within_three_requests(tmp_path: Path, made: list[str]) -> None:
    from click.testing import CliRunner

    from nlc_graph.cli import cli

    build_store(tmp_path / "both", TINY, RIVERSIDE, bundled=False)
    files = ["--no-bundled", "--data", str(TINY), "--data", str(RIVERSIDE)]
    names = ["--prefix", f"t={T}", "--prefix", "r=https://example.org/riverside/"]
    with oxigraph(tmp_path / "both") as url:
        for thing in ("Alder", "story-making"):
            expected, done = (
                CliRunner().invoke(cli, [*where, *names, "show", thing]) for where in (files, ["--endpoint", url])
            )
            assert "enquiry: " in expected.output
            assert done.output == expected.output
            assert len(made) == 3
            made.clear()
