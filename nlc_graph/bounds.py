"""What is refused before a parser sees it, because it would fill memory: entities in XML, deep nesting in JSON."""

from __future__ import annotations

import os
import re

from .errors import UnreadableFileError

#: Deeper than any document that a person or program writes.
MAX_DEPTH = 500
#: Longer than any web address that a document abbreviates by an entity, which is what they are for in RDF/XML.
MAX_ENTITY = 1000

_ENTITY = re.compile(
    rb"""<!ENTITY\s+(?P<parameter>%\s+)?[^\s>]+\s+(?:"(?P<one>[^"]*)"|'(?P<two>[^']*)'|(?P<other>\w*))"""
)
_BRACKETS = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', re.DOTALL)


def check_bounds(path: str) -> None:
    """Refuse a file that could make its parser fill memory.

    :raises UnreadableFileError: if XML declares entities that hold others, are long or stand elsewhere, or JSON nests
        deeper than :data:`MAX_DEPTH`
    :raises OSError: if it cannot be read
    """
    suffix = os.path.splitext(path)[1].lower()
    if suffix not in (".rdf", ".owl", ".jsonld"):
        return
    with open(path, "rb") as file:
        content = file.read()
    if suffix == ".jsonld":
        _check_depth(path, content)
        return
    for found in _ENTITY.finditer(content):
        value = found["one"] if found["one"] is not None else found["two"]
        if value is None or found["parameter"] or b"&" in value or len(value) > MAX_ENTITY:
            line = content.count(b"\n", 0, found.start()) + 1
            raise UnreadableFileError(path, "an XML entity that could fill memory", line, "write its text out instead")


def _check_depth(path: str, content: bytes) -> None:
    depth = 0
    for found in _BRACKETS.finditer(content):
        mark = found.group()
        if mark in b"[{":
            depth += 1
            if depth > MAX_DEPTH:
                line = content.count(b"\n", 0, found.start()) + 1
                reason = f"brackets are nested more than {MAX_DEPTH} deep"
                raise UnreadableFileError(path, reason, line, "write the file flatter")
        elif mark in b"]}":
            depth -= 1
