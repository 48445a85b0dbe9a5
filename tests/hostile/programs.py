"""Real commands in processes of their own, stopped or hindered at a moment of one's choice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..conftest import TINY

#: Runs the command line; at the n-th step that touches the folder, does what is asked. The steps are Python's own audit
#: events and calls, so that each of them is a moment at which files are in another state.
PROGRAM = """
import errno, json, os, signal, sys, time

told = json.loads(sys.argv[1])
folder, moment, action = told["folder"], told["moment"], told["action"]
steps = 0
names = ("open", "os.rename", "os.remove", "os.chmod", "os.mkdir", "os.rmdir", "tempfile.mkstemp", "shutil.rmtree")


def step(what):
    global steps
    steps += 1
    if steps != moment:
        return
    if isinstance(action, str):
        os.kill(os.getpid(), getattr(signal, action))
        time.sleep(0.5)  # another thread ends the process meanwhile, unless this step must not be divided
        return
    raise OSError(action, os.strerror(action))


def hook(event, args):
    if event in names and any(isinstance(arg, (str, bytes)) and os.fsdecode(arg).startswith(folder) for arg in args):
        step(event)


def around(name):
    plain = getattr(os, name)

    def called(*args, **kwargs):
        step(name)
        return plain(*args, **kwargs)

    setattr(os, name, called)


sys.argv = ["nlc-graph", *sys.argv[2:]]
import nlc_graph.__main__ as program
for name in told["calls"]:
    around(name)
if told["events"]:
    sys.addaudithook(hook)
try:
    program.main()
finally:
    if told["count"]:
        with open(told["count"], "w") as file:
            file.write(str(steps))
"""
#: Where root is asked whether it may, like anybody else.
AS_ANYBODY = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
ONLY_TINY = ("--no-bundled", "--data", str(TINY))


def run(
    *args: str,
    before: Sequence[str] = (),
    cwd: str | Path | None = None,
    env: Mapping[str, str] | None = None,
    stdin: bytes | None = b"",
    seconds: float = 60,
) -> subprocess.CompletedProcess[bytes]:
    """Run ``nlc-graph``.

    :param before: a program that starts it, such as ``setpriv``
    """
    return subprocess.run(
        [*before, sys.executable, "-m", "nlc_graph", *args],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env={**os.environ, "COLUMNS": "130", **(env or {})},
        timeout=seconds,
        check=False,
    )


def hindered(
    folder: Path, args: Sequence[str], moment: int, action: str | int, *, calls: Sequence[str] = (), events: bool = True
) -> subprocess.CompletedProcess[bytes]:
    """Run ``nlc-graph`` until its n-th step in a folder; then a signal comes, or the step fails with an error number.

    :param calls: functions of ``os`` that count as steps
    :param events: whether opening, renaming and removing files in the folder count
    """
    told = {"folder": str(folder), "moment": moment, "action": action, "calls": calls, "events": events, "count": ""}
    return _started(told, args)


def count_steps(folder: Path, args: Sequence[str], beside: Path, *, calls: Sequence[str] = ()) -> int:
    """Return in how many steps in a folder a command does its work, and let it do it."""
    count = beside / "steps"
    told = {"folder": str(folder), "moment": -1, "action": 0, "calls": calls, "events": True, "count": str(count)}
    done = _started(told, args)
    assert done.returncode == 0, done.stderr
    return int(count.read_text())


def _started(told: Mapping[str, object], args: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps(told), *args],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
        check=False,
        env={**os.environ, "TMPDIR": str(Path(str(told["folder"])) / "tmp")} if _has_tmp(told) else None,
    )


def _has_tmp(told: Mapping[str, object]) -> bool:
    return (Path(str(told["folder"])) / "tmp").is_dir()


def files_in(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder and all below, hidden ones too; folders that are empty count, with a slash."""
    found = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    empty = [path for path in folder.rglob("*") if path.is_dir() and not any(path.iterdir())]
    return {**found, **{f"{path.relative_to(folder)}/": b"" for path in empty}}


def is_one_line(stderr: bytes) -> bool:
    """Tell whether there is one line, of ours, and no traceback."""
    text = stderr.decode("utf-8", errors="replace")
    return text.startswith("nlc-graph: ") and text.count("\n") == 1 and text.endswith("\n")
