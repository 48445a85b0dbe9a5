"""The RO-Crate, as the package rocrate reads it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from rocrate.rocrate import ROCrate

from nlc_graph import Graph
from nlc_graph.publish import Deposit, describe
from nlc_graph.publish.crate import to_crate
from nlc_graph.publish.deposit import CHECKSUMS, CRATE, FILES


@pytest.fixture(scope="session")
def crate(folder: Path) -> ROCrate:
    return ROCrate(folder)


def test_every_file_is_a_part_with_its_size_and_checksum(crate: ROCrate, folder: Path) -> None:
    files = {entity.id: entity for entity in crate.data_entities if entity.type == "File"}
    assert set(files) == {path.name for path in folder.iterdir()} - {CRATE}
    assert {part.id for part in crate.root_dataset["hasPart"]} == set(files)
    for name, entity in files.items():
        content = (folder / name).read_bytes()
        assert (entity["encodingFormat"], entity["description"]) == FILES[name]
        if name != CHECKSUMS:  # which holds the checksum of the crate
            assert entity["contentSize"] == str(len(content))
            assert entity["sha256"] == hashlib.sha256(content).hexdigest()


def test_the_root_says_who_when_and_on_what_terms(crate: ROCrate) -> None:
    root = crate.root_dataset
    assert (crate.version, root["name"]) == ("1.2", "Evidence graph: Riverside enquiry; Tiny enquiry")
    assert (root["datePublished"], root["identifier"]) == ("2026-03-04", "https://doi.org/10.5281/zenodo.1234567")
    assert [(each.id, each.type, each["name"]) for each in root["author"]] == [
        ("https://orcid.org/0000-0002-1825-0097", "Person", "Jane Doe"),
        ("#Riverside%20group", "Organization", "Riverside group"),
    ]
    assert [each.id for each in root["license"]] == [
        "https://creativecommons.org/licenses/by-sa/4.0/",
        "LICENSE-DATA.txt",  # which says that Tiny has none
    ]
    assert [(each["name"], each["creditText"]) for each in root["isBasedOn"]] == [
        ("Riverside report", "“Riverside report”."),
        ("Tiny report", "“Tiny report”."),
    ]


def test_nobody_is_made_up_where_nobody_is_named(both: Graph, deposit: Deposit) -> None:
    tiny = describe(both, ["https://example.org/tiny/enquiry"], date="2026-03-04")
    text = to_crate(tiny, []).decode()
    assert '"author"' not in text and '"identifier"' not in text and '"@id": "LICENSE-DATA.txt"' in text
