"""Networks, schools and groups in a sheet: those of the graph, or new ones."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..graph.names import fold
from ..vocabulary import BASE, to_curie
from .draft import Draft
from .identifiers import last_part
from .roles import Roles
from .rows import Row
from .turtle import At, text

PART = "Networks, schools, groups"
_IDENTIFICATIONS = ("named", "pseudonym", "unnamed")
_GROUP = re.compile(
    r"\b(schools|pupils|students|children|boys|girls|teachers|staff|parents|heads|headteachers|leaders|governors|adults"
    r"|mentors|year \d+|reception|some|all|most|others?|group|class|classes|department|networks)\b"
)
_SCHOOL = re.compile(r"\b(school|academy|college|primary|juniors?|infants?|nursery|high|grammar|secondary)\b")
#: Schools of several networks may all be called "School 2" or "School B".
_NUMBERED = re.compile(r"(?:\b|\d)(?:\d+|[a-z])$")


@dataclass
class _Unit:
    """A school or group that rows name; each may add its network, or what it is.

    :param class_: "network", "school" or "group"
    :param what: the cell that says what it is; empty if it is guessed from the name
    :param detail: IRI of how a school is identified, or of how much of the whole a group is
    :param roles: who the members of a group are
    """

    class_: str
    at: At
    network: str = ""
    what: str = ""
    detail: str = ""
    roles: list[str] = field(default_factory=list)
    member_count: str = ""


class Units:
    """The networks, schools and groups that rows name."""

    def __init__(self, draft: Draft) -> None:
        self._draft, self._index, self._out = draft, draft.index, draft.out
        self._roles = Roles(draft.index)
        self._known: dict[tuple[str, str], str] = {}
        self._units: dict[str, _Unit] = {}
        self._networks_of: dict[str, dict[str, Row]] = {}

    def of_row(self, row: Row) -> list[str]:
        """Return the units that a row is about; none if one cannot be determined."""
        networks = [self._network(row, name) for name in row.values_of("network")]
        names = row.values_of("unit")
        if not names and not networks:
            row.error("network", "missing", "missing", "name the network, school or group that it is about")
        kinds, _ = self._kinds_in(row, len(names))
        network = networks[0] if networks else ""
        units = [self._unit(row, "unit", name, network, what) for name, what in zip(names, kinds, strict=True)]
        return (units or networks) if all(units) and all(networks) else []

    def of_figure(self, row: Row) -> str:
        """Return the unit under "figure for"."""
        _, what = self._kinds_in(row, len(row.values_of("unit")))
        return self.find(row, "figure_for", row["figure_for"], what)

    def find(self, row: Row, key: str, name: str, what: str = "") -> str:
        """Return the unit of another column; a new one if it is unknown."""
        networks = row.values_of("network") if key != "comparator" else []
        return self._unit(row, key, name, self._network(row, networks[0]) if networks else "", what)

    def _kinds_in(self, row: Row, count: int) -> tuple[list[str], str]:
        """Return what the units of a row are, and what the unit of its figure is, which is the last value."""
        kinds = row.values_of("unit_kind")
        if row["figure_for"] and len(kinds) == count + 1:
            return kinds[:-1], kinds[-1]
        return row.aligned("unit_kind", count), ""

    def _network(self, row: Row, name: str) -> str:
        known = self._known.get(("network", name)) or self._known.get(("network", fold(name)))
        if known:
            return known
        label, iri = self._draft.read_name(row, "network", name)
        made = iri or self._draft.choose(row, "network", self._index.find("network", label), name)
        if made not in self._index.labels:
            made = self._draft.make(label or last_part(made), row, iri=made, kind="network")
            self._units[made] = _Unit("network", row.at)
            if not iri:
                self._note_new(row, "network", "network", label, "")
        for key in (name, fold(name), made):
            self._known["network", key] = made
        return made

    def _unit(self, row: Row, key: str, name: str, network: str, what: str) -> str:
        label, iri = self._draft.read_name(row, key, name)
        known = ("unit", iri) if iri else (network, fold(label))
        made = self._known.get(known) or self._known.get(("network", iri or fold(label)))
        if not made:
            found = [] if iri else self._index.find_member(network, label) or self._index.find("unit", label)
            made = iri or self._draft.choose(row, key, found, name)
            if made in self._index.labels or len(found) > 1:
                return made
            class_ = "group" if _is_group(label, what, key) else "school"
            words = (last_part(network), label) if network else (label,)
            made = self._known[known] = self._draft.make(label or last_part(made), row, *words, iri=made, kind=class_)
            self._units[made] = _Unit(class_, row.at)
            if not iri:
                self._note_new(row, key, "unit", label, network)
        unit = self._units.get(made)
        if unit:
            unit.network = unit.network or (network if unit.class_ != "network" else "")
            self._describe(row, unit, what, "other_kind" if key == "comparator" else "unit_kind")
        return made

    def _note_new(self, row: Row, key: str, kind: str, label: str, network: str) -> None:
        """Remember a new name, and mention an entity of another enquiry that has the same."""
        self._draft.note_new_name(row, key, (kind, network), label)
        if kind == "unit" and key != "comparator":
            self._networks_of.setdefault(fold(label), {})[network] = row.keep(["unit"])
        for other in self._index.find_in_enquiries(kind, label)[:1]:
            curie = to_curie(other, self._index.prefixes)
            hint = f"if it is the same, write {f'{label} [{curie}]'!r}"
            row.warn(key, "same-name", f"another than {curie}", hint, label)

    def _describe(self, row: Row, unit: _Unit, what: str, column: str) -> None:
        """Add what a row says a new unit is."""
        if not what or fold(what) == fold(unit.what):
            return
        if unit.what:
            message = f"{row.describe(unit.at)} gives {unit.what!r} for the same"
            row.error(column, "contradicts-row", message, "make both the same, or use two names", what)
            return
        unit.what, unit.at = what, row.at
        unit.class_, _, rest = (part.strip() for part in fold(what).partition(":"))
        if not self._read_kind(unit, rest):
            example = "such as 'school: pseudonym' or 'group: some, pupil'; the drop-down list has all"
            row.error(column, "bad-value", "not a kind of school or group", f"write one {example}", what)

    def _read_kind(self, unit: _Unit, rest: str) -> bool:
        """Read what comes after "school:" or "group:"; return whether it is understood."""
        if unit.class_ == "school":
            unit.detail = f"{BASE}identification/{rest or 'named'}"
            return (rest or "named") in _IDENTIFICATIONS
        first, *others = (part.strip() for part in rest.split(","))
        names = [part for part in others if not part.isdigit()]
        quantifiers = self._index.find("quantifier", first) if first else [f"{BASE}quantifier/not-stated"]
        unit.detail = "".join(quantifiers[:1])
        unit.roles = [role for name in names for role in self._index.find("role", name)]
        unit.member_count = next((part for part in others if part.isdigit() and int(part)), "")
        is_group = unit.class_ == "group" and len(quantifiers) == 1 and len(unit.roles) >= len(names)
        return is_group or unit.class_ == "network"

    def check(self) -> None:
        """Note schools whose network is missing in some rows: two schools would be made of one."""
        for name, rows in self._networks_of.items():
            named = [network for network in rows if network]
            if "" in rows and named and not _NUMBERED.search(name):
                row, label = rows[""], self._index.labels[named[0]]
                message = f"missing, but {row.describe(rows[named[0]].at)} has this school in {label!r}"
                row.error("network", "missing", message, "fill it in; a school of no network needs another name")

    def count(self) -> dict[str, int]:
        """Return how many networks, schools and groups were made."""
        classes = [unit.class_ for unit in self._units.values()]
        return {f"new {class_}s": classes.count(class_) for class_ in ("network", "school", "group")}

    def write(self) -> None:
        """Write the units that were made."""
        for iri, unit in self._units.items():
            label = self._index.labels[iri]
            pairs = [("rdfs:label", text(label)), *self._pairs(unit, label)]
            self._out.add(PART, iri, f"nlc:{unit.class_.capitalize()}", pairs)

    def _pairs(self, unit: _Unit, label: str) -> list[tuple[str, str | list[str]]]:
        name, network = self._out.name, self._out.name(unit.network)
        if unit.class_ == "network":
            return []
        if unit.class_ == "school":
            detail = unit.detail or f"{BASE}identification/named"
            return [("nlc:identification", name(detail)), ("org:memberOf", network)]
        is_average = "school" in fold(label) or not unit.network
        guessed = self._roles.of_group(label) or [f"{BASE}role/{'school' if is_average else 'not-stated'}"]
        return [
            ("nlc:memberKind", self._out.names(unit.roles or guessed)),
            ("nlc:quantifier", name(unit.detail or f"{BASE}quantifier/not-stated")),
            ("nlc:memberCount", unit.member_count),
            ("nlc:within", network),
        ]


def _is_group(label: str, what: str, key: str) -> bool:
    """Return whether a new unit is a group; a comparator that is not called a school may be an average."""
    if what:
        return fold(what).startswith("group")
    plain = fold(label)
    return bool(_GROUP.search(plain)) or (key == "comparator" and not _SCHOOL.search(plain))
