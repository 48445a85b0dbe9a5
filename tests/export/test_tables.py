"""The evidence table."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from nlc_graph import open_graph
from nlc_graph.evidence.subgraph import Subgraph, cut
from nlc_graph.export import to_evidence_csv

from ..conftest import TINY
from .conftest import CLAIM


def rows(part: Subgraph) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(to_evidence_csv(part).decode("utf-8-sig"))))


def test_one_row_for_each_piece_of_evidence(part: Subgraph) -> None:
    of_claim = {
        "claim_id": "t:alder-attendance",
        "claim": "Attendance went up where there are mentors.",
        "about": "a school in Alder",
        "network": "Alder NLC",
        "strategy": "Mentors (Alder)",
        "jointly": "no",
        "outcome": "attendance",
        "key_feature": "Achievement",
        "link": "co-reported",
        "direction": "improved",
        "asserted_by": "authors of the tiny report",
        "section": "Alder",
        "passage_opens": "Alder is a",
        "passage_closes": "said at last",
        "source": "Tiny report",
        "note": "",
    }
    found = rows(part)
    assert [{name: row[name] for name in of_claim} for row in found] == [of_claim, of_claim]
    assert [(row["bearing"], row["kind"], row["voice"]) for row in found] == [
        ("qualifies", "inspection report", ""),
        ("supports", "statistic", ""),
    ]


def changed(folder: Path, before: str, after: str) -> Subgraph:
    """Return a claim of tiny.ttl after a replacement in its text."""
    source = TINY.read_text(encoding="utf-8")
    assert before in source
    (folder / "x.ttl").write_text(source.replace(before, after), encoding="utf-8")
    return cut(open_graph(folder / "x.ttl", bundled=False), [CLAIM])


def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(tmp_path: Path) -> None:
    part = changed(tmp_path, "Stories made writing", "=1+1 writing")
    assert "'=1+1 writing better." in [row["claim"] for row in rows(part)]


@pytest.mark.parametrize("property_", ["nlc:closes", "nlc:section"])
def test_an_incomplete_passage_does_not_prevent_the_export(tmp_path: Path, property_: str) -> None:
    part = changed(tmp_path, property_, "t:other")
    assert [row["evidence"] for row in rows(part)] == ["I write more.", "The authors say so."]
