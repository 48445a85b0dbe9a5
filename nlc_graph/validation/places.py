"""Where in a file a thing is described.

RDF parsers do not keep lines, so the text is read again, for those files only in which something was found. What counts
is where a thing is the subject of a statement, and, where known, the line of the property in question.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping

from ..vocabulary import from_curie

#: Turtle's words, as far as it takes to tell where a statement begins (Turtle 1.1, section 6.5).
_TURTLE = re.compile(
    r'''
      (?P<skip>\s+|\#[^\n]*)
    | (?P<string>"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^'\\]|\\.|'(?!''))*\'\'\'
                |"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    | (?P<iri><[^<>\s]*>)
    | (?P<name>[\w.-]*:(?:[\w:%-]|\\.|\.(?=[\w:%-]))*)
    | (?P<number>[+-]?\d*\.?\d+(?:[eE][+-]?\d+)?)
    | (?P<word>@?\w+(?:-\w+)*)
    | (?P<mark>.)
    ''',
    re.VERBOSE | re.DOTALL,
)
_JSON = re.compile(r'(?P<before>[{,])\s*"@?id"\s*:\s*"(?P<iri>(?:[^"\\]|\\.)*)"\s*(?P<after>[,}])')
_XML = re.compile(r"""\brdf:about\s*=\s*["'](?P<iri>[^"']*)["']""")

#: Subject and property (empty for the start of the statement) to line.
Lines = dict[tuple[str, str], int]


def find_lines(path: str, prefixes: Mapping[str, str]) -> Lines:
    """Return where each thing of a file is first described, and each of its properties.

    :param prefixes: of the file's short names
    :returns: (IRI, IRI of a property or empty text) to line, from 1; empty for a file that is no text
    """
    reader = _READERS.get(os.path.splitext(path)[1].lower())
    if reader is None:
        return {}
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            text = file.read()
    except OSError:
        return {}
    found: Lines = {}
    line, at = 1, 0
    for start, subject, predicate in reader(text):
        line, at = line + text.count("\n", at, start), start
        names = [from_curie(name, prefixes) or name for name in (subject, predicate)]
        found.setdefault((names[0], names[1]), line)
    return found


def _turtle(text: str) -> Iterator[tuple[int, str, str]]:
    subject, depth, awaits = "", 0, "subject"
    for match in _TURTLE.finditer(text):
        kind, word = match.lastgroup, match.group()
        if kind == "skip":
            continue
        if kind == "mark" and word in "[(":
            depth += 1
        elif kind == "mark" and word in "])":
            depth -= 1
        elif depth > 0:
            continue
        elif kind == "mark" and word in ".{}":
            subject, awaits = "", "subject"
        elif kind == "mark" and word == ";":
            awaits = "predicate"
        elif awaits == "subject":
            directive = kind == "word"
            awaits = "end" if directive else "predicate"
            if directive:
                awaits = "subject" if word.upper() == "GRAPH" else "directive"
            elif kind in ("iri", "name"):
                subject = word
                yield match.start(), subject, ""
        elif awaits == "directive" and kind == "iri":
            awaits = "subject"  # PREFIX and BASE end here; after @prefix comes a full stop that changes nothing
        elif awaits == "predicate" and subject:
            awaits = "end"
            yield match.start(), subject, "rdf:type" if word == "a" else word


def _json(text: str) -> Iterator[tuple[int, str, str]]:
    for match in _JSON.finditer(text):
        if (match["before"], match["after"]) != ("{", "}"):  # else it is only referred to
            yield match.start("iri"), match["iri"], ""


def _xml(text: str) -> Iterator[tuple[int, str, str]]:
    for match in _XML.finditer(text):
        yield match.start("iri"), match["iri"], ""


_READERS: Mapping[str, Callable[[str], Iterator[tuple[int, str, str]]]] = {
    **dict.fromkeys((".ttl", ".nt", ".nq", ".trig"), _turtle),
    ".jsonld": _json,
    **dict.fromkeys((".rdf", ".owl"), _xml),
}
