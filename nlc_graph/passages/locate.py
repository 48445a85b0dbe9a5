"""Passages of the graph in a reader's own copy of their source: found once, in order, in their section, or why not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..errors import NlcGraphError
from ..evidence.claims import PREFIX, Passage, claims_touching
from ..graph.graph import Graph
from ..table import Ref
from .document import Document, Span

SOURCES = PREFIX + "SELECT DISTINCT ?source { ?passage a nlc:Passage ; nlc:source ?source } ORDER BY ?source"
PASSAGES = (
    PREFIX
    + """
SELECT ?passage ?section ?opens ?closes {
  ?passage a nlc:Passage ; nlc:source ?_source_iri ; nlc:section ?section ; nlc:opens ?opens ; nlc:closes ?closes .
  OPTIONAL { ?section nlc:position ?position }
} ORDER BY ?position ?passage
"""
)
SECTIONS = (
    PREFIX
    + """
SELECT ?section ?heading {
  ?section nlc:source ?_source_iri ; nlc:heading ?heading ; nlc:position ?position
} ORDER BY ?position
"""
)
#: The passages that state a thing, or the evidence of a claim; of a section, those that stand in it.
OWN = (
    PREFIX
    + """
SELECT DISTINCT ?passage {
  { ?passage a nlc:Passage FILTER(?passage = ?_thing_iri) }
  UNION { ?_thing_iri nlc:statedIn ?passage }
  UNION { ?_thing_iri (nlc:supportedBy|nlc:qualifiedBy|nlc:challengedBy)/nlc:statedIn ?passage }
  UNION { ?passage nlc:section/nlc:partOfSection* ?_thing_iri }
}
"""
)
#: Where the uses of a practice are told.
USES = PREFIX + "SELECT DISTINCT ?passage { ?use nlc:practice/skos:broader* ?_thing_iri ; nlc:statedIn ?passage }"


class SourceChoiceError(NlcGraphError):
    """The graph has passages of no source, or of several and none was named."""


@dataclass(frozen=True)
class Place:
    """Where a passage stands in a copy.

    :param span: start and end in characters; None if it was not found as it should be
    :param reason: why it was not found; empty if it was
    :param nearest: what comes nearest to the words that were not found; empty for nothing near
    """

    passage: Passage
    span: Span | None
    reason: str = ""
    nearest: str = ""


class Copy:
    """A reader's copy of one source, divided into its sections by their headings."""

    def __init__(
        self, document: Document, headings: Sequence[tuple[Ref, str]], passages: Iterable[Passage] = ()
    ) -> None:
        """:param headings: sections and the words of their headings, in reading order
        :param passages: tell which of two readings of the headings is right, where a list of contents repeats them
        """
        self.document = document
        known = list(passages)
        readings = [_headings_forwards(document, headings), _headings_backwards(document, headings)]
        self._order = [section for section, _ in headings]
        self._starts = max(readings, key=lambda starts: self._count_inside(starts, known))

    @property
    def missing_headings(self) -> tuple[Ref, ...]:
        """The sections whose heading is not in the copy; their passages are looked for between the neighbours."""
        return tuple(section for section in self._order if section not in self._starts)

    def bounds(self, section: Ref) -> Span:
        """Return where a section begins and ends, in characters; the whole copy if nothing is known of it."""
        return self._bounds(section, self._starts)

    def locate(self, passage: Passage) -> Place:
        """Find a passage in its section."""
        document = self.document
        start, end = self.bounds(passage.section)
        openings = document.places(passage.opens, start, end)
        if len(openings) > 1:
            return Place(passage, None, f"its opening words stand {len(openings)} times in the section")
        if not openings:
            elsewhere = len(document.places(passage.opens))
            if elsewhere:
                return Place(passage, None, "its opening words stand in another section")
            return Place(passage, None, "its opening words are not in the copy", document.nearest(passage.opens))
        opening = openings[0]
        closings = [place for place in document.places(passage.closes, opening[0], end) if place[1] >= opening[1]]
        if closings:
            return Place(passage, (opening[0], closings[0][1]))
        if document.places(passage.closes, start, opening[1]):
            return Place(passage, None, "its closing words stand before its opening words")
        if document.places(passage.closes):
            return Place(passage, None, "its closing words stand in another section")
        return Place(
            passage, None, "its closing words are not in the copy", document.nearest(passage.closes, opening[0], end)
        )

    def _bounds(self, section: Ref, starts: dict[Ref, int]) -> Span:
        if section not in self._order:
            return 0, len(self.document.text)
        at = self._order.index(section)
        before = [starts[other] for other in self._order[: at + 1] if other in starts]
        after = [starts[other] for other in self._order[at + 1 :] if other in starts]
        return (before[-1] if before else 0), (after[0] if after else len(self.document.text))

    def _count_inside(self, starts: dict[Ref, int], passages: Iterable[Passage]) -> int:
        return sum(
            bool(self.document.places(passage.opens, *self._bounds(passage.section, starts))) for passage in passages
        )


