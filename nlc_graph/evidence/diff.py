"""Differences between two versions of a graph: in claims and what they rest on, and in everything else recorded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..graph.graph import Graph
from ..table import Ref, Value
from ..vocabulary import DERIVED, NLC, RDF_TYPE, local_name

STATEMENTS = "SELECT ?item ?property ?value { ?item ?property ?value }"
PASSAGES = """SELECT ?passage ?opens ?closes ?section {
  ?passage a nlc:Passage ; nlc:opens ?opens ; nlc:closes ?closes . OPTIONAL { ?passage nlc:section/rdfs:label ?section }
}"""

CHANGES = ("added", "withdrawn", "changed")
_STATED_IN, _STRATEGY = f"{NLC}statedIn", f"{NLC}strategy"
_EVIDENCE = tuple(NLC + name for name in ("supportedBy", "qualifiedBy", "challengedBy"))
#: From a figure to those that it is computed from or compared with.
_PARTS = tuple(NLC + name for name in ("startLevel", "endLevel", "aboveComparator", "belowComparator", "comparedWith"))


class Difference(NamedTuple):
    """A difference between two versions of a graph.

    :param thing: a claim, or another resource that no claim in both versions rests on
    :param kind: local name of its class: ``Claim``, ``Strategy``, ``Level`` …
    :param change: added, withdrawn or changed
    :param item: of a change: the resource itself, or a strategy, evidence item or figure of the claim
    :param property: of a change: the property of the item that changed
    :param before: its old values, passages by their words; of a withdrawn resource its number and paraphrase
    :param after: its new values; of an added resource its number and paraphrase
    """

    thing: Ref
    kind: str
    change: str
    item: Ref | None = None
    property: Ref | None = None
    before: tuple[Value, ...] = ()
    after: tuple[Value, ...] = ()


def diff(old: Graph, new: Graph) -> list[Difference]:
    """Return the differences between two versions of a graph, ignoring derived triples and blank nodes.

    A change in evidence or in a strategy is reported for each claim that rests on it in both versions. New or removed
    evidence is reported as a change of its claim, and a figure as a change of the one that it is part of.

    :returns: claims first; added, withdrawn, changed; by identifier
    """
    before, after = _Version(old), _Version(new)
    found = [Difference(iri, after.kind(iri), "added", after=after.summary(iri)) for iri in after.without(before)]
    found += [
        Difference(iri, before.kind(iri), "withdrawn", before=before.summary(iri)) for iri in before.without(after)
    ]
    return sorted([*found, *_changes(before, after)], key=_order)


def _changes(before: _Version, after: _Version) -> Iterator[Difference]:
    for item in before.statements.keys() & after.statements.keys():
        old, new = before.statements[item], after.statements[item]
        for name in old.keys() | new.keys():
            gone, come = old[name] - new[name], new[name] - old[name]
            if gone or come:
                for thing in (before.claims[item] & after.claims[item]) or {item}:
                    kind, values = after.kind(thing), (_sorted(gone), _sorted(come))
                    yield Difference(thing, kind, "changed", item, name, *values)


class _Version:
    """The statements of one version.

    :ivar statements: item to property to values
    :ivar claims: item to the claims that rest on it: claims themselves, strategies, evidence items and their figures
    :ivar parts: evidence items and figures, whose appearance is a change of what they are part of
    """

    def __init__(self, graph: Graph) -> None:
        passages = {
            passage: f"“{opens} … {closes}”" + (f" ({section})" if section else "")
            for passage, opens, closes, section in graph.select(PASSAGES).rows
        }
        self.statements: dict[Ref, dict[Ref, set[Value]]] = defaultdict(lambda: defaultdict(set))
        for item, name, value in graph.select(STATEMENTS).rows:
            shown = passages.get(value, value) if name == _STATED_IN else value
            if not (name in DERIVED or item in passages or _is_blank(item) or _is_blank(shown)):
                self.statements[_ref(item)][_ref(name)].add(shown)
        self.claims: dict[Ref, set[Ref]] = defaultdict(set)
        self.parts = self._values(self.statements, _PARTS)
        for claim in [item for item in self.statements if self.kind(item) == "Claim"]:
            evidence = self._with_parts(self._values([claim], _EVIDENCE))
            self.parts |= evidence
            for item in {claim, *self._values([claim], [_STRATEGY]), *evidence}:
                self.claims[item].add(claim)

    def without(self, other: _Version) -> set[Ref]:
        """Return the resources that the other version lacks, except parts of others."""
        return self.statements.keys() - other.statements.keys() - self.parts

    def kind(self, item: Ref) -> str:
        """Return the local name of the class of an item, a class of this project if it has one."""
        types = sorted(map(str, self._values([item], [RDF_TYPE])))
        return local_name(next((type_ for type_ in types if type_.startswith(NLC)), types[0] if types else ""))

    def summary(self, item: Ref) -> tuple[Value, ...]:
        """Return the number and the paraphrase of an item, as far as it has them."""
        values = self.statements[item]
        return (*_sorted(values[Ref(f"{NLC}value")]), *_sorted(values[Ref(f"{NLC}paraphrase")]))

    def _with_parts(self, figures: set[Ref]) -> set[Ref]:
        found, new = set(figures), figures
        while new:
            new = self._values(new, _PARTS) - found
            found |= new
        return found

    def _values(self, items: Iterable[Ref], names: Iterable[str]) -> set[Ref]:
        found: set[Value] = set()
        for statements in [self.statements[item] for item in items if item in self.statements]:
            for name in names:
                found |= statements.get(Ref(name), set())
        return set(map(_ref, found))


def _ref(value: Value) -> Ref:
    return Ref(str(value))


def _is_blank(value: Value) -> bool:
    return isinstance(value, Ref) and value.startswith("_:")


def _sorted(values: Iterable[Value]) -> tuple[Value, ...]:
    return tuple(sorted(values, key=str))


def _order(row: Difference) -> tuple[object, ...]:
    return row.kind != "Claim", CHANGES.index(row.change), row.kind, row.thing, row.item or "", row.property or ""
