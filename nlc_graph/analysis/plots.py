"""Pictures of findings where people would rather look: ranked dots, heat maps, a timeline in small multiples.

Matplotlib is an extra (``plot``): most of what this package is for needs no picture. No state of Matplotlib is touched,
and the same findings give the same bytes.
"""

from __future__ import annotations

import io
import textwrap
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from ..analysis import Findings
from ..errors import NlcGraphError, UnknownFormatError
from ..graph.names import NameIndex
from ..vocabulary import local_name

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORMATS = (".svg", ".png")
#: As many rows, panels, and rows or columns of a heat map as a page holds.
MOST_DOTS, MOST_PANELS, MOST_CELLS = 40, 30, 80
INK, FAINT, ACCENT, SECOND = "#1d1d1d", "#c9ced6", "#0b5cad", "#b3541e"
#: Labels are cut to this many characters, as in the explorer's drawing.
LABEL_LENGTH = 44
#: Where nothing else says what a row is, such as the name of a network, this many.
LONG_LABEL = 60
#: What decides the order of a ranking by breadth.
BREADTH = ("features", "networks")
#: What a link rests on, as the analysis tells it: colour, and words.
BASES = {
    "figure": (ACCENT, "a statistic, perhaps among other evidence"),
    "other": ("#7fb0e0", "other evidence, such as statements of the authors"),
    "testimony": ("#c3cad3", "testimony only"),
}
#: How a bound is marked: it points to where the figure may be.
BOUNDS = {"at-most": "v", "less-than": "v", "at-least": "^", "more-than": "^"}
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


def draw(findings: Findings, things: NameIndex, suffix: str, *, by: str = "") -> bytes:
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


def _ranking(figure: Figure, findings: Findings, things: NameIndex, by: str) -> None:
    rows = _rows(findings, 0)[:MOST_DOTS]
    series = {by: [row[by] for row in rows]} if by not in ("", "breadth") else {}
    series = series or {f"key {name}" if name == "features" else name: [row[name] for row in rows] for name in BREADTH}
    title = f"{findings.parts[0].name.capitalize()} by {by or 'breadth'}" + _of(len(rows), len(findings.parts[0].rows))
    (axes,) = _dots_above_each_other(figure, [(title, [things.label(row["thing"]) for row in rows], series)])
    if len(series) == 1:
        axes.set_xlabel(by)


