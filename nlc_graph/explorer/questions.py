"""What the page asks the graph: things, their uses and facts, the sources, and what these do not say."""

from __future__ import annotations

from ..evidence.legacy import PASSAGES
from ..evidence.subgraph import LED_TO

PREFIX = """
PREFIX nlc: <https://w3id.org/nlc-graph/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX dcterms: <http://purl.org/dc/terms/>
"""
#: One row a concept that can be a row, a column or a filter.
CONCEPTS = (
    PREFIX
    + """
SELECT ?thing ?sort ?meaning ?number ?wider ?feature WHERE {
  VALUES ?sort { nlc:Practice nlc:OutcomeType nlc:KeyFeature }
  ?thing a ?sort .
  OPTIONAL { ?thing skos:definition ?meaning }
  OPTIONAL { ?thing skos:notation ?number }
  OPTIONAL { ?thing skos:broader ?wider }
  OPTIONAL { ?thing skos:broader*/nlc:underFeature ?feature }
} ORDER BY ?thing ?wider ?feature
"""
)
#: One row a strategy, practice, and network whose own or whose schools' use it is.
STRATEGIES = (
    PREFIX
    + """
SELECT ?strategy ?practice ?text ?user ?network WHERE {
  ?strategy nlc:practice ?practice ; nlc:usedBy ?user .
  OPTIONAL { ?strategy nlc:paraphrase ?text }
  OPTIONAL { ?user (org:memberOf|nlc:within)* ?network . ?network a nlc:Network }
} ORDER BY ?strategy ?practice ?network ?user
"""
)
#: One row a network and fact.
NETWORK_FACTS = (
    PREFIX
    + """
SELECT ?network ?text ?about ?topic WHERE {
  ?network a nlc:Network .
  OPTIONAL { ?network nlc:paraphrase ?about }
  OPTIONAL {
    ?fact a nlc:ContextFact ; nlc:about/(org:memberOf|nlc:within)* ?network ; nlc:paraphrase ?text ; nlc:topic ?topic .
  }
} ORDER BY ?network ?topic ?text
"""
)
#: One row a source and enquiry.
SOURCES = (
    PREFIX
    + """
SELECT DISTINCT ?source ?title ?enquiry WHERE {
  ?passage nlc:source ?source .
  OPTIONAL { ?source dcterms:title ?title }
  OPTIONAL { ?source prov:wasGeneratedBy ?enquiry . ?enquiry a nlc:Enquiry }
} ORDER BY ?source ?enquiry
"""
)
#: The labels of all that claims lead to, of all sources, and of the designs of comparison, which are derived.
LABELS = (
    PREFIX
    + f"""
SELECT DISTINCT ?thing ?label WHERE {{
  {{ {LED_TO} }}
  UNION {{ ?thing skos:inScheme <https://w3id.org/nlc-graph/design> }}
  UNION {{ SELECT DISTINCT ?thing WHERE {{ ?passage nlc:source ?thing }} }}
  ?thing skos:prefLabel|rdfs:label ?label
}}
"""
)
ALL_LABELS = PREFIX + "SELECT DISTINCT ?thing ?label WHERE { ?thing skos:prefLabel|rdfs:label ?label }"
#: The places of the strategies that claims tie, and of all.
STRATEGY_PASSAGES = PASSAGES.replace(
    "VALUES ?item { ITEMS }", "{ SELECT DISTINCT ?item WHERE { VALUES ?claim { CLAIMS } ?claim nlc:strategy ?item } }"
)
ALL_STRATEGY_PASSAGES = PASSAGES.replace(
    "VALUES ?item { ITEMS }", "{ SELECT DISTINCT ?item WHERE { ?item nlc:practice ?practice } }"
)
#: One row a thing and gap that the readers of its source have recorded: what is missing, and what is said instead.
SILENCES = (
    PREFIX
    + """
SELECT DISTINCT ?thing ?missing ?instead WHERE {
  ?gap a nlc:NotReported ; nlc:concerns ?thing ; nlc:paraphrase ?missing .
  OPTIONAL { ?gap nlc:saidInstead ?instead }
} ORDER BY ?thing ?missing ?instead
"""
)
