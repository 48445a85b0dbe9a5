"""Who coded an enquiry, under what licence: from the data or from the options, and never made up."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nlc_graph import Graph, open_graph
from nlc_graph.errors import ParameterError
from nlc_graph.publish import missing_credits
from nlc_graph.publish.credit import LICENCES, Agent, Licence, read_agent, read_credits, read_licence

from .conftest import R, T

SHARE_ALIKE = Licence("CC-BY-SA-4.0", "https://creativecommons.org/licenses/by-sa/4.0/")
JANE = Agent("Doe, Jane", "https://orcid.org/0000-0002-1825-0097")


def test_credits_are_read_from_the_data(both: Graph) -> None:
    riverside, tiny = read_credits(both)
    assert (riverside.enquiry, riverside.label) == (f"{R}enquiry", "Riverside enquiry")
    assert riverside.creators == (JANE, Agent("Riverside group"))
    assert (riverside.licence, riverside.date) == (SHARE_ALIKE, "2026-02-03")
    assert [(work.iri, work.reference) for work in riverside.sources] == [(f"{R}report", "“Riverside report”.")]
    assert (tiny.label, tiny.creators, tiny.licence, tiny.date) == ("Tiny enquiry", (), Licence(), "")
    assert [claim.removeprefix(R) for claim in riverside.part.claims] == ["calm", "came", "worse"]
    assert len(tiny.part.claims) == 7 and all(claim.startswith(T) for claim in tiny.part.claims)


def test_options_are_used_only_where_the_data_state_nothing(both: Graph) -> None:
    riverside, tiny = read_credits(both, creators=["A group"], licence="cc0-1.0")
    assert (tiny.creators, tiny.licence) == ((Agent("A group"),), read_licence("CC0-1.0"))
    assert (riverside.creators[0], riverside.licence) == (JANE, SHARE_ALIKE)


def test_missing_credits_name_the_options(both: Graph) -> None:
    (line,) = missing_credits(read_credits(both))
    assert "Tiny enquiry" in line and "--creator" in line and "--licence" in line
    (line,) = missing_credits(read_credits(both, [f"{T}enquiry"], creators=["A group"]))
    assert "--creator" not in line and "--licence" in line


def test_the_bundled_enquiry_states_its_credits(bundled: Graph) -> None:
    (credit,) = read_credits(bundled)
    assert (credit.creators, credit.licence.spdx) == ((Agent("nlc-graph contributors"),), "CC-BY-4.0") and credit.date
    assert [work.title for work in credit.sources] == [
        "What does network practice tell us about the impact of networking and collaboration?"
    ]


def test_the_example_in_the_documentation_is_understood(tmp_path: Path) -> None:
    page = (Path(__file__).parent.parent.parent / "docs" / "publish.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```turtle\n(.*?)```", page, re.DOTALL)
    enquiry = (
        "mine:report prov:wasGeneratedBy mine:enquiry . mine:enquiry a <https://w3id.org/nlc-graph/ontology#Enquiry> ."
    )
    (tmp_path / "mine.ttl").write_text(example + enquiry)
    (credit,) = read_credits(open_graph(tmp_path / "mine.ttl", bundled=False))
    assert credit.creators == (JANE, Agent("Riverside research group"))
    assert (credit.licence, credit.date) == (read_licence("CC-BY-4.0"), "2026-11-25")


@pytest.mark.parametrize(
    "given",
    [
        {"creators": ["X"]},
        {"licence": "CC0-1.0"},
        {"licence": "mine"},
        {"creators": [" "]},
        {"creators": ["0000-0002-1825-0097"]},
        {"creators": ["Jane 0000-0002-1825-0098"]},
    ],
)
def test_wrong_credits_are_refused(both: Graph, given: dict[str, list[str]]) -> None:
    with pytest.raises(ParameterError):
        read_credits(both, [f"{R}enquiry"], **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "agent", "display_name"),
    [
        ("Doe, Jane <https://orcid.org/0000-0002-1825-0097>", JANE, "Jane Doe"),
        ("Doe,  Jane", Agent("Doe, Jane"), "Jane Doe"),
        ("Jane Doe (0000-0001-5109-3700)", Agent("Jane Doe", "https://orcid.org/0000-0001-5109-3700"), "Jane Doe"),
        ("X 0000-0002-9079-593X", Agent("X", "https://orcid.org/0000-0002-9079-593X"), "X"),
        ("The group", Agent("The group"), "The group"),
    ],
)
def test_names_with_and_without_an_identifier(text: str, agent: Agent, display_name: str) -> None:
    assert read_agent(text) == agent and agent.display_name == display_name
    assert agent.is_person == (agent.name != "The group")


def test_licences_are_recognised_by_identifier_and_by_address() -> None:
    for spdx, iri in LICENCES.items():
        forms = [spdx, spdx.lower(), iri, iri.rstrip("/"), iri.replace("https://", "http://")]
        assert {read_licence(form) for form in forms} == {Licence(spdx, iri)}
    assert read_licence("https://example.org/x") == Licence("https://example.org/x", "https://example.org/x")
