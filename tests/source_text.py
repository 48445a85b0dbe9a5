"""A reader's copy of the source, where there is one, and how passages are looked up in it.

The copy is named by the environment variable ``NLC_SOURCE`` or lies beside the checkout in ``shared/source/``. It is no
part of this repository.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

BESIDE = Path(__file__).parent.parent.parent / "shared" / "source" / "ncsl-enquiry-2005.txt"


def find_copy() -> Path | None:
    """Return the reader's copy; None if there is none."""
    path = Path(os.environ.get("NLC_SOURCE", BESIDE))
    return path if path.is_file() else None


def words(text: str) -> list[str]:
    """Return the words of a text, lower-cased; marks, quotes, dashes and line breaks do not matter."""
    return re.findall(r"[^\W_]+", text.replace("\u2019", "'").replace("'", "").lower())


def places(needle: list[str], haystack: list[str], start: int = 0, end: int | None = None) -> list[int]:
    """Return where a run of words begins in another, between two places."""
    stop = len(haystack) if end is None else end
    return [i for i in range(start, stop - len(needle) + 1) if haystack[i : i + len(needle)] == needle]
