"""What changed between two versions of a graph: claims and what they rest on, and whatever else is recorded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from ..graph.graph import Graph
from ..table import Ref, Value
from ..vocabulary import DERIVED, NLC, RDF_TYPE, local_name

#: Everything said of anything: one row a statement.
SAID = "SELECT ?item ?property ?value { ?item ?property ?value }"

#: One row a passage.
PASSAGES = """SELECT ?passage ?opens ?closes ?section {
  ?passage a nlc:Passage ; nlc:opens ?opens ; nlc:closes ?closes . OPTIONAL { ?passage nlc:section/rdfs:label ?section }
}"""

CHANGES = ("added", "withdrawn", "changed")
_EVIDENCE = tuple(NLC + name for name in ("supportedBy", "qualifiedBy", "challengedBy"))
#: From a figure to those that it is made of or compared with.
_PARTS = tuple(NLC + name for name in ("startLevel", "endLevel", "aboveComparator", "belowComparator", "comparedWith"))


class Difference(NamedTuple):
    """What changed in one thing between two versions of a graph.

    :param thing: a claim; or something that no claim tells of in both versions
    :param kind: the class of the thing, by the last part of its IRI: ``Claim``, ``Strategy``, ``Level`` …
    :param change: added, withdrawn or changed
    :param item: of a changed thing: itself, or of a claim its strategy, its evidence or a figure behind that
    :param property: of a changed thing: what was said otherwise of the item
    :param before: its values before, passages by their words; empty for none; of a thing withdrawn its number and words
    :param after: its values after; of a thing added its number and words
    """

    thing: Ref
    kind: str
    change: str
    item: Ref | None = None
    property: Ref | None = None
    before: tuple[Value, ...] = ()
    after: tuple[Value, ...] = ()


def diff(old: Graph, new: Graph) -> list[Difference]:
    """Return what is said otherwise in two versions of a graph; what rules derive is left out.

    What changed in evidence, or in a practice's use, is told of each claim that rests on it in both versions. Evidence
    that is new or gone is told by its claim, and so is a figure by that which it is part of.

    :returns: claims first; those added, withdrawn, changed; by identifier
    """
    before, after = _Version(old), _Version(new)
    found: list[Difference] = []
    for change, here, there in (("added", after, before), ("withdrawn", before, after)):
        for thing in here.said.keys() - there.said.keys() - here.told:
            words = here.words(thing)
            one, other = ((), words) if change == "added" else (words, ())
            found.append(Difference(Ref(thing), here.kind(thing), change, None, None, one, other))
    for item in before.said.keys() & after.said.keys():
        first, last = before.said[item], after.said[item]
        for name in first.keys() | last.keys() if first != last else ():
            then, now = first.get(name, set()), last.get(name, set())
            for thing in ((before.claims[item] & after.claims[item]) or {item}) if then != now else ():
                sides = _ordered(then - now), _ordered(now - then)
                found.append(Difference(Ref(thing), after.kind(thing), "changed", Ref(item), Ref(name), *sides))
    return sorted(found, key=_place)


class _Version:
    """A version of a graph.

    :ivar said: item to what is said of it, property to values
    :ivar claims: item to the claims of which it is a part: themselves, their strategies, their evidence, its figures
    :ivar told: items that are told of by others
    """

    def __init__(self, graph: Graph) -> None:
        places = {
            str(passage): f"“{opens} … {closes}”" + (f" ({section})" if section else "")
            for passage, opens, closes, section in graph.select(PASSAGES).rows
        }
        self.said: dict[str, dict[str, set[Value]]] = {}
        for item, property_, value in graph.select(SAID).rows:
            said = places.get(str(value), value) if property_ == f"{NLC}statedIn" else value
            if property_ not in DERIVED and item not in places and not (_is_blank(item) or _is_blank(said)):
                self.said.setdefault(str(item), {}).setdefault(str(property_), set()).add(said)
        self.claims: dict[str, set[str]] = defaultdict(set)
        self.told: set[str] = set()
        for claim in [item for item in self.said if self.kind(item) == "Claim"]:
            evidence = self._with_parts(self._of([claim], _EVIDENCE))
            self.told |= evidence
            for item in {claim, *self._of([claim], (f"{NLC}strategy",)), *evidence}:
                self.claims[item].add(claim)
        self.told |= self._of(self.said, _PARTS)

    def kind(self, item: str) -> str:
        """Return the class of an item, one of the project's own where it has several."""
        types = sorted(map(str, self.said.get(item, {}).get(RDF_TYPE, ())))
        return local_name(next((type_ for type_ in types if type_.startswith(NLC)), types[0] if types else ""))

    def words(self, item: str) -> tuple[Value, ...]:
        """Return the number of an item and its words, where it has them."""
        return tuple(
            value for name in ("value", "paraphrase") for value in _ordered(self.said[item].get(NLC + name, ()))
        )

    def _with_parts(self, figures: set[str]) -> set[str]:
        found, new = set(figures), figures
        while new:
            new = self._of(new, _PARTS) - found
            found |= new
        return found

    def _of(self, items: Iterable[str], properties: Iterable[str]) -> set[str]:
        said = [self.said.get(item, {}) for item in items]
        return {str(value) for each in said for name in properties for value in each.get(name, ())}


def _is_blank(value: Value) -> bool:
    return isinstance(value, Ref) and value.startswith("_:")


def _ordered(values: Iterable[Value]) -> tuple[Value, ...]:
    return tuple(sorted(values, key=str))


def _place(row: Difference) -> tuple[object, ...]:
    change = CHANGES.index(row.change)
    return row.kind != "Claim", change, row.kind, row.thing, row.item or "", row.property or ""
