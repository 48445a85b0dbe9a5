"""A room (a folder or a loose module of the package) imports only from the rooms listed beside it."""

from __future__ import annotations

import ast
from pathlib import Path

import nlc_graph

PACKAGE = Path(nlc_graph.__file__).parent

#: Room to the rooms that it may import. Every room may import the loose modules.
BASE = {"errors", "vocabulary", "resources", "table", "write"}
ROOMS: dict[str, set[str]] = {
    "errors": set(),
    "write": set(),
    "vocabulary": set(),
    "resources": set(),
    "table": set(),
    "graph": set(),
    "evidence": {"graph"},
    "passages": {"graph", "evidence"},
    "sheet": {"graph", "evidence", "passages"},
    "validation": {"graph", "evidence", "passages", "sheet"},
    "projection": {"graph", "evidence"},
    "analysis": {"graph", "evidence", "projection"},
    "export": {"graph", "evidence", "projection"},
    "explorer": {"graph", "evidence", "passages", "projection"},
    "publish": {"graph", "evidence", "sheet", "export", "explorer"},
    "server": {"graph"},
    "api": {"graph", "evidence", "projection", "sheet", "export", "explorer"},
    "cli": {
        *("graph", "evidence", "passages", "sheet", "validation", "projection"),
        *("analysis", "export", "explorer", "publish", "server", "api"),
    },
}


def imports(room: str) -> set[str]:
    """Return the other rooms that a room imports."""
    found: set[str] = set()
    files = [*PACKAGE.glob(f"{room}.py"), *(PACKAGE / room).rglob("*.py")]
    for path in files:
        depth = len(path.relative_to(PACKAGE).parts)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level == depth:
                found |= {node.module.split(".")[0]} if node.module else {alias.name for alias in node.names}
    return found - {room}


def test_rooms_import_only_what_the_table_allows() -> None:
    wrong = {room: imports(room) - allowed - BASE for room, allowed in ROOMS.items()}
    assert {room: extra for room, extra in wrong.items() if extra} == {}


def test_every_room_is_in_the_table() -> None:
    there = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    assert there - {"__init__", "__main__"} == set(ROOMS)
