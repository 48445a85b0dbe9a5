"""Lay out the network of a model: four columns of nodes with fixed positions, joined by lines without arrowheads.

Networks, practices, outcome types and key features stand from left to right. Practices lie in bands, one a family;
outcome types in bands, one a key feature. Positions are centres, in pixels at scale 1.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from statistics import fmean
from typing import Any

from .model import Model, rank_families, shortened

Point = tuple[float, float]
#: Pairs of entities, the left one first, to the number of claims that join them.
Lines = Counter[tuple[int, int]]

#: If there are more nodes than this, only families and key features are drawn, and networks with most claims.
MOST_NODES = 600
#: With too many nodes, so many are drawn of each column.
MOST_IN_COLUMN = 40
#: Sort of an entity to its column.
COLUMNS = {"network": 0, "practice": 1, "outcome": 2, "feature": 3}
#: The columns of practices and outcome types.
INNER = (1, 2)
HEADINGS = ("Networks", "Practices", "Outcome types", "Key features")
COLUMN_X = (0, 160, 680, 1200)
NODE_WIDTH = (140, 168, 168, 140)
#: Nodes side by side in a band.
ABREAST = 3
ROW_HEIGHT = 25
BAND_GAP = 9
#: Height of a box in the outer columns, whose label may take three lines.
BOX_HEIGHT = 54
#: The first row lies at 0.
HEADING_Y = -28


def draw(model: Model) -> tuple[Any, dict[str, int]]:
    """Draw everything that claims of the page join.

    :returns: a pyvis network; its width and height, and the number of practices and outcome types that are not drawn
        because there are too many
    """
    whole = count_lines(model)
    lines = whole if len(_nodes(whole)) <= MOST_NODES else group_lines(model, whole)
    positions, height = place_nodes(model, lines)
    left_out = [node for node in _nodes(whole) - _nodes(lines) if _column(model, node) in INNER]
    sizes = {"width": COLUMN_X[3] + NODE_WIDTH[3], "height": int(height - HEADING_Y + 40), "not_drawn": len(left_out)}
    return _to_pyvis(model, lines, positions), sizes


def count_lines(model: Model) -> Lines:
    """Count the claims behind each line.

    Lines join a network with the practices it used, a practice with the outcome types of its claims, and an outcome
    type with its key feature.
    """
    lines: Lines = Counter()
    for claim in model.claims:
        lines.update(_lines_of(model, claim))
    drawn = {index for index, entity in enumerate(model.entities) if entity["sort"] in COLUMNS}
    return Counter({ends: claims for ends, claims in sorted(lines.items()) if drawn.issuperset(ends)})


def _lines_of(model: Model, claim: Mapping[str, Any]) -> set[tuple[int, int]]:
    practices, outcome = claim.get("practices", ()), claim["outcome"]
    lines = {(practice, outcome) for practice in practices}
    if practices and "feature" in model.entities[outcome]:
        lines.add((outcome, model.entities[outcome]["feature"]))
    for strategy in map(model.entities.__getitem__, claim.get("strategies", ())):
        for network in strategy.get("networks", ()):
            lines |= {(network, practice) for practice in strategy["practices"]}
    return lines


def group_lines(model: Model, lines: Lines) -> Lines:
    """Merge practices into families and outcome types into key features, and keep those with most claims."""
    grouped: Lines = Counter()
    for ends, claims in lines.items():
        left, right = sorted((_group(model, end) for end in ends), key=lambda node: _column(model, node))
        if left != right:
            grouped[left, right] += claims
    kept = {node for column in _columns(model, grouped) for node in column[:MOST_IN_COLUMN]}
    return Counter({ends: claims for ends, claims in grouped.items() if kept.issuperset(ends)})


def _group(model: Model, node: int) -> int:
    entity = model.entities[node]
    if entity["sort"] == "outcome":
        return int(entity.get("feature", node))
    return model.family(node) if entity["sort"] == "practice" else node


def place_nodes(model: Model, lines: Lines) -> tuple[dict[int, Point], float]:
    """Return the position of each node and the height of the whole."""
    networks, practices, outcomes, features = _columns(model, lines)
    features.sort(key=lambda feature: (model.entities[feature].get("number", ""), model.label(feature)))
    left, _, left_height = place_bands(1, _practice_bands(model, practices))
    right, middles, right_height = place_bands(2, _outcome_bands(model, outcomes, features))
    height = max(left_height, right_height, BOX_HEIGHT * max(len(networks), len(features)))
    if not outcomes:
        middles = [(number + 0.5) * height / len(features) for number in range(len(features))]
    inner = left | right
    near: dict[int, list[float]] = {network: [] for network in networks}
    for start, end in lines:
        if start in near and end in inner:
            near[start].append(inner[end][1])
    boxes = place_boxes(0, [(network, fmean(ys or [0])) for network, ys in near.items()], height)
    return inner | boxes | place_boxes(3, list(zip(features, middles, strict=False)), height), height


def _practice_bands(model: Model, practices: Iterable[int]) -> list[list[int]]:
    """Return the practices of each family, the family itself first."""
    families: dict[int, list[int]] = defaultdict(list)
    for practice in practices:
        families[model.family(practice)].append(practice)
    return [sorted(families[family], key=family.__ne__) for family in rank_families(model) if family in families]


def _outcome_bands(model: Model, outcomes: Iterable[int], features: Sequence[int]) -> list[list[int]]:
    """Return the outcome types of each key feature, and last those of none."""
    bands: list[list[int]] = [[] for _ in range(len(features) + 1)]
    for outcome in outcomes:
        feature = model.entities[outcome].get("feature")
        bands[features.index(feature) if feature in features else -1].append(outcome)
    return bands


def _columns(model: Model, lines: Lines) -> list[list[int]]:
    """Return the nodes of each column, those with most claims first, then by label."""
    claims: Counter[int] = Counter()
    for ends, number in lines.items():
        claims.update(dict.fromkeys(ends, number))
    columns: list[list[int]] = [[], [], [], []]
    for node in sorted(claims, key=lambda node: (-claims[node], model.label(node))):
        columns[_column(model, node)].append(node)
    return columns


def place_bands(column: int, bands: Sequence[Sequence[int]]) -> tuple[dict[int, Point], list[float], float]:
    """Place bands below one another, the members of each side by side and then on the next row.

    :param column: 1 for practices, 2 for outcome types
    :returns: position of each member, middle of each band, and height of all
    """
    positions: dict[int, Point] = {}
    middles: list[float] = []
    top = 0.0
    for band in bands:
        for number, member in enumerate(band):
            row, across = divmod(number, ABREAST)
            x = COLUMN_X[column] + (across + 0.5) * NODE_WIDTH[column]
            positions[member] = (x, top + (row + 0.5) * ROW_HEIGHT)
        height = -(-len(band) // ABREAST) * ROW_HEIGHT
        middles.append(top + height / 2)
        top += height + BAND_GAP if band else 0
    return positions, middles, max(top - BAND_GAP, 0)


def place_boxes(column: int, wanted: Sequence[tuple[int, float]], height: float) -> dict[int, Point]:
    """Place boxes in one column without overlap, each as near as possible to its wanted height.

    :param column: 0 for networks, 3 for key features
    :param wanted: boxes and heights
    """
    ordered = sorted(wanted, key=lambda pair: pair[1])
    ys: list[float] = []
    for _, y in ordered:
        ys.append(max(y, ys[-1] + BOX_HEIGHT if ys else BOX_HEIGHT / 2))
    # Boxes that were pushed down too far are pushed up again from the foot.
    limit = max(height, len(ordered) * BOX_HEIGHT) - BOX_HEIGHT / 2
    for index in reversed(range(len(ys))):
        ys[index] = min(ys[index], limit)
        limit = ys[index] - BOX_HEIGHT
    x = COLUMN_X[column] + NODE_WIDTH[column] / 2
    return {box: (x, y) for (box, _), y in zip(ordered, ys, strict=True)}


def _to_pyvis(model: Model, lines: Lines, positions: Mapping[int, Point]) -> Any:
    from pyvis.network import Network  # takes 0.3 s to import

    style = json.loads(files("nlc_graph").joinpath("explorer", "static", "drawing.json").read_text(encoding="utf-8"))
    network = Network(directed=True, cdn_resources="in_line")
    network.options = style["options"]
    for column in sorted({_column(model, node) for node in positions}):
        middle = COLUMN_X[column] + NODE_WIDTH[column] * (ABREAST if column in INNER else 1) / 2
        network.add_node(f"heading {column}", label=HEADINGS[column], x=middle, y=HEADING_Y, **style["heading"])
    for node, (x, y) in positions.items():
        is_inner = _column(model, node) in INNER
        label = shortened(model.label(node), 24 if is_inner else 64) or "…"
        network.add_node(str(node), label=label, x=x, y=y, **style["inner" if is_inner else "outer"])
        if is_inner:
            del network.nodes[-1]["color"]  # which pyvis adds; the options give these nodes their colour
    for number, ((left, right), claims) in enumerate(lines.items()):
        width = round(min(0.6 + claims / 4, 5), 2)
        network.add_edge(str(left), str(right), id=f"e{number}", arrows="", width=width)
    return network


def _nodes(lines: Lines) -> set[int]:
    return {end for ends in lines for end in ends}


def _column(model: Model, node: int) -> int:
    return COLUMNS[model.entities[node]["sort"]]
