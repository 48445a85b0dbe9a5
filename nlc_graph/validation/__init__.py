"""Validate evidence: syntax, rules for the whole graph, shapes of single records, passages in a copy of the source."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from .. import resources
from ..errors import UnreadableFileError
from ..graph.graph import Graph, files_in, triples_in
from ..passages.document import Document
from ..passages.locate import open_copy
from ..sheet import SUFFIXES, SheetError, format_errors, read_sheets
from ..table import Ref
from .locate import Rows, locate
from .report import Finding, Report
from .rules import UNKNOWN_NAMES, run_rules
from .shapes import run_shapes

__all__ = ["Finding", "Report", "validate"]

NO_SHAPES = "single records against the SHACL shapes: python -m pip install 'nlc-graph[validate]'"
NO_COPY = "passages against the source: give a copy of it with --copy FILE"
PASSAGE = "A passage is not located once, in order, in its section of the copy."
PASSAGE_HINT = "Compare its first and last words and its section with the source."
NOT_READ = "everything else: correct the syntax first"
EMPTY = Finding("syntax", "It contains no statement.", "Check the file; JSON-LD needs a context.")


def validate(
    paths: Sequence[str] = (),
    *,
    context: Sequence[str] = (),
    bundled: bool = True,
    copy: Document | None = None,
    source: str | None = None,
    new_terms: bool = False,
) -> Report:
    """Validate files, or the bundled graph if none is given.

    The files may build on the bundled evidence and on ``context``. Findings that concern nothing in the files are
    left out.

    :param paths: files and folders
    :param context: files and folders on which they build; validated only if there are no paths
    :param bundled: whether they build on the bundled evidence too
    :param copy: a copy of a source, in which its passages are located
    :param source: label or identifier of that source; optional if there are passages of one source only
    :param new_terms: whether sheets may contain unknown practices, outcome types, measures and units
    :raises UnreadableFileError: if a path does not exist or cannot be opened
    :raises UnknownFormatError: if the format of a file is unknown
    """
    base = [*resources.ontology_files(), *(resources.data_files() if bundled else []), *files_in(context)]
    sheets = [path for path in paths if path.lower().endswith(SUFFIXES) and os.path.isfile(path)]
    files = list(files_in([path for path in paths if path not in sheets])) if paths else base
    checked = [f"syntax of {_count(len(files) + len(sheets), 'file')}"]
    with tempfile.TemporaryDirectory() as folder:
        inputs = _Inputs(folder, new_terms)
        for path in base if paths else ():
            inputs.graph.read(path)
        for path in files:
            inputs.read(path)
        for path in sheets:
            inputs.read_sheet(path)
        if not inputs.triples and not inputs.errors:
            inputs.errors = [replace(EMPTY, path=path) for path in inputs.files]
        if inputs.errors:
            findings, not_checked = inputs.errors, [NOT_READ]
        else:
            found, not_checked = _check(inputs.graph, checked, copy, source)
            findings = sorted(locate(found, inputs.files, inputs.rows), key=_order)
    return Report(
        files=(*files, *sheets),
        triples=inputs.triples,
        checked=tuple(checked),
        not_checked=tuple(not_checked),
        findings=tuple(findings),
        names=inputs.graph.names,
        warnings=tuple(inputs.warnings),
    )


@dataclass
class _Inputs:
    """The files to validate, read into one graph.

    :param folder: where sheets are converted to Turtle
    :param files: path as given to path that was read
    :param rows: where the entities of sheets are
    """

    folder: str
    new_terms: bool
    graph: Graph = field(default_factory=Graph)
    triples: int = 0
    files: dict[str, str] = field(default_factory=dict)
    rows: Rows = field(default_factory=dict)
    errors: list[Finding] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def read(self, path: str) -> None:
        """Read an RDF file."""
        try:
            self._add(path, path)
        except UnreadableFileError as error:
            if not isinstance(error.__cause__, SyntaxError) and error.line is None:
                raise  # it cannot be opened
            hint = "" if isinstance(error.__cause__, SyntaxError) else _sentence(error.hint)
            finding = Finding("syntax", _sentence(error.reason), hint, path=path, line=error.line, column=error.column)
            self.errors.append(finding)

    def read_sheet(self, path: str) -> None:
        """Read a sheet, under a name that no enquiry has yet."""
        enquiry = f"sheet {os.path.splitext(os.path.basename(path))[0]}"
        try:
            sheet = read_sheets([path], self.graph, enquiry=enquiry, new_terms=self.new_terms)
        except SheetError as error:
            self.warnings += format_errors(error.warnings)
            for each in error.errors:
                cell = {name: text for name, text in (("column", each.column), ("value", each.value)) if text}
                message, hint = _sentence(each.message), _sentence(each.hint)
                self.errors.append(Finding("sheet", message, hint, details=cell, path=path, line=each.row))
            return
        self.warnings += format_errors(sheet.warnings)
        self.rows |= sheet.rows
        target = os.path.join(self.folder, f"{len(self.files)}.ttl")
        with open(target, "wb") as file:
            file.writelines(sheet.chunks())
        self._add(path, target)

    def _add(self, shown: str, path: str) -> None:
        self.graph.read(path)
        self.graph.__dict__.pop("names", None)  # it may have been filled to read an earlier sheet
        self.files[shown] = path
        self.triples += sum(1 for _ in triples_in(path))  # some may be in the graph already


def _check(
    graph: Graph, checked: list[str], copy: Document | None, source: str | None
) -> tuple[list[Finding], list[str]]:
    """Run every check that can be run; add what was checked to ``checked``, return findings and what was not."""
    findings = run_rules(graph)
    checked.append(f"{len(resources.check_files())} rules for the whole graph, names of terms among them")
    not_checked = []
    shapes = run_shapes(graph)
    if shapes is None:
        not_checked.append(NO_SHAPES)
    else:
        findings += _without_consequences(shapes, findings)
        checked.append("single records against the SHACL shapes")
    if copy is None:
        not_checked.append(NO_COPY)
    else:
        found, count = _check_passages(graph, copy, source)
        findings += found
        checked.append(f"{_count(count, 'passage')} against the copy")
    return findings, not_checked


def _without_consequences(shapes: list[Finding], rules: list[Finding]) -> list[Finding]:
    """Leave out that an unknown name is not of the right class: it follows from its being unknown."""
    unknown = {
        (each.entity, str(each.details[UNKNOWN_NAMES[each.code]])) for each in rules if each.code in UNKNOWN_NAMES
    }
    return [each for each in shapes if (each.entity, str(each.details.get("value"))) not in unknown]


def _check_passages(graph: Graph, document: Document, source: str | None) -> tuple[list[Finding], int]:
    copy, passages = open_copy(graph, document, Ref(graph.resolve(source)) if source else None)
    findings = []
    for location in map(copy.locate, passages):
        if not location.span:
            passage = location.passage
            details = {"words": f"{passage.opens} … {passage.closes}", "why": location.reason}
            suggestions = (location.nearest,) if location.nearest else ()
            findings.append(Finding("passage", PASSAGE, PASSAGE_HINT, passage.iri, details, suggestions))
    return findings, len(passages)


def _order(finding: Finding) -> tuple[object, ...]:
    # Unknown names come first: other findings may follow from them.
    rank = 0 if finding.code in UNKNOWN_NAMES else 2 if finding.code in ("shape", "passage") else 1
    return (
        rank,
        finding.code,
        finding.message,
        finding.path,
        finding.line or 0,
        str(finding.entity),
        str(finding.details),
    )


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
