"""Fuzz the readers with atheris: ``python -m tests.fuzz [TARGET ...] --minutes N`` (``make fuzz``).

What is found lies in ``build/fuzz/TARGET/found``; put it into ``tests/fuzz/found/TARGET`` with the mend, where the
tests read it ever after. The inputs that reach new code stay in ``build/fuzz/TARGET/corpus`` for the next time.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
from pathlib import Path

BUILD = Path("build") / "fuzz"
DICTIONARIES = {
    "rdfxml": "<!ENTITY <!DOCTYPE rdf:about rdf:resource rdf:parseType rdf:nodeID xml:base xml:lang <![CDATA[ &#0;",
    "jsonld": "@context @id @type @graph @list @set @reverse @value @base @import @vocab @nest @included @json",
    "turtle": "@prefix @base PREFIX a true <<( )>> {| |} ~ \"\"\" ''' \\u ^^ _: [] ()",
    "queries": "#+ SELECT ASK CONSTRUCT WHERE FILTER EXISTS UNION OPTIONAL BIND AS VALUES GROUP ?_x_iri << >> ! || NOT",
    "sheet-xlsx-parts": '<row r=" <c r=" t="s" t="inlineStr" <v> <f> 1048576 XFD &#x0; <!DOCTYPE spans=" s="1"',
    "sheet-csv": 'learning+mentors attendance attributed statistic testimony [nlc2005:kingsbridge] " | + ; \t sep=',
    "sheet-cells": "\n1: \n9: 2004/05 -3.5 % | + [urn:x] [http://x/y] attributed improved statistic group: all, pupil",
    "things": "practice: outcome: http:// urn: <> NLC attend learning \u00e9 \u0130 \ufb01",
    "passages": "<!DOCTYPE <script> &#x <!-- ]]> <![CDATA[ \n###\n \u00ad \ufb01 \f",
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET")
    parser.add_argument("--minutes", type=float, default=5, help="for each target [5]")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    known, rest = parser.parse_known_args()
    if known.one:
        return _fuzz(known.one, rest)
    from .targets import TARGETS

    failed = []
    for name in known.targets or TARGETS:
        folder = BUILD / name
        (folder / "corpus").mkdir(parents=True, exist_ok=True)
        (folder / "found").mkdir(exist_ok=True)
        for number, seed in enumerate(TARGETS[name][1]):
            (folder / "corpus" / f"seed-{number}").write_bytes(seed)
        words = DICTIONARIES.get(name, "").split(" ")
        (folder / "words").write_text("".join(f'"{_escaped(word)}"\n' for word in words if word.strip()))
        options = [
            f"-max_total_time={int(known.minutes * 60)}", "-timeout=20", "-rss_limit_mb=2048", "-max_len=4096",
            *([f"-dict={folder / 'words'}"] if name in DICTIONARIES else []),
            f"-artifact_prefix={folder / 'found'}/", "-print_final_stats=1",
        ]  # fmt: skip
        command = [sys.executable, "-m", "tests.fuzz", "--one", name, *options, str(folder / "corpus")]
        before = _processor()
        with (folder / "log").open("w") as log:
            status = subprocess.run(command, stdout=log, stderr=subprocess.STDOUT, check=False).returncode
        units = [
            line.split()[-1]
            for line in (folder / "log").read_text(errors="replace").splitlines()
            if "executed_u" in line
        ]
        found = len(os.listdir(folder / "found"))
        spent = f"{_processor() - before:.0f} s of processor time"
        print(f"{name}: {units[-1] if units else '?'} inputs in {spent}, {found} found, status {status}", flush=True)  # noqa: T201
        failed += [name] if status else []
    return 1 if failed else 0


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _fuzz(name: str, options: list[str]) -> int:
    import atheris

    with atheris.instrument_imports(include=["nlc_graph", "html", "csv", "pypdf"]):
        from .targets import TARGETS
    target = TARGETS[name][0]
    atheris.Setup([f"fuzz-{name}", *options], target)
    atheris.Fuzz()
    return 0


def _escaped(word: str) -> str:
    return "".join(
        f"\\x{byte:02x}" if byte in b'\\"' or not 32 <= byte < 127 else chr(byte) for byte in word.encode("utf-8")
    )


sys.exit(main())
