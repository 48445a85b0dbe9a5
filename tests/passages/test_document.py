"""A copy is read whatever its format, and phrases are found whatever its layout."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlc_graph.errors import MissingExtraError, UnreadableFileError
from nlc_graph.passages.document import Document, fold

TEXT = "Alder is a network.\nMentors help – “every day” – and pupils’ self-\nesteem grew.\nBirch is another."
HEAD = "Tiny report 2005\n"
PAGES = f"{HEAD}one two\n12\f{HEAD}three four\n13\f{HEAD}five six\n14\f"


def found(text: str, phrase: str, start: int = 0, end: int | None = None) -> list[str]:
    document = Document(text)
    return [document.text[slice(*span)] for span in document.find(phrase, start, end)]


@pytest.mark.parametrize(
    ("text", "phrase", "stretches"),
    [
        (TEXT, "ALDER is A", ["Alder is a"]),
        (TEXT, "Mentors help - 'every day' - and", ["Mentors help – “every day” – and"]),
        (TEXT, "pupils' self-esteem grew", ["pupils’ self-\nesteem grew"]),
        (TEXT, "network. Mentors", ["network.\nMentors"]),
        (
            "e\ufb03cient prac-\ntice in a cafe\u0301",
            "efficient practice in a café",
            ["e\ufb03cient prac-\ntice in a cafe"],
        ),
        ("the network is a networked net", "network", ["network"]),  # whole words only
        ("the network is a networked net", "net", ["net"]),
        ("as a review found\u00b2 before", "a review found", ["a review found"]),  # a footnote number touches a word
        (PAGES, "two three", [f"two\n12\f{HEAD}three"]),  # a running head interrupts the phrase
        (PAGES, "four five six", [f"four\n13\f{HEAD}five six"]),
        (PAGES, "Tiny report", ["Tiny report"] * 3),
        ("net", " – ", []),
    ],
)
def test_phrase_is_found_whatever_its_layout(text: str, phrase: str, stretches: list[str]) -> None:
    assert found(text, phrase) == stretches


def test_phrase_is_found_between_two_positions() -> None:
    assert Document("net net net").find("net", 1, 7) == [(4, 7)]


@pytest.mark.parametrize(("text", "begins"), [("net", True), ("a\n “net", True), ("a net", False), ("\n_net", True)])
def test_phrase_begins_a_line(text: str, begins: bool) -> None:
    document = Document(text)
    ((start, _),) = document.find("net")
    assert document.begins_line(start) == begins


def test_nearest_is_the_stretch_with_most_words_in_order() -> None:
    document = Document("Mentors were employed across the town, and mentors help.")
    assert document.nearest("Mentors are employed across the city") == "Mentors were employed across the town"
    assert document.nearest("nothing of that sort at all") == ""
    assert document.nearest("mentors help", 45) == "mentors help"


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (1, ("three ", "four", " five")),
        (99, ("one two three ", "four", " five, six")),
        (0, ("", "four", "")),
    ],
)
def test_words_around_a_span(words: int, parts: tuple[str, str, str]) -> None:
    document = Document("one two\nthree four five, six.")
    (span,) = document.find("four")
    assert document.around(span, words) == parts


WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=6), min_size=3, max_size=12)
GAPS = st.sampled_from([" ", "\n", "  ", " – ", "\u00a0", ",\n", " \u201c", "-\n"])


@given(words=WORDS, data=st.data())
def test_any_phrase_is_found_in_any_layout(words: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    cased = [word.upper() if data.draw(st.booleans()) else word for word in words]
    parts = [word + data.draw(GAPS) for word in cased]
    phrase = " ".join(words[first : last + 1])
    spans = Document("".join(parts)).find(phrase)
    assert len("".join(parts[:first])) in [start for start, _ in spans]
    assert all(fold(stretch) == fold(phrase) for stretch in found("".join(parts), phrase))


HTML = b"<html><head><title>no</title></head><body><p>pupils&#8217; <b>ca</b>f&eacute;<script>no</script>"
LATIN_HTML = '<!DOCTYPE html><meta charset="latin-1"><body>pupils&rsquo; café'.encode("latin-1")
XHTML = "<?xml version='1.0' encoding='utf-8'?><html xmlns='http://www.w3.org/1999/xhtml'><p>pupils’ café</p></html>"


@pytest.mark.parametrize(
    "data",
    [
        "\ufeffpupils’ café".encode(),
        "pupils’ café".encode("cp1252"),
        "pupils’ café".encode("utf-16"),
        HTML,
        LATIN_HTML,
        XHTML.encode(),
    ],
    ids=["utf-8", "windows", "utf-16", "html", "declared", "xhtml"],
)
def test_copy_is_read_in_every_encoding_and_format(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "copy").write_bytes(data)
    assert Document.read(tmp_path / "copy").text.strip() == "pupils’ café"


def test_block_elements_are_on_lines_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<html><head><style>p{}</style><body><h2>Birch</h2>is a<br>network")
    document = Document.read(tmp_path / "page.html")
    assert document.text.split() == ["Birch", "is", "a", "network"]
    ((start, _),) = document.find("is a")
    assert document.begins_line(start)


PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F<</Type/Font"
    b"/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n4 0 obj<</Length 44>>stream\n"
    b"BT /F 12 Tf 9 99 Td (Alder is a network) Tj ET\nendstream endobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"
)


def test_pdf_is_read(tmp_path: Path) -> None:
    (tmp_path / "copy.pdf").write_bytes(PDF)
    assert Document.read(tmp_path / "copy.pdf").text.split() == ["Alder", "is", "a", "network"]


@pytest.mark.parametrize(("data", "module", "extra"), [(PDF, "pypdf", "pdf"), (HTML, "lxml", "html")])
def test_missing_package_names_its_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, module: str, extra: str
) -> None:
    (tmp_path / "copy").write_bytes(data)
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError) as caught:
        Document.read(tmp_path / "copy")
    assert caught.value.extra == extra


@pytest.mark.parametrize("data", [b" \n", b"\x00\x01\x02", b"%PDF-1.4 broken", b"<html>" + b"<a " * 300_000, None])
def test_unreadable_copy_is_refused(tmp_path: Path, data: bytes | None) -> None:
    if data is not None:
        (tmp_path / "copy").write_bytes(data)
    with pytest.raises(UnreadableFileError) as caught:
        Document.read(tmp_path / "copy")
    assert caught.value.path == str(tmp_path / "copy")


def test_huge_copy_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nlc_graph.passages.document.MAX_BYTES", 3)
    (tmp_path / "copy").write_text("four")
    with pytest.raises(UnreadableFileError):
        Document.read(tmp_path / "copy")


def test_begins_line_takes_no_longer_on_one_huge_line() -> None:
    document = Document("net work " * 100_000)
    spans = document.find("net")
    start = time.process_time()
    assert [document.begins_line(at) for at, _ in spans].count(True) == 1
    assert time.process_time() - start < 2  # half a minute where the line is read again for each
