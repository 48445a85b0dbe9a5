"""The description for repositories: RO-Crate 1.2 (w3id.org/ro/crate/1.2)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from ..vocabulary import BASE
from .credit import Agent
from .deposit import CRATE, LICENCE_OF_DATA, Deposit, Piece

SPECIFICATION = "https://w3id.org/ro/crate/1.2"
PROGRAM = "#nlc-graph"


def to_crate(deposit: Deposit, pieces: Sequence[Piece]) -> bytes:
    """Return the metadata of a deposit and its files, in the fixed order of the files."""
    authors = [_agent(agent) for agent in deposit.creators]
    licences = [
        {
            "@id": licence.iri,
            "@type": "CreativeWork",
            "name": licence.name,
            "url": licence.iri,
            "description": "licence of the data",
        }
        for licence in deposit.licences
        if licence.iri
    ]
    if not licences or any(credit.licence is None or not credit.licence.iri for credit in deposit.credits):
        licences.append({"@id": LICENCE_OF_DATA})
    works = [
        {
            "@id": str(work.iri),
            "@type": "CreativeWork",
            "name": work.title,
            "creditText": work.reference,
        }
        for work in deposit.works
    ]
    files = [_file(piece) for piece in pieces if piece.name != CRATE]
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "name": deposit.title,
        "description": deposit.summary,
        "datePublished": deposit.date,
        "license": _one_or_all([{"@id": each["@id"]} for each in licences]),
        "keywords": ["evidence", "knowledge graph", "school networks", "education"],
        "inLanguage": "en",
        "mentions": {"@id": PROGRAM},
        "hasPart": [{"@id": file["@id"]} for file in files],
    }
    if authors:
        root["author"] = _one_or_all([{"@id": author["@id"]} for author in authors])
    if works:
        root["isBasedOn"] = _one_or_all([{"@id": work["@id"]} for work in works])
    if deposit.doi:
        root["identifier"] = f"https://doi.org/{deposit.doi}"
    descriptor = {
        "@id": CRATE,
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": SPECIFICATION},
    }
    program = {
        "@id": PROGRAM,
        "@type": "SoftwareApplication",
        "name": "nlc-graph",
        "version": deposit.version,
        "url": BASE,
        "description": "writes an evidence graph of school networks as data that a repository takes",
    }
    described = [each for each in licences if "@type" in each]
    graph = [descriptor, root, *files, *authors, *described, *works, program]
    crate = {"@context": f"{SPECIFICATION}/context", "@graph": graph}
    return (json.dumps(crate, ensure_ascii=False, indent=1) + "\n").encode()


def _file(piece: Piece) -> dict[str, Any]:
    entity: dict[str, Any] = {
        "@id": piece.name,
        "@type": "File",
        "name": piece.name,
        "description": piece.what,
        "encodingFormat": piece.media_type,
    }
    if piece.content is not None:
        entity |= {"contentSize": str(len(piece.content)), "sha256": piece.sha256}
    return entity


def _agent(agent: Agent) -> dict[str, Any]:
    return {
        "@id": agent.iri or f"#{quote(agent.name)}",
        "@type": "Person" if agent.is_person else "Organization",
        "name": agent.spoken,
    }


def _one_or_all(values: Sequence[Any]) -> Any:
    return values[0] if len(values) == 1 else list(values)
