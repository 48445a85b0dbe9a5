"""Requests a second that ``nlc-graph serve`` answers, beside Oxigraph's own server on the same store.

``python -m tests.benchmarks.serving --seconds 5`` (``make bench`` runs it). Clients ask a named query by GET over
connections that stay open, in turn at each server, several rounds; medians, the time a request takes and the ratio are
printed and written to ``build/bench-serving.json``.
"""

from __future__ import annotations

import argparse
import http.client
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from nlc_graph import open_graph
from nlc_graph.evidence.loading import load_store
from nlc_graph.graph.queries import named_query

from ..servers import nlc_graph, oxigraph
from .results import write_results

#: A short and a long answer.
QUESTIONS: dict[str, dict[str, object]] = {"practices-for-outcome": {"outcome": "attendance"}, "evidence-matrix": {}}


def requests_a_second(url: str, text: str, seconds: float, clients: int) -> float:
    """Ask one query again and again for so many seconds."""
    address = urlsplit(url)
    path = f"{address.path}?{urlencode({'query': text})}"
    until = time.perf_counter() + seconds
    answered = [0] * clients

    def ask(number: int) -> None:
        connection = http.client.HTTPConnection(address.netloc, timeout=60)
        while time.perf_counter() < until:
            connection.request("GET", path, headers={"Accept": "application/sparql-results+json"})
            response = connection.getresponse()
            if response.status != 200 or not response.read():
                raise RuntimeError(f"{url} answers {response.status}")
            answered[number] += 1
        connection.close()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(clients)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(answered) / (time.perf_counter() - start)


def main(seconds: float, rounds: int) -> None:
    """Measure and print."""
    graph = open_graph()
    results = []
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        load_store(store)
        with nlc_graph(store) as one, oxigraph(store) as other:
            for name, parameters in QUESTIONS.items():
                text = named_query(name).bind(parameters, graph.resolve)
                for clients in (1, 4):
                    pairs = [
                        [requests_a_second(url, text, seconds, clients) for url in (one, other)] for _ in range(rounds)
                    ]
                    served, bare = (statistics.median(column) for column in zip(*pairs, strict=True))
                    results.append(
                        {"query": name, "clients": clients, "served": served, "oxigraph": bare, "ratio": served / bare}
                    )
                    more = 1000 * clients * (1 / served - 1 / bare)
                    sys.stdout.write(
                        f"{name:24} {clients} at once {served:8.1f} requests/s, Oxigraph {bare:8.1f}:"
                        f" {served / bare:.2f} x, {more:.1f} ms more a request\n"
                    )
    write_results("serving", ("pyoxigraph", "oxigraph"), rounds=rounds, results=results)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=3, help="of asking, a server and round")
    parser.add_argument("--rounds", type=int, default=3, help="rounds")
    given = parser.parse_args()
    main(given.seconds, given.rounds)
