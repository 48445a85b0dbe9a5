"""Named queries: SPARQL files whose headers, in grlc's decorator form, say what they ask and how to read a row."""

from __future__ import annotations

import os
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import BinaryIO, NamedTuple

from .. import resources
from ..errors import ParameterError, UnknownQueryError, UnreadableFileError
from . import sparql
from .sparql import Parameter

#: Turns what a user calls a thing, and the name of the parameter, into its IRI.
Resolver = Callable[[str, str], str]


class NamedQuery(NamedTuple):
    """A query file.

    :param summary: the question it answers
    :param description: how to read a row
    :param defaults: parameter name to the text used when none is given; for a thing (IRI) an example, see ``required``
    """

    name: str
    summary: str
    description: str
    defaults: dict[str, str]
    text: str

    @property
    def parameters(self) -> dict[str, Parameter]:
        """Return the parameters in order of first use."""
        return sparql.parameters(self.text)

    @property
    def required(self) -> dict[str, str]:
        """Return the parameters that must be given, each with an example; empty where the header has none.

        The default of a thing (IRI) is such an example, for grlc to show: no one thing stands for all.
        """
        return {
            name: self.defaults.get(name, "")
            for name, parameter in self.parameters.items()
            if parameter.type == "iri" or name not in self.defaults
        }

    def speaks_of(self, *words: str) -> bool:
        """Tell whether name, summary, description and parameters hold all these words, in either case."""
        told = " ".join((self.name, self.summary, self.description, *self.parameters)).casefold()
        return all(word in told for word in " ".join(words).casefold().split())

    def bind(self, values: dict[str, object], resolve: Resolver) -> str:
        """Return the SPARQL text with the parameters bound.

        :param values: parameter name to a text, a number or an rdflib term; missing ones that are not required take
            their default
        :param resolve: turns a label, CURIE or IRI into an IRI
        :raises ParameterError: if a parameter is unknown, missing or ill-typed
        """
        known, required = self.parameters, self.required
        given = {**{name: text for name, text in self.defaults.items() if name not in required}, **values}
        terms = {name: _term(known[name], value, resolve) if name in known else "" for name, value in given.items()}
        try:
            return sparql.bind(self.text, terms, required)
        except ParameterError as error:
            raise ParameterError(str(error).replace("the query", f"query {self.name!r}", 1)) from None


def named_query(name: str) -> NamedQuery:
    """Return the named query of this name.

    :raises UnknownQueryError: if there is none; names the nearest
    """
    files = resources.query_files()
    if name not in files:
        from difflib import get_close_matches  # only a wrong name needs it

        raise UnknownQueryError(name, list(files), get_close_matches(name, files, n=3, cutoff=0.5))
    return read_query(files[name])


def named_queries() -> list[NamedQuery]:
    """Return all named queries, by name."""
    return [read_query(path) for _, path in sorted(resources.query_files().items())]


def read_query(path: str | os.PathLike[str]) -> NamedQuery:
    """Read a query file with or without header.

    :raises UnreadableFileError: if it cannot be read or its header has a line that is none
    """
    place = os.fspath(path)
    try:
        with open(place, "rb") as file:
            return read_stream(file, os.path.splitext(os.path.basename(place))[0], place)
    except OSError as error:
        raise UnreadableFileError(path, error.strerror or str(error)) from error


def read_stream(file: BinaryIO, name: str, place: str) -> NamedQuery:
    """Read a query from an open file, as :func:`read_query` does."""
    content = file.read(sparql.MAX_LENGTH + 1)
    if len(content) > sparql.MAX_LENGTH:
        raise UnreadableFileError(place, f"longer than {sparql.MAX_LENGTH:,} bytes", remedy="is it a query?")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(place, "not UTF-8 text", remedy="save it as UTF-8") from error
    return parse_query(text.replace("\r\n", "\n").replace("\r", "\n"), name, place)


def parse_query(text: str, name: str, place: str = "query") -> NamedQuery:
    """Read a query text; header lines start with ``#+``, lists in it with ``#+ -``.

    >>> parse_query("#+ summary: What?\\n#+ defaults:\\n#+   - outcome: attendance\\nASK {}", "q").defaults
    {'outcome': 'attendance'}
    """
    fields: dict[str, list[str]] = {}
    current = ""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#+"):
            continue
        content = line[2:].strip()
        key, colon, value = content.partition(":")
        if content.startswith("- ") or (line[2:].startswith("   ") and current):
            fields.setdefault(current, []).append(content.removeprefix("- "))
        elif colon and key.isidentifier():
            current = key
            fields.setdefault(key, [])
            if value.strip():
                fields[key].append(value.strip())
        elif content:
            raise UnreadableFileError(place, f"header line {content!r} is neither 'key: value' nor '- item'", number)
    defaults = dict(_pair(item, place) for item in fields.get("defaults", []))
    summary, description = (" ".join(fields.get(key, [])).removeprefix("> ") for key in ("summary", "description"))
    return NamedQuery(name, summary, description, defaults, text)


def _pair(item: str, place: str) -> tuple[str, str]:
    name, colon, value = item.partition(":")
    if not colon:
        raise UnreadableFileError(place, f"default {item!r} is not 'parameter: value'")
    return name.strip(), value.strip()


def _term(parameter: Parameter, value: object, resolve: Resolver) -> str:
    if hasattr(value, "n3"):
        return sparql.term(value)
    text = str(value)
    if parameter.type == "iri":
        return f"<{resolve(text, parameter.name)}>"
    if parameter.type in ("integer", "decimal"):
        try:
            number = int(text) if parameter.type == "integer" else Decimal(text)
            if isinstance(number, Decimal) and not number.is_finite():
                raise ValueError(text)
            return sparql.term(number)
        except (ValueError, InvalidOperation):
            raise ParameterError(f"parameter {parameter.name!r} takes {parameter.type} values, not {text!r}") from None
    return sparql.term(text)
