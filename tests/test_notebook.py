"""The notebook in docs/ runs from top to bottom, and its tables show what the text says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nlc_graph

NOTEBOOK = Path(__file__).parent.parent / "docs" / "notebook.ipynb"


def test_the_notebook_runs(capsys: Any) -> None:
    names: dict[str, Any] = {}
    for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)  # noqa: S102  our own notebook
    assert "unknown-name: no practice is called" in capsys.readouterr().out
    assert names["first"].outcome.label == "attendance"
    assert {"claim", "claim_iri", "outcome", "outcome_iri"} <= set(names["claims"].columns)
    assert len(names["claims"]) == names["graph"]._count("Claim")
    assert nlc_graph.open_graph(bundled=False).impacts().impacts == ()
