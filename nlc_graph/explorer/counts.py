"""The rules by which the page filters claims and counts them in the cells of the map.

The page applies the same rules as it is used (``counts.js``); browser tests hold its numbers to these.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .model import Model

#: Row of claims that tie no practice to their outcome; column of outcomes under no key feature.
NONE = -1
#: What can be filtered, and where a claim says what it has of it.
FACETS: Mapping[str, str] = {
    "mark": "",
    "link": "link",
    "feature": "feature",
    "network": "networks",
    "direction": "direction",
    "enquiry": "enquiries",
}
#: The value by which claims that have nothing of a facet are picked, such as those about no single network.
NOTHING = -1


@dataclass(frozen=True)
class Cell:
    """What one practice, or group of practices, has to do with one outcome type, or key feature.

    :param claims: distinct claims
    :param link: place in ``things`` of the strongest link type among them
    :param marks: pieces of supporting evidence, by :data:`.model.MARKS`
    """

    claims: int
    link: int
    marks: tuple[int, int, int, int]


def filtered(model: Model, wanted: Mapping[str, Iterable[int]]) -> list[int]:
    """Return the places of the claims that have one of the values of every facet that is given any.

    :param wanted: facet to values, places in ``things``; of ``mark``, places in :data:`.model.MARKS`;
        :data:`NOTHING` for claims that have no value
    """
    sets = {facet: set(values) for facet, values in wanted.items() if list(values)}
    return [
        place
        for place, claim in enumerate(model.claims)
        if all(values & _values(model, claim, facet) for facet, values in sets.items())
    ]


def cells(model: Model, claims: Sequence[int]) -> dict[tuple[int, int], Cell]:
    """Count claims in every cell that has any.

    A cell is a practice or :data:`NONE`, and an outcome type, key feature or :data:`NONE`. A claim counts for its own
    practices and outcome and for all wider ones, once each; a joint claim counts in the row of each of its practices.
    """
    found: dict[tuple[int, int], list[int]] = {}
    for place in claims:
        claim = model.claims[place]
        rows = {wide for practice in claim.get("practices", ()) for wide in wider(model, practice)} or {NONE}
        columns = {*wider(model, claim["outcome"]), model.things[claim["outcome"]].get("feature", NONE)}
        for row in rows:
            for column in columns:
                found.setdefault((row, column), []).append(place)
    return {key: _cell(model, places) for key, places in found.items()}


def wider(model: Model, concept: int) -> list[int]:
    """Return a concept and all wider ones, narrowest first."""
    chain: list[int] = []
    while concept not in chain:
        chain.append(concept)
        concept = model.things[concept].get("up", concept)
    return chain


def families(model: Model) -> list[int]:
    """Return the widest practices, those with most claims first, then by label."""
    claims: dict[int, set[int]] = {place: set() for place in model.of_sort("practice")}
    for number, claim in enumerate(model.claims):
        for practice in claim.get("practices", ()):
            claims[wider(model, practice)[-1]].add(number)
    tops = [place for place in claims if wider(model, place)[-1] == place]
    return sorted(tops, key=lambda place: (-len(claims[place]), model.things[place]["label"]))


def _values(model: Model, claim: Mapping[str, Any], facet: str) -> set[int]:
    if facet == "mark":
        supporting = [item for item, bearing in claim.get("evidence", ()) if bearing == 0]
        return {model.things[model.evidence[item]["kind"]]["mark"] for item in supporting} or {NOTHING}
    value = claim.get(FACETS[facet], NOTHING)
    return set(value) if isinstance(value, list) else {value}


def _cell(model: Model, places: Sequence[int]) -> Cell:
    marks = [0, 0, 0, 0]
    items = {item for p in places for item, bearing in model.claims[p].get("evidence", ()) if bearing == 0}
    for item in items:
        marks[model.things[model.evidence[item]["kind"]]["mark"]] += 1
    strongest = min(places, key=lambda p: model.things[model.claims[p]["link"]].get("rank", len(model.things)))
    return Cell(len(places), model.claims[strongest]["link"], (marks[0], marks[1], marks[2], marks[3]))
