"""Measure how soon the explorer is ready and reacts, beside a plain pyvis page with the same nodes and lines.

Run with ``make bench``. Both pages are opened from disk in Debian's chromium, without a network; each several times, in
turn. Medians and ratios are printed, and written to ``build/bench-pages.json``.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import TimeoutError as TooLongError

from nlc_graph import open_graph
from nlc_graph.explorer.builder import build_model
from nlc_graph.explorer.layout import count_lines
from nlc_graph.explorer.model import Model
from nlc_graph.explorer.page import render_model

from ..browser.conftest import CHROMIUM, DESK, QUIET
from .large_page import large_model
from .results import write_results

#: What a reader does, as script; each is timed until the page has been laid out again.
ACTIONS = {
    "filter by kind of evidence": "document.querySelector('[data-facet=mark]').click()",
    "clear the filters": "document.getElementById('clear').click()",
    "open a family of practices": "document.querySelector('tbody th[aria-expanded]').click()",
    "open a key feature": "document.querySelector('thead th').click()",
    "open a cell": "document.querySelector('td[data-claims]').click()",
    "table": "document.getElementById('tab-table').click()",
    "sort the table": "document.querySelector('[data-sort=outcome]').click()",
    "neighbours of an outcome type": "explorer.state.change({ view: 'network', selected: [explorer.counts.entities"
    ".find((entity) => entity.sort === 'outcome').id] })",
    "whole network": "explorer.state.select()",
    "search": "(() => { const field = document.getElementById('search'); field.value = 'out';"
    " field.dispatchEvent(new Event('input')); })()",
}
#: Plain pyvis has drawn when its canvas is not empty.
DRAWN = """() => { const canvas = document.querySelector('canvas');
  if (!canvas || !canvas.width) return false;
  return canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value); }"""


def main(runs: int, patience: float) -> None:
    """Measure and print."""
    results: dict[str, object] = {"runs": runs}
    models = {"bundled": build_model(open_graph()), "10,000 entities": large_model()}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET.split())
        results["chromium"] = browser.version
        for name, model in models.items():
            ours, plain = Path(folder) / "ours.html", Path(folder) / "plain.html"
            ours.write_text(render_model(model), encoding="utf-8", newline="\n")
            plain.write_text(_plain_pyvis(model), encoding="utf-8")
            ready: list[float] = []
            acts: list[dict[str, float]] = []
            peer: list[float] = []
            for run in range(runs):
                seconds, actions = _ours(browser, ours)
                ready.append(seconds)
                acts.append(actions)
                if run == 0 or peer[0] < patience:
                    peer.append(_plain(browser, plain, patience))
            median = statistics.median(ready)
            drawn = statistics.median(peer)
            results[name] = {
                "megabytes": round(ours.stat().st_size / 1e6, 2),
                "ready_s": round(median, 3),
                "actions_s": {what: round(statistics.median(a[what] for a in acts), 3) for what in ACTIONS},
                "plain_pyvis_first_drawing_s": round(drawn, 1),
                "plain_pyvis_gave_up": drawn >= patience,
                "ratio_ready_to_plain_pyvis": round(median / drawn, 4),
            }
        browser.close()
    write_results("pages", ["pyvis"], **results)
    print(json.dumps(results, indent=2))  # noqa: T201


def _ours(browser: Browser, file: Path) -> tuple[float, dict[str, float]]:
    page = browser.new_page(viewport=DESK)
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-ready]")
    ready = page.evaluate("performance.now()")
    acts = {}
    for what, script in ACTIONS.items():
        laid_out = f"{script}; document.body.offsetHeight"
        acts[what] = page.evaluate(f"() => {{ const t = performance.now(); {laid_out}; return performance.now() - t }}")
    page.close()
    return ready / 1000, {what: milliseconds / 1000 for what, milliseconds in acts.items()}


def _plain_pyvis(model: Model) -> str:
    """Return pyvis's own page, its defaults, with the nodes and lines of our drawing."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line")
    lines = count_lines(model)
    for node in sorted({end for ends in lines for end in ends}):
        network.add_node(str(node), label=model.label(node))
    for left, right in lines:
        network.add_edge(str(left), str(right))
    return str(network.generate_html())


def _plain(browser: Browser, file: Path, patience: float) -> float:
    page = browser.new_page(viewport=DESK)
    page.route("**/*", lambda route: route.continue_() if route.request.url.startswith("file:") else route.abort())
    start = time.perf_counter()
    try:
        page.goto(file.as_uri(), wait_until="commit")
        page.wait_for_function(DRAWN, timeout=patience * 1000)
        return time.perf_counter() - start
    except TooLongError:
        return patience
    finally:
        page.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--patience", type=float, default=90, help="seconds to wait for plain pyvis")
    given = parser.parse_args()
    main(given.runs, given.patience)
