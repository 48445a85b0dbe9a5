"""Run the command line in this process."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import click

import nlc_graph.cli

TESTS = Path(__file__).parent.parent
TINY = TESTS / "tiny.ttl"
RIVERSIDE = TESTS / "riverside.ttl"
ONLY_TINY = ("--no-bundled", "--data", str(TINY))
#: Two enquiries: "Tiny enquiry" and "Riverside enquiry".
BOTH = (*ONLY_TINY, "--data", str(RIVERSIDE))


class Done(NamedTuple):
    """Exit status and output of a command; ``code`` is the code of the error that ended it, if any."""

    returncode: int
    stdout: str
    stderr: str
    code: str


def run(*args: str, stdin: str | bytes = b"", env: dict[str, str] | None = None) -> Done:
    """Run ``nlc-graph`` with a terminal of 130 columns."""
    given = stdin.encode() if isinstance(stdin, str) else stdin
    streams = {
        "stdin": io.TextIOWrapper(io.BytesIO(given), encoding="utf-8"),
        "stdout": io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline=""),
        "stderr": io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline=""),
    }
    codes: list[str] = []
    fail = nlc_graph.cli.fail

    def record(message: str) -> int:
        _, error, _ = sys.exc_info()
        cause = error.__cause__ if error else None
        codes.append("usage" if isinstance(error, click.UsageError) else getattr(cause, "code", ""))
        return fail(message)

    with (
        patch.multiple(sys, **streams),  # type: ignore[call-overload]
        patch.dict(os.environ, {"COLUMNS": "130", **(env or {})}),
        patch.object(nlc_graph.cli, "fail", record),
    ):
        status = nlc_graph.cli.run(args)
    return Done(status, _content(streams["stdout"]), _content(streams["stderr"]), "".join(codes))


def _content(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


def succeeded(*args: str, stdin: str | bytes = b"") -> str:
    """Run a command that must succeed and return its standard output."""
    done = run(*args, stdin=stdin)
    assert done.returncode == 0, done.stderr
    return done.stdout


def refused(*args: str, stdin: str | bytes = b"", env: dict[str, str] | None = None) -> Done:
    """Run a command that must end with status 2, one line on standard error, and nothing on standard output."""
    done = run(*args, stdin=stdin, env=env)
    assert (done.returncode, done.stdout) == (2, ""), done
    assert done.stderr.startswith("nlc-graph: ") and done.stderr.count("\n") == 1, done.stderr
    return done


def rows(*args: str) -> list[dict[str, str]]:
    """Return the rows of a command as CSV gives them."""
    return list(csv.DictReader(io.StringIO(succeeded(*args, "--format", "csv"))))


def objects(*args: str) -> Any:
    """Return what a command gives as JSON."""
    return json.loads(succeeded(*args, "--format", "json"))
