"""Turtle as people write it: one block a thing, things of a kind together, in the order in which they came."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyoxigraph as ox

from ..vocabulary import to_curie

_LOCAL = re.compile(r"[A-Za-z0-9_]+(?:-[A-Za-z0-9_]+)*")
Pairs = Iterable[tuple[str, str | Sequence[str]]]


class Turtle:
    """A Turtle file in the making."""

    def __init__(self, prefixes: Mapping[str, str], parts: Sequence[str]) -> None:
        """:param parts: headings of the parts, in order"""
        self._prefixes = dict(prefixes)
        self._by_namespace = {namespace: prefix for prefix, namespace in prefixes.items()}
        self._parts: dict[str, list[str]] = {part: [] for part in parts}
        self._short: dict[str, str] = {}
        self.used: set[str] = set()
        #: File and row from which what is added next comes; None where that is not known, or not asked for.
        self.at: tuple[str, int] | None = None
        #: Entity to the file and row that first tells of it, as far as :attr:`at` was set.
        self.rows: dict[str, tuple[str, int]] = {}

    def add(self, part: str, iri: str, type_: str, pairs: Pairs) -> None:
        """Add a thing.

        :param type_: short identifier of its class
        :param pairs: short identifier of a property, and one or several terms from :meth:`name`, :meth:`text` or
            :func:`number`; empty ones are left out
        """
        if self.at is not None:
            self.rows.setdefault(iri, self.at)
        lines = [f"{self.name(iri)} a {type_}"]
        for property_, terms in pairs:
            values = [terms] if isinstance(terms, str) else list(dict.fromkeys(terms))
            self.used.add(property_.partition(":")[0])
            if values and values[0]:
                lines.append(f"    {property_} {', '.join(values)}")
        self.used.add(type_.partition(":")[0])
        self._parts[part].append(" ;\n".join(lines) + " .\n")

    def name(self, iri: str) -> str:
        """Return an IRI as it is written."""
        short = self._short.get(iri)
        if short is None:
            cut = iri.rfind("/") + 1
            prefix = self._by_namespace.get(iri[:cut])
            plain = prefix is not None and _LOCAL.fullmatch(iri, cut)
            curie = f"{prefix}:{iri[cut:]}" if plain else to_curie(iri, self._prefixes)
            short = f"<{iri}>" if curie == iri else curie
            if curie != iri:
                self.used.add(curie.partition(":")[0])
            if len(self._short) < 100_000:
                self._short[iri] = short
        return short

    def names(self, iris: Iterable[str]) -> list[str]:
        """Return IRIs as they are written."""
        return [self.name(iri) for iri in iris]

    def chunks(self) -> Iterator[bytes]:
        """Yield the file in pieces: the whole of a large one would fill memory once more."""
        used = [(prefix, iri) for prefix, iri in sorted(self._prefixes.items()) if prefix in self.used]
        yield "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in used).encode()
        for part, blocks in self._parts.items():
            if blocks:
                yield f"\n# {part}\n".encode()
            for start in range(0, len(blocks), 1000):
                yield "".join(f"\n{block}" for block in blocks[start : start + 1000]).encode()


def text(value: str, language: str | None = None) -> str:
    """Return a text as a term; empty for an empty one."""
    return str(ox.Literal(value, language=language) if language else ox.Literal(value)) if value else ""


def number(value: str) -> str:
    """Return a decimal number as a term, whole ones with a decimal point, so that all have one datatype."""
    return value if "." in value or not value else f"{value}.0"
