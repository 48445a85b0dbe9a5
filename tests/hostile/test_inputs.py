"""Twenty hostile inputs: an exit status, an error code, and never a traceback. ``test_corpus.py`` has more."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ..cli.runner import ONLY_TINY, Done, refused, run
from .corpus import ILL_TYPED, MALFORMED, ODD_SHEETS, SHEETS, STRANGE, Content


def put(folder: Path, name: str, content: Content) -> str:
    """Write a file and return its path."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def assert_harmless(done: Done) -> None:
    """Check that nothing was read from the system, and that no control character reaches the terminal."""
    output = done.stdout + done.stderr
    assert "root:" not in output and not set(output) & set("\x00\x07\x1b\u202e\u2066")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("nested-blank-nodes.ttl", "bad-syntax"),
        ("nested.jsonld", "too-deep"),
        ("laughs.rdf", "xml-entity"),
        ("external.rdf", "xml-entity"),
        ("remote.jsonld", "bad-syntax"),
        ("page.ttl", "wrong-kind-of-file"),
    ],
)
def test_malformed_rdf_is_refused(name: str, code: str, tmp_path: Path) -> None:
    done = refused("--no-bundled", "--data", put(tmp_path, name, MALFORMED[name]), "impacts")
    assert done.code == code and name in done.stderr
    assert_harmless(done)


@pytest.mark.parametrize("name", ["control.ttl", "imports.ttl", "half.ttl"])
def test_strange_rdf_is_data(name: str, tmp_path: Path) -> None:
    data = ("--data", put(tmp_path, name, STRANGE[name]))
    asked = "SELECT * { VALUES ?s { <urn:a> <urn:o> } ?s ?p ?o }"
    done = run(*ONLY_TINY, *data, "query", "-", stdin=asked)
    assert done.returncode == 0
    assert_harmless(done)


@pytest.mark.parametrize(
    ("name", "status"), [("nulls.csv", 2), ("cut.xlsx", 2), ("far.xlsx", 2), ("many-columns.csv", 2)]
)
def test_broken_sheet_is_refused(name: str, status: int, tmp_path: Path) -> None:
    target = tmp_path / "x.ttl"
    done = run("--no-bundled", "sheet", "import", put(tmp_path, name, SHEETS[name]), "-o", str(target))
    assert done.returncode in (1, status) and done.stderr and not target.exists()
    assert_harmless(done)


def test_formula_in_a_sheet_is_exported_as_text(tmp_path: Path) -> None:
    path, target = put(tmp_path, "formula.csv", ODD_SHEETS["formula.csv"]), str(tmp_path / "x.ttl")
    assert run("--no-bundled", "sheet", "import", path, "-o", target).returncode == 0
    back = tmp_path / "back.csv"
    assert run("--no-bundled", "--data", target, "sheet", "export", "-o", str(back)).returncode == 0
    assert "'=1+1" in back.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("SELECT * { " + "{ " * 200 + "} " * 200 + "}", "too-deep"),
        ("SELECT * { ?s ?p ?o FILTER(" + "!" * 2000 + "?o) }", "too-deep"),
        ("SELECT * { SERVICE <http://127.0.0.1:8099/> { ?s ?p ?o } }", "service-refused"),
        ('INSERT DATA { <urn:a> <urn:b> "x" }', "bad-sparql"),
        (b"\xff\xfeASK {}", "not-utf8"),
    ],
    ids=["nested", "chain", "service", "update", "encoding"],
)
def test_query_is_refused(query: str | bytes, code: str) -> None:
    assert refused(*ONLY_TINY, "query", "-", stdin=query).code == code


@pytest.mark.parametrize(
    "name", ["a" * 100_000, '") } INSERT DATA { <urn:a> <urn:b> "x" } #', "\x1b[31m\u202e", ".*+?(a+)+$"]
)
def test_name_is_not_found(name: str) -> None:
    done = refused(*ONLY_TINY, "show", "--", name)
    assert done.code == "unknown-name"
    assert_harmless(done)


@pytest.mark.skipif(os.name == "nt", reason="pipes and devices of POSIX systems")
def test_pipe_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.ttl")
    assert refused("--no-bundled", "--data", str(tmp_path / "pipe.ttl"), "impacts").code == "wrong-kind-of-file"


def test_value_of_a_wrong_type(tmp_path: Path) -> None:
    old, new = ILL_TYPED["text for a number"]
    content = Path(ONLY_TINY[-1]).read_text(encoding="utf-8").replace(old, new)
    data = ("--no-bundled", "--data", put(tmp_path, "own.ttl", content))
    assert run(*data, "impacts").returncode == 0
    assert run(*data, "analyse", "timeline").returncode == 0
