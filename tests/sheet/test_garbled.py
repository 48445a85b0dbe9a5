"""Text that an encoding spoilt is told once a file; text that is right is left in peace."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlc_graph import Graph
from nlc_graph.sheet import SheetError, read_sheets, to_csv
from nlc_graph.sheet.garbled import has_lost_letters, is_misread

from .conftest import AIM, CLAIM

ROWS = [CLAIM, {**AIM, "note": "Why? They ask."}]


def written(path: Path, encoding: str, *rows: dict[str, str]) -> str:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    text = to_csv([columns, *([row.get(column, "") for column in columns] for row in rows)]).decode("utf-8-sig")
    path.write_bytes(text.encode(encoding))
    return str(path)


def warned(path: str, terms: Graph) -> list[str]:
    return [str(one).removeprefix(path) for one in read_sheets([path], terms, enquiry="mine").warnings]


@pytest.mark.parametrize("text", ["Rīgas jūra", "café", "Курземе", "„Škoda“", "20 °C", "don’t", "Nguyễn", "ελληνικά"])
@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_text_of_utf_8_that_was_read_in_another_encoding(text: str, encoding: str) -> None:
    garbled = "".join(bytes([byte]).decode(encoding, errors="ignore") or chr(byte) for byte in text.encode())
    assert (is_misread(garbled), is_misread(text)) == (True, False)


@pytest.mark.parametrize(
    ("text", "encoding"), [("Rīgas jūra", "cp1257"), ("Žluťoučký kůň", "cp1250"), ("Русский", "cp1251")]
)
def test_so_in_encodings_of_other_regions(text: str, encoding: str) -> None:
    assert is_misread(text.encode().decode(encoding, errors="replace"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Learning mentors",
        "« Liberté\u00a0», dit-elle… à l’école\u00a0!",
        "CAFÉ… LYCÉE” SCHÖN–",
        "Østerdalen, PÅ” BYGDA, Ærø",
        "¿Qué niño? ¡Mañana! SÃO PAULO",
        "Лётчик в школе",
        "£5, 3½ m², 20 °C",
    ],
)
def test_text_that_is_right(text: str) -> None:
    assert not is_misread(text)


@pytest.mark.parametrize("text", ["R?gas j?ra", "???????? skola", "Daugavas las?t?ji (see https://x.org/a?b=c)"])
def test_question_marks_in_the_place_of_letters(text: str) -> None:
    assert has_lost_letters(text)


@pytest.mark.parametrize(
    "text", ["?", "??", "Why? They ask.", "(really?)", "2004?", "https://x.org/a?b=c", "x.org/a?b=c", "What?! “Why?”"]
)
def test_question_marks_as_they_should_be(text: str) -> None:
    assert not has_lost_letters(text)


def test_the_encoding_that_is_assumed_is_told_with_an_example(tmp_path: Path, terms: Graph) -> None:
    path = written(tmp_path / "x.csv", "cp1257", *ROWS, {**CLAIM, "network": "Kurzemes šķēde"})
    assert warned(path, terms) == [
        ", row 4, column 'network': 'Kurzemes ðíçde': the file is not UTF-8 and was read as Windows-1252; if it reads"
        " wrong, save it as CSV UTF-8"
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_no_word_of_an_encoding_that_is_known(encoding: str, tmp_path: Path, terms: Graph) -> None:
    path = written(tmp_path / "x.csv", encoding, *ROWS, {**CLAIM, "network": "Kurzemes ķēde"})
    assert warned(path, terms) == []


def test_nor_of_signs_that_are_no_letters(tmp_path: Path, terms: Graph) -> None:
    path = written(tmp_path / "x.csv", "cp1252", CLAIM, {**AIM, "note": "£5 – the mentors’ “fee”"})
    assert warned(path, terms) == []


def test_garbled_cells_are_counted_and_told_once(tmp_path: Path, terms: Graph) -> None:
    garbled = {**CLAIM, "network": "RÄ«gas jÅ«ra", "note": "It is a cafÃ©."}
    for encoding in ("utf-8", "cp1252"):
        path = written(
            tmp_path / f"{encoding}.csv",
            encoding,
            CLAIM,
            garbled,
            {**AIM, "source": "Apkārt".encode().decode("cp1252", "ignore")},
        )
        assert warned(path, terms) == [
            ", row 3, column 'network': 'RÄ«gas jÅ«ra': garbled, for it was written in one encoding and read in"
            " another, here and in 1 more cell; save it as CSV UTF-8 from where it still reads right"
        ]


def test_lost_letters_are_told_once_and_the_encoding_too(tmp_path: Path, terms: Graph) -> None:
    lost = {**CLAIM, "network": "R?gas j?ra", "source": "???????? skola", "note": "???"}
    path = written(tmp_path / "x.csv", "cp1252", lost, {**AIM, "note": "é"})
    assert warned(path, terms) == [
        ", row 2, column 'network': 'R?gas j?ra': question marks in the place of letters, as an encoding leaves that"
        " lacks them, here and in 2 more cells; save it as CSV UTF-8 from where it still reads right",
        ", row 3, column 'note': 'é': the file is not UTF-8 and was read as Windows-1252; if it reads wrong, save it as"
        " CSV UTF-8",
    ]


def test_characters_of_no_text_are_one_mistake_that_names_the_encoding(tmp_path: Path, terms: Graph) -> None:
    garbled = "Daugavas lasītāji".encode().decode("latin-1")
    rows = [{**CLAIM, "network": garbled}, {**AIM, "network": garbled, "note": "a\u202eb"}]
    with pytest.raises(SheetError) as raised:
        read_sheets([written(tmp_path / "x.csv", "utf-8", *rows)], terms, enquiry="mine")
    assert [one[1:] for one in raised.value.mistakes] == [
        (
            2, "network", garbled,
            "garbled, for it was written in one encoding and read in another, here and in 1 more cell",
            "save it as CSV UTF-8 from where it still reads right",
        ),
        (3, "note", "a\u202eb", "hidden characters (U+202E)", "type the text anew without them"),
    ]  # fmt: skip
    assert raised.value.warnings == ()
