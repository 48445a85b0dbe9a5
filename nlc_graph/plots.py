"""Pictures of findings where people would rather look: ranked dots, a heat map, a timeline in small multiples.

Matplotlib is an extra (``plot``): most of what this package is for needs no picture. No state of Matplotlib is touched,
and the same findings give the same bytes.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from .analysis import Findings
from .errors import NlcGraphError, UnknownFormatError
from .things import Things
from .vocabulary import local_name

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FORMATS = (".svg", ".png")
#: As many rows or panels as a page holds.
MOST_DOTS, MOST_PANELS = 40, 30
INK, FAINT, ACCENT, SECOND = "#1d1d1d", "#c9ced6", "#0b5cad", "#b3541e"
#: Labels are cut to this many characters, as in the explorer's drawing.
LABEL_LENGTH = 44
SETTINGS: dict[Any, Any] = {
    "svg.hashsalt": "nlc-graph",  # identifiers in SVG do not differ from run to run
    "svg.fonttype": "none",  # text stays text: searchable, and read by screen readers
    "text.parse_math": False,  # a dollar sign in a label is a dollar sign
    "font.size": 9,
    "axes.edgecolor": FAINT,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


class NoPictureError(NlcGraphError):
    """There is nothing to draw, no picture for these findings, or nothing to draw it with."""


def draw(findings: Findings, things: Things, suffix: str, *, by: str = "") -> bytes:
    """Draw findings.

    :param suffix: ``.svg`` or ``.png``
    :param by: the column by which a ranking is in order
    :raises UnknownFormatError: for another suffix
    :raises NoPictureError: if Matplotlib is not installed, the findings are of a sort that is not drawn, or empty
    """
    if suffix not in FORMATS:
        raise UnknownFormatError(suffix or "a name without suffix", FORMATS)
    if findings.name not in PICTURES:
        raise NoPictureError(f"there is no picture of {findings.name}; drawn are: {', '.join(PICTURES)}")
    try:
        import matplotlib
        from matplotlib.figure import Figure
    except ImportError as error:
        raise NoPictureError("pictures need Matplotlib: python -m pip install 'nlc-graph[plot]'") from error
    out = io.BytesIO()
    with matplotlib.rc_context(SETTINGS):
        figure = Figure(layout="constrained")
        PICTURES[findings.name](figure, findings, things, by)
        metadata = {"Date": None} if suffix == ".svg" else {}
        figure.savefig(out, format=suffix[1:], dpi=150, metadata=metadata)
    return out.getvalue()


def _ranking(figure: Figure, findings: Findings, things: Things, by: str) -> None:
    rows = _rows(findings, 0)[:MOST_DOTS]
    if by in ("", "breadth"):
        series = {"key features": [row["features"] for row in rows], "networks": [row["networks"] for row in rows]}
    else:
        series = {by: [row[by] for row in rows]}
    total = len(findings.parts[0].rows)
    title = f"{findings.parts[0].name.capitalize()}" + (
        f", the first {len(rows)} of {total}" if total > len(rows) else ""
    )
    _dots(figure, title, [things.label(row["thing"]) for row in rows], series)


def _robustness(figure: Figure, findings: Findings, things: Things, by: str) -> None:
    rows = [row for row in _rows(findings, 0) if row["links_lost"]][:MOST_DOTS]
    labels = [f"{things.label(row['left_out'])} ({row['what']})" for row in rows]
    _dots(figure, "Links lost if one is left out", labels, {"links lost": [row["links_lost"] for row in rows]})


def _peers(figure: Figure, findings: Findings, things: Things, by: str) -> None:
    rows = _rows(findings, 0)[:MOST_DOTS]
    series = {name.replace("_", " "): [row[name] for row in rows] for name in ("by_practices", "by_aims")}
    _dots(figure, "Similarity (Jaccard)", [things.label(row["network"]) for row in rows], series)


def _dots(figure: Figure, title: str, labels: Sequence[str], series: dict[str, list[float]]) -> None:
    if not labels:
        raise NoPictureError("there is nothing to draw: no row was found")
    figure.set_size_inches(7, 1.2 + 0.22 * len(labels))
    axes = figure.subplots()
    places = range(len(labels))
    for (name, values), ink in zip(series.items(), (ACCENT, SECOND), strict=False):
        filled, size = (ink, 28) if ink == ACCENT else ("none", 64)
        axes.scatter(values, places, s=size, edgecolors=ink, facecolors=filled, label=name, zorder=3)
    axes.set_yticks(places, [_short(label) for label in labels])
    axes.invert_yaxis()
    axes.set_xlim(left=0)
    axes.grid(axis="y", color=FAINT, linewidth=0.6)
    axes.tick_params(axis="y", length=0)
    axes.set_title(title, loc="left", color=INK)
    if len(series) > 1:
        axes.legend(frameon=False, loc="lower right")
    else:
        axes.set_xlabel(next(iter(series)))


def _heat_map(figure: Figure, findings: Findings, things: Things, by: str) -> None:
    """Draw practices and networks in the order of the groups; the darker, the more uses the network makes of it."""
    uses = _rows(findings, 2)
    networks = [network for group in _rows(findings, 0) for network in group["networks"]]
    practices = list(dict.fromkeys(use["practice"] for use in uses))
    if not practices:
        raise NoPictureError("there is nothing to draw: no network uses a practice")
    counts = {(use["practice"], use["network"]): len(use["strategies"]) for use in uses}
    cells = [[counts.get((practice, network), 0) for network in networks] for practice in practices]
    figure.set_size_inches(3 + 0.3 * len(networks), 2 + 0.16 * len(practices))
    axes = figure.subplots()
    image = axes.imshow(cells, cmap="Blues", vmin=0, aspect="auto")
    top = max(map(max, cells))
    figure.colorbar(image, shrink=0.3, label="uses (strategies)", ticks=range(0, top + 1, max(1, top // 5)))
    axes.set_xticks(range(len(networks)), [_short(things.label(iri)) for iri in networks], rotation=90)
    axes.set_yticks(range(len(practices)), [_short(things.label(iri)) for iri in practices], fontsize=7)
    axes.set_title("Practices and the networks that use them", loc="left", color=INK)


def _timeline(figure: Figure, findings: Findings, things: Things, by: str) -> None:
    panels: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in _rows(findings, 0):
        if row["kind"] == "level" and row["year"] is not None and row["value"] is not None:
            panels[row["indicator"], row["unit"]].append(row)
    drawn = {key: rows for key, rows in panels.items() if len({row["year"] for row in rows}) > 1}
    if not drawn:
        raise NoPictureError("there is nothing to draw: no indicator has numbers for two years of one unit")
    shown = list(drawn.items())[:MOST_PANELS]
    columns = min(3, len(shown))
    lines = -(-len(shown) // columns)
    figure.set_size_inches(3.2 * columns, 2.2 * lines)
    grid = figure.subplots(lines, columns, squeeze=False)
    for axes in list(grid.flat)[len(shown) :]:
        axes.set_visible(False)
    for axes, ((indicator, unit), rows) in zip(grid.flat, shown, strict=False):
        points = sorted({(row["year"], row["value"]) for row in rows})
        axes.plot(*zip(*points, strict=True), color=ACCENT, linewidth=1.2)
        for year, value, precision in sorted({(row["year"], row["value"], row["precision"] or "") for row in rows}):
            fill = ACCENT if local_name(precision) in ("", "as-stated") else "white"
            axes.plot(year, value, color=ACCENT, marker="o", markersize=4.5, markerfacecolor=fill)
        others = sorted({(row["year"], row["compared"]) for row in rows if row["compared"] is not None})
        axes.plot(
            [year for year, _ in others], [value for _, value in others], color=SECOND, marker="s", linestyle="none"
        )
        if rows[0]["formed"] is not None:
            axes.axvline(rows[0]["formed"], color=FAINT, linestyle="--", zorder=0)
        axes.set_title(
            f"{_short(things.label(indicator))}\n{_short(things.label(unit))}", loc="left", fontsize=7, color=INK
        )
        years = sorted({year for year, _ in (*points, *others)})
        axes.set_xticks(years, [str(year) for year in years], fontsize=7)
        axes.tick_params(axis="y", labelsize=7)
        axes.set_ylabel(things.label(rows[0]["measure"]), fontsize=7)
    caption = "Figures (dots; hollow: a bound, or rounded), comparators (squares), year the network was formed (dashes)"
    figure.suptitle(caption, x=0.01, ha="left", fontsize=8, color=INK)


def _rows(findings: Findings, number: int) -> list[dict[str, Any]]:
    part = findings.parts[number]
    return [dict(zip(part.columns, row, strict=True)) for row in part.rows]


def _short(text: str) -> str:
    plain = "".join(character if character.isprintable() else " " for character in text)
    return plain if len(plain) <= LABEL_LENGTH else plain[: LABEL_LENGTH - 1].rstrip() + "…"


#: Name of findings to how they are drawn.
PICTURES: dict[str, Callable[[Figure, Findings, Things, str], None]] = {
    "rank": _ranking,
    "groups": _heat_map,
    "robustness": _robustness,
    "peers": _peers,
    "timeline": _timeline,
}
