"""What is refused before a parser sees it, because it would fill memory or never end.

That is what is no file (a pipe, a device), entities in XML, and deep nesting in JSON, XML and triple terms.
"""

from __future__ import annotations

import mmap
import os
import re
from typing import BinaryIO

from ..errors import UnreadableFileError

#: Deeper than any document that a person or program writes.
MAX_DEPTH = 500
#: Longer than any web address that a document abbreviates by an entity, which is what they are for in RDF/XML.
MAX_ENTITY = 1000
#: Bytes of JSON-LD and RDF/XML, for which a parser takes up to 50 and 5 times as many. Larger evidence is written as
#: Turtle or N-Triples, which are read piece by piece.
MAX_JSON, MAX_XML = 32_000_000, 100_000_000

_ENTITY = re.compile(
    rb"""<!ENTITY\s+(?P<parameter>%\s+)?[^\s>]+\s+(?:"(?P<one>[^"]*)"|'(?P<two>[^']*)'|(?P<other>\w*))"""
)
#: Tags of XML, and what may hold what looks like one; the latter, if it never ends, takes all that is left.
_TAGS = re.compile(
    rb"""<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)
    |<(?P<end>/)?[^\s<>/!?][^<>"'/]*+(?:"[^"]*"[^<>"'/]*+|'[^']*'[^<>"'/]*+|/(?!>))*+(?P<whole>/)?>""",
    re.DOTALL | re.VERBOSE,
)
#: Texts and brackets of JSON. A text that never ends takes all that is left, else each quotation mark would be tried.
_BRACKETS = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\Z)|[\[{]|[\]}]', re.DOTALL)
#: Triple terms of Turtle and its kin, and what may hold what looks like one: texts, comments and IRIs.
_TRIPLE_TERMS = re.compile(
    rb'''"""(?:[^"\\]|\\.|"(?!""))*+(?:"""|\Z)|"(?!"")(?:[^"\\\n]|\\.)*+"?
    |\'\'\'(?:[^'\\]|\\.|'(?!\'\'))*+(?:\'\'\'|\Z)|'(?!\'\')(?:[^'\\\n]|\\.)*+'?
    |\#[^\n]*+|(?P<begin><<\()|<[^<>\s]*+>|(?P<end>\)>>)''',
    re.DOTALL | re.VERBOSE,
)
_TURTLE = (".nt", ".nq", ".ttl", ".trig")
_TRIPLE_TERM = b"<<("
_PIECE = 1 << 20


def check_bounds(path: str) -> None:
    """Refuse a file that could make its parser fill memory, crash, or wait for ever.

    :raises UnreadableFileError: if it is no file; if XML declares entities that hold others, are long or stand
        elsewhere; if JSON, XML or triple terms nest deeper than :data:`MAX_DEPTH`; if either of the first two is longer
        than :data:`MAX_JSON` or :data:`MAX_XML`
    :raises OSError: if it cannot be read
    """
    check_file(path)
    suffix = os.path.splitext(path)[1].lower()
    if suffix not in (".rdf", ".owl", ".jsonld", *_TURTLE):
        return
    with open(path, "rb") as file:
        size = os.fstat(file.fileno()).st_size
        limit = {".jsonld": MAX_JSON, ".rdf": MAX_XML, ".owl": MAX_XML}.get(suffix, size)
        if size > limit:
            reason = f"larger than {limit // 1_000_000} MB"
            raise UnreadableFileError(path, reason, remedy="write it as Turtle or N-Triples, or split it")
        if not size:
            return
        if suffix in _TURTLE and not _holds(file, _TRIPLE_TERM):
            return  # few files have any, and what is mapped counts as memory
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            check_nesting(path, content, suffix)


def check_nesting(name: str, content: bytes | mmap.mmap, suffix: str) -> bool:
    """Refuse what a parser would recurse into too deep, and entities that could fill memory.

    :param name: of what is read, for the error
    :param suffix: the format, as the suffix of a file
    :returns: False for XML that ends before its root element does
    :raises UnreadableFileError: as :func:`check_bounds` does
    """
    if suffix == ".jsonld":
        _check_brackets(name, content)
    elif suffix not in _TURTLE:
        _check_entities(name, content)
        return _check_tags(name, content)
    elif content.find(_TRIPLE_TERM) >= 0:
        _check_triple_terms(name, content)
    return True


def _holds(file: BinaryIO, mark: bytes) -> bool:
    before = b""
    while piece := file.read(_PIECE):
        if mark in before + piece:
            return True
        before = piece[1 - len(mark) :]
    return False


def check_file(path: str) -> None:
    """Refuse what is there and is no file, such as a pipe, for which one might wait for ever.

    :raises UnreadableFileError: if it is a folder, a pipe or a device
    :raises OSError: if nothing is there
    """
    if not os.path.isfile(path):
        os.stat(path)
        what = "a folder" if os.path.isdir(path) else "a device or a pipe"
        raise UnreadableFileError(path, what, remedy="give a file")


def _check_entities(path: str, content: bytes | mmap.mmap) -> None:
    for found in _ENTITY.finditer(content):
        value = found["one"] if found["one"] is not None else found["two"]
        if value is None or found["parameter"] or b"&" in value or len(value) > MAX_ENTITY:
            line = content[: found.start()].count(b"\n") + 1
            raise UnreadableFileError(path, "an XML entity that could fill memory", line, "write its text out instead")


def _check_tags(path: str, content: bytes | mmap.mmap) -> bool:
    depth, closed = 0, False
    for found in _TAGS.finditer(content):
        if found["end"]:
            depth -= 1
            closed = depth == 0
        elif found["whole"]:
            closed = depth == 0
        elif content[found.start() + 1] not in b"!?":
            depth += 1
            _check_depth(path, content, depth, found.start(), "elements")
    return closed and depth == 0


def _check_brackets(path: str, content: bytes | mmap.mmap) -> None:
    depth = 0
    for found in _BRACKETS.finditer(content):
        mark = content[found.start()]
        if mark in b"[{":
            depth += 1
            _check_depth(path, content, depth, found.start(), "brackets")
        elif mark in b"]}":
            depth -= 1


def _check_triple_terms(path: str, content: bytes | mmap.mmap) -> None:
    depth = 0
    for found in _TRIPLE_TERMS.finditer(content):
        if found["begin"]:
            depth += 1
            _check_depth(path, content, depth, found.start(), "triple terms")
        elif found["end"]:
            depth -= 1


def _check_depth(path: str, content: bytes | mmap.mmap, depth: int, at: int, what: str) -> None:
    if depth > MAX_DEPTH:
        line = content[:at].count(b"\n") + 1
        raise UnreadableFileError(path, f"{what} are nested more than {MAX_DEPTH} deep", line, "write the file flatter")
