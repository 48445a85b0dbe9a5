"""Draw findings with Matplotlib: dots for rankings, grids of practices, and small multiples for the timeline.

Matplotlib is an extra (``plot``). Its global settings are not changed, and the same findings give the same bytes.
"""

from __future__ import annotations

import io
import textwrap
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..errors import NlcGraphError, UnknownFormatError
from ..graph.names import NameIndex
from ..table import Ref
from ..vocabulary import local_name
from .findings import Findings

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORMATS = (".svg", ".png")
#: As many dots, panels, and rows or columns of a grid as a page holds.
MAX_DOTS, MAX_PANELS, MAX_CELLS = 40, 30, 80
INK, GREY, BLUE, BROWN = "#1d1d1d", "#c9ced6", "#0b5cad", "#b3541e"
#: Characters of a label that are drawn.
LABEL_LENGTH = 50
#: What a link rests on: colour and legend.
BASES = {
    "figure": (BLUE, "a statistic, perhaps among other evidence"),
    "other": ("#7fb0e0", "other evidence, such as statements of the authors"),
    "testimony": (GREY, "testimony only"),
}
#: Markers of bounds, which point to where the number may be.
BOUNDS = {"at-most": "v", "less-than": "v", "at-least": "^", "more-than": "^"}
SETTINGS: dict[Any, Any] = {
    "svg.hashsalt": "nlc-graph",  # the same identifiers in every run
    "svg.fonttype": "none",  # text stays text: searchable, and read by screen readers
    "text.parse_math": False,  # a dollar sign in a label is a dollar sign
    "font.size": 9,
    "axes.axisbelow": True,
    "axes.edgecolor": GREY,
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
}

Row = Mapping[str, Any]


class NoPictureError(NlcGraphError):
    """There is nothing to draw, no picture of this measure, or no Matplotlib."""

    code = "no-picture"


def draw(findings: Findings, names: NameIndex, suffix: str) -> bytes:
    """Draw findings.

    :param suffix: ``.svg`` or ``.png``
    :raises UnknownFormatError: for another suffix
    :raises NoPictureError: if Matplotlib is not installed, the measure has no picture, or the tables are empty
    """
    if suffix not in FORMATS:
        raise UnknownFormatError(suffix or "a name without suffix", FORMATS)
    if findings.measure not in PICTURES:
        raise NoPictureError(f"there is no picture of {findings.measure}; drawn are: {', '.join(PICTURES)}")
    try:
        import matplotlib
        from matplotlib.figure import Figure
    except ImportError as error:
        raise NoPictureError("pictures need Matplotlib: python -m pip install 'nlc-graph[plot]'") from error
    out = io.BytesIO()
    with matplotlib.rc_context(SETTINGS):
        figure = Figure(layout="constrained")
        PICTURES[findings.measure](figure, findings, names)
        figure.savefig(out, format=suffix[1:], dpi=150, metadata={"Date": None} if suffix == ".svg" else {})
    return out.getvalue()


def _draw_ranking(figure: Figure, findings: Findings, names: NameIndex) -> None:
    (of, table), by = next(iter(findings.tables.items())), findings.order
    columns = {"key features": "features", "networks": "networks"} if by == "breadth" else {by: by}
    _draw_dots(figure, names, [(f"{of.capitalize()} by {by}", list(table), "thing", columns)])


def _draw_robustness(figure: Figure, findings: Findings, names: NameIndex) -> None:
    lost: dict[str, list[Row]] = defaultdict(list)
    for row in findings.tables["one left out"]:
        if row["links_lost"]:
            lost[str(row["what"])].append(row)
    columns = {"links lost": "links_lost"}
    _draw_dots(figure, names, [(f"Links lost without one {w}", rows, "left_out", columns) for w, rows in lost.items()])


def _draw_peers(figure: Figure, findings: Findings, names: NameIndex) -> None:
    columns = {"by practices": "by_practices", "by aims": "by_aims"}
    rows = list(findings.tables["peers"])
    _draw_dots(figure, names, [("Similarity (Jaccard), 0 to 1", rows, "network", columns)])


