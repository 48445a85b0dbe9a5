"""Pictures: the labels they show, the same bytes each time, and errors."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from nlc_graph import Graph
from nlc_graph.analysis.centrality import rank_nodes
from nlc_graph.analysis.communities import find_communities
from nlc_graph.analysis.findings import Findings, to_table
from nlc_graph.analysis.gaps import find_gaps
from nlc_graph.analysis.plots import NoPictureError, draw
from nlc_graph.analysis.robustness import count_losses
from nlc_graph.analysis.similarity import rank_similar_networks
from nlc_graph.analysis.timeline import find_figures
from nlc_graph.errors import UnknownFormatError
from nlc_graph.table import Ref

T = "https://example.org/tiny/"
SVG = "http://www.w3.org/2000/svg"
SHOWN: list[tuple[Callable[[Graph], Findings], set[str]]] = [
    (rank_nodes, {"Practices by breadth", "learning mentors", "story-making", "key features", "networks"}),
    (lambda graph: rank_nodes(graph, by="betweenness"), {"Practices by betweenness", "betweenness"}),
    (lambda graph: find_communities(graph, draws=99), {"Lines separate communities.", "talent walls", "Birch NLC"}),
    (count_losses, {"Links lost without one network", "Alder NLC", "Links lost without one voice", "links lost"}),
    (find_gaps, {"Practices by outcome types: what a link rests on", "writing", "story-making", "testimony only"}),
    (
        lambda graph: rank_similar_networks(graph, f"{T}alder"),
        {"Similarity (Jaccard), 0 to 1", "Birch NLC", "by practices", "by aims"},
    ),
    # Alder was formed in 2002, between its two figures.
    (find_figures, {"attendance rate", "a school in Alder", "2000", "2002", "2004", "per cent"}),
]


def parsed(svg: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314  our own


def texts(svg: bytes) -> set[str]:
    return {"".join(element.itertext()).strip() for element in parsed(svg).iter(f"{{{SVG}}}text")}


@pytest.mark.parametrize(("measure", "shown"), SHOWN)
def test_labels_are_text_and_the_bytes_the_same(
    tiny: Graph, measure: Callable[[Graph], Findings], shown: set[str]
) -> None:
    findings = measure(tiny)
    picture = draw(findings, tiny.names, ".svg")
    assert shown <= texts(picture)
    assert draw(findings, tiny.names, ".svg") == picture


def test_png(tiny: Graph) -> None:
    assert draw(rank_nodes(tiny), tiny.names, ".png").startswith(b"\x89PNG")


def test_gaps_mark_links_by_evidence_and_suggestions(tiny: Graph) -> None:
    groups = [g for g in parsed(draw(find_gaps(tiny), tiny.names, ".svg")).iter(f"{{{SVG}}}g") if g.get("id")]
    marks = [g for g in groups if str(g.get("id")).startswith("PathCollection")]
    # A mark is drawn as a use of a shape, or as the shape itself if it occurs once.
    drawn = [[len(list(group.iter(f"{{{SVG}}}{name}"))) for name in ("use", "path")] for group in marks[:4]]
    assert [uses or shapes for uses, shapes in drawn] == [1, 1, 2, 1]


def test_no_line_leads_to_a_bound(tiny: Graph) -> None:
    found = find_figures(tiny)
    table = found.tables["figures"]
    bounded = [{**row, "precision": Ref("https://example.org/at-most")}.values() for row in table]
    lines = []
    for each in (table, to_table(table.columns, bounded)):
        root = parsed(draw(replace(found, tables={"figures": each}), tiny.names, ".svg"))
        drawn = [path.get("d", "") for path in root.iter(f"{{{SVG}}}path") if "#0b5cad" in path.get("style", "")]
        lines.append(sum(d.count("L") == 1 for d in drawn))
    assert lines == [1, 0]


def test_odd_characters_in_labels(tiny: Graph) -> None:
    found = rank_nodes(tiny)
    table = found.tables["practices"]
    rows = [{**row, "thing": "costs $5 and $6 <b>&amp;</b>\x00"}.values() for row in table]
    odd = replace(found, tables={"practices": to_table(table.columns, rows)})
    assert "costs $5 and $6 <b>&amp;</b>" in texts(draw(odd, tiny.names, ".svg"))


def test_what_cannot_be_drawn_is_an_error(tiny: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnknownFormatError):
        draw(rank_nodes(tiny), tiny.names, ".pdf")
    with pytest.raises(NoPictureError, match="paths"):
        draw(Findings("paths", {}), tiny.names, ".svg")
    with pytest.raises(NoPictureError, match="two years"):
        draw(find_figures(tiny, network=f"{T}birch"), tiny.names, ".svg")
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(NoPictureError, match=r"nlc-graph\[plot\]"):
        draw(rank_nodes(tiny), tiny.names, ".svg")
