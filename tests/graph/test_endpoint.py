"""The protocol client: what it sends, how it takes faults, and answers that it refuses as incomplete or unsafe."""

from __future__ import annotations

import base64
import gzip
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest

from nlc_graph import Graph
from nlc_graph.errors import EndpointError, QuerySyntaxError, ReadOnlyGraphError
from nlc_graph.graph import endpoint
from nlc_graph.graph.endpoint import LONGEST_ADDRESS, Endpoint, open_endpoint

from ..conftest import TINY
from ..servers import Answer, Asked, fake_endpoint

pytestmark = pytest.mark.slow

JSON = {"Content-Type": "application/sparql-results+json; charset=utf-8"}
HTML = {"Content-Type": "text/html"}
ONE_ROW = json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "literal", "value": "1"}}]}})
GOOD: Answer = (200, JSON, ONE_ROW.encode())
QUERY = "SELECT ?x { ?s ?p ?x }"
LONG = f"{QUERY} #{'x' * LONGEST_ADDRESS}"
TRIPLES = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
NTRIPLES = b"<urn:a> <urn:p> <urn:b> .\n<urn:a> <urn:p> <urn:c> .\n"
XML = b"""<?xml version="1.0"?><s:sparql xmlns:s="http://www.w3.org/2005/sparql-results#">
<s:head><s:variable name="x"/></s:head><s:results>
<s:result><s:binding name="x"><s:uri>urn:a</s:uri></s:binding></s:result></s:results></s:sparql>"""
RDF = b"""<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<r:Description r:about="urn:a"><r:value>1</r:value></r:Description></r:RDF>"""


