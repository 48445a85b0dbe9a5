"""Processes that are killed, interrupted or timed out, streams that are full or closed, folders that are read-only."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nlc_graph.evidence.loading import load_store
from nlc_graph.graph.disk import open_store

from ..cli.runner import ONLY_TINY, TINY
from ..cli.test_validate import SHEET

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="signals and shells of POSIX systems")]
COMMAND = [sys.executable, "-m", "nlc_graph"]
#: No engine counts these solutions in a lifetime.
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
#: Each writing command: the file it writes and its arguments.
WRITERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "export": ("x.ttl", (*ONLY_TINY, "export", "--force", "-o")),
    "export network": ("x.graphml", (*ONLY_TINY, "export", "--force", "-o")),
    "view": ("x.html", (*ONLY_TINY, "view", "--force", "-o")),
    "sheet template": ("x.xlsx", ("sheet", "template", "--force", "-o")),
    "sheet export": ("x.csv", (*ONLY_TINY, "sheet", "export", "--force", "-o")),
    "sheet import": ("x.ttl", ("--no-bundled", "sheet", "import", "SHEET", "--force", "-o")),
    "plot": ("x.svg", (*ONLY_TINY, "analyse", "rank", "--force", "--plot")),
}
MOMENTS = random.Random(2005)  # noqa: S311


def start(*args: str) -> subprocess.Popen[bytes]:
    """Start ``nlc-graph``."""
    return subprocess.Popen([*COMMAND, *args], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def shell(line: str, *args: str, cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run a line of bash in which "$@" is ``nlc-graph`` with arguments."""
    command = ["bash", "-c", line, "bash", *COMMAND, *ONLY_TINY, *args]
    return subprocess.run(command, capture_output=True, cwd=cwd, check=False, timeout=60)


def is_one_line(stderr: bytes) -> bool:
    """Tell whether there is one line of ours."""
    return stderr.startswith(b"nlc-graph: ") and stderr.count(b"\n") == 1


@pytest.mark.parametrize("name", WRITERS)
def test_killed_writer_leaves_the_old_file_or_the_new_one(name: str, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(SHEET)
    file, args = WRITERS[name]
    target = tmp_path / file
    command = [*(str(sheet) if arg == "SHEET" else arg for arg in args), str(target)]
    began = time.monotonic()
    assert start(*command).wait() == 0
    length = time.monotonic() - began
    whole = target.read_bytes()
    for _ in range(3):
        target.write_bytes(b"old")
        process = start(*command)
        time.sleep(length * MOMENTS.uniform(0.5, 1.05))
        process.kill()
        process.wait()
        assert target.read_bytes() in (b"old", whole)


def test_killed_load_leaves_the_old_store_or_the_new_one(tmp_path: Path) -> None:
    store, more = tmp_path / "store", tmp_path / "more.nt"
    more.write_text("".join(f"<urn:a{n}> <urn:b> <urn:c{n % 7}> .\n" for n in range(100_000)))
    load_store(store, TINY, bundled=False)
    for signal_, wait in ((signal.SIGKILL, 0.8), (signal.SIGKILL, 1.2), (signal.SIGINT, 0.8)):
        process = start(*ONLY_TINY, "load", "--force", str(store), str(more))
        time.sleep(wait)
        process.send_signal(signal_)
        process.wait()
        assert open_store(store).ask("ASK { t:alder a nlc:Network }")


def test_interrupt_ends_a_query_at_once_with_one_line() -> None:
    process = start("query", "-")
    assert process.stdin
    process.stdin.write(RUNAWAY.encode())
    process.stdin.close()
    process.stdin = None
    time.sleep(2)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=5)
    assert (process.returncode, out, err) == (130, b"", b"nlc-graph: stopped\n")


def test_timeout_ends_a_query_with_one_line() -> None:
    process = start("--timeout", "1.5", "query", "-")
    out, err = process.communicate(RUNAWAY.encode(), timeout=20)
    assert (process.returncode, out) == (2, b"") and is_one_line(err) and b"--timeout" in err


def test_command_within_its_time_succeeds() -> None:
    out, err = start("--timeout", "60", *ONLY_TINY, "impacts", "attendance").communicate()
    assert b"1 link" in out and err == b""


@pytest.mark.parametrize(
    "args", [("impacts",), ("query", "outcome-types", "--format", "json"), ("--help",)], ids=" ".join
)
def test_full_disk_behind_standard_output(args: tuple[str, ...]) -> None:
    done = shell('"$@" >/dev/full', *args)
    assert done.returncode == 2 and is_one_line(done.stderr) and b"standard output" in done.stderr, done


@pytest.mark.parametrize("streams", ["<&-", ">&-", "2>&-"])
def test_file_is_written_although_a_stream_is_closed(streams: str, tmp_path: Path) -> None:
    done = shell(f'"$@" {streams}', "export", "-o", "x.ttl", cwd=tmp_path)
    assert done.returncode == 0 and (tmp_path / "x.ttl").read_bytes().startswith(b"@prefix"), done


def test_reader_that_closes_the_pipe() -> None:
    done = shell('"$@" | head -1; exit ${PIPESTATUS[0]}', "queries", "--format", "csv")
    assert done.returncode in (0, 2) and not done.stderr


def test_terminal_without_a_letter_shows_a_question_mark() -> None:
    done = shell('PYTHONIOENCODING=latin-1 "$@"', "show", "birch-stories")
    assert done.returncode == 0 and b"?Birch is a ? walls as well?" in done.stdout


def test_file_size_limit_stands_for_a_full_disk(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_bytes(b"old")
    done = shell('ulimit -f 1; exec "$@"', "view", "--force", "-o", str(tmp_path / "x.html"))
    assert done.returncode == 2 and is_one_line(done.stderr), done
    assert (tmp_path / "x.html").read_bytes() == b"old"


@pytest.mark.skipif(not shutil.which("setpriv"), reason="needs setpriv, for root may write anywhere")
def test_folder_that_may_not_be_written(tmp_path: Path) -> None:
    (tmp_path / "x.ttl").write_bytes(b"old")
    tmp_path.chmod(0o500)
    before = "setpriv --bounding-set=-dac_override,-dac_read_search" if os.geteuid() == 0 else ""
    for args in (("export", "--force", "-o", "x.ttl"), ("sheet", "export", "-o", "new.csv"), ("load", "new")):
        done = shell(f'{before} "$@"', *args, cwd=tmp_path)
        assert done.returncode == 2 and is_one_line(done.stderr), done
    assert (tmp_path / "x.ttl").read_bytes() == b"old" and os.listdir(tmp_path) == ["x.ttl"]
