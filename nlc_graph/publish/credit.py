"""Who coded an enquiry's evidence, under what licence and when: as its data say, or as whoever publishes it says.

The data say it of a thing whose ``prov:hadPrimarySource`` is a source of the enquiry, by ``dcterms:creator``,
``dcterms:license``, ``dcterms:created`` and ``dcterms:modified``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..cli.text import clean
from ..errors import ParameterError
from ..evidence.enquiries import find_enquiries
from ..evidence.subgraph import Subgraph, recorded_by
from ..graph.graph import Graph
from ..table import Ref

#: One row an enquiry and statement on the coding of its evidence.
CODING = """SELECT DISTINCT ?enquiry ?property ?value {
  VALUES ?property { dcterms:creator dcterms:license dcterms:created dcterms:modified }
  ?coding prov:hadPrimarySource/prov:wasGeneratedBy ?enquiry ; ?property ?value
} ORDER BY ?enquiry ?property ?value"""
#: One row a source of an enquiry and statement on it.
SOURCES = """SELECT DISTINCT ?enquiry ?source ?property ?value {
  VALUES ?property { rdfs:label dcterms:title dcterms:creator dcterms:publisher }
  ?source prov:wasGeneratedBy ?enquiry . ?enquiry a nlc:Enquiry . ?source ?property ?value
} ORDER BY ?enquiry ?source ?property ?value"""
#: Licences that can be named by their SPDX identifier: their names and addresses.
LICENCES = {
    "CC-BY-4.0": (
        "Creative Commons Attribution 4.0 International",
        "https://creativecommons.org/licenses/by/4.0/",
    ),
    "CC-BY-SA-4.0": (
        "Creative Commons Attribution Share Alike 4.0 International",
        "https://creativecommons.org/licenses/by-sa/4.0/",
    ),
    "CC-BY-NC-4.0": (
        "Creative Commons Attribution Non Commercial 4.0 International",
        "https://creativecommons.org/licenses/by-nc/4.0/",
    ),
    "CC0-1.0": ("Creative Commons Zero v1.0 Universal", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "ODbL-1.0": ("Open Data Commons Open Database License v1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
    "ODC-By-1.0": ("Open Data Commons Attribution License v1.0", "https://opendatacommons.org/licenses/by/1-0/"),
    "OGL-UK-3.0": (
        "Open Government Licence v3.0",
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    ),
}
_ORCID = re.compile(r"^(?P<name>.*?)[\s,(<]*(?:https?://orcid\.org/)?(?P<id>\d{4}-\d{4}-\d{4}-\d{3}[\dX])[)>]?$")
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


@dataclass(frozen=True)
class Agent:
    """A person, whose name is written «Family, Given» or who has an ORCID iD, or else a group or organisation."""

    name: str
    iri: str = ""

    @property
    def is_person(self) -> bool:
        """Tell whether it is a person."""
        return bool(self.iri) or "," in self.name

    @property
    def spoken(self) -> str:
        """Return the name as it is spoken: given name first."""
        family, comma, given = self.name.partition(", ")
        return f"{given} {family}" if comma else self.name


@dataclass(frozen=True)
class Licence:
    """A licence.

    :param iri: its address; empty where the data only say it in words
    :param spdx: its identifier; empty where it has none that is known here, and then the name is its address
    """

    iri: str
    name: str
    spdx: str = ""


@dataclass(frozen=True)
class Work:
    """A source as a bibliography names it."""

    iri: Ref
    title: str
    authors: tuple[str, ...]
    publishers: tuple[str, ...]

    @property
    def reference(self) -> str:
        """Return authors, title and publishers, as far as the data name them."""
        parts = (", ".join(self.authors), f"“{self.title}”", ", ".join(self.publishers))
        return f"{'. '.join(part for part in parts if part)}."


@dataclass(frozen=True)
class Credit:
    """What an enquiry gives to a publication.

    :param sources: what it was coded from; cited works are not among them
    :param creators: who coded it; empty where nobody says
    :param licence: None where nobody says
    :param date: of the last change that its data tell of, ``YYYY-MM-DD``; empty where they tell of none
    :param part: what it records and rests on; terms that enquiries share are in the part of each
    """

    enquiry: Ref
    label: str
    sources: tuple[Work, ...]
    creators: tuple[Agent, ...]
    licence: Licence | None
    date: str
    part: Subgraph


def read_credits(
    graph: Graph, enquiries: Iterable[str] = (), *, creators: Sequence[str] = (), licence: str = ""
) -> list[Credit]:
    """Return what each enquiry gives.

    :param enquiries: those that matter; all of the graph when empty
    :param creators: names for those whose data name nobody
    :param licence: SPDX identifier or address for those whose data name none
    :raises ParameterError: if a name or licence cannot be read, or every enquiry has one already
    """
    wanted = sorted(enquiries) or find_enquiries(graph)
    said: dict[tuple[str, str], list[str]] = {}
    for enquiry, property_, value in graph.select(CODING).rows:
        name = str(property_).rsplit("/", 1)[-1]
        text = _name(graph, value) if name == "creator" else str(value)
        said.setdefault((str(enquiry), name), []).append(text)
    works = _works(graph)
    given = tuple(read_agent(name) for name in creators)
    other = read_licence(licence) if licence else None
    if given and all((each, "creator") in said for each in wanted):
        raise ParameterError("--creator: the data say who coded them; leave it out, or change the data")
    if licence and all((each, "license") in said for each in wanted):
        raise ParameterError("--licence: the data say what licence they have; leave it out, or change the data")
    found = []
    for enquiry in wanted:
        licences = [_licence(text) for text in said.get((enquiry, "license"), [])]
        dates = [*said.get((enquiry, "created"), []), *said.get((enquiry, "modified"), [])]
        found.append(
            Credit(
                Ref(enquiry),
                graph.names.label(enquiry),
                tuple(works.get(enquiry, [])),
                tuple(map(read_agent, said.get((enquiry, "creator"), []))) or given,
                licences[0] if licences else other,
                max((date[:10] for date in dates), default=""),
                recorded_by(graph, [enquiry]),
            )
        )
    return found


def unsaid(credits: Iterable[Credit]) -> list[str]:
    """Return, a line an enquiry, what a publication should say and nobody does, with the options that say it."""
    lines = []
    for credit in credits:
        said = (("who coded it", "--creator", credit.creators), ("under what licence", "--licence", credit.licence))
        missing = [(what, option) for what, option, value in said if not value]
        if missing:
            whats, options = zip(*missing, strict=True)
            name = clean(credit.label)
            lines.append(f"{name}: nobody says {' or '.join(whats)}; say it by {' and '.join(options)}")
    return lines


def read_agent(text: str) -> Agent:
    """Return whom a name, with or without an ORCID iD after it, stands for.

    >>> read_agent("Doe, Jane 0000-0002-1825-0097")
    Agent(name='Doe, Jane', iri='https://orcid.org/0000-0002-1825-0097')

    :raises ParameterError: if there is no name, or the check digit (ISO 7064, MOD 11-2) of the iD is wrong
    """
    text = " ".join(text.split())
    found = _ORCID.match(text)
    name = found["name"] if found else text
    if not name:
        raise ParameterError(f"--creator {text!r}: give a name, and after it an ORCID iD if there is one")
    if not found:
        return Agent(name)
    total = 0
    for digit in found["id"].replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    if found["id"][-1] != ("X" if check == 10 else str(check)):
        raise ParameterError(f"{found['id']} is no ORCID iD: its last digit does not fit the others")
    return Agent(name, f"https://orcid.org/{found['id']}")


def read_licence(text: str) -> Licence:
    """Return the licence that an SPDX identifier or an address stands for.

    :raises ParameterError: if it is neither
    """
    licence = _licence(text)
    if not licence.iri:
        raise ParameterError(f"no licence {text!r}; give its address (https://…) or one of {', '.join(LICENCES)}")
    return licence


def _licence(text: str) -> Licence:
    for spdx, (name, iri) in LICENCES.items():
        if text.lower() == spdx.lower() or _plain(text) == _plain(iri):
            return Licence(iri, name, spdx)
    return Licence(text if _IRI.fullmatch(text) else "", text)


def _works(graph: Graph) -> dict[str, list[Work]]:
    said: dict[tuple[str, str], dict[str, list[str]]] = {}
    for enquiry, source, property_, value in graph.select(SOURCES).rows:
        name = str(property_).replace("#", "/").rsplit("/", 1)[-1]
        said.setdefault((str(enquiry), str(source)), {}).setdefault(name, []).append(_name(graph, value))
    found: dict[str, list[Work]] = {}
    for (enquiry, source), values in said.items():
        title = (values.get("title") or values.get("label") or [source])[0]
        work = Work(Ref(source), title, tuple(values.get("creator", ())), tuple(values.get("publisher", ())))
        found.setdefault(enquiry, []).append(work)
    return found


def _name(graph: Graph, value: object) -> str:
    """Return a literal, or an ORCID iD with the name of whose it is, or the label of a thing, or else an address."""
    text = str(value)
    if not isinstance(value, Ref):
        return text
    label = graph.names.label(value) if graph.names.is_there(text) else text
    return f"{label} {text}" if _ORCID.match(text) and label != text else label


def _plain(iri: str) -> str:
    return re.sub(r"^https?://(www\.)?|/?(deed(\.\w+)?|legalcode(\.\w+)?)?$", "", iri.lower())
