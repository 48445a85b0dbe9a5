"""Read the values of cells: numbers, years and school years, values that stand for nothing."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from ..vocabulary import BASE

#: Most words and characters of a heading or of the first or last words of a passage (ontology/shapes.ttl).
MAX_WORDS, MAX_PHRASE = 7, 80
#: What people type into a cell for which they have nothing, folded.
PLACEHOLDERS = frozenset("- \u2013 \u2014 ? n/a na n.a. none nil null nan tbc tbd unknown".split())
#: Decimal places that are kept: a computed 62.33333333333333 claims more than anybody means.
_MAX_PLACES, _KEPT_PLACES = 12, 10
_NUMBER = re.compile(r"[+-]?\d{1,20}(\.\d{1,30})?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}([ \u00a0\u2009\u202f]\d{3})+([.,]\d+)?")
_YEAR = re.compile(r"(?:school year |academic year )?(\d{4})(?:\s*[/\u2013-]\s*(\d{2}|\d{4}))?", re.IGNORECASE)
#: What spreadsheet programs show if a formula fails, in any language.
_FAILED = re.compile(r"#(?:N/A|N/D|N/B|I/T|NV|[A-Z\u00c0-\u00dd]+(?:/0)?[!?])|Err:\d{3}|#GETTING_DATA")
#: Control characters, characters without width, and those that reverse the reading direction.
_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2060\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")


class BadValueError(ValueError):
    """A cell does not hold what it should."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        self.code, self.message, self.hint = code, message, hint
        super().__init__(message)


class Period(NamedTuple):
    """A year or school year."""

    label: str
    iri: str
    start: int | None
    end: int | None


def read_number(text: str, *, decimal_comma: bool = False) -> Decimal:
    """Return a number.

    :param decimal_comma: whether the sheet writes decimals with a comma
    :raises BadValueError: if it is not a plain number

    >>> read_number("−3.50"), read_number("3,5", decimal_comma=True)
    (Decimal('-3.50'), Decimal('3.5'))
    """
    plain = text.replace("−", "-").replace("–", "-").strip()  # noqa: RUF001
    if _THOUSANDS.fullmatch(plain):
        plain = re.sub(r"\s", "", plain)
    if decimal_comma and re.fullmatch(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?", plain):
        raise BadValueError("ambiguous-number", "points between thousands, or a decimal point", "leave out the points")
    if decimal_comma and plain.count(",") == 1:
        plain = plain.replace(",", ".")
    if _NUMBER.fullmatch(plain):
        return _without_excess_places(Decimal(plain))
    if "," in plain:
        raise BadValueError("ambiguous-number", "a comma in a number", "write a decimal point; no thousands separator")
    hint = "write digits such as 92 or 10.7; the unit goes under 'unit', 'approximate' or 'at least' under 'precision'"
    raise BadValueError("not-a-number", "not a number", hint)


def _without_excess_places(number: Decimal) -> Decimal:
    if int(number.as_tuple().exponent) >= -_MAX_PLACES:
        return number
    rounded = round(number, _KEPT_PLACES).normalize()
    return rounded if int(rounded.as_tuple().exponent) < 0 else rounded.quantize(Decimal(1))


def read_period(text: str) -> Period | None:
    """Return a year or school year; None for words without digits, such as "undated".

    :raises BadValueError: if it has digits and is neither

    >>> read_period("2004/05").iri
    'https://w3id.org/nlc-graph/period/2004-05'
    """
    match = _YEAR.fullmatch(text.strip())
    if not match:
        if any(letter.isdigit() for letter in text):
            raise BadValueError(
                "not-a-period",
                "neither a year nor a school year",
                "write 2004, 2004/05 or 'undated'; format the cell as text if the program turns it into a date",
            )
        return None
    start = int(match[1])
    if not 1800 <= start <= 2200:
        raise BadValueError("not-a-period", "not a likely year", "write a year from 1800 to 2200")
    if not match[2]:
        return Period(match[1], f"{BASE}period/{start}", start, start)
    short = f"{(start + 1) % 100:02}"
    if match[2] not in (short, str(start + 1)):
        raise BadValueError("not-a-period", "a school year ends in the year after it begins", f"write {start}/{short}")
    return Period(f"school year {start}/{short}", f"{BASE}period/{start}-{short}", start, start + 1)


def has_hidden_characters(text: str) -> bool:
    r"""Return whether a text has characters that do not show or that reorder what is shown.

    >>> has_hidden_characters("a\u202eb")
    True
    """
    return not (text.isascii() and text.isprintable()) and _HIDDEN.search(text) is not None


def is_spreadsheet_error(text: str) -> bool:
    """Return whether a cell holds nothing but an error of the spreadsheet program.

    >>> is_spreadsheet_error("#DIV/0!"), is_spreadsheet_error("Err:502"), is_spreadsheet_error("#1 in the county!")
    (True, True, False)
    """
    return text.startswith(("#", "Err:")) and _FAILED.fullmatch(text) is not None


def first_words(label: str) -> str:
    """Return as many words of a section's label as a heading may have.

    >>> first_words("What we found in the second year of work")
    'What we found in the second year'
    """
    kept = " ".join(label.split()[:MAX_WORDS])
    return kept if len(kept) <= MAX_PHRASE else kept[:MAX_PHRASE].rsplit(" ", 1)[0]
