"""Who coded the evidence of an enquiry, under what licence and when, from the data or from whoever publishes it.

The data state it of a resource whose ``prov:hadPrimarySource`` is a source of the enquiry, by ``dcterms:creator``,
``dcterms:license``, ``dcterms:created`` and ``dcterms:modified``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from ..errors import ParameterError
from ..evidence.enquiries import find_enquiries
from ..evidence.subgraph import Subgraph, recorded_by
from ..graph.graph import Graph
from ..table import Ref, Value
from ..vocabulary import local_name

#: One row for each enquiry and statement on the coding of its evidence.
CODING = """SELECT DISTINCT ?enquiry ?property ?value {
  VALUES ?property { dcterms:creator dcterms:license dcterms:created dcterms:modified }
  ?coding prov:hadPrimarySource/prov:wasGeneratedBy ?enquiry ; ?property ?value
} ORDER BY ?enquiry ?property ?value"""
#: One row for each source of an enquiry and statement on it.
SOURCES = """SELECT DISTINCT ?enquiry ?source ?property ?value {
  VALUES ?property { rdfs:label dcterms:title dcterms:creator dcterms:publisher }
  ?source prov:wasGeneratedBy ?enquiry . ?enquiry a nlc:Enquiry . ?source ?property ?value
} ORDER BY ?enquiry ?source ?property ?value"""
#: SPDX identifier to address.
LICENCES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC-BY-NC-4.0": "https://creativecommons.org/licenses/by-nc/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
    "ODC-By-1.0": "https://opendatacommons.org/licenses/by/1-0/",
    "OGL-UK-3.0": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}
_ORCID = re.compile(r"^(?P<name>.*?)[\s,(<]*(?:https?://orcid\.org/)?(?P<id>\d{4}-\d{4}-\d{4}-\d{3}[\dX])[)>]?$")
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


@dataclass(frozen=True)
class Agent:
    """A creator: a person if the name is «Family, Given» or there is an ORCID iD, else an organisation."""

    name: str
    iri: str = ""

    @property
    def is_person(self) -> bool:
        """Whether it is a person."""
        return bool(self.iri) or "," in self.name

    @property
    def node(self) -> str:
        """Return its identifier in descriptions: the ORCID iD, or else a fragment with the name."""
        return self.iri or f"#{quote(self.name)}"

    @property
    def display_name(self) -> str:
        """Return the name with the given name first."""
        family, comma, given = self.name.partition(", ")
        return f"{given} {family}" if comma else self.name


@dataclass(frozen=True)
class Licence:
    """A licence, which may be unstated.

    :param name: SPDX identifier, address, or whatever the data have; empty if none is stated
    :param iri: its address; empty if not known
    """

    name: str = ""
    iri: str = ""

    @property
    def spdx(self) -> str:
        """Return its SPDX identifier; empty if it has none that we know."""
        return self.name if self.name in LICENCES else ""

    @property
    def rights(self) -> str:
        """Return its name, or that none is stated."""
        return self.name or "no licence is stated"


@dataclass(frozen=True)
class Work:
    """The bibliographic record of a source."""

    iri: Ref
    title: str
    authors: tuple[str, ...]
    publishers: tuple[str, ...]

    @property
    def reference(self) -> str:
        """Return authors, title and publishers, as far as they are known."""
        parts = (", ".join(self.authors), f"“{self.title}”", ", ".join(self.publishers))
        return f"{'. '.join(part for part in parts if part)}."


@dataclass(frozen=True)
class Credit:
    """Who is to be credited for an enquiry, and for what.

    :param sources: what it was coded from, without the works that these cite
    :param creators: who coded it; empty if not stated
    :param date: of the last change, ``YYYY-MM-DD``; empty if not stated
    :param part: what it records and rests on; terms that enquiries share are in the part of each
    """

    enquiry: Ref
    label: str
    sources: tuple[Work, ...]
    creators: tuple[Agent, ...]
    licence: Licence
    date: str
    part: Subgraph


def read_credits(
    graph: Graph, enquiries: Iterable[str] = (), *, creators: Sequence[str] = (), licence: str = ""
) -> list[Credit]:
    """Return the credit of each enquiry.

    :param enquiries: IRIs; all enquiries of the graph when empty
    :param creators: names for enquiries whose data name no creator
    :param licence: SPDX identifier or address for enquiries whose data state no licence
    :raises ParameterError: if a name or licence cannot be read, or every enquiry has one already
    """
    wanted = sorted(enquiries) or find_enquiries(graph)
    coding: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for enquiry, property_, value in graph.select(CODING).rows:
        name = local_name(str(property_))
        coding[str(enquiry)][name].append(_name(graph, value) if name == "creator" else str(value))
    given = tuple(read_agent(name) for name in creators)
    if given and all(coding[each]["creator"] for each in wanted):
        raise ParameterError("--creator: the data already name who coded them; leave it out, or change the data")
    given_licence = read_licence(licence) if licence else Licence()
    if licence and all(coding[each]["license"] for each in wanted):
        raise ParameterError("--licence: the data already state a licence; leave it out, or change the data")
    works = _read_works(graph)
    found = []
    for enquiry in wanted:
        stated = coding[enquiry]
        found.append(
            Credit(
                enquiry=Ref(enquiry),
                label=graph.names.label(enquiry),
                sources=tuple(works.get(enquiry, ())),
                creators=tuple(map(read_agent, stated["creator"])) or given,
                licence=_licence(stated["license"][0]) if stated["license"] else given_licence,
                date=max((date[:10] for date in stated["created"] + stated["modified"]), default=""),
                part=recorded_by(graph, [enquiry]),
            )
        )
    return found


def missing_credits(credits: Iterable[Credit]) -> list[str]:
    """Return one line for each enquiry without creators or licence, naming the options that supply them."""
    lines = []
    for credit in credits:
        missing = {"creator": credit.creators, "licence": credit.licence.name}
        names = [name for name, value in missing.items() if not value]
        if names:
            options = " and ".join(f"--{name}" for name in names)
            lines.append(f"{credit.label}: the data state no {' and no '.join(names)}; give {options}")
    return lines


def read_agent(text: str) -> Agent:
    """Parse a name, with or without an ORCID iD after it.

    >>> read_agent("Doe, Jane 0000-0002-1825-0097")
    Agent(name='Doe, Jane', iri='https://orcid.org/0000-0002-1825-0097')

    :raises ParameterError: if there is no name, or the check digit (ISO 7064, MOD 11-2) of the iD is wrong
    """
    text = " ".join(text.split())
    found = _ORCID.match(text)
    name, orcid = (found["name"], found["id"]) if found else (text, "")
    if not name:
        raise ParameterError(f"--creator {text!r}: give a name, and after it the ORCID iD if there is one")
    if orcid and orcid[-1] != _check_digit(orcid):
        raise ParameterError(f"--creator: {orcid} is not an ORCID iD; its check digit is wrong")
    return Agent(name, f"https://orcid.org/{orcid}" if orcid else "")


def read_licence(text: str) -> Licence:
    """Return the licence for an SPDX identifier or an address.

    :raises ParameterError: if it is neither
    """
    licence = _licence(text)
    if not licence.iri:
        raise ParameterError(f"unknown licence {text!r}; give its address (https://…) or one of {', '.join(LICENCES)}")
    return licence


def _licence(text: str) -> Licence:
    for spdx, iri in LICENCES.items():
        if text.lower() == spdx.lower() or _normalised(text) == _normalised(iri):
            return Licence(spdx, iri)
    return Licence(text, text if _IRI.fullmatch(text) else "")


def _normalised(iri: str) -> str:
    return re.sub(r"^https?://(www\.)?|/?(deed(\.\w+)?|legalcode(\.\w+)?)?$", "", iri.lower())


def _check_digit(orcid: str) -> str:
    total = 0
    for digit in orcid.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11]


def _read_works(graph: Graph) -> dict[str, list[Work]]:
    """Map each enquiry to its sources."""
    stated: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for enquiry, source, property_, value in graph.select(SOURCES).rows:
        stated[str(enquiry), str(source)][local_name(str(property_))].append(_name(graph, value))
    found: dict[str, list[Work]] = defaultdict(list)
    for (enquiry, source), values in stated.items():
        title = [*values["title"], *values["label"], source][0]
        found[enquiry].append(Work(Ref(source), title, tuple(values["creator"]), tuple(values["publisher"])))
    return found


def _name(graph: Graph, value: Value) -> str:
    """Return a literal as text, and for a resource its label; an ORCID iD is kept beside the label."""
    text = str(value)
    if not isinstance(value, Ref) or not graph.names.is_there(text):
        return text
    label = graph.names.label(value)
    return f"{label} {text}" if _ORCID.match(text) and label != text else label
