"""Who coded an enquiry, under what licence: from the data, or from whoever publishes it, and never made up."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nlc_graph import Graph, open_graph
from nlc_graph.errors import ParameterError
from nlc_graph.publish.credit import LICENCES, Agent, Licence, read_agent, read_credits, read_licence

R, T = "https://example.org/riverside/", "https://example.org/tiny/"
SHARE_ALIKE = Licence(
    "https://creativecommons.org/licenses/by-sa/4.0/",
    "Creative Commons Attribution Share Alike 4.0 International",
    "CC-BY-SA-4.0",
)
JANE = Agent("Doe, Jane", "https://orcid.org/0000-0002-1825-0097")


def test_the_data_say_it_and_who_is_silent_stays_unnamed(both: Graph) -> None:
    riverside, tiny = read_credits(both)
    assert (riverside.enquiry, riverside.label) == (f"{R}enquiry", "Riverside enquiry")
    assert riverside.creators == (JANE, Agent("Riverside group"))
    assert (riverside.licence, riverside.date) == (SHARE_ALIKE, "2026-02-03")
    assert [(work.iri, work.reference) for work in riverside.sources] == [(f"{R}report", "“Riverside report”.")]
    assert (tiny.label, tiny.creators, tiny.licence, tiny.date) == ("Tiny enquiry", (), None, "")
    assert [claim.removeprefix(R) for claim in riverside.part.claims] == ["calm", "came", "worse"]
    assert len(tiny.part.claims) == 7 and all(claim.startswith(T) for claim in tiny.part.claims)


def test_what_is_given_counts_only_where_the_data_are_silent(both: Graph) -> None:
    riverside, tiny = read_credits(both, creators=["A group"], licence="cc0-1.0")
    assert (tiny.creators, tiny.licence) == ((Agent("A group"),), read_licence("CC0-1.0"))
    assert (riverside.creators[0], riverside.licence) == (JANE, SHARE_ALIKE)


def test_one_enquiry_can_be_asked_for(both: Graph) -> None:
    assert [credit.label for credit in read_credits(both, [f"{T}enquiry"])] == ["Tiny enquiry"]


def test_the_bundled_enquiry_says_who_coded_it(bundled: Graph) -> None:
    (credit,) = read_credits(bundled)
    assert credit.creators == (Agent("nlc-graph contributors"),)
    assert credit.licence is not None and credit.licence.spdx == "CC-BY-4.0" and credit.date
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
    assert credit.licence == read_licence("CC-BY-4.0") and credit.date == "2026-11-25"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"creators": ["X"]}, "--creator: the data say who coded them"),
        ({"licence": "CC0-1.0"}, "--licence: the data say what licence they have"),
        ({"licence": "mine"}, "no licence 'mine'; give its address (https://…) or one of CC-BY-4.0"),
        ({"creators": [" "]}, "--creator ''"),
        ({"creators": ["0000-0002-1825-0097"]}, "give a name, and after it an ORCID iD"),
        ({"creators": ["Jane 0000-0002-1825-0098"]}, "0000-0002-1825-0098 is no ORCID iD"),
    ],
)
def test_what_cannot_be_meant_is_refused(both: Graph, given: dict[str, list[str]], message: str) -> None:
    with pytest.raises(ParameterError) as caught:
        read_credits(both, [f"{R}enquiry"], **given)  # type: ignore[arg-type]
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("text", "agent", "spoken"),
    [
        ("Doe, Jane 0000-0002-1825-0097", JANE, "Jane Doe"),
        ("Doe, Jane <https://orcid.org/0000-0002-1825-0097>", JANE, "Jane Doe"),
        ("Doe,  Jane", Agent("Doe, Jane"), "Jane Doe"),
        ("Jane Doe (0000-0001-5109-3700)", Agent("Jane Doe", "https://orcid.org/0000-0001-5109-3700"), "Jane Doe"),
        ("X 0000-0002-9079-593X", Agent("X", "https://orcid.org/0000-0002-9079-593X"), "X"),
        ("The group", Agent("The group"), "The group"),
    ],
)
def test_names_with_and_without_an_identifier(text: str, agent: Agent, spoken: str) -> None:
    assert read_agent(text) == agent and agent.spoken == spoken
    assert agent.is_person == (agent.name != "The group")


@pytest.mark.parametrize("spdx", LICENCES)
def test_licences_are_known_by_identifier_and_by_address(spdx: str) -> None:
    name, iri = LICENCES[spdx]
    forms = [spdx, spdx.lower(), iri, iri.rstrip("/"), iri.replace("https://", "http://")]
    assert {read_licence(form) for form in forms} == {Licence(iri, name, spdx)}
    assert read_licence("https://example.org/terms") == Licence(
        "https://example.org/terms", "https://example.org/terms"
    )
