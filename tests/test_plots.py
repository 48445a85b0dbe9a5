"""Pictures: what they show, the same bytes each time, and plain words where there is none."""

from __future__ import annotations

import sys
from xml.etree import ElementTree

import pytest

from nlc_graph import Graph
from nlc_graph.analysis import Findings, Part
from nlc_graph.analysis.gaps import gaps
from nlc_graph.analysis.groups import groups
from nlc_graph.analysis.peers import peers
from nlc_graph.analysis.rank import rank
from nlc_graph.analysis.robustness import robustness
from nlc_graph.analysis.timeline import timeline
from nlc_graph.errors import UnknownFormatError
from nlc_graph.plots import NoPictureError, draw

T = "https://example.org/tiny/"


def texts(svg: bytes) -> set[str]:
    root = ElementTree.fromstring(svg)  # noqa: S314  our own
    return {"".join(element.itertext()).strip() for element in root.iter("{http://www.w3.org/2000/svg}text")}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("rank", {"Practices", "learning mentors", "nurture room", "story-making", "key features", "networks"}),
        ("groups", {"Practices and the networks that use them", "talent walls", "Birch NLC", "uses (strategies)"}),
        ("robustness", {"Links lost if one is left out", "Alder NLC (network)", "links lost"}),
        ("peers", {"Similarity (Jaccard)", "Birch NLC", "by practices", "by aims"}),
        ("timeline", {"attendance rate", "a school in Alder", "2000", "2004", "per cent"}),
    ],
)
def test_a_picture_shows_labels_as_text_and_comes_out_the_same(tiny: Graph, name: str, shown: set[str]) -> None:
    findings = {
        "rank": lambda: rank(tiny),
        "groups": lambda: groups(tiny, draws=99),
        "robustness": lambda: robustness(tiny),
        "peers": lambda: peers(tiny, f"{T}alder"),
        "timeline": lambda: timeline(tiny),
    }[name]()
    picture = draw(findings, tiny.things, ".svg", by="breadth")
    assert shown <= texts(picture)
    assert draw(findings, tiny.things, ".svg", by="breadth") == picture
    assert draw(findings, tiny.things, ".png", by="breadth").startswith(b"\x89PNG")


def test_another_measure_has_its_name_on_the_axis(tiny: Graph) -> None:
    assert "betweenness" in texts(draw(rank(tiny, by="betweenness"), tiny.things, ".svg", by="betweenness"))


def test_labels_are_text_whatever_is_in_them(tiny: Graph) -> None:
    found = rank(tiny)
    row = (*found.parts[0].rows[0][:1], "costs $5 and $6 <b>&amp;</b>\x00", *found.parts[0].rows[0][2:])
    odd = Findings("rank", (Part("practices", found.parts[0].columns, (row,)),), ())
    assert "costs $5 and $6 <b>&amp;</b>" in texts(draw(odd, tiny.things, ".svg"))


def test_what_cannot_be_drawn_is_said_in_a_line(tiny: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnknownFormatError, match=r"no format for '.pdf'; known: .svg, .png"):
        draw(rank(tiny), tiny.things, ".pdf")
    with pytest.raises(NoPictureError, match="there is no picture of gaps; drawn are: rank, groups"):
        draw(gaps(tiny), tiny.things, ".svg")
    with pytest.raises(NoPictureError, match="nothing to draw: no indicator has numbers for two years"):
        draw(timeline(tiny, network=f"{T}birch"), tiny.things, ".svg")
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(NoPictureError, match=r"pictures need Matplotlib: python -m pip install 'nlc-graph\[plot\]'"):
        draw(rank(tiny), tiny.things, ".svg")
