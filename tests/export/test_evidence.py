"""The evidence table."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from nlc_graph import open_graph
from nlc_graph.evidence.subgraph import Subgraph, cut
from nlc_graph.export import to_evidence_csv

from ..conftest import TINY
from .conftest import CLAIM


def test_csv_has_a_row_for_each_piece_of_evidence(part: Subgraph) -> None:
    rows = list(csv.DictReader(io.StringIO(to_evidence_csv(part).decode("utf-8-sig"))))
    assert [(row["bearing"], row["kind"], row["strategy"], row["passage_opens"]) for row in rows] == [
        ("qualifies", "inspection report", "Mentors (Alder)", "Alder is a"),
        ("supports", "statistic", "Mentors (Alder)", "Alder is a"),
    ]
    assert rows[0]["network"] == "Alder NLC"


def test_cells_that_a_spreadsheet_would_run_become_text(tmp_path: Path) -> None:
    source = TINY.read_text(encoding="utf-8").replace("Stories made writing", "=1+1 writing")
    (tmp_path / "x.ttl").write_text(source, encoding="utf-8")
    graph = open_graph(tmp_path / "x.ttl", bundled=False)
    assert "'=1+1 writing better." in to_evidence_csv(cut(graph, [CLAIM])).decode("utf-8-sig")
