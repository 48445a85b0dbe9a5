"""Text that an encoding spoilt: as UTF-8 looks when it is read as something else, or with ``?`` where letters were."""

from __future__ import annotations

import re

from .columns import BY_KEY
from .mistakes import Mistake

#: Encodings in which spreadsheet programs read a file unasked: of western, central and eastern Europe, the Baltic.
_READ_AS = ("cp1252", "cp1250", "cp1251", "cp1257")
#: What the bytes 80 to BF, of which UTF-8 has one to three behind the first of a letter, become.
_BEHIND = re.escape(bytes(range(0x80, 0xC0)).decode("cp1252", errors="ignore")) + "\x80-\x9f"
#: Two or three letters for one: of Latin, Greek, Cyrillic, Hebrew and Arabic script, and the signs of print. In words
#: only, for a capital with an accent may well end one, before a dash or a quotation mark.
_PAIRS = re.compile(
    f"(?:[ÃÄÅÆÎÏÐÑ\xd7ØÙ][{_BEHIND}](?=[^\\W\\d_])|(?<=[a-z])[ÃÄÅÆÎÏÐÑ\xd7ØÙ][{_BEHIND}]|Â[\xa0-\xbf]"
    f"|á[\xb8-\xbb][{_BEHIND}](?=[^\\W\\d_])|â[€\x80\u201a„][{_BEHIND}]|ï»¿|\ufffd)"
)
#: A letter that stands alone among those of ASCII, as none does in what UTF-8 becomes.
_LONE = re.compile(r"(?<![^\x00-\x7f])[^\x00-\x7f](?![^\x00-\x7f])")
_ADDRESSES = re.compile(r"\S*(?:://|www\.|\w\.\w+/)\S*")
_MARKS = re.compile(r"[^\W\d_]\?[^\W\d_]|\?{3}")
_BEYOND = re.compile(r"[^\x00-\x7f]")
#: Names of characters that no text has, and that bytes become for which an encoding has no letter.
_CONTROLS = re.compile(r"U\+00[89][0-9A-F](?:, U\+00[89][0-9A-F])*")
_MISREAD = "garbled, for it was written in one encoding and read in another"
_LOST = "question marks in the place of letters, as an encoding leaves that lacks them"
#: What is shown of a cell.
_SHOWN = 60


def is_misread(text: str) -> bool:
    """Tell whether a text is UTF-8 that was read in another encoding.

    >>> [is_misread(text) for text in ("RÄ«ga", "Rīga", "CAFÉ…", "« Liberté\u00a0»")]
    [True, False, False, False]
    """
    if _PAIRS.search(text):
        return True
    return not text.isascii() and not _LONE.search(text) and any(_turns_back(text, encoding) for encoding in _READ_AS)


def _turns_back(text: str, encoding: str) -> bool:
    """Tell whether the whole text becomes UTF-8 with several letters again: one may do so by chance."""
    try:
        back = text.encode(encoding).decode()
    except UnicodeError:
        return False
    return sum(not letter.isascii() for letter in back) > 1


def has_lost_letters(text: str) -> bool:
    """Tell whether question marks stand where letters should.

    >>> [has_lost_letters(text) for text in ("R?ga", "????? skola", "Why? It is so.", "https://x.org/a?b=c")]
    [True, True, False, False]
    """
    return "?" in text and _MARKS.search(_ADDRESSES.sub("", text)) is not None


class Watch:
    """Looks at the cells of a file as they pass, to tell once what is the matter with its encoding."""

    def __init__(self, file: str, assumed: str = "") -> None:
        """:param assumed: name of the encoding in which it is read, where that could only be assumed"""
        self._file, self._assumed = file, assumed
        self._first: Mistake | None = None
        self._example: Mistake | None = None
        self._count, self._misread, self._unusable = 0, False, False

    def take(self, number: int, key: str, cell: str, hidden: str = "") -> bool:
        """Look at a cell; tell whether its encoding explains the characters in it that do not show.

        :param hidden: their names
        """
        unusable = _CONTROLS.fullmatch(hidden) is not None
        misread = unusable or is_misread(cell)
        if misread or has_lost_letters(cell):
            self._count += 1
            self._misread |= misread
            self._unusable |= unusable
            self._first = self._first or self._shown(number, key, cell, _MISREAD if misread else _LOST, self._remedy())
        elif self._assumed and not self._example and any(map(str.isalpha, _BEYOND.findall(cell))):
            problem = f"the file is not UTF-8 and was read as {self._assumed}"
            self._example = self._shown(number, key, cell, problem, "if it reads wrong, save it as CSV UTF-8")
        return unusable

    def add_to(self, mistakes: list[Mistake], warnings: list[Mistake]) -> None:
        """Tell what was seen: a mistake where characters came out that no text has, a warning otherwise."""
        if self._first:
            more = self._count - 1
            others = f", here and in {more:,} more cell{'' if more == 1 else 's'}" if more else ""
            told = self._first._replace(problem=self._first.problem + others)
            (mistakes if self._unusable else warnings).append(told)
        if self._example and not self._misread:
            warnings.append(self._example)

    def _remedy(self) -> str:
        how = "save it as CSV UTF-8" if self._file.lower().endswith(".csv") else "copy it anew"
        return f"{how} from where it still reads right"

    def _shown(self, number: int, key: str, cell: str, problem: str, remedy: str) -> Mistake:
        return Mistake(self._file, number, BY_KEY[key].name, cell[:_SHOWN], problem, remedy)
