"""The graph: load files into an Oxigraph store and ask it in SPARQL 1.1."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

import pyoxigraph as ox

from .. import resources
from ..errors import (
    DamagedStoreError,
    EmptyGraphError,
    ParameterError,
    QueryFormError,
    QuerySyntaxError,
    ReadOnlyGraphError,
    ServiceError,
    UnknownFormatError,
    UnreadableFileError,
    UnwritableFileError,
)
from ..table import Ref, Table, Value, as_count
from ..vocabulary import DERIVED, PREFIXES, from_curie, is_iri
from . import sparql
from .bundled import bundled_store
from .limits import check_bounds
from .names import SORTS, NameIndex
from .queries import named_query
from .sniff import what_it_is

if TYPE_CHECKING:
    import rdflib

#: Suffixes of the files that can be loaded.
READERS: dict[str, ox.RdfFormat] = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
}

#: Those of them that hold no named graphs, which Oxigraph loads by itself: three times as fast as quad by quad.
_PLAIN = (".ttl", ".nt", ".rdf", ".owl")

#: Bytes of files from which on a graph is large.
LARGE = 20_000_000

#: What to do with a file that is malformed.
MEND = "mend the file and try again"

_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS = {f"{_XSD}{name}" for name in ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger")}
_FLOATS = {f"{_XSD}double", f"{_XSD}float"}


def open_graph(*paths: str | os.PathLike[str], bundled: bool = True) -> Graph:
    """Open the bundled graph, with more evidence beside it if wanted.

    The ontology and its vocabularies are always there; ``bundled=False`` leaves out the evidence of the 2005 enquiry.

    :param paths: files, or folders whose files (also in sub-folders) are loaded; format by suffix, see :data:`READERS`
    :raises UnreadableFileError: if a file is missing, malformed or of an unknown suffix
    """
    graph = Graph(bundled_store(evidence=bundled))
    for path in files_in(paths):  # no need to read them twice, as add does: where one is malformed no graph is returned
        graph.read(path)
    graph.derive()
    return graph


def graph_of(triples: Iterable[ox.Triple], prefixes: Mapping[str, str] | None = None) -> Graph:
    """Return a graph that holds the ontology and some triples, with what the rules derive from them.

    :param prefixes: prefixes to know besides the project's own
    """
    graph = Graph(bundled_store(evidence=False), prefixes)
    graph._store.bulk_extend(ox.Quad(*triple) for triple in triples)
    graph.derive()
    return graph


class Engine(Protocol):
    """What answers SPARQL: an Oxigraph store in memory or on disk, or an endpoint elsewhere."""

    def query(self, query: str, *, prefixes: dict[str, str]) -> Any:
        """Answer a query as pyoxigraph's stores do.

        :raises SyntaxError: if it cannot be read
        """


class _Closed:
    def query(self, query: str, *, prefixes: dict[str, str]) -> Any:
        raise RuntimeError("the graph was closed")


class Graph:
    """A graph of evidence behind an engine. Create one with :func:`open_graph`, in memory, or with
    :func:`.stored.open_store` or :func:`.endpoint.open_endpoint`.
    """

    def __init__(
        self, engine: Engine | None = None, prefixes: Mapping[str, str] | None = None, *, read_only: bool = False
    ) -> None:
        """:param engine: a new store in memory when None
        :param prefixes: prefixes to know besides the project's own
        :param read_only: whether adding to it is refused
        """
        self._read_only = read_only
        self._bytes = 0
        #: NameIndex in the answers of an endpoint so far, whose labels are then read together.
        self.met: set[str] = set()
        #: Answers that were read ahead, by query.
        self._ahead: dict[str, Table] = {}
        #: Whether a query may call other hosts by SERVICE.
        self.allow_service = False
        #: What the link summary must be made from to be read; empty where there is none.
        self.fingerprint = ""
        self._engine: Engine = ox.Store() if engine is None else engine
        self._prefixes = {**(prefixes or {}), **PREFIXES}

    @property
    def remote(self) -> bool:
        """Tell whether each question costs a round trip to another process."""
        return not isinstance(self._engine, ox.Store)

    @property
    def large(self) -> bool:
        """Tell whether it may hold more than is worth reading at once: a store on disk, an endpoint, or large files."""
        return self._read_only or self._bytes > LARGE

    @property
    def _store(self) -> ox.Store:
        if not isinstance(self._engine, ox.Store):
            raise ReadOnlyGraphError
        return self._engine

    def __len__(self) -> int:
        """Return the number of triples, derived ones included."""
        return as_count(self.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows[0][0])

    @property
    def prefixes(self) -> Mapping[str, str]:
        """Return the prefixes known here: the project's own and those of the files that were added."""
        return self._prefixes

    def know(self, prefixes: Mapping[str, str]) -> None:
        """Make prefixes known here; the project's own stay as they are."""
        self._prefixes = {**self._prefixes, **prefixes, **PREFIXES}

    def add(self, *paths: str | os.PathLike[str]) -> None:
        """Load files or folders and derive anew what the rules in ``ontology/rules`` say.

        Nothing is added if one of the files cannot be read.

        :raises UnreadableFileError: if a file is missing, malformed or of an unknown suffix
        :raises ReadOnlyGraphError: if it is a store on disk or an endpoint
        """
        if self._read_only:
            raise ReadOnlyGraphError
        files = list(files_in(paths))
        if len(files) > 1:  # one alone is loaded whole or not at all
            for path in files:
                for _ in _quads(_parse(path), path):
                    pass
        for path in files:
            self.read(path)
        self.derive()

    def read(self, path: str, watch: Callable[[BinaryIO], BinaryIO] = lambda file: file, *, learn: bool = True) -> None:
        """Load one file, whole or not at all, and derive nothing.

        :param watch: may wrap the open file, to see how far it has been read
        :param learn: whether the prefixes at its head become known here
        :raises UnreadableFileError: if it is missing or malformed
        """
        self._bytes += os.path.getsize(path)
        parser = _parse(path)
        for _ in islice(_quads(parser, path), 1):
            pass
        if learn:
            self._prefixes = {**parser.prefixes, **self._prefixes}
        with _mistakes_told(path), open(path, "rb") as file:
            if _suffix(path) in _PLAIN:
                self._store.bulk_load(watch(file), format=READERS[_suffix(path)], base_iri=_base(path))
            else:
                quads = ox.parse(
                    watch(file),
                    format=READERS[_suffix(path)],
                    base_iri=_base(path),
                    rename_blank_nodes=True,  # _:b0 of one file is not that of another; bulk_load sees to it by itself
                )
                self._store.bulk_extend(_flat(quads))

    def derive(self) -> None:
        """Derive anew what the rules in ``ontology/rules`` say."""
        for predicate in map(ox.NamedNode, DERIVED):
            for quad in list(self._store.quads_for_pattern(None, predicate, None)):
                self._store.remove(quad)
        # All rules read before any writes: each sees the store as it was when its query began.
        found: list[Any] = [self._store.query(resources.read_text(path)) for path in resources.rule_files()]
        self._store.bulk_extend(ox.Quad(*triple) for triples in found for triple in triples)
        self.__dict__.pop("names", None)

    def select(self, query: str, **parameters: object) -> Table:
        """Answer a SELECT query.

        :param query: SPARQL 1.1; the project's prefixes need no declaration
        :param parameters: values for variables such as ``?_outcome_iri`` (here ``outcome=``); see :mod:`.sparql`
        :raises QuerySyntaxError: if it cannot be read
        :raises QueryFormError: if it is no SELECT query
        """
        if query in self._ahead and not parameters:
            return self._ahead[query]
        with _damage_told(query):
            found = self._evaluate(query, parameters, "SELECT")
            table = Table(
                tuple(variable.value for variable in found.variables),
                tuple(tuple(_value(term) for term in solution) for solution in found),
            )
        if self.remote:
            self.met.update(value for row in table.rows for value in row if isinstance(value, Ref))
        return table

    def select_all(self, queries: Iterable[str]) -> list[Table]:
        """Answer several SELECT queries that do not depend on one another; from an endpoint in one request.

        Rows come in no fixed order. The queries name what they select, and do not contradict one another in prefixes.
        """
        texts = list(queries)
        if not self.remote or len(texts) < 2 or self._ahead.keys() >= set(texts):
            return [self.select(text) for text in texts]
        return sparql.parted(self.select(sparql.united(texts)), texts)

    def read_ahead(self, queries: Iterable[str], shown: Container[str] = (), things: Iterable[str] = ()) -> None:
        """Answer SELECT queries in one request where each costs one, so that :meth:`select` has their answers at hand.

        What lies in memory or on disk is asked when its turn comes. Rows come in the order that a query ends with.

        :param shown: the variables whose values are shown, in these answers and those read ahead before: their labels
            are read in one more request
        :param things: other things whose labels are shown; in the same request where no variables are
        """
        if not self.remote:
            return
        new = [query for query in dict.fromkeys(queries) if query not in self._ahead]
        # Where no answer tells which labels are shown, they come in the same request.
        tables = self.select_all(new) if shown else self.names.prepare(things, new)
        for query, table in zip(new, tables, strict=True):
            self._ahead[query] = sparql.in_order(table, query)
        if shown:
            columns = [(table, name) for table in self._ahead.values() for name in table.columns if name in shown]
            values = {value for table, name in columns for value in table.column(name) if isinstance(value, Ref)}
            self.names.prepare([*values, *things])

    def ask(self, query: str, **parameters: object) -> bool:
        """Answer an ASK query; parameters and errors as for :meth:`select`."""
        with _damage_told(query):
            return bool(self._evaluate(query, parameters, "ASK"))

    def construct(self, query: str, **parameters: object) -> rdflib.Graph:
        """Answer a CONSTRUCT or DESCRIBE query with a new rdflib graph; parameters and errors as for :meth:`select`."""
        import rdflib  # 130 ms that only callers who want rdflib should pay

        graph = rdflib.Graph()
        for prefix, namespace in self._prefixes.items():
            graph.bind(prefix, namespace, replace=True)
        triples = ox.serialize(self.triples(query, **parameters), format=ox.RdfFormat.N_TRIPLES)
        return graph.parse(data=triples or b"", format="nt")

    def triples(self, query: str, **parameters: object) -> list[ox.Triple]:
        """Answer a CONSTRUCT or DESCRIBE query with distinct triples in a fixed order."""
        with _damage_told(query):
            return sorted(set(self._evaluate(query, parameters, "CONSTRUCT")), key=str)

    def query(self, name: str, **parameters: object) -> Table | bool | rdflib.Graph:
        """Answer a named query: a table for SELECT, a truth value for ASK, an rdflib graph for CONSTRUCT.

        :param name: file name in ``queries/`` without suffix
        :param parameters: a label, CURIE, IRI, number, text or rdflib term each
        :raises UnknownQueryError: if there is no such query
        :raises ParameterError: if a parameter is unknown, missing or ill-typed
        """
        text = named_query(name).bind(parameters, self.resolve)
        form = sparql.query_form(text)
        return self.select(text) if form == "SELECT" else self.ask(text) if form == "ASK" else self.construct(text)

    def resolve(self, text: str, sort: str = "") -> str:
        """Return the IRI of the thing that a label, CURIE or IRI means.

        Statistics, testimonies and passages have no label; their identifier will do. A whole IRI need not be in
        the graph.

        :param sort: what to look among, where it is one of the names in :data:`.names.SORTS`; else everything

        :raises ParameterError: if it begins as an IRI and is none
        :raises AmbiguousNameError: if several things fit
        :raises UnknownNameError: if none fits
        """
        if text.startswith(("http://", "https://", "urn:")):
            if not is_iri(text):
                raise ParameterError(f"{text!r} is no IRI; check it, or name the thing by its label")
            return text
        iri = from_curie(text, self._prefixes)
        among = [sort] if sort in SORTS else []
        if iri:
            self.names.look_up([(text, among)])
            if self.names.is_there(iri):
                return iri
        return self.names.find(text, *among).iri

    def look_up(self, values: Mapping[str, object], parameters: Mapping[str, sparql.Parameter]) -> None:
        """Read ahead, in one request, what the names among the values of some parameters mean."""
        named = {
            name: str(values[name]) for name, known in parameters.items() if known.type == "iri" and name in values
        }
        whole = ("http://", "https://", "urn:")
        self.names.look_up(
            (text, [name] if name in SORTS else []) for name, text in named.items() if not text.startswith(whole)
        )

    @cached_property
    def names(self) -> NameIndex:
        """Return everything in the graph that has a label."""
        return NameIndex(self)

    @property
    def rdflib(self) -> rdflib.Graph:
        """Return an rdflib graph over the same store: what one writes the other reads."""
        import oxrdflib
        import rdflib

        view = rdflib.Graph(store=oxrdflib.OxigraphStore(store=self._store), identifier=_default_graph())
        for prefix, namespace in self._prefixes.items():
            view.bind(prefix, namespace, replace=True)
        return view

    def authored(self) -> Iterator[ox.Triple]:
        """Yield what was loaded, without what the rules derived, in a fixed order."""
        quads = self._store.quads_for_pattern(None, None, None, ox.DefaultGraph())
        return iter(sorted({quad.triple for quad in quads if quad.predicate.value not in DERIVED}, key=str))

    def dump(self, path: str) -> None:
        """Write everything, derived or not, as N-Triples in no fixed order.

        :raises UnwritableFileError: if the place cannot be written
        """
        try:
            self._store.dump(path, format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
        except OSError as error:
            raise UnwritableFileError(path, error.strerror or str(error)) from error

    def close(self) -> None:
        """Let go of the store, so that another process can write to it; the graph cannot be asked any more."""
        if isinstance(self._engine, ox.Store):
            if not self._read_only:
                self._engine.flush()
            self._engine = _Closed()
            self.__dict__.pop("names", None)

    def require_evidence(self) -> None:
        """Refuse a graph with no claim in it.

        :raises EmptyGraphError: if there is none
        """
        if not self.ask("ASK { ?claim a nlc:Claim }"):
            raise EmptyGraphError

    def _evaluate(self, query: str, parameters: dict[str, object], form: str) -> Any:
        text = (
            sparql.bind(query, {name: sparql.term(value) for name, value in parameters.items()})
            if parameters
            else query
        )
        if sparql.is_suspect(text):
            sparql.check(text, prefixes=self._prefixes, service=self.allow_service)
        given = sparql.query_form(text)
        if given != form and not (given == "DESCRIBE" and form == "CONSTRUCT"):
            raise QueryFormError(given, form)
        try:
            return self._engine.query(text, prefixes=self._prefixes)
        except SyntaxError as error:
            sparql.check(
                text, prefixes=self._prefixes, service=self.allow_service
            )  # says most mistakes in plainer words than the engine
            raise sparql.explain(str(error), text) from error


def files_in(paths: Iterable[str | os.PathLike[str]]) -> Iterator[str]:
    """Yield files and, in order of name, the readable files of folders.

    :raises UnreadableFileError: if a path does not exist or a folder holds no readable file
    :raises UnknownFormatError: if the suffix of a file that was named is unknown
    """
    for given in paths:
        path = os.fspath(given)
        if os.path.isdir(path):
            walk = os.walk(path, onerror=_unreadable)
            found = sorted(os.path.join(folder, name) for folder, _, names in walk for name in names)
            readable = [file for file in found if _suffix(file) in READERS]
            if not readable:
                raise UnreadableFileError(path, f"no file in this folder ends in {', '.join(READERS)}")
            yield from readable
        elif not os.path.exists(path):
            raise UnreadableFileError(path, "no such file or folder")
        elif _suffix(path) not in READERS:
            raise UnknownFormatError(os.path.basename(path), READERS)
        else:
            yield path


def _unreadable(error: OSError) -> None:
    """Refuse a folder of which a part cannot be read: what stands there would be missed."""
    raise UnreadableFileError(str(error.filename), error.strerror or str(error)) from error


def triples_in(path: str) -> Iterator[ox.Triple]:
    """Yield what a file says.

    :raises UnreadableFileError: if it cannot be read or is malformed
    """
    return (quad.triple for quad in _quads(_parse(path), path))


def _suffix(path: str) -> str:
    return os.path.splitext(path)[1].lower()


def _parse(path: str) -> ox.QuadParser:
    with _mistakes_told(path):
        check_bounds(path)
        return ox.parse(path=path, format=READERS[_suffix(path)], base_iri=_base(path))


def _base(path: str) -> str:
    from pathlib import Path

    return Path(path).resolve().as_uri()


def _quads(parser: ox.QuadParser, path: str) -> Iterator[ox.Quad]:
    with _mistakes_told(path):
        yield from _flat(parser)


def _flat(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    # Named graphs are read into the one default graph: where a claim comes from is said by its passage.
    return (ox.Quad(*quad.triple) for quad in quads)


@contextmanager
def _mistakes_told(path: str) -> Iterator[None]:
    """Turn what a reader says of a file into our error, once."""
    try:
        yield
    except SyntaxError as error:
        if other := what_it_is(path):
            raise UnreadableFileError(path, other[0], None, other[1]) from error
        reason = str(error.msg).split(": ", 1)[-1]
        raise UnreadableFileError(path, reason, error.lineno, MEND, error.offset) from error
    except OSError as error:
        reason = re.sub(r" \(os error \d+\)$", "", error.strerror or str(error))
        remedy = "give one that you may read" if isinstance(error, PermissionError) else ""
        raise UnreadableFileError(path, reason, remedy=remedy) from error


@contextmanager
def _damage_told(query: str) -> Iterator[None]:
    """Turn what the engine says of a store that it cannot read, or of a host that it called, into our error, once."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        if "custom function" in str(error):
            raise QuerySyntaxError(f"{error}; SPARQL 1.1 knows no such function") from error
        if "service" in query.lower():
            raise ServiceError(str(error)) from error
        raise DamagedStoreError(str(error)) from error


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> Value:
    if isinstance(term, ox.NamedNode):  # first, since most values are
        return Ref(term.value)
    if isinstance(term, ox.Literal):
        return _literal(term)
    return None if term is None else Ref(str(term))


def _literal(literal: ox.Literal) -> Value:
    text = literal.value
    if literal.language:
        return text
    datatype = literal.datatype.value
    try:
        if datatype in _INTEGERS:
            return int(text)
        if datatype == f"{_XSD}decimal":
            return Decimal(text)
        if datatype in _FLOATS:
            return float(text)
    except (ValueError, InvalidOperation):  # ill-typed data stays as it was written
        return text
    return text in ("true", "1") if datatype == f"{_XSD}boolean" else text


def _default_graph() -> Any:
    from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

    return DATASET_DEFAULT_GRAPH_ID
