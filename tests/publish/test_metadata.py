"""The documents of a publication, as the programs read them for which they are written."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any

import pytest
import rdflib
import requests
from cffconvert import Citation
from rdflib import DCAT, DCTERMS, FOAF, RDF, VOID, Literal, Namespace, URIRef
from rocrate.rocrate import ROCrate
from ruamel.yaml import YAML

from nlc_graph import Graph, open_graph
from nlc_graph.publish import Deposit, describe
from nlc_graph.publish.deposit import CHECKSUMS, CRATE, DESCRIPTION, FILES
from nlc_graph.publish.metadata import to_citation, to_crate, to_description, to_licence, to_readme

from ..conftest import in_ci
from .conftest import CODED, RIVERSIDE, R, T

ROOT = Path(__file__).parent.parent.parent
SPDX = Namespace("http://spdx.org/rdf/terms#")
SHARE_ALIKE = "https://creativecommons.org/licenses/by-sa/4.0/"
HOSTILE = "Doe, J\n[x](javascript:alert(1)) <b> | `a`\u2028\u0085 \\ 'q' \"q\": # {{ 1 }} > . "


@pytest.fixture(scope="session")
def whole(folder: Path) -> URIRef:
    """Return the address of the folder."""
    return URIRef(f"{folder.as_uri()}/")


@pytest.fixture(scope="session")
def description(folder: Path, whole: URIRef) -> rdflib.Graph:
    """Return the description, read as a file of the folder."""
    return rdflib.Graph().parse(folder / DESCRIPTION, publicID=whole + DESCRIPTION)


def test_each_file_is_described_with_its_size_checksum_and_triples(
    description: rdflib.Graph, folder: Path, whole: URIRef
) -> None:
    assert {path.name for path in folder.iterdir()} == set(FILES)
    nodes = {
        str(description.value(node, DCTERMS.title)): node for node in description.objects(whole, DCAT.distribution)
    }
    assert set(nodes) == set(FILES)
    for name, node in nodes.items():
        content = (folder / name).read_bytes()
        assert description.value(node, DCAT.downloadURL) == whole + name
        assert str(description.value(node, DCAT.mediaType)).endswith(f"/media-types/{FILES[name][0]}")
        digest = description.value(description.value(node, SPDX.checksum), SPDX.checksumValue)
        if name in (DESCRIPTION, CRATE, CHECKSUMS):  # written later
            assert digest is None
        else:
            assert str(digest).lower() == hashlib.sha256(content).hexdigest()
            assert str(description.value(node, DCAT.byteSize)) == str(len(content))
        triples = description.value(node, VOID.triples)
        assert (triples is not None) == name.startswith(("graph.", "ontology.", "nanopublications."))
        if triples is not None:
            dataset = rdflib.Dataset()
            dataset.parse(folder / name)
            assert triples == Literal(len(list(dataset.quads())))


def counts(description: rdflib.Graph, node: rdflib.term.Node) -> dict[str, int]:
    names = ("triples", "entities", "distinctSubjects", "distinctObjects", "classes", "properties")
    values = {name: description.value(node, VOID[name]) for name in names}
    return {name: int(str(value)) for name, value in values.items() if value is not None}


def test_counts_are_those_of_the_triples_written(description: rdflib.Graph, folder: Path, whole: URIRef) -> None:
    graph = rdflib.Graph().parse(folder / "graph.ttl")
    assert counts(description, whole) == {
        "triples": len(graph),
        "entities": len(set(graph.subjects())),
        "distinctSubjects": len(set(graph.subjects())),
        "distinctObjects": len(set(graph.objects())),
        "classes": len(set(graph.objects(None, RDF.type))),
        "properties": len(set(graph.predicates())),
    }
    classes = {
        description.value(part, VOID["class"]): counts(description, part)["entities"]
        for part in description.objects(whole, VOID.classPartition)
    }
    assert classes == Counter(graph.objects(None, RDF.type))
    properties = {
        description.value(part, VOID.property): counts(description, part)
        for part in description.objects(whole, VOID.propertyPartition)
    }
    assert properties == {
        name: {
            "triples": len(list(graph.subject_objects(name))),
            "distinctSubjects": len(set(graph.subjects(name))),
            "distinctObjects": len(set(graph.objects(None, name))),
        }
        for name in set(graph.predicates())
    }


def test_each_enquiry_is_described_as_a_subset(description: rdflib.Graph, whole: URIRef) -> None:
    found = {}
    for part in description.objects(whole, VOID.subset):
        creators = [str(description.value(each, FOAF.name)) for each in description.objects(part, DCTERMS.creator)]
        rights = description.value(part, DCTERMS.license) or description.value(part, DCTERMS.rights)
        source = description.value(part, DCTERMS.source)
        found[str(description.value(part, DCTERMS.subject))] = (str(source), sorted(creators), str(rights))
    assert found == {
        f"{R}enquiry": (f"{R}report", ["Jane Doe", "Riverside group"], SHARE_ALIKE),
        f"{T}enquiry": (f"{T}report", [], "Tiny enquiry: no licence is stated"),
    }
    assert str(description.value(whole, DCTERMS.issued)) == "2026-03-04"
    assert str(description.value(whole, DCTERMS.identifier)) == "https://doi.org/10.5281/zenodo.1234567"


def test_the_crate_lists_files_authors_licences_and_sources(folder: Path) -> None:
    crate = ROCrate(folder)
    root = crate.root_dataset
    parts = {entity.id: entity for entity in crate.data_entities if entity.type == "File"}
    assert set(parts) == set(FILES) - {CRATE} and {part.id for part in root["hasPart"]} == set(parts)
    for name, part in parts.items():
        assert (part["encodingFormat"], part["description"]) == FILES[name]
        if name != CHECKSUMS:
            assert part["sha256"] == hashlib.sha256((folder / name).read_bytes()).hexdigest()
    assert (crate.version, root["name"]) == ("1.2", "Evidence graph: Riverside enquiry; Tiny enquiry")
    assert (root["datePublished"], root["identifier"]) == ("2026-03-04", "https://doi.org/10.5281/zenodo.1234567")
    assert [(each.id, each.type, each["name"]) for each in root["author"]] == [
        ("https://orcid.org/0000-0002-1825-0097", "Person", "Jane Doe"),
        ("#Riverside%20group", "Organization", "Riverside group"),
    ]
    assert [each.id for each in root["license"]] == [SHARE_ALIKE, "LICENSE-DATA.txt"]
    assert [each["creditText"] for each in root["isBasedOn"]] == ["“Riverside report”.", "“Tiny report”."]


def test_the_crate_has_no_author_if_none_is_stated(both: Graph) -> None:
    crate = json.loads(to_crate(describe(both, [f"{T}enquiry"], date="2026-03-04"), []))
    root = crate["@graph"][1]
    assert not {"author", "identifier"} & set(root) and root["license"] == {"@id": "LICENSE-DATA.txt"}


def offline(session: requests.Session, method: str, url: str, *args: Any, **kwargs: Any) -> requests.Response:
    """Answer a request with the JSON-LD context of the package rocrate, or not at all."""
    response = requests.Response()
    response.url, response.status_code = url, 404
    if url.startswith("https://w3id.org/ro/crate/") and url.endswith("/context"):
        response.status_code = 200
        response.headers["Content-Type"] = "application/ld+json"
        response._content = (package_files("rocrate") / "data" / "ro-crate.jsonld").read_bytes()
    return response


@pytest.mark.slow
def test_the_crate_fits_the_profile_of_its_version(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if in_ci():
        import rocrate_validator  # noqa: F401
    else:
        pytest.importorskip("rocrate_validator", reason="the group `crate` is not installed")
    from rocrate_validator import models, services

    monkeypatch.setattr(requests.Session, "request", offline)
    wrong = tmp_path / "wrong"
    wrong.mkdir()
    for path in folder.iterdir():
        text = path.read_bytes()
        (wrong / path.name).write_bytes(text.replace(b'"license"', b'"licence"') if path.suffix == ".json" else text)
    for place, passes in ((folder, True), (wrong, False)):
        settings = models.ValidationSettings(
            rocrate_uri=os.fspath(place), profile_identifier="ro-crate-1.2", no_cache=True, skip_availability_check=True
        )
        assert services.validate(settings).passed() == passes


def test_the_readme_explains_each_file_and_enquiry(deposit: Deposit) -> None:
    text = to_readme(deposit).decode()
    assert [name for name in FILES if f"| `{name}` | {FILES[name][1]} |" not in text] == []
    for words in (
        "# Evidence graph: Riverside enquiry; Tiny enquiry\n",
        "- **Riverside enquiry**: 3 claims, ",
        "Coded by Jane Doe, Riverside group; licence: CC-BY-SA-4.0. Source: “Riverside report”.\n",
        "Coded by compilers who are not named; licence: no licence is stated. Source: “Tiny report”.\n",
        "DOI: <https://doi.org/10.5281/zenodo.1234567>.\n",
    ):
        assert words in text


def test_the_licence_is_stated_for_each_enquiry(deposit: Deposit, bundled: Graph) -> None:
    text = to_licence(deposit).decode()
    assert f"“Riverside enquiry”\nare licensed under CC-BY-SA-4.0:\n{SHARE_ALIKE}\n" in text
    assert "“Tiny enquiry”\ncome without a licence" in text
    notice = (ROOT / "data" / "LICENSE").read_text(encoding="utf-8").splitlines()
    assert notice[0] not in text
    bundled_text = to_licence(describe(bundled)).decode()
    assert [line for line in notice if line not in bundled_text] == []


def citation(deposit: Deposit) -> dict[str, Any]:
    """Return the citation after checking that it is valid."""
    text = to_citation(deposit).decode()
    Citation(text).validate()
    return dict(YAML(typ="safe").load(text))


def test_the_citation_is_valid_and_names_creators_and_sources(deposit: Deposit) -> None:
    content = citation(deposit)
    assert content["authors"] == [
        {"given-names": "Jane", "family-names": "Doe", "orcid": "https://orcid.org/0000-0002-1825-0097"},
        {"name": "Riverside group"},
    ]
    assert (content["date-released"], content["doi"]) == ("2026-03-04", "10.5281/zenodo.1234567")
    assert not {"license", "license-url"} & set(content)  # Tiny has none
    assert [each["title"] for each in content["references"]] == ["Riverside report", "Tiny report"]


@pytest.mark.parametrize(
    ("given", "enquiries", "name", "expected"),
    [
        ("CC0-1.0", [], "license", ["CC-BY-SA-4.0", "CC0-1.0"]),
        ("CC-BY-SA-4.0", [], "license", "CC-BY-SA-4.0"),
        ("https://example.org/terms", [f"{T}enquiry"], "license-url", "https://example.org/terms"),
    ],
)
def test_the_citation_names_the_licences_of_all_enquiries(
    both: Graph, given: str, enquiries: list[str], name: str, expected: object
) -> None:
    assert citation(describe(both, enquiries, date="2026-03-04", licence=given))[name] == expected


def test_the_repository_is_cited_alike(bundled: Graph) -> None:
    own = YAML(typ="safe").load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    content = citation(describe(bundled))
    assert (content["authors"], content["license"]) == (own["authors"], "CC-BY-4.0")


def test_markup_and_line_breaks_in_the_data_stay_text(tmp_path: Path) -> None:
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
    citation(deposit)
    assert json.loads(to_crate(deposit, []))["@graph"][1]["name"].startswith("Evidence graph: Doe, J\n[x]")
    described = rdflib.Graph().parse(data=to_description(deposit, []), publicID="https://example.org/d/description.ttl")
    titles = list(described.objects(URIRef("https://example.org/d/"), DCTERMS.title))
    assert titles == [Literal(f"Evidence graph: {HOSTILE}", lang="en")]
