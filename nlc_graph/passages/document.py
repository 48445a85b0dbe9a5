"""A reader's own copy of a source as text, and where a few words stand in it.

A copy may be plain text, the text of a PDF (or the PDF itself, with the extra ``pdf``), or a saved HTML page. Words
are looked up by their letters and digits alone: case, accents, ligatures, line breaks, hyphens at the end of a line,
quotation marks and dashes do not matter.
"""

from __future__ import annotations

import os
import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from html import unescape
from os import PathLike

from ..errors import UnreadableFileError

#: A line that comes back at least so often, page numbers apart, is page furniture.
FURNITURE_TIMES = 3
#: Larger files are refused: no copy of a report is that long.
MAX_BYTES = 64 * 1024 * 1024
#: Start and end of a stretch of a text, in characters.
Span = tuple[int, int]

_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")


class Document:
    """A text in which phrases can be looked up, and which keeps its wording for showing."""

    def __init__(self, text: str) -> None:
        self.text = text

    @classmethod
    def read(cls, path: str | PathLike[str]) -> Document:
        """Read a copy: plain text, text of a PDF, a PDF, or HTML, told apart by what is in the file.

        :raises UnreadableFileError: if the file is missing, empty, too large, or neither text nor a readable PDF
        """
        data = _read_bytes(path)
        text = _pdf_text(path, data) if data.startswith(b"%PDF") else _decode(path, data)
        if _HTML.match(text):
            text = _html_text(text)
        if not text.strip():
            raise UnreadableFileError(path, "no text in it", hint="give a copy that holds the text of the source")
        return cls(text)

    def places(self, phrase: str, start: int = 0, end: int | None = None) -> list[Span]:
        """Return where a phrase stands between two places, in order; page furniture may lie in its midst."""
        found = self._whole.places(phrase, start, end)
        return found or self._without_furniture.places(phrase, start, end)

    def begins_line(self, at: int) -> bool:
        """Say whether nothing but marks and space stands before a place on its line."""
        line = self.text[self.text.rfind("\n", 0, at) + 1 : at]
        return not any(character.isalnum() for character in line)

    def nearest(self, phrase: str, start: int = 0, end: int | None = None) -> str:
        """Return the stretch of as many words that fits a phrase best, word for word; empty if under half fit."""
        stop = len(self.text) if end is None else end
        wanted = [fold(word) for word in _WORD.findall(phrase)]
        votes: Counter[int] = Counter()
        for index, word in enumerate(wanted):
            for place in self._places_of_words.get(word, ()):
                if start <= self._words[place][0] < stop:
                    votes[max(place - index, 0)] += 1
        if not votes:
            return ""
        first, score = max(votes.items(), key=lambda vote: (vote[1], -vote[0]))
        if score * 2 < len(wanted):
            return ""
        stretch = self._words[first : first + len(wanted)]
        return " ".join(self.text[stretch[0][0] : stretch[-1][1]].split())

    def around(self, span: Span, words: int) -> tuple[str, str, str]:
        """Return so many words before a stretch, the stretch, and so many after it; line breaks become spaces."""
        starts = [start for start, _ in self._words]
        first, last = bisect_left(starts, span[0]), bisect_left(starts, span[1])
        begin = self._words[max(first - words, 0)][0] if words and first else span[0]
        end = self._words[min(last + words, len(starts)) - 1][1] if words and last < len(starts) else span[1]
        before, stretch, after = (
            re.sub(r"\s+", " ", self.text[slice(*part)]) for part in ((begin, span[0]), span, (span[1], end))
        )
        return before, stretch, after

    @cached_property
    def _words(self) -> list[Span]:
        return [match.span() for match in _WORD.finditer(self.text)]

    @cached_property
    def _places_of_words(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = defaultdict(list)
        for index, (start, end) in enumerate(self._words):
            places[fold(self.text[start:end])].append(index)
        return places

    @cached_property
    def _whole(self) -> _Letters:
        return _Letters(self.text, [(0, len(self.text))])

    @cached_property
    def _without_furniture(self) -> _Letters:
        return _Letters(self.text, list(_body_lines(self.text)))


class _Letters:
    """The letters and digits of parts of a text, one after the other, each with its place in the text."""

    def __init__(self, text: str, parts: Sequence[Span]) -> None:
        self.text = text
        letters: list[str] = []
        self.at: list[int] = []
        for start, end in parts:
            for place, character in enumerate(text[start:end], start):
                folded = _fold_character(character)
                letters.append(folded)
                self.at.extend([place] * len(folded))
        self.letters = "".join(letters)

    def places(self, phrase: str, start: int, end: int | None) -> list[Span]:
        wanted = fold(phrase)
        if not wanted:
            return []
        low = bisect_left(self.at, start)
        high = len(self.at) if end is None else bisect_left(self.at, end)
        found = []
        at = self.letters.find(wanted, low, high)
        while at >= 0:
            first, last = self.at[at], self.at[at + len(wanted) - 1]
            if self._is_edge(first - 1, first) and self._is_edge(last, last + 1):
                found.append((first, last + 1))
            at = self.letters.find(wanted, at + 1, high)
        return found

    def _is_edge(self, left: int, right: int) -> bool:
        """Say whether two neighbouring characters are not both letters; a footnote number may touch a word."""
        return left < 0 or right >= len(self.text) or not (self.text[left].isalpha() and self.text[right].isalpha())


def fold(text: str) -> str:
    """Return the letters and digits of a text, without case, accents and ligatures."""
    return "".join(map(_fold_character, text))


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", character).casefold() if c.isalnum())


def _body_lines(text: str) -> Iterator[Span]:
    """Yield the lines that are not page furniture: page numbers, and running heads and feet."""
    lines: list[tuple[Span, str]] = []
    at = 0
    for line in re.split(r"(?<=[\n\f])", text):
        lines.append(((at, at + len(line)), fold(re.sub(r"\d+", "", line))))
        at += len(line)
    times = Counter(words for _, words in lines if words)
    for (start, end), words in lines:
        number = not words and any(c.isdigit() for c in text[start:end])
        if not number and words != "page" and (not words or times[words] < FURNITURE_TIMES):
            yield start, end


def _read_bytes(path: str | PathLike[str]) -> bytes:
    try:
        # A pipe that the shell opened for us (<(pdftotext …)) is read; for another nobody may ever write.
        if not os.path.isfile(path) and not os.fspath(path).startswith("/dev/fd/") and not os.path.isdir(path):
            os.stat(path)
            raise UnreadableFileError(path, "a device or a pipe", hint="give a file")
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableFileError(path, (error.strerror or "cannot be read").lower()) from error
    if len(data) > MAX_BYTES:
        raise UnreadableFileError(path, f"larger than {MAX_BYTES // 1024 // 1024} MB", hint="is this the copy?")
    return data


def _decode(path: str | PathLike[str], data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        names = ["utf-16"]
    else:
        declared = _CHARSET.search(data[:2048])
        names = ["utf-8-sig", *([declared[1].decode("ascii")] if declared else []), "cp1252"]
        if b"\0" in data:
            names = []
    for name in names:
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    raise UnreadableFileError(path, "not a text file", hint="give plain text, the text of a PDF, a PDF or saved HTML")


def _pdf_text(path: str | PathLike[str], data: bytes) -> str:
    try:
        import pypdf
    except ImportError as error:
        remedy = "save its text (pdftotext FILE), or install nlc-graph[pdf]"
        raise UnreadableFileError(path, "a PDF, and pypdf is not installed", hint=remedy) from error
    import io
    import logging

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of each oddity; what counts is told below
    try:
        return "\f".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    except Exception as error:  # pypdf raises errors of many kinds for broken files
        raise UnreadableFileError(path, "a PDF that cannot be read", hint="save its text (pdftotext FILE)") from error


#: A tag to its end, attributes in quotation marks included; what never ends is no tag.
_TAG = re.compile(r"""<(?P<end>/?)(?P<name>[A-Za-z][^\s/>]*)(?:[^>"']|"[^"]*"|'[^']*')*+>""")
_HUGE = re.compile(r"&#(?:[xX][0-9a-fA-F]{7,}|[0-9]{8,});?")
#: Elements of which nothing is shown; what stands in the last two is no HTML.
_HIDDEN = frozenset({"head", "template", "noscript", "script", "style"})
_RAW = ("script", "style")
#: Elements within a line; all others stand on lines of their own.
_INLINE = frozenset(
    "a abbr b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small span strong sub sup tt u var "
    "wbr".split()
)


def _html_text(html: str) -> str:
    """Return the text that a browser would show.

    Not by the standard library's parser: up to Python 3.13 it takes minutes over 100 kB of ``<a <a <a``.
    """
    parts: list[str] = []
    hidden: list[str] = []
    at = 0
    while at < len(html):
        opens = html.find("<", at)
        opens = len(html) if opens < 0 else opens
        if not hidden:
            parts.append(unescape(_HUGE.sub("\ufffd", html[at:opens])))
        if html.startswith("<!--", opens):
            at = _after(html, "-->", opens + 2)
        elif html[opens + 1 : opens + 2] in ("!", "?"):
            at = _after(html, ">", opens)
        elif not re.match("</?[A-Za-z]", html[opens : opens + 3]):  # a mark of its own, or the end
            parts += html[opens : opens + 1] if not hidden else ""
            at = opens + 1
        elif tag := _TAG.match(html, opens):
            name, at = tag["name"].lower(), tag.end()
            parts += [] if name in _INLINE else "\n"
            _hide(hidden, name, ends=bool(tag["end"]))
            if name in _RAW and not tag["end"]:
                end = re.compile(f"</{name}", re.IGNORECASE).search(html, at)
                at = end.start() if end else len(html)
        else:
            break
    return "".join(parts)


def _after(html: str, mark: str, start: int) -> int:
    found = html.find(mark, start)
    return len(html) if found < 0 else found + len(mark)


def _hide(hidden: list[str], name: str, *, ends: bool) -> None:
    """Note that a hidden element begins or ends."""
    if ends and name in hidden:
        del hidden[hidden.index(name) :]
    elif not ends and name in _HIDDEN and len(hidden) < 100:  # deeper than any page
        hidden.append(name)
    elif not ends and name == "body":
        hidden.clear()  # a head that was never closed