def _draw_dots(
    figure: Figure, names: NameIndex, panels: Sequence[tuple[str, Sequence[Row], str, Mapping[str, str]]]
) -> None:
    """Draw panels above each other on one scale, with one line for each row.

    :param panels: title, rows, column of the label, and one or two columns of values by legend
    """
    if not any(rows for _, rows, _, _ in panels):
        raise NoPictureError("there is nothing to draw: no row was found")
    limit = MAX_DOTS if len(panels) == 1 else MAX_DOTS // 2
    heights = [1.4 + len(rows[:limit]) for _, rows, _, _ in panels]
    figure.set_size_inches(8, 0.4 + 0.22 * sum(heights))
    grid = figure.subplots(len(panels), squeeze=False, sharex=True, height_ratios=heights)[:, 0]
    for axes, (title, rows, label, columns) in zip(grid, panels, strict=True):
        for (legend, column), colour, size in zip(columns.items(), (BLUE, BROWN), (28, 64), strict=False):
            values = [row[column] for row in rows[:limit]]
            fill = colour if size == 28 else "none"
            axes.scatter(values, range(len(values)), s=size, edgecolors=colour, facecolors=fill, label=legend)
        axes.set_yticks(range(len(values)), [_short(names.label(row[label])) for row in rows[:limit]])
        axes.set_ylim(len(values) - 0.4, -0.6)
        axes.grid(axis="y", color=GREY, linewidth=0.6)
        axes.set_title(title + _part(len(values), len(rows)), color=INK)
    grid[-1].set_xlim(left=0)
    if len(columns) > 1:
        figure.legend(*grid[0].get_legend_handles_labels(), frameon=False, loc="outside lower right", ncols=2)
    else:
        grid[-1].set_xlabel(legend)


def _draw_groups(figure: Figure, findings: Findings, names: NameIndex) -> None:
    """Draw practices and networks in the order of communities; the darker a cell, the more strategies."""
    counts = {(row["practice"], row["network"]): len(row["strategies"]) for row in findings.tables["uses"]}  # type: ignore[arg-type]
    if not counts:
        raise NoPictureError("there is nothing to draw: no network uses a practice")
    communities: list[Row] = list(findings.tables["communities"])
    networks = [network for row in communities for network in row["networks"]]
    practices = [practice for row in communities for practice in row["practices"]]
    cells = [[counts.get((practice, network), float("nan")) for network in networks] for practice in practices]
    axes = _grid(figure, networks, practices, names)
    image = axes.imshow(cells, cmap="Blues", vmin=0, aspect="auto")
    figure.colorbar(image, shrink=0.3, label="strategies", ticks=range(max(counts.values()) + 1))
    down, across = -0.5, -0.5
    for row in communities:
        down, across = down + len(row["practices"]), across + len(row["networks"])
        axes.axhline(down, color=GREY, linewidth=0.8)
        axes.axvline(across, color=GREY, linewidth=0.8)
    figure.suptitle(
        "Practices and the networks that use them\nLines separate communities.", x=0.01, ha="left", color=INK
    )


def _draw_gaps(figure: Figure, findings: Findings, names: NameIndex) -> None:
    """Draw practices by outcome types: what each link rests on, and the suggested links."""
    links: list[Row] = list(findings.tables["links by evidence"])
    suggested: list[Row] = list(findings.tables["suggested links"])
    if not links:
        raise NoPictureError("there is nothing to draw: no practice is linked to an outcome type")
    practices, outcomes = (_most_linked(links, suggested, column) for column in ("practice", "outcome"))
    axes = _grid(figure, outcomes, practices, names)

    def scatter(rows: Iterable[Row], **style: Any) -> None:
        shown = [row for row in rows if row["practice"] in practices and row["outcome"] in outcomes]
        columns = [outcomes.index(row["outcome"]) for row in shown]
        axes.scatter(columns, [practices.index(row["practice"]) for row in shown], **style)

    for basis, (colour, legend) in BASES.items():
        scatter((r for r in links if r["basis"] == basis), marker="s", s=44, color=colour, label=legend, linewidths=0)
    scatter(suggested, s=26, facecolors="none", edgecolors=BROWN, label="no link; similar practices suggest one")
    axes.grid(color=GREY, linewidth=0.3)
    of_practices = _part(len(practices), len({row["practice"] for row in links}))
    of_outcomes = _part(len(outcomes), len({row["outcome"] for row in links}))
    axes.set_title(f"Practices{of_practices} by outcome types{of_outcomes}: what a link rests on", color=INK)
    figure.legend(loc="outside lower left", frameon=False, ncols=2)


