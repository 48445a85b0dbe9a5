"""Fill the page's template. pyvis makes the network object; its own page is not used, since it calls a CDN and lets
text from the data run as script.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import jinja2
import networkx as nx
from markupsafe import Markup

from ..evidence import Claim, read_claims
from ..graph import Graph
from ..links import Link
from ..table import Iri
from ..vocabulary import local_name
from .layers import LAYER, ROW_HEIGHT, positions

#: Drawn labels are cut to this many characters; the table has them whole.
LABEL_LENGTH = 60
SHAPES = ("box", "box", "box", "box")
INK = {0: "#4a4a4a", 1: "#0b5cad", 2: "#4a4a4a", 3: "#1d1d1d"}


def render_page(graph: Graph, links: Sequence[Link]) -> str:
    """Return the page for some links as one self-contained HTML text.

    The same graph and links give the same text. Nothing in it makes a request, and no text from the data can run: data
    stands in one JSON block, the page is built from text nodes, and a content security policy names the hashes of the
    page's own scripts.
    """
    environment = jinja2.Environment(loader=jinja2.PackageLoader("nlc_graph", "explorer"), autoescape=True)
    environment.filters["fromjson"] = json.loads
    drawn = draw(graph, links)
    height = max((y for _, y in positions(drawn).values()), default=0) + ROW_HEIGHT
    environment.globals.update(
        vis_js=Markup(_vis_script()),  # noqa: S704  a file of pyvis's, checked for </script below
        app_js=Markup(_script("explorer.js")),  # noqa: S704  our own file
        rows=[_row(graph, link) for link in links],
        canvas_height=max(int(height), 320),
    )
    network = _pyvis(drawn)
    network.templateEnv, network.path = environment, "explorer.html"
    html = str(network.generate_html()).replace("\r\n", "\n")
    return html.replace("SCRIPT-HASHES", " ".join(_hashes(html)), 1)


def draw(graph: Graph, links: Sequence[Link]) -> nx.Graph:
    """Return the linkage as an undirected graph of networks, practices, outcome types and key features.

    Nodes are IRIs with ``label`` and :data:`.layers.LAYER`. Edges have ``claims``, a number: claims that join the two.
    """
    drawn = nx.Graph()
    for link in links:
        for layer, iris in enumerate((link.networks, (link.practice,), (link.outcome,), link.features)):
            for iri in iris:
                drawn.add_node(str(iri), label=graph.things.label(iri), **{LAYER: layer})
        pairs = [
            *((network, link.practice) for network in link.networks),
            (link.practice, link.outcome),
            *((link.outcome, feature) for feature in link.features),
        ]
        for one, other in pairs:
            seen = drawn.get_edge_data(one, other, {"claims": 0})["claims"]
            drawn.add_edge(str(one), str(other), claims=seen + len(link.claims))
    return drawn


def _pyvis(drawn: nx.Graph) -> Any:
    from pyvis.network import Network  # 0.3 s that only drawing should pay

    network = Network(directed=True, cdn_resources="in_line")
    for node, (x, y) in positions(drawn).items():
        layer = drawn.nodes[node][LAYER]
        network.add_node(
            node,
            label=_short(drawn.nodes[node]["label"]),
            x=x,
            y=y,
            shape=SHAPES[layer],
            font={"size": 14, "color": INK[layer], "face": "system-ui, sans-serif"},
            color={"background": "#ffffff", "border": INK[layer] if layer == 1 else "#b8b8b8"},
            # Names of networks are long and their column has room: they may take two lines, the others one.
            **({"widthConstraint": {"maximum": 190}} if layer == 0 else {}),
        )
    for number, (one, other, data) in enumerate(drawn.edges(data=True)):
        if drawn.nodes[one][LAYER] > drawn.nodes[other][LAYER]:
            one, other = other, one
        width = min(1 + data["claims"] / 2, 6)
        network.add_edge(one, other, id=f"e{number}", arrows="", width=width, color="#c9ced6")
    network.options = {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "edges": {"smooth": {"type": "cubicBezier", "forceDirection": "horizontal"}, "chosen": True},
        "nodes": {"margin": 6, "shapeProperties": {"borderRadius": 3}},
        "interaction": {"hover": True, "zoomView": False, "dragNodes": False, "keyboard": {"enabled": False}},
    }
    return network


def _row(graph: Graph, link: Link) -> dict[str, Any]:
    label = graph.things.label
    return {
        "practice": {"id": link.practice, "label": label(link.practice)},
        "outcome": {"id": link.outcome, "label": label(link.outcome)},
        "networks": [{"id": iri, "label": label(iri)} for iri in link.networks],
        "features": [{"id": iri, "label": label(iri)} for iri in link.features],
        "links": [f"{label(iri)} {count}" for iri, count in link.links.items()],
        "joint": link.joint,
        "evidence": [f"{label(iri)} {count}" for iri, count in link.evidence.items()],
        "design": label(link.design) if link.design else "",
        "claims": [_claim(graph, claim) for claim in read_claims(graph, link.claims)],
    }


def _claim(graph: Graph, claim: Claim) -> dict[str, Any]:
    def words(name: str) -> str:
        return ", ".join(graph.things.label(str(value)) for value in claim.relations.get(name, ()))

    return {
        "text": str(claim.one("paraphrase") or ""),
        "tie": f"{words('linkType')}, {words('direction')}; about {words('about')}; said by {words('assertedBy')}",
        "evidence": [
            {
                "kind": graph.things.label(item.kind),
                "bearing": {"supportedBy": "", "qualifiedBy": "but: ", "challengedBy": "against: "}[
                    local_name(item.bearing)
                ],
                "text": item.summary,
                "places": [_place(graph, p.section, p.opens, p.closes) for p in item.passages],
            }
            for item in claim.evidence
        ],
    }


def _place(graph: Graph, section: Iri, opens: str, closes: str) -> str:
    return f"{graph.things.label(section)}: “{opens} … {closes}”"


def _short(text: str) -> str:
    visible = "".join(c if c.isprintable() else " " for c in text)
    return visible if len(visible) <= LABEL_LENGTH else visible[: LABEL_LENGTH - 1].rstrip() + "…"


def _script(name: str) -> str:
    return (files("nlc_graph") / "explorer" / name).read_text(encoding="utf-8")


def _vis_script() -> str:
    libraries = {path.name: path for path in (files("pyvis") / "templates" / "lib").iterdir() if path.is_dir()}
    newest = max(name for name in libraries if name.startswith("vis-"))
    script = (libraries[newest] / "vis-network.min.js").read_text(encoding="utf-8")
    script = re.sub(r"//# sourceMappingURL=.*", "", script).replace("\r\n", "\n")
    if "</script" in script.lower():
        raise RuntimeError("pyvis's vis-network.min.js holds </script and cannot stand in a page")
    return script


def _hashes(html: str) -> list[str]:
    scripts = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    return [f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in scripts]
