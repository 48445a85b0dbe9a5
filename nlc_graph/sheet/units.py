"""Networks, schools, groups and voices in a sheet: those of the graph, or new ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..graph.names import fold
from ..vocabulary import BASE, to_curie
from .columns import BY_KEY
from .names import Names, Namespace, either, slug
from .rows import At, Row
from .spellings import Spellings
from .terms import New, Terms
from .turtle import Turtle, text

PART, VOICES = "Networks, schools, groups", "Speakers"
_IDENTIFIED = ("named", "pseudonym", "unnamed")
_KINDS = "write such as 'school: pseudonym' or 'group: some, pupil'"
_GROUP = re.compile(
    r"\b(schools|pupils|students|children|boys|girls|teachers|staff|parents|heads|headteachers|leaders|governors|adults"
    r"|mentors|year \d+|reception|some|all|most|others?|group|class|classes|department|networks)\b"
)
#: Schools of several networks may be called 'School 2' or 'School B', and are others each time.
_NUMBERED = re.compile(r"(?:\b|\d)(?:\d+|[a-z])$")
#: What else a figure is compared with, an average say, is of schools.
_SCHOOL = re.compile(r"\b(school|academy|college|primary|juniors?|infants?|nursery|high|grammar|secondary)\b")
#: Where what follows the noun of a name begins, as in 'a teacher at Alder'; and what may stand before it.
_AFTER = re.compile(
    r"\s(?:of|in|at|from|for|with|on|to|by|near|who|whom|whose|that|which|as|heard|asked|interviewed|quoted|speaking"
    r"|working|involved|featured|named)\b|\s?[(;:\u2013\u2014]"
)
_SOME_OF = re.compile(
    r"^(?:an? |the )?(?:\w+ )?(?:group|pair|number|majority|minority|handful|couple|panel|team|most|many|some|all"
    r"|several|half|one|two|three|few|each|both)s? of (?:the |its |their |our )?"
)
_NO_LONGER = re.compile(r"\b(?:former|ex|retired|future|prospective)\b")


class Namesake(NamedTuple):
    """Something made, although another enquiry of the graph has something that is called so.

    :param other: short identifier of that
    """

    file: str
    row: int
    column: str
    label: str
    other: str


class Units:
    """Whoever rows are about, and whoever speaks in them."""

    def __init__(self, names: Names, own: Namespace, out: Turtle, terms: Terms, spellings: Spellings) -> None:
        self._names, self._own, self._out, self._terms, self._spellings = names, own, out, terms, spellings
        self._first: dict[str, At] = {}
        #: Networks, schools and groups that were made.
        self.new: list[New] = []
        self._made: dict[tuple[str, str], str] = {}
        self._voices: dict[tuple[str, str], tuple[str, bool]] = {}
        self._pending: dict[str, tuple[str, list[tuple[str, str | Sequence[str]]]]] = {}
        self._unclear: dict[str, tuple[Row, str, str]] = {}
        self._networks: dict[str, None] = {}
        self._units: dict[str, tuple[str, str, str, list[tuple[str, str | Sequence[str]]]]] = {}
        roles = "|".join(map(re.escape, names.called("role")))
        self._role_names = re.compile(rf"\b({roles})s?\b")
        self._role_at_end = re.compile(rf"\b({roles})s?(?: \d+| [a-z])?$")
        self.namesakes: list[Namesake] = []
        self._kinds: dict[str, tuple[str, At]] = {}
        #: Rows and columns in which schools and groups stand first, by name and network.
        self._homes: dict[str, dict[str, tuple[Row, str]]] = {}
        self.counts: dict[str, int] = {}

    def of(self, row: Row) -> list[str]:
        """Return the units that a row is about; none, with a mistake noted, where that cannot be told."""
        networks = [self._network(row, name) for name in row.values_of("network")]
        if not row["unit"]:
            if not networks:
                row.wrong("network", "missing", "say which network, or which school or group, it is about")
            return networks if all(networks) else []
        kinds, _ = self._kinds_in(row)
        found = [
            self._unit(row, "unit", name, networks[0] if networks else "", kind)
            for name, kind in zip(row.values_of("unit"), kinds, strict=True)
        ]
        return found if all(found) and all(networks) else []

    def of_figure(self, row: Row) -> str:
        """Return whose figure a row gives, where it names another than the row is about."""
        return self.find(row, "figure_for", row["figure_for"], self._kinds_in(row)[1])

    def _kinds_in(self, row: Row) -> tuple[list[str], str]:
        """Return what the units of a row are, and what that of its figure is, which stands last."""
        count = len(row.values_of("unit"))
        kinds = row.values_of("unit_kind")
        if row["figure_for"] and len(kinds) == count + 1:
            return kinds[:-1], kinds[-1]
        return row.aligned("unit_kind", count), ""

    def find(self, row: Row, key: str, name: str, kind: str = "", *, outside: bool = False) -> str:
        """Return the unit of another column; a new one where it is unknown.

        :param outside: whether a new one is no part of the row's network
        """
        networks = [] if outside else row.values_of("network")
        return self._unit(row, key, name, self._network(row, networks[0]) if networks else "", kind, outside)

    def voice(self, row: Row, key: str, name: str, units: Sequence[str], source: str, *, speaker: bool = False) -> str:
        """Return who is meant by a role or name; a new speaker, or agent, where it is unknown.

        :param speaker: whether it must be a speaker, as of testimony
        """
        label, iri = self._terms.named(row, key, name)
        if not iri and fold(label) in ("authors", "the authors") and not speaker:
            return self.authors(source)
        if not iri:
            found = self._names.find("voice", label)
            if len(found) > 1:
                row.wrong(key, "several are called so", f"write {either(self._out.names(found))}", name)
                return ""
            iri = found[0] if found else ""
        if iri in self._names.labels and iri not in self._pending:
            if "/organisation/" in iri or "/person/" in iri:  # the file is to stand without the graph
                self._pending[iri] = self._described(iri, self._names.labels[iri], [], units, False)
                self._voices[iri, ""] = iri, True
            return iri
        known = (iri, "") if iri else (label, units[0])
        if known not in self._voices:
            self._voices[known] = iri or self._own.new(_last(units[0]), label), False
        iri, is_known = self._voices[known]
        stated = key == "voice" and bool(row["role"])
        if not is_known and (stated or iri not in self._pending or speaker):
            named = "/organisation/" in iri or "/person/" in iri
            roles = self._roles(row) if stated else [] if named else self._told(label)
            if speaker and not roles and not (stated or named):
                self._unclear.setdefault(iri, (row, key, name))
            self._names.labels.setdefault(iri, label or _last(iri))
            self._voices[known] = iri, stated  # another row may tell the role
            if stated:
                self._unclear.pop(iri, None)
            self._pending[iri] = self._described(iri, self._names.labels[iri], roles, units, speaker or bool(roles))
        return iri

    def authors(self, source: str) -> str:
        """Return the agent that stands for the authors of a source."""
        known = ("", source)
        if known not in self._voices:
            label = f"authors of {self._names.labels[source]}"
            iri = self._own.new("authors", _last(source))
            self._voices[known] = iri, True
            self._names.labels[iri] = label
            self._pending[iri] = "prov:Agent", [("rdfs:label", text(label))]
        return self._voices[known][0]

    def check(self) -> None:
        """Note the speakers whose role no row tells, and schools that rows put into several networks."""
        for row, key, name in self._unclear.values():
            roles = "; ".join(self._names.all("role"))
            row.wrong(key, "which role this is cannot be told", f"give the nearest under 'role': {roles}", name)
        for name, homes in self._homes.items():
            self._check_homes(name, homes)

    def _check_homes(self, name: str, homes: dict[str, tuple[Row, str]]) -> None:
        """Note a school that has its network in some rows only, and warn of one that has two."""
        named = [network for network in homes if network]
        if len(homes) < 2 or _NUMBERED.search(name):
            return
        first, _ = homes[named[0]]
        label = self._names.labels[named[0]]
        for network, (row, key) in homes.items():
            if not network:
                problem = f"missing, and {row.named(first.at)} puts {row[key] or name!r} into {label!r}"
                row.wrong("network", problem, "fill it in; a school of no network needs another name")
            elif network != named[0]:
                problem = f"in {self._names.labels[network]!r}, and {row.named(first.at)} has one in {label!r}"
                row.warn(key, problem, "two are made; if it is one, correct the network", row[key] or name)

    def flush(self) -> None:
        """Write the units and voices that were made: only now is known what each is."""
        units = [(iri, "nlc:Network", list[tuple[str, str | Sequence[str]]]()) for iri in self._networks]
        units += [(iri, type_, pairs) for iri, (type_, _, _, pairs) in self._units.items()]
        for iri, type_, pairs in units:
            word = {"nlc:Network": "network", "nlc:School": "school", "nlc:Group": "group"}[type_]
            self.counts[f"new {word}s"] = self.counts.get(f"new {word}s", 0) + 1
            self.new.append(New(word, self._names.labels[iri], *self._first[iri], ()))
            self._out.add(PART, iri, type_, [("rdfs:label", text(self._names.labels[iri])), *pairs])
        for iri, (type_, pairs) in self._pending.items():
            self._out.add(VOICES, iri, type_, pairs)

    def _described(
        self, iri: str, label: str, roles: list[str], units: Sequence[str], speaks: bool
    ) -> tuple[str, list[tuple[str, str | Sequence[str]]]]:
        if not speaks:
            kind = (
                "org:Organization" if "/organisation/" in iri else "prov:Person" if "/person/" in iri else "prov:Agent"
            )
            return kind, [("rdfs:label", text(label))]
        return "nlc:Speaker", [
            ("rdfs:label", text(label)),
            ("nlc:speakerRole", self._out.names(roles or [f"{BASE}role/not-stated"])),
            ("nlc:speaksFrom", self._out.names(units)),
        ]

    def _roles(self, row: Row) -> list[str]:
        return [
            role for role in (self._terms.find(row, "role", "role", name) for name in row.values_of("role")) if role
        ]

    def _told(self, label: str) -> list[str]:
        """Return the roles that a voice is called by: pupils in Alder are pupils, a pupil support worker is none."""
        name = re.sub(r"\bmembers? of staff\b", "staff member", fold(label))
        if _NO_LONGER.search(name) or re.search(r"\bheads? of\b", name):
            return []
        first, *more = name.split(", ")
        if self._role_names.search(first):
            nouns = [self._noun(first), *filter(self._role_names.search, map(self._noun, more))]
        else:
            nouns = [self._noun(more[-1])] if more else []  # Mrs Smith, headteacher
        ends = [self._role_at_end.search(one) for noun in nouns for one in noun.split(" and ")]
        roles = [role for end in ends if end for role in self._names.find("role", end[1])]
        return list(dict.fromkeys(roles)) if all(ends) else []

    def _noun(self, name: str) -> str:
        return _AFTER.split(_SOME_OF.sub("", name), maxsplit=1)[0]

    def _guess(self, label: str) -> list[str]:
        """Return the role that a label names, the longest name first: 'headteachers in Alder' are headteachers."""
        found = self._role_names.search(fold(label))
        return self._names.find("role", found[1]) if found else []

    def _network(self, row: Row, name: str) -> str:
        label, iri = self._terms.named(row, "network", name)
        found = [iri] if iri else self._names.find("network", label)
        if len(found) > 1:
            row.wrong("network", "several networks are called so", f"write {either(self._out.names(found))}", name)
            return ""
        if found and found[0] in self._names.labels:
            return found[0]
        known = ("network", iri or fold(label))
        if not iri:
            self._spellings.use(row, "network", "network", label)
        if known not in self._made:
            self._made[known] = iri or self._own.new(label)
            self._first[self._made[known]] = row.at
            self._namesake(row, "network", "network", label, self._made[known])
            self._networks[self._made[known]] = None
            self._names.labels[self._made[known]] = label or _last(self._made[known])
        return self._made[known]

    def _unit(self, row: Row, key: str, name: str, network: str, kind: str, outside: bool = False) -> str:
        label, iri = self._terms.named(row, key, name)
        known = ("unit", iri) if iri else (network, fold(label))
        made = self._made.get(known) or self._made.get(("network", iri or fold(label)))
        if not iri and (made or not self._names.find("unit", label)):
            self._spellings.use(row, key, "unit", label, scope=network)
        if not made:
            found = [iri] if iri else self._names.within(network, label) or self._names.find("unit", label)
            if len(found) > 1:
                row.wrong(
                    key, "several schools or groups are called so", f"write {either(self._out.names(found))}", name
                )
                return ""
            if found and found[0] in self._names.labels:
                return found[0]
            made = self._made[known] = iri or self._own.new(*([_last(network)] if network else []), label)
            self._first[made] = row.at
            self._names.labels[made] = label or _last(made)
            if not iri:
                self._namesake(row, key, "unit", label, made)
                if not outside:
                    self._homes.setdefault(fold(label), {})[network] = row.kept(["unit"]), key
        self._describe(row, made, network, kind, "other_kind" if outside else "unit_kind")
        return made

    def _namesake(self, row: Row, key: str, kind: str, label: str, made: str) -> None:
        """Note that another enquiry of the graph has something called so, from which this is told apart."""
        for other in self._names.of_others(kind, label)[:1]:
            if other != made:
                short = to_curie(other, self._names.prefixes)
                self.namesakes.append(Namesake(row.file, row.number, BY_KEY[key].name, label, short))

    def _describe(self, row: Row, iri: str, network: str, kind: str, key: str) -> None:
        """Note what is known of a new unit: another row may tell its network, or what it is."""
        before = self._units.get(iri)
        if kind:
            said, first = self._kinds.setdefault(iri, (kind, row.at))
            if fold(said) != fold(kind):
                remedy = "make both the same, or give the two different names"
                row.wrong(key, f"{row.named(first)} says {said!r} of the same", remedy, kind)
        if before is None:
            if iri in self._networks:
                return
        elif not (network and not before[1]) and not (kind and not before[2]):
            return
        else:
            network = network or before[1]
        label = self._names.labels[iri]
        what, _, rest = (part.strip() for part in fold(kind or (before[2] if before else "")).partition(":"))
        pairs: list[tuple[str, str | Sequence[str]]] | None
        if what == "network":
            type_, pairs = "nlc:Network", []
        elif what == "school" or (not what and self._is_school(label, key == "other_kind")):
            type_, pairs = "nlc:School", self._school(row, rest, network, kind, key)
        elif what in ("group", ""):
            type_, pairs = "nlc:Group", self._group(row, label, rest, network, kind, key)
        else:
            row.wrong(key, "neither school nor group", _KINDS, kind)
            return
        if pairs is not None:
            self._units[iri] = type_, network, kind or (before[2] if before else ""), pairs

    def _is_school(self, label: str, compared: bool) -> bool:
        """Tell from its name whether a unit is a school; what is only compared with may be an average of many."""
        return not _GROUP.search(fold(label)) and (not compared or bool(_SCHOOL.search(fold(label))))

    def _school(
        self, row: Row, rest: str, network: str, kind: str, key: str
    ) -> list[tuple[str, str | Sequence[str]]] | None:
        if (rest or "named") not in _IDENTIFIED:
            row.wrong(key, "no such way to identify a school", f"write school: {either(_IDENTIFIED)}", kind)
            return None
        identified = self._out.name(f"{BASE}identification/{rest or 'named'}")
        return [("nlc:identification", identified), ("org:memberOf", self._out.name(network) if network else "")]

    def _group(
        self, row: Row, label: str, rest: str, network: str, kind: str, key: str
    ) -> list[tuple[str, str | Sequence[str]]] | None:
        parts = [part.strip() for part in rest.split(",")] if rest else []
        words = [part for part in parts[1:] if not part.isdigit()]
        quantifier = self._names.find("quantifier", parts[0]) if parts else [f"{BASE}quantifier/not-stated"]
        roles = [role for word in words for role in self._names.find("role", word)]
        if len(quantifier) != 1 or len(roles) < len(words):
            some = either(self._names.all("quantifier"))
            row.wrong(key, "no such group", f"write group: {some}, then a role such as pupil or school", kind)
            return None
        average = "school" in fold(label) or not network
        guessed = self._guess(label) or [f"{BASE}role/{'school' if average else 'not-stated'}"]
        return [
            ("nlc:memberKind", self._out.names(roles or guessed)),
            ("nlc:quantifier", self._out.name(quantifier[0])),
            ("nlc:memberCount", next((part for part in parts if part.isdigit() and int(part)), "")),
            ("nlc:within", self._out.name(network) if network else ""),
        ]


def _last(iri: str) -> str:
    return slug(iri.rstrip("/").rsplit("/", 1)[-1])
