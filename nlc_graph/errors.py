"""Every error that bad input can cause: what is wrong, where, and what to do.

Programs and tests look at ``code`` and at the attributes; the wording may change.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from os import PathLike

Path = str | PathLike[str]
Position = int | None


class NlcGraphError(Exception):
    """Base of all errors whose text is meant for the user."""

    #: Stable name of the error. A class that stands for several situations is given one for each.
    code: str = "error"

    def __init__(self, message: str = "", *, code: str = "") -> None:
        super().__init__(message)
        self.code = code or type(self).code


class UnknownNameError(NlcGraphError):
    """Nothing in the graph has this name, identifier or label."""

    code = "unknown-name"

    def __init__(self, text: str, nearest: Sequence[str] = (), sort: str = "") -> None:
        self.text, self.nearest, self.sort = text, tuple(nearest), sort
        advice = f"did you mean {' or '.join(nearest)}?" if nearest else "`nlc-graph find TEXT` searches"
        subject = f"no {sort}" if sort else "nothing"
        super().__init__(f"{subject} is called {shortened(text)!r}; {advice}")


class AmbiguousNameError(NlcGraphError):
    """Several entities match a label. ``candidates`` are pairs of CURIE and label."""

    code = "ambiguous-name"

    def __init__(self, text: str, candidates: Sequence[tuple[str, str]]) -> None:
        self.text, self.candidates = text, tuple(candidates)
        shown = [f"{curie} ({label})" for curie, label in self.candidates[:8]]
        more = f" and {len(self.candidates) - 8} more" if len(self.candidates) > 8 else ""
        super().__init__(f"{shortened(text)!r} is ambiguous: {', '.join(shown)}{more}; give one of these identifiers")


class QuerySyntaxError(NlcGraphError):
    """A SPARQL text cannot be read. ``line`` and ``column`` count from 1; None if unknown."""

    code = "bad-sparql"

    def __init__(
        self, message: str, line: Position = None, column: Position = None, name: str = "query", *, code: str = ""
    ) -> None:
        #: ``name`` of the query may be set by who knows the file that it comes from.
        self.message, self.line, self.column, self.name = message, line, column, name
        super().__init__(message, code=code)

    def __str__(self) -> str:
        position = f", line {self.line}, column {self.column}" if self.line is not None else ""
        return f"{self.name}{position}: {self.message}"


class QueryFormError(NlcGraphError):
    """A SPARQL text has another form than the one needed."""

    code = "wrong-query-form"

    def __init__(self, form: str, wanted: str) -> None:
        self.form, self.wanted = form, wanted
        super().__init__(f"this query is of the form {form}; {wanted} is needed")


class UnknownQueryError(NlcGraphError):
    """No named query or file has this name."""

    code = "unknown-query"

    def __init__(self, name: str, known: Sequence[str], nearest: Sequence[str] = ()) -> None:
        self.name, self.known, self.nearest = name, tuple(known), tuple(nearest)
        advice = f"did you mean {' or '.join(nearest)}?" if nearest else "`nlc-graph queries` lists them"
        super().__init__(f"no named query or file {shortened(name)!r}; {advice}")


class ParameterError(NlcGraphError):
    """A parameter or option is unknown, missing or has a value of the wrong type."""

    code = "bad-parameter"


class UnreadableFileError(NlcGraphError):
    """A file cannot be read or is malformed. ``line`` and ``column`` count from 1; None if unknown."""

    code = "unreadable-file"

    def __init__(
        self, path: Path, reason: str, line: Position = None, hint: str = "", column: Position = None, *, code: str = ""
    ) -> None:
        self.path, self.reason, self.line, self.hint, self.column = str(path), reason, line, hint, column
        position = f"{path}, line {line}" if line is not None else str(path)
        super().__init__(_joined(f"{position}: {reason}", hint), code=code)


class UnwritableFileError(NlcGraphError):
    """A file or folder cannot be written; what was there is unchanged."""

    code = "unwritable-file"

    def __init__(self, path: Path, reason: str, *, code: str = "") -> None:
        self.path, self.reason = str(path), reason
        super().__init__(f"cannot write {path}: {reason}", code=code)


class UnknownFormatError(NlcGraphError):
    """A file suffix or format name is unknown."""

    code = "unknown-format"

    def __init__(self, given: str, known: Iterable[str], hint: str = "") -> None:
        self.given, self.known, self.hint = given, tuple(known), hint
        super().__init__(_joined(f"no format for {given!r}; known: {', '.join(self.known)}", hint))


class EmptyGraphError(NlcGraphError):
    """The graph holds no claim."""

    code = "empty-graph"

    def __init__(self) -> None:
        super().__init__("the graph holds no evidence; add evidence with --data PATH or leave out --no-bundled")


class StoreError(NlcGraphError):
    """A store on disk cannot be opened or built. ``path`` is its folder."""

    code = "bad-store"

    def __init__(self, path: Path, reason: str, hint: str = "load it again", *, code: str = "") -> None:
        self.path, self.reason, self.hint = str(path), reason, hint
        super().__init__(_joined(f"{path}: {reason}", hint), code=code)


class InstallationError(NlcGraphError):
    """A file that comes with the program is missing or damaged."""

    code = "damaged-installation"

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"the installation is damaged: {path}: {reason}; install nlc-graph again")


class ServiceError(NlcGraphError):
    """A SERVICE clause called another host, which did not answer."""

    code = "service-failed"

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"the SERVICE that the query calls did not answer: {reason}")


class EndpointError(NlcGraphError):
    """A SPARQL endpoint cannot be reached, refuses or sends no valid answer. ``url`` is its address."""

    code = "endpoint-failed"

    def __init__(self, url: str, reason: str, *, code: str = "") -> None:
        self.url, self.reason = url, reason
        super().__init__(f"{url}: {reason}", code=code)


class ServerError(NlcGraphError):
    """The server cannot be started."""

    code = "server-failed"

    def __init__(self, address: str, reason: str) -> None:
        self.address, self.reason = address, reason
        super().__init__(f"{address}: {reason}")


class MissingExtraError(NlcGraphError):
    """A feature needs a package that only an extra installs."""

    code = "missing-extra"

    def __init__(self, feature: str, extra: str) -> None:
        self.feature, self.extra = feature, extra
        super().__init__(f"{feature} needs the extra {extra!r}; install it with: pip install 'nlc-graph[{extra}]'")


class ReadOnlyGraphError(NlcGraphError):
    """A store on disk or an endpoint was asked for what only a graph in memory can do."""

    code = "read-only"

    def __init__(self) -> None:
        super().__init__("a store on disk or an endpoint only answers queries; open the evidence in memory instead")


def shortened(text: str, length: int = 80) -> str:
    """Return a text with at most this number of characters."""
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _joined(message: str, hint: str) -> str:
    return f"{message}; {hint}" if hint else message
