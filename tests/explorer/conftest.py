"""The model of tiny.ttl."""

from __future__ import annotations

import pytest

from nlc_graph import Graph
from nlc_graph.explorer.builder import build_model
from nlc_graph.explorer.model import Model


@pytest.fixture(scope="session")
def model(tiny: Graph) -> Model:
    return build_model(tiny)


def entity(model: Model, label: str) -> int:
    """Return the index of the entity with a label."""
    return [each["label"] for each in model.entities].index(label)


def labels(model: Model, entities: list[int]) -> list[str]:
    return [model.label(each) for each in entities]
