"""Compare what the command line answers with the snapshot in this folder, or write it anew.

``python -m tests.answers`` prints every command whose answer differs, with a diff, and exits with status 1.
``python -m tests.answers --write`` replaces the snapshot. A difference is wanted only where an issue asks for it.
"""

from __future__ import annotations

import argparse
import difflib
import json
import shlex
import sys
from pathlib import Path

from click.testing import CliRunner

from nlc_graph.cli import cli

FOLDER = Path(__file__).parent


def answer(command: str) -> object:
    """Run a command in this process and return its standard output, parsed where it is JSON."""
    result = CliRunner().invoke(cli, shlex.split(command))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    text = result.stdout
    return json.loads(text) if text.startswith(("{", "[")) else text.splitlines()


def snapshot(path: Path) -> dict[str, object]:
    """Return the answers that a file of the snapshot holds, by command."""
    return dict(json.loads(path.read_text(encoding="utf-8")))


def compare(path: Path) -> list[str]:
    """Return the diffs between the answers in a file and those of today, one text a command."""
    found = []
    for command, before in snapshot(path).items():
        old, new = (json.dumps(each, ensure_ascii=False, indent=1).splitlines() for each in (before, answer(command)))
        diff = "\n".join(difflib.unified_diff(old, new, "before", "now", n=1, lineterm=""))
        if diff:
            found.append(f"nlc-graph {command}\n{diff}")
    return found


def write(path: Path) -> None:
    """Replace the answers in a file by those of today."""
    lines = [f"{json.dumps(command)}: {json.dumps(answer(command), ensure_ascii=False)}" for command in snapshot(path)]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def main() -> int:
    """Compare or write, as the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="replace the snapshot")
    parser.add_argument("files", nargs="*", help="parts of it: impacts, show, queries, analyse, export")
    given = parser.parse_args()
    paths = [FOLDER / f"{name}.json" for name in given.files] or sorted(FOLDER.glob("*.json"))
    if given.write:
        for path in paths:
            write(path)
        return 0
    found = [diff for path in paths for diff in compare(path)]
    sys.stdout.write("".join(f"{diff}\n\n" for diff in found))
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
