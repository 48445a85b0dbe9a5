"""Uses of practices in a sheet: one strategy for each practice, or practices together, of the same users."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..graph.names import fold
from ..vocabulary import local_name
from .columns import TOGETHER, split
from .draft import Draft
from .rows import Row
from .terms import Terms
from .turtle import At, text
from .units import Units

PART = "Strategies"


@dataclass(slots=True)
class _Strategy:
    """A strategy that rows name.

    :param at: the first row that names it
    :param label: as rows give it; empty if none does
    :param has_users: whether the first row fills in "used by"
    :param passages: those of rows about the strategy alone, or else of the first claim that names it
    """

    iri: str
    at: At
    label: str
    practices: list[str]
    users: list[str]
    has_users: bool
    is_new: bool
    claim_passages: list[str]
    own_passages: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class Strategies:
    """The strategies that rows name."""

    def __init__(self, draft: Draft, terms: Terms, units: Units) -> None:
        self._draft, self._index, self._out = draft, draft.index, draft.out
        self._terms, self._units = terms, units
        self._known: dict[object, _Strategy] = {}
        self._by_iri: dict[str, _Strategy] = {}

    def of_row(self, row: Row, units: list[str], passages: list[str]) -> list[str]:
        """Return the strategies of a row, one a practice cell; none if one cannot be determined."""
        if len(row.values_of("practice")) > 1:
            hint = f"join practices of one strategy by{TOGETHER}; put others under 'jointly with' or in other rows"
            row.error("practice", "several-values", "several values", hint)
            return []
        cells = [row["practice"], *row.values_of("jointly")] if row["practice"] else []
        names, users = row.aligned("strategy", len(cells)), row.aligned("used_by", len(cells))
        found = []
        for index, cell in enumerate(cells):
            column = "jointly" if index else "practice"
            practices = self._terms.all_in(row, column, "practice", split(cell, TOGETHER))
            given = split(users[index], TOGETHER) if users[index] else []
            used_by = [self._units.find(row, "used_by", user) for user in given] or units
            if all(practices) and used_by and all(used_by) and passages:
                new = _Strategy("", row.at, "", practices, used_by, bool(given), True, passages)
                strategy = self._find(row, names[index], new)
                self._check_agreement(row, column, cell, strategy, new)
                found.append(strategy.iri)
        return list(dict.fromkeys(found)) if len(found) == len(cells) else []

    def _find(self, row: Row, name: str, new: _Strategy) -> _Strategy:
        """Return the strategy of a name, or of the same practices and users; the new one if there is none."""
        key = name or (tuple(new.practices), tuple(new.users))
        label, iri = self._draft.read_name(row, "strategy", name)
        if key not in self._known:
            known = self._index.find("strategy", label) if label and not iri else []
            iri = known[0] if len(known) == 1 else iri
            self._known[key] = self._by_iri.get(iri) or self._make(row, label, iri, new)
        strategy = self._known[key]
        if label and not strategy.label and strategy.is_new:  # the first row gives the identifier only
            strategy.label = self._index.labels[strategy.iri] = label
        return strategy

    def _make(self, row: Row, label: str, iri: str, new: _Strategy) -> _Strategy:
        new.iri, new.label, new.is_new = iri, label, iri not in self._index.labels
        if new.is_new:
            made_label = label or strategy_label(self._labels(new.practices), self._labels(new.users))
            parts = map(local_name, (new.users[0], *new.practices))
            new.iri = self._draft.make(made_label, row, *parts, iri=iri)
        self._by_iri[new.iri] = new
        return new

    def _check_agreement(self, row: Row, column: str, cell: str, first: _Strategy, new: _Strategy) -> None:
        """Note what a row says about a strategy that differs from the first row that names it."""
        if set(new.practices) != set(first.practices):
            differing = first.practices
        elif set(new.users) != set(first.users) and (new.has_users or first.has_users):
            column, cell, differing = "used_by", row["used_by"], first.users
        else:
            return
        message = f"{row.describe(first.at)} has {TOGETHER.join(self._labels(differing))!r} for the same strategy"
        hint = "make both the same, or give this one another name under 'strategy'"
        row.error(column, "contradicts-row", message, hint, cell)

    def _labels(self, iris: Iterable[str]) -> list[str]:
        return [self._index.labels[iri] for iri in iris]

    def describe(self, row: Row, strategies: Iterable[str], passages: list[str]) -> None:
        """Add what a row without an outcome says about strategies."""
        for strategy in map(self._by_iri.__getitem__, strategies):
            if row["words"] not in ("", strategy.label, *strategy.words):
                strategy.words.append(row["words"])
            if row["note"] and row["note"] not in strategy.notes:
                strategy.notes.append(row["note"])
            strategy.own_passages += passages

    def count(self) -> int:
        """Return how many strategies were made."""
        return sum(strategy.is_new for strategy in self._by_iri.values())

    def write(self) -> None:
        """Write the strategies that were made."""
        for iri, strategy in self._by_iri.items():
            if strategy.is_new:
                self._out.add(PART, iri, "nlc:Strategy", [
                    ("rdfs:label", text(self._index.labels[iri])),
                    ("nlc:practice", self._out.names(strategy.practices)),
                    ("nlc:usedBy", self._out.names(strategy.users)),
                    ("nlc:paraphrase", text(" ".join(strategy.words), "en")),
                    ("nlc:curatorNote", text(" ".join(strategy.notes), "en")),
                    ("nlc:statedIn", self._out.names(strategy.own_passages or strategy.claim_passages)),
                ])  # fmt: skip


def strategy_label(practices: Iterable[str], users: Iterable[str]) -> str:
    """Return the label of a strategy without a name, in alphabetical order.

    >>> strategy_label(["story-making", "drama"], ["Birch NLC"])
    'Drama + story-making (Birch NLC)'
    """
    return f"{capitalised(TOGETHER.join(in_order(practices)))} ({', '.join(in_order(users))})"


def in_order(labels: Iterable[str]) -> list[str]:
    """Return labels once each, in alphabetical order."""
    return sorted(dict.fromkeys(labels), key=lambda label: (fold(label), label))


def capitalised(label: str) -> str:
    """Return a label with a capital first letter, the others as they are."""
    return f"{label[:1].upper()}{label[1:]}"
