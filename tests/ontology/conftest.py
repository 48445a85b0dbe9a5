"""A tiny graph with one thing of each kind and nothing wrong in it, and the real ontology around it."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, Store

from nlc_graph.vocabulary import PREFIXES

ONTOLOGY = Path(__file__).parents[2] / "ontology"
ONTOLOGY_FILES = [ONTOLOGY / "nlc.ttl", *sorted((ONTOLOGY / "vocabularies").glob("*.ttl"))]
HEADER = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())

VALID = """
nlc2005:enquiry a nlc:Enquiry ; rdfs:label "An enquiry" .
nlc2005:report a nlc:Source ; dcterms:title "A report"@en .
nlc2005:earlier-report a nlc:Source ; dcterms:title "An earlier report"@en .
nlc2005:authors a prov:Agent ; rdfs:label "the authors" .
organisation:trust a org:Organization ; rdfs:label "a trust" .
programme:fund a nlc:Programme ; rdfs:label "a fund" .
framework:model a nlc:Framework ; rdfs:label "a model" .
area:north a nlc:Area ; rdfs:label "the north" .
period:2000 a nlc:Period ; rdfs:label "2000" ; nlc:startYear 2000 ; nlc:endYear 2000 .
period:2004-05 a nlc:Period ; rdfs:label "school year 2004/05" ; nlc:startYear 2004 ; nlc:endYear 2005 .

# The feature of the part is that of the whole.
section:chapter a nlc:Section ; rdfs:label "Chapter" ; nlc:source nlc2005:report ; nlc:position 1 ;
    nlc:heading "Chapter two" ; nlc:sectionFeature feature:achievement .
section:part a nlc:Section ; rdfs:label "Part" ; nlc:source nlc2005:report ; nlc:position 2 ;
    nlc:heading "Part" ; nlc:partOfSection section:chapter .
nlc2005:passage a nlc:Passage ; nlc:source nlc2005:report ; nlc:section section:part ;
    nlc:opens "Attendance rose" ; nlc:closes "it rose by three points in all" .

nlc2005:network a nlc:Network ; rdfs:label "Network" ; nlc:formedYear 2001 ; nlc:inArea area:north ;
    nlc:focusesOn outcome:attendance ; nlc:partner organisation:trust ; nlc:underProgramme programme:fund .
nlc2005:school a nlc:School ; rdfs:label "School A" ; nlc:identification identification:pseudonym ;
    org:memberOf nlc2005:network ; nlc:paraphrase "A school."@en ; nlc:statedIn nlc2005:passage .
nlc2005:named-school a nlc:School ; rdfs:label "Hilltop School" ; nlc:identification identification:named ;
    nlc:urn "123456" ; rdfs:seeAlso <https://example.org/hilltop> .
nlc2005:some-schools a nlc:Group ; rdfs:label "some schools" ; nlc:within nlc2005:network ;
    nlc:memberKind role:school ; nlc:quantifier quantifier:number ; nlc:memberCount 3 .
nlc2005:other-schools a nlc:Group ; rdfs:label "other schools" ; nlc:excluding nlc2005:network ;
    nlc:memberKind role:school ; nlc:quantifier quantifier:all .
nlc2005:pupil a nlc:Speaker ; rdfs:label "a pupil" ; nlc:speakerRole role:pupil ; nlc:yearGroup 10 ;
    nlc:speaksFrom nlc2005:school .

nlc2005:support a nlc:Strategy ; rdfs:label "Support (Network)" ; nlc:practice practice:pupil-support ;
    nlc:usedBy nlc2005:network ; nlc:drawsOn framework:model ; nlc:statedIn nlc2005:passage .
nlc2005:mentors a nlc:Strategy ; rdfs:label "Mentors (some schools)" ; nlc:practice practice:learning-mentors ;
    nlc:usedBy nlc2005:some-schools ; nlc:partOfStrategy nlc2005:support ; nlc:statedIn nlc2005:passage .

nlc2005:rise a nlc:Claim ; nlc:about nlc2005:school ; nlc:outcome outcome:attendance ;
    nlc:throughOutcome outcome:emotional-support ; nlc:direction direction:improved ;
    nlc:reportedUnder feature:achievement ; nlc:strategy nlc2005:mentors ; nlc:linkType link:attributed ;
    nlc:assertedBy nlc2005:pupil ; nlc:affects role:pupil ; nlc:reviewStatus review:coded-once ;
    nlc:paraphrase "Mentors got pupils to come to school."@en ; nlc:statedIn nlc2005:passage ;
    nlc:supportedBy nlc2005:testimony, nlc2005:change ; nlc:qualifiedBy nlc2005:figure .
nlc2005:aim a nlc:Claim ; nlc:about nlc2005:network ; nlc:outcome outcome:attendance ; nlc:direction direction:open ;
    nlc:reportedUnder feature:achievement ; nlc:strategy nlc2005:mentors ; nlc:linkType link:intended ;
    nlc:assertedBy nlc2005:authors ; nlc:paraphrase "Mentors are there for attendance."@en ;
    nlc:statedIn nlc2005:passage ; nlc:supportedBy nlc2005:statement ; nlc:challengedBy nlc2005:judgement .
