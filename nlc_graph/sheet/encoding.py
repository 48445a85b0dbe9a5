"""The encoding of a CSV file: which of those that spreadsheet programs write, told by what the text would be."""

from __future__ import annotations

import codecs
import re

#: Encodings of old whose text reads as Windows text too, but for its accents.
_OLD = ("mac_roman", "cp850")
#: Bytes of a file that are looked at for its accents.
_SAMPLE = 4_000_000
#: Letters and signs beyond ASCII, with what stands before and behind.
_SPOTS = re.compile(r"(?:^|(?<=(.)))([^\x00-\x7f])(?=(.)|$)", re.DOTALL)
#: Signs that stand in no word; what stands in old encodings where Windows has letters is among them.
_NEVER_IN_WORDS = frozenset(
    "\u00af\u00be\u00a8\u00b8\u00ac\u00a4\u00a6\u00a2\u00a5\u00b9\u02c6\u02dc\u2021\u2020\u2030\u0192"
    "\u2264\u2265\u2260\u221e\u2202\u2211\u220f\u03c0\u222b\u03a9\u221a\u2248\u2206\u25ca\ufb01\ufb02\u02d8\u02d9\u02da"
    "\u02dd\u02db\u02c7\u00b6\uf8ff\u2550\u2551\u2554\u2557\u255a\u255d\u2560\u2563\u2566\u2569\u256c\u2500\u2502\u250c"
    "\u2510\u2514\u2518\u251c\u2524\u252c\u2534\u253c\u2580\u2584\u2588\u2591\u2592\u2593\u25a0\u2017"
)
_NEVER_BEHIND_LETTERS = frozenset("\u00bf\u201a\u201e")


def encoding_of(path: str) -> str:
    """Return the encoding of a CSV file among those that spreadsheet programs write.

    :raises UnicodeError: if it is in none of them, or its accents make sense in an encoding of old only
    :raises OSError: if it cannot be read
    """
    with open(path, "rb") as file:
        if file.read(2) in (b"\xff\xfe", b"\xfe\xff"):
            return "utf-16"
        for encoding in ("utf-8-sig", "cp1252"):
            file.seek(0)
            decoder = codecs.getincrementaldecoder(encoding)()
            try:
                while chunk := file.read(1 << 20):
                    decoder.decode(chunk)
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                if encoding == "cp1252":
                    raise
                continue
            if encoding == "cp1252":
                file.seek(0)
                _check_accents(file.read(_SAMPLE))
            return encoding
    raise AssertionError


def _check_accents(content: bytes) -> None:
    """Refuse a text whose accents stand where none can in Windows text, and all make sense in another encoding."""
    odd = count_odd(content.decode("cp1252", errors="replace"))
    for old in _OLD if odd else ():
        if odd > 3 * count_odd(content.decode(old)):
            raise UnicodeError(f"it seems to be {old}")


def count_odd(text: str) -> int:
    """Return how many letters and signs beyond ASCII stand where they cannot: capitals within words, signs in them.

    >>> count_odd("på bygda, Østerdalen"), count_odd("på bygda, Østerdalen".encode("mac_roman").decode("cp1252"))
    (0, 2)
    """
    odd = 0
    for before, letter, behind in _SPOTS.findall(text):
        if letter.isupper():
            odd += before.islower()
        elif letter in _NEVER_BEHIND_LETTERS:
            odd += before.isalpha()
        elif letter in _NEVER_IN_WORDS:
            odd += before.isalpha() or behind.isalpha()
    return odd
