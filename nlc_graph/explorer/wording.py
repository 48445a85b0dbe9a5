"""Make text from the data fit to show: nothing invisible, nothing that reorders the line it stands in."""

from __future__ import annotations

import re

#: Control characters but tab and line break; marks and overrides of writing direction; lone surrogates; noncharacters.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]"
)


def showable(text: str) -> str:
    r"""Return a text without characters that cannot be seen or that turn the line around.

    >>> showable("pupils\u202e and\x00 staff")
    'pupils and staff'
    """
    return _UNSEEN.sub("", text)


def shortened(text: str, length: int) -> str:
    """Return at most so many characters of a text, with an ellipsis where something is left out.

    >>> shortened("Philosophy for Children", 12)
    'Philosophy…'
    """
    text = " ".join(showable(text).split())
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
