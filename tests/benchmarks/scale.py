"""How loading and asking grow with the evidence, beside rdflib, kglab and Oxigraph itself.

``python -m tests.benchmarks.scale --triples 100000 1200000`` (``make bench`` runs it). Evidence is made by
:mod:`.synthetic`; everything runs once to warm the file cache, then in turn; medians are printed and written to
``build/bench-scale.json``. Whole commands are measured with their start-up, by the clock and in processor time; all
other figures are seconds of processor time, which other work on the machine disturbs least.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from nlc_graph.graph.disk import open_store

from .peers import CLAIMS, EVIDENCE, NETWORKS, USES
from .results import write_results
from .synthetic import write_triples

NLC_GRAPH = [sys.executable, "-m", "nlc_graph"]
#: How a peer makes a graph, and how it reads a file into it.
PEERS = {
    "rdflib": ("rdflib.Graph()", "graph.parse(path)"),
    "kglab": ("kglab.KnowledgeGraph()", "graph.load_rdf(path, format='nt')"),
}
#: Where ``make bench`` puts those that want other versions of what the tests use.
OTHER_PEERS = Path("build") / "peers" / "bin" / "python"
#: A peer reads the file, then is asked what ``impacts`` asks, of all and of one outcome type; prints the seconds that
#: each takes and the peak of memory.
PEER = """
import json, resource, sys, time, {peer}
graph = {made}
times = [time.process_time()]
for path in sys.argv[2:]:
    {read}
times.append(time.process_time())
for queries in json.loads(sys.argv[1]):
    for query in queries:
        for row in graph.query(query):
            pass
    times.append(time.process_time())
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([*(end - start for start, end in zip(times, times[1:])), memory]))
"""
#: The same here.
OURS = """
import json, resource, sys, time
from nlc_graph import Filters, find_impacts, open_graph
times = [time.process_time()]
graph = open_graph(sys.argv[2], bundled=False)
times.append(time.process_time())
find_impacts(graph, full=False)
times.append(time.process_time())
find_impacts(graph, Filters(outcomes=frozenset([sys.argv[1]])), full=False)
times.append(time.process_time())
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([*(end - start for start, end in zip(times, times[1:])), memory]))
"""


def timed(action: Callable[[], object]) -> float:
    """Return the seconds of processor time that something takes: on a shared machine the clock says less."""
    start = time.process_time()
    action()
    return time.process_time() - start


class Run(NamedTuple):
    """What one run of a command took: seconds by the clock, of processor time, and its peak of memory in megabytes."""

    seconds: float
    processor: float
    memory: float


def command(*args: str, statuses: Collection[int] = (0,)) -> Run:
    """Run a command to its end.

    :param statuses: those with which it may end
    """
    start = time.perf_counter()
    process = subprocess.Popen([*NLC_GRAPH, *args], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in statuses:
        raise RuntimeError(f"nlc-graph {' '.join(args)} failed")
    return Run(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def measure(folder: Path, triples: int, runs: int, *, peers: bool) -> dict[str, float]:
    """Measure one size of evidence."""
    file, store = folder / f"{triples}.nt", folder / f"store{triples}"
    with file.open("w", encoding="utf-8") as out:
        written, claims = write_triples(out, triples)
    found: dict[str, float] = {"triples": written, "claims": claims}
    load = command("--no-bundled", "load", str(store), str(file))
    found |= {"load_s": load.seconds, "load_cpu_s": load.processor, "load_MB": load.memory}
    graph = open_store(store)
    network = str(
        graph.select(
            "SELECT ?n { ?c nlc:about ?n . ?n a nlc:Network } GROUP BY ?n ORDER BY DESC(COUNT(*)) LIMIT 1"
        ).rows[0][0]
    )
    outcome = str(
        graph.select("SELECT ?o { ?c nlc:outcome ?o } GROUP BY ?o ORDER BY DESC(COUNT(*)) LIMIT 1").rows[0][0]
    )
    asked = {
        "impacts": ("impacts",),
        "impacts_outcome": ("impacts", "--outcome", outcome),
        "impacts_network": ("impacts", "--network", network),
    }
    for name, args in asked.items():
        measured = [command("--store", str(store), *args) for _ in range(runs + 1)][1:]
        found[f"{name}_s"] = statistics.median(run.seconds for run in measured)
        found[f"{name}_cpu_s"] = statistics.median(run.processor for run in measured)
        found[f"{name}_MB"] = max(run.memory for run in measured)
    if peers:
        found |= _beside_peers(file, outcome)
    shutil.rmtree(store)
    file.unlink()
    return found


def _beside_peers(file: Path, outcome: str) -> dict[str, float]:
    """Load and ask in memory, here and in the peers that are installed; the summary of a store is measured above."""
    queries = [CLAIMS, USES, NETWORKS, EVIDENCE]
    filtered = [query.replace("WHERE {", f"WHERE {{ ?claim nlc:outcome <{outcome}> .", 1) for query in queries]
    names = ("load_s", "query_s", "filtered_s", "MB")
    ours = _printed(sys.executable, OURS, outcome, str(file))
    found = {f"memory_{name}": value for name, value in zip(names, ours, strict=True)}
    for peer, (made, read) in PEERS.items():
        python = sys.executable if find_spec(peer) else str(OTHER_PEERS)
        if os.path.exists(python):
            code = PEER.format(peer=peer, made=made, read=read)
            theirs = _printed(python, code, json.dumps([queries, filtered]), str(file))
            found |= {f"{peer}_{name}": value for name, value in zip(names, theirs, strict=True)}
            found |= {f"{peer}_{name}_ratio": its / own for name, its, own in zip(names, theirs, ours, strict=True)}
    return found


def _printed(python: str, code: str, *args: str) -> list[float]:
    done = subprocess.run([python, "-c", code, *args], check=True, capture_output=True, text=True)
    return [float(value) for value in json.loads(done.stdout.splitlines()[-1])]


def exponent(results: list[dict[str, float]], name: str) -> float:
    """Return the exponent of growth between the smallest and the largest size (1: time grows as triples do)."""
    small, large = results[0], results[-1]
    return math.log(large[name] / small[name]) / math.log(large["triples"] / small["triples"])


def main(sizes: list[int], runs: int, folder: str | None) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        results = [measure(Path(place), size, runs, peers=size <= 1_200_000) for size in sorted(sizes)]
    names = list(dict.fromkeys(name for result in results for name in result))
    for name in names:
        cells = "".join(f"{result.get(name, float('nan')):>14,.3f}" for result in results)
        grown = (
            f"   exponent {exponent(results, name):5.2f}"
            if len(results) > 1 and name.endswith("cpu_s") and all(name in result for result in results)
            else ""
        )
        sys.stdout.write(f"{name:20}{cells}{grown}\n")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    write_results("scale", ("pyoxigraph", "rdflib"), peak_MB=peak, runs=runs, results=results)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, nargs="+", default=[100_000, 1_200_000], help="sizes")
    parser.add_argument("--runs", type=int, default=3, help="runs of each command")
    parser.add_argument("--folder", help="where evidence and stores are made, and taken away")
    given = parser.parse_args()
    main(given.triples, given.runs, given.folder)
