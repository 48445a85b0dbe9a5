"""Turn sheets into Turtle: rows become claims, evidence, and the entities that these refer to.

All errors are found before anything is returned. Entities of the graph are referred to by label, other label or
identifier; unknown networks, schools, groups, voices and sources are made, terms only with ``new_terms``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..graph.graph import Graph
from ..vocabulary import local_name
from . import claim_rows, figures, sources, strategies, terms, units, voices
from .cell_errors import CellError, SheetError
from .claim_rows import Claims
from .columns import BY_KEY, column_of
from .draft import Draft, NewEntity, in_order
from .entity_index import EntityIndex
from .evidence_items import EvidenceItems
from .identifiers import EnquiryNamespace
from .rows import REQUIRED, Row, check_unused_cells, read_rows
from .sources import Sources
from .strategies import Strategies
from .terms import Terms
from .turtle import At, TurtleWriter, text
from .units import Units
from .voices import Voices

PARTS = (
    sources.SOURCES, sources.SECTIONS, sources.PASSAGES, units.PART, voices.PART, terms.PART, strategies.PART,
    claim_rows.PART, figures.EVIDENCE, figures.PERIODS,
)  # fmt: skip


@dataclass(frozen=True)
class Imported:
    """What sheets became.

    :param files: the sheets
    :param counts: what was made, in the plural, to how many
    :param new: terms, networks, schools, groups and sources that were made
    :param warnings: what may be an error, by row
    :param row_count: number of rows
    :param rows: IRI to file and row that first name it
    """

    files: Sequence[str]
    counts: Mapping[str, int]
    new: Sequence[NewEntity]
    warnings: Sequence[CellError]
    row_count: int
    rows: Mapping[str, At]
    _out: TurtleWriter

    def locate(self, iri: str, properties: Iterable[str], code: str, message: str, hint: str) -> CellError:
        """Return an error about an entity at the row that first names it, and at the column of a property."""
        file, row = self.rows.get(iri, ("", 0))
        columns = filter(None, (column_of(local_name(each)) for each in properties))
        return CellError(file or self.files[0], row, next(columns, ""), "" if file else iri, code, message, hint)

    def chunks(self) -> Iterator[bytes]:
        """Yield the Turtle file in pieces."""
        return self._out.chunks()

    def to_bytes(self) -> bytes:
        """Return the Turtle file."""
        return b"".join(self.chunks())


def read_sheets(
    paths: Sequence[str],
    graph: Graph,
    *,
    enquiry: str,
    new_terms: bool = False,
) -> Imported:
    """Read the sheets of one enquiry.

    :param graph: what the sheets may refer to; not changed
    :param enquiry: name of the enquiry; its identifiers begin with it
    :param new_terms: whether unknown practices, outcome types, measures, units and key features are made
    :raises SheetError: if there is any error in the cells
    :raises UnreadableFileError: if a file is not an evidence sheet
    :raises ParameterError: if the name of the enquiry cannot be used
    """
    errors: list[CellError] = []
    warnings: list[CellError] = []
    index = EntityIndex(graph)
    namespace = EnquiryNamespace(enquiry, index.taken)
    out = TurtleWriter({**graph.prefixes, namespace.prefix: namespace.iri}, PARTS)
    importer = _Importer(Draft(index, namespace, out, enquiry, new_terms))
    for row in read_rows(paths, errors, warnings):
        importer.take(row)
    importer.check()
    if not errors and not importer.rows:
        errors.append(CellError(paths[0], 2, "", "", "no-row", "no row", "fill in the sheet below its heading"))
    warnings = in_order(warnings, paths)
    if errors:
        raise SheetError(in_order(errors, paths), warnings)
    counts = importer.write()
    return Imported(paths, counts, importer.draft.new, warnings, importer.rows, out.rows, out)


class _Importer:
    """Takes in rows one after the other, and writes what they became at the end."""

    def __init__(self, draft: Draft) -> None:
        self.draft, self.rows = draft, 0
        enquiry = draft.namespace.new("enquiry")
        draft.out.add(sources.SOURCES, enquiry, "nlc:Enquiry", [("rdfs:label", text(draft.enquiry))])
        self._terms = Terms(draft)
        self._units = Units(draft)
        self._voices = Voices(draft, self._terms)
        self._sources = Sources(draft, enquiry)
        self._strategies = Strategies(draft, self._terms, self._units)
        self._items = EvidenceItems(draft, self._terms, self._units, self._voices, self._sources)
        self._claims = Claims(draft, self._terms, self._voices, self._sources, self._strategies, self._items)

    def take(self, row: Row) -> None:
        """Take in a row, or note what is wrong with it."""
        self.rows += 1
        self.draft.out.at = row.at
        self._check_required(row)
        check_unused_cells(row)
        units = self._units.of_row(row)
        passages = self._sources.passages(row)
        if row["outcome"]:
            self._claims.take(row, units, passages)
        elif row["measure"]:
            self._take_figure(row, units, passages)
        elif row["practice"]:
            self._take_use(row, units, passages)
        else:
            row.error("outcome", "missing", "missing", "name the outcome type, or else a practice or a measure")

    def _check_required(self, row: Row) -> None:
        for key in REQUIRED:
            is_optional = key == "words" and not row["outcome"] and (row["measure"] or row["strategy"])
            if not row[key] and not is_optional:
                row.error(key, "missing", "missing", BY_KEY[key].explanation)

    def _take_figure(self, row: Row, units: list[str], passages: list[str]) -> None:
        errors = len(row.errors)
        item = self._items.read(row, units, self._sources.source_of(row))
        if len(row.errors) == errors and units and passages:
            self._items.make(row, item, units, passages, "", row["words"], row["note"])

    def _take_use(self, row: Row, units: list[str], passages: list[str]) -> None:
        strategies = self._strategies.of_row(row, units, passages)
        self._strategies.describe(row, strategies, passages)

    def check(self) -> None:
        """Note what is only known once all rows are read."""
        self._units.check()
        self._voices.check()
        self.draft.check_new_names()

    def write(self) -> dict[str, int]:
        """Write everything; return what was made, to how many."""
        self.draft.out.at = None
        self._terms.write()
        self._units.write()
        self._voices.write()
        self._strategies.write()
        self._sources.write_sections(self._claims.features())
        self._claims.write()
        self._items.figures.write_periods()
        counts = {
            "claims": self._claims.count(),
            "strategies": self._strategies.count(),
            "items of evidence": self._items.count,
            **self._units.count(),
        }
        return {what: number for what, number in counts.items() if number}
