"""Named queries: SPARQL files with a header in the format of grlc, and the values of their parameters."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import BinaryIO, NamedTuple

from .. import resources
from ..errors import ParameterError, UnknownQueryError, UnreadableFileError
from . import sparql
from .sparql import Parameter

#: Returns the IRI of the entity that a label, CURIE or IRI names; the second text is the name of the parameter.
Resolver = Callable[[str, str], str]


class NamedQuery(NamedTuple):
    """A query file.

    :param summary: the question it answers
    :param description: how to read a row
    :param defaults: parameter name to value; for a parameter that takes an entity only an example, see ``required``
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
        """Return the parameters that must be given, each with an example, or an empty text if the header has none."""
        return {
            name: self.defaults.get(name, "")
            for name, parameter in self.parameters.items()
            if parameter.type == "iri" or name not in self.defaults
        }

    def matches(self, *words: str) -> bool:
        """Tell whether name, summary, description and parameters contain all words, in either case."""
        text = " ".join((self.name, self.summary, self.description, *self.parameters)).casefold()
        return all(word in text for word in " ".join(words).casefold().split())

    def bind(self, values: Mapping[str, object], resolve: Resolver) -> str:
        """Return the SPARQL text with its parameters bound.

        :param values: parameter name to a text, a number or an rdflib term; those left out take their default
        :param resolve: turns a label, CURIE or IRI into an IRI
        :raises ParameterError: if a parameter is unknown, missing or has a value of the wrong type
        """
        parameters, required = self.parameters, self.required
        optional = {name: value for name, value in self.defaults.items() if name not in required}
        terms = {}
        for name, value in {**optional, **values}.items():
            if name not in parameters:
                raise ParameterError(f"query {self.name!r} has no parameter {name!r}; {self._usage()}")
            terms[name] = _term(parameters[name], value, resolve)
        for name, example in required.items():
            if name not in terms:
                usage = f'-p {name}="{example}"' if example else f"-p {name}=VALUE"
                raise ParameterError(f"query {self.name!r} needs the parameter {name!r}: {usage}; {self._usage()}")
        return sparql.bind(self.text, terms)

    def _usage(self) -> str:
        return f"its parameters: {', '.join(self.parameters) or 'none'}"


def named_query(name: str) -> NamedQuery:
    """Return the named query of this name.

    :raises UnknownQueryError: if there is none
    """
    files = resources.query_files()
    if name not in files:
        from difflib import get_close_matches

        raise UnknownQueryError(name, list(files), get_close_matches(name, files, n=3, cutoff=0.5))
    return read_query(files[name])


def named_queries() -> list[NamedQuery]:
    """Return all named queries, by name."""
    return [read_query(path) for path in resources.query_files().values()]


def read_query(path: str | os.PathLike[str]) -> NamedQuery:
    """Read a query file with or without header.

    :raises UnreadableFileError: if it cannot be read or a header line is malformed
    """
    path = os.fspath(path)
    try:
        with open(path, "rb") as file:
            return read_stream(file, os.path.splitext(os.path.basename(path))[0], path)
    except OSError as error:
        raise UnreadableFileError(path, error.strerror or str(error)) from error


def read_stream(file: BinaryIO, name: str, path: str) -> NamedQuery:
    """Read a query from an open file, as :func:`read_query` does."""
    content = file.read(sparql.MAX_LENGTH + 1)
    if len(content) > sparql.MAX_LENGTH:
        reason = f"longer than {sparql.MAX_LENGTH:,} bytes"
        raise UnreadableFileError(path, reason, hint="is it a query?", code="too-large")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(path, "not UTF-8 text", hint="save it as UTF-8", code="not-utf8") from error
    return parse_query(text.replace("\r\n", "\n").replace("\r", "\n"), name, path)


def parse_query(text: str, name: str, path: str = "query") -> NamedQuery:
    """Parse a query text. Header lines start with ``#+``, items of a list with ``#+ -``.

    >>> parse_query("#+ summary: What?\\n#+ defaults:\\n#+   - outcome: attendance\\nASK {}", "q").defaults
    {'outcome': 'attendance'}
    """
    fields: dict[str, list[str]] = {}
    current = ""
    for number, line in enumerate(text.splitlines(), 1):
        content = line[2:].strip() if line.startswith("#+") else ""
        if not content:
            continue
        key, colon, value = content.partition(":")
        if content.startswith("- ") or (line.startswith("#+   ") and current):
            fields.setdefault(current, []).append(content.removeprefix("- "))
        elif colon and key.isidentifier():
            current = key
            fields[key] = [value.strip()] if value.strip() else []
        else:
            reason = f"header line {content!r} is neither 'key: value' nor '- item'"
            raise UnreadableFileError(path, reason, number, code="bad-header")
    defaults = dict(_default(item, path) for item in fields.get("defaults", []))
    summary, description = (" ".join(fields.get(key, [])).removeprefix("> ") for key in ("summary", "description"))
    return NamedQuery(name, summary, description, defaults, text)


def _default(item: str, path: str) -> tuple[str, str]:
    name, colon, value = item.partition(":")
    if not colon:
        raise UnreadableFileError(path, f"default {item!r} is not 'parameter: value'", code="bad-header")
    return name.strip(), value.strip()


def _term(parameter: Parameter, value: object, resolve: Resolver) -> str:
    """Return a value as a SPARQL term of the type of its parameter."""
    if hasattr(value, "n3"):
        return sparql.term(value)
    text = str(value)
    if parameter.type == "iri":
        return f"<{resolve(text, parameter.name)}>"
    if parameter.type in ("integer", "decimal"):
        try:
            number = int(text) if parameter.type == "integer" else Decimal(text)
        except (ValueError, InvalidOperation):
            number = Decimal("NaN")
        if not Decimal(number).is_finite():
            raise ParameterError(f"parameter {parameter.name!r} takes {parameter.type} values, not {text!r}")
        return sparql.term(number)
    return sparql.term(text)
