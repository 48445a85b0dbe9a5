"""What workbooks hold that is no plain value: errors, and formulas whose result no program has stored."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from nlc_graph import Graph
from nlc_graph.sheet import SheetError, example_rows, lists, read_sheets, to_xlsx
from nlc_graph.sheet.files import read_rows
from nlc_graph.sheet.workbooks import find_failed

from .conftest import CLAIM, FIGURE, Write

openpyxl = pytest.importorskip("openpyxl")


def workbook(path: Path, *rows: dict[str, str]) -> str:
    """Write rows as a workbook; what begins with ``#`` becomes an error, with ``=`` a formula without a result."""
    book = openpyxl.Workbook()
    columns = list(dict.fromkeys(column for row in rows for column in row))
    book.active.append(columns)
    for row in rows:
        book.active.append([row.get(column) or None for column in columns])
    book.save(path)
    return str(path)


def mistakes(path: str, terms: Graph) -> list[tuple[int, str, str, str]]:
    with pytest.raises(SheetError) as raised:
        read_sheets([path], terms, enquiry="mine")
    return [(each.row, each.column, each.value, each.problem) for each in raised.value.mistakes]


@pytest.mark.parametrize("column", [*FIGURE, "jointly with", "bearing", "role", "change"])
def test_an_error_is_a_mistake_in_every_column_and_never_an_empty_cell(
    column: str, tmp_path: Path, terms: Graph
) -> None:
    path = workbook(tmp_path / "x.xlsx", CLAIM, {**FIGURE, column: "#N/A"})
    assert mistakes(path, terms) == [(3, column, "#N/A", "an error of the spreadsheet program")]


@pytest.mark.parametrize("column", ["school or group", "to value", "bearing"])
def test_so_is_a_formula_without_a_result(column: str, tmp_path: Path, terms: Graph) -> None:
    path = workbook(tmp_path / "x.xlsx", CLAIM, {**FIGURE, column: '=IF(A1<"b","c & d",B2)'})
    problem = "a formula whose result is not stored"
    assert mistakes(path, terms) == [(3, column, '=IF(A1<"b","c & d",B2)', problem)]


@pytest.mark.parametrize("shown", ["#N/A", "#REF!", "#DIV/0!", "#NV", "#VERDI!", "#NAME?", "Err:502"])
def test_errors_in_csv(shown: str, write: Write, terms: Graph) -> None:
    path = write(CLAIM, {**CLAIM, "bearing": shown, "passage opens": "x"})
    assert mistakes(path, terms) == [(3, "bearing", shown, "an error of the spreadsheet program")]


def test_what_only_looks_like_an_error_is_a_text(write: Write, terms: Graph) -> None:
    read = read_sheets([write({**CLAIM, "note": "#1 of all!"})], terms, enquiry="mine")
    assert '"#1 of all!"' in read.to_bytes().decode()


def rewritten(path: Path, cells: str) -> str:
    """Write a workbook whose second row is given as it is in the file."""
    workbook(path, {"network": "a", "practice": "b", "outcome": "c"})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    (sheet,) = (name for name in parts if name.startswith("xl/worksheets/"))
    before, _, _ = parts[sheet].decode().partition('<row r="2"')
    parts[sheet] = f'{before}<row r="2">{cells}</row></sheetData></worksheet>'.encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return str(path)


def test_results_that_are_stored_are_read(tmp_path: Path) -> None:
    """A formula that results in an empty text has an empty value of the type str; one that fails has both."""
    path = rewritten(
        tmp_path / "x.xlsx",
        '<c r="A2"><f>1+1</f><v>2</v></c><c r="B2" t="str"><f>""</f><v></v></c><c r="C2" t="e"><f>1/0</f>'
        '<v>#DIV/0!</v></c><c r="D2"><f t="shared" si="0"/></c>',
    )
    assert find_failed(path, 0) == {2: {3: "#DIV/0!", 4: "="}}
    assert list(read_rows(path))[1] == (2, ["2", "", "#DIV/0!", "="])


def test_a_cell_cut_by_the_pieces_in_which_a_sheet_is_read(tmp_path: Path) -> None:
    filled = "".join(f'<c r="B{row}" t="inlineStr"><is><t>{"x" * 990}</t></is></c>' for row in range(3, 3000))
    for shift in range(0, 1200, 40):
        cells = f'<c r="A2" t="inlineStr"><is><t>{"y" * shift}</t></is></c>{filled}<c r="C3000"><f>A1</f><v/></c>'
        assert find_failed(rewritten(tmp_path / "x.xlsx", cells), 0) == {3000: {3: "=A1"}}


def test_a_sheet_with_formulas_elsewhere_and_no_cell(tmp_path: Path) -> None:
    """What looks like a formula stands in the headers of every sheet."""
    path = tmp_path / "x.xlsx"
    openpyxl.Workbook().save(path)
    assert find_failed(str(path), 0) == {}


def test_a_second_sheet_of_evidence_is_not_passed_over_in_silence(tmp_path: Path, terms: Graph) -> None:
    path = workbook(tmp_path / "x.xlsx", CLAIM)
    book = openpyxl.load_workbook(path)
    for name, rows in {"more": 2, "empty": 1, "examples": 2}.items():
        sheet = book.create_sheet(name)
        for row in ([], list(CLAIM), list(CLAIM.values()))[: rows + 1]:
            sheet.append(row)
    book.create_sheet("remarks").append(["network", "to do"])
    book.save(path)
    assert [str(one) for one in read_sheets([path], terms, enquiry="mine").warnings] == [
        f"{path}: 'more': a sheet of evidence that was not read; move its rows, or save it as a file of its own and"
        " import both",
        f"{path}: 'examples': row 3 was typed there, and no row of this page is read; move it to the evidence",
    ]


def test_the_template_gives_no_warning(tmp_path: Path, terms: Graph) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(to_xlsx(example_rows(), lists(terms)))
    assert read_sheets([str(path)], terms, enquiry="mine").warnings == []