class Plan:
    """Answers in order, the last again and again, and the requests that were made."""

    def __init__(self) -> None:
        self.answers: list[Answer] = [GOOD]
        self.asked: list[Asked] = []
        self.url = ""

    def __call__(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def error(self, *answers: Answer, query: str = QUERY) -> EndpointError:
        """Return the error that some answers raise."""
        self.answers = list(answers)
        graph = open_endpoint(self.url)
        with pytest.raises(EndpointError) as error:
            graph.select(query) if query.startswith("SELECT") else graph.triples(query)
        assert error.value.url == self.url and "\n" not in str(error.value)
        return error.value


@pytest.fixture
def plan(monkeypatch: pytest.MonkeyPatch) -> Iterator[Plan]:
    monkeypatch.setattr(endpoint, "BACK_OFF", 0.01)
    for name in ("NLC_ENDPOINT_TOKEN", "NLC_ENDPOINT_USER", "NLC_ENDPOINT_PASSWORD", "NETRC"):
        monkeypatch.delenv(name, raising=False)
    plan = Plan()
    with fake_endpoint(plan) as plan.url:
        yield plan


# -- what is sent -----------------------------------------------------------------------------------------------------


def test_short_queries_are_get_and_long_ones_post_with_the_prefixes_they_use(plan: Plan) -> None:
    graph = open_endpoint(f"{plan.url}?default-graph-uri=urn%3Ag#part", prefixes={"t": "urn:t/"})
    graph.select("SELECT ?x { t:a nlc:value ?x }")
    graph.select(LONG)
    short, long = plan.asked
    assert (short.method, long.method, long.query) == ("GET", "POST", LONG)
    assert short.query == (
        "PREFIX t: <urn:t/> PREFIX nlc: <https://w3id.org/nlc-graph/ontology#> SELECT ?x { t:a nlc:value ?x }"
    )
    assert short.parameters["default-graph-uri"] == long.parameters["default-graph-uri"] == ["urn:g"]
    assert short.headers["Accept"].startswith("application/sparql-results+json")
    assert short.headers["User-Agent"].startswith("nlc-graph/")


@pytest.mark.parametrize(("query", "methods"), [(QUERY, ["GET", "POST"]), (LONG, ["POST", "GET"])])
def test_the_other_method_is_tried_if_one_is_refused(plan: Plan, query: str, methods: list[str]) -> None:
    plan.answers = [(405, {}, b""), GOOD]
    assert open_endpoint(plan.url).select(query).rows == (("1",),)
    assert [asked.method for asked in plan.asked] == methods


def test_credentials_come_from_the_environment_or_netrc(
    plan: Plan, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    basic = "Basic " + base64.b64encode(b"ann:secret").decode()
    monkeypatch.setenv("NLC_ENDPOINT_USER", "ann")
    monkeypatch.setenv("NLC_ENDPOINT_PASSWORD", "secret")
    open_endpoint(plan.url).select(QUERY)
    monkeypatch.setenv("NLC_ENDPOINT_TOKEN", "abc")
    open_endpoint(plan.url).select(QUERY)
    for name in ("NLC_ENDPOINT_TOKEN", "NLC_ENDPOINT_USER"):
        monkeypatch.delenv(name)
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login ann password secret\n")
    (tmp_path / "netrc").chmod(0o600)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    open_endpoint(plan.url).select(QUERY)
    assert [asked.headers["Authorization"] for asked in plan.asked] == [basic, "Bearer abc", basic]


def test_queries_that_are_plainly_wrong_are_not_sent(plan: Plan) -> None:
    graph = open_endpoint(plan.url)
    for text in ("DELETE WHERE { ?s ?p ?o }", "SELECT ?x { SERVICE <http://a/> { ?s ?p ?x } }"):
        with pytest.raises(QuerySyntaxError):
            graph.select(text)
    assert plan.asked == []


@pytest.mark.parametrize(
    "url", ["localhost:7878", "ftp://ann:secret@example.org/?token=secret", "http://", "http://[", "store"]
)
def test_other_addresses_are_refused_without_showing_secrets(url: str) -> None:
    with pytest.raises(EndpointError) as error:
        open_endpoint(url)
    assert error.value.code == "endpoint-address" and "secret" not in str(error.value)


def test_an_endpoint_only_answers(plan: Plan) -> None:
    graph = open_endpoint(plan.url)
    for attempt in (lambda: graph.add(TINY), graph.to_rdflib, lambda: list(graph.authored())):
        with pytest.raises(ReadOnlyGraphError):
            attempt()


# -- retries and redirects --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [429, 502, 503])
@pytest.mark.parametrize("wait", ["", "0", "soon", "99999999999999999999"])
def test_a_busy_endpoint_is_asked_again(plan: Plan, status: int, wait: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint, "LONGEST_WAIT", 0.02)
    plan.answers = [(status, {"Retry-After": wait}, b"busy"), (status, {}, b"busy"), GOOD]
    assert open_endpoint(plan.url).select(QUERY).rows == (("1",),)
    assert len(plan.asked) == 3


def test_an_endpoint_that_hangs_up_is_asked_once_more(plan: Plan) -> None:
    plan.answers = [None, GOOD]
    assert open_endpoint(plan.url).select(QUERY).rows == (("1",),)
    assert plan.error(None).code == "endpoint-unreachable"
    assert len(plan.asked) == 4


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("query", [QUERY, LONG])
def test_redirects_on_the_same_host_are_followed(plan: Plan, status: int, query: str) -> None:
    plan.answers = [(status, {"Location": f"/new?{urlencode({'query': query})}"}, b"moved"), GOOD]
    graph = open_endpoint(f"{plan.url}?key=1")
    graph.select(query)
    graph.select(query)
    assert [asked.path for asked in plan.asked] == ["/sparql", "/new", "/new"]
    assert {asked.method for asked in plan.asked} == {plan.asked[0].method}
    assert all(asked.parameters == {"query": [query], "key": ["1"]} for asked in plan.asked)


def test_other_hosts_are_named_and_not_asked(plan: Plan) -> None:
    for place in ("http://127.0.0.1:9/x", "http://localhost/x", "file:///etc/passwd"):
        error = plan.error((302, {"Location": f"{place}?token=SECRET"}, b""))
        assert error.code == "endpoint-moved" and place in str(error) and "SECRET" not in str(error)
    assert plan.error((302, {"Location": plan.url}, b"")).code == "endpoint-moved"  # again and again


def test_a_redirect_to_https_keeps_the_credentials() -> None:
    engine = Endpoint("http://ann:secret@example.org/query?graph=a")
    engine._redirect("https://example.org/query")
    assert engine._url == "https://ann:secret@example.org/query?graph=a"
    for place in ("http://example.org/query", "https://example.com/query", "https://example.org:8443/query"):
        with pytest.raises(EndpointError):
            engine._redirect(place)


# -- faults -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "code", "shown"),
    [
        ((400, {}, b"Parse error: line 1,\n  unexpected <here>"), "endpoint-error", "Parse error: line 1, unexpected"),
        ((500, HTML, b"<style>p {}</style><p>Out of <b>memory</b></p>"), "endpoint-error", "Out of memory"),
        ((500, {}, QUERY.encode() + b"\nTimeoutException"), "endpoint-error", "TimeoutException"),
        ((401, {}, b""), "endpoint-refused", "NLC_ENDPOINT_USER"),
        ((403, {}, b"follow the policy"), "endpoint-refused", "follow the policy"),
        ((404, {}, b""), "endpoint-missing", "404"),
        ((503, {}, b"down for repair"), "endpoint-busy", "down for repair"),
        ((206, JSON, ONE_ROW.encode()), "endpoint-incomplete", ""),
        (
            (200, {**JSON, "X-SQL-State": "S1TAT", "X-SQL-Message": "time"}, ONE_ROW.encode()),
            "endpoint-incomplete",
            "time",
        ),
        ((200, HTML, b"<html>Welcome"), "endpoint-answer", "text/html"),
        ((200, {}, b"hello"), "endpoint-answer", "no media type"),
        ((200, {"Content-Type": "text/csv"}, b"x\r\n1\r\n"), "endpoint-answer", "text/csv"),
        ((200, JSON, ONE_ROW.encode()[:-30] + b'{"code":"TimeLimit"}'), "endpoint-answer", "TimeLimit"),
        ((200, JSON, b'{"head":{},"boolean":true}'), "endpoint-answer", "truth value"),
        ((200, JSON, b""), "endpoint-answer", ""),
        ((200, {**JSON, "Content-Length": "9999"}, ONE_ROW.encode()), "endpoint-unreachable", ""),
    ],
)
def test_faults_are_one_line_with_the_reason_of_the_endpoint(plan: Plan, answer: Answer, code: str, shown: str) -> None:
    error = plan.error(answer)
    assert error.code == code and shown in str(error)


def test_a_silent_endpoint_is_given_up_after_one_request(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    def wait(self: Plan, asked: Asked) -> Answer:
        self.asked.append(asked)
        time.sleep(0.6)
        return GOOD

    monkeypatch.setattr(Plan, "__call__", wait)
    with pytest.raises(EndpointError) as error:
        open_endpoint(plan.url, timeout=0.2).select(QUERY)
    assert (error.value.code, len(plan.asked)) == ("endpoint-timeout", 1)


def test_endpoints_that_cannot_be_reached(plan: Plan) -> None:
    for url in ("http://127.0.0.1:9/sparql", "http://nobody.invalid/sparql", plan.url.replace("http:", "https:")):
        with pytest.raises(EndpointError) as error:
            open_endpoint(f"{url}?token=SECRET").select(QUERY)
        assert error.value.code == "endpoint-unreachable" and "SECRET" not in str(error.value)


# -- incomplete and unsafe answers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("media", "query", "body"),
    [
        ("application/sparql-results+xml", QUERY, XML),
        ("application/rdf+xml", TRIPLES, RDF),
        ("application/n-triples", TRIPLES, NTRIPLES),
        ("text/turtle", TRIPLES, NTRIPLES),
    ],
)
def test_answers_without_length_must_mark_their_end(plan: Plan, media: str, query: str, body: bytes) -> None:
    chunk = b"%x\r\n%s\r\n" % (len(body), body)
    chunked = {"Content-Type": media, "Content-Length": "", "Transfer-Encoding": "chunked"}
    whole: list[Answer] = [(200, {"Content-Type": media}, body), (200, chunked, chunk + b"0\r\n\r\n")]
    cut: list[Answer] = [
        (200, {"Content-Type": media, "Content-Length": ""}, body[:26]),
        (200, chunked, chunk),
        (200, chunked, chunk[:-9]),
    ]
    (whole if b"</" in body else cut).append((200, {"Content-Type": media, "Content-Length": ""}, body))
    for answer in whole:
        plan.answers = [answer]
        graph = open_endpoint(plan.url)
        assert len(graph.select(query).rows if query == QUERY else graph.triples(query)) >= 1
    for answer in cut:
        assert plan.error(answer, query=query).code in ("endpoint-incomplete", "endpoint-unreachable")


def test_compressed_answers_are_read(plan: Plan) -> None:
    headers = {"Content-Type": "application/n-triples", "Content-Encoding": "gzip"}
    plan.answers = [(200, headers, gzip.compress(NTRIPLES))]
    assert len(open_endpoint(plan.url).triples(TRIPLES)) == 2
    for body in (NTRIPLES, gzip.compress(NTRIPLES)[:-9]):
        length = {"Content-Length": str(len(body) + 9)}
        assert plan.error((200, {**headers, **length}, body), query=TRIPLES).code == "endpoint-unreachable"


TERM = '{"type":"triple","value":{"subject":{"type":"uri","value":"urn:a"},"predicate":{"type":"uri","value":"urn:p"}'


def nested(depth: int) -> bytes:
    """Return a row that holds a triple term in a triple term and so on."""
    term = f'{TERM},"object":' * depth + '{"type":"uri","value":"urn:a"}' + "}}" * depth
    return ('{"head":{"vars":["x"]},"results":{"bindings":[{"x":' + term + "}]}}").encode()


def test_answers_that_would_crash_a_parser_are_refused(plan: Plan) -> None:
    entities = b"<!DOCTYPE r [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>"
    lines = b"<urn:a> <urn:p> " + b"<<( <urn:a> <urn:p> " * 50_000 + b"<urn:x>" + b" )>>" * 50_000 + b" .\n"
    for media, query, body in (
        ("application/sparql-results+xml", QUERY, entities + XML),
        ("application/rdf+xml", TRIPLES, b"<r:RDF>" + b"<r:a>" * 100_000),
        ("application/sparql-results+json", QUERY, nested(50_000)),
        ("application/n-triples", TRIPLES, lines),
    ):
        assert plan.error((200, {"Content-Type": media}, body), query=query).code == "endpoint-answer"
    plan.answers = [(200, JSON, nested(3))]
    assert len(open_endpoint(plan.url).select(QUERY)) == 1


def test_endless_answers_are_given_up(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nlc_graph.graph.responses.MOST_BYTES", 1_000_000)
    assert plan.error((200, JSON, b" " * 5_000_000)).code == "endpoint-too-large"


@pytest.mark.parametrize(
    "body",
    [ONE_ROW.encode().replace(b"]}}", b'],"ordered":true},"link":[1]}'), b"\xef\xbb\xbf" + ONE_ROW.encode()],
    ids=["keys after the rows", "byte order mark"],
)
def test_unusual_answers_are_read(plan: Plan, body: bytes) -> None:
    plan.answers = [(200, JSON, body)]
    assert open_endpoint(plan.url).select(QUERY).rows == (("1",),)


# -- limits and named graphs of real products -------------------------------------------------------------------------

Behaviour = Callable[..., Graph]


@pytest.fixture
def behaving(tiny: Graph) -> Iterator[Behaviour]:
    """Return what opens tiny.ttl behind an endpoint that cuts answers, or keeps its data in a named graph."""
    triples = tiny.triples(TRIPLES)
    store = ox.Store()
    limit: int | None = None
    headers: dict[str, str] = {}

    def answer(asked: Asked) -> Answer:
        found = store.query(asked.query)
        if isinstance(found, ox.QueryTriples):
            body = ox.serialize(list(found)[:limit], format=ox.RdfFormat.N_TRIPLES)
            return 200, {"Content-Type": "application/n-triples"}, body or b""
        content = json.loads(found.serialize(format=ox.QueryResultsFormat.JSON) or b"")
        if "results" in content:
            content["results"]["bindings"] = content["results"]["bindings"][:limit]
        return 200, {**JSON, **headers}, json.dumps(content).encode()

    with fake_endpoint(answer) as url:

        def opened(*, cut: int | None = None, announced: bool = False, named: bool = False) -> Graph:
            nonlocal limit
            limit = cut
            headers.update({"X-SPARQL-MaxRows": str(cut)} if announced else {})
            graph = ox.NamedNode("urn:g") if named else ox.DefaultGraph()
            store.extend(ox.Quad(each.subject, each.predicate, each.object, graph) for each in triples)
            return open_endpoint(url)

        yield opened


@pytest.mark.parametrize(("limit", "announced"), [(100, False), (1000, False), (1234, False), (137, True)])
def test_cut_answers_are_refused(behaving: Behaviour, limit: int, announced: bool) -> None:
    graph = behaving(cut=limit, announced=announced)
    queries: list[Callable[[], object]] = []
    if limit != 1234:  # which rows as JSON do not have by chance, and triples may
        queries.append(lambda: graph.select("SELECT ?s { ?s ?p ?o }"))
    if not announced:
        queries.append(lambda: graph.triples(TRIPLES))
    for query in queries:
        with pytest.raises(EndpointError) as error:
            query()
        assert error.value.code == "endpoint-cut" and f"{limit:,}" in str(error.value)


def test_complete_answers_of_a_round_size_are_returned(behaving: Behaviour) -> None:
    graph = behaving(cut=1000)
    assert len(graph.select("SELECT ?s { ?s ?p ?o } LIMIT 100")) == 100
    assert len(graph.select("SELECT ?s { ?s ?p ?o } LIMIT 1000")) == 1000
    engine = graph._engine
    assert isinstance(engine, Endpoint) and engine.requests == 4


def test_data_in_named_graphs_only_is_told_from_no_data(behaving: Behaviour) -> None:
    graph = behaving(named=True)
    with pytest.raises(EndpointError) as error:
        graph.select("SELECT ?c { ?c a nlc:Claim }")
    assert error.value.code == "endpoint-empty-default" and "urn:g" in str(error.value)


def test_an_empty_answer_is_checked_once(behaving: Behaviour) -> None:
    graph = behaving()
    for _ in range(3):
        assert not graph.ask("ASK { <urn:nothing> ?p ?o }")
    engine = graph._engine
    assert isinstance(engine, Endpoint) and engine.requests == 4
