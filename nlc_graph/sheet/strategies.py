"""Uses of practices in a sheet: one strategy for each practice, or practices together, of the same users."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from ..vocabulary import local_name
from .columns import TOGETHER, split
from .labels import of_strategy
from .names import Names, Namespace, label_and_name
from .rows import At, Row
from .terms import Terms
from .turtle import Turtle, text
from .units import Units


@dataclass(slots=True)
class Strategy:
    """A strategy in the making: claims name it, and rows of its own may say what it is.

    :param at: file and row that first name it, if traced
    :param passages: where the first claim that names it stands
    :param told: passages of its own rows, which go before those
    """

    at: tuple[str, int] | None
    label: str
    practices: list[str]
    users: list[str]
    passages: list[str]
    words: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


class Said(NamedTuple):
    """What the first row that names a strategy says of it: all that name it must agree.

    :param label: what it calls it; empty where it gives but an identifier
    :param stated: whether it says who used it, or leaves that to whom the row is about
    """

    at: At
    label: str
    practices: list[str]
    users: list[str]
    stated: bool


class Strategies:
    """The strategies that rows speak of."""

    def __init__(self, names: Names, own: Namespace, out: Turtle, terms: Terms, units: Units) -> None:
        self._names, self._own, self._out, self._terms, self._units = names, own, out, terms, units
        self._known: dict[object, str] = {}
        self._made: dict[str, Strategy] = {}
        self._said: dict[str, Said] = {}

    @property
    def count(self) -> int:
        """Return how many were made."""
        return len(self._made)

    def of(self, row: Row, units: list[str], passages: list[str], words: str | None = None) -> list[str]:
        """Return the strategies of a row, one for each practice cell; none, with a mistake noted, where one is unknown.

        :param words: what the row says of the use itself, where it tells of no outcome; else None
        """
        cells = [row["practice"], *row.values_of("jointly")] if row["practice"] else []
        if row["jointly"] and not row["practice"]:
            row.wrong("practice", "missing, though others are joined to it", "move one of them here")
        if len(row.values_of("practice")) > 1:
            remedy = (
                f"join those of one strategy by{TOGETHER}; others stand under 'jointly with', or in rows of their own"
            )
            row.wrong("practice", "several values where there can be one", remedy)
            return []
        labels = row.aligned("strategy", len(cells)) if row["strategy"] else [""] * len(cells)
        users = row.aligned("used_by", len(cells)) if row["used_by"] else [""] * len(cells)
        found = []
        for index, cell in enumerate(cells):
            column = "practice" if index == 0 else "jointly"
            practices = [self._terms.find(row, column, "practice", name) for name in split(cell, TOGETHER)]
            by = (
                [self._units.find(row, "used_by", name) for name in split(users[index], TOGETHER)]
                if users[index]
                else units
            )
            if not all(practices) or not all(by):
                continue
            found.append(self._one(row, labels[index], practices, by, passages))
            if labels[index]:
                self._agree(row, found[-1], labels[index], column, cell, Said(
                    row.at, label_and_name(labels[index])[0], practices, by, bool(users[index])
                ))  # fmt: skip
            if words is not None and found[-1] in self._made:
                self._tell(self._made[found[-1]], words, row["note"], passages)
            if found[-1] in found[:-1]:
                row.wrong("jointly", "joined with itself", "name the other practices, or remove it", cell)
        return list(dict.fromkeys(found)) if len(found) == len(cells) else []

    def flush(self) -> None:
        """Write the strategies that were made: only now is known what rows say of each."""
        for iri, made in self._made.items():
            self._out.at = made.at
            self._out.add("Strategies", iri, "nlc:Strategy", [
                ("rdfs:label", text(made.label)),
                ("nlc:practice", self._out.names(made.practices)),
                ("nlc:usedBy", self._out.names(made.users)),
                ("nlc:paraphrase", text(" ".join(made.words), "en")),
                ("nlc:curatorNote", text(" ".join(made.notes), "en")),
                ("nlc:statedIn", self._out.names(made.told or made.passages)),
            ])  # fmt: skip
        self._out.at = None

    def _one(self, row: Row, name: str, practices: list[str], users: list[str], passages: list[str]) -> str:
        key = name or (tuple(practices), tuple(users))
        if key not in self._known:
            label, iri = self._terms.named(row, "strategy", name)
            if not iri and label and len(known := self._names.find("strategy", label)) == 1:
                iri = known[0]
            label = label or of_strategy(*([self._names.labels[each] for each in some] for some in (practices, users)))
            self._known[key] = iri or self._own.new(local_name(users[0]), *map(local_name, practices))
            if iri not in self._names.labels:
                self._names.labels[self._known[key]] = label
                self._made[self._known[key]] = Strategy(self._out.at, label, practices, users, passages)
        return self._known[key]

    def _agree(self, row: Row, iri: str, name: str, column: str, cell: str, said: Said) -> None:
        """Note what a row says otherwise of a strategy than the first row that names it, which would be lost."""
        first = self._said.setdefault(iri, said)
        other = row.named(first.at)
        remedy = "make both the same; give another strategy another name under 'strategy', or none"
        if set(said.practices) != set(first.practices):
            row.wrong(column, f"{other} says {self._shown(first.practices)} of the same strategy", remedy, cell)
        elif set(said.users) != set(first.users) and (said.stated or first.stated):
            row.wrong("used_by", f"{other} says {self._shown(first.users)} of the same strategy", remedy)
        elif said.label and not first.label:  # the identifier may stand without the name, and a later row give it
            self._said[iri] = first._replace(label=said.label)
            if iri in self._made:
                self._made[iri].label = self._names.labels[iri] = said.label

    def _shown(self, things: list[str]) -> str:
        return repr(TOGETHER.join(self._names.labels[thing] for thing in things))

    def _tell(self, made: Strategy, words: str, note: str, passages: list[str]) -> None:
        if words not in ("", made.label, *made.words):
            made.words.append(words)
        if note and note not in made.notes:
            made.notes.append(note)
        made.told += passages
