"""Whatever surrounds a command: closed and full streams, no home, other languages, no terminal, odd and huge words."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .batch import Batch, is_plain
from .programs import ONLY_TINY, is_one_line, run

PYTHON = [sys.executable, "-m", "nlc_graph", *ONLY_TINY]
LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="devices and shells of Linux")


def shell(line: str, *args: str, cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run a line of bash in which "$@" stands for the command; what it tells goes to standard error all the same."""
    return subprocess.run(
        ["bash", "-c", line, "bash", *PYTHON, *args], capture_output=True, cwd=cwd, check=False, timeout=60
    )


@LINUX
@pytest.mark.parametrize(
    "args",
    [
        ("impacts",),
        ("query", "outcome-types", "--format", "json"),
        ("validate",),
        ("export", "--format", "turtle", "-o", "-"),
        ("--help",),
    ],
    ids=lambda args: " ".join(args),
)
@pytest.mark.parametrize("stream", [">/dev/full", ">&-"])
def test_printing_to_what_is_full_or_closed(args: tuple[str, ...], stream: str) -> None:
    done = shell(f'"$@" {stream}', *args)
    assert done.returncode == 2 and is_one_line(done.stderr), done
    assert done.stderr.startswith(b"nlc-graph: standard output: ")


@LINUX
@pytest.mark.parametrize("streams", ["<&-", ">&-", "2>&-", "<&- >&-", "<&- >&- 2>&-", "2>/dev/full"])
def test_writing_a_file_needs_no_streams(streams: str, tmp_path: Path) -> None:
    done = shell(f'"$@" {streams}', "export", "-o", "x.ttl", cwd=tmp_path)
    assert done.returncode == (2 if "full" in streams else 0), done
    content = (tmp_path / "x.ttl").read_bytes()
    assert content.startswith(b"@prefix") and b"written to" not in content, "nothing that is told gets into the file"
    assert os.listdir(tmp_path) == ["x.ttl"]
    done = shell(f'"$@" {streams}', "validate", "none.ttl", cwd=tmp_path)
    assert done.returncode == 2 and b"Traceback" not in done.stderr


@LINUX
def test_nothing_comes_from_a_closed_input() -> None:
    done = shell('"$@" <&-', "query", "-")
    assert done.returncode == 2 and is_one_line(done.stderr) and b"the query is empty" in done.stderr
    for content in (b"\xff\xfeASK {}", b"\0" * 100, b"ASK {} " + b"#" * 2_000_000):
        done = run(*ONLY_TINY, "query", "-", stdin=content)
        assert done.returncode == 2 and is_one_line(done.stderr), done


@LINUX
def test_a_reader_that_goes_away() -> None:
    done = shell('"$@" | head -1; exit ${PIPESTATUS[0]}', "queries", "--format", "csv")
    assert done.returncode in (0, 2) and not done.stderr


ENVIRONMENTS: dict[str, dict[str, str]] = {
    "nothing": {},
    "C": {"LANG": "C", "LC_ALL": "C"},
    "ASCII": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "Latin-1": {"PYTHONIOENCODING": "latin-1"},
    "no such language": {"LANG": "xx_XX.none", "LC_ALL": "xx_XX.none"},
    "dumb": {"TERM": "dumb", "NO_COLOR": "1"},
    "no terminal type": {"TERM": ""},
    "one column": {"COLUMNS": "1"},
    "no columns": {"COLUMNS": "0"},
    "odd columns": {"COLUMNS": "-7"},
    "superscript columns": {"COLUMNS": "²"},
    "very wide": {"COLUMNS": "999999999"},
    "no home": {"HOME": "/nonexistent", "MPLCONFIGDIR": "/nonexistent"},
    "no temporary folder": {"TMPDIR": "/nonexistent"},
    "no path": {"PATH": ""},
    "no browser": {"BROWSER": "/nonexistent"},
    "a source that is none": {"NLC_SOURCE": "/nonexistent"},
    "odd": {"NLC_GRAPH_COMPLETE": "1", "PYTHONWARNINGS": "error", "HTTP_PROXY": "http://127.0.0.1:8099/"},
}


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_environments(name: str, tmp_path: Path) -> None:
    for args in (("impacts",), ("validate",), *([DRAWING] if name in ("nothing", "no home", "odd") else [])):
        done = subprocess.run(
            [*PYTHON, *args], env=ENVIRONMENTS[name], cwd=tmp_path, capture_output=True, check=False, timeout=60
        )
        if done.returncode == 2 or b"Traceback" in done.stderr:
            assert name == "a source that is none" and args == ("validate",), (args, done)
            assert is_one_line(done.stderr), done
        assert b"arning" not in done.stderr and b"Matplotlib" not in done.stderr, (args, done.stderr)


