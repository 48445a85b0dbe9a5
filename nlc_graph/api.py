"""The public Python API: an evidence graph that answers questions in a script or a notebook.

>>> import nlc_graph as nlc
>>> graph = nlc.open_graph()
>>> row = graph.impacts("attendance")[0]
>>> row.practice.label, row.outcome.label, row.claims[0].evidence[0].passage.section.label
('learning mentors', 'attendance', 'Key feature 2 › Vignette (Kingsbridge) › Network data')
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, overload

from .errors import UnknownNameError
from .evidence.claims import Claim, read_claims
from .evidence.claims_table import ClaimRow, claims_table
from .evidence.filters import Filters, resolve_filters
from .evidence.impacts import Impact, find_claims, find_impacts
from .graph.files import files_in
from .graph.graph import Graph, bundled_store
from .graph.queries import named_queries
from .graph.sparql import query_form
from .table import Ref, Table, Value
from .vocabulary import local_name

if TYPE_CHECKING:
    import networkx as nx

    from .evidence.describe import Description

PathLike = str | os.PathLike[str]
CLAIM_COLUMNS = ("claim", "practices", "outcome", "link", "direction", "feature", "networks", "evidence", "comparison")
#: A label, CURIE or IRI, or several of them.
Names = str | Iterable[str]


def open_graph(*paths: PathLike, bundled: bool = True) -> EvidenceGraph:
    """Open the bundled evidence, and more files if wanted.

    :param paths: RDF files, evidence sheets, or folders of RDF files
    :param bundled: whether to include the evidence of the 2005 enquiry
    :raises NlcGraphError: if a file is missing, malformed or of an unknown format
    """
    graph = EvidenceGraph(bundled_store(evidence=bundled))
    for path in paths:
        if os.fspath(path).lower().endswith((".xlsx", ".csv", ".tsv")):
            graph.read_sheet(path)
        else:
            for file in files_in([path]):
                graph.read(file)
    graph.derive()
    return graph


def open_store(folder: PathLike) -> EvidenceGraph:
    """Open a store on disk that ``nlc-graph load`` built, for reading."""
    from .graph.disk import open_store as open_plain

    return EvidenceGraph.like(open_plain(folder))


def open_endpoint(url: str, **options: Any) -> EvidenceGraph:
    """Open the graph behind a SPARQL 1.1 endpoint; options as for :func:`.graph.endpoint.open_endpoint`."""
    from .graph.endpoint import open_endpoint as open_plain

    return EvidenceGraph.like(open_plain(url, **options))


def read_sheet(path: PathLike) -> EvidenceGraph:
    """Read an evidence sheet into a graph of its own.

    :raises SheetError: if a cell cannot be read; lists every one
    """
    return open_graph(path, bundled=False)


class LazyClaims(Sequence[Claim]):
    """The claims of a link, read when one of them is first used."""

    def __init__(self, graph: EvidenceGraph, iris: Sequence[Ref]) -> None:
        self.iris = tuple(iris)
        self._graph = graph
        self._claims: list[Claim] = []

    def __len__(self) -> int:
        return len(self.iris)

    @overload
    def __getitem__(self, index: int) -> Claim: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Claim]: ...
    def __getitem__(self, index: int | slice) -> Claim | Sequence[Claim]:
        if not self._claims:
            self._claims = [self._graph.labels_of(claim) for claim in read_claims(self._graph, self.iris)]
        return self._claims[index]

    def __repr__(self) -> str:
        return f"{len(self)} claims"


@dataclass(frozen=True, repr=False)
class ImpactTable(Table):
    """Practice-outcome links as a table; an index gives the :class:`.Impact` with its claims."""

    impacts: tuple[Impact, ...] = ()

    def __getitem__(self, index: int) -> Impact:
        return self.impacts[index]


class EvidenceGraph(Graph):
    """An evidence graph; :func:`open_graph`, :func:`open_store` and :func:`open_endpoint` create one."""

    @classmethod
    def like(cls, graph: Graph) -> EvidenceGraph:
        """Return an evidence graph over the store or endpoint of another graph."""
        found = cls.__new__(cls)
        found.__dict__.update(graph.__dict__)
        found.cache = {}
        return found

    def __repr__(self) -> str:
        if self.is_endpoint:
            return super().__repr__().replace("Graph", "EvidenceGraph", 1)
        kinds = {"Network": "networks", "Practice": "practices", "OutcomeType": "outcome types", "Claim": "claims"}
        counts = (f"{self._count(kind):,} {name}" for kind, name in kinds.items())
        return f"EvidenceGraph: {', '.join(counts)}"

    def impacts(self, *text: str, **filters: Names) -> ImpactTable:
        """Return the practice-outcome links, strongest link type first.

        :param text: parts of a label of a practice, outcome type, key feature or network
        :param filters: ``practice``, ``outcome``, ``feature``, ``network``, ``kind``, ``link`` or ``enquiry``
        :raises UnknownNameError: if a name is unknown; suggests the nearest
        """
        links = find_impacts(self, self._filters(" ".join(text), filters)).links
        impacts = [self.labels_of(link)._replace(claims=LazyClaims(self, link.claims)) for link in links]
        columns = ("practice", "outcome", "networks", "link_types", "claims", "joint", "evidence", "comparison")
        return ImpactTable(columns, tuple(map(_impact_row, impacts)), tuple(impacts))

    def claims(self, **filters: Names) -> Table:
        """Return one row for each claim that passes the filters; filters and errors as for :meth:`impacts`."""
        chosen = self._filters("", filters)
        wanted = find_claims(self, chosen) if self.is_endpoint else None
        rows = claims_table(self, wanted).rows(chosen)
        return self.labelled(Table(CLAIM_COLUMNS, tuple(self._claim_row(row) for row in rows)))

    def claim(self, name: str) -> Claim:
        """Return a claim with its evidence and passages.

        :param name: its label, CURIE, IRI or the last part of its IRI
        """
        claim: Claim = self.labels_of(read_claims(self, [self.names.find(name, "claim").iri])[0])
        return claim

    def show(self, name: str) -> Description:
        """Return what the graph holds about a practice, network, claim or any other resource."""
        from .evidence.describe import describe

        iri = self.resolve(name)
        if not self.names.is_there(iri):
            raise UnknownNameError(name)
        description: Description = self.labels_of(describe(self, iri))
        return description

    def query(self, name: str, **parameters: object) -> Any:
        """Answer a named query: a table with labels, a truth value or an rdflib graph; see :meth:`queries`."""
        answer = super().query(name, **parameters)
        return self.labelled(answer) if isinstance(answer, Table) else answer

    def queries(self) -> Table:
        """Return the named queries: what each asks, and its parameters."""
        rows = [(query.name, query.summary, ", ".join(query.parameters)) for query in named_queries()]
        return Table(("query", "question", "parameters"), tuple(rows))

    def sparql(self, text: str) -> Any:
        """Answer any SPARQL query: a table with labels, a truth value or an rdflib graph."""
        form = query_form(text)
        if form == "SELECT":
            return self.labelled(self.select(text))
        return self.ask(text) if form == "ASK" else self.construct(text)

    def to_networkx(self, of: Literal["claims", "practice-outcome"] = "claims") -> nx.Graph:
        """Return a networkx graph that ``nx.write_graphml`` writes as it is.

        :param of: ``claims`` for networks, strategies, practices, outcome types and features joined by claims;
            ``practice-outcome`` for practices and outcome types alone
        """
        from .projection import to_bipartite, to_multigraph, to_scalars

        if of == "practice-outcome":
            return to_scalars(to_bipartite(find_impacts(self).links, self.names), self.names)
        return to_scalars(to_multigraph(self), self.names)

    def view(self, path: PathLike) -> None:
        """Write the explorer: one HTML page that works offline."""
        from .explorer import render_page
        from .write import replace_file

        replace_file(path, render_page(self).encode())

    def export(self, path: PathLike, *, around: Names = (), hops: int = 0, **filters: Names) -> None:
        """Write a part of the graph with all it rests on; the suffix of the path is the format.

        :param around: only claims that touch these
        :param hops: with ``around``, everything within so many statements instead
        """
        from .evidence import subgraph
        from .export import export_subgraph, format_for
        from .write import replace_file

        seeds = [self.resolve(name) for name in _several(around)]
        chosen = self._filters("", filters)
        if hops:
            part = subgraph.around(self, seeds, hops=hops)
        else:
            part = subgraph.matching(self, chosen, seeds) if seeds or any(chosen) else subgraph.everything(self)
        target = Path(path)
        for end, content in export_subgraph(part, format_for(os.fspath(path))).files.items():
            replace_file(target.with_name(target.stem + end) if end else target, content)

    def read_sheet(self, path: PathLike) -> None:
        """Add the evidence of a sheet; derives nothing.

        :raises SheetError: if a cell cannot be read; lists every one
        """
        from .sheet import read_sheets

        self.read_text(read_sheets([os.fspath(path)], self, enquiry=Path(path).stem).to_bytes())

    def labels_of(self, value: Any) -> Any:
        """Return a copy of a value in which every :class:`.Ref` has its label."""
        if isinstance(value, Ref):
            return Ref(value, self.names.label(value))
        if isinstance(value, Mapping):
            return {self.labels_of(key): self.labels_of(each) for key, each in value.items()}
        if isinstance(value, tuple):
            values = list(map(self.labels_of, value))
            return type(value)(*values) if hasattr(value, "_fields") else tuple(values)
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{field.name: self.labels_of(getattr(value, field.name)) for field in fields(value)})
        return value

    def _filters(self, text: str, given: Mapping[str, Names]) -> Filters:
        return resolve_filters(self.names, {name: _several(values) for name, values in given.items()}, text)

    def _claim_row(self, row: ClaimRow) -> tuple[Value, ...]:
        practices = "; ".join(map(self.names.label, row.practices))
        networks = "; ".join(map(self.names.label, row.networks))
        kinds = "; ".join(sorted({self.names.label(item.kind) for item in row.evidence if item.supports}))
        return (row.claim, practices, row.outcome, row.link, row.direction, row.feature, networks, kinds, row.design)

    def _count(self, kind: str) -> int:
        return int(str(self.select(f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ ?x a nlc:{kind} }}").rows[0][0]))


def _several(names: Names) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def _impact_row(impact: Impact) -> tuple[Value, ...]:
    links = ", ".join(f"{local_name(link)} {count}" for link, count in impact.links.items())
    evidence = ", ".join(f"{_label(kind)} {count}" for kind, count in impact.evidence.items())
    networks = "; ".join(map(_label, impact.networks)) or "no single network"
    claims = len(impact.claims)
    return (impact.practice, impact.outcome, networks, links, claims, impact.joint, evidence, impact.design)


def _label(ref: Ref) -> str:
    return ref.label or str(ref)
