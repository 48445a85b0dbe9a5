"""Where things stand in the drawing: networks, practices, outcome types and key features in four columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import networkx as nx

#: Attribute of a node: 0 networks, 1 practices, 2 outcome types, 3 key features.
LAYER = "layer"
#: Left to right, in pixels at scale 1; the canvas is 1,290 wide.
COLUMN_X = (110, 420, 820, 1160)
ROW_HEIGHT = 34


def positions(graph: nx.Graph) -> dict[str, tuple[float, float]]:
    """Return x and y of each node, in pixels.

    Within a column nodes are ordered by the mean place of their neighbours one column on (the barycentre heuristic of
    Sugiyama, Tagawa and Toda 1981), right to left and then left to right, so that lines cross less. Ties keep the
    order of labels, so the same graph gives the same drawing.
    """
    layers: list[list[str]] = [[], [], [], []]
    for node in sorted(graph, key=lambda n: (str(graph.nodes[n].get("label", n)), n)):
        layers[graph.nodes[node][LAYER]].append(node)
    for order in ((2, 1, 0), (1, 2), (1, 0)):
        for layer in order:
            beside = layers[layer + 1] if order[0] > order[-1] else layers[layer - 1]
            layers[layer] = _by_barycentre(layers[layer], beside, graph)
    height = max(map(len, layers)) * ROW_HEIGHT
    return {node: (COLUMN_X[i], y) for i, layer in enumerate(layers) for node, y in _spread(layer, height)}


def _by_barycentre(layer: Sequence[str], beside: Sequence[str], graph: nx.Graph) -> list[str]:
    places = {node: place / max(len(beside), 1) for place, node in enumerate(beside)}
    means: Mapping[str, float] = defaultdict(
        lambda: 1.0,
        {
            node: _mean([places[n] for n in graph[node] if n in places])
            for node in layer
            if any(n in places for n in graph[node])
        },
    )
    return sorted(layer, key=lambda node: means[node])


def _spread(layer: Sequence[str], height: float) -> Iterable[tuple[str, float]]:
    step = height / max(len(layer), 1)
    return ((node, round((place + 0.5) * step, 1)) for place, node in enumerate(layer))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
