"""Render the page of a model from its template, ``static/explorer.html``.

pyvis holds the drawing; its own template is not used, because it calls a CDN and lets text from the data run as script.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

import jinja2
from markupsafe import Markup

from ..graph.graph import Graph
from ..passages.locate import Copy
from .builder import build_model
from .layout import draw
from .model import Model

#: The page's own scripts, each after those that it uses.
SCRIPTS = tuple(
    "dom counts state marks plot cards intro panel map network table search filters picture save app".split()
)
VIS_NETWORK = ("templates", "lib", "vis-9.1.2", "vis-network.min.js")
#: Rows of the table that is shown without JavaScript; more would make the page of a large graph heavy.
PLAIN_ROWS = 2000
NO_PRACTICE = "no practice linked"


def render_page(graph: Graph, claims: Sequence[str] | None = None, *, copy: Copy | None = None, title: str = "") -> str:
    """Return the page as HTML; the parameters are those of :func:`.builder.build_model`."""
    return render_model(build_model(graph, claims, copy=copy, title=title))


def render_model(model: Model) -> str:
    """Return the page of a model as HTML."""
    network, sizes = draw(model)
    rows = [_plain_row(model, claim) for claim in model.claims]
    rows.sort(key=lambda row: (row["practice"] == NO_PRACTICE, row["practice"], row["outcome"]))
    environment = _environment()
    environment.globals.update(
        payload=vars(model) | {"sizes": sizes}, model=model, plain=rows[:PLAIN_ROWS], is_cut=len(rows) > PLAIN_ROWS
    )
    network.templateEnv, network.path = environment, "explorer.html"
    html = str(network.generate_html()).replace("\r\n", "\n")
    return html.replace("SCRIPT-HASHES", _hashes("script", html), 1).replace("STYLE-HASHES", _hashes("style", html), 1)


def _environment() -> jinja2.Environment:
    loader = jinja2.PackageLoader("nlc_graph.explorer", "static")
    environment = jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters["fromjson"] = json.loads
    environment.policies["json.dumps_kwargs"] = {"separators": (",", ":")}
    ours = files("nlc_graph").joinpath("explorer", "static")
    vis_network = files("pyvis").joinpath(*VIS_NETWORK).read_text(encoding="utf-8")
    environment.globals.update(
        style=_inline(ours.joinpath("explorer.css").read_text(encoding="utf-8")),
        vis_js=_inline(re.sub(r"//# sourceMappingURL=\S+", "", vis_network)),
        scripts=[_inline(ours.joinpath(f"{name}.js").read_text(encoding="utf-8")) for name in SCRIPTS],
    )
    return environment


def _inline(text: str) -> Markup:
    """Mark a script or style of ours or of pyvis as safe, unless a closing tag in it would end its element early."""
    if "</script" in text.lower() or "</style" in text.lower():
        raise ValueError("a script or style holds a closing tag")
    return Markup(text.replace("\r\n", "\n").strip())  # noqa: S704


def _plain_row(model: Model, claim: Mapping[str, Any]) -> dict[str, str]:
    """Return a row of the table that is shown without JavaScript."""
    kinds = Counter(model.label(model.evidence[item]["kind"]) for item in model.supporting(claim))
    return {
        "practice": ", ".join(map(model.label, claim.get("practices", ()))) or NO_PRACTICE,
        "outcome": model.label(claim["outcome"]),
        "network": ", ".join(map(model.label, claim.get("networks", ()))) or "no single network",
        "link": model.label(claim["link"]),
        "direction": model.label(claim["direction"]) if "direction" in claim else "",
        "text": claim.get("text", ""),
        "evidence": ", ".join(f"{kind} {count}" for kind, count in kinds.items()),
    }


def _hashes(element: str, html: str) -> str:
    bodies = re.findall(rf"<{element}>(.*?)</{element}>", html, flags=re.DOTALL)
    digests = (base64.b64encode(hashlib.sha256(body.encode()).digest()).decode() for body in bodies)
    return " ".join(f"'sha256-{digest}'" for digest in digests)
