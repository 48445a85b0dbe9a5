"""README, licence and citation."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cffconvert import Citation
from ruamel.yaml import YAML

from nlc_graph import Graph, open_graph
from nlc_graph.publish import Deposit, describe
from nlc_graph.publish.deposit import FILES
from nlc_graph.publish.notices import to_citation, to_licence, to_readme

from .conftest import CODED, RIVERSIDE

ROOT = Path(__file__).parent.parent.parent
HOSTILE = "Doe, J\n[x](javascript:alert(1)) <b> | `a`\u2028\u0085 \\ 'q' \"q\": #"


def test_the_readme_explains_each_file(deposit: Deposit) -> None:
    text = to_readme(deposit).decode()
    assert [name for name in FILES if f"| `{name}` | {FILES[name][1]} |" not in text] == []
    for words in (
        "# Evidence graph: Riverside enquiry; Tiny enquiry",
        "10 claims on practices of school networks",
        "- **Riverside enquiry**: 3 claims",
        "Coded by Jane Doe, Riverside group; licence: Creative Commons Attribution Share Alike 4.0 International.",
        "- **Tiny enquiry**: 7 claims",
        "Coded by compilers who are not named; licence: no licence is stated. Source: “Tiny report”.",
        "Nothing of them is merged: each has identifiers of its own.",
        "a reported relationship, not proof of cause",
        "They are **not signed**",
        "DOI: <https://doi.org/10.5281/zenodo.1234567>.",
    ):
        assert words in " ".join(text.split()), words


def test_the_licence_says_it_for_each_enquiry(deposit: Deposit) -> None:
    text = to_licence(deposit).decode()
    assert "“Riverside enquiry”\nare licensed under Creative Commons Attribution Share" in text
    assert "“Tiny enquiry”\ncome without a licence" in text
    assert (ROOT / "data" / "LICENSE").read_text(encoding="utf-8").splitlines()[0] not in text


def test_the_licence_of_the_repository_travels_with_its_evidence(bundled: Graph) -> None:
    text = to_licence(describe(bundled)).decode()
    notice = (ROOT / "data" / "LICENSE").read_text(encoding="utf-8").splitlines()
    assert [line for line in notice if line not in text] == []


@pytest.mark.parametrize("date", ["2026-03-04"])
def test_the_citation_is_valid_and_says_the_same(deposit: Deposit, date: str) -> None:
    text = to_citation(deposit).decode()
    Citation(text).validate()
    content = YAML(typ="safe").load(text)
    assert content["authors"] == [
        {"given-names": "Jane", "family-names": "Doe", "orcid": "https://orcid.org/0000-0002-1825-0097"},
        {"name": "Riverside group"},
    ]
    assert (content["date-released"], content["doi"]) == (date, "10.5281/zenodo.1234567")
    assert "license" not in content and "license-url" not in content  # for Tiny has none
    assert [each["title"] for each in content["references"]] == ["Riverside report", "Tiny report"]


def test_citations_name_the_licences_that_all_enquiries_have(both: Graph) -> None:
    def licence(given: str, *enquiries: str) -> object:
        text = to_citation(describe(both, enquiries, date="2026-03-04", licence=given)).decode()
        Citation(text).validate()
        content = YAML(typ="safe").load(text)
        return content.get("license", content.get("license-url"))

    assert licence("CC0-1.0") == ["CC-BY-SA-4.0", "CC0-1.0"]
    assert licence("CC-BY-SA-4.0") == "CC-BY-SA-4.0"
    assert licence("https://example.org/terms", "https://example.org/tiny/enquiry") == "https://example.org/terms"


def test_the_repository_cites_the_same_people(bundled: Graph) -> None:
    of_the_repository = YAML(typ="safe").load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    content = YAML(typ="safe").load(to_citation(describe(bundled)).decode())
    assert content["authors"] == of_the_repository["authors"]
    assert "CC-BY-4.0" == content["license"]


def test_marks_and_line_breaks_in_the_data_stay_text(tmp_path: Path) -> None:
    data = tmp_path / "hostile.ttl"
    data.write_text(
        CODED.replace('"Riverside group"', json.dumps(HOSTILE))
        + RIVERSIDE.read_text(encoding="utf-8").replace('"Riverside enquiry"', json.dumps(HOSTILE)),
        encoding="utf-8",
    )
    deposit = describe(open_graph(data, bundled=False), date="2026-03-04")
    readme = to_readme(deposit).decode()
    assert r"\[x\](javascript:alert(1)) \<b\> \| \`a\`" in readme and "\u2028" not in readme
    assert "\n[x]" not in to_licence(deposit).decode()
    Citation(to_citation(deposit).decode()).validate()
