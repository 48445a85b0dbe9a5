"""Fill the page's template. pyvis makes the network object; its own page is not used, since it calls a CDN and lets
text from the data run as script.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence
from importlib.resources import files

import jinja2
from markupsafe import Markup

from ..graph.graph import Graph
from ..passages.locate import Copy
from .drawing import draw
from .model import Model, build_model

#: The page's own scripts, in the order in which they need one another.
SCRIPTS = (
    "dom",
    "counts",
    "state",
    "marks",
    "plot",
    "cards",
    "intro",
    "panel",
    "map",
    "network",
    "table",
    "search",
    "filters",
    "picture",
    "save",
    "app",
)
#: Rows of the table that is there without JavaScript; more would make the page of a large graph heavy.
PLAIN_ROWS = 2000


def render_page(graph: Graph, claims: Sequence[str] | None = None, *, copy: Copy | None = None, title: str = "") -> str:
    """Return the explorer as one self-contained HTML text.

    The same graph and claims give the same text. Nothing in it makes a request, and no text from the data can run: data
    stands in one JSON block, the page is built from text nodes, and a content security policy names the hashes of the
    page's own scripts and style.

    :param claims: the claims to show; all of the graph when None, and then also what no claim touches
    :param copy: a reader's copy of the source, whose passages the page then holds; for the reader's own use
    :param title: what the page is narrowed to, in words
    """
    return render_model(build_model(graph, claims, copy=copy, title=title))


def render_model(model: Model) -> str:
    """Return the page of a model; see :func:`render_page`."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("nlc_graph.explorer", "static"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["fromjson"] = json.loads
    environment.policies["json.dumps_kwargs"] = {"separators": (",", ":")}
    drawing = draw(model)
    sizes = {"width": drawing.width, "height": drawing.height, "notDrawn": drawing.not_drawn}
    environment.globals.update(
        # Our own files and one of pyvis's, each checked for what would end its element; nothing from the data.
        style=Markup(_asset("explorer.css", "</style")),  # noqa: S704
        vis_js=Markup(_vis_script()),  # noqa: S704
        scripts=[Markup(_asset(f"{name}.js", "</script")) for name in SCRIPTS],  # noqa: S704
        payload=model.payload() | {"sizes": sizes},
        model=model,
        networks=len(model.of_sort("network")),
        plain=_plain_rows(model)[:PLAIN_ROWS],
        plain_left_out=max(len(model.claims) - PLAIN_ROWS, 0),
    )
    network = drawing.network
    network.templateEnv, network.path = environment, "explorer.html"
    html = str(network.generate_html()).replace("\r\n", "\n")
    return html.replace("SCRIPT-HASHES", _hashes("script", html), 1).replace("STYLE-HASHES", _hashes("style", html), 1)


def _plain_rows(model: Model) -> list[dict[str, str]]:
    """Return the table that is there without JavaScript: one row a claim, in words."""

    def words(places: Sequence[int] | int | None) -> str:
        listed = [places] if isinstance(places, int) else places or []
        return ", ".join(model.things[place]["label"] for place in listed)

    rows = []
    for claim in model.claims:
        supporting = [item for item, bearing in claim.get("evidence", ()) if bearing == 0]
        kinds = Counter(model.things[model.evidence[item]["kind"]]["label"] for item in supporting)
        rows.append(
            {
                "practice": words(claim.get("practices")) or "no practice tied",
                "outcome": words(claim["outcome"]),
                "network": words(claim.get("networks")) or "no single network",
                "link": words(claim["link"]),
                "direction": words(claim.get("direction")),
                "text": claim.get("text", ""),
                "evidence": ", ".join(f"{kind} {count}" for kind, count in kinds.items()),
            }
        )
    return sorted(rows, key=lambda row: (row["practice"] == "no practice tied", row["practice"], row["outcome"]))


def _asset(name: str, forbidden: str) -> str:
    text = files("nlc_graph").joinpath("explorer", "static", name).read_text(encoding="utf-8")
    if forbidden in text.lower():
        raise RuntimeError(f"explorer/{name} holds a closing tag, which would end it early")
    return text.replace("\r\n", "\n").strip()


def _vis_script() -> str:
    """Return the newest vis-network that pyvis ships, fit to stand inside a page."""
    library = files("pyvis").joinpath("templates", "lib")
    found = sorted(
        (entry for entry in library.iterdir() if entry.name.startswith("vis-")),
        key=lambda entry: [int(part) for part in re.findall(r"\d+", entry.name)],
    )
    if not found:
        raise RuntimeError("pyvis holds no vis-network script; pyvis 0.3.2 does")
    text = found[-1].joinpath("vis-network.min.js").read_text(encoding="utf-8")
    text = re.sub(r"//# sourceMappingURL=\S+", "", text)
    if "</script" in text.lower():
        raise RuntimeError("the vis-network script of pyvis holds a closing tag and cannot stand in a page")
    return text


def _hashes(element: str, html: str) -> str:
    bodies = re.findall(rf"<{element}>(.*?)</{element}>", html, flags=re.DOTALL)
    digests = (base64.b64encode(hashlib.sha256(body.encode()).digest()).decode() for body in bodies)
    return " ".join(f"'sha256-{digest}'" for digest in digests)
