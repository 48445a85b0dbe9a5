"""How long whole commands take, beside the least a command can take and beside a plain rdflib script.

Run with ``make bench``. Runs alternate; medians and ratios are printed, and written to ``build/bench-commands.json``.
"""

from __future__ import annotations

import argparse
import compileall
import json
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path

import nlc_graph
from nlc_graph import open_graph, resources
from nlc_graph.graph.names import PREFERRED
from nlc_graph.graph.queries import named_query

from .peers import CLAIMS, EVIDENCE, NETWORKS, USES
from .results import write_results

QUERY = "practices-for-outcome"
LEAST = "import click, pyoxigraph"
COMMANDS = (f"query {QUERY} -p outcome=attendance --format csv", "impacts")
#: The rdflib script that answers the same as each command; the second runs the queries of ``impacts`` and no rules.
PEERS = ("plain rdflib, the same query", "plain rdflib, the queries of impacts")

#: The same question in plain rdflib: load the same files, run the same queries, write CSV.
RDFLIB = """
import json, sys, rdflib
graph = rdflib.Graph()
for path in sys.argv[2:]:
    graph.parse(path)
for query in json.loads(sys.argv[1]):
    sys.stdout.write(graph.query(query).serialize(format="csv").decode())
"""


def main(runs: int) -> None:
    """Measure and print."""
    # As installed packages are, whether or not PYTHONDONTWRITEBYTECODE keeps Python from doing it at the first run.
    compileall.compile_dir(Path(nlc_graph.__file__).parent, quiet=1)
    files = [str(path) for path in (*resources.ontology_files(), *resources.data_files())]
    text = named_query(QUERY).bind({"outcome": "attendance"}, open_graph().resolve)
    program = str(Path(sys.executable).parent / "nlc-graph")
    commands = {
        LEAST: [sys.executable, "-c", "import click, pyoxigraph"],
        COMMANDS[0]: [program, *COMMANDS[0].split()],
        COMMANDS[1]: [program, "impacts"],
        PEERS[0]: [sys.executable, "-c", RDFLIB, json.dumps([text]), *files],
        PEERS[1]: [
            sys.executable,
            "-c",
            RDFLIB,
            json.dumps([CLAIMS, USES, NETWORKS, EVIDENCE, PREFERRED.replace("THINGS", "")]),
            *files,
        ],
    }
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(runs + 1):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            if number:  # the first run warms the file cache
                seconds[name].append(time.perf_counter() - start)
    medians = {name: statistics.median(times) for name, times in seconds.items()}
    least = medians[LEAST]
    of_rdflib = {name: medians[name] / medians[peer] for name, peer in zip(COMMANDS, PEERS, strict=True)}
    print(f"medians of {runs} runs each, alternating; {platform.machine()}, Python {platform.python_version()}")  # noqa: T201
    print(f"{'':40} {'seconds':>8} {'of least':>9} {'of rdflib':>10}")  # noqa: T201
    for name, median in medians.items():
        ratio = f"{of_rdflib[name]:10.3f}" if name in of_rdflib else ""
        print(f"{name:40} {median:8.3f} {median / least:9.2f} {ratio}")  # noqa: T201
    print("bounds: at most 3 of the least, at most 0.2 of rdflib")  # noqa: T201
    write_results(
        "commands",
        ("click", "pyoxigraph", "rdflib"),
        runs=runs,
        medians=medians,
        of_least={name: median / least for name, median in medians.items()},
        of_rdflib=of_rdflib,
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=11, help="runs of each command")
    main(parser.parse_args().runs)
