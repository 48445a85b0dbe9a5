"""A module imports only from those above it in this list."""

from __future__ import annotations

import ast
from pathlib import Path

import nlc_graph

ORDER = [
    *(
        "errors",
        "unfinished",
        "vocabulary",
        "bounds",
        "disguise",
        "resources",
        "bundled",
        "document",
        "layout",
        "table",
        "sparql",
        "query",
        "things",
        "graph",
        "answers",
        "endpoint",
        "filters",
        "enquiries",
        "versions",
        "origins",
        "linkage",
        "counting",
        "summary",
        "links",
        "stored",
        "figures",
        "evidence",
        "passages",
        "sheet",
        "validation",
    ),
    *("description", "search", "subgraph", "projection", "analysis", "plots", "export", "explorer", "publication"),
    *("oxigraph", "server", "cli"),
]
PACKAGE = Path(nlc_graph.__file__).parent


def imported(path: Path) -> set[str]:
    """Return the top modules of the package that a file imports, wherever in it."""
    depth = len(path.relative_to(PACKAGE).parts)
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == depth:
            found |= {node.module.split(".")[0]} if node.module else {alias.name for alias in node.names}
    return found


def test_modules_import_only_from_above() -> None:
    wrong = {}
    for path in PACKAGE.rglob("*.py"):
        top = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if top.startswith("__"):
            continue
        below = {name for name in imported(path) if ORDER.index(name) > ORDER.index(top)}
        if below:
            wrong[str(path.relative_to(PACKAGE))] = below
    assert wrong == {}


def test_every_module_has_a_place_in_the_order() -> None:
    names = {path.name.removesuffix(".py") for path in PACKAGE.iterdir() if not path.name.startswith(("_", "py.typed"))}
    assert names == set(ORDER)
