"""The content of a publication: its files, title, date and credits, the same in every description of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import TypeVar

from ..errors import ParameterError
from ..evidence.subgraph import Subgraph
from .credit import Agent, Credit, Licence, Work

#: The list of checksums, by which a publication is recognised.
CHECKSUMS = "nlc-graph-publish.sha256"
DESCRIPTION = "description.ttl"
CRATE = "ro-crate-metadata.json"
LICENCE_OF_DATA = "LICENSE-DATA.txt"

#: File name to media type and description, in the order of the README.
FILES: dict[str, tuple[str, str]] = {
    "README.md": ("text/markdown", "what each file is, how to cite it and what may be done with it"),
    "explorer.html": ("text/html", "evidence map, network and table on one page: opens in a web browser, offline"),
    "evidence.csv": ("text/csv", "the evidence sheet: a row for each piece of evidence for a claim, with labels"),
    "evidence.xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "the same sheet as a workbook, with a page that explains its columns",
    ),
    "graph.ttl": ("text/turtle", "the graph in Turtle: claims, evidence, voices, passages, sources, terms used"),
    "graph.trig": ("application/trig", "the same triples in TriG, with a named graph for each source"),
    "graph.jsonld": ("application/ld+json", "the same triples in JSON-LD, with its context included"),
    "context.jsonld": ("application/ld+json", "the JSON-LD context by itself: the term that each name stands for"),
    "ontology.ttl": ("text/turtle", "the ontology and its vocabularies: what each class, property and term means"),
    "nanopublications.trig": (
        "application/trig",
        "each claim as a nanopublication with a trusty URI: the claim and its evidence, where it comes from, who coded"
        " it; not signed",
    ),
    DESCRIPTION: ("text/turtle", "description of the data for catalogues: DCAT, VoID, checksums, counts"),
    CRATE: ("application/ld+json", "description of the folder for repositories: RO-Crate 1.2"),
    "CITATION.cff": ("application/yaml", "how to cite it, for programs: Citation File Format"),
    LICENCE_OF_DATA: ("text/plain", "what may be done with the data, and whom to credit"),
    "LICENSE-CODE.txt": ("text/plain", "licence of the program that wrote this, and of its scripts in explorer.html"),
    CHECKSUMS: ("text/plain", f"SHA-256 checksums of the other files; check with: sha256sum -c {CHECKSUMS}"),
}
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:)?(10\.\d{4,9}/[^\s<>\"{}|\\^`]+)", re.IGNORECASE)
T = TypeVar("T")


@dataclass(frozen=True)
class PublishedFile:
    """A file of a publication.

    :param content: None for a file that is written after the descriptions that list it
    :param triples: number of triples in it, counted in each named graph; None if it is not RDF
    """

    name: str
    media_type: str
    description: str
    content: bytes | None = None
    triples: int | None = None

    @cached_property
    def sha256(self) -> str:
        """Return the checksum of its content in hexadecimal digits."""
        return hashlib.sha256(self.content or b"").hexdigest()


@dataclass(frozen=True)
class Deposit:
    """What a publication contains and who is to be credited for it.

    :param date: of publication, ``YYYY-MM-DD``
    :param version: of the program that wrote it
    :param doi: without ``https://doi.org/``; empty for none
    """

    part: Subgraph
    credits: tuple[Credit, ...]
    date: str
    version: str
    given_title: str = ""
    doi: str = ""

    @property
    def title(self) -> str:
        """Return the given title, or else one that names the enquiries."""
        named = "; ".join(credit.label for credit in self.credits)
        return self.given_title or (f"Evidence graph: {named}" if named else "Evidence graph of school networks")

    @property
    def summary(self) -> str:
        """Return a description of the content in two sentences."""
        number = len(self.part.claims)
        titles = " and ".join(f"“{work.title}”" for work in self.works)
        return (
            f"{number} {'claim' if number == 1 else 'claims'} on practices of school networks and the outcomes reported"
            f" for them, with their evidence and its location in the source{', coded from ' * bool(titles)}{titles}."
            " A link is a reported relationship, not proof of cause; the text of the sources is not included."
        )

    @property
    def works(self) -> tuple[Work, ...]:
        """Return the sources of all enquiries."""
        return _distinct(work for credit in self.credits for work in credit.sources)

    @property
    def creators(self) -> tuple[Agent, ...]:
        """Return the creators of all enquiries."""
        return _distinct(agent for credit in self.credits for agent in credit.creators)

    @property
    def licences(self) -> tuple[Licence, ...]:
        """Return the licences of all enquiries, including that of those without one."""
        return _distinct(credit.licence for credit in self.credits)

    @property
    def uncredited(self) -> int:
        """Return the number of claims that belong to no enquiry."""
        credited = {claim for credit in self.credits for claim in credit.part.claims}
        return len(set(self.part.claims) - credited)


def read_date(given: str, epoch: str, stated: Iterable[str]) -> str:
    """Return the date of publication: the given one, or that of ``SOURCE_DATE_EPOCH``, or the latest in the data.

    :param epoch: seconds since 1970 in UTC, as reproducible-builds.org defines it; empty for none
    :returns: empty if there is none; the clock would make each run a different publication
    :raises ParameterError: if it cannot be read
    """
    try:
        if given:
            return date.fromisoformat(given).isoformat()
        if epoch:
            return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError) as error:
        expected = f"--date {given}: write it as YYYY-MM-DD" if given else f"SOURCE_DATE_EPOCH={epoch}: not in seconds"
        raise ParameterError(expected) from error
    return max(stated, default="")


def read_doi(text: str) -> str:
    """Return a DOI without ``https://doi.org/``.

    :raises ParameterError: if it is not a DOI
    """
    found = _DOI.fullmatch(text.strip())
    if not found:
        raise ParameterError(f"--doi {text}: write it as 10.5281/zenodo.1234567")
    return found[1]


def _distinct(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))
