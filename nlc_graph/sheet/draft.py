"""The graph in the making, which all parts of an import share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..graph.names import fold
from .cell_errors import CellError
from .columns import SEVERAL
from .entity_index import EntityIndex
from .identifiers import EnquiryNamespace, split_identifier
from .near_names import find_typos
from .rows import Row
from .turtle import At, TurtleWriter

#: Column to the kinds of entity whose identifiers it may hold.
_KINDS_IN_COLUMN = {
    "network": ("network",), "strategy": ("strategy",), "claim": ("claim",), "source": ("source",),
    "drawn_from": ("source",), "section": ("section",),
    **dict.fromkeys(("unit", "figure_for", "used_by", "comparator"), ("unit", "network")),
    **dict.fromkeys(("voice", "claimed_by", "relayed_by"), ("voice", "network", "unit")),
}  # fmt: skip


class NewEntity(NamedTuple):
    """A term, network, school, group or source that an import made.

    :param kind: what it is, such as "practice" or "school"
    :param similar: labels of known terms that are similar, in case one of them is meant
    """

    kind: str
    label: str
    file: str
    row: int
    similar: tuple[str, ...] = ()


@dataclass
class Draft:
    """What is known so far: entities of the graph, new identifiers, and the Turtle file.

    :param enquiry: name of the enquiry
    :param new_terms: whether unknown terms are made
    :param new: what was made, in the order of the rows
    """

    index: EntityIndex
    namespace: EnquiryNamespace
    out: TurtleWriter
    enquiry: str
    new_terms: bool
    new: list[NewEntity] = field(default_factory=list)
    _first_names: dict[str, tuple[str, At]] = field(default_factory=dict)
    _new_names: dict[tuple[str, str], dict[str, tuple[str, Row, str]]] = field(default_factory=dict)

    def make(self, label: str, row: Row, *words: str, iri: str = "", folder: str = "", kind: str = "") -> str:
        """Return the identifier of a new entity.

        :param words: what the identifier is made of, if not of the label
        :param iri: the identifier, if the row gives it
        :param kind: what it is, to list it among what was made; empty not to list it
        """
        made = iri or self.namespace.new(*(words or (label,)), folder=folder)
        self.index.labels[made] = label
        self.out.note_row(made)
        if kind:
            self.new.append(NewEntity(kind, label, *row.at))
        return made

    def read_name(self, row: Row, key: str, cell: str) -> tuple[str, str]:
        """Return the label and the IRI in a cell such as ``Attendance rose [mine:attendance]``; each may be empty."""
        label, identifier = split_identifier(cell)
        if not identifier:
            return label, ""
        iri = self.index.resolve(identifier)
        kinds = _KINDS_IN_COLUMN.get(key, ())
        if not iri:
            row.error(key, *bad_identifier(identifier), cell)
        elif self.has_other_name(row, key, cell, iri, label):
            pass
        elif kinds and (message := self.index.why_unfit(iri, kinds)):
            row.error(key, "wrong-identifier", message, "see `nlc-graph find`, or leave the identifier out", cell)
        return label, iri

    def has_other_name(self, row: Row, key: str, cell: str, iri: str, label: str) -> bool:
        """Return whether an earlier row gives a new identifier another name, and note the error."""
        if not label or iri in self.index.kind_of:
            return False
        name, first = self._first_names.setdefault(iri, (label, row.at))
        if fold(name) == fold(label):
            return False
        hint = "use the same name, or two identifiers"
        row.error(key, "contradicts-row", f"{row.describe(first)} calls the same {name!r}", hint, cell)
        return True

    def check_new(self, row: Row, key: str, iri: str) -> None:
        """Note a claim or an item of evidence whose identifier the graph has already."""
        if iri in self.index.kind_of:
            hint = "remove the identifier, or leave that graph out with --no-bundled"
            row.error(key, "exists", "the graph already has this one", hint)

    def choose(self, row: Row, key: str, found: Sequence[str], cell: str) -> str:
        """Return the one entity found; empty if there is none, or several, which is noted as an error."""
        if len(found) > 1:
            names = " or ".join(self.out.names(found))
            row.error(key, "ambiguous-name", "several entities have this name", f"write {names}", cell)
            return ""
        return found[0] if found else ""

    def note_new_name(self, row: Row, key: str, group: tuple[str, str], label: str) -> None:
        """Remember a new name, to find typing errors once all rows are read.

        :param group: only names of one group are compared
        """
        names = self._new_names.setdefault(group, {})
        if fold(label) not in names:
            names[fold(label)] = (label, row.keep(()), key)

    def check_new_names(self) -> None:
        """Warn of new names that may be typing errors, or several names in one."""
        for names in self._new_names.values():
            for label, row, key in names.values():
                if ";" in label or "\n" in label:
                    row.warn(key, "several-names", "one name with a semicolon", f"separate several by {SEVERAL}", label)
            for one, other in find_typos(names):
                first, _, _ = names[one]
                label, row, key = names[other]
                row.warn(
                    key, "near-name", f"new, and similar to {first!r}", f"if that is meant, write {first!r}", label
                )


def bad_identifier(identifier: str) -> tuple[str, str, str]:
    """Return code, message and hint for what is not an identifier."""
    return "bad-identifier", f"{identifier!r} is not an identifier", "write a web address, or a known prefix and name"


def in_order(errors: Sequence[CellError], paths: Sequence[str]) -> list[CellError]:
    """Return errors without repetitions, by file, row and column."""
    positions = {path: index for index, path in enumerate(paths)}
    return sorted(set(errors), key=lambda error: (positions[error.file], error.row, error.column, error.message))
