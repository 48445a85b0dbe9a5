"""Locate the passages of a graph in a reader's copy of their source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..errors import NlcGraphError
from ..evidence.claims import Passage, claims_touching
from ..graph.graph import Graph
from ..table import Ref
from .document import Document, Span

SOURCES = "SELECT DISTINCT ?source { ?passage a nlc:Passage ; nlc:source ?source } ORDER BY ?source"
PASSAGES = """
SELECT ?passage ?section ?opens ?closes {
  ?passage a nlc:Passage ; nlc:source ?_source_iri ; nlc:section ?section .
  OPTIONAL { ?passage nlc:opens ?opens }
  OPTIONAL { ?passage nlc:closes ?closes }
  OPTIONAL { ?section nlc:position ?position }
} ORDER BY ?position ?passage
"""
SECTIONS = """
SELECT ?section ?heading {
  ?section nlc:source ?_source_iri ; nlc:heading ?heading ; nlc:position ?position
} ORDER BY ?position
"""
#: The passages in which an entity or its evidence is stated; of a section, the passages in it.
STATED_IN = """
SELECT DISTINCT ?passage {
  { ?passage a nlc:Passage FILTER(?passage = ?_entity_iri) }
  UNION { ?_entity_iri nlc:statedIn ?passage }
  UNION { ?_entity_iri (nlc:supportedBy|nlc:qualifiedBy|nlc:challengedBy)/nlc:statedIn ?passage }
  UNION { ?passage nlc:section/nlc:partOfSection* ?_entity_iri }
}
"""
#: The passages in which the uses of a practice are stated.
USES = "SELECT DISTINCT ?passage { ?use nlc:practice/skos:broader* ?_entity_iri ; nlc:statedIn ?passage }"


class SourceChoiceError(NlcGraphError):
    """The graph has no passages, or passages of several sources of which none was chosen."""

    code = "unclear-source"


@dataclass(frozen=True)
class Location:
    """Where a passage is in a copy.

    :param span: start and end in characters; None if the passage was not located
    :param reason: why it was not located; empty if it was
    :param nearest: the stretch of text nearest to the words that were not found; empty if nothing is near
    """

    passage: Passage
    span: Span | None
    reason: str = ""
    nearest: str = ""


class Copy:
    """A reader's copy of one source, divided into sections by their headings."""

    def __init__(
        self, document: Document, headings: Sequence[tuple[Ref, str]], passages: Iterable[Passage] = ()
    ) -> None:
        """Divide a copy into sections.

        :param headings: sections and their headings, in reading order
        :param passages: decide between two ways to find the headings, where a table of contents repeats them
        """
        self.document = document
        sections = [section for section, _ in headings]
        known = list(passages)
        readings = [_headings_forwards(document, headings), _headings_backwards(document, headings)]
        divided = [(_section_spans(sections, starts, len(document.text)), starts) for starts in readings]
        self._spans, starts = max(divided, key=lambda reading: self._count_openings(reading[0], known))
        self.missing_headings = tuple(section for section in sections if section not in starts)

    def bounds(self, section: Ref) -> Span:
        """Return the span of a section; the whole copy for an unknown section."""
        return self._spans.get(section, (0, len(self.document.text)))

    def locate(self, passage: Passage) -> Location:
        """Locate a passage in its section: opening words once, then closing words, if it has any."""
        document = self.document
        start, end = self.bounds(passage.section)
        openings = document.find(passage.opens, start, end)
        if len(openings) > 1:
            return Location(passage, None, f"its opening words occur {len(openings)} times in the section")
        if not openings and document.find(passage.opens):
            return Location(passage, None, "its opening words are in another section")
        if not openings:
            return Location(passage, None, "its opening words are not in the copy", document.nearest(passage.opens))
        opening = openings[0]
        if not passage.closes:
            return Location(passage, opening)
        for closing in document.find(passage.closes, opening[0], end):
            if closing[1] >= opening[1]:
                return Location(passage, (opening[0], closing[1]))
        if document.find(passage.closes, start, opening[1]):
            return Location(passage, None, "its closing words come before its opening words")
        if document.find(passage.closes):
            return Location(passage, None, "its closing words are in another section")
        nearest = document.nearest(passage.closes, opening[0], end)
        return Location(passage, None, "its closing words are not in the copy", nearest)

    def _count_openings(self, spans: dict[Ref, Span], passages: Iterable[Passage]) -> int:
        whole = (0, len(self.document.text))
        return sum(bool(self.document.find(each.opens, *spans.get(each.section, whole))) for each in passages)


