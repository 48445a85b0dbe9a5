"""The constraints of the oldest versions follow pyproject.toml."""

from __future__ import annotations

import importlib.util
from pathlib import Path


def test_each_runtime_dependency_is_pinned_to_its_lower_bound() -> None:
    path = Path(__file__).parents[2] / "tools" / "lowest.py"
    spec = importlib.util.spec_from_file_location("lowest", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert {line.partition("==")[0] for line in module.lowest()} >= {
        "click",
        "pyoxigraph",
        "rdflib",
        "networkx",
        "pyvis",
    }
    assert all("==" in line and ">" not in line for line in module.lowest())
