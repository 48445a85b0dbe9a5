"""Check evidence before others rely on it: findings with their place and remedy.

Files are read one by one, so that each mistake in their syntax is told; then what they say is checked together with the
ontology, its vocabularies and, unless left out, the bundled evidence, which they may build on. Findings that concern
nothing in the files are left out.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pyoxigraph as ox

from .. import resources
from ..cleanup import temporary_folder
from ..errors import UnreadableFileError
from ..graph.graph import MEND, Graph, files_in, triples_in
from ..passages.document import Document
from ..passages.locate import open_copy
from ..sheet import SUFFIXES, SheetError, column_of, format_errors, read_sheets
from ..table import Ref
from ..vocabulary import local_name
from .checks import MISNAMED, run_checks
from .findings import Finding, Report
from .places import Lines, find_lines
from .shapes import run_shapes

__all__ = ["Finding", "Report", "validate"]

SYNTAX = "syntax"
WITHOUT_SHAPES = "single records against the SHACL shapes: python -m pip install 'nlc-graph[validate]'"
WITHOUT_COPY = "passages against the source: give a copy of it with --copy FILE"
NO_STATEMENT = "It holds no statement."
WHAT_FILE = "Check what file it is; JSON-LD says nothing without a context."
NOT_READ = "everything else: mend the syntax first"


def validate(
    paths: Sequence[str] = (),
    *,
    context: Sequence[str] = (),
    bundled: bool = True,
    copy: Document | None = None,
    source: str | None = None,
    new_terms: bool = False,
) -> Report:
    """Check files, or the bundled graph where none is given.

    :param paths: files and folders to check
    :param context: files and folders that those build on; not checked themselves, except where no path is given
    :param bundled: whether they build on the bundled evidence too
    :param copy: a copy of a source, in which its passages are looked for
    :param source: label or identifier of that source; may be left out where there are passages of one source only
    :param new_terms: whether sheets may have practices, outcome types, measures and units that are unknown
    :raises UnreadableFileError: if a path does not exist or cannot be opened
    :raises UnknownFormatError: if a file is of no known format
    """
    sheets = [path for path in paths if path.lower().endswith(SUFFIXES) and os.path.isfile(path)]
    known = [*resources.ontology_files(), *(resources.data_files() if bundled else []), *files_in(context)]
    own = list(files_in([path for path in paths if path not in sheets]) if paths else known)
    checked = [f"syntax of {_count(len(own) + len(sheets), 'file')}"]
    graph = Graph()
    for path in known if paths else ():
        graph.read(path)
    before = len(graph)
    broken = [finding for path in own for finding in _read(graph, path)]
    files = (*own, *sheets)
    made = {path: path for path in own}
    rows: dict[str, tuple[str, int]] = {}
    warnings: list[str] = []
    with temporary_folder() as folder:
        for path in sheets:
            made[path] = os.path.join(folder, f"{len(made)}.ttl")
            broken += _read_sheet(graph, path, made[path], rows, warnings, new_terms=new_terms)
        if len(graph) == before and not broken:
            broken += [Finding(SYNTAX, NO_STATEMENT, WHAT_FILE, None, {}, (), (), path) for path in files]
        if broken:
            triples, told = len(graph) - before, tuple(warnings)
            return Report(files, triples, tuple(checked), (NOT_READ,), tuple(broken), graph.names, told)
        findings, not_checked = _check(graph, checked, copy, source)
        findings = sorted(_located(findings, made, graph.prefixes, rows), key=_order)
    triples, told = len(graph) - before, tuple(warnings)
    return Report(files, triples, tuple(checked), tuple(not_checked), tuple(findings), graph.names, told)


def _check(
    graph: Graph, checked: list[str], copy: Document | None, source: str | None
) -> tuple[list[Finding], list[str]]:
    """Run every check that can be run; add what was checked to ``checked`` and return what was not."""
    findings = run_checks(graph)
    checked.append(f"{len(resources.check_files())} rules for the whole graph, names of terms among them")
    not_checked = []
    shapes = run_shapes(graph)
    if shapes is None:
        not_checked.append(WITHOUT_SHAPES)
    else:
        misnamed = {
            (str(found.thing), str(found.details[MISNAMED[found.check]]))
            for found in findings
            if found.check in MISNAMED
        }
        # What an unknown name is not (an nlc:Practice, say) follows from its being unknown.
        findings += [found for found in shapes if (str(found.thing), str(found.details.get("value"))) not in misnamed]
        checked.append("single records against the SHACL shapes")
    if copy is None:
        not_checked.append(WITHOUT_COPY)
    else:
        found, count = _passages(graph, copy, source)
        findings += found
        checked.append(f"{_count(count, 'passage')} against the copy")
    return findings, not_checked


def _passages(graph: Graph, document: Document, source: str | None) -> tuple[list[Finding], int]:
    copy, passages = open_copy(graph, document, Ref(graph.resolve(source)) if source else None)
    failed = [place for place in map(copy.locate, passages) if not place.span]
    findings = [
        Finding(
            "passage",
            "A passage is not found once, in order, in its section of the copy.",
            "Compare its first and last words and its section with the source.",
            place.passage.iri,
            {"words": f"{place.passage.opens} … {place.passage.closes}", "why": place.reason},
            (place.nearest,) if place.nearest else (),
        )
        for place in failed
    ]
    return findings, len(passages)


def _read(graph: Graph, path: str) -> list[Finding]:
    try:
        graph.read(path)
    except UnreadableFileError as error:
        if not isinstance(error.__cause__, SyntaxError) and error.line is None:
            raise  # it cannot be read at all
        problem = f"{error.reason[:1].upper()}{error.reason[1:]}."
        remedy = "" if error.remedy == MEND else f"{error.remedy[:1].upper()}{error.remedy[1:]}."
        return [Finding(SYNTAX, problem, remedy, None, {}, (), (), path, error.line, error.column)]
    return []


def _read_sheet(
    graph: Graph, path: str, target: str, rows: dict[str, tuple[str, int]], warnings: list[str], *, new_terms: bool
) -> list[Finding]:
    """Add what a sheet says to the graph, by way of a Turtle file; return its mistakes instead where it has any.

    :param rows: is told for each thing of the sheet its file and row
    :param warnings: is told what may be a mistake
    """
    # Not the name that it is to be imported under, which the graph may have already.
    name = f"sheet {os.path.splitext(os.path.basename(path))[0]}"
    try:
        read = read_sheets([path], graph, enquiry=name, new_terms=new_terms)
    except SheetError as error:
        warnings += format_errors(error.warnings)
        return [
            Finding(
                "sheet",
                f"{mistake.message[:1].upper()}{mistake.message[1:]}.",
                f"{mistake.hint[:1].upper()}{mistake.hint[1:]}.",
                details={
                    name: value for name, value in (("column", mistake.column), ("value", mistake.value)) if value
                },
                file=path,
                line=mistake.row,
            )
            for mistake in error.errors
        ]
    warnings += format_errors(read.warnings)
    with open(target, "wb") as file:
        file.writelines(read.chunks())
    rows |= read.rows
    graph.read(target)
    graph.__dict__.pop("things", None)
    return []


def _located(
    findings: Sequence[Finding],
    files: Mapping[str, str],
    prefixes: Mapping[str, str],
    rows: Mapping[str, tuple[str, int]],
) -> list[Finding]:
    """Return the findings that concern something in the files, with their places.

    :param files: path to show to path to read; they differ for sheets
    :param rows: thing of a sheet to its file and row
    """
    things = {str(finding.thing) for finding in findings}
    mentioned: set[str] = set()
    lines: dict[str, Lines] = {}
    homes: dict[str, list[str]] = {}
    told: dict[str, tuple[str, int]] = {}
    for path, read in files.items() if findings else ():
        described: set[str] = set()
        for triple in triples_in(read):
            subject, object_ = _name(triple.subject), _name(triple.object)
            if subject in things:
                described.add(subject)
            if object_ in things:
                mentioned.add(object_)
                if subject in rows:  # a school, say, is told of in the rows of its claims
                    told[object_] = min(rows[subject], told.get(object_, rows[subject]))
        if described:
            lines[path] = find_lines(path, prefixes) if path == read else {}
            mentioned |= described
            for thing in described:
                homes.setdefault(thing, []).append(path)
    # Each reading gives blank nodes new names, so that they cannot be found again.
    kept = [finding for finding in findings if str(finding.thing) in mentioned or str(finding.thing).startswith("_:")]
    told |= {thing: rows[thing] for thing in things if thing in rows}
    return [_at(finding, homes.get(str(finding.thing), []), lines, told) for finding in kept]


def _at(
    finding: Finding, homes: Sequence[str], lines: Mapping[str, Lines], rows: Mapping[str, tuple[str, int]]
) -> Finding:
    thing = str(finding.thing)
    if thing in rows:
        file, row = rows[thing]
        column = next((name for each in finding.properties if (name := column_of(local_name(each)))), "")
        details = {"column": column, **finding.details} if column else finding.details
        return replace(finding, file=file, line=row, details=details)
    for property_ in (*finding.properties, ""):
        for path in homes:
            if (thing, property_) in lines[path]:
                return replace(finding, file=path, line=lines[path][thing, property_])
    return replace(finding, file=homes[0]) if homes else finding


def _order(finding: Finding) -> tuple[object, ...]:
    # Wrong names first: much else may follow from them.
    rank = 0 if finding.check in MISNAMED else 2 if finding.check in ("shape", "passage") else 1
    return (
        rank,
        finding.check,
        finding.problem,
        finding.file,
        finding.line or 0,
        str(finding.thing),
        str(finding.details),
    )


def _name(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
