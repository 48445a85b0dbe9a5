"""Claims as nanopublications: complete, valid for the package nanopub, and each independent of the others."""

from __future__ import annotations

from importlib.metadata import version

import pyoxigraph as ox
import pytest
import rdflib
from nanopub.nanopub import Nanopub

from nlc_graph import Graph, find_impacts
from nlc_graph.graph.graph import graph_of
from nlc_graph.publish import Deposit, describe
from nlc_graph.publish.nanopubs import NAMESPACE, to_nanopublications
from nlc_graph.vocabulary import PREFIXES

from .conftest import R, T

KNOWN = {
    **PREFIXES,
    "r": R,
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
Nanopublications = dict[str, list[ox.Quad]]


def by_claim(trig: bytes) -> Nanopublications:
    """Map each claim to the quads of its nanopublication."""
    by_uri: Nanopublications = {}
    for quad in ox.parse(trig, format=ox.RdfFormat.TRIG):
        by_uri.setdefault(graph_name(quad).partition("#")[0], []).append(quad)
    found: Nanopublications = {}
    for quads in by_uri.values():
        claims = [quad.subject for quad in quads if quad.object == ox.NamedNode(f"{PREFIXES['nlc']}Claim")]
        found[next(claim.value for claim in claims if not str(claim).startswith(f"<{NAMESPACE}"))] = quads  # type: ignore[union-attr]
    return found


def graph_name(quad: ox.Quad) -> str:
    assert isinstance(quad.graph_name, ox.NamedNode)
    return quad.graph_name.value


def checked(quads: list[ox.Quad]) -> Nanopub:
    """Return a nanopublication as the package nanopub reads it; 2.1 and later need a Dataset."""
    graph = rdflib.ConjunctiveGraph() if version("nanopub") < "2.1" else rdflib.Dataset()
    graph.parse(data=ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"", format="nquads")
    return Nanopub(rdf=graph)


@pytest.fixture(scope="session")
def nanopublications(files: dict[str, bytes]) -> Nanopublications:
    return by_claim(files["nanopublications.trig"])


def test_assertion_provenance_and_publication_information(nanopublications: Nanopublications) -> None:
    quads = nanopublications[f"{R}came"]
    (uri,) = {graph_name(quad).partition("#")[0] for quad in quads}
    prefixes = "".join(f"PREFIX {name}: <{namespace}> " for name, namespace in KNOWN.items())
    blocks = []
    for line in CAME.strip().splitlines():
        name, _, statements = line.partition(": ")
        words = []
        for word in statements.split(" "):
            local = word.removesuffix(",")
            words.append(f"<{uri}{local[4:]}>{word[len(local) :]}" if word.startswith("this") else word)
        blocks.append(f"GRAPH <{uri}#{name}> {{ {' '.join(words)} }}")
    assert set(quads) == set(ox.parse((prefixes + " ".join(blocks)).encode(), format=ox.RdfFormat.TRIG))


def test_the_package_nanopub_accepts_each(nanopublications: Nanopublications, deposit: Deposit) -> None:
    assert set(nanopublications) == set(deposit.part.claims)
    for claim, quads in nanopublications.items():
        nanopub = checked(quads)
        assert nanopub.is_valid and nanopub.has_valid_trusty, claim
        assert str(nanopub.source_uri).startswith(f"{NAMESPACE}RA") and nanopub.signed_with_public_key is None


def test_the_package_nanopub_detects_a_change(nanopublications: Nanopublications) -> None:
    direction, worse = (ox.NamedNode(PREFIXES[p] + n) for p, n in (("nlc", "direction"), ("direction", "worsened")))
    changed = [
        ox.Quad(quad.subject, quad.predicate, worse if quad.predicate == direction else quad.object, quad.graph_name)
        for quad in nanopublications[f"{R}came"]
    ]
    with pytest.raises(ValueError, match="Trusty artefact"):
        checked(changed).has_valid_trusty  # noqa: B018


def test_each_alone_gives_the_links_of_its_claim(nanopublications: Nanopublications, both: Graph) -> None:
    for claim, quads in nanopublications.items():
        kept = [quad.triple for quad in quads if graph_name(quad).endswith(("#assertion", "#provenance"))]
        assert {(link.practice, link.outcome) for link in find_impacts(graph_of(kept, both.prefixes)).links} == {
            (link.practice, link.outcome) for link in find_impacts(both).links if claim in link.claims
        }


def test_without_a_licence_the_rights_are_unstated(nanopublications: Nanopublications) -> None:
    pubinfo = [quad for quad in nanopublications[f"{T}birch-aim"] if graph_name(quad).endswith("#pubinfo")]
    stated = {quad.predicate.value.removeprefix(PREFIXES["dcterms"]): quad.object for quad in pubinfo}
    assert stated["rights"] == ox.Literal("no licence is stated") and not {"license", "creator"} & set(stated)


@pytest.mark.slow
def test_the_bundled_claims_are_accepted_too(bundled: Graph) -> None:
    found = by_claim(to_nanopublications(describe(bundled)))
    assert len(found) == len(bundled.select("SELECT ?c { ?c a nlc:Claim }"))
    for quads in [*found.values()][::20]:
        assert checked(quads).is_valid and checked(quads).has_valid_trusty
