"""Sheets as spreadsheet programs write them, and nothing that does harm on either side."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlc_graph import Graph
from nlc_graph.errors import UnknownFormatError, UnreadableFileError
from nlc_graph.sheet import COLUMNS, files, heading, lists, read_sheets, safe, to_csv, to_xlsx
from nlc_graph.sheet.files import has_decimal_comma, read_rows
from nlc_graph.sheet.values import ValueMistakeError, read_number

from .conftest import CLAIM, FIGURE, Write

HEAD = ["network", "practice", "outcome", "in our words"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters(encoding: str, delimiter: str, tmp_path: Path) -> None:
    row = ["Réseau", 'a "b"', "x,y;z", "two\nlines"]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([HEAD, row])
    path = tmp_path / "x.csv"
    path.write_bytes(out.getvalue().encode(encoding))
    assert list(read_rows(str(path))) == [(1, HEAD), (2, row)]


WORDS = {
    "Norwegian": "Østerdalen, på bygda, lærere og elever i Røros",
    "German": "Schüler müssen für die Prüfung üben, größer",
    "French": "élèves à l’école, où «ça» va, naïve œuvre, déjà",
    "English": "don’t – “quoted” words… £5, 3½ m², 20 °C, café®, 5€ §a",
    "Spanish": "¿Qué niño? ¡Mañana!",
}


@pytest.mark.parametrize("language", WORDS)
def test_windows_text_is_read_as_it_is(language: str, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(f"network\tpractice\toutcome\n\t\t{WORDS[language]}\n".encode("cp1252"))
    assert list(read_rows(str(path)))[1][1][2] == WORDS[language]


@pytest.mark.parametrize("language", ["Norwegian", "German", "French"])
@pytest.mark.parametrize("encoding", ["mac_roman", "cp850"])
def test_text_of_old_programs_is_refused_and_not_garbled(language: str, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(f"network,practice,outcome\n{WORDS[language]}\n".encode(encoding, errors="ignore"))
    with pytest.raises(UnreadableFileError, match="text in an encoding that cannot be told; save it as CSV UTF-8"):
        list(read_rows(str(path)))


def test_rows_are_numbered_as_the_program_shows_them(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text('sep=;\nnetwork;practice;outcome\n\n"a\nb";;\n;;\nc;;\n')
    assert [number for number, _ in read_rows(str(path))] == [2, 4, 6]


def test_formulas_are_made_harmless_and_come_back(tmp_path: Path) -> None:
    cells = ["=1+1", "+x", "-y", "@z", "-3.5", "+2", '=HYPERLINK("http://x")', "a=b"]
    content = to_csv([["network", "practice", "outcome", *map(str, range(5))], cells])
    written = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[1]
    assert written == ["'=1+1", "'+x", "'-y", "'@z", "-3.5", "+2", '\'=HYPERLINK("http://x")', "a=b"]
    (tmp_path / "x.csv").write_bytes(content)
    assert list(read_rows(str(tmp_path / "x.csv")))[1][1] == cells


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20), min_size=3, max_size=3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_cells_come_back_trimmed(tmp_path: Path, cells: list[str]) -> None:
    (tmp_path / "x.csv").write_bytes(to_csv([["network", "practice", "outcome"], cells]))
    rows = [row for _, row in read_rows(str(tmp_path / "x.csv"))][1:]
    plain = [" ".join(cell.strip().removeprefix("'").split()) for cell in cells]
    assert [[" ".join(cell.removeprefix("'").split()) for cell in row] for row in rows] == (
        [plain] if any(c.strip() for c in map(safe, cells)) else []
    )


@given(st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None)
def test_any_bytes_are_read_or_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    for suffix in (".csv", ".xlsx"):
        path = tmp_path / f"x{suffix}"
        path.write_bytes(content)
        try:
            list(read_rows(str(path)))
        except UnreadableFileError as error:
            assert str(error).startswith(f"{path}")


def test_a_workbook_comes_back_and_is_the_same_each_time(terms: Graph, tmp_path: Path) -> None:
    pytest.importorskip("openpyxl")
    rows = [["=1+1", "2004-05", "92.0", *[""] * (len(COLUMNS) - 3)]]
    content = to_xlsx(rows, lists(terms))
    assert content == to_xlsx(rows, lists(terms))
    (tmp_path / "x.xlsx").write_bytes(content)
    (_, head), (number, cells) = read_rows(str(tmp_path / "x.xlsx"))
    assert (head, number, cells[:3]) == (heading(), 2, ["=1+1", "2004-05", "92.0"])


def test_a_workbook_offers_the_vocabularies_and_explains_its_columns(terms: Graph, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    (tmp_path / "x.xlsx").write_bytes(to_xlsx([], lists(terms)))
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    choices = {
        str(choice.sqref).split("2:")[0]: choice.formula1 for choice in book["evidence"].data_validations.dataValidation
    }
    offered = [str(cell.value) for cell in book["lists"][choices["C"].split("!$")[1].split("$")[0]]]
    assert offered[0] == "practice" and "learning mentors" in offered
    assert [cell.value for cell in book["columns"]["A"]][1:] == heading()
    assert {cell.data_type for row in book["evidence"].iter_rows() for cell in row} == {"s"}


def test_numbers_and_dates_of_a_workbook(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    import datetime

    book = openpyxl.Workbook()
    book.active.append(["network", "practice", "outcome"])
    book.active.append([92.0, 10.5, datetime.datetime(2004, 5, 1)])
    book.active.append([True, None, "=1+1"])
    book.save(tmp_path / "x.xlsx")
    assert [row for _, row in read_rows(str(tmp_path / "x.xlsx"))][1:] == [
        ["92", "10.5", "2004-05-01"], ["true", "", "=1+1"],
    ]  # fmt: skip


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_UNPACKED", 1_000_000)
    with zipfile.ZipFile(tmp_path / "x.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", "0" * 2_000_000)
    with pytest.raises(UnreadableFileError, match="it unpacks to 2,000,000 bytes, far more than a sheet does"):
        list(read_rows(str(tmp_path / "x.xlsx")))


def test_a_cell_far_out_is_refused_before_room_is_made_for_all_up_to_it(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "network", "x"
    book.save(tmp_path / "x.xlsx")
    with pytest.raises(UnreadableFileError, match="a cell at XFD1048576, far outside an evidence sheet"):
        list(read_rows(str(tmp_path / "x.xlsx")))


def test_more_merged_cells_than_any_sheet_has_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    monkeypatch.setattr(files, "MAX_MERGED", 2)
    book = openpyxl.Workbook()
    book.active.append(HEAD)
    for row in (3, 6, 9):
        book.save(tmp_path / "x.xlsx")
        list(read_rows(str(tmp_path / "x.xlsx")))
        book.active.merge_cells(f"A{row}:A{row + 1}")
    book.save(tmp_path / "x.xlsx")
    with pytest.raises(UnreadableFileError, match="more than 2 ranges of merged cells; unmerge them"):
        list(read_rows(str(tmp_path / "x.xlsx")))


def test_what_is_no_sheet_is_refused(tmp_path: Path, terms: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = {
        "bytes.xlsx": (b"nothing", "no .xlsx file"),
        "nulls.csv": (b"network,practice,outcome\n\0,,", "null characters"),
        "quote.csv": (b'network,practice,outcome\n"a,b', "row 2: unexpected end of data"),
        "other.csv": (b"name,age\nx,3\n", "its first row holds no headings of an evidence sheet"),
        "empty.csv": (b"", "the sheet is empty; its first row must hold the column names"),
        "old.xlsx": (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            r"it is an office document of the older kind \(.xls, .doc\), or one with a password; open it in a"
            " spreadsheet program and save it as .xlsx or as CSV UTF-8, without a password",
        ),
        "long.csv": (b"network,practice,outcome\n" + b"x" * 40_000, "a cell of more than 32,767 characters"),
    }
    for name, (content, message) in cases.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(UnreadableFileError, match=message):
            read_sheets([str(tmp_path / name)], terms, enquiry="mine")
    with pytest.raises(UnreadableFileError, match="No such file"):
        read_sheets([str(tmp_path / "none.csv")], terms, enquiry="mine")
    with pytest.raises(UnknownFormatError, match=r"'x.ods'; known: .csv, .xlsx; save it as .xlsx or .csv"):
        read_sheets([str(tmp_path / "x.ods")], terms, enquiry="mine")
    monkeypatch.setattr(files, "MAX_ROWS", 1)
    (tmp_path / "many.csv").write_text("network,practice,outcome\na,,\nb,,\n")
    with pytest.raises(UnreadableFileError, match="more than 1 rows"):
        list(read_rows(str(tmp_path / "many.csv")))


def test_hostile_cells_become_plain_text(write: Write, terms: Graph) -> None:
    nasty = '<script>alert(1)</script> \\" """ } ] . # ${x} %s {{7*7}}'
    path = write({**CLAIM, "in our words": nasty, "note": nasty, "network": f"N {nasty}"}, FIGURE)
    import pyoxigraph as ox

    text = read_sheets([path], terms, enquiry="mine").to_bytes()
    values = {t.object.value for t in ox.parse(text, format=ox.RdfFormat.TURTLE) if isinstance(t.object, ox.Literal)}
    assert nasty in values


