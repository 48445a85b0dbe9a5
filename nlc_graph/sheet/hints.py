"""What is said of a term that no vocabulary has, and what to do about it."""

from __future__ import annotations

from .names import Names, either
from .rows import Row

#: What may be made: its class, its scheme and folder among the enquiry's own identifiers, and what it is called.
MAKEABLE = {
    "practice": ("nlc:Practice", "practice", "practice"),
    "outcome": ("nlc:OutcomeType", "outcome", "outcome type"),
    "indicator": ("nlc:Indicator", "indicator", "measure"),
    "unit-of-measure": ("skos:Concept", "unit", "unit"),
}
NAMES = {
    "practice": "practice", "outcome": "outcome type", "feature": "key feature", "link": "link type",
    "direction": "direction", "kind": "kind of evidence", "indicator": "measure", "unit-of-measure": "unit",
    "precision": "precision", "role": "role",
}  # fmt: skip
#: Kind to the kind with which it is mixed up where columns are swapped.
OTHERS = {"practice": "outcome", "outcome": "practice"}
#: Lists short enough to name in full where a value is unknown.
SHORT = ("feature", "link", "direction", "kind", "precision", "unit-of-measure", "role")


def unknown(names: Names, kind: str, label: str) -> str:
    """Return what is wrong with a name that no term of a kind has."""
    other = OTHERS.get(kind, "")
    known = other and names.find(other, label)
    return f"no {NAMES[kind]} is called so{f', but {article(NAMES[other])} is' if known else ''}"


def hint(names: Names, row: Row, key: str, kind: str, label: str, *, new_terms: bool) -> str:
    """Return what to do about it: the nearest names, or all of a short list, and how a new term is made.

    :param new_terms: whether new terms are asked for
    """
    nearest = names.nearest(kind, label)
    meant = f"did you mean {either(nearest)}?" if nearest else ""
    if kind in SHORT and len(nearest) != 1:
        meant = f"write one of: {'; '.join(names.all(kind))}"
    otherwise = _how_to_make(row, key, kind, new_terms)
    if otherwise and meant.endswith("?"):
        return f"{meant} {otherwise[:1].upper()}{otherwise[1:]}"
    return "; ".join(filter(None, (meant, otherwise))) or "look it up with `nlc-graph find`"


def _how_to_make(row: Row, key: str, kind: str, new_terms: bool) -> str:
    """Return what is needed to make a new term, as far as it is not there."""
    if kind == "feature" and key == "feature":
        named = "" if row["nearest"] else "name the nearest of the seven under 'nearest key feature'"
        asked = "" if new_terms else "import with --new-terms"
        return f"for one of your own, {', and '.join(filter(None, (named, asked)))}"
    return "if it is new, import with --new-terms" if kind in MAKEABLE else ""


def article(word: str) -> str:
    """Return a word with its article.

    >>> article("outcome type")
    'an outcome type'
    """
    return f"{'an' if word[:1] in 'aeiou' else 'a'} {word}"
