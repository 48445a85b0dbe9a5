"""Pictures: what they show, the same bytes each time, and plain words where there is none."""

from __future__ import annotations

import sys
from collections import Counter
from xml.etree import ElementTree

import pytest

from nlc_graph import Graph
from nlc_graph.analysis import Findings, Part
from nlc_graph.analysis.centrality import rank
from nlc_graph.analysis.communities import groups
from nlc_graph.analysis.gaps import gaps
from nlc_graph.analysis.plots import NoPictureError, draw
from nlc_graph.analysis.robustness import robustness
from nlc_graph.analysis.similarity import peers
from nlc_graph.analysis.timeline import timeline
from nlc_graph.errors import UnknownFormatError
from nlc_graph.table import Ref

T = "https://example.org/tiny/"
SVG = "http://www.w3.org/2000/svg"


def texts(svg: bytes) -> set[str]:
    root = ElementTree.fromstring(svg)  # noqa: S314  our own
    return {"".join(element.itertext()).strip() for element in root.iter(f"{{{SVG}}}text")}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (
            "rank",
            {"Practices by breadth", "learning mentors", "nurture room", "story-making", "key features", "networks"},
        ),
        ("groups", {"Practices and the networks that use them", "talent walls", "Birch NLC"}),
        ("robustness", {"Links lost without one network", "Alder NLC", "Links lost without one voice", "links lost"}),
        (
            "gaps",
            {"Practices by outcome types: what a link rests on", "writing", "story-making", "testimony only"},
        ),
        ("peers", {"Similarity (Jaccard), 0 to 1", "Birch NLC", "by practices", "by aims"}),
        # Alder was formed in 2002, between its two figures.
        ("timeline", {"attendance rate", "a school in Alder", "2000", "2002", "2004", "per cent"}),
    ],
)
def test_a_picture_shows_labels_as_text_and_comes_out_the_same(tiny: Graph, name: str, shown: set[str]) -> None:
    findings = {
        "rank": lambda: rank(tiny),
        "groups": lambda: groups(tiny, draws=99),
        "robustness": lambda: robustness(tiny),
        "gaps": lambda: gaps(tiny),
        "peers": lambda: peers(tiny, f"{T}alder"),
        "timeline": lambda: timeline(tiny),
    }[name]()
    picture = draw(findings, tiny.names, ".svg", by="breadth")
    assert shown <= texts(picture)
    assert draw(findings, tiny.names, ".svg", by="breadth") == picture
    assert draw(findings, tiny.names, ".png", by="breadth").startswith(b"\x89PNG")


def test_another_measure_has_its_name_on_the_axis(tiny: Graph) -> None:
    assert "betweenness" in texts(draw(rank(tiny, by="betweenness"), tiny.names, ".svg", by="betweenness"))


def test_the_picture_of_gaps_marks_what_links_rest_on_and_what_is_suggested(tiny: Graph) -> None:
    # Attendance: a statistic; writing: testimony and a statement; engagement, twice: testimony. Suggested: the room
    # with attendance.
    assert Counter(row[2] for row in gaps(tiny).parts[-1].rows) == {"figure": 1, "other": 1, "testimony": 2}
    root = ElementTree.fromstring(draw(gaps(tiny), tiny.names, ".svg"))  # noqa: S314  our own
    groups = [g for g in root.iter(f"{{{SVG}}}g") if str(g.get("id")).startswith("PathCollection")]
    # A mark is drawn as a use of a shape, or as the shape itself where it occurs once.
    drawn = [[len(list(group.iter(f"{{{SVG}}}{name}"))) for name in ("use", "path")] for group in groups[:4]]
    assert [uses or shapes for uses, shapes in drawn] == [1, 1, 2, 1]


def test_no_line_leads_to_a_bound(tiny: Graph) -> None:
    found = timeline(tiny)
    part = found.parts[0]
    at = part.columns.index("precision")
    bounded = [(*row[:at], Ref("https://example.org/at-most"), *row[at + 1 :]) for row in part.rows]
    lines = []
    for rows in (part.rows, bounded):
        svg = draw(Findings("timeline", (Part(part.name, part.columns, tuple(rows)),), ()), tiny.names, ".svg")
        root = ElementTree.fromstring(svg)  # noqa: S314  our own
        drawn = [path.get("d", "") for path in root.iter(f"{{{SVG}}}path") if "#0b5cad" in path.get("style", "")]
        lines.append(sum(d.count("L") == 1 for d in drawn))
    assert lines == [1, 0]


def test_labels_are_text_whatever_is_in_them(tiny: Graph) -> None:
    found = rank(tiny)
    row = (*found.parts[0].rows[0][:1], "costs $5 and $6 <b>&amp;</b>\x00", *found.parts[0].rows[0][2:])
    odd = Findings("rank", (Part("practices", found.parts[0].columns, (row,)),), ())
    assert "costs $5 and $6 <b>&amp;</b>" in texts(draw(odd, tiny.names, ".svg"))


def test_what_cannot_be_drawn_is_said_in_a_line(tiny: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnknownFormatError, match=r"no format for '.pdf'; known: .svg, .png"):
        draw(rank(tiny), tiny.names, ".pdf")
    with pytest.raises(NoPictureError, match="there is no picture of paths; drawn are: rank, groups, robustness, gaps"):
        draw(Findings("paths", (), ()), tiny.names, ".svg")
    with pytest.raises(NoPictureError, match="nothing to draw: no indicator has numbers for two years"):
        draw(timeline(tiny, network=f"{T}birch"), tiny.names, ".svg")
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(NoPictureError, match=r"pictures need Matplotlib: python -m pip install 'nlc-graph\[plot\]'"):
        draw(rank(tiny), tiny.names, ".svg")
