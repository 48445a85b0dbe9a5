"""What the page shows, as plain data, and how its claims are filtered and counted.

The page applies the same rules (``counts.js``); browser tests compare its numbers with those of this module.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

#: Groups of evidence kinds that share a mark. The last holds inspections, observations and cited studies.
MARKS = ("figures", "testimony", "statement", "outside")
#: Row of claims without a practice; column of outcome types under no key feature; facet value of claims without one.
NONE = -1
#: Key of a claim for the facets that are not named as their key; ``mark`` is read from the evidence.
_KEYS = {"network": "networks", "enquiry": "enquiries"}
#: Control characters except tab and line break, marks of writing direction, lone surrogates, noncharacters.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]"
)


@dataclass
class Model:
    """The data of a page. Entities, evidence and passages are referred to by their index in the lists below.

    :param entities: each has ``id`` (CURIE), ``sort`` and ``label``; optional keys are ``text``, ``up`` (broader
        concept), ``feature`` (of an outcome type), ``number`` (of a key feature), ``mark`` (of an evidence kind),
        ``rank`` (of a link type), ``practices``, ``users``, ``networks`` and ``passages`` (of a strategy), ``facts``
        (of a network) and ``not_reported``: indexes in ``not_reported``
    :param claims: see :meth:`.builder.Builder.claim_record`
    :param evidence: see :meth:`.builder.Builder.evidence_record`
    :param passages: each has ``section``, ``opens`` and ``closes``, with several sources ``source``, and with a
        reader's copy ``text``
    :param not_reported: texts of what the sources do not report, and what they report instead
    :param left_out: number of claims of the graph that are not on this page
    """

    title: str = ""
    sources: list[dict[str, Any]] = field(default_factory=list)
    entities: list[dict[str, Any]] = field(default_factory=list)
    claims: list[dict[str, Any]] = field(default_factory=list)
    evidence: list[dict[str, Any]] = field(default_factory=list)
    passages: list[dict[str, Any]] = field(default_factory=list)
    not_reported: list[str] = field(default_factory=list)
    left_out: int = 0

    def of_sort(self, sort: str) -> list[int]:
        """Return the indexes of all entities of a sort."""
        return [index for index, entity in enumerate(self.entities) if entity["sort"] == sort]

    def label(self, entity: int) -> str:
        """Return the label of an entity."""
        return str(self.entities[entity]["label"])

    def ancestors(self, concept: int) -> list[int]:
        """Return a concept and its broader concepts, narrowest first."""
        chain = [concept]
        while "up" in self.entities[chain[-1]]:
            chain.append(self.entities[chain[-1]]["up"])
        return chain

    def family(self, practice: int) -> int:
        """Return the broadest practice above a practice."""
        return self.ancestors(practice)[-1]

    def supporting(self, claim: Mapping[str, Any]) -> list[int]:
        """Return the indexes of the evidence that supports a claim."""
        return [item for item, bearing in claim.get("evidence", ()) if bearing == 0]

    def mark(self, item: int) -> int:
        """Return the index in :data:`MARKS` of a piece of evidence."""
        return int(self.entities[self.evidence[item]["kind"]]["mark"])


@dataclass(frozen=True)
class Cell:
    """A cell of the map: its number of claims, strongest link type, and pieces of supporting evidence by mark."""

    claims: int
    link: int
    marks: tuple[int, ...]


def filter_claims(model: Model, wanted: Mapping[str, Iterable[int]]) -> list[int]:
    """Return the indexes of the claims that match every active facet.

    :param wanted: facet to accepted values: entities, indexes in :data:`MARKS` for ``mark``, or :data:`NONE` for
        claims without a value; a facet without values is not active
    """
    active = {facet: set(values) for facet, values in wanted.items() if list(values)}
    return [
        index
        for index, claim in enumerate(model.claims)
        if all(values & _facet_values(model, claim, facet) for facet, values in active.items())
    ]


def _facet_values(model: Model, claim: Mapping[str, Any], facet: str) -> set[int]:
    if facet == "mark":
        return {model.mark(item) for item in model.supporting(claim)} or {NONE}
    value = claim.get(_KEYS.get(facet, facet), NONE)
    return set(value) if isinstance(value, list) else {value}


def count_cells(model: Model, claims: Sequence[int]) -> dict[tuple[int, int], Cell]:
    """Count the claims in every cell that has any.

    Rows are practices or :data:`NONE`, columns outcome types, key features or :data:`NONE`. A claim counts once in the
    rows of its practices and their broader practices, and once in the columns of its outcome type, the broader ones and
    the key feature. A joint claim counts in the row of each of its practices.
    """
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index in claims:
        outcome = model.claims[index]["outcome"]
        columns = {*model.ancestors(outcome), model.entities[outcome].get("feature", NONE)}
        for row in _rows(model, model.claims[index]):
            for column in columns:
                found[row, column].append(index)
    return {key: _cell(model, indexes) for key, indexes in found.items()}


def _rows(model: Model, claim: Mapping[str, Any]) -> set[int]:
    return {row for practice in claim.get("practices", ()) for row in model.ancestors(practice)} or {NONE}


def _cell(model: Model, indexes: Sequence[int]) -> Cell:
    claims = [model.claims[index] for index in indexes]
    items = {item for claim in claims for item in model.supporting(claim)}
    marks = Counter(model.mark(item) for item in items)
    strongest = min(claims, key=lambda claim: model.entities[claim["link"]]["rank"])
    return Cell(len(claims), strongest["link"], tuple(marks[mark] for mark in range(len(MARKS))))


def rank_families(model: Model) -> list[int]:
    """Return the broadest practices, those with most claims first, then by label."""
    families = {model.family(practice) for practice in model.of_sort("practice")}
    claims = Counter(row for claim in model.claims for row in _rows(model, claim))
    return sorted(families, key=lambda family: (-claims[family], model.label(family)))


def showable(text: object) -> str:
    r"""Return a value as text without invisible characters or characters that change the writing direction.

    >>> showable("pupils\u202e and\x00 staff"), showable(None)
    ('pupils and staff', '')
    """
    return "" if text is None else _INVISIBLE.sub("", str(text))


def shortened(text: str, length: int) -> str:
    """Return at most ``length`` characters of a text, with an ellipsis where something is left out.

    >>> shortened("Philosophy for Children", 12)
    'Philosophy…'
    """
    text = " ".join(showable(text).split())
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
