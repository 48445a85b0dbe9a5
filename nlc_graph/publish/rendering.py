"""Fill in the templates of the documents in a publication."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache

import jinja2
import pyoxigraph as ox

from .credit import Agent

NO_CREATOR = "compilers who are not named"


def render(template: str, **values: object) -> str:
    """Fill in a template of the folder ``templates``."""
    return _environment().get_template(template).render(values)


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(  # noqa: S701  not HTML: each template has a filter that makes texts safe
        loader=jinja2.PackageLoader("nlc_graph.publish", "templates"),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters.update(people=people, one_line=one_line, markdown=markdown, json=to_json)
    environment.filters.update(iri=lambda text: str(ox.NamedNode(text)), literal=lambda text: str(ox.Literal(text)))
    return environment


def people(creators: Iterable[Agent]) -> str:
    """Return the names of creators, or that they are not named."""
    return ", ".join(agent.display_name for agent in creators) or NO_CREATOR


def one_line(text: str) -> str:
    """Return a text as one line of printable characters."""
    return " ".join(_printable(text).split())


def markdown(text: str) -> str:
    r"""Escape a text as one line without Markdown.

    >>> markdown("[x](y)\n<b>")
    '\\[x\\](y) \\<b\\>'
    """
    return re.sub(r"([\\`*_\[\]<>|&~])", r"\\\1", one_line(text))


def to_json(value: object) -> str:
    """Return a value as JSON of printable characters, which is YAML too."""
    return _printable(json.dumps(value, ensure_ascii=False))


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text)
