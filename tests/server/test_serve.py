"""``nlc-graph serve`` as a process: what it prints, how it ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner

from nlc_graph.cli import cli
from nlc_graph.evidence.loading import load_store

from ..conftest import TINY
from ..servers import free_port, wait_for

ONLY_TINY = ("--no-bundled", "--data", str(TINY))


def start(*options: str, port: int, env: dict[str, str] | None = None) -> subprocess.Popen[str]:
    """Start ``serve`` and wait until it answers."""
    process = subprocess.Popen(
        [sys.executable, "-m", "nlc_graph", *options, "serve", "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **(env or {})},
    )
    wait_for(f"http://127.0.0.1:{port}/", process)
    return process


def is_refused(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except ConnectionRefusedError:
        return True
    return False


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_and_the_temporary_store_is_removed(tmp_path: Path, number: signal.Signals) -> None:
    port = free_port()
    process = start(*ONLY_TINY, port=port, env={"TMPDIR": str(tmp_path)})
    assert os.listdir(tmp_path)
    process.send_signal(number)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, err.count("\n")) == (128 + number, 1)
    assert os.listdir(tmp_path) == [] and is_refused(port)
    address = next(line.strip() for line in out.splitlines() if "#query=" in line)
    filled_in = parse_qs(urlsplit(address).fragment)
    assert filled_in["endpoint"] == [f"http://127.0.0.1:{port}/query"]
    assert "SELECT" in filled_in["query"][0]


@pytest.mark.slow
def test_a_store_gives_the_same_answers_when_served(tmp_path: Path) -> None:
    store, port = str(tmp_path / "store"), free_port()
    load_store(store, TINY, bundled=False)
    process = start("--store", store, port=port)
    expected = CliRunner().invoke(cli, ["--store", store, "impacts"])
    done = CliRunner().invoke(cli, ["--endpoint", f"http://127.0.0.1:{port}/query", "impacts"])
    process.terminate()
    process.communicate(timeout=20)
    assert expected.exit_code == 0 and done.stdout == expected.stdout


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="looks for processes in /proc")
def test_oxigraph_ends_when_serve_is_killed(tmp_path: Path) -> None:
    store = str(tmp_path / "store")
    load_store(store, TINY, bundled=False)
    process = start("--store", store, port=free_port())

    def servers() -> list[Path]:
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):  # it has ended meanwhile
                command = (folder / "cmdline").read_text(errors="replace")
                found += [folder] if store in command and "serve-read-only" in command else []
        return found

    assert servers()
    process.kill()
    process.communicate()
    until = time.monotonic() + 10
    while servers() and time.monotonic() < until:
        time.sleep(0.05)
    assert servers() == []


@pytest.mark.parametrize(
    "args",
    [
        ("--store", "/nowhere/store", "serve"),
        ("--endpoint", "http://127.0.0.1:9/", "serve"),
        ("serve", "--port", "0"),
        ("serve", "--query-timeout", "99999999999"),
        (*ONLY_TINY, "serve", "--host", ""),
    ],
)
def test_wrong_options_are_refused(args: tuple[str, ...]) -> None:
    done = CliRunner().invoke(cli, args)
    assert (done.exit_code, done.stdout) == (2, "")
