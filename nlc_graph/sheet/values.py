"""Numbers, years and phrases as people type them: what they mean, or what is wrong with them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ..vocabulary import BASE

#: Words in the opening or closing of a passage, and its length (ontology/shapes.ttl).
MAX_WORDS, MAX_PHRASE, MAX_WORDS_OF_OURS = 7, 80, 500
_NUMBER = re.compile(r"[+-]?\d{1,20}(\.\d{1,30})?")
#: Digits behind the point that are kept: what a program computes, such as 62.33333333333333, has more than are meant.
_PLACES = 10
_THOUSANDS = re.compile(r"[+-]?\d{1,3}([ \u00a0\u2009\u202f]\d{3})+([.,]\d+)?")
#: What people write before or after a number to say how exact it is, folded, and what 'precision' calls that.
_EXACTNESS = {
    "approximate": r"(?:~|\u2248|ca\.?|c\.|circa|about|around|approx\.?|approximately|nearly|almost|some)",
    "more than": r"(?:>|more than|over|above)",
    "less than": r"(?:<|less than|fewer than|under|below)",
    "at least": r"(?:>=|\u2265|at least|minimum|min\.?)",
    "at most": r"(?:<=|\u2264|at most|maximum|max\.?|up to)",
}
_YEAR = re.compile(r"(?:school year |academic year )?(\d{4})(?:\s*[/\u2013-]\s*(\d{2}|\d{4}))?", re.IGNORECASE)
_HIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2060\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)

#: What people write into a cell for which they have nothing, folded.
PLACEHOLDERS = frozenset("- \u2013 \u2014 ? n/a na n.a. none nil null nan tbc tbd unknown".split())
#: What spreadsheet programs show where a formula fails, in any language.
_FAILED = re.compile(r"#(?:N/A|N/D|N/B|I/T|NV|[A-Z\u00c0-\u00dd]+(?:/0)?[!?])|Err:\d{3}|#GETTING_DATA")


class ValueMistakeError(ValueError):
    """A value cannot be what it should be."""

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem, self.remedy = problem, remedy
        super().__init__(problem)


class Period(NamedTuple):
    """A year or school year, or a time without one (``start`` and ``end`` None)."""

    label: str
    iri: str
    start: int | None
    end: int | None


def read_number(text: str, *, comma: bool | None = False) -> Decimal:
    """Return a number.

    :param comma: whether the sheet writes decimals with a comma; None where that is not known, and both are understood
        unless the number could be a thousand
    :raises ValueMistakeError: if it is none

    >>> read_number("−3.50"), read_number("3,5", comma=True)
    (Decimal('-3.50'), Decimal('3.5'))
    """
    plain = text.replace("−", "-").replace("–", "-").strip()  # noqa: RUF001
    if _THOUSANDS.fullmatch(plain):
        plain = re.sub(r"\s", "", plain)
    if comma and re.fullmatch(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?", plain):
        raise ValueMistakeError("points between thousands, or a decimal point", f"write {plain.replace('.', '')}")
    if comma or (comma is None and re.fullmatch(r"[+-]?\d+,(\d{1,2}|\d{4,})", plain)):
        plain = plain.replace(",", ".") if plain.count(",") == 1 else plain
    if _NUMBER.fullmatch(plain):
        return _kept(Decimal(plain))
    if plain.endswith("%") and re.fullmatch(r"[+-]?\d+([.,]\d+)?", share := plain[:-1].strip()):
        raise ValueMistakeError("not a plain number", f"write {share} here and 'per cent' under 'unit'")
    if comma is None and re.fullmatch(r"[+-]?\d{1,3},\d{3}", plain):
        remedy = f"write {plain.replace(',', '')} for thousands, {plain.replace(',', '.')} for a decimal"
        raise ValueMistakeError("a comma between thousands, or a decimal comma", remedy)
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", plain):
        raise ValueMistakeError("not a plain number", f"write {plain.replace(',', '')}")
    if re.fullmatch(r"[+-]?\d+,\d+", plain):
        raise ValueMistakeError("not a plain number", f"write {plain.replace(',', '.')}")
    raise ValueMistakeError("not a number", _how_to_write(plain))


def _kept(number: Decimal) -> Decimal:
    """Return a number without the digits that only computing made."""
    if int(number.as_tuple().exponent) >= -12:  # 12 are written out
        return number
    rounded = round(number, _PLACES).normalize()
    return rounded if int(rounded.as_tuple().exponent) < 0 else rounded.quantize(Decimal(1))


def _how_to_write(text: str) -> str:
    """Return what to do with a cell that is no number; some say in one what two columns are for."""
    digits = r"[+-]?\d+(?:[.,]\d+)?"
    for precision, words in _EXACTNESS.items():
        if found := re.fullmatch(rf"{words}\s*({digits})", text, re.IGNORECASE):
            return f"write {found[1]} here and {precision!r} under the column for its precision"
    if re.fullmatch(rf"{digits}\s*-\s*{digits}|{digits} to {digits}", text):
        return "a range is no figure: write one number, how exact it is under 'precision', and the range under 'note'"
    if found := re.fullmatch(rf"({digits})\s*[^\W\d_][\w .]*", text):
        return f"write {found[1]} here and what it counts under 'unit'"
    if re.fullmatch(r"\d{4}-\d\d-\d\d(?:[T ].*)?|\d{1,2}[./]\d{1,2}[./]\d{2,4}", text):
        return "it is a date: format the cell as a number, and type the number anew"
    return "write digits such as 92 or 10.7; leave it empty if the source gives none"


def read_period(text: str) -> Period | None:
    """Return a year or school year, or None for words without digits, which name a time without a date.

    :raises ValueMistakeError: if it is neither

    >>> read_period("2004/05").iri
    'https://w3id.org/nlc-graph/period/2004-05'
    """
    match = _YEAR.fullmatch(text.strip())
    if not match:
        if any(letter.isdigit() for letter in text):
            raise ValueMistakeError(
                "neither a year nor a school year",
                "write 2004, 2004/05 or 'undated' (format the cells as text: programs turn 2004-05 into a date)",
            )
        return None
    start = int(match[1])
    if not 1800 <= start <= 2200:
        raise ValueMistakeError("not a likely year", "write a year from 1800 to 2200")
    if not match[2]:
        return Period(match[1], f"{BASE}period/{start}", start, start)
    if int(match[2]) % 100 != (start + 1) % 100 or (len(match[2]) == 4 and int(match[2]) != start + 1):
        raise ValueMistakeError(
            "a school year ends in the year after it begins", f"write {start}/{(start + 1) % 100:02}"
        )
    short = f"{(start + 1) % 100:02}"
    return Period(f"school year {start}/{short}", f"{BASE}period/{start}-{short}", start, start + 1)


def last_likely_year() -> int:
    """Return the last year of which a source can give figures: a school year that begins is named after the next."""
    return date.today().year + 1


def read_phrase(text: str) -> str:
    """Return the opening or closing of a passage with single blanks.

    :raises ValueMistakeError: if it is longer than a pointer should be
    """
    words = text.split()
    if len(words) > MAX_WORDS:
        raise ValueMistakeError(
            f"{len(words)} words; a passage is pointed at, not copied", f"give at most {MAX_WORDS} words"
        )
    phrase = " ".join(words)
    if len(phrase) > MAX_PHRASE:
        raise ValueMistakeError(f"{len(phrase)} characters", f"give fewer words, at most {MAX_PHRASE} characters")
    return phrase


def read_words(text: str) -> str:
    """Return a paraphrase.

    :raises ValueMistakeError: if it is longer than one may be
    """
    if len(text) > MAX_WORDS_OF_OURS:
        raise ValueMistakeError(f"{len(text)} characters", f"say it shorter, in at most {MAX_WORDS_OF_OURS}")
    return " ".join(text.split())


def hidden_characters(text: str) -> str:
    r"""Return the names of characters that do not show or that reorder what is shown; empty for none.

    >>> hidden_characters("a\u202eb")
    'U+202E'
    """
    return (
        ""
        if text.isprintable() and text.isascii()
        else ", ".join(dict.fromkeys(f"U+{ord(letter):04X}" for letter in _HIDDEN.findall(text)))
    )


def is_failed(text: str) -> bool:
    """Tell whether a cell holds but an error of the spreadsheet program.

    >>> is_failed("#N/A"), is_failed("#DIV/0!"), is_failed("Err:502"), is_failed("#1 in the county!")
    (True, True, True, False)
    """
    return text.startswith(("#", "Err:")) and _FAILED.fullmatch(text) is not None
