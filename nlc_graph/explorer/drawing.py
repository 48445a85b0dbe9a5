"""The whole as a drawing: a pyvis network with fixed places, without physics and without arrowheads."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

import networkx as nx

from .counts import families, wider
from .layers import COLUMN_X, HEADING_Y, PLACE_WIDTH, TALL, bands, column
from .model import Model
from .wording import shortened

#: More things than this are not drawn one by one: only the widest practices and the key features are.
MOST = 600
#: Of networks and of widest practices at most so many are drawn, those with most claims.
MOST_ABREAST = 40
HEADINGS = ("Networks", "Practices", "Outcome types", "Key features")
SORTS = ("network", "practice", "outcome", "feature")
#: Node attribute: 0 networks, 1 practices, 2 outcome types, 3 key features. Edge attribute: number of claims.
LAYER, CLAIMS = "layer", "claims"
INK, QUIET, LINE = "#1c2430", "#b6bdc7", "#8d97a5"
FACE = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"


@dataclass(frozen=True)
class Drawing:
    """The network to draw, and its size in pixels at scale 1.

    :param not_drawn: practices and outcome types with claims that are left out, because there are too many
    """

    network: Any
    width: int
    height: int
    not_drawn: int


def linkage(model: Model) -> nx.Graph:
    """Return the linkage as an undirected graph of networks, practices, outcome types and key features.

    Nodes are places in ``model.things`` with :data:`LAYER`; edges have :data:`CLAIMS`, the number of claims that join
    the two. A network joins the practices it used, a practice the outcome types it is tied to, an outcome type its key
    feature.
    """
    graph: nx.Graph = nx.Graph()
    pairs: Counter[tuple[int, int]] = Counter()
    for claim in model.claims:
        outcome, practices = claim["outcome"], claim.get("practices", ())
        feature = model.things[outcome].get("feature")
        pairs.update((practice, outcome) for practice in practices)
        pairs.update([(outcome, feature)] if practices and feature is not None else [])
        strategies = [model.things[place] for place in claim.get("strategies", ())]
        used = {(n, p) for s in strategies for n in s.get("networks", ()) for p in s.get("practices", ())}
        pairs.update(sorted(used))
    for (one, other), claims in sorted(pairs.items()):
        for place in (one, other):
            graph.add_node(place, **{LAYER: SORTS.index(model.things[place]["sort"])})
        graph.add_edge(one, other, **{CLAIMS: claims})
    return graph


def gathered(model: Model, graph: nx.Graph) -> nx.Graph:
    """Return the linkage with practices gathered in their widest ones and outcome types in their key features."""
    few: nx.Graph = nx.Graph()
    claims: Counter[int] = Counter()
    edges: Counter[tuple[int, int]] = Counter()

    def top(node: int) -> int:
        if graph.nodes[node][LAYER] == 1:
            return wider(model, node)[-1]
        return int(model.things[node].get("feature", node)) if graph.nodes[node][LAYER] == 2 else node

    for one, other, data in graph.edges(data=True):
        ends = tuple(sorted((top(one), top(other))))
        if ends[0] != ends[1]:
            edges[ends[0], ends[1]] += data[CLAIMS]
            claims.update(dict.fromkeys(ends, data[CLAIMS]))
    for sort in SORTS:
        found = [node for node in claims if model.things[node]["sort"] == sort]
        for node in sorted(found, key=lambda n: (-claims[n], n))[:MOST_ABREAST]:
            few.add_node(node, **{LAYER: SORTS.index(sort)})
    few.add_edges_from((a, b, {CLAIMS: n}) for (a, b), n in sorted(edges.items()) if a in few and b in few)
    return few


def draw(model: Model) -> Drawing:
    """Return the drawing of everything that claims of the page tie together."""
    whole = linkage(model)
    graph = whole if whole.number_of_nodes() <= MOST else gathered(model, whole)
    shown = sum(1 for node in whole if whole.nodes[node][LAYER] in (1, 2) and node in graph)
    inner = sum(1 for node in whole if whole.nodes[node][LAYER] in (1, 2))
    at, height = places(model, graph)
    width = COLUMN_X[3] + PLACE_WIDTH[3]
    return Drawing(_pyvis(model, graph, at), width, int(height - HEADING_Y + 40), inner - shown)


def places(model: Model, graph: nx.Graph) -> tuple[dict[int, tuple[float, float]], float]:
    """Return the centre of each node and the height of all, in pixels."""
    layers: list[list[int]] = [[], [], [], []]
    for node in sorted(graph, key=lambda n: (-graph.degree(n, weight=CLAIMS), model.things[n]["label"])):
        layers[graph.nodes[node][LAYER]].append(node)
    tops = families(model)
    by_family: dict[int, list[int]] = defaultdict(list)
    for practice in layers[1]:
        by_family[wider(model, practice)[-1]].append(practice)
    # The family itself comes first in its band.
    practice_bands = [sorted(by_family[top], key=top.__ne__) for top in tops if top in by_family]
    features = sorted(layers[3], key=lambda f: (str(model.things[f].get("number", "")), model.things[f]["label"]))
    by_feature: dict[int | None, list[int]] = defaultdict(list)
    for outcome in layers[2]:
        by_feature[model.things[outcome].get("feature")].append(outcome)
    outcome_bands = [by_feature[feature] for feature in (*features, None)]

    practices, _, left = bands(1, practice_bands)
    outcomes, middles, right = bands(2, outcome_bands)
    height = max(left, right, TALL * max(len(layers[0]), len(features)))
    if not layers[2]:
        middles = [(number + 0.5) * height / len(features) for number in range(len(features))] if features else []
    wanted = [(network, _mean([practices[p][1] for p in graph[network] if p in practices])) for network in layers[0]]
    return {
        **practices,
        **outcomes,
        **column(0, wanted, height),
        **column(3, list(zip(features, middles, strict=False)), height),
    }, height


def _pyvis(model: Model, graph: nx.Graph, at: dict[int, tuple[float, float]]) -> Any:
    from pyvis.network import Network  # 0.3 s that only drawing should pay

    network = Network(directed=True, cdn_resources="in_line")
    for number, heading in enumerate(HEADINGS):
        if any(graph.nodes[node][LAYER] == number for node in graph):
            span = PLACE_WIDTH[number] * (3 if number in (1, 2) else 1)
            network.add_node(
                f"heading {number}",
                label=heading,
                x=COLUMN_X[number] + span / 2,
                y=HEADING_Y,
                shape="text",
                font={"size": 15, "color": INK, "face": FACE},
            )
    for node, (x, y) in at.items():
        layer = graph.nodes[node][LAYER]
        outer = layer in (0, 3)
        look = {
            "margin": 5,
            "font": {"size": 13, "color": INK, "face": FACE},
            "color": {"background": "#ffffff", "border": INK},
            "widthConstraint": {"maximum": PLACE_WIDTH[layer] - 12},
        }
        label = shortened(model.things[node]["label"], 64 if outer else 24) or "…"
        network.add_node(str(node), label=label, x=x, y=y, shape="box", **(look if outer else {}))
        if not outer:  # looks as all do, said once in the options: pyvis gives each node a colour of its own
            del network.nodes[-1]["color"]
    for number, (one, other, data) in enumerate(graph.edges(data=True)):
        if graph.nodes[one][LAYER] > graph.nodes[other][LAYER]:
            one, other = other, one
        width = round(min(0.6 + data[CLAIMS] / 4, 5), 2)
        network.add_edge(str(one), str(other), id=f"e{number}", arrows="", width=width)
    network.options = {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "edges": {
            "smooth": {"enabled": True, "type": "cubicBezier", "forceDirection": "horizontal", "roundness": 0.45},
            "color": {"color": LINE, "opacity": 0.28, "highlight": INK, "hover": INK},
            "hoverWidth": 0.5,
        },
        "nodes": {
            "shapeProperties": {"borderRadius": 3},
            "borderWidth": 1,
            "chosen": False,
            "margin": 3,
            "font": {"size": 12, "color": INK, "face": FACE},
            "color": {"background": "#ffffff", "border": QUIET},
        },
        "interaction": {
            "hover": True,
            "zoomView": False,
            "dragView": False,
            "dragNodes": False,
            "keyboard": {"enabled": False},
        },
    }
    return network


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0
