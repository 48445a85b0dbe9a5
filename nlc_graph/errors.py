"""What can go wrong, each with one sentence that says what, where, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from os import PathLike
from typing import ClassVar


class NlcGraphError(Exception):
    """Base of every error that bad input can bring about; its text is meant for the user."""

    #: Stable name of the error, for programs and tests; the wording of its text may change.
    code: ClassVar[str] = "error"


class UnknownNameError(NlcGraphError):
    """Nothing in the graph has the name, identifier or label asked for."""

    code = "unknown-name"

    def __init__(self, text: str, nearest: Sequence[str] = (), sort: str = "thing") -> None:
        self.text, self.nearest, self.sort = text, tuple(nearest), sort
        super().__init__(text)

    def __str__(self) -> str:
        hint = f"; did you mean {_either(self.nearest)}?" if self.nearest else "; `nlc-graph find TEXT` searches"
        return f"no {self.sort} is called {self.text!r}{hint}"


class AmbiguousNameError(NlcGraphError):
    """Several things fit the label asked for."""

    code = "ambiguous-name"

    def __init__(self, text: str, candidates: Sequence[tuple[str, str]]) -> None:
        self.text, self.candidates = text, tuple(candidates)
        super().__init__(text)

    def __str__(self) -> str:
        shown = [f"{curie} ({label})" for curie, label in self.candidates[:8]]
        more = f" and {len(self.candidates) - 8} more" if len(self.candidates) > 8 else ""
        return f"{self.text!r} fits several things: {', '.join(shown)}{more}; name one by its identifier"


class QuerySyntaxError(NlcGraphError):
    """A SPARQL text cannot be read. ``line`` and ``column`` count from 1; None if not known."""

    code = "bad-sparql"

    def __init__(self, message: str, line: int | None = None, column: int | None = None, name: str = "query") -> None:
        self.message, self.line, self.column, self.name = message, line, column, name
        super().__init__(message)

    def __str__(self) -> str:
        place = f", line {self.line}, column {self.column}" if self.line is not None else ""
        return f"{self.name}{place}: {self.message}"


class QueryFormError(NlcGraphError):
    """A SPARQL text is of another form than the one asked for."""

    code = "wrong-query-form"

    def __init__(self, form: str, wanted: str) -> None:
        self.form, self.wanted = form, wanted
        super().__init__(f"this is {_a(form)} query where {_a(wanted)} query is needed")


class UnknownQueryError(NlcGraphError):
    """No named query or file has the name asked for."""

    code = "unknown-query"

    def __init__(self, name: str, known: Sequence[str], nearest: Sequence[str] = ()) -> None:
        self.name, self.known, self.nearest = name, tuple(known), tuple(nearest)
        super().__init__(name)

    def __str__(self) -> str:
        hint = f"did you mean {_either(self.nearest)}? " if self.nearest else ""
        return f"no named query or file {self.name!r}; {hint}known queries: {', '.join(self.known)}"


class ParameterError(NlcGraphError):
    """A query parameter is unknown, missing or has a value that does not fit its type."""

    code = "bad-parameter"


class UnreadableFileError(NlcGraphError):
    """A file cannot be read, or its contents are malformed. ``line`` and ``column`` count from 1; None if not known."""

    code = "unreadable-file"

    def __init__(
        self,
        path: str | PathLike[str],
        reason: str,
        line: int | None = None,
        remedy: str = "",
        column: int | None = None,
    ) -> None:
        self.path, self.reason, self.line, self.remedy, self.column = str(path), reason, line, remedy, column
        super().__init__(reason)

    def __str__(self) -> str:
        place = f"{self.path}, line {self.line}" if self.line is not None else self.path
        return f"{place}: {self.reason}" + (f"; {self.remedy}" if self.remedy else "")


class UnwritableFileError(NlcGraphError):
    """A file cannot be written; nothing was left behind."""

    code = "unwritable-file"

    def __init__(self, path: str | PathLike[str], reason: str) -> None:
        self.path, self.reason = str(path), reason
        super().__init__(f"cannot write {path}: {reason}")


class UnknownFormatError(NlcGraphError):
    """A file suffix or format name stands for no format that can be written or read."""

    code = "unknown-format"

    def __init__(self, given: str, known: Iterable[str], remedy: str = "") -> None:
        self.given, self.known, self.remedy = given, tuple(known), remedy
        super().__init__(given)

    def __str__(self) -> str:
        hint = f"; {self.remedy}" if self.remedy else ""
        return f"no format for {self.given!r}; known: {', '.join(self.known)}{hint}"


class EmptyGraphError(NlcGraphError):
    """The graph holds nothing that could answer."""

    code = "empty-graph"

    def __init__(self, remedy: str = "add evidence with --data PATH or leave out --no-bundled") -> None:
        super().__init__(f"the graph holds no evidence; {remedy}")


class StoreError(NlcGraphError):
    """A store on disk cannot be opened or built. ``place`` is its folder."""

    code = "bad-store"

    def __init__(self, place: str | PathLike[str], reason: str, remedy: str = "load it again") -> None:
        self.place, self.reason, self.remedy = str(place), reason, remedy
        super().__init__(f"{place}: {reason}; {remedy}")


class DamagedStoreError(NlcGraphError):
    """A store on disk turned out to be unreadable while it was asked."""

    code = "damaged-store"

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"the store cannot be read: {reason.splitlines()[0] if reason else 'unknown'}; load it again")


class InstallationError(NlcGraphError):
    """A file that comes with the program is missing or damaged."""

    code = "damaged-installation"

    def __init__(self, place: str, reason: str) -> None:
        self.place, self.reason = place, reason
        super().__init__(f"the installation is damaged: {place}: {reason}; install nlc-graph anew")


class ServiceError(NlcGraphError):
    """Another host that a query called by SERVICE did not answer."""

    code = "service-failed"

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"the SERVICE that the query calls did not answer: {reason.splitlines()[0] if reason else ''}")


class EndpointError(NlcGraphError):
    """An endpoint cannot be reached, refuses, or does not answer as SPARQL says. ``url`` is its address."""

    code = "endpoint-failed"

    def __init__(self, url: str, reason: str) -> None:
        self.url, self.reason = url, reason
        super().__init__(f"{url}: {reason}")


class ServerError(NlcGraphError):
    """The server cannot be started."""

    code = "server-failed"

    def __init__(self, address: str, reason: str) -> None:
        self.address, self.reason = address, reason
        super().__init__(f"{address}: {reason}")


class MissingExtraError(NlcGraphError):
    """Something needs a package that only an extra brings."""

    code = "missing-extra"

    def __init__(self, what: str, extra: str) -> None:
        self.what, self.extra = what, extra
        super().__init__(f"{what} needs the extra {extra!r}; install it with: pip install 'nlc-graph[{extra}]'")


class ReadOnlyGraphError(NlcGraphError):
    """Something was asked of a store on disk or an endpoint that only a graph in memory does."""

    code = "read-only"

    def __init__(self) -> None:
        super().__init__("a store on disk or an endpoint only answers queries; for this, open the evidence in memory")


def _either(names: Sequence[str]) -> str:
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _a(form: str) -> str:
    return f"an {form}" if form[0] in "AEIOU" else f"a {form}"
