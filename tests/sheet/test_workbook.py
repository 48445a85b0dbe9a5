"""Sheets as spreadsheet programs write them, and workbooks as we write them."""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlc_graph import Graph
from nlc_graph.errors import UnknownFormatError, UnreadableFileError
from nlc_graph.sheet import COLUMNS, drop_down_lists, example_rows, heading, to_csv, to_xlsx, workbook
from nlc_graph.sheet.template import protect
from nlc_graph.sheet.values import BadValueError, read_number
from nlc_graph.sheet.workbook import NumberedRow, find_encoding, open_sheet

from .conftest import CLAIM, errors_in, read, warnings_in

HEAD = ["network", "practice", "outcome", "in our words"]
WORDS = {
    "Norwegian": "Østerdalen, på bygda, lærere og elever i Røros",
    "German": "Schüler müssen für die Prüfung üben, größer",
    "French": "élèves à l’école, où «ça» va, naïve œuvre, déjà",
    "Spanish": "¿Qué niño? ¡Mañana!",
}


def rows_of(path: Path) -> list[NumberedRow]:
    return list(open_sheet(str(path)).rows)


def save(path: Path, *rows: Sequence[object], title: str = "evidence") -> openpyxl.Workbook:
    """Write a workbook, and return it to be changed and saved again."""
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    book.save(path)
    return book


# --- CSV ---


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters(encoding: str, delimiter: str, tmp_path: Path) -> None:
    row = ["Réseau", 'a "b"', "x,y;z", "two\nlines"]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([HEAD, row])
    path = tmp_path / "x.csv"
    path.write_bytes(out.getvalue().encode(encoding))
    assert rows_of(path) == [(1, HEAD), (2, row)]


@pytest.mark.parametrize("language", WORDS)
def test_text_in_windows_encoding(language: str, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(f"network\tpractice\toutcome\n\t\t{WORDS[language]}\n".encode("cp1252"))
    assert rows_of(path)[1][1][2] == WORDS[language]


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850"])
def test_text_in_older_encodings(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(f"network,practice,outcome\n{WORDS['German']}\n".encode(encoding))
    assert find_encoding(str(path)).replace("-", "_") == encoding


def test_rows_have_the_numbers_that_the_program_shows(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text('sep=;\nnetwork;practice;outcome\n\n"a\nb";;\n;;\nc;;\n')
    assert [number for number, _ in rows_of(path)] == [2, 4, 6]


def test_formulas_are_written_as_text_and_read_back(tmp_path: Path) -> None:
    cells = ["=1+1", "+x", "-y", "@z", "-3.5", "+2", '=HYPERLINK("http://x")', "a=b"]
    content = to_csv([["network", "practice", "outcome", *map(str, range(5))], cells])
    written = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[1]
    assert written == ["'=1+1", "'+x", "'-y", "'@z", "-3.5", "+2", '\'=HYPERLINK("http://x")', "a=b"]
    (tmp_path / "x.csv").write_bytes(content)
    assert rows_of(tmp_path / "x.csv")[1][1] == cells


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20), min_size=3, max_size=3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_any_cells_are_read_back_trimmed(tmp_path: Path, cells: list[str]) -> None:
    (tmp_path / "x.csv").write_bytes(to_csv([["network", "practice", "outcome"], cells]))
    found = [[" ".join(cell.removeprefix("'").split()) for cell in row] for _, row in rows_of(tmp_path / "x.csv")][1:]
    plain = [" ".join(cell.strip().removeprefix("'").split()) for cell in cells]
    assert found == ([plain] if any(cell.strip() for cell in map(protect, cells)) else [])


@given(st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes) -> None:
    for suffix in (".csv", ".xlsx"):
        path = tmp_path / f"x{suffix}"
        path.write_bytes(content)
        try:
            rows_of(path)
        except UnreadableFileError as error:
            assert error.path == str(path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("text.xlsx", b"nothing"),
        ("empty.csv", b""),
        ("blank.csv", b"\n,,\n"),
        ("nulls.csv", b"network,practice,outcome\na\0b,,\n"),
        ("quote.csv", b'network,practice,outcome\n"a,,\n'),
        ("page.csv", b"<html><table></table></html>"),
        ("other.csv", b"name,age\nx,3\n"),
    ],
)
def test_files_that_are_not_sheets(name: str, content: bytes, tmp_path: Path, terms: Graph) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableFileError):
        read(terms, str(tmp_path / name))


def test_other_suffixes_and_missing_files(tmp_path: Path, terms: Graph) -> None:
    (tmp_path / "x.ods").write_bytes(b"")
    with pytest.raises(UnknownFormatError):
        read(terms, str(tmp_path / "x.ods"))
    with pytest.raises(UnreadableFileError):
        read(terms, str(tmp_path / "none.csv"))


