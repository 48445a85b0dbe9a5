"""Fuzz the readers with atheris: ``python -m tests.fuzz [TARGET ...] --minutes N`` (``make fuzz``).

Inputs that fail are written to ``build/fuzz/TARGET/found``; copy them to ``tests/fuzz/found/TARGET`` with the fix, and
the tests read them from then on.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

BUILD = Path("build") / "fuzz"


def main() -> int:
    """Fuzz each target in a process of its own, or the one that ``--one`` names in this process."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET")
    parser.add_argument("--minutes", type=float, default=5, help="for each target [5]")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    given, rest = parser.parse_known_args()
    if given.one:
        return _fuzz(given.one, rest)
    from .targets import TARGETS

    failed = [name for name in given.targets or TARGETS if _start(name, TARGETS[name][1], given.minutes)]
    print(f"failed: {', '.join(failed) or 'none'}")  # noqa: T201
    return bool(failed)


def _start(name: str, seeds: list[bytes], minutes: float) -> int:
    corpus, found = (BUILD / name / each for each in ("corpus", "found"))
    for folder in (corpus, found):
        folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds):
        (corpus / f"seed-{number}").write_bytes(seed)
    options = [f"-max_total_time={int(minutes * 60)}", "-timeout=20", "-rss_limit_mb=2048", "-max_len=4096"]
    command = [sys.executable, "-m", "tests.fuzz", "--one", name, *options, f"-artifact_prefix={found}/", str(corpus)]
    return subprocess.run(command, check=False).returncode


def _fuzz(name: str, options: list[str]) -> int:
    import atheris

    with atheris.instrument_imports(include=["nlc_graph", "html", "csv", "pypdf"]):
        from .test_fuzz import run_target
    atheris.Setup([f"fuzz-{name}", *options], lambda data: run_target(name, data))
    atheris.Fuzz()
    return 0


sys.exit(main())
