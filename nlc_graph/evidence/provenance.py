"""From which enquiry the rows of an answer come, where a graph holds several.

What a source states is of the enquiry that it reports. What is not stated itself (a school, a speaker, a term of a
vocabulary) is of every enquiry that states something of it. A row comes from the enquiry that all its things share.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ..graph.graph import Graph
from ..table import Ref, Table

#: One row a thing and enquiry from which it comes.
ORIGINS = """SELECT DISTINCT ?thing ?enquiry {
  VALUES ?thing { THINGS }
  ?enquiry a nlc:Enquiry .
  FILTER EXISTS {
    { ?thing nlc:statedIn/nlc:source/prov:wasGeneratedBy ?enquiry }
    UNION { ?thing nlc:source/prov:wasGeneratedBy ?enquiry }
    UNION { ?thing nlc:absentFrom/prov:wasGeneratedBy ?enquiry }
    UNION { ?thing prov:wasGeneratedBy ?enquiry }
    UNION { ?said ?any ?thing . ?said nlc:statedIn/nlc:source/prov:wasGeneratedBy ?enquiry }
    UNION { ?thing (^org:memberOf|^nlc:within)+/^nlc:about/nlc:statedIn/nlc:source/prov:wasGeneratedBy ?enquiry }
  }
}"""

#: Which things are terms of a vocabulary or periods, which enquiries share.
SHARED = """SELECT DISTINCT ?thing {
  VALUES ?thing { THINGS } { ?thing skos:inScheme ?scheme } UNION { ?thing a nlc:Period } }"""

#: One row a claim's enquiry and a term that the claim, its strategies or its evidence name.
TOUCHED = """SELECT DISTINCT ?claim ?enquiry ?term {
  ?claim a nlc:Claim ; nlc:statedIn/nlc:source/prov:wasGeneratedBy ?enquiry .
  { ?claim ?any ?term } UNION { ?claim ?one ?between . ?between ?other ?term }
  ?term skos:inScheme ?scheme .
}"""


#: One row a thing that is said to be two things.
CLASHES = """SELECT DISTINCT ?thing ?one ?other {
  VALUES ?property { rdfs:label nlc:paraphrase nlc:direction nlc:outcome }
  ?thing ?property ?one, ?other .
  FILTER(STR(?one) < STR(?other) && COALESCE(LANG(?one), "") = COALESCE(LANG(?other), ""))
} ORDER BY ?thing ?one ?other"""


class Clash(NamedTuple):
    """One identifier with two labels, paraphrases, directions or outcomes: two files mean different things by it."""

    thing: Ref
    one: str
    other: str


class Origins(NamedTuple):
    """From which enquiries the rows of an answer come.

    :param names: enquiry to the shortest of its names
    :param rows: for each row its enquiries, by name; none where none states what is in it
    """

    names: Mapping[str, str]
    rows: list[tuple[Ref, ...]]

    def in_words(self, row: int) -> str:
        """Return the enquiries of a row by their shortest names."""
        return ", ".join(self.names[enquiry] for enquiry in self.rows[row])


def names_of_enquiries(graph: Graph) -> dict[str, str]:
    """Return each enquiry of a graph by the shortest of its names that does not begin with an article."""
    return _shortest(graph.names.enquiry_names())


def find_clashes(graph: Graph) -> list[Clash]:
    """Return the identifiers that are used for two things, or for two versions of one, first by identifier."""
    rows = graph.select(CLASHES).rows
    return [Clash(Ref(str(thing)), *map(str, said)) for thing, *said in rows]


def origins_of_rows(graph: Graph, rows: Sequence[Iterable[object]], *, labels: bool = False) -> Origins | None:
    """Return from which enquiries rows come; None where the graph has one enquiry or none, and nothing is to be told.

    :param rows: the things in each row; what is no :class:`~nlc_graph.table.Ref` is passed over
    :param labels: whether to read the labels of the things too, from an endpoint in the same request
    """
    met = _met(rows)
    things = sorted({cell for row in met for cell in row})
    if labels and graph.remote:
        graph.names.prepare(things)
    names = names_of_enquiries(graph)
    if len(names) < 2:
        return None
    if not things:
        return Origins(names, [()] * len(met))
    found, shared = graph.select_all(_asked(things))
    of: dict[str, set[str]] = defaultdict(set)
    for thing, enquiry in found.rows:
        of[str(thing)].add(str(enquiry))
    of |= {enquiry: {enquiry} for enquiry in names}
    terms = {str(thing) for thing in shared.column("thing")}
    joined = _Joined(graph)
    return Origins(names, [_sorted(_of_row(set(row), of, terms, joined), names) for row in met])


def read_origins_ahead(graph: Graph, rows: Sequence[Iterable[object]], shown: Iterable[str]) -> None:
    """Read from an endpoint in one request what :func:`origins_of_rows` will ask of rows, and some labels.

    :param shown: the things whose labels are shown
    """
    things = sorted({cell for row in _met(rows) for cell in row})
    several = graph.remote and len(names_of_enquiries(graph)) > 1
    graph.read_ahead(_asked(things) if things and several else (), things=shown)


def _met(rows: Sequence[Iterable[object]]) -> list[list[Ref]]:
    return [[cell for cell in row if isinstance(cell, Ref) and not cell.startswith("_:")] for row in rows]


def _asked(things: Iterable[str]) -> list[str]:
    some = " ".join(f"<{iri}>" for iri in things)
    return [query.replace("THINGS", some) for query in (ORIGINS, SHARED)]


class _Joined:
    """Which enquiries have a claim that touches several terms; read when it is first asked."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._claims: dict[str, tuple[str, set[str]]] | None = None

    def of(self, terms: set[str]) -> set[str] | None:
        """Return the enquiries; None where the claims are too many to read."""
        if self._graph.large:
            return None
        if self._claims is None:
            self._claims = {}
            for claim, enquiry, term in self._graph.select(TOUCHED).rows:
                self._claims.setdefault(str(claim), (str(enquiry), set()))[1].add(str(term))
        return {enquiry for enquiry, touched in self._claims.values() if terms <= touched}


def _of_row(things: set[str], of: Mapping[str, set[str]], terms: set[str], joined: _Joined) -> set[str]:
    own = [of[thing] for thing in things - terms if of.get(thing)]
    if own:
        return set.intersection(*own) or set.union(*own)
    used = [of[thing] for thing in things if of.get(thing)]
    if len(used) < 2:
        return set().union(*used)
    together = joined.of({thing for thing in things if of.get(thing)})
    return set.intersection(*used) if together is None else together


def _sorted(enquiries: Iterable[str], names: Mapping[str, str]) -> tuple[Ref, ...]:
    return tuple(Ref(each) for each in sorted(enquiries, key=lambda each: (names.get(each, each), each)))


def _shortest(table: Table) -> dict[str, str]:
    found: dict[str, list[str]] = defaultdict(list)
    for enquiry, name in table.rows:
        found[str(enquiry)].append(str(name))
    return {
        enquiry: min(names, key=lambda name: (name.lower().startswith("the "), len(name), name))
        for enquiry, names in sorted(found.items())
    }
