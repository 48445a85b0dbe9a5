"""A copy is read whatever its form, and words are found in it whatever its layout."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlc_graph.errors import UnreadableFileError
from nlc_graph.passages.document import Document, fold

TEXT = "Alder is a network.\nMentors help – “every day” – and pupils’ self-\nesteem grew.\nBirch is another."


def found(text: str, phrase: str, start: int = 0, end: int | None = None) -> list[str]:
    document = Document(text)
    return [document.text[slice(*place)] for place in document.places(phrase, start, end)]


@pytest.mark.parametrize(
    ("phrase", "stretch"),
    [
        ("ALDER is A", "Alder is a"),
        ("Mentors help - 'every day' - and", "Mentors help – “every day” – and"),
        ("pupils' self-esteem grew", "pupils’ self-\nesteem grew"),
        ("network. Mentors", "network.\nMentors"),
    ],
)
def test_case_quotes_dashes_hyphens_and_line_breaks_do_not_matter(phrase: str, stretch: str) -> None:
    assert found(TEXT, phrase) == [stretch]


def test_hyphenation_ligatures_and_accents_do_not_matter() -> None:
    assert found("e\ufb03cient prac-\ntice in a cafe\u0301", "efficient practice in a café") == [
        "e\ufb03cient prac-\ntice in a cafe"
    ]


def test_words_are_found_whole() -> None:
    assert found("the network is a networked net", "network") == ["network"]
    assert found("the network is a networked net", "net") == ["net"]


def test_a_footnote_number_may_touch_a_word() -> None:
    assert found("as a review found\u00b2 before", "a review found") == ["a review found"]


def test_places_between_two_others() -> None:
    assert Document("net net net").places("net", 1, 7) == [(4, 7)]
    assert Document("net").places(" – ") == []


def test_page_furniture_may_lie_in_the_midst() -> None:
    head = "Tiny report 2005\n"
    text = f"{head}one two\n12\f{head}three four\n13\f{head}five six\n14\f"
    assert found(text, "two three") == [f"two\n12\f{head}three"]
    assert found(text, "four five six") == [f"four\n13\f{head}five six"]
    assert len(found(text, "Tiny report")) == 3


def test_nearest_is_the_stretch_with_most_words_in_their_places() -> None:
    document = Document("Mentors were employed across the town, and mentors help.")
    assert document.nearest("Mentors are employed across the city") == "Mentors were employed across the town"
    assert document.nearest("nothing of that sort at all") == ""
    assert document.nearest("mentors help", 45) == "mentors help"


def test_around_a_place() -> None:
    document = Document("one two\nthree four five, six.")
    (span,) = document.places("four")
    assert document.around(span, 1) == ("three ", "four", " five")
    assert document.around(span, 99) == ("one two three ", "four", " five, six")
    assert document.around(span, 0) == ("", "four", "")


WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=6), min_size=3, max_size=12)
BREAKS = st.sampled_from([" ", "\n", "  ", " – ", "\u00a0", ",\n", " \u201c", "-\n"])


@given(words=WORDS, data=st.data())
def test_any_phrase_is_found_in_any_layout(words: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    parts = [word.upper() if data.draw(st.booleans()) else word for word in words]
    breaks = [data.draw(BREAKS) for _ in words[1:]]
    text = parts[0] + "".join(gap + part for gap, part in zip(breaks, parts[1:], strict=True))
    phrase = " ".join(words[first : last + 1])
    start = len("".join(part + gap for part, gap in zip(parts[:first], breaks, strict=False)))
    assert start in [place[0] for place in Document(text).places(phrase)]
    assert all(fold(stretch) == fold(phrase) for stretch in found(text, phrase))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("utf-8.txt", "\ufeffpupils’ café".encode()),
        ("windows.txt", "pupils’ café".encode("cp1252")),
        ("utf-16.txt", "pupils’ café".encode("utf-16")),
        (
            "page.html",
            b"<html><head><title>no</title></head><body><p>pupils&#8217; <b>ca</b>f&eacute;<script>no</script>",
        ),
        ("old.htm", '<!DOCTYPE html><meta charset="latin-1"><body>pupils&rsquo; café'.encode("latin-1")),
    ],
)
def test_copies_of_every_form(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    assert Document.read(tmp_path / name).text.strip() == "pupils’ café"


def test_blocks_of_a_page_stand_on_lines_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<html><head><style>p{}</style><body><h2>Birch</h2>is a<br>network")
    document = Document.read(tmp_path / "page.html")
    assert document.text.split() == ["Birch", "is", "a", "network"]
    (span,) = document.places("is a")
    assert document.begins_line(span[0])


PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F<</Type/Font"
    b"/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n4 0 obj<</Length 44>>stream\n"
    b"BT /F 12 Tf 9 99 Td (Alder is a network) Tj ET\nendstream endobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"
)


def test_a_pdf_is_read(tmp_path: Path) -> None:
    (tmp_path / "copy.pdf").write_bytes(PDF)
    assert Document.read(tmp_path / "copy.pdf").text.split() == ["Alder", "is", "a", "network"]


def test_a_pdf_without_pypdf_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "copy.pdf").write_bytes(PDF)
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(UnreadableFileError, match=re.escape("pdftotext FILE), or install nlc-graph[pdf]")):
        Document.read(tmp_path / "copy.pdf")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b" \n", "no text in it"),
        (b"\x00\x01\x02", "not a text file"),
        (b"%PDF-1.4 broken", "a PDF that cannot be read"),
    ],
)
def test_what_is_no_copy_is_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    (tmp_path / "copy").write_bytes(data)
    with pytest.raises(UnreadableFileError, match=reason):
        Document.read(tmp_path / "copy")


def test_missing_and_huge_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableFileError, match="no such file"):
        Document.read(tmp_path / "none")
    monkeypatch.setattr("nlc_graph.passages.document.MAX_BYTES", 3)
    (tmp_path / "copy").write_text("four")
    with pytest.raises(UnreadableFileError, match="larger than"):
        Document.read(tmp_path / "copy")