def test_too_many_rows_and_too_long_cells(tmp_path: Path, terms: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.csv"
    path.write_text("network,practice,outcome\n" + "a,b,c\n" * 3)
    monkeypatch.setattr(workbook, "MAX_ROWS", 2)
    with pytest.raises(UnreadableFileError):
        rows_of(path)
    path.write_text(f"network,practice,outcome\n{'a' * 40_000},,\n")
    with pytest.raises(UnreadableFileError):
        rows_of(path)


# --- .xlsx ---


def test_a_workbook_is_read_back_and_the_same_each_time(terms: Graph, tmp_path: Path) -> None:
    rows = [["=1+1", "2004-05", "92.0", *[""] * (len(COLUMNS) - 3)]]
    content = to_xlsx(rows, drop_down_lists(terms))
    assert content == to_xlsx(rows, drop_down_lists(terms))
    (tmp_path / "x.xlsx").write_bytes(content)
    (_, head), (number, cells) = rows_of(tmp_path / "x.xlsx")
    assert (head, number, cells[:3]) == (heading(), 2, ["=1+1", "2004-05", "92.0"])


def test_a_workbook_has_drop_down_lists_and_explains_its_columns(terms: Graph, tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(to_xlsx(example_rows(), drop_down_lists(terms)))
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    choices = book["evidence"].data_validations.dataValidation
    formulas = {str(choice.sqref).split("2:")[0]: choice.formula1 for choice in choices}
    letter = formulas["C"].split("!$")[1].split("$")[0]
    offered = [str(cell.value) for cell in book["lists"][letter]]
    assert offered[0] == "practice" and "learning mentors" in offered
    assert [cell.value for cell in book["columns"]["A"]][1:] == heading()
    assert warnings_in(terms, str(tmp_path / "x.xlsx")) == []


def test_values_of_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    date = datetime.datetime(2004, 5, 1)
    book = save(path, HEAD, [92.0, 10.5, date, 0.845], [], [True, None, "=1+1", "text"])
    book.active["D2"].number_format = "0.0%"
    book.save(path)
    assert rows_of(path)[1:] == [
        (2, ["92", "10.5", "2004-05-01T00:00:00", "84.5%"]), (4, ["true", "", "#N/A", "text"]),
    ]  # fmt: skip


def test_a_formula_without_a_stored_result_is_an_error(tmp_path: Path, terms: Graph) -> None:
    row = {**CLAIM, "bearing": '=IF(A1<"b","c & d",B2)'}
    save(tmp_path / "x.xlsx", list(row), list(row.values()))
    assert errors_in(terms, str(tmp_path / "x.xlsx")) == [(2, "bearing", "spreadsheet-error")]


def test_content_that_is_easily_overlooked_is_mentioned(tmp_path: Path, terms: Graph) -> None:
    """Hidden rows, merged cells, and a second sheet with evidence are one warning each."""
    path = tmp_path / "x.xlsx"
    rows = [{**CLAIM, "passage opens": opens} for opens in ("one", "two")]
    book = save(path, list(CLAIM), *(list(row.values()) for row in rows))
    assert warnings_in(terms, str(path)) == []
    book.active.row_dimensions[3].hidden = True
    book.active.merge_cells("XA2:XA3")
    for row in (list(CLAIM), list(CLAIM.values())):
        book.create_sheet("more").append(row) if "more" not in book.sheetnames else book["more"].append(row)
    book.create_sheet("remarks").append(["network", "to do"])
    book.save(path)
    assert warnings_in(terms, str(path)) == [(0, "", "file")] * 3
    messages = [warning.message for warning in read(terms, str(path)).warnings]
    assert ["row 3" in each for each in messages].count(True) == 1
    assert ["XA2:XA3" in each for each in messages].count(True) == 1
    assert ["'more'" in each for each in messages].count(True) == 1


def test_workbooks_that_would_fill_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.xlsx"
    book = save(path, HEAD)
    book.active["XFD1048576"] = "x"
    book.save(path)
    with pytest.raises(UnreadableFileError):
        rows_of(path)
    monkeypatch.setattr(workbook, "MAX_UNPACKED", 1_000_000)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", "0" * 2_000_000)
    with pytest.raises(UnreadableFileError):
        rows_of(path)


# --- numbers ---


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("92", "92"), ("−3.50", "-3.50"), ("1\N{NO-BREAK SPACE}240", "1240"), ("1 240", "1240"),
        ("1\N{THIN SPACE}240\N{NARROW NO-BREAK SPACE}000.5", "1240000.5"),
        ("2.900000000000006", "2.9"), ("62.33333333333334", "62.3333333333"), ("100.0000000000001", "100"),
    ],
)  # fmt: skip
def test_numbers(text: str, number: str) -> None:
    assert str(read_number(text)) == str(Decimal(number))


@pytest.mark.parametrize("text", ["ca. 62", ">200", "4-5", "4 pts", "2022-03-01", "many", "1e5", "inf", "9" * 5000])
def test_texts_that_are_not_numbers(text: str) -> None:
    with pytest.raises(BadValueError) as raised:
        read_number(text)
    assert raised.value.code == "not-a-number"
