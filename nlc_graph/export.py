"""Write a part of the graph to a file, whole or not at all; the suffix decides the format."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import pyoxigraph as ox

from . import resources
from .errors import UnknownFormatError, UnwritableFileError
from .evidence import Evidence, read_claims
from .graph import Graph
from .links import NETWORKS
from .subgraph import with_evidence
from .table import Iri, Table, Value, as_table, to_csv

#: Column of the evidence table to how it is filled; one row a claim and piece of evidence.
COLUMNS = (
    "claim_id claim about network strategy jointly outcome key_feature link direction asserted_by bearing kind evidence"
    " voice section passage_opens passage_closes source note"
).split()


def to_turtle(graph: Graph, claims: Sequence[str]) -> bytes:
    """Return claims and all they rest on as Turtle."""
    return ox.serialize(with_evidence(graph, claims), format=ox.RdfFormat.TURTLE, prefixes=dict(graph.prefixes)) or b""


def to_ntriples(graph: Graph, claims: Sequence[str]) -> bytes:
    """Return claims and all they rest on as N-Triples, sorted."""
    return ox.serialize(with_evidence(graph, claims), format=ox.RdfFormat.N_TRIPLES) or b""


def to_jsonld(graph: Graph, claims: Sequence[str]) -> bytes:
    """Return claims and all they rest on as JSON-LD, compacted with ``ontology/context.jsonld``, which it carries."""
    import rdflib

    context = json.loads(resources.read_text(resources.context_file()))["@context"]
    rdf = rdflib.Graph().parse(data=to_ntriples(graph, claims), format="nt")
    compact = json.loads(rdf.serialize(format="json-ld", context=context, auto_compact=False))
    compact["@graph"] = sorted(compact.get("@graph", []), key=lambda node: str(node.get("id", "")))
    return (json.dumps(compact, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def to_evidence_csv(graph: Graph, claims: Sequence[str]) -> bytes:
    """Return the evidence table as CSV with a byte order mark, so that spreadsheet programs read it as UTF-8."""
    table = evidence_table(graph, claims)
    safe = as_table(table.columns, [[_no_formula(value) for value in row] for row in table.rows])
    return to_csv(safe).encode("utf-8-sig")


#: Suffix to writer.
WRITERS: Mapping[str, Callable[[Graph, Sequence[str]], bytes]] = {
    ".ttl": to_turtle,
    ".nt": to_ntriples,
    ".jsonld": to_jsonld,
    ".csv": to_evidence_csv,
}


def evidence_table(graph: Graph, claims: Sequence[str]) -> Table:
    """Return one row a claim and piece of evidence, in words; see :data:`COLUMNS`."""
    label = graph.things.label
    networks = _networks(graph)
    rows: list[list[Value]] = []
    for claim in read_claims(graph, claims):

        def words(name: str, values: Mapping[str, tuple[Value, ...]] = claim.relations) -> str:
            return "; ".join(label(str(value)) for value in values.get(name, ()))

        strategies = claim.relations.get("strategy", ())
        for item in claim.evidence:
            place = (*item.passages, *claim.passages)[0]
            rows.append(
                [
                    graph.things.curie(claim.iri),
                    claim.one("paraphrase"),
                    words("about"),
                    "; ".join(label(network) for network in networks.get(claim.iri, ())),
                    words("strategy"),
                    "yes" if len(strategies) > 1 else "no",
                    *(words(name) for name in ("outcome", "reportedUnder", "linkType", "direction", "assertedBy")),
                    *_in_words(graph, item),
                    label(place.section),
                    place.opens,
                    place.closes,
                    label(place.source),
                    "; ".join(str(note) for note in (*claim.relations.get("curatorNote", ()), item.note) if note),
                ]
            )
    return as_table(COLUMNS, rows)


def write_file(path: str | os.PathLike[str], content: bytes | Iterable[bytes], *, force: bool = False) -> None:
    """Write a file whole or not at all.

    :param content: the file, or its pieces in order
    :raises UnwritableFileError: if it exists and ``force`` is not set, or the place cannot be written
    """
    target = Path(path)
    if target.exists() and not force:
        raise UnwritableFileError(target, "it exists; use --force to replace it, or give another name")
    try:
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
            temporary = Path(file.name)
            try:
                file.writelines([content] if isinstance(content, bytes) else content)
                file.close()
                temporary.chmod(0o666 & ~_umask())
                os.replace(temporary, target)
            except BaseException:
                temporary.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise UnwritableFileError(target, error.strerror or str(error)) from error


def writer_for(path: str | os.PathLike[str]) -> Callable[[Graph, Sequence[str]], bytes]:
    """Return the writer for the suffix of a file name.

    :raises UnknownFormatError: if the suffix stands for no format
    """
    suffix = Path(path).suffix.lower()
    if suffix not in WRITERS:
        raise UnknownFormatError(suffix or Path(path).name, WRITERS)
    return WRITERS[suffix]


def _networks(graph: Graph) -> dict[str, list[Iri]]:
    found: dict[str, list[Iri]] = {}
    for claim, network in graph.select(NETWORKS).rows:
        found.setdefault(str(claim), []).append(Iri(str(network)))
    return {claim: sorted(networks) for claim, networks in found.items()}


def _in_words(graph: Graph, item: Evidence) -> list[Value]:
    bearing = {"supportedBy": "supports", "qualifiedBy": "qualifies", "challengedBy": "challenges"}
    voice = graph.things.label(item.voice) if item.voice else ""
    return [bearing[item.bearing.rsplit("#", 1)[-1]], graph.things.label(item.kind), item.summary, voice]


def _no_formula(value: Value) -> Value:
    # Spreadsheet programs run cells that start like this; an apostrophe makes them text.
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
