"""Names of a sheet's own that may be slips of the pen, and those that only look so."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from nlc_graph import Graph
from nlc_graph.sheet import Mistake, SheetError, example_rows, heading, read_sheets, to_csv
from nlc_graph.sheet.rows import Row
from nlc_graph.sheet.spellings import Spellings

from .conftest import CLAIM, FIGURE, Write


def near(*names: str) -> list[tuple[str, str]]:
    """Return the names of which a warning is given, and what it says, each name standing in a row."""
    warnings: list[Mistake] = []
    spellings = Spellings()
    for number, name in enumerate(names, 2):
        spellings.use(Row("a.csv", number, {}, [], warnings), "source", "source", name)
    spellings.check()
    return [(one.value, one.problem) for one in warnings]


@pytest.mark.parametrize(
    "name",
    ["Valdress hub", "Valdre hub", "Vladres hub", "Valbres hub", "Valdres hubs", "Valdres-hub", "Valdreshub."],
)
def test_names_that_are_a_slip_apart(name: str) -> None:
    assert near("Valdres hub", "Lofoten hub", name) == [(name, "new, and near 'Valdres hub' (row 2)")]


@pytest.mark.parametrize(
    "names",
    [
        ("School 1", "School 2"), ("Year 5", "Year 6"), ("School A", "School B"), ("2004/05", "2004/06"),
        ("St Mary's", "St Mark's"), ("Westfield Primary", "Eastfield Primary"), ("Oak", "Elm"), ("boys", "girls"),
        ("Key Stage 1 pupils", "Key Stage 2 pupils"), ("North", "north"), ("Cohort I", "Cohort II"),
    ],
)  # fmt: skip
def test_names_that_only_look_so(names: tuple[str, ...]) -> None:
    assert near(*names) == []


def test_the_rarer_name_is_named(write: Write, terms: Graph) -> None:
    names = ("Valdress hub", "Valdres hub", "valdres  HUB")
    rows = [{**CLAIM, "network": name, "passage opens": name} for name in names]
    read = read_sheets([write(*rows)], terms, enquiry="mine")
    assert [(one.row, one.column, one.value, one.problem, one.remedy) for one in read.warnings] == [
        (2, "network", "Valdress hub", "new, and near 'Valdres hub' (row 3 and 1 more)",
         "if that is meant, write 'Valdres hub'"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("column", "one", "other"),
    [
        ("source", "Annual report", "Anual report"),
        ("section", "Mentors at work", "Mentros at work"),
        ("school or group", "Hilltop Primary", "Hilltopp Primary"),
        ("comparator", "other schools in the county", "other schools in the conty"),
    ],
)
def test_each_sort_of_name_is_looked_at(column: str, one: str, other: str, write: Write, terms: Graph) -> None:
    rows = [FIGURE | {column: one}, FIGURE | {column: other, "passage opens": "x", "outcome": "confidence"}]
    read = read_sheets([write(*rows)], terms, enquiry="mine")
    assert [(each.row, each.column, each.value) for each in read.warnings] == [(3, column, other)]


def test_names_in_different_places_are_not_compared(write: Write, terms: Graph) -> None:
    """Two networks may each have a school called nearly the same, two sources such sections."""
    rows = [
        {**CLAIM, "network": "North", "school or group": "Hilltop Primary"},
        {**CLAIM, "network": "South", "school or group": "Hilltops Primary", "section": "Mentors work"},
        {**CLAIM, "network": "West", "source": "Other", "section": "Mentor work"},
    ]
    assert read_sheets([write(*rows)], terms, enquiry="mine").warnings == []


def test_case_makes_no_other_source_or_section(write: Write, terms: Graph) -> None:
    rows = [CLAIM, {**CLAIM, "source": "ANNUAL report", "section": "mentors at work", "passage opens": "x"}]
    read = read_sheets([write(*rows)], terms, enquiry="mine")
    text = read.to_bytes().decode()
    assert (text.count(" a nlc:Source"), text.count(" a nlc:Section")) == (1, 1)


@pytest.mark.parametrize(
    ("cell", "called"),
    [("One, two", "a comma"), ("One and two", "'and'"), ("One / two", "a slash"), ("One & two", "an ampersand")],
)
@pytest.mark.parametrize("column", ["network", "practice"])
def test_several_names_in_one(column: str, cell: str, called: str, write: Write, terms: Graph) -> None:
    rows = [{**CLAIM, column: name, "passage opens": name} for name in ("One", "Two", cell)]
    with pytest.raises(SheetError) as raised:
        read_sheets([write(*rows)], terms, enquiry="mine", new_terms=True)
    assert [(one.row, one.column, one.problem) for one in raised.value.mistakes] == [
        (4, column, f"{called}, and 'One' and 'two' stand elsewhere without the rest")
    ]
    assert "if it is one name, give it an identifier" in raised.value.mistakes[0].remedy
    one_name = {**rows[2], column: f"{cell} [https://example.org/both]"}
    assert read_sheets([write(*rows[:2], one_name)], terms, enquiry="mine", new_terms=True).warnings == []


def test_a_name_of_which_but_a_part_is_known_is_one_name(write: Write, terms: Graph) -> None:
    rows = [{**CLAIM, "network": name, "passage opens": name} for name in ("Bread", "Bread and butter", "Bread/salt")]
    assert read_sheets([write(*rows)], terms, enquiry="mine").warnings == []


@pytest.mark.parametrize("column", ["network", "school or group", "source"])
def test_a_semicolon_between_names_that_stand_alone_elsewhere(column: str, write: Write, terms: Graph) -> None:
    rows = [{**CLAIM, column: name, "passage opens": name} for name in ("One", "Two", "One; two")]
    with pytest.raises(SheetError) as raised:
        read_sheets([write(*rows)], terms, enquiry="mine")
    assert [(one.row, one.column, one.problem, one.remedy) for one in raised.value.mistakes] == [
        (4, column, "a semicolon, and 'One' and 'two' stand elsewhere without the rest", "separate several by |")
    ]
    half = [rows[0], {**rows[2], column: "One; three"}]
    assert [one.row for one in read_sheets([write(*half)], terms, enquiry="mine").warnings] == [3]
    own = [rows[0], {**rows[2], column: "Four; three"}]
    assert read_sheets([write(*own)], terms, enquiry="mine").warnings == []


def test_a_semicolon_between_practices(write: Write, terms: Graph) -> None:
    rows = [
        {**CLAIM, "jointly with": "coaching; walking bus"},
        {**CLAIM, "practice": "walking bus", "passage opens": "x"},
    ]
    with pytest.raises(SheetError) as raised:
        read_sheets([write(*rows)], terms, enquiry="mine", new_terms=True)
    assert [(one.row, one.column, one.remedy) for one in raised.value.mistakes] == [
        (2, "jointly with", "write | between them")
    ]


def test_a_network_in_the_column_of_schools(write: Write, terms: Graph) -> None:
    rows = [{**CLAIM, "network": "Alder", "school or group": "Riverside NLC", "passage opens": "x"}, CLAIM]
    read = read_sheets([write(*rows)], terms, enquiry="mine")
    assert [(one.row, one.column, one.problem) for one in read.warnings] == [
        (2, "school or group", "row 3 names a network so")
    ]


def test_swapped_columns(write: Write, terms: Graph) -> None:
    swapped = {**CLAIM, "practice": "confidence", "outcome": "walking bus", "passage opens": "x"}
    rows = [swapped, *({**CLAIM, "practice": "walking bus", "passage opens": name} for name in "ab")]
    read = read_sheets([write(*rows)], terms, enquiry="mine", new_terms=True)
    assert [(one.row, one.column, one.problem) for one in read.warnings] == [
        (2, "outcome", "new as an outcome type, and in row 3 and 1 more as a practice"),
        (2, "practice", "new as a practice, and known as an outcome type"),
    ]
    with pytest.raises(SheetError) as raised:
        read_sheets([write(swapped)], terms, enquiry="mine")
    assert [one.problem for one in raised.value.mistakes if one.column == "practice"] == [
        "no practice is called so, but an outcome type is"
    ]


def test_what_was_made_is_named_with_its_row(write: Write, terms: Graph) -> None:
    read = read_sheets([write(CLAIM, FIGURE)], terms, enquiry="mine")
    assert [(one.kind, one.label, one.row) for one in read.others] == [
        ("network", "Riverside NLC", 2), ("school", "High School A", 3), ("group", "other schools in the county", 3),
        ("source", "Annual report", 2),
    ]  # fmt: skip


def test_the_examples_give_no_warning(tmp_path: Path, terms: Graph) -> None:
    (tmp_path / "x.csv").write_bytes(to_csv([heading(), *example_rows()]))
    assert read_sheets([str(tmp_path / "x.csv")], terms, enquiry="mine").warnings == []


def test_many_names_are_compared_in_little_time() -> None:
    names = [f"{word} school {'abcdefghij'[i % 10]}{i}" for word in ("Meadow", "Harbour") for i in range(50_000)]
    start = time.perf_counter()
    assert near(*names) == []
    assert time.perf_counter() - start < 20
