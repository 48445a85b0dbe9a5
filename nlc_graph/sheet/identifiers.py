"""Identifiers of an enquiry's own entities: readable, and the same each time for the same sheet."""

from __future__ import annotations

import re
from functools import lru_cache

from ..errors import ParameterError
from ..graph.names import fold
from ..vocabulary import BASE, OWN_PREFIXES

MAX_SLUG = 60
_WORD = re.compile(r"[^\W_]+")
_IDENTIFIER = re.compile(r"[^\[\]\s:]+:[^\[\]\s]+")


class EnquiryNamespace:
    """The namespace of an enquiry, which gives out new identifiers."""

    def __init__(self, enquiry: str, taken: set[str]) -> None:
        """:param taken: IRIs that are in use already; new ones are added

        :raises ParameterError: if the name is reserved, or the graph has an enquiry of that name
        """
        word = slug(enquiry)
        self.prefix = word if word[:1].isalpha() or not word else f"enquiry-{word}"
        self.iri = f"{BASE}{self.prefix}/"
        if not self.prefix or self.prefix in {*OWN_PREFIXES, "ontology"} - {"nlc2005"}:
            raise ParameterError(f"an enquiry cannot be called {enquiry!r}; give another name with --enquiry")
        if any(iri.startswith(self.iri) for iri in taken):
            raise ParameterError(
                f"the graph already has an enquiry {self.prefix!r}; give another name with --enquiry,"
                " or leave it out with --no-bundled"
            )
        self._taken = taken
        self._next: dict[str, int] = {}

    def new(self, *words: str, folder: str = "") -> str:
        """Return a new identifier made of some words, numbered if it is taken."""
        iri = self.propose(*words, folder=folder)
        self._taken.add(iri)
        return iri

    def propose(self, *words: str, folder: str = "") -> str:
        """Return the identifier that :meth:`new` would give, without taking it."""
        stem = "-".join(part for part in map(slug, words) if part) or "item"
        base = f"{self.iri}{folder}{stem}"
        number = self._next.get(base, 1)
        iri = base if number == 1 else f"{base}-{number}"
        while iri in self._taken:
            number += 1
            iri = f"{base}-{number}"
        self._next[base] = number
        return iri


@lru_cache(maxsize=4096)
def slug(text: str) -> str:
    """Return a text as the last part of an identifier, at most :data:`MAX_SLUG` characters; letters of any script stay.

    >>> slug("Éveil & <script> 2004/05")
    'eveil-script-2004-05'
    """
    whole = "-".join(_WORD.findall(fold(text)))
    if len(whole) <= MAX_SLUG:
        return whole
    return whole[: MAX_SLUG + 1].rpartition("-")[0] or whole[:MAX_SLUG]


def split_identifier(text: str) -> tuple[str, str]:
    """Return the label and the identifier in a cell; each may be empty.

    >>> split_identifier("Riverside NLC [mine:riverside]"), split_identifier("Riverside")
    (('Riverside NLC', 'mine:riverside'), ('Riverside', ''))
    """
    label, bracket, identifier = text.rpartition("[")
    if bracket and identifier.endswith("]") and _IDENTIFIER.fullmatch(identifier[:-1]):
        return label.rstrip(), identifier[:-1]
    return text, ""


def last_part(iri: str) -> str:
    """Return the last part of an IRI as a word of an identifier."""
    return slug(iri.rstrip("/").rsplit("/", 1)[-1])
