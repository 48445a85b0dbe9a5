"""Queries call no other host, however the word SERVICE is hidden, and commands open no socket."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from nlc_graph import open_graph
from nlc_graph.errors import QuerySyntaxError, ServiceError

from ..cli.runner import ONLY_TINY
from ..conftest import in_ci
from .sealed import CAN_SEAL

CALL = "SERVICE <http://127.0.0.1:9/> { ?s ?p ?x }"
#: Texts that hide the word: escapes in names and IRIs, comments, missing spaces.
HIDDEN = {
    "plain": f"{CALL} }}",
    "silent": "service SILENT <http://127.0.0.1:9/> { ?s ?p ?x } }",
    "escaped name": f"""OPTIONAL {{ ?s a:\\' ?o }} {CALL} BIND("'" AS ?q) BIND("" AS ?r) }} #"}}}}""",
    "escaped hash": f"OPTIONAL {{ ?s a:b\\# ?o }} {CALL} }} #\n#}}}}",
    "escaped IRI": f"""OPTIONAL {{ ?s <urn:\\u0041'> ?o }} {CALL} BIND("'" AS ?q) BIND("" AS ?r) }} #"}}}}""",
    "number": f"OPTIONAL {{ ?s ?p 1e5{CALL} }} }}",
    "truth": f"OPTIONAL {{ ?s ?p true{CALL} }} }}",
    "no blank": "SERVICESILENT<http://127.0.0.1:9/> { ?s ?p ?x } }",
    "colon": "SERVICE:x { ?s ?p ?x } }",
    "return": f"# x\r {CALL} }}",
}


@pytest.mark.parametrize("name", HIDDEN)
def test_hidden_service_is_refused(name: str) -> None:
    prefixes = "PREFIX : <http://127.0.0.1:9/> PREFIX SERVICE: <urn:s:> PREFIX a: <urn:>"
    with pytest.raises(QuerySyntaxError):
        open_graph(bundled=False).select(f"{prefixes} SELECT * {{ {HIDDEN[name]}")


def test_names_and_texts_may_contain_the_word() -> None:
    text = (
        "PREFIX a: <urn:> SELECT ?service { BIND('service' AS ?service) OPTIONAL { ?s a:self-service ?x } } # SERVICE"
    )
    assert open_graph(bundled=False).select(text).rows == (("service",),)


@pytest.mark.slow
def test_service_is_called_when_allowed() -> None:
    graph = open_graph(bundled=False)
    graph.allow_service = True
    with pytest.raises(ServiceError):  # nobody answers there
        graph.select(f"SELECT ?x {{ {CALL} }}")


COMMANDS = (
    ("impacts",), ("show", "learning mentors"), ("find", "story"), ("query", "outcome-types"), ("queries",),
    ("compare", "Tiny enquiry", "Tiny enquiry"), ("analyse", "rank"), ("passages", "check", "--copy", "copy.txt"),
    ("validate",), ("export", "-o", "x.ttl"), ("view", "-o", "x.html"), ("sheet", "export", "-o", "x.csv"),
    ("publish", "x", "--date", "2026-01-01"), ("load", "store"),
)  # fmt: skip
SEALED = "from tests.hostile.sealed import seal; seal(); from nlc_graph.cli import main; main()"


def sealed(*args: str, cwd: Path) -> int:
    """Run a command in a process that the kernel kills when it opens an internet socket; return its status."""
    environment = {"PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-c", SEALED, *args]
    return subprocess.run(command, cwd=cwd, capture_output=True, check=False, env=environment).returncode


@pytest.mark.slow
@pytest.mark.skipif(not CAN_SEAL and not in_ci(), reason="sockets are refused by a filter of Linux")
@pytest.mark.parametrize("args", [("--endpoint", "http://127.0.0.1:9/", "impacts"), *COMMANDS], ids=" ".join)
def test_only_endpoint_opens_a_socket(args: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "copy.txt").write_text("Nothing of the sort.")
    if args[0] == "--endpoint":  # otherwise the other cases would prove nothing
        assert sealed(*args, cwd=tmp_path) == -31
    else:
        assert sealed(*ONLY_TINY, *args, cwd=tmp_path) in (0, 1)
