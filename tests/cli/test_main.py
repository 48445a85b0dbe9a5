"""Options of every command, errors, help, and encodings."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from unittest.mock import patch

import pytest

import nlc_graph.cli
from nlc_graph.cli import COMMANDS

from .runner import BOTH, ONLY_TINY, RIVERSIDE, TINY, refused, rows, run, succeeded


def test_global_options_work_before_and_after_the_command() -> None:
    first = succeeded(*ONLY_TINY, "impacts", "--format", "csv")
    assert succeeded("impacts", *ONLY_TINY, "--format", "csv") == first
    assert succeeded("impacts", "--format", "csv", f"--data={TINY}", "--no-bundled") == first


def test_after_two_dashes_there_are_no_options() -> None:
    assert "--no-bundled" in refused("show", "--", "--no-bundled").stderr


@pytest.mark.parametrize(
    "args",
    [
        ("impacts", "--store"),
        ("--store", "x", "--no-bundled", "impacts"),
        ("--store", "x", "--endpoint", "http://x/", "impacts"),
        ("--store", "x", "load", "y"),
        ("--endpoint", "http://x/", "serve"),
        ("--timeout", "0", "impacts"),
        ("--timeout", "soon", "impacts"),
        ("--prefix", "x", "impacts"),
        ("--prefix", "a b=urn:x:", "impacts"),
        ("passages", "chek"),
        ("export",),
    ],
)
def test_wrong_use(args: tuple[str, ...]) -> None:
    assert refused(*args).code == "usage"


def test_unknown_command_gets_a_suggestion() -> None:
    assert "did you mean impacts?" in refused("impact").stderr


def test_own_prefixes() -> None:
    asked = "SELECT ?n { tt:alder rdfs:label ?n }"
    prefix = ("--prefix", "tt=https://example.org/tiny/")
    assert "Alder NLC" in succeeded(*ONLY_TINY, *prefix, "query", "-", stdin=asked)


def test_every_command_has_help_with_an_example() -> None:
    for command in COMMANDS:
        assert f"nlc-graph {command}" in succeeded(command, "--help").split("Example", 1)[1]
    assert succeeded() == succeeded("--help")


def test_version() -> None:
    assert succeeded("--version").startswith("nlc-graph 0.")


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("--data", "none.ttl", "impacts"), "missing-file"),
        (("--store", "none", "impacts"), "bad-store"),
        (("--endpoint", "http://[", "impacts"), "endpoint-address"),
        (("load", ""), "bad-parameter"),
        (("view", "-o", "-"), "bad-parameter"),
        (("export", "-o", "x.xls"), "unknown-format"),
        (("export", "-o", "/nowhere/at/all/x.ttl"), "unwritable-file"),
        (("show", "\udcff"), ""),
    ],
)
def test_errors(args: tuple[str, ...], code: str) -> None:
    assert refused(*args).code == code


def test_programming_error_keeps_its_traceback() -> None:
    with patch("nlc_graph.cli.find.find_text", side_effect=TypeError), pytest.raises(TypeError):
        run(*ONLY_TINY, "find", "x")


def test_lack_of_memory_is_one_line() -> None:
    with patch("nlc_graph.cli.find.find_text", side_effect=MemoryError):
        assert "not enough memory" in refused(*ONLY_TINY, "find", "x").stderr


def test_data_is_utf_8_whatever_the_terminal() -> None:
    asked = 'SELECT ?x { BIND("Éveil … 日本" AS ?x) }'
    for form in ("csv", "json", "md"):
        stdout = io.TextIOWrapper(io.BytesIO(), encoding="cp1252", errors="replace")
        with patch.multiple(sys, stdout=stdout, stdin=io.TextIOWrapper(io.BytesIO(asked.encode()))):
            assert nlc_graph.cli.run([*ONLY_TINY, "query", "-", "--format", form]) == 0
            assert "Éveil … 日本" in stdout.buffer.getvalue().decode()


def test_identifiers_with_two_meanings_are_warned_of(tmp_path: Path) -> None:
    other = tmp_path / "other.ttl"
    other.write_text(RIVERSIDE.read_text().replace('label "Riverside NLC"', 'label "Another network"'))
    done = run(*BOTH, "--data", str(other), "impacts")
    assert done.returncode == 0 and "r:network means both 'Another network' and 'Riverside NLC'" in done.stderr
    assert run(*BOTH, "impacts").stderr == ""


def test_store_gives_the_same_links(tmp_path: Path) -> None:
    store = str(tmp_path / "store")
    done = run(*ONLY_TINY, "load", store)
    assert done.returncode == 0 and store in done.stderr
    assert rows("--store", store, "impacts") == rows(*ONLY_TINY, "impacts")