def _robustness(figure: Figure, findings: Findings, things: NameIndex, by: str) -> None:
    """Draw one panel for networks, kinds of evidence and voices each, on one scale."""
    found = [row for row in _rows(findings, 0) if row["links_lost"]]
    panels = []
    for what in dict.fromkeys(row["what"] for row in found):
        every = [row for row in found if row["what"] == what]
        rows = every[: MOST_DOTS // 2]
        title = f"Links lost without one {what}{_of(len(rows), len(every))}"
        labels = [things.label(row["left_out"]) for row in rows]
        panels.append((title, labels, {"links lost": [float(row["links_lost"]) for row in rows]}))
    _dots_above_each_other(figure, panels)[-1].set_xlabel("links lost")


def _peers(figure: Figure, findings: Findings, things: NameIndex, by: str) -> None:
    rows = _rows(findings, 0)[:MOST_DOTS]
    series = {name.replace("_", " "): [row[name] for row in rows] for name in ("by_practices", "by_aims")}
    title = "Similarity (Jaccard), 0 to 1" + _of(len(rows), len(findings.parts[0].rows))
    _dots_above_each_other(figure, [(title, [things.label(row["network"]) for row in rows], series)])


def _of(shown: int, every: int) -> str:
    return f", the first {shown} of {every}" if every > shown else ""


def _dots_above_each_other(
    figure: Figure, panels: Sequence[tuple[str, Sequence[str], dict[str, list[float]]]]
) -> list[Axes]:
    """Draw panels of dots, one row a label, on one scale.

    :param panels: title, labels, and one or two series of values by name
    """
    if not any(labels for _, labels, _ in panels):
        raise NoPictureError("there is nothing to draw: no row was found")
    heights = [1.4 + len(labels) for _, labels, _ in panels]
    longest = max(len(_short(label, LONG_LABEL)) for _, labels, _ in panels for label in labels)
    figure.set_size_inches(4.5 + 0.07 * longest, 0.4 + 0.22 * sum(heights))
    grid = figure.subplots(len(panels), squeeze=False, sharex=True, height_ratios=heights)
    found = list(grid[:, 0])
    for axes, (title, labels, series) in zip(found, panels, strict=True):
        places = range(len(labels))
        for (name, values), ink in zip(series.items(), (ACCENT, SECOND), strict=False):
            filled, size = (ink, 28) if ink == ACCENT else ("none", 64)
            axes.scatter(values, places, s=size, edgecolors=ink, facecolors=filled, label=name, zorder=3, clip_on=False)
        axes.set_yticks(places, [_short(label, LONG_LABEL) for label in labels])
        axes.set_ylim(len(labels) - 0.4, -0.6)
        axes.grid(axis="y", color=FAINT, linewidth=0.6)
        axes.tick_params(axis="y", length=0, pad=7)
        axes.set_title(title, loc="left", color=INK)
    every = [value for _, _, series in panels for values in series.values() for value in values]
    found[-1].set_xlim(0, max(every) * 1.02 or 1)
    if all(float(value).is_integer() for value in every):
        found[-1].xaxis.get_major_locator().set_params(integer=True)
    if len(panels[0][2]) > 1:
        figure.legend(*found[0].get_legend_handles_labels(), frameon=False, loc="outside lower right", ncols=2)
    return found


def _groups(figure: Figure, findings: Findings, things: NameIndex, by: str) -> None:
    """Draw practices and networks in the order of the groups; the darker, the more uses the network makes of it."""
    from matplotlib.colors import BoundaryNorm, LinearSegmentedColormap

    uses = _rows(findings, 2)
    groups = _rows(findings, 0)
    networks = [network for group in groups for network in group["networks"]]
    practices = list(dict.fromkeys(use["practice"] for use in uses))
    if not practices:
        raise NoPictureError("there is nothing to draw: no network uses a practice")
    counts = {(use["practice"], use["network"]): len(use["strategies"]) for use in uses}
    cells = [[counts.get((practice, network), float("nan")) for network in networks] for practice in practices]
    figure.set_size_inches(3.4 + 0.3 * len(networks), 2.4 + 0.16 * len(practices))
    axes = figure.subplots()
    top = max(counts.values())
    shades = LinearSegmentedColormap.from_list("uses", ["#a9c9ea", "#08306b"])
    norm = BoundaryNorm([step - 0.5 for step in range(1, top + 2)], 256) if top > 1 else None
    image = axes.imshow(cells, cmap=shades, norm=norm, aspect="auto")
    if norm:
        ticks = range(1, top + 1, max(1, top // 5))
        figure.colorbar(image, shrink=0.3, anchor=(0, 1), label="uses (strategies)", ticks=ticks)
    names = ["\n".join(_lines(things.label(iri), LONG_LABEL // 2)) for iri in networks]
    axes.set_xticks(range(len(networks)), names, rotation=90, fontsize=8)
    axes.xaxis.tick_top()
    axes.set_yticks(range(len(practices)), [_short(things.label(iri)) for iri in practices], fontsize=7)
    axes.tick_params(length=0)
    axes.grid(False)
    down, across = -0.5, -0.5
    for group in groups:
        down, across = down + len(group["practices"]), across + len(group["networks"])
        axes.axhline(down, color=FAINT, linewidth=0.8)
        axes.axvline(across, color=FAINT, linewidth=0.8)
    figure.suptitle("Practices and the networks that use them\nLines part the groups.", x=0.01, ha="left", color=INK)


def _gaps(figure: Figure, findings: Findings, things: NameIndex, by: str) -> None:
    """Draw practices by outcome types: what each link rests on, and the empty cells that are suggested."""
    tied, near = _called(findings, "links and"), _called(findings, "cells that")
    if not tied:
        raise NoPictureError("there is nothing to draw: no practice is tied to an outcome type")
    practices, every_practice = _most_met(tied, "practice", near, things)
    outcomes, every_outcome = _most_met(tied, "outcome", near, things)
    figure.set_size_inches(3.6 + 0.15 * len(outcomes), 3.6 + 0.15 * len(practices))
    axes = figure.subplots()
    for basis, (ink, name) in BASES.items():
        at = [
            (outcomes[row["outcome"]], practices[row["practice"]])
            for row in tied
            if _shown(row, practices, outcomes) and row["basis"] == basis
        ]
        axes.scatter([x for x, _ in at], [y for _, y in at], marker="s", s=44, color=ink, label=name, linewidths=0)
    at = [(outcomes[row["outcome"]], practices[row["practice"]]) for row in near if _shown(row, practices, outcomes)]
    axes.scatter(
        [x for x, _ in at],
        [y for _, y in at],
        marker="o",
        s=26,
        facecolors="none",
        edgecolors=SECOND,
        label="no link; similar practices suggest one",
    )
    axes.set_xticks(range(len(outcomes)), [_short(things.label(iri)) for iri in outcomes], rotation=90, fontsize=7)
    axes.xaxis.tick_top()
    axes.set_yticks(range(len(practices)), [_short(things.label(iri)) for iri in practices], fontsize=7)
    axes.set_xlim(-0.6, len(outcomes) - 0.4)
    axes.set_ylim(len(practices) - 0.4, -0.6)
    axes.grid(color="#eceff3", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(length=0)
    shown = f"Practices{_of(len(practices), every_practice)} by outcome types{_of(len(outcomes), every_outcome)}"
    axes.set_title(f"{shown}: what a link rests on", loc="left", color=INK)
    figure.legend(loc="outside lower left", frameon=False, ncols=2)


def _most_met(
    tied: Sequence[dict[str, Any]], name: str, near: Sequence[dict[str, Any]], things: NameIndex
) -> tuple[dict[str, int], int]:
    """Return the place of practices or outcome types that fit on a page, and how many there are; most links first.

    Those of suggested cells come before others that have as many links, so that suggestions are not cut off.
    """
    links = Counter(row[name] for row in tied)
    wanted = {row[name] for row in near}
    order = sorted(links, key=lambda iri: (-links[iri], iri not in wanted, things.label(iri), iri))
    return {iri: place for place, iri in enumerate(order[:MOST_CELLS])}, len(order)


def _shown(row: dict[str, Any], practices: dict[str, int], outcomes: dict[str, int]) -> bool:
    return row["practice"] in practices and row["outcome"] in outcomes


def _timeline(figure: Figure, findings: Findings, things: NameIndex, by: str) -> None:
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
    figure.set_size_inches(3.4 * columns, 0.6 + 2.2 * lines)
    grid = figure.subplots(lines, columns, squeeze=False)
    for axes in list(grid.flat)[len(shown) :]:
        axes.set_visible(False)
    for axes, ((indicator, unit), rows) in zip(grid.flat, shown, strict=False):
        _panel(axes, rows, things)
        title = [*_lines(things.label(indicator)), *_lines(things.label(unit))]
        axes.set_title("\n".join(title), loc="left", fontsize=7, color=INK)
    figure.suptitle(
        f"Figures by year{_of(len(shown), len(drawn))}\n"
        "dot: figure (hollow: approximate; triangle: at least, at most); square: comparator; dashes: network formed\n"
        "Scales differ from panel to panel and need not begin at 0.",
        x=0.01,
        ha="left",
        fontsize=8,
        color=INK,
    )


def _panel(axes: Axes, rows: Sequence[dict[str, Any]], things: NameIndex) -> None:
    """Draw the figures of one indicator and unit. No line leads to a bound, which says where a figure is not."""
    points = sorted({(row["year"], row["value"], local_name(row["precision"] or "")) for row in rows})
    known = [(year, value) for year, value, precision in points if precision not in BOUNDS]
    axes.plot([year for year, _ in known], [value for _, value in known], color=ACCENT, linewidth=1.2)
    for year, value, precision in points:
        fill = ACCENT if precision in ("", "as-stated") else "white"
        marker = BOUNDS.get(precision, "o")
        axes.plot(year, value, color=ACCENT, marker=marker, markersize=5, markerfacecolor=fill)
    others = sorted({(row["year"], row["compared"]) for row in rows if row["compared"] is not None})
    axes.plot([year for year, _ in others], [value for _, value in others], color=SECOND, marker="s", linestyle="none")
    years = {year for year, *_ in points} | {row["formed"] for row in rows if row["formed"] is not None}
    for formed in {row["formed"] for row in rows if row["formed"] is not None}:
        axes.axvline(formed, color="#8b93a0", linestyle="--", linewidth=1, zorder=0)
    axes.margins(x=0.08, y=0.12)
    axes.set_xticks(sorted(years), [str(year) for year in sorted(years)], fontsize=7)
    axes.tick_params(axis="y", labelsize=7)
    axes.set_ylabel(things.label(rows[0]["measure"]), fontsize=7)


def _lines(text: str, length: int = LABEL_LENGTH) -> list[str]:
    """Return a label in two lines at most."""
    return textwrap.wrap(_short(text, 2 * length), length + 6, max_lines=2, placeholder="…")


def _rows(findings: Findings, number: int) -> list[dict[str, Any]]:
    part = findings.parts[number]
    return [dict(zip(part.columns, row, strict=True)) for row in part.rows]


def _called(findings: Findings, beginning: str) -> list[dict[str, Any]]:
    return next(_rows(findings, at) for at, part in enumerate(findings.parts) if part.name.startswith(beginning))


def _short(text: str, length: int = LABEL_LENGTH) -> str:
    plain = "".join(character if character.isprintable() else " " for character in text)
    return plain if len(plain) <= length else plain[: length - 1].rstrip() + "…"


#: Name of findings to how they are drawn.
PICTURES: dict[str, Callable[[Figure, Findings, NameIndex, str], None]] = {
    "rank": _ranking,
    "groups": _groups,
    "robustness": _robustness,
    "gaps": _gaps,
    "peers": _peers,
    "timeline": _timeline,
}
