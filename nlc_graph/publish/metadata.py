"""The documents that describe a publication: DCAT, RO-Crate, citation, licence, README; see ``templates``."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

import pyoxigraph as ox

from .. import resources
from ..vocabulary import BASE, PREFIXES, RDF_TYPE
from .credit import Agent, Work
from .deposit import CHECKSUMS, FILES, Deposit, PublishedFile
from .nanopubs import NAMESPACE
from .rendering import NO_CREATOR, render

NO_AUTHOR = "authors who are not named"
#: The enquiry whose licence comes with the program.
BUNDLED = f"{BASE}nlc2005/enquiry"
#: Vocabularies that are listed if the data use them.
VOCABULARIES = [PREFIXES[name] for name in ("nlc", "skos", "rdfs", "prov", "org", "dcterms")]


def to_description(deposit: Deposit, files: Sequence[PublishedFile]) -> bytes:
    """Return the description for catalogues: DCAT 3 with checksums (SPDX), and VoID with counts.

    Addresses are relative to the folder, so the description stays true wherever the folder is put.
    """
    statistics = count(deposit.part.triples)
    used = " ".join([*statistics["classes"], *statistics["properties"]])
    return render(
        "description.ttl",
        deposit=deposit,
        files=files,
        statistics=statistics,
        subsets=[(credit, count(credit.part.triples)) for credit in deposit.credits],
        vocabularies=[each for each in VOCABULARIES if each in used],
    ).encode()


def to_crate(deposit: Deposit, files: Sequence[PublishedFile]) -> bytes:
    """Return the description for repositories: RO-Crate 1.2 (w3id.org/ro/crate/1.2)."""
    crate = json.loads(render("ro-crate-metadata.json", deposit=deposit, files=files, url=BASE))
    return (json.dumps(crate, ensure_ascii=False, indent=1) + "\n").encode()


def to_readme(deposit: Deposit) -> bytes:
    """Return the README: what each file is and what may be done with it, as Markdown."""
    return render("README.md", deposit=deposit, files=FILES, namespace=NAMESPACE, checksums=CHECKSUMS).encode()


def to_licence(deposit: Deposit) -> bytes:
    """Return the licence of the data of each enquiry, and of the ontology, as text."""
    bundled = any(credit.enquiry == BUNDLED for credit in deposit.credits)
    notice = resources.read_text(resources.licence_of_data()) if bundled else ""
    return render("LICENSE-DATA.txt", deposit=deposit, bundled_notice=notice).encode()


def to_citation(deposit: Deposit) -> bytes:
    """Return the citation as CFF 1.2.0."""
    identifiers = sorted(licence.spdx for licence in deposit.licences)
    return render(
        "CITATION.cff",
        deposit=deposit,
        authors=[_cff_agent(agent) for agent in deposit.creators] or [{"name": NO_CREATOR}],
        works=[_cff_work(work) for work in deposit.works],
        identifiers=identifiers if all(identifiers) else [],
        address=deposit.licences[0].iri if len(deposit.licences) == 1 else "",
    ).encode()


def count(triples: Sequence[ox.Triple]) -> dict[str, Any]:
    """Count triples as VoID does (section 4.6): in all, by class and by property."""
    types = [triple.object for triple in triples if triple.predicate.value == RDF_TYPE]
    classes = Counter(each.value for each in types if isinstance(each, ox.NamedNode))
    by_property: dict[str, list[ox.Triple]] = defaultdict(list)
    for triple in triples:
        by_property[triple.predicate.value].append(triple)
    properties = {iri: _count_distinct(by_property[iri]) for iri in sorted(by_property)}
    return {**_count_distinct(triples), "classes": dict(sorted(classes.items())), "properties": properties}


def _count_distinct(triples: Sequence[ox.Triple]) -> dict[str, int]:
    subjects, objects = {triple.subject for triple in triples}, {triple.object for triple in triples}
    return {"triples": len(triples), "subjects": len(subjects), "objects": len(objects)}


def _cff_agent(agent: Agent) -> dict[str, str]:
    if not agent.is_person:
        return {"name": agent.name}
    given, _, family = agent.name.rpartition(" ")
    if "," in agent.name:
        family, _, given = agent.name.partition(", ")
    names = {"given-names": given, "family-names": family, "orcid": agent.iri}
    return {key: value for key, value in names.items() if value}


def _cff_work(work: Work) -> dict[str, object]:
    authors = [{"name": name} for name in work.authors or (NO_AUTHOR,)]
    publisher = {"publisher": {"name": work.publishers[0]}} if work.publishers else {}
    return {"type": "report", "title": work.title, "authors": authors, **publisher}
