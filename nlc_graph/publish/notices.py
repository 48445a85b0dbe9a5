"""What a publication says to people: README, licence of the data, citation."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from .. import resources
from ..vocabulary import BASE
from .credit import LICENCES, Agent, Credit, Work
from .deposit import CHECKSUMS, FILES, Deposit
from .nanopubs import NAMESPACE, stated_rights

NOBODY = "compilers who are not named"
NO_AUTHOR = "authors who are not named"
#: The enquiry whose licence travels with the program.
BUNDLED = f"{BASE}nlc2005/enquiry"


def to_readme(deposit: Deposit) -> bytes:
    """Return what each file is and what may be done with it, as Markdown."""
    enquiries = [_enquiry(credit) for credit in deposit.credits]
    if deposit.unnamed:
        enquiries.append(f"- {deposit.unnamed} claims whose source names no enquiry: nobody says who coded them.")
    beside = " Nothing of them is merged: each has identifiers of its own." if len(enquiries) > 1 else ""
    lines = [
        f"# {_markdown(deposit.title)}",
        _markdown(deposit.summary),
        f"Published {deposit.date}, written by nlc-graph {deposit.version}."
        + (f" DOI: <https://doi.org/{deposit.doi}>." if deposit.doi else ""),
        "## What it comes from",
        "\n".join(enquiries),
        f"The data paraphrase the sources and point into them by section and by the first and last few words of a"
        f" passage. The sources themselves are not here.{beside}",
        "## Files",
        "Whoever only wants to look opens `explorer.html`; a spreadsheet program reads `evidence.csv` and"
        " `evidence.xlsx`.",
        "\n".join(["| File | What it is |", "| --- | --- |", *(f"| `{name}` | {FILES[name][1]} |" for name in FILES)]),
        "## How to read it",
        "A *claim* is what a source says of one kind of outcome for a network, a school or a group. It ties the outcome"
        " to strategies as far as the source does: *attributed* (somebody says that the practice brought it about or"
        " helped to), *co-reported* (the two are told together), *intended* (an aim), or to none. A link is a reported"
        " relationship, not proof of cause, and what is missing was not recorded.",
        "## Nanopublications",
        f"`nanopublications.trig` holds {len(deposit.part.claims)} nanopublications. Their names begin with"
        f" `{NAMESPACE}` and end in a digest of their content (a trusty URI), so a changed one can be told from the"
        " original. They are **not signed** and on no server, so these addresses lead nowhere: whoever publishes them"
        " on the nanopublication network signs them, and gives them new names.",
        "## Use and citation",
        "See `LICENSE-DATA.txt` (data), `LICENSE-CODE.txt` (scripts in the page; vis-network in it has its own notice)"
        f" and `CITATION.cff`. To check that the files are whole: `sha256sum -c {CHECKSUMS}`.",
    ]
    return ("\n\n".join(lines) + "\n").encode()


def to_licence(deposit: Deposit) -> bytes:
    """Return the licence of the data of each enquiry, and of the ontology, as text."""
    lines = ["Licence of the data", f"{_line(deposit.title)}, {deposit.date}."]
    for credit in deposit.credits:
        licence = credit.licence
        if licence and licence.iri:
            terms = f"are licensed under {_line(licence.name)}" + (f" ({licence.spdx})" if licence.spdx else "")
            terms += f":\n{licence.iri}" if licence.name != licence.iri else ""
        elif licence:
            terms = f"have this licence: {_line(licence.name)}"
        else:
            terms = "come without a licence: ask whoever coded them before you use them further"
        lines.append(f"The claims and the coded evidence of “{_line(credit.label)}”\n{terms}")
        lines.append(f"Please credit: {_people(credit.creators)}, “{_line(deposit.title)}”.")
        for work in credit.sources:
            lines.append(
                f"It paraphrases, and points into, {_line(work.reference)}\nIts rights stay with their holders."
            )
    if deposit.unnamed:
        lines.append(f"{deposit.unnamed} claims are of no named enquiry and come without a licence.")
    lines.append("Opening and closing words of passages are quoted only to locate them.")
    name, iri = LICENCES["CC-BY-4.0"]
    lines.append(f"The ontology and its vocabularies, by the nlc-graph contributors, are licensed under {name}:\n{iri}")
    if any(credit.enquiry == BUNDLED for credit in deposit.credits):
        notice = resources.read_text(resources.licence_of_data())
        lines.append("The notice with which the evidence of 2005 and the ontology come:")
        lines.append("\n".join(f"  {line}".rstrip() for line in notice.splitlines()))
    return ("\n\n".join(lines) + "\n").encode()


def to_citation(deposit: Deposit) -> bytes:
    """Return the citation as CFF 1.2.0, written as YAML whose texts are JSON strings."""
    authors = [_cff_agent(agent) for agent in deposit.creators] or [{"name": NOBODY}]
    lines = [
        "cff-version: 1.2.0",
        _entry("message", "If you use these data, please cite them, and the sources that they code."),
        "type: dataset",
        _entry("title", deposit.title),
        _entry("abstract", deposit.summary),
        *_listed("authors", authors),
        _entry("date-released", deposit.date),
    ]
    if deposit.doi:
        lines.append(_entry("doi", deposit.doi))
    spdx = sorted({licence.spdx for licence in deposit.licences if licence.spdx})
    if deposit.licence and not deposit.licence.spdx:
        lines.append(_entry("license-url", deposit.licence.iri))
    elif spdx and all(credit.licence and credit.licence.spdx for credit in deposit.credits):
        lines.append(f"license: [{', '.join(spdx)}]" if len(spdx) > 1 else f"license: {spdx[0]}")
    if deposit.works:
        lines += _listed("references", [_cff_work(work) for work in deposit.works])
    return ("\n".join(lines) + "\n").encode()


def _enquiry(credit: Credit) -> str:
    works = _markdown("; ".join(work.reference for work in credit.sources) or "no source is named")
    return (
        f"- **{_markdown(credit.label)}**: {len(credit.part.claims)} claims, {len(credit.part.triples)} triples with"
        f" all they rest on. Coded by {_markdown(_people(credit.creators))};"
        f" licence: {_markdown(stated_rights(credit))}. Source: {works}"
    )


def _people(creators: Sequence[Agent]) -> str:
    return _line(", ".join(agent.spoken for agent in creators)) or NOBODY


def _cff_agent(agent: Agent) -> dict[str, str]:
    if not agent.is_person:
        return {"name": agent.name}
    family, comma, given = agent.name.partition(", ")
    first, _, last = agent.name.rpartition(" ")
    named = {"given-names": given, "family-names": family} if comma else {"given-names": first, "family-names": last}
    return {**{key: name for key, name in named.items() if name}, **({"orcid": agent.iri} if agent.iri else {})}


def _cff_work(work: Work) -> dict[str, object]:
    authors = [{"name": name} for name in work.authors or (NO_AUTHOR,)]  # which part is the family's is not said
    publisher = {"publisher": {"name": work.publishers[0]}} if work.publishers else {}
    return {"type": "report", "title": work.title, "authors": authors, **publisher}


def _entry(key: str, value: object) -> str:
    return f"{key}: {_yaml(value)}"


def _listed(key: str, entries: Sequence[object]) -> list[str]:
    return [f"{key}:", *(f"  - {_yaml(entry)}" for entry in entries)]


def _yaml(value: object) -> str:
    # YAML takes JSON, but no characters that cannot be printed.
    return "".join(c if c.isprintable() else " " for c in json.dumps(value, ensure_ascii=False))


def _line(text: str) -> str:
    """Return a text of the data as one line."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _markdown(text: str) -> str:
    """Return a text of the data as one line in which Markdown sees no mark, link or element."""
    return re.sub(r"([\\`*_\[\]<>|&~])", r"\\\1", _line(text))