def test_cells_shown_in_per_cent_are_read_as_shown(tmp_path: Path) -> None:
    """The program stores 92 % as 0.92; a code that shows the sign as a text changes no number."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEAD)
    for number, code in ((0.92, "0%"), (0.925, "0.0%"), (0.92, "0.00"), (0.92, '0.0" %"')):
        sheet.append(["a", "b", "c", number])
        sheet.cell(sheet.max_row, 4).number_format = code
    book.save(tmp_path / "x.xlsx")
    assert [cells[3] for _, cells in list(read_rows(str(tmp_path / "x.xlsx")))[1:]] == ["92%", "92.5%", "0.92", "0.92"]


@pytest.mark.parametrize(
    ("content", "comma"),
    [
        (b"network,practice,outcome\n", False),
        (b"network;practice;outcome\n", True),
        ("network;practice;outcome\n".encode("utf-16"), True),
        (b"sep=;\nnetwork;practice;outcome\n", True),
        ("\ufeffnetwork;practice;outcome\n".encode(), True),
        (b"network\tpractice\toutcome\n", None),
    ],
)
def test_whether_a_sheet_has_decimal_commas(content: bytes, comma: bool | None, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(content)
    assert has_decimal_comma(str(tmp_path / "x.csv")) is comma


@pytest.mark.parametrize(
    ("text", "comma", "value"),
    [
        ("3.5", False, "3.5"),
        ("3,5", True, "3.5"),
        ("3,5", None, "3.5"),
        ("1,084", True, "1.084"),
        ("-0,25", None, "-0.25"),
    ],
)
def test_numbers(text: str, comma: bool | None, value: str) -> None:
    assert str(read_number(text, comma=comma)) == value


@pytest.mark.parametrize(
    ("text", "comma", "remedy"),
    [
        ("3,5", False, "write 3.5"),
        ("1,084", None, "write 1084 for thousands, 1.084 for a decimal"),
        ("1,084.5", None, "write 1084.5"),
        ("1.084", True, "write 1084"),
        ("1.084,5", True, "write 1084,5"),
        ("3,5 %", None, "write 3,5 here and 'per cent' under 'unit'"),
        ("ninety", True, "write digits such as 92 or 10.7; leave it empty if the source gives none"),
    ],
)
def test_what_is_wrong_with_a_number(text: str, comma: bool | None, remedy: str) -> None:
    with pytest.raises(ValueMistakeError) as raised:
        read_number(text, comma=comma)
    assert raised.value.remedy == remedy