nlc2005:state a nlc:Claim ; nlc:about nlc2005:other-schools ; nlc:outcome outcome:behaviour ;
    nlc:direction direction:state ; nlc:reportedUnder feature:achievement ; nlc:linkType link:none ;
    nlc:assertedBy organisation:trust ; nlc:paraphrase "Behaviour is good elsewhere."@en ;
    nlc:statedIn nlc2005:passage ; nlc:supportedBy nlc2005:judgement .

nlc2005:testimony a nlc:Testimony ; nlc:evidenceKind kind:quoted-testimony ; nlc:spokenBy nlc2005:pupil ;
    nlc:paraphrase "It helps."@en ; nlc:statedIn nlc2005:passage .
nlc2005:statement a nlc:EvidenceItem ; nlc:evidenceKind kind:author-statement ; nlc:providedBy nlc2005:authors ;
    nlc:paraphrase "So say the authors."@en ; nlc:statedIn nlc2005:passage .
nlc2005:judgement a nlc:EvidenceItem ; nlc:evidenceKind kind:inspection-report ; nlc:providedBy organisation:trust ;
    nlc:drawnFrom nlc2005:earlier-report ; nlc:paraphrase "So say inspectors."@en ; nlc:statedIn nlc2005:passage .
nlc2005:figure a nlc:Figure ; rdfs:label "Figure 1" ; nlc:evidenceKind kind:statistic ;
    nlc:paraphrase "A chart."@en ; nlc:statedIn nlc2005:passage .
nlc2005:fact a nlc:ContextFact ; nlc:topic topic:funding ; nlc:about nlc2005:network ; nlc:concerns programme:fund ;
    nlc:paraphrase "The fund paid."@en ; nlc:statedIn nlc2005:passage .

nlc2005:gap a nlc:NotReported ; rdfs:label "Cost of the fund" ; nlc:topic topic:funding ; nlc:concerns programme:fund ;
    nlc:reviewStatus review:checked ; nlc:paraphrase "What the fund cost."@en ; nlc:saidInstead "That it paid."@en ;
    nlc:absentFrom nlc2005:report ; nlc:nearestPassage nlc2005:passage .

nlc2005:start a nlc:Level ; nlc:evidenceKind kind:statistic ; nlc:about nlc2005:school ;
    nlc:measures indicator:attendance-rate ; nlc:atPeriod period:2000 ; nlc:value 89 ;
    nlc:measurementUnit unit:percent ; nlc:tableCell "cell=2,2" ; nlc:statedIn nlc2005:passage .
nlc2005:end a nlc:Level ; nlc:evidenceKind kind:statistic ; nlc:about nlc2005:school ;
    nlc:measures indicator:attendance-rate ; nlc:atPeriod period:2004-05 ; nlc:value 92.0 ;
    nlc:measurementUnit unit:percent ; nlc:precision precision:as-stated ; nlc:belowComparator nlc2005:end-elsewhere ;
    nlc:statedIn nlc2005:passage .
nlc2005:end-elsewhere a nlc:Level ; nlc:evidenceKind kind:statistic ; nlc:about nlc2005:other-schools ;
    nlc:measures indicator:attendance-rate ; nlc:atPeriod period:2004-05 ; nlc:measurementUnit unit:percent ;
    nlc:statedIn nlc2005:passage .
nlc2005:change a nlc:Change ; nlc:evidenceKind kind:statistic ; nlc:about nlc2005:school ;
    nlc:measures indicator:attendance-rate ; nlc:fromPeriod period:2000 ; nlc:toPeriod period:2004-05 ;
    nlc:startLevel nlc2005:start ; nlc:endLevel nlc2005:end ; nlc:value 3.0 ;
    nlc:measurementUnit unit:percentage-points ; nlc:aboveComparator nlc2005:change-elsewhere ;
    nlc:statedIn nlc2005:passage .
nlc2005:change-elsewhere a nlc:Change ; nlc:evidenceKind kind:statistic ; nlc:about nlc2005:other-schools ;
    nlc:measures indicator:attendance-rate ; nlc:fromPeriod period:2000 ; nlc:toPeriod period:2004-05 ;
    nlc:value 1.2 ; nlc:measurementUnit unit:percentage-points ; nlc:statedIn nlc2005:passage .
nlc2005:change-in-words a nlc:Change ; nlc:evidenceKind kind:statistic ; nlc:about nlc2005:school ;
    nlc:measures indicator:lateness ; nlc:fromPeriod period:2000 ; nlc:toPeriod period:2004-05 ;
    nlc:measurementUnit unit:not-stated ; nlc:precision precision:in-words ; nlc:statedIn nlc2005:passage .
"""


@pytest.fixture(scope="session")
def header() -> str:
    """Return the prefix declarations that Turtle, queries and updates in these tests begin with."""
    return HEADER


@pytest.fixture(scope="session")
def valid_turtle() -> str:
    """Return the tiny graph on its own."""
    return HEADER + VALID


@pytest.fixture
def store(valid_turtle: str) -> Store:
    """Return a fresh store with the ontology, its vocabularies and the tiny graph."""
    store = Store()
    for path in ONTOLOGY_FILES:
        store.load(path=str(path), format=RdfFormat.TURTLE)
    store.load(valid_turtle, format=RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="session")
def valid_graph(valid_turtle: str) -> rdflib.Graph:
    """Return the same as an rdflib graph, not to be changed."""
    graph = rdflib.Graph()
    for path in ONTOLOGY_FILES:
        graph.parse(path)
    return graph.parse(data=valid_turtle, format="turtle")
