"""Where things stand in the drawing of the whole: networks, practices, outcome types and key features, left to right.

Practices stand in bands, one a family of practices; outcome types in bands, one a key feature. Nothing moves
afterwards.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

T = TypeVar("T", bound=Hashable)

#: Left edge of the four columns, and width of a place in them, in pixels at scale 1.
COLUMN_X = (0, 160, 680, 1200)
PLACE_WIDTH = (140, 168, 168, 140)
#: Places side by side in a band.
ABREAST = 3
ROW_HEIGHT = 25
BAND_GAP = 9
#: Height of a box in the outer columns, whose labels may take three lines.
TALL = 54
#: Where the headings of the columns stand; the first row lies at 0.
HEADING_Y = -28


def bands(column: int, groups: Sequence[Sequence[T]]) -> tuple[dict[T, tuple[float, float]], list[float], float]:
    """Place groups below one another, the members of each side by side and then on the next row.

    :param column: 1 for practices, 2 for outcome types
    :returns: centre of each member, middle of each band, and height of all
    """
    at: dict[T, tuple[float, float]] = {}
    middles: list[float] = []
    top = 0.0
    for group in groups:
        for number, member in enumerate(group):
            row, place = divmod(number, ABREAST)
            x = COLUMN_X[column] + (place + 0.5) * PLACE_WIDTH[column]
            at[member] = (x, top + (row + 0.5) * ROW_HEIGHT)
        rows = -(-len(group) // ABREAST)
        middles.append(top + rows * ROW_HEIGHT / 2)
        top += rows * ROW_HEIGHT + BAND_GAP if group else 0
    return at, middles, max(top - BAND_GAP, 0)


def column(number: int, wanted: Sequence[tuple[T, float]], height: float) -> dict[T, tuple[float, float]]:
    """Place boxes in one column, each as near as can be to the height at which it is wanted, without overlap.

    :param number: 0 for networks, 3 for key features
    :param wanted: boxes and heights
    """
    x = COLUMN_X[number] + PLACE_WIDTH[number] / 2
    ordered = sorted(wanted, key=lambda pair: pair[1])
    ys: list[float] = []
    for _, y in ordered:
        ys.append(max(y, ys[-1] + TALL if ys else TALL / 2))
    # Pushed down too far: push up again from the foot.
    limit = max(height, len(ordered) * TALL) - TALL / 2
    for place in reversed(range(len(ys))):
        ys[place] = min(ys[place], limit)
        limit = ys[place] - TALL
    return {box: (x, y) for (box, _), y in zip(ordered, ys, strict=True)}
