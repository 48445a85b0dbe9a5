"""A small sheet with nothing wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ..sheet.conftest import CLAIM, FIGURE
from .batch import Batch


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """Return a sheet of two rows, with semicolons."""
    rows = [{**CLAIM}, {**FIGURE}]
    columns = list(dict.fromkeys(column for row in rows for column in row))
    lines = [columns, *([row.get(column, "") for column in columns] for row in rows)]
    path = tmp_path / "sheet.csv"
    path.write_text("".join(";".join(line) + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Batch]:
    """Return what runs many commands quickly."""
    started = Batch(tmp_path_factory.mktemp("batch"))
    yield started
    started.close()
