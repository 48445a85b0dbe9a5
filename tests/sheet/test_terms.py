"""Terms of a sheet's own: slips of the pen, identifiers, and key features with the nearest of the seven."""

from __future__ import annotations

import pytest

from nlc_graph import Graph
from nlc_graph.sheet import Mistake, SheetError, read_sheets

from .conftest import CLAIM, Write

OWN = {**CLAIM, "key feature": "how pupils get on", "nearest key feature": "achievement"}


def mistakes(path: str, terms: Graph, *, new_terms: bool = True) -> list[Mistake]:
    with pytest.raises(SheetError) as raised:
        read_sheets([path], terms, enquiry="mine", new_terms=new_terms)
    return list(raised.value.mistakes)


def practices(*names: str) -> list[dict[str, str]]:
    return [{**CLAIM, "practice": name, "passage opens": f"Words {number}"} for number, name in enumerate(names)]


def test_of_two_spellings_the_one_used_most_is_advised(write: Write, terms: Graph) -> None:
    """The first is the slip: rows 3 and 5 say what is meant."""
    path = write(*practices("lesson stuyd", "lesson study", "summer camp", "Lesson Study"))
    (one,) = mistakes(path, terms)
    assert (one.row, one.column, one.value) == (2, "practice", "lesson stuyd")
    assert one.problem == (
        "no practice is called so, but 'lesson study' (row 3 and 1 more) comes too near to make a new one"
    )
    assert one.remedy == (
        "write 'lesson study'; if it is another, give it an identifier of its own: lesson stuyd"
        " [https://w3id.org/nlc-graph/mine/practice/lesson-stuyd]"
    )


def test_where_both_are_used_as_often_the_first_is_advised_and_every_row_of_the_other_named(
    write: Write, terms: Graph
) -> None:
    path = write(*practices("lesson study", "lesson stuyd", "lesson study", "lesson stuyd"))
    assert [(one.row, one.problem.split("'")[1]) for one in mistakes(path, terms)] == [
        (3, "lesson study"), (5, "lesson study"),
    ]  # fmt: skip


def test_what_a_message_proposes_can_be_written(write: Write, terms: Graph) -> None:
    (one,) = mistakes(write(*practices("lesson study", "lesson stuyd")), terms)
    other = one.remedy.partition("of its own: ")[2]
    read = read_sheets([write(*practices("lesson study", other))], terms, enquiry="mine", new_terms=True)
    assert [new.label for new in read.new] == ["lesson study", "lesson stuyd"]
    again = read_sheets([write(*practices(other, "lesson study"))], terms, enquiry="mine", new_terms=True)
    assert [new.label for new in again.new] == ["lesson stuyd", "lesson study"]


@pytest.mark.parametrize("end", ["\u2026", "..."])
def test_an_identifier_that_was_to_be_completed_is_none(end: str, write: Write, terms: Graph) -> None:
    name = f"https://w3id.org/nlc-graph/mine/practice/{end}"
    (one,) = mistakes(write(*practices(f"lesson study [{name}]")), terms)
    assert one.problem == f"{name!r} is no identifier"


def test_an_unknown_prefix_is_told_and_not_passed_over(write: Write, terms: Graph) -> None:
    (one,) = mistakes(write(*practices("coaching [practise:coaching]")), terms)
    assert one.problem == "'practise:coaching' is no identifier"


@pytest.mark.parametrize("column", ["practice", "network", "source", "claim", "school or group"])
def test_two_names_of_one_identifier_are_refused(column: str, write: Write, terms: Graph) -> None:
    """One of them would be lost."""
    iri = "[https://example.org/x]"
    rows = [
        {**CLAIM, "school or group": "", "claim": "", column: f"{name} {iri}", "passage opens": name}
        for name in ("One", "ONE", "Another")
    ]
    found = {(one.row, one.column, one.value, one.problem) for one in mistakes(write(*rows), terms)}
    assert (4, column, f"Another {iri}", "row 2 calls the same 'One'") in found and len(found) == 1


@pytest.mark.parametrize(
    ("change", "column", "problem"),
    [
        ({"nearest key feature": "acheivement"}, "nearest key feature", "no key feature is called so"),
        ({"nearest key feature": "well-being"}, "nearest key feature",
         "row 2 says 'Achievement' of the same key feature"),
        ({"nearest key feature": "how pupils get on"}, "nearest key feature",
         "this is a key feature of the enquiry's own"),
        ({"key feature": "Achievement", "nearest key feature": "well-being"}, "nearest key feature",
         "the key feature is 'Achievement', one of the seven"),
        ({"key feature": ""}, "nearest key feature", "nothing stands under 'key feature'"),
        ({"key feature": "how pupils get onn"}, "key feature",
         "no key feature is called so, but 'how pupils get on' (row 2) comes too near to make a new one"),
        ({"key feature": "Acheivement"}, "key feature",
         "no key feature is called so, but 'Achievement' comes too near to make a new one"),
    ],
)  # fmt: skip
def test_nearest_key_features_are_read_in_every_row(
    change: dict[str, str], column: str, problem: str, write: Write, terms: Graph
) -> None:
    path = write(OWN, {**OWN, "outcome": "confidence", "passage opens": "x", **change})
    assert [(one.row, one.column, one.problem) for one in mistakes(path, terms)] == [(3, column, problem)]


@pytest.mark.parametrize("nearest", ["", "achievement", "feature:achievement"])
def test_a_nearest_key_feature_may_be_left_out_later_and_repeated(nearest: str, write: Write, terms: Graph) -> None:
    rows = [OWN, {**OWN, "nearest key feature": nearest, "passage opens": "x"},
            {**CLAIM, "nearest key feature": "achievement", "outcome": "confidence"}]  # fmt: skip
    assert read_sheets([write(*rows)], terms, enquiry="mine", new_terms=True).warnings == []


@pytest.mark.parametrize(
    ("change", "new_terms", "remedy"),
    [
        ({"key feature": "acheivement", "nearest key feature": ""}, False,
         "did you mean Achievement? For one of your own, name the nearest of the seven under 'nearest key feature', and"
         " import with --new-terms"),
        ({"key feature": "acheivement", "nearest key feature": ""}, True,
         "did you mean Achievement? For one of your own, name the nearest of the seven under 'nearest key feature'"),
        ({}, False, "write one of: {seven}; for one of your own, import with --new-terms"),
        ({"nearest key feature": "acheivement"}, True, "did you mean Achievement?"),
    ],
)  # fmt: skip
def test_what_to_do_of_an_unknown_key_feature(
    change: dict[str, str], new_terms: bool, remedy: str, write: Write, terms: Graph
) -> None:
    (one,) = mistakes(write({**OWN, **change}), terms, new_terms=new_terms)
    assert one.remedy == remedy.format(seven="; ".join(sorted(terms_of(terms), key=str.casefold)))


def terms_of(graph: Graph) -> list[str]:
    return [thing.label for thing in graph.names.by_iri.values() if thing.kind == "KeyFeature"]
