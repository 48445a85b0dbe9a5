"""Uses of practices in a sheet: one strategy for each practice, or practices together, of the same users."""

from __future__ import annotations

from ..vocabulary import local_name
from .columns import TOGETHER, split
from .names import Names, Namespace
from .rows import Row
from .terms import Terms
from .turtle import Turtle, text
from .units import Units


class Strategies:
    """The strategies that rows speak of."""

    def __init__(self, names: Names, own: Namespace, out: Turtle, terms: Terms, units: Units) -> None:
        self._names, self._own, self._out, self._terms, self._units = names, own, out, terms, units
        self._made: dict[object, str] = {}
        self.count = 0

    def of(self, row: Row, units: list[str], passages: list[str], words: str = "") -> list[str]:
        """Return the strategies of a row, one for each practice cell; none, with a mistake noted, where one is unknown.

        :param words: what the row says of the use itself, where it tells of no outcome
        """
        cells = [row["practice"], *row.values_of("jointly")] if row["practice"] else []
        if row["jointly"] and not row["practice"]:
            row.wrong("practice", "missing, though others are joined to it", "move one of them here")
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
            found.append(self._one(row, labels[index], practices, by, passages, words))
        return list(dict.fromkeys(found)) if len(found) == len(cells) else []

    def _one(self, row: Row, name: str, practices: list[str], users: list[str], passages: list[str], words: str) -> str:
        key = name or (tuple(practices), tuple(users))
        if key not in self._made:
            label, iri = self._terms.named(row, "strategy", name)
            if not iri and label and len(known := self._names.find("strategy", label)) == 1:
                iri = known[0]
            shown = " + ".join(self._names.labels[practice] for practice in practices)
            label = label or f"{shown[:1].upper()}{shown[1:]} ({', '.join(self._names.labels[user] for user in users)})"
            self._made[key] = iri or self._own.new(local_name(users[0]), *map(local_name, practices))
            if iri not in self._names.labels:
                self.count += 1
                self._names.labels[self._made[key]] = label
                self._out.add("Strategies", self._made[key], "nlc:Strategy", [
                    ("rdfs:label", text(label)),
                    ("nlc:practice", self._out.names(practices)),
                    ("nlc:usedBy", self._out.names(users)),
                    ("nlc:paraphrase", text(words, "en")),
                    ("nlc:curatorNote", text(row["note"], "en") if words else ""),
                    ("nlc:statedIn", self._out.names(passages)),
                ])  # fmt: skip
        return self._made[key]