def passages_of(graph: Graph, entity: str) -> set[Ref]:
    """Return the passages that state an entity; if there are none, those of its uses and claims."""
    found = _passages(graph, STATED_IN, entity)
    if not found:
        claims = claims_touching(graph, entity)
        found = _passages(graph, USES, entity).union(*(_passages(graph, STATED_IN, claim) for claim in claims))
    return found


def open_copy(graph: Graph, document: Document, source: Ref | None = None) -> tuple[Copy, list[Passage]]:
    """Return a copy divided into sections, and the passages of its source in reading order.

    :param source: the source of the copy; optional if the graph has passages of one source only
    :raises SourceChoiceError: if the source is not clear
    """
    source = source or _only_source(graph)
    headings = [(Ref(str(section)), str(heading)) for section, heading in graph.select(SECTIONS, source=source).rows]
    passages = [
        Passage(Ref(str(iri)), Ref(str(section)), str(opens or ""), str(closes or ""), source)
        for iri, section, opens, closes in graph.select(PASSAGES, source=source).rows
    ]
    return Copy(document, headings, passages), passages


def _passages(graph: Graph, query: str, entity: str) -> set[Ref]:
    return {Ref(str(passage)) for passage in graph.select(query, entity=Ref(entity)).column("passage")}


def _only_source(graph: Graph) -> Ref:
    sources = [Ref(str(source)) for source in graph.select(SOURCES).column("source")]
    if len(sources) == 1:
        return sources[0]
    if not sources:
        raise SourceChoiceError("the graph has no passages; add evidence with --data PATH or leave out --no-bundled")
    names = ", ".join(graph.names.curie(source) for source in sources)
    raise SourceChoiceError(f"the graph has passages of several sources: {names}; choose one with --source")


def _section_spans(sections: Sequence[Ref], starts: dict[Ref, int], length: int) -> dict[Ref, Span]:
    """Return the span of each section; without a heading, it lies between those of its neighbours."""
    begins: dict[Ref, int] = {}
    begin = 0
    for section in sections:
        begins[section] = begin = starts.get(section, begin)
    spans: dict[Ref, Span] = {}
    end = length
    for section in reversed(sections):
        spans[section] = (begins[section], end)
        end = starts.get(section, end)
    return spans


def _headings_forwards(document: Document, headings: Sequence[tuple[Ref, str]]) -> dict[Ref, int]:
    """Return the first start of each heading after the previous one: at the start of a line, or in its exact case."""
    starts: dict[Ref, int] = {}
    after = 0
    for section, heading in headings:
        spans = document.find(heading, after)
        found = [start for start, _ in spans if document.begins_line(start)]
        # Within a line only the exact case separates a heading from the same words in a sentence.
        found = found or [start for start, end in spans if document.text[start:end] == heading]
        if found:
            starts[section] = found[0]
            after = found[0] + 1
    return starts


def _headings_backwards(document: Document, headings: Sequence[tuple[Ref, str]]) -> dict[Ref, int]:
    """Return the last start of each heading before the next one: right where a table of contents comes first."""
    starts: dict[Ref, int] = {}
    before = len(document.text)
    for section, heading in reversed(headings):
        found = [start for start, _ in document.find(heading, 0, before) if document.begins_line(start)]
        if found:
            starts[section] = before = found[-1]
    return starts
