"""Claims as nanopublications: whole, as the package nanopub wants them, and each able to stand alone."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from nanopub.nanopub import Nanopub

from nlc_graph import Graph, find_impacts, open_graph
from nlc_graph.publish import Deposit, describe
from nlc_graph.publish.nanopubs import NAMESPACE, to_nanopublications
from nlc_graph.vocabulary import PREFIXES, from_curie

KNOWN = {
    **PREFIXES,
    "r": "https://example.org/riverside/",
    "t": "https://example.org/tiny/",
    "np": "http://www.nanopub.org/nschema#",
    "npx": "http://purl.org/nanopub/x/",
    "foaf": "http://xmlns.com/foaf/0.1/",
}
CAME = """
Head:       this a np:Nanopublication ; np:hasAssertion this#assertion ; np:hasProvenance this#provenance ; np:hasPublicationInfo this#pubinfo
assertion:  r:came a nlc:Claim ; rdfs:label "Attendance rose at Riverside" ; nlc:paraphrase "Mentors helped attendance."@en
assertion:  r:came nlc:about r:network ; nlc:outcome outcome:attendance ; nlc:direction direction:improved ; nlc:reportedUnder r:learning
assertion:  r:came nlc:strategy r:mentors ; nlc:linkType link:attributed ; nlc:supportedBy r:statement
assertion:  r:network a nlc:Network ; rdfs:label "Riverside NLC"
assertion:  r:mentors a nlc:Strategy ; rdfs:label "Mentors (Riverside)" ; nlc:practice practice:learning-mentors ; nlc:usedBy r:network
assertion:  r:statement a nlc:EvidenceItem ; nlc:evidenceKind kind:author-statement ; nlc:providedBy r:authors ; nlc:paraphrase "The authors say so."@en
assertion:  r:themes a skos:ConceptScheme ; skos:prefLabel "Riverside themes"@en
assertion:  r:learning a nlc:KeyFeature ; skos:prefLabel "how pupils get on"@en ; skos:inScheme r:themes ; skos:topConceptOf r:themes
assertion:  r:learning skos:closeMatch feature:achievement ; skos:definition "What Riverside calls pupils' getting on."@en
provenance: r:came nlc:statedIn r:passage ; nlc:assertedBy r:authors
provenance: r:network nlc:statedIn r:passage
provenance: r:mentors nlc:statedIn r:passage
provenance: r:statement nlc:statedIn r:passage
provenance: r:authors a prov:Agent ; rdfs:label "authors of the Riverside report"
provenance: r:enquiry a nlc:Enquiry ; rdfs:label "Riverside enquiry"
provenance: r:report a nlc:Source ; rdfs:label "Riverside report" ; dcterms:title "Riverside report" ; prov:wasGeneratedBy r:enquiry
provenance: r:part a nlc:Section ; rdfs:label "Getting on" ; nlc:heading "Getting on" ; nlc:position 1 ; nlc:source r:report ; nlc:sectionFeature r:learning
provenance: r:passage a nlc:Passage ; nlc:source r:report ; nlc:section r:part ; nlc:opens "At Riverside" ; nlc:closes "this time"
provenance: this#assertion prov:wasDerivedFrom r:passage ; prov:hadPrimarySource r:report ; prov:wasAttributedTo r:authors ; prov:wasGeneratedBy this#coding
provenance: this#coding a prov:Activity ; rdfs:label "coding of the claim and its evidence from the source" ; prov:used r:report
provenance: this#coding prov:wasAssociatedWith <https://orcid.org/0000-0002-1825-0097>, this#coder-2
provenance: <https://orcid.org/0000-0002-1825-0097> a prov:Agent ; foaf:name "Jane Doe"
provenance: this#coder-2 a prov:Agent ; foaf:name "Riverside group"
pubinfo:    this dcterms:created "2026-03-04T00:00:00+00:00"^^xsd:dateTime ; rdfs:label "Attendance rose at Riverside" ; npx:hasNanopubType nlc:Claim
pubinfo:    this dcterms:license <https://creativecommons.org/licenses/by-sa/4.0/> ; dcterms:creator <https://orcid.org/0000-0002-1825-0097>, this#coder-2
pubinfo:    <https://orcid.org/0000-0002-1825-0097> foaf:name "Jane Doe"
pubinfo:    this#coder-2 foaf:name "Riverside group"
"""  # noqa: E501


def by_nanopublication(trig: bytes) -> dict[str, list[ox.Quad]]:
    """Return the URI of each nanopublication to its quads."""
    found: dict[str, list[ox.Quad]] = {}
    for quad in ox.parse(trig, format=ox.RdfFormat.TRIG):
        assert isinstance(quad.graph_name, ox.NamedNode)
        found.setdefault(quad.graph_name.value.partition("#")[0], []).append(quad)
    return found


def claim_of(quads: list[ox.Quad]) -> str:
    """Return the claim that a nanopublication asserts."""
    claim = ox.NamedNode(f"{PREFIXES['nlc']}Claim")
    (subject,) = {
        quad.subject for quad in quads if quad.object == claim and str(quad.graph_name).endswith("assertion>")
    }
    assert isinstance(subject, ox.NamedNode)
    return subject.value


def checked(quads: list[ox.Quad]) -> Nanopub:
    """Return a nanopublication as the package nanopub reads it; 2.1 and later want a Dataset."""
    graph = rdflib.ConjunctiveGraph() if version("nanopub") < "2.1" else rdflib.Dataset()
    graph.parse(data=ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"", format="nquads")
    return Nanopub(rdf=graph)


@pytest.fixture(scope="session")
def nanopublications(files: dict[str, bytes]) -> dict[str, list[ox.Quad]]:
    """Return claim to the quads of its nanopublication."""
    return {claim_of(quads): quads for quads in by_nanopublication(files["nanopublications.trig"]).values()}


def test_a_claim_is_asserted_traced_and_published(nanopublications: dict[str, list[ox.Quad]]) -> None:
    quads = nanopublications[f"{KNOWN['r']}came"]
    (uri,) = {str(getattr(quad.graph_name, "value", "")).partition("#")[0] for quad in quads}
    prefixes = "".join(f"PREFIX {name}: <{namespace}> " for name, namespace in KNOWN.items())
    blocks = []
    for line in CAME.strip().splitlines():
        name, _, statements = line.partition(": ")
        body = " ".join(
            f"<{uri}{w[4:].rstrip(',')}>{w[len(w.rstrip(',')) :]}" if w.startswith("this") else w
            for w in statements.split(" ")
        )
        blocks.append(f"GRAPH <{uri}#{name}> {{ {body} }}")
    assert set(quads) == set(ox.parse((prefixes + " ".join(blocks)).encode(), format=ox.RdfFormat.TRIG))


def test_every_claim_has_one(nanopublications: dict[str, list[ox.Quad]], deposit: Deposit) -> None:
    assert set(nanopublications) == set(deposit.part.claims)


def test_the_package_nanopub_accepts_each_and_its_trusty_uri(nanopublications: dict[str, list[ox.Quad]]) -> None:
    for claim, quads in nanopublications.items():
        nanopub = checked(quads)
        assert nanopub.is_valid and nanopub.has_valid_trusty, claim
        assert str(nanopub.source_uri).startswith(f"{NAMESPACE}RA") and nanopub.signed_with_public_key is None


def test_the_package_nanopub_tells_a_changed_one(nanopublications: dict[str, list[ox.Quad]]) -> None:
    quads = nanopublications[f"{KNOWN['r']}came"]
    worse = ox.NamedNode(f"{PREFIXES['direction']}worsened")
    direction = ox.NamedNode(f"{PREFIXES['nlc']}direction")
    changed = [
        ox.Quad(q.subject, q.predicate, worse if q.predicate == direction else q.object, q.graph_name) for q in quads
    ]
    with pytest.raises(ValueError, match="Trusty artefact"):
        checked(changed).has_valid_trusty  # noqa: B018


def test_each_stands_alone(nanopublications: dict[str, list[ox.Quad]], both: Graph, tmp_path: Path) -> None:
    """Assertion and provenance of one give the links that its claim gives in the whole graph."""
    for number, (claim, quads) in enumerate(nanopublications.items()):
        path = tmp_path / f"{number}.nt"
        kept = [q.triple for q in quads if str(q.graph_name).endswith(("assertion>", "provenance>"))]
        path.write_bytes(ox.serialize(kept, format=ox.RdfFormat.N_TRIPLES) or b"")
        alone = open_graph(path, bundled=False)
        assert {(link.practice, link.outcome) for link in find_impacts(alone).links} == {
            (link.practice, link.outcome) for link in find_impacts(both).links if claim in link.claims
        }


def test_blank_nodes_and_the_ontology_are_left_out(nanopublications: dict[str, list[ox.Quad]]) -> None:
    quads = [quad for each in nanopublications.values() for quad in each]
    assert not [q for q in quads if isinstance(q.subject, ox.BlankNode) or isinstance(q.object, ox.BlankNode)]
    assert not [q for q in quads if q.subject == ox.NamedNode(str(from_curie("practice:learning-mentors")))]


def test_without_a_licence_the_rights_are_said_to_be_unstated(nanopublications: dict[str, list[ox.Quad]]) -> None:
    pubinfo = [q for q in nanopublications[f"{KNOWN['t']}birch-aim"] if str(q.graph_name).endswith("pubinfo>")]
    said = {q.predicate.value: q.object for q in pubinfo}
    assert said[f"{PREFIXES['dcterms']}rights"] == ox.Literal("no licence is stated")
    assert not {f"{PREFIXES['dcterms']}license", f"{PREFIXES['dcterms']}creator"} & set(said)


def test_the_bundled_claims_are_accepted_too(bundled: Graph) -> None:
    found = by_nanopublication(to_nanopublications(describe(bundled)))
    assert len(found) == len(bundled.select("SELECT ?c { ?c a nlc:Claim }"))
    for quads in [*found.values()][::20]:  # reading each with rdflib takes 50 ms
        assert checked(quads).is_valid and checked(quads).has_valid_trusty