def _most_linked(links: Sequence[Row], suggested: Sequence[Row], column: str) -> list[Ref]:
    """Return the practices or outcome types with most links; among equals those of suggested links come first."""
    counts = Counter(row[column] for row in links)
    wanted = {row[column] for row in suggested}
    return sorted(counts, key=lambda iri: (-counts[iri], iri not in wanted, iri))[:MAX_CELLS]


def _grid(figure: Figure, columns: Sequence[Ref], rows: Sequence[Ref], names: NameIndex) -> Axes:
    figure.set_size_inches(3.6 + 0.2 * len(columns), 3.6 + 0.16 * len(rows))
    axes: Axes = figure.subplots()
    axes.set_xticks(range(len(columns)), [_short(names.label(iri)) for iri in columns], rotation=90, fontsize=7)
    axes.xaxis.tick_top()
    axes.set_yticks(range(len(rows)), [_short(names.label(iri)) for iri in rows], fontsize=7)
    axes.set_xlim(-0.6, len(columns) - 0.4)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.tick_params(length=0)
    return axes


def _draw_timeline(figure: Figure, findings: Findings, names: NameIndex) -> None:
    panels: dict[tuple[Any, Any], list[Row]] = defaultdict(list)
    for row in findings.tables["figures"]:
        if row["kind"] == "level" and row["year"] is not None and row["value"] is not None:
            panels[row["indicator"], row["unit"]].append(row)
    drawn = [(key, rows) for key, rows in panels.items() if len({row["year"] for row in rows}) > 1]
    if not drawn:
        raise NoPictureError("there is nothing to draw: no indicator has numbers for two years of one unit")
    shown = drawn[:MAX_PANELS]
    columns = min(3, len(shown))
    lines = -(-len(shown) // columns)
    figure.set_size_inches(3.4 * columns, 0.8 + 2.2 * lines)
    grid = figure.subplots(lines, columns, squeeze=False).flat
    for axes in grid[len(shown) :]:
        axes.set_visible(False)
    for axes, (key, rows) in zip(grid, shown, strict=False):
        _draw_panel(axes, rows, names)
        title = [line for iri in key for line in textwrap.wrap(_short(names.label(iri)), 40)]
        axes.set_title("\n".join(title), fontsize=7, color=INK)
    figure.suptitle(
        f"Figures by year{_part(len(shown), len(drawn))}\n"
        "dot: figure (hollow: approximate; triangle: at least, at most); square: comparator; dashes: network formed",
        fontsize=8,
    )


def _draw_panel(axes: Axes, rows: Sequence[Row], names: NameIndex) -> None:
    """Draw the figures of one indicator and unit; no line leads to a bound, whose number is unknown."""
    points = sorted({(row["year"], row["value"], local_name(row["precision"] or "")) for row in rows})
    known = [(year, value) for year, value, precision in points if precision not in BOUNDS]
    axes.plot(*zip(*known, strict=True), color=BLUE, linewidth=1.2) if known else None
    for year, value, precision in points:
        fill = BLUE if precision in ("", "as-stated") else "white"
        axes.plot(year, value, color=BLUE, marker=BOUNDS.get(precision, "o"), markersize=5, markerfacecolor=fill)
    for row in rows:
        axes.plot(row["year"], row["compared"], color=BROWN, marker="s") if row["compared"] is not None else None
    formed = {row["formed"] for row in rows if row["formed"] is not None}
    for year in formed:
        axes.axvline(year, color=GREY, linestyle="--", linewidth=1, zorder=0)
    axes.set_xticks(sorted({year for year, _, _ in points} | formed))
    axes.xaxis.set_major_formatter("{x:.0f}")
    axes.tick_params(labelsize=7)
    axes.margins(x=0.08, y=0.12)
    axes.set_ylabel(names.label(rows[0]["measure"]), fontsize=7)


def _part(shown: int, every: int) -> str:
    return f", the first {shown} of {every}" if every > shown else ""


def _short(text: str) -> str:
    plain = "".join(character if character.isprintable() else " " for character in text)
    return plain if len(plain) <= LABEL_LENGTH else plain[: LABEL_LENGTH - 1].rstrip() + "…"


#: Name of a measure to how it is drawn.
PICTURES: dict[str, Callable[[Figure, Findings, NameIndex], None]] = {
    "rank": _draw_ranking,
    "groups": _draw_groups,
    "robustness": _draw_robustness,
    "gaps": _draw_gaps,
    "peers": _draw_peers,
    "timeline": _draw_timeline,
}
