"""Write Turtle for people: one block an entity, under headings, in the order of the sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyoxigraph as ox

#: Property (CURIE) and one or several terms in Turtle syntax; empty terms are left out.
Pairs = Iterable[tuple[str, str | Sequence[str]]]
#: File and row number.
At = tuple[str, int]
_MAX_CACHED = 100_000
_LOCAL = re.compile(r"[A-Za-z0-9_]+(?:-[A-Za-z0-9_]+)*")


class TurtleWriter:
    """Collects entities and writes them as a Turtle file."""

    def __init__(self, prefixes: Mapping[str, str], parts: Sequence[str]) -> None:
        """:param parts: headings of the parts of the file, in order"""
        self._prefixes = dict(prefixes)
        self._by_namespace = {namespace: prefix for prefix, namespace in prefixes.items()}
        self._blocks: dict[str, list[str]] = {part: [] for part in parts}
        self._used: set[str] = set()
        self._short: dict[str, str] = {}
        #: The row that is being read; None while nothing is.
        self.at: At | None = None
        #: IRI to the row that first names it.
        self.rows: dict[str, At] = {}

    def note_row(self, iri: str) -> None:
        """Remember that the present row is the first to name an entity."""
        if self.at is not None:
            self.rows.setdefault(iri, self.at)

    def add(self, part: str, iri: str, class_: str, pairs: Pairs) -> None:
        """Add an entity.

        :param class_: CURIE
        """
        self.note_row(iri)
        lines = [f"{self.name(iri)} a {class_}"]
        self._used.add(class_.partition(":")[0])
        for property_, terms in pairs:
            values = [terms] if isinstance(terms, str) else list(dict.fromkeys(terms))
            if values and values[0]:
                lines.append(f"    {property_} {', '.join(values)}")
                self._used.add(property_.partition(":")[0])
        self._blocks[part].append("\n" + " ;\n".join(lines) + " .\n")

    def name(self, iri: str) -> str:
        """Return an IRI as a term, shortened if a prefix fits; empty for an empty one."""
        short = self._short.get(iri)
        if short is None:
            short = self._shorten(iri)
            if len(self._short) < _MAX_CACHED:
                self._short[iri] = short
        return short

    def _shorten(self, iri: str) -> str:
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        prefix = self._by_namespace.get(iri[:cut])
        if prefix is None or not _LOCAL.fullmatch(iri, cut):
            return f"<{iri}>" if iri else ""
        self._used.add(prefix)
        return f"{prefix}:{iri[cut:]}"

    def names(self, iris: Iterable[str]) -> list[str]:
        """Return IRIs as terms."""
        return [self.name(iri) for iri in iris]

    def chunks(self) -> Iterator[bytes]:
        """Yield the file in pieces, so that a large one is not in memory twice."""
        for prefix in sorted(self._used):
            yield f"@prefix {prefix}: <{self._prefixes[prefix]}> .\n".encode()
        for part, blocks in self._blocks.items():
            if blocks:
                yield f"\n# {part}\n".encode()
                yield from (block.encode() for block in blocks)


def text(value: str, language: str | None = None) -> str:
    """Return a text as a term; empty for an empty one."""
    if not value:
        return ""
    return str(ox.Literal(value, language=language) if language else ox.Literal(value))
