"""A reader's copy of a source as text, and the search for phrases in it.

A copy is plain text, a PDF (with the extra ``pdf``) or a saved HTML page (with the extra ``html``). A phrase is found
by its letters and digits: case, accents, ligatures, line breaks, hyphens, quotation marks and dashes do not matter.
"""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from os import PathLike

from ..errors import MissingExtraError, UnreadableFileError

#: A line that occurs this often, digits aside, is a running head or foot.
REPEATS_OF_A_RUNNING_HEAD = 3
#: Larger files are refused.
MAX_BYTES = 64 * 1024 * 1024
#: Start and end of a stretch of text, in characters.
Span = tuple[int, int]

_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
_FIRST_LETTER = re.compile(r"^(?:[^\w\n]|_)*([^\W_])", re.MULTILINE)
#: HTML elements whose text is not displayed.
_HIDDEN = ("head", "template", "noscript", "script", "style")
#: HTML elements within a line; every other element starts a new line.
_INLINE = (
    "a abbr b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small span strong sub sup tt u var wbr"
).split()


class Document:
    """A text in which phrases are found whatever its layout."""

    def __init__(self, text: str) -> None:
        self.text = text

    @classmethod
    def read(cls, path: str | PathLike[str]) -> Document:
        """Read a copy: plain text, PDF or HTML, detected by content.

        :raises UnreadableFileError: if the file is missing, too large, without text, or not a readable copy
        :raises MissingExtraError: if a PDF or HTML page needs a package that is not installed
        """
        data = _read_bytes(path)
        text = _pdf_text(path, data) if data.startswith(b"%PDF") else _decode(path, data)
        if _HTML.match(text):
            text = _html_text(text)
        if not text.strip():
            raise UnreadableFileError(path, "no text in it", hint="give a copy that contains the text of the source")
        return cls(text)

    def find(self, phrase: str, start: int = 0, end: int | None = None) -> list[Span]:
        """Return the spans of a phrase between two positions, in order; running heads may interrupt it."""
        found = self._whole.find(phrase, start, end)
        return found or self._without_running_heads.find(phrase, start, end)

    def begins_line(self, position: int) -> bool:
        """Return whether the first letter or digit of a line is at this position."""
        return position in self._first_letters

    def nearest(self, phrase: str, start: int = 0, end: int | None = None) -> str:
        """Return the stretch that shares most words with a phrase, in its order; empty if under half agree."""
        stop = len(self.text) if end is None else end
        wanted = [fold(word) for word in _WORD.findall(phrase)]
        votes: Counter[int] = Counter()
        for offset, word in enumerate(wanted):
            for index in self._indexes_of_words.get(word, ()):
                if start <= self._words[index][0] < stop:
                    votes[max(index - offset, 0)] += 1
        first, score = max(votes.items(), key=lambda vote: (vote[1], -vote[0]), default=(0, 0))
        if score == 0 or score * 2 < len(wanted):
            return ""
        words = self._words[first : first + len(wanted)]
        return " ".join(self.text[words[0][0] : words[-1][1]].split())

    def around(self, span: Span, words: int) -> tuple[str, str, str]:
        """Return some words before a span, its text, and as many words after it; line breaks become spaces."""
        first, last = (bisect_left(self._words, (position,)) for position in span)
        begin = self._words[max(first - words, 0)][0] if words and first else span[0]
        end = self._words[min(last + words, len(self._words)) - 1][1] if words and last < len(self._words) else span[1]
        parts = (self.text[begin : span[0]], self.text[slice(*span)], self.text[span[1] : end])
        before, text, after = (re.sub(r"\s+", " ", part) for part in parts)
        return before, text, after

    @cached_property
    def _words(self) -> list[Span]:
        return [match.span() for match in _WORD.finditer(self.text)]

    @cached_property
    def _indexes_of_words(self) -> dict[str, list[int]]:
        indexes: dict[str, list[int]] = defaultdict(list)
        for index, (start, end) in enumerate(self._words):
            indexes[fold(self.text[start:end])].append(index)
        return indexes

    @cached_property
    def _first_letters(self) -> frozenset[int]:
        return frozenset(match.start(1) for match in _FIRST_LETTER.finditer(self.text))

    @cached_property
    def _whole(self) -> _FoldedText:
        return _FoldedText(self.text, [(0, len(self.text))])

    @cached_property
    def _without_running_heads(self) -> _FoldedText:
        return _FoldedText(self.text, list(_body_lines(self.text)))


