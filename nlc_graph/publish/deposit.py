"""What a publication is made of and says of itself: the same in its description, its crate, its notices."""

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

#: The list of checksums, which also tells a folder that this program wrote from any other.
CHECKSUMS = "nlc-graph-publish.sha256"
DESCRIPTION = "description.ttl"
CRATE = "ro-crate-metadata.json"
LICENCE_OF_DATA = "LICENSE-DATA.txt"

#: File of a publication to its media type and to what it is, in the order in which people want them.
FILES: dict[str, tuple[str, str]] = {
    "README.md": ("text/markdown", "what each file is, how to cite it and what may be done with it"),
    "explorer.html": ("text/html", "evidence map, network and table on one page: opens in a web browser, offline"),
    "evidence.csv": ("text/csv", "the evidence sheet: a row for each piece of evidence for a claim, in words"),
    "evidence.xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "the same sheet as a workbook, with a page that explains its columns",
    ),
    "graph.ttl": ("text/turtle", "the graph in Turtle: claims, evidence, voices, passages, sources, terms used"),
    "graph.trig": ("application/trig", "the same triples in TriG, with a named graph for each source"),
    "graph.jsonld": ("application/ld+json", "the same triples in JSON-LD, with the context in it"),
    "context.jsonld": ("application/ld+json", "the JSON-LD context by itself: which name stands for which term"),
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
class Piece:
    """A file of a publication.

    :param content: None where a description must name a file that is written after it
    :param triples: how many it holds, in two graphs counting twice; None where it holds none
    """

    name: str
    content: bytes | None = None
    triples: int | None = None

    @property
    def media_type(self) -> str:
        """Return what kind of file it is."""
        return FILES[self.name][0]

    @property
    def what(self) -> str:
        """Return what it is, in words."""
        return FILES[self.name][1]

    @cached_property
    def sha256(self) -> str:
        """Return the checksum of its content, in hexadecimal digits."""
        return hashlib.sha256(self.content or b"").hexdigest()


@dataclass(frozen=True)
class Deposit:
    """What a publication says of itself.

    :param date: of publication, ``YYYY-MM-DD``
    :param version: of the program that wrote it
    :param doi: without the address before it; empty for none
    """

    part: Subgraph
    credits: tuple[Credit, ...]
    date: str
    version: str
    given_title: str = ""
    doi: str = ""

    @property
    def title(self) -> str:
        """Return its title: that which was given, or else one that names its enquiries."""
        named = "; ".join(credit.label for credit in self.credits)
        return self.given_title or (f"Evidence graph: {named}" if named else "Evidence graph of school networks")

    @property
    def summary(self) -> str:
        """Return in two sentences what it holds."""
        number = len(self.part.claims)
        titles = " and ".join(f"“{work.title}”" for work in self.works)
        return (
            f"{number} {'claim' if number == 1 else 'claims'} on practices of school networks and what is reported to"
            f" have come of them, with their evidence and the place where the source says so"
            f"{', coded from ' * bool(titles)}{titles}."
            " A link is a reported relationship, not proof of cause; the text of the sources is not part of it."
        )

    @property
    def works(self) -> tuple[Work, ...]:
        """Return the sources of all enquiries."""
        return _distinct(work for credit in self.credits for work in credit.sources)

    @property
    def creators(self) -> tuple[Agent, ...]:
        """Return who coded it."""
        return _distinct(agent for credit in self.credits for agent in credit.creators)

    @property
    def licences(self) -> tuple[Licence, ...]:
        """Return the licences of the data."""
        return _distinct(credit.licence for credit in self.credits if credit.licence)

    @property
    def licence(self) -> Licence | None:
        """Return the licence that all enquiries have; None where they differ, or one has none."""
        found = {credit.licence for credit in self.credits}
        return self.licences[0] if len(found) == 1 and self.licences and self.licences[0].iri else None

    @property
    def unnamed(self) -> int:
        """Return how many claims are of no enquiry, and so without credit."""
        named = {claim for credit in self.credits for claim in credit.part.claims}
        return len(set(self.part.claims) - named)


def read_date(given: str, epoch: str, told: Iterable[str]) -> str:
    """Return the date of publication: as given, or else of ``SOURCE_DATE_EPOCH``, or else the latest that data tell.

    :param epoch: seconds since 1970 in UTC, as reproducible-builds.org defines it; empty for none
    :returns: empty where there is none: a clock would make each run another publication
    :raises ParameterError: if it cannot be read
    """
    if given:
        try:
            if re.fullmatch(r"\d{4}-\d\d-\d\d", given):
                return date.fromisoformat(given).isoformat()
        except ValueError:
            pass
        raise ParameterError(f"no date {given!r}; write it as YYYY-MM-DD")
    if epoch:
        try:
            return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
        except (ValueError, OverflowError, OSError) as error:
            raise ParameterError(f"SOURCE_DATE_EPOCH={epoch}: it should be a number of seconds since 1970") from error
    return max((each for each in told if each), default="")


def read_doi(text: str) -> str:
    """Return a DOI without the address before it.

    :raises ParameterError: if it is none
    """
    found = _DOI.fullmatch(text.strip())
    if not found:
        raise ParameterError(f"no DOI {text!r}; write it as 10.5281/zenodo.1234567")
    return found[1]


def _distinct(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))
