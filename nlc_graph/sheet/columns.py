"""The columns of the evidence sheet: what stands in each, with an example.

One row is one piece of evidence for a claim. A row with a practice and no outcome records a use of the practice; a row
with a measure and no outcome records a figure that no claim rests on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..graph.names import fold

#: Between several values in one cell.
SEVERAL = "|"
#: Between several practices, or several users, of one strategy.
TOGETHER = " + "


class Column(NamedTuple):
    """A column of the sheet.

    :param key: its name in programs
    :param name: its heading
    :param explanation: what stands in it
    :param example: a value
    :param terms: vocabulary from which its values are taken, by the name of its prefix; empty for free text
    :param optional: whether a sheet may do without the column
    """

    key: str
    name: str
    explanation: str
    example: str
    terms: str = ""
    optional: bool = False


COLUMNS: tuple[Column, ...] = (
    Column("network", "network", "The network that the row is about. Several: separated by |.", "Riverside NLC"),
    Column("unit", "school or group", "The school or group, where it is not the whole network.", "High School A"),
    Column(
        "practice",
        "practice",
        "What was done, from the list of practices; empty where the source ties nothing to the outcome. Several"
        " practices of one strategy: separated by +.",
        "learning mentors",
        "practice",
    ),
    Column(
        "jointly",
        "jointly with",
        "Practices of other strategies that the source ties to the outcome together with the first, so that their parts"
        " cannot be told apart. Several: separated by |.",
        "nurture room",
        "practice",
    ),
    Column("outcome", "outcome", "The one kind of result, from the list of outcome types.", "attendance", "outcome"),
    Column(
        "feature",
        "key feature",
        "The key feature under which the source reports it, or which comes nearest.",
        "achievement",
        "feature",
    ),
    Column(
        "link",
        "link",
        "How far the source ties practice to outcome: attributed, co-reported (told together, no more) or intended.",
        "co-reported",
        "link",
    ),
    Column(
        "direction",
        "direction",
        "Which way the outcome went: for better or worse, whatever the number does.",
        "improved",
        "direction",
    ),
    Column(
        "kind",
        "kind of evidence",
        "What the source offers for it; 'statistic' with a measure and its values.",
        "quoted testimony",
        "kind",
    ),
    Column(
        "voice",
        "who says it",
        "Whose words or figures they are, by role; empty for the authors of the source. Whose role the name does not"
        " tell: say it under 'role'.",
        "a headteacher",
    ),
    Column("measure", "measure", "For figures: what is measured.", "attendance rate", "indicator"),
    Column("measured_in", "unit", "For figures: the unit of the number.", "per cent", "unit"),
    Column("from_period", "from period", "For a change: the earlier year or school year.", "2002"),
    Column("from_value", "from value", "For a change: the earlier level, where it is given.", "84.0"),
    Column("to_period", "to period", "The year or school year of the figure; of a change, the later one.", "2004/05"),
    Column("to_value", "to value", "The figure; of a change, the later level.", "90.0"),
    Column("change", "change", "The size of a change, where the source states it; a fall is negative.", "6.0"),
    Column("comparator", "comparator", "Whose figure it is compared with.", "other schools in the county"),
    Column("other_from", "comparator from value", "The comparator's earlier level.", "91.0"),
    Column("other_to", "comparator to value", "The comparator's figure, or its later level.", "93.0"),
    Column("other_change", "comparator change", "The comparator's change, where the source states it.", "0.1"),
    Column(
        "words", "in our words", "The claim, paraphrased: no sentence of the source.", "Mentors got pupils to come."
    ),
    Column(
        "opens", "passage opens", "The first three to seven words of the passage, as printed.", "Attendance has gone"
    ),
    Column("closes", "passage closes", "The last three to seven words of the passage, as printed.", "in all of them"),
    Column("section", "section", "The heading under which the passage stands, as printed.", "Learning mentors"),
    Column("source", "source", "The document.", "Riverside NLC annual report 2005"),
    Column("note", "note", "A remark of yours: doubts, slips of the source.", "The year is not given."),
    Column(
        "bearing", "bearing", "supports (where empty), qualifies or challenges the claim.", "supports", "bearing", True
    ),
    Column("through", "by way of", "An intermediate result on the way to the outcome.", "engagement", "outcome", True),
    Column("affects", "affects", "Whose results they are.", "pupil", "role", True),
    Column("claimed_by", "claimed by", "Who makes the claim, where it is not who says it.", "authors", "", True),
    Column("relayed_by", "passed on by", "Who passes somebody else's words on.", "a network co-leader", "", True),
    Column("role", "role", "The role of who says it.", "headteacher", "role", True),
    Column(
        "unit_kind",
        "what it is",
        "What the school or group is, where it is new. A school: how the source identifies it. A group: how much of the"
        " whole, and what its members are. That of 'figure for' stands last.",
        "school: pseudonym",
        "what",
        True,
    ),
    Column("figure_for", "figure for", "Whose figure it is, where the claim is about another.", "Year 11", "", True),
    Column("precision", "precision", "How exact the figure is.", "approximate", "precision", True),
    Column("position", "against comparator", "above or below, where the source says so.", "below", "position", True),
    Column("other_precision", "comparator precision", "How exact it is.", "at most", "precision", True),
    Column(
        "other_kind", "comparator is", "What the comparator is, where it is new.", "group: all, school", "what", True
    ),
    Column("evidence_words", "evidence in our words", "The evidence, where it differs from the claim.", "", "", True),
    Column("evidence_note", "evidence note", "A remark on the evidence.", "", "", True),
    Column("strategy", "strategy", "What the use of the practice is called.", "Mentors (Riverside)", "", True),
    Column("used_by", "used by", "Who used it, where it is not whom the row is about.", "Riverside NLC", "", True),
    Column("claim_opens", "claim opens", "First words of the claim, where it stands elsewhere.", "", "", True),
    Column("claim_closes", "claim closes", "Last words of the claim, where it stands elsewhere.", "", "", True),
    Column("claim_section", "claim section", "Section of the claim, where it is another.", "", "", True),
    Column(
        "heading",
        "section heading",
        "The first words of the section's heading, as printed, where 'section' calls it otherwise.",
        "Mentors at work",
        "",
        True,
    ),
    Column(
        "nearest",
        "nearest key feature",
        "Where the key feature is one of the enquiry's own: which of the seven comes nearest.",
        "achievement",
        "feature",
        True,
    ),
    Column("chart", "chart", "What a chart is called whose values cannot be read.", "Figure 1", "", True),
    Column("drawn_from", "drawn from", "An earlier document that the source reports.", "inspection report", "", True),
    Column("claim", "claim", "Name and identifier of the claim; rows that share one are one claim.", "", "", True),
    Column("evidence", "evidence", "Identifier of the evidence; rows that share one are one item.", "", "", True),
)
#: So many known headings a sheet of evidence has at least.
FEWEST = 3
#: Property to the column from which it is filled.
_OF_PROPERTIES = {
    "paraphrase": "words", "curatorNote": "note", "about": "network", "outcome": "outcome", "throughOutcome": "through",
    "direction": "direction", "reportedUnder": "feature", "strategy": "practice", "practice": "practice",
    "usedBy": "used_by", "linkType": "link", "assertedBy": "claimed_by", "affects": "affects", "supportedBy": "bearing",
    "qualifiedBy": "bearing", "challengedBy": "bearing", "evidenceKind": "kind", "spokenBy": "voice",
    "providedBy": "voice", "relayedBy": "relayed_by", "drawnFrom": "drawn_from", "measures": "measure",
    "measurementUnit": "measured_in", "atPeriod": "to_period", "fromPeriod": "from_period", "toPeriod": "to_period",
    "startLevel": "from_value", "endLevel": "to_value", "value": "to_value", "precision": "precision",
    "aboveComparator": "comparator", "belowComparator": "comparator", "comparedWith": "comparator", "opens": "opens",
    "closes": "closes", "section": "section", "heading": "heading", "source": "source", "printedAs": "chart",
    "identification": "unit_kind", "quantifier": "unit_kind", "memberKind": "unit_kind", "memberCount": "unit_kind",
    "speakerRole": "role", "speaksFrom": "voice", "underFeature": "feature",
}  # fmt: skip
BY_KEY = {column.key: column for column in COLUMNS}
_BY_NAME = {fold(name): column for column in COLUMNS for name in (column.name, column.key.replace("_", " "))}


def find_column(heading: str) -> Column | None:
    """Return the column with a heading; case, surplus blanks, underscores and hyphens do not matter.

    >>> find_column("Kind_of  Evidence").key
    'kind'
    """
    return _BY_NAME.get(fold(re.sub(r"[\s_-]+", " ", heading)))


def nearest_columns(heading: str) -> Sequence[str]:
    """Return the headings that come nearest to one that is unknown."""
    from difflib import get_close_matches  # only a wrong name needs it

    names = {fold(column.name): column.name for column in COLUMNS}
    return [names[name] for name in get_close_matches(fold(heading), names, n=2, cutoff=0.6)]


def split(text: str, separator: str = SEVERAL) -> list[str]:
    """Return the values of a cell.

    >>> split("a | b|")
    ['a', 'b']
    """
    return [part for part in (each.strip() for each in text.split(separator)) if part] if separator in text else [text]


def column_of(property_: str) -> str:
    """Return the heading of the column from which a property, by the last part of its IRI, is filled; empty for none.

    >>> column_of("measurementUnit")
    'unit'
    """
    key = _OF_PROPERTIES.get(property_, "")
    return BY_KEY[key].name if key else ""