DRAWING = ("analyse", "rank", "--plot", "x.svg")
WORDS = {
    "no UTF-8": os.fsdecode(b"\xff\xfe\x80"),
    "huge": "a" * 100_000,
    "many": "a b " * 20_000,
    "many different": " ".join(map(str, range(20_000))),
    "brackets": "((((([[[[[{{{{{" * 100,
    "expression": ".*+?(a+)+$",
    "query": '") } INSERT DATA { <urn:a> <urn:b> "x" } #',
    "IRI": "http://x> . } SERVICE <http://127.0.0.1:8099/> { ?s ?p ?o } #",
    "URN": "urn:x> ?y . <urn:z",
    "control": "\x1b[31m\x07\u202e",
    "blank": "   \t\n",
    "empty": "",
    "minus": "-",
    "format": "%s%n{0}$(x)`y`",
    "number": "9" * 5000,
    "infinite": "inf",
    "no number": "nan",
    "tag": "<script>alert(1)</script>",
    "path": "../../../etc/passwd",
    "joined": "a\u0301" * 2000,
    "capital": "İıſ" * 100,
}
TAKING: tuple[tuple[str, ...], ...] = (
    ("impacts", "--", "WORD"),
    ("impacts", "--practice=WORD"),
    ("impacts", "--feature=WORD", "--kind=WORD"),
    ("find", "--", "WORD"),
    ("show", "--", "WORD"),
    ("query", "--", "WORD"),
    ("query", "practices-for-outcome", "--param=outcome=WORD"),
    ("query", "voices", "--param=role=WORD"),
    ("query", "practices-for-outcome", "--param=WORD"),
    ("queries", "--", "WORD"),
    ("compare", "--", "WORD", "WORD"),
    ("export", "--around=WORD", "-o", "x.ttl"),
    ("export", "-o", "x.ttl", "--format=WORD"),
    ("view", "--around=WORD"),
    ("analyse", "paths", "--", "WORD", "WORD"),
    ("analyse", "peers", "--", "WORD"),
    ("passage", "--copy", "x", "--", "WORD"),
    ("validate", "--", "WORD"),
    ("sheet", "import", "-o", "x.ttl", "--enquiry=WORD", "--", "WORD"),
    ("load", "--", "x", "WORD"),
    ("--prefix=WORD", "impacts"),
    ("--store=WORD", "impacts"),
    ("--timeout=WORD", "impacts"),
    ("--endpoint=WORD", "impacts"),
    ("WORD",),
)


@pytest.mark.parametrize(
    "which",
    [
        which
        if which in ("no UTF-8", "huge", "many", "IRI", "control", "number")
        else pytest.param(which, marks=pytest.mark.slow)
        for which in WORDS
    ],
)
def test_words(which: str, tmp_path: Path, batch: Batch) -> None:
    for taking in TAKING:
        if "--endpoint=WORD" in taking and which == "IRI":
            continue  # a host may be asked where one is named
        data = () if "--store=WORD" in taking or "--endpoint=WORD" in taking else ONLY_TINY
        args = [part.replace("WORD", WORDS[which]) for part in (*data, *taking)]
        done = batch.run(*args, cwd=tmp_path, seconds=20)
        assert is_plain(done, [0, 1, 2]), (taking, done)
        assert not any(c in done.err for c in "\x1b\x07\u202e"), (taking, done)
        assert done.seconds < 15 and done.megabytes < 500, (taking, done.seconds, done.megabytes)
    shutil.rmtree(tmp_path / "x", ignore_errors=True)
    assert set(os.listdir(tmp_path)) <= {"explorer.html", "x.ttl"}
