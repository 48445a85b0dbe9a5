"""Who is meant: roles that names tell, and schools that rows put into networks."""

from __future__ import annotations

import pytest

from nlc_graph import Graph
from nlc_graph.sheet import SheetError, read_sheets

from .conftest import CLAIM, Write

NOT_TOLD = "which role this is cannot be told"


@pytest.mark.parametrize(
    ("name", "roles"),
    [
        ("a teacher of network 3", "teacher"),
        ("Year 5 pupils", "pupil"),
        ("Pupil A", "pupil"),
        ("some children at Hilltop", "pupil"),
        ("most of the parents", "parent"),
        ("members of staff", "staff"),
        ("a head teacher, on control", "headteacher"),
        ("Mrs Smith, headteacher", "headteacher"),
        ("parents and teachers", "parent, role:teacher"),
        ("a network co-ordinator", "coordinator"),
    ],
)
def test_a_name_tells_the_role(name: str, roles: str, write: Write, terms: Graph) -> None:
    read = read_sheets([write({**CLAIM, "who says it": name})], terms, enquiry="mine")
    assert f"nlc:speakerRole role:{roles} ;" in read.to_bytes().decode()


@pytest.mark.parametrize(
    "name",
    ["a school librarian", "school nurse", "network evaluator", "pupil support worker", "a teacher trainer",
     "former pupil, now parent", "a head of the library", "a voice from the network", "parents and librarians"],
)  # fmt: skip
def test_a_name_that_only_mentions_a_role_tells_none(name: str, write: Write, terms: Graph) -> None:
    with pytest.raises(SheetError) as raised:
        read_sheets([write({**CLAIM, "who says it": name})], terms, enquiry="mine")
    assert [(one.column, one.value, one.problem) for one in raised.value.mistakes] == [("who says it", name, NOT_TOLD)]


def _in(network: str, school: str, opens: str) -> dict[str, str]:
    return {**CLAIM, "network": network, "school or group": school, "passage opens": opens}


def test_a_school_whose_network_one_row_lacks(write: Write, terms: Graph) -> None:
    rows = [_in("North", "Hilltop Primary", "one"), _in("", "Hilltop primary", "two"), _in("", "Alder", "three")]
    with pytest.raises(SheetError) as raised:
        read_sheets([write(*rows)], terms, enquiry="mine")
    assert [(one.row, one.column, one.problem) for one in raised.value.mistakes] == [
        (3, "network", "missing, and row 2 puts 'Hilltop primary' into 'North'")
    ]


def test_a_school_of_two_networks_is_warned_of(write: Write, terms: Graph) -> None:
    rows = [
        _in(network, school, network + school) for network in ("North", "South") for school in ("Hilltop", "School 2")
    ]
    read = read_sheets([write(*rows)], terms, enquiry="mine")
    assert [(one.row, one.column, one.problem) for one in read.warnings] == [
        (4, "school or group", "in 'South', and row 2 has one in 'North'")
    ]
