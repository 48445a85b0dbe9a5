"""Time every named query through the package and through Oxigraph, with the same SPARQL, on synthetic evidence.

``python -m tests.benchmarks.queries --triples 1200000`` (``make bench`` runs it). A time is the least processor time of
several runs, from the text to rows of values. Queries that take Oxigraph less than 50 ms are left out of the ratios.
Results are printed, and written to ``build/bench-queries.json``.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from nlc_graph import Graph
from nlc_graph.graph import sparql
from nlc_graph.graph.disk import open_store
from nlc_graph.graph.queries import NamedQuery, named_queries

from .results import write_results
from .scale import command, timed
from .synthetic import write_triples

#: Seconds from which a query counts, and the bound on its time as a multiple of Oxigraph's own.
JUDGED, BOUND = 0.05, 1.1
#: Parameter to a query for its value: the examples in the headers name entities of the bundled evidence.
OFTEN = {
    "network": "SELECT ?x { ?claim nlc:about ?x . ?x a nlc:Network } GROUP BY ?x ORDER BY DESC(COUNT(*)) ?x LIMIT 1",
}


def texts(graph: Graph) -> Iterator[tuple[str, str]]:
    """Yield name and SPARQL of each SELECT query, with its required parameters bound."""
    often = {name: graph.select(query).rows[0][0] for name, query in OFTEN.items()}
    for query in named_queries():
        if sparql.query_form(query.text) == "SELECT":
            yield query.name, query.bind(_given(query, often), graph.resolve)


def _given(query: NamedQuery, often: dict[str, Any]) -> dict[str, object]:
    return {name: often.get(name, value) for name, value in query.required.items()}


def main(triples: int, runs: int, folder: str | None) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        file, store = Path(place) / "synthetic.nt", Path(place) / "store"
        with file.open("w", encoding="utf-8") as out:
            written, _ = write_triples(out, triples)
        command("--no-bundled", "load", str(store), str(file))
        graph, raw = open_store(store), ox.Store.read_only(str(store))
        found = []
        for name, text in texts(graph):

            def by_us(text: str = text) -> None:
                graph.select(text)

            def by_oxigraph(text: str = text) -> None:
                rows: Any = raw.query(text, prefixes=dict(graph.prefixes))
                for row in rows:
                    tuple(row)

            ours, theirs = zip(*((timed(by_us), timed(by_oxigraph)) for _ in range(runs)), strict=True)
            found.append({"query": name, "s": min(ours), "oxigraph_s": min(theirs), "ratio": min(ours) / min(theirs)})
            sys.stderr.write(f"{name} {min(ours):.3f} s {found[-1]['ratio']:.2f}\n")
    judged = sorted((row for row in found if row["oxigraph_s"] >= JUDGED), key=lambda row: -row["ratio"])
    sys.stdout.write(f"{written:,} triples; {len(judged)} of {len(found)} queries take {JUDGED:g} s or more\n")
    for row in judged:
        sys.stdout.write(f"{row['query']:40} {row['s']:8.3f} s {row['ratio']:6.2f} x Oxigraph\n")
    sys.stdout.write(f"bound: {BOUND} x\n")
    write_results("queries", ["pyoxigraph"], triples=written, runs=runs, queries=found)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, default=1_200_000, help="size")
    parser.add_argument("--runs", type=int, default=3, help="runs of each query")
    parser.add_argument("--folder", help="folder for the temporary evidence and store")
    given = parser.parse_args()
    main(given.triples, given.runs, given.folder)