def passages_of(graph: Graph, thing: str) -> set[Ref]:
    """Return the passages that state a thing; of a thing that no passage states, those of its uses and claims."""
    found = _column(graph, OWN, thing)
    if not found:
        claims = claims_touching(graph, thing)
        found = _column(graph, USES, thing).union(*(_column(graph, OWN, claim) for claim in claims))
    return found


def open_copy(graph: Graph, document: Document, source: Ref | None = None) -> tuple[Copy, list[Passage]]:
    """Return a copy divided into sections, and the passages of its source in reading order.

    :param source: the source that the copy is of; may be left out where the graph has passages of one source only
    :raises SourceChoiceError: if it is not clear which source that is
    """
    source = source or _only_source(graph)
    headings = [(Ref(str(section)), str(heading)) for section, heading in graph.select(SECTIONS, source=source).rows]
    passages = [
        Passage(Ref(str(row["passage"])), Ref(str(row["section"])), str(row["opens"]), str(row["closes"]), source)
        for row in graph.select(PASSAGES, source=source)
    ]
    return Copy(document, headings, passages), passages


def _column(graph: Graph, query: str, thing: str) -> set[Ref]:
    return {Ref(str(passage)) for passage in graph.select(query, thing=Ref(thing)).column("passage")}


def _only_source(graph: Graph) -> Ref:
    sources = [Ref(str(source)) for source in graph.select(SOURCES).column("source")]
    if len(sources) == 1:
        return sources[0]
    if not sources:
        raise SourceChoiceError("the graph has no passages; add evidence with --data PATH or leave out --no-bundled")
    names = ", ".join(graph.names.curie(source) for source in sources)
    raise SourceChoiceError(
        f"the graph has passages of several sources: {names}; say with --source which the copy is of"
    )


def _headings_forwards(document: Document, headings: Sequence[tuple[Ref, str]]) -> dict[Ref, int]:
    """Take each heading where it first begins a line after the one before it, or else where it is printed just so."""
    starts: dict[Ref, int] = {}
    at = 0
    for section, heading in headings:
        places = document.places(heading, at)
        found = [place for place in places if document.begins_line(place[0])]
        # Within a line the words of a heading may be words of a sentence: their case tells.
        found = found or [place for place in places if document.text[slice(*place)] == heading]
        if found:
            starts[section] = found[0][0]
            at = starts[section] + 1
    return starts


def _headings_backwards(document: Document, headings: Sequence[tuple[Ref, str]]) -> dict[Ref, int]:
    """Take each heading where it last stands before the one after it: right where a list of contents comes first."""
    starts: dict[Ref, int] = {}
    at = len(document.text)
    for section, heading in reversed(headings):
        places = [place for place in document.places(heading, 0, at) if document.begins_line(place[0])]
        if places:
            starts[section] = at = places[-1][0]
    return starts