class _FoldedText:
    """The letters and digits of parts of a text, each with its position in the text."""

    def __init__(self, text: str, parts: Sequence[Span]) -> None:
        self.text = text
        letters: list[str] = []
        self.positions: list[int] = []
        for start, end in parts:
            for position, character in enumerate(text[start:end], start):
                folded = _fold_character(character)
                letters.append(folded)
                self.positions.extend([position] * len(folded))
        self.letters = "".join(letters)

    def find(self, phrase: str, start: int, end: int | None) -> list[Span]:
        """Return the spans of a phrase, as whole words, between two positions of the text."""
        wanted = fold(phrase)
        if not wanted:
            return []
        low = bisect_left(self.positions, start)
        high = len(self.positions) if end is None else bisect_left(self.positions, end)
        spans = []
        index = self.letters.find(wanted, low, high)
        while index >= 0:
            first, last = self.positions[index], self.positions[index + len(wanted) - 1]
            if self._is_word_edge(first) and self._is_word_edge(last + 1):
                spans.append((first, last + 1))
            index = self.letters.find(wanted, index + 1, high)
        return spans

    def _is_word_edge(self, position: int) -> bool:
        """Return whether no word continues across a position; a footnote number may touch a word."""
        return not (self.text[position - 1 : position].isalpha() and self.text[position : position + 1].isalpha())


def fold(text: str) -> str:
    """Return the letters and digits of a text, without case, accents and ligatures.

    >>> fold("E\ufb03cient prac-\\ntice")
    'efficientpractice'
    """
    return "".join(map(_fold_character, text))


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", character).casefold() if c.isalnum())


def _body_lines(text: str) -> Iterator[Span]:
    """Yield the spans of the lines that are neither page numbers nor running heads."""
    lines: list[tuple[Span, str]] = []
    start = 0
    for line in re.split(r"(?<=[\n\f])", text):
        lines.append(((start, start + len(line)), fold(re.sub(r"\d+", "", line))))
        start += len(line)
    times = Counter(words for _, words in lines if words)
    for (start, end), words in lines:
        is_number = words in ("", "page") and any(c.isdigit() for c in text[start:end])
        if not is_number and times[words] < REPEATS_OF_A_RUNNING_HEAD:
            yield start, end


def _read_bytes(path: str | PathLike[str]) -> bytes:
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableFileError(path, (error.strerror or "cannot be read").lower()) from error
    if len(data) > MAX_BYTES:
        raise UnreadableFileError(path, f"larger than {MAX_BYTES // 1024 // 1024} MB", hint="is this the copy?")
    return data


def _decode(path: str | PathLike[str], data: bytes) -> str:
    declared = _CHARSET.search(data[:2048])
    encodings = ["utf-8-sig", *([declared[1].decode("ascii")] if declared else []), "cp1252"]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in data:
        encodings = []
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise UnreadableFileError(path, "not a text file", hint="give plain text, a PDF or a saved HTML page")


def _pdf_text(path: str | PathLike[str], data: bytes) -> str:
    try:
        import pypdf
    except ImportError as error:
        raise MissingExtraError("a copy in PDF", "pdf") from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it logs each oddity of a file
    try:
        return "\f".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    except Exception as error:  # pypdf raises errors of many kinds for broken files
        raise UnreadableFileError(path, "a PDF that cannot be read", hint="save its text (pdftotext FILE)") from error


def _html_text(html: str) -> str:
    """Return the text that a browser would show, block elements on lines of their own."""
    try:
        from lxml import etree  # html.parser takes minutes over 100 kB of "<a <a <a" up to Python 3.13
    except ImportError as error:
        raise MissingExtraError("a copy in HTML", "html") from error
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    root = etree.fromstring(html.encode(), parser)
    if root is None:
        return ""
    etree.strip_elements(root, *_HIDDEN, with_tail=False)
    etree.strip_tags(root, *_INLINE)
    return "\n".join(root.itertext())
