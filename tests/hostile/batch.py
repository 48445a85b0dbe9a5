"""Many commands quickly, each in a process of its own: forked from one that has imported what they need.

None of them may open a socket: see :mod:`.sealed`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

#: Takes a command a line and answers with a line. Nothing but importing is done before it forks: no thread, no store.
SERVER = """
import json, os, signal, sys, tempfile, time

from tests.hostile.sealed import CAN_SEAL, seal
import nlc_graph.__main__ as program
import nlc_graph.graph.graph, nlc_graph.validation, nlc_graph.sheet, nlc_graph.table

for line in sys.stdin:
    told = json.loads(line)
    files = [tempfile.TemporaryFile() for _ in range(2)]
    began = time.monotonic()
    child = os.fork()
    if not child:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for number, file in enumerate(files, 1):
            os.dup2(file.fileno(), number)
        if CAN_SEAL:
            seal()
        os.chdir(told["cwd"])
        os.environ.update(told["env"])
        sys.argv = ["nlc-graph", *told["args"]]
        sys.stdin = open(0)
        status = 99
        try:
            program.main()
        except SystemExit as error:
            status = error.code
        except BaseException:
            import traceback
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status or 0)
    while True:
        ended, status, usage = os.wait4(child, os.WNOHANG)
        if ended:
            break
        if time.monotonic() - began > told["seconds"]:
            os.kill(child, signal.SIGKILL)
        time.sleep(0.005)
    texts = []
    for file in files:
        file.seek(0)
        texts.append(file.read(1000000).decode("utf-8", errors="replace"))
    answer = [os.waitstatus_to_exitcode(status), *texts, usage.ru_maxrss // 1024, time.monotonic() - began]
    print(json.dumps(answer), flush=True)
"""


class Done(NamedTuple):
    """How a command ended: its status (negative: the signal that killed it), what it said, megabytes and seconds."""

    status: int
    out: str
    err: str
    megabytes: int
    seconds: float


class Batch:
    """A process that runs commands one after the other."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process = subprocess.Popen(
            [sys.executable, "-c", SERVER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parent.parent.parent,
            env={**os.environ, "COLUMNS": "130"},
        )

    def run(self, *args: str, cwd: Path | None = None, env: dict[str, str] | None = None, seconds: float = 40) -> Done:
        """Run a command."""
        assert self._process.stdin and self._process.stdout
        told: dict[str, Any] = {"args": args, "cwd": str(cwd or self._folder), "env": env or {}, "seconds": seconds}
        self._process.stdin.write(json.dumps(told) + "\n")
        self._process.stdin.flush()
        return Done(*json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(timeout=30)


def is_plain(done: Done, statuses: Sequence[int] = (1, 2)) -> bool:
    """Tell whether a command that was asked for what cannot be says so plainly: no traceback, one line for status 2."""
    said = done.out + done.err
    if done.status not in statuses or "Traceback" in said or "panicked" in said or "Exception ignored" in said:
        return False
    return done.status != 2 or (not done.out and done.err.startswith("nlc-graph: ") and done.err.count("\n") == 1)
