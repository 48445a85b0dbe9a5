"""The graph: triples in a store or behind an endpoint, queried in SPARQL 1.1."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, BinaryIO

import pyoxigraph as ox

from .. import resources
from ..errors import (
    EmptyGraphError,
    InstallationError,
    ParameterError,
    QueryFormError,
    QuerySyntaxError,
    ReadOnlyGraphError,
    ServiceError,
    StoreError,
    UnwritableFileError,
)
from ..table import Ref, Table, Value, as_count
from ..vocabulary import DERIVED, PREFIXES, from_curie, is_iri
from . import sparql
from .files import MEND, files_in, load_file, triples_in
from .names import SORTS, NameIndex

if TYPE_CHECKING:
    import rdflib

__all__ = ["MEND", "Graph", "files_in", "graph_of", "open_graph", "triples_in"]

PathLike = str | os.PathLike[str]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS = {f"{_XSD}{name}" for name in ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger")}
_FLOATS = {f"{_XSD}double", f"{_XSD}float"}
_DEFAULT = ox.DefaultGraph()


def open_graph(*paths: PathLike, bundled: bool = True) -> Graph:
    """Load the bundled evidence, and more files if wanted, into a graph in memory.

    The ontology and its vocabularies are always loaded; ``bundled=False`` leaves out the evidence of the 2005 enquiry.

    :param paths: files, or folders whose files (also in sub-folders) are loaded; the suffix is the format
    :raises UnreadableFileError: if a file is missing or malformed
    :raises UnknownFormatError: if its suffix is unknown
    """
    graph = Graph(bundled_store(evidence=bundled))
    for path in files_in(paths):
        graph.read(path)
    graph.derive()
    return graph


def graph_of(triples: Iterable[ox.Triple], prefixes: Mapping[str, str] | None = None) -> Graph:
    """Return a graph in memory that holds the ontology, some triples and what the rules derive from them."""
    store = bundled_store(evidence=False)
    store.bulk_extend(ox.Quad(*triple) for triple in triples)
    graph = Graph(store, prefixes)
    graph.derive()
    return graph


class Graph:
    """A graph of evidence. Create one with :func:`open_graph`, :func:`.disk.open_store` or
    :func:`.endpoint.open_endpoint`.

    :ivar allow_service: whether a query may call other hosts by SERVICE
    :ivar cache: values that other modules computed from the triples; emptied whenever the triples change
    :ivar seen: IRIs in the answers of an endpoint so far, whose labels are fetched together
    """

    def __init__(
        self, engine: Any = None, prefixes: Mapping[str, str] | None = None, *, read_only: bool = False
    ) -> None:
        """:param engine: an Oxigraph store, or what has its ``query``; a new store in memory if None
        :param prefixes: prefixes of its data, in addition to those of the project
        :param read_only: whether adding to it is refused
        """
        self.allow_service = False
        self.cache: dict[str, object] = {}
        self.seen: set[str] = set()
        self._engine: Any = ox.Store() if engine is None else engine
        self._read_only = read_only
        self._prefixes = {**(prefixes or {}), **PREFIXES}

    def __repr__(self) -> str:
        if self.is_endpoint:
            return f"Graph: the endpoint {getattr(self._engine, 'name', '')}"
        return f"Graph: {len(self):,} triples {'on disk' if self._read_only else 'in memory'}"

    def __len__(self) -> int:
        """Return the number of triples, derived ones included."""
        return as_count(self.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows[0][0])

    @property
    def is_endpoint(self) -> bool:
        """Tell whether each query is a request to another process."""
        return not isinstance(self._engine, ox.Store)

    @property
    def prefixes(self) -> Mapping[str, str]:
        """Return the prefixes of the project and of the files that were added."""
        return self._prefixes

    @property
    def names(self) -> NameIndex:
        """Return the names of its entities."""
        index = self.cache.get("names")
        if not isinstance(index, NameIndex):
            index = self.cache["names"] = NameIndex(self)
        return index

    # -- ask ----------------------------------------------------------------------------------------------------------

    def select(self, query: str, **parameters: object) -> Table:
        """Answer a SELECT query.

        :param query: SPARQL 1.1; the prefixes of the graph need no declaration
        :param parameters: values of variables such as ``?_outcome_iri`` (here ``outcome=``); see :mod:`.sparql`
        :raises QuerySyntaxError: if it cannot be read
        :raises QueryFormError: if it is not a SELECT query
        """
        with _translated_errors(query):
            found = self._evaluate(query, parameters, "SELECT")
            columns = tuple(variable.value for variable in found.variables)
            table = Table(columns, tuple(tuple(map(_value, solution)) for solution in found))
        if self.is_endpoint:
            self.seen.update(value for row in table.rows for value in row if isinstance(value, Ref))
        return table

    def ask(self, query: str, **parameters: object) -> bool:
        """Answer an ASK query; parameters and errors as for :meth:`select`."""
        with _translated_errors(query):
            return bool(self._evaluate(query, parameters, "ASK"))

    def construct(self, query: str, **parameters: object) -> rdflib.Graph:
        """Answer a CONSTRUCT or DESCRIBE query with a new rdflib graph; parameters and errors as for :meth:`select`."""
        import rdflib  # 130 ms

        graph = rdflib.Graph()
        self._bind_prefixes(graph)
        triples = ox.serialize(self.triples(query, **parameters), format=ox.RdfFormat.N_TRIPLES)
        return graph.parse(data=triples or b"", format="nt")

    def triples(self, query: str, **parameters: object) -> list[ox.Triple]:
        """Answer a CONSTRUCT or DESCRIBE query with distinct triples in a fixed order."""
        with _translated_errors(query):
            return sorted(set(self._evaluate(query, parameters, "CONSTRUCT")), key=str)

    def query(self, name: str, **parameters: object) -> Table | bool | rdflib.Graph:
        """Answer a named query: a table for SELECT, a truth value for ASK, an rdflib graph for CONSTRUCT.

        :param name: file name in ``queries/`` without suffix
        :param parameters: each a label, CURIE, IRI, number, text or rdflib term
        :raises UnknownQueryError: if there is no such query
        :raises ParameterError: if a parameter is unknown, missing or has a value of the wrong type
        """
        from .queries import named_query  # 2 ms

        text = named_query(name).bind(parameters, self.resolve)
        form = sparql.query_form(text)
        return self.select(text) if form == "SELECT" else self.ask(text) if form == "ASK" else self.construct(text)

    def labelled(self, table: Table) -> Table:
        """Return a table whose references have labels."""
        rows = [
            tuple(Ref(value, self.names.label(value)) if isinstance(value, Ref) else value for value in row)
            for row in table.rows
        ]
        return Table(table.columns, tuple(rows))

    def resolve(self, text: str, sort: str = "") -> str:
        """Return the IRI of the entity that a label, CURIE or IRI names. A whole IRI need not be in the graph.

        :param sort: one of the names in :data:`.names.SORTS` to choose from; everything else means any entity
        :raises ParameterError: if it starts like an IRI and is not valid
        :raises AmbiguousNameError: if several entities match
        :raises UnknownNameError: if none matches
        """
        if text.startswith(("http://", "https://", "urn:")):
            if not is_iri(text):
                raise ParameterError(f"{text!r} is not a valid IRI; correct it, or give a label", code="bad-iri")
            return text
        iri = from_curie(text, self._prefixes)
        if iri and self.names.is_there(iri):
            return iri
        return self.names.find(text, *([sort] if sort in SORTS else [])).iri

    def quads(self, subject: Any = None, predicate: Any = None, value: Any = None) -> Iterator[Any]:
        """Yield the quads that match a pattern, read from the store without a query."""
        return self._store.quads_for_pattern(subject, predicate, value)

    def authored(self) -> Iterator[ox.Triple]:
        """Yield the triples that were loaded, without those derived by rules, in a fixed order."""
        quads = self._store.quads_for_pattern(None, None, None, _DEFAULT)
        return iter(sorted({quad.triple for quad in quads if quad.predicate.value not in DERIVED}, key=str))

    def require_evidence(self) -> None:
        """Refuse a graph without claims.

        :raises EmptyGraphError: if it has none
        """
        if not self.ask("ASK { ?claim a nlc:Claim }"):
            raise EmptyGraphError

    # -- change and convert -------------------------------------------------------------------------------------------

    def add(self, *paths: PathLike) -> None:
        """Load files or folders, or none of them if one cannot be read, and derive what the rules say.

        :raises UnreadableFileError: if a file is missing or malformed
        :raises ReadOnlyGraphError: if the graph is a store on disk or an endpoint
        """
        if self._read_only:
            raise ReadOnlyGraphError
        files = list(files_in(paths))
        for path in files[:-1] and files:  # a single file is loaded whole or not at all
            for _ in triples_in(path):
                pass
        for path in files:
            self.read(path)
        self.derive()

    def read(self, path: str, watch: Callable[[BinaryIO], BinaryIO] = lambda file: file, *, learn: bool = True) -> None:
        """Load one file, whole or not at all, without deriving anything.

        :param watch: may wrap the open file, to see how far it was read
        :param learn: whether to add the prefixes declared at its head
        :raises UnreadableFileError: if it is missing or malformed
        """
        prefixes = load_file(self._store, path, watch)
        self.cache.clear()
        if learn:
            self.add_prefixes(prefixes)

    def read_text(self, text: bytes) -> None:
        """Load Turtle from memory without deriving anything.

        :raises SyntaxError: if it is malformed
        """
        self._store.load(text, format=ox.RdfFormat.TURTLE)
        self.cache.clear()

    def derive(self) -> None:
        """Replace the derived triples by what the rules in ``ontology/rules`` derive now."""
        for predicate in map(ox.NamedNode, DERIVED):
            for quad in list(self._store.quads_for_pattern(None, predicate, None)):
                self._store.remove(quad)
        # The answers are evaluated lazily: each rule sees the store as it was before the first one wrote.
        found: list[Any] = [self._store.query(resources.read_text(path)) for path in resources.rule_files()]
        self._store.bulk_extend(ox.Quad(*triple) for triples in found for triple in triples)
        self.cache.clear()

    def add_prefixes(self, prefixes: Mapping[str, str]) -> None:
        """Add prefixes; those of the project stay as they are."""
        self._prefixes = {**self._prefixes, **prefixes, **PREFIXES}
        self.cache.clear()

    def to_rdflib(self) -> rdflib.Graph:
        """Return an rdflib graph over the same store: a triple that one writes can be read by the other.

        :raises ReadOnlyGraphError: if it is an endpoint
        """
        import oxrdflib
        import rdflib
        from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

        store = oxrdflib.OxigraphStore(store=self._store)
        view = rdflib.Graph(store=store, identifier=DATASET_DEFAULT_GRAPH_ID)
        self._bind_prefixes(view)
        return view

    def dump(self, path: str) -> None:
        """Write all triples, derived ones included, as N-Triples in no fixed order.

        :raises UnwritableFileError: if the file cannot be written
        """
        try:
            self._store.dump(path, format=ox.RdfFormat.N_TRIPLES, from_graph=_DEFAULT)
        except OSError as error:
            raise UnwritableFileError(path, error.strerror or str(error)) from error

    def close(self) -> None:
        """Release the store, so that another process can write to it; the graph cannot be queried any more."""
        if isinstance(self._engine, ox.Store):
            if not self._read_only:
                self._engine.flush()
            del self._engine
            self.cache.clear()

    @property
    def _store(self) -> ox.Store:
        if not isinstance(self._engine, ox.Store):
            raise ReadOnlyGraphError
        return self._engine

    def _bind_prefixes(self, graph: rdflib.Graph) -> None:
        for prefix, namespace in self._prefixes.items():
            graph.bind(prefix, namespace, replace=True)

    def _evaluate(self, query: str, parameters: dict[str, object], form: str) -> Any:
        text = query
        if parameters:
            text = sparql.bind(query, {name: sparql.term(value) for name, value in parameters.items()})
        if sparql.is_suspect(text):
            sparql.check(text, prefixes=self._prefixes, service=self.allow_service)
        given = sparql.query_form(text)
        if given != form and (given, form) != ("DESCRIBE", "CONSTRUCT"):
            raise QueryFormError(given, form)
        try:
            return self._engine.query(text, prefixes=self._prefixes)
        except SyntaxError as error:
            sparql.check(text, prefixes=self._prefixes, service=self.allow_service)  # explains most errors better
            raise sparql.explain(str(error), text) from error


def bundled_store(*, evidence: bool) -> ox.Store:
    """Return a new store with the ontology, its vocabularies and, if wanted, the evidence of the 2005 enquiry."""
    files: Sequence[str] = [*resources.ontology_files(), *(resources.data_files() if evidence else [])]
    store = ox.Store()
    try:  # one text in one call loads a third faster than a call for each file
        store.load(b"\n".join(map(resources.read_bytes, files)), format=ox.RdfFormat.TURTLE)
    except SyntaxError as error:
        raise InstallationError(resources.root(), str(error.msg)) from error
    return store


@contextmanager
def _translated_errors(query: str) -> Iterator[None]:
    """Translate errors of the engine: an unreadable store, an unknown function or a failed SERVICE call."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        reason = str(error).partition("\n")[0]
        if "custom function" in reason:
            raise QuerySyntaxError(f"{reason}; SPARQL 1.1 has no such function") from error
        if "service" in query.lower():
            raise ServiceError(reason) from error
        raise StoreError("the store", f"it cannot be read: {reason}", code="damaged-store") from error


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> Value:
    if isinstance(term, ox.NamedNode):  # first, since most values are
        return str.__new__(Ref, term.value)  # three times as fast as Ref()
    if isinstance(term, ox.Literal):
        return _literal(term)
    return None if term is None else Ref(str(term))


def _literal(literal: ox.Literal) -> Value:
    text, datatype = literal.value, literal.datatype.value
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
