"""The answers of the command line are those of the snapshot; ``python -m tests.answers --write`` renews it."""

from __future__ import annotations

import pytest

from .__main__ import FOLDER, compare


@pytest.mark.slow
@pytest.mark.parametrize("name", ["impacts", "show", "queries", "analyse", "export"])
def test_answers_are_those_of_the_snapshot(name: str) -> None:
    assert compare(FOLDER / f"{name}.json") == []
