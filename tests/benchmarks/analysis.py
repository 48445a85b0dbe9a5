"""How long analysis and export take as evidence grows: whole commands, and their parts once the graph is open.

Run with ``make bench``. Made-up evidence of the schema's shape: a claim a use (one in ten joint), 25 claims a network,
as in the enquiry of 2005; practices and outcome types grow with the square root of claims, and few of them draw most
claims (Zipf's law). Results are printed, and written to ``build/bench-analysis.json``.
"""

from __future__ import annotations

import argparse
import gc
import json
import math
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from .results import write_results

SIZES = (1_000, 10_000, 100_000)
SPACE = "https://example.org/made-up/"
BASE = "https://w3id.org/nlc-graph/"
#: What is asked for in issue of speed: seconds and megabytes at the largest size.
BOUNDS = {"rank": 20.0, "gaps": 20.0, "export --around": 3.0}
MEMORY = 1500


def lines(claims: int, seed: int = 1) -> Iterator[str]:
    """Yield N-Triples for a number of claims; the same seed gives the same."""
    chance = random.Random(seed)  # noqa: S311  repeatable on purpose
    nlc, a = f"{BASE}ontology#", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    label, preferred = "http://www.w3.org/2000/01/rdf-schema#label", "http://www.w3.org/2004/02/skos/core#prefLabel"

    def says(thing: str, *pairs: tuple[str, str]) -> str:
        subject = f"<{SPACE}{thing}>"
        return "".join(f"{subject} <{p}> {o if o.startswith(chr(34)) else f'<{o}>'} .\n" for p, o in pairs)

    practices, outcomes = 3 * math.isqrt(claims), math.isqrt(claims)
    networks = max(claims // 25, 10)
    zipf = [[1 / rank for rank in range(1, number + 1)] for number in (practices, outcomes)]
    for name, kind, number in (("practice", "Practice", practices), ("outcome", "OutcomeType", outcomes)):
        for n in range(number):
            yield says(f"{name}-{n}", (a, f"{nlc}{kind}"), (preferred, f'"{name} {n}"'))
    for n in range(networks):
        yield says(f"network-{n}", (a, f"{nlc}Network"), (label, f'"network {n}"'))
        yield says(f"voice-{n}", (a, f"{nlc}Speaker"), (label, f'"voice {n}"'))
        yield says(f"passage-{n}", (a, f"{nlc}Passage"), (f"{nlc}source", f"{SPACE}source"))
    features = "attainment achievement well-being professional-practice future-leaders system-impact".split()
    ties = [f"{BASE}link/{name}" for name in ("attributed", "co-reported", "intended")]
    kinds = [f"{BASE}kind/{name}" for name in ("statistic", "quoted-testimony", "author-statement")]
    for n in range(claims):
        network = chance.randrange(networks)
        for use in range(2 if chance.random() < 0.1 else 1):
            practice = chance.choices(range(practices), zipf[0])[0]
            yield says(
                f"use-{n}-{use}",
                (a, f"{nlc}Strategy"),
                (label, f'"use {n}"'),
                (f"{nlc}practice", f"{SPACE}practice-{practice}"),
                (f"{nlc}usedBy", f"{SPACE}network-{network}"),
                (f"{nlc}statedIn", f"{SPACE}passage-{network}"),
            )
            yield says(f"claim-{n}", (f"{nlc}strategy", f"{SPACE}use-{n}-{use}"))
        yield says(
            f"claim-{n}",
            (a, f"{nlc}Claim"),
            (label, f'"claim {n}"'),
            (f"{nlc}about", f"{SPACE}network-{network}"),
            (f"{nlc}outcome", f"{SPACE}outcome-{chance.choices(range(outcomes), zipf[1])[0]}"),
            (f"{nlc}linkType", chance.choices(ties, (6, 3, 1))[0]),
            (f"{nlc}direction", f"{BASE}direction/improved"),
            (f"{nlc}reportedUnder", f"{BASE}feature/{chance.choice(features)}"),
            (f"{nlc}assertedBy", f"{SPACE}voice-{network}"),
            (f"{nlc}supportedBy", f"{SPACE}item-{n}"),
            (f"{nlc}statedIn", f"{SPACE}passage-{network}"),
        )
        yield says(
            f"item-{n}",
            (a, f"{nlc}EvidenceItem"),
            (f"{nlc}evidenceKind", chance.choice(kinds)),
            (f"{nlc}spokenBy", f"{SPACE}voice-{network}"),
            (f"{nlc}statedIn", f"{SPACE}passage-{network}"),
        )


def command(path: Path, *args: str) -> tuple[float, int]:
    """Run a whole command on a file; return seconds, and megabytes at their highest."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "nlc_graph", "--no-bundled", "--data", str(path), *args],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{args} failed")
    return time.perf_counter() - start, usage.ru_maxrss // 1024


def opened(path: Path) -> dict[str, float]:
    """Return the seconds of each part once the graph is open."""
    from nlc_graph import Filters, open_graph
    from nlc_graph.analysis.centrality import rank_nodes
    from nlc_graph.analysis.gaps import find_gaps
    from nlc_graph.evidence import subgraph
    from nlc_graph.export import to_turtle

    gc.disable()  # as the command line does
    found: dict[str, float] = {}

    def timed(name: str, start: float) -> None:
        found[name] = time.perf_counter() - start

    start = time.perf_counter()
    graph = open_graph(path, bundled=False)
    timed("load", start)
    start = time.perf_counter()
    to_turtle(subgraph.around(graph, [f"{SPACE}network-7"], hops=2))
    timed("export --around", start)
    start = time.perf_counter()
    to_turtle(subgraph.matching(graph, Filters(), [f"{SPACE}practice-50"]))
    timed("export touching", start)
    start = time.perf_counter()
    rank_nodes(graph)
    timed("rank", start)
    start = time.perf_counter()
    find_gaps(graph)
    timed("gaps", start)
    return found


def main(sizes: tuple[int, ...]) -> None:
    """Measure and print."""
    results = []
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            path = Path(folder) / f"{size}.nt"
            with path.open("w", encoding="utf-8") as file:
                file.writelines(lines(size))
            parts = json.loads(
                subprocess.run(
                    [sys.executable, "-m", "tests.benchmarks.analysis", "--open", str(path)],
                    capture_output=True,
                    text=True,
                    check=True,
                ).stdout
            )
            whole = {name: command(path, "analyse", name) for name in ("rank", "gaps")}
            target = str(Path(folder) / f"{size}.ttl")
            around = ("--around", f"{SPACE}network-7", "--hops", "2", "-o", target)
            whole["export --around"] = command(path, "export", *around)
            results.append({"claims": size, "parts": parts, "commands": whole})
            print(f"{size:>8,} claims; once open, in seconds:", *(f"{k} {v:.2f}" for k, v in parts.items()), sep="  ")  # noqa: T201
            for name, (seconds, megabytes) in whole.items():
                print(f"{'':8} whole command, loading the file: {name:16} {seconds:7.2f} s {megabytes:6} MB")  # noqa: T201
    print(f"bounds at 100,000 claims, once open: {BOUNDS} s; {MEMORY} MB")  # noqa: T201
    write_results("analysis", ("networkx", "pyoxigraph"), results=results)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, nargs="*", default=SIZES, help="sizes to measure")
    parser.add_argument("--open", type=Path, help="measure the parts on one file only, and print JSON")
    given = parser.parse_args()
    if given.open:
        print(json.dumps(opened(given.open)))  # noqa: T201
    else:
        main(tuple(given.claims))
