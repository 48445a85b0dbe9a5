"""Voices in a sheet: speakers, authors, and organisations or people that provide evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..graph.names import fold
from ..vocabulary import BASE
from .draft import Draft
from .identifiers import last_part
from .roles import Roles
from .rows import Row
from .terms import Terms
from .turtle import text

PART = "Speakers"


@dataclass
class _Voice:
    """A voice that rows name.

    :param class_: CURIE; a voice that speaks in any row is a speaker
    :param has_stated_role: whether a row gives its role
    """

    class_: str
    label: str
    units: Sequence[str] = ()
    roles: list[str] = field(default_factory=list)
    has_stated_role: bool = False


class Voices:
    """The voices that rows name, each made once."""

    def __init__(self, draft: Draft, terms: Terms) -> None:
        self._draft, self._index, self._terms = draft, draft.index, terms
        self._roles = Roles(draft.index)
        self._known: dict[tuple[str, str], str] = {}
        self._made: dict[str, _Voice] = {}
        self._without_role: dict[str, tuple[Row, str, str]] = {}

    def all_of(self, row: Row, key: str, units: Sequence[str], source: str, *, speak: bool) -> list[str]:
        """Return the voices of a cell, new ones if they are unknown.

        :param speak: whether they must be speakers, as of testimony
        """
        return [self._find(row, key, name, units, source, speaks=speak) for name in row.values_of(key)]

    def _find(self, row: Row, key: str, name: str, units: Sequence[str], source: str, *, speaks: bool) -> str:
        label, iri = self._draft.read_name(row, key, name)
        if not iri and not speaks and fold(label) in ("authors", "the authors"):
            return self.authors(source)
        iri = iri or self._draft.choose(row, key, self._index.find("voice", label), name)
        if iri in self._index.labels and iri not in self._made:
            if _agent_class(iri) != "prov:Agent":  # described again, so that the file can be read without the graph
                self._made[iri] = _Voice(_agent_class(iri), self._index.labels[iri], has_stated_role=True)
            return iri
        known = (iri, "") if iri else (label, units[0])
        if known not in self._known:
            made = self._draft.make(label or last_part(iri), row, last_part(units[0]), label, iri=iri)
            self._known[known] = made
            self._made[made] = _Voice(_agent_class(made), self._index.labels[made], units)
        iri = self._known[known]
        self._add_role(row, key, name, iri, speaks=speaks)
        return iri

    def _add_role(self, row: Row, key: str, name: str, iri: str, *, speaks: bool) -> None:
        """Add what a row says about a new voice: its role, or that it speaks."""
        voice = self._made[iri]
        if voice.has_stated_role:
            return
        if key == "voice" and row["role"]:
            voice.roles = list(filter(None, self._terms.all_of(row, "role", "role")))
            voice.has_stated_role = True
        elif not voice.roles and _agent_class(iri) == "prov:Agent":
            voice.roles = self._roles.of_speaker(voice.label)
            if speaks and not voice.roles:
                self._without_role.setdefault(iri, (row, key, name))
        if speaks or voice.roles:
            voice.class_ = "nlc:Speaker"

    def authors(self, source: str) -> str:
        """Return the agent that stands for the authors of a source."""
        known = ("", source)
        if known not in self._known:
            iri = self._draft.namespace.new("authors", last_part(source))
            label = self._index.labels[iri] = f"authors of {self._index.labels[source]}"
            self._known[known] = iri
            self._made[iri] = _Voice("prov:Agent", label, has_stated_role=True)
        return self._known[known]

    def check(self) -> None:
        """Note the speakers whose role no row gives."""
        for iri, (row, key, name) in self._without_role.items():
            if not self._made[iri].roles:
                roles = "; ".join(self._index.all_labels("role"))
                row.error(
                    key, "unknown-role", "the role is not clear", f"write one of these under 'role': {roles}", name
                )

    def write(self) -> None:
        """Write the voices that were made."""
        names = self._draft.out.names
        for iri, voice in self._made.items():
            pairs: list[tuple[str, str | Sequence[str]]] = [("rdfs:label", text(voice.label))]
            if voice.class_ == "nlc:Speaker":
                roles = voice.roles or [f"{BASE}role/not-stated"]
                pairs += [("nlc:speakerRole", names(roles)), ("nlc:speaksFrom", names(voice.units))]
            self._draft.out.add(PART, iri, voice.class_, pairs)


def _agent_class(iri: str) -> str:
    if "/organisation/" in iri:
        return "org:Organization"
    return "prov:Person" if "/person/" in iri else "prov:Agent"
