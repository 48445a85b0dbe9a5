"""Rows that show how the usual situations are written down; the enquiry is invented."""

from __future__ import annotations

from collections.abc import Mapping

from .columns import COLUMNS

_SOURCE = {"section": "Learning mentors", "source": "Riverside NLC annual report 2005"}
_MENTORS = {
    "network": "Riverside NLC", "practice": "learning mentors", "outcome": "attendance", "feature": "Achievement",
    "link": "attributed", "direction": "improved", "words": "Mentors got pupils to come to school.", **_SOURCE,
}  # fmt: skip

#: One row a situation, which its note names.
EXAMPLES: tuple[Mapping[str, str], ...] = (
    {
        **_MENTORS, "kind": "quoted testimony", "voice": "a headteacher", "opens": "Attendance has gone up",
        "closes": "knows every family", "note": "A claim, and somebody's words for it.",
    },
    {
        **_MENTORS, "kind": "statistic", "measure": "attendance rate", "measured_in": "per cent",
        "from_period": "2002/03", "from_value": "91.4", "to_period": "2004/05", "to_value": "93.6",
        "comparator": "other schools in the county", "other_from": "92.0", "other_to": "92.3",
        "opens": "Between 2002 and 2005", "closes": "for the county",
        "note": "The same claim, and a figure for it: rows are one claim where network, practice, outcome, link,"
        " direction and key feature are the same.",
    },
    {
        **_MENTORS, "bearing": "qualifies", "kind": "author statement", "opens": "It should be added",
        "closes": "a year before", "evidence_words": "Attendance had begun to rise a year before.",
        "note": "The same claim, and what limits it.",
    },
    {
        **_MENTORS, "jointly": "nurture room | breakfast club", "outcome": "behaviour", "kind": "summarised testimony",
        "voice": "teachers", "relayed_by": "a network co-leader", "words": "Behaviour is calmer thanks to all three.",
        "opens": "Staff tell us that", "closes": "calmer than before",
        "note": "Three practices together, so that their parts cannot be told apart; words passed on by somebody else.",
    },
    {
        **_MENTORS, "outcome": "aspirations", "link": "intended", "direction": "no result reported",
        "kind": "author statement", "words": "Mentors are meant to raise what pupils hope for.",
        "opens": "The mentors are there", "closes": "aim higher", "note": "An aim, of which no result is told.",
    },
    {
        **_MENTORS, "unit": "High School A", "unit_kind": "school: pseudonym", "link": "co-reported",
        "direction": "worsened", "kind": "statistic", "measure": "attendance rate", "measured_in": "per cent",
        "from_period": "2002/03", "from_value": "90.2", "to_period": "2004/05", "to_value": "89.0",
        "words": "At one school attendance fell all the same.", "opens": "At High School A", "closes": "fell to 89",
        "note": "One school; practice and result are told together, no more.",
    },
    {
        **_MENTORS, "practice": "", "link": "", "outcome": "isolation of staff", "feature": "Professional practice",
        "kind": "summarised testimony", "voice": "teaching assistants", "words": "Assistants feel less alone.",
        "opens": "Teaching assistants feel", "closes": "on their own", "note": "A result to which no practice is tied.",
    },
    {
        **_MENTORS, "outcome": "confidence", "kind": "statistic", "precision": "in words only", "link": "co-reported",
        "words": "Scores for confidence are said to have risen.", "opens": "Scores for confidence",
        "closes": "rose markedly", "note": "A figure of which the source gives no number.",
    },
    {
        "network": "Riverside NLC", "kind": "statistic", "measure": "number of schools", "measured_in": "count",
        "to_period": "2005", "to_value": "12", "words": "Twelve schools belong to the network.",
        "opens": "Riverside is a network", "closes": "twelve schools", **_SOURCE,
        "note": "A figure that stands alone: no outcome, and nothing under practice, link or direction.",
    },
    {
        "network": "Riverside NLC", "practice": "breakfast club", "words": "Six schools open at half past seven.",
        "opens": "Six of our schools", "closes": "half past seven", **_SOURCE,
        "note": "A practice in use, of which no result is told.",
    },
)  # fmt: skip


def example_rows() -> list[list[str]]:
    """Return the examples as rows of a sheet, without its heading."""
    return [[row.get(column.key, "") for column in COLUMNS] for row in EXAMPLES]
