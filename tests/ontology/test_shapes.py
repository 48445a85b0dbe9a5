"""Each constraint of the shapes finds the mistake that is planted for it, and finds nothing in a graph without one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pyshacl
import pytest
import rdflib
from rdflib import RDFS, SH, SKOS, URIRef

from nlc_graph.vocabulary import PREFIXES, from_curie, to_curie

ONTOLOGY = Path(__file__).parents[2] / "ontology"
SHAPES = rdflib.Graph().parse(ONTOLOGY / "shapes.ttl")

#: Parameters of constraints, as written in the shapes.
PARAMETERS = (
    "class datatype hasValue lessThanOrEquals maxCount maxInclusive maxLength minCount minInclusive minLength node or"
    " pattern uniqueLang"
).split()
EIGHT_WORDS = '"one two three four five six seven eight"'
EIGHTY_ONE_CHARACTERS = f'"{"x" * 81}"'


class Mistake(NamedTuple):
    """A mistake planted in the tiny graph of conftest.py: in which thing and by which term, and what is to find it."""

    thing: str
    term: str
    parameter: str
    update: str


def missing(thing: str, term: str) -> Mistake:
    return Mistake(thing, term, "minCount", f"DELETE WHERE {{ {thing} {term} ?value }}")


def second(thing: str, term: str, value: str, parameter: str = "maxCount") -> Mistake:
    return Mistake(thing, term, parameter, f"INSERT DATA {{ {thing} {term} {value} }}")


def wrong(thing: str, term: str, parameter: str, value: str = "area:north") -> Mistake:
    """Replace what a thing has by something of the wrong kind; most properties are not for areas."""
    update = f"DELETE WHERE {{ {thing} {term} ?value }} ; INSERT DATA {{ {thing} {term} {value} }}"
    return Mistake(thing, term, parameter, update)


def phrase(thing: str, term: str) -> list[Mistake]:
    """Return the mistakes that can be made with the few words that locate something in a source."""
    return [
        missing(thing, term),
        second(thing, term, '"other words"'),
        wrong(thing, term, "datatype", '"in English"@en'),
        wrong(thing, term, "pattern", EIGHT_WORDS),
        wrong(thing, term, "pattern", '"two  blanks"'),
        wrong(thing, term, "pattern", '""'),
        wrong(thing, term, "pattern", r'"a line\nbreak"'),
        wrong(thing, term, "maxLength", EIGHTY_ONE_CHARACTERS),
    ]


MISTAKES = [
    # Sources
    missing("nlc2005:enquiry", "rdfs:label"),
    missing("nlc2005:report", "dcterms:title"),
    missing("section:part", "rdfs:label"),
    missing("section:part", "nlc:source"),
    second("section:part", "nlc:source", "nlc2005:earlier-report"),
    wrong("section:part", "nlc:source", "class"),
    missing("section:part", "nlc:position"),
    second("section:part", "nlc:position", "3"),
    wrong("section:part", "nlc:position", "datatype", '"2"'),
    wrong("section:part", "nlc:position", "minInclusive", "0"),
    *phrase("section:part", "nlc:heading"),
    second("section:chapter", "nlc:sectionFeature", "feature:attainment"),
    wrong("section:chapter", "nlc:sectionFeature", "class"),
    second("section:part", "nlc:partOfSection", "section:part"),
    wrong("section:part", "nlc:partOfSection", "class"),
    missing("nlc2005:passage", "nlc:source"),
    second("nlc2005:passage", "nlc:source", "nlc2005:earlier-report"),
    wrong("nlc2005:passage", "nlc:source", "class"),
    missing("nlc2005:passage", "nlc:section"),
    second("nlc2005:passage", "nlc:section", "section:chapter"),
    wrong("nlc2005:passage", "nlc:section", "class"),
    *phrase("nlc2005:passage", "nlc:opens"),
    *phrase("nlc2005:passage", "nlc:closes"),
    # Whatever rests on a passage
    missing("nlc2005:rise", "nlc:statedIn"),
    missing("nlc2005:start", "nlc:statedIn"),
    missing("nlc2005:testimony", "nlc:statedIn"),
    missing("nlc2005:fact", "nlc:statedIn"),
    wrong("nlc2005:rise", "nlc:statedIn", "class", "section:part"),
    second("nlc2005:rise", "nlc:reviewStatus", "review:settled"),
    wrong("nlc2005:rise", "nlc:reviewStatus", "node", "kind:statistic"),
    second("nlc2005:school", "nlc:paraphrase", '"Another in the same language."@en', "uniqueLang"),
    wrong("nlc2005:school", "nlc:paraphrase", "maxLength", f'"{"x" * 501}"@en'),
    wrong("nlc2005:school", "nlc:paraphrase", "minLength", '""@en'),
    # Claims
    missing("nlc2005:rise", "nlc:outcome"),
    second("nlc2005:rise", "nlc:outcome", "outcome:behaviour"),
    wrong("nlc2005:rise", "nlc:outcome", "class", "practice:nurture-room"),
    missing("nlc2005:rise", "nlc:direction"),
    second("nlc2005:rise", "nlc:direction", "direction:mixed"),
    wrong("nlc2005:rise", "nlc:direction", "node", "better:higher"),
    missing("nlc2005:rise", "nlc:linkType"),
    second("nlc2005:rise", "nlc:linkType", "link:co-reported"),
    wrong("nlc2005:rise", "nlc:linkType", "node", "direction:improved"),
    second("nlc2005:rise", "nlc:reportedUnder", "feature:attainment"),
    wrong("nlc2005:rise", "nlc:reportedUnder", "class", "outcome:attendance"),
    missing("nlc2005:rise", "nlc:about"),
    wrong("nlc2005:rise", "nlc:about", "class"),
    missing("nlc2005:rise", "nlc:assertedBy"),
    wrong("nlc2005:rise", "nlc:assertedBy", "node", "nlc2005:some-schools"),
    missing("nlc2005:rise", "nlc:paraphrase"),
    missing("nlc2005:rise", "nlc:supportedBy"),
    wrong("nlc2005:rise", "nlc:supportedBy", "class", "nlc2005:passage"),
    wrong("nlc2005:rise", "nlc:qualifiedBy", "class", "nlc2005:passage"),
    wrong("nlc2005:rise", "nlc:challengedBy", "class", "nlc2005:passage"),
    wrong("nlc2005:rise", "nlc:strategy", "class", "practice:learning-mentors"),
    wrong("nlc2005:rise", "nlc:throughOutcome", "class", "practice:learning-mentors"),
    wrong("nlc2005:rise", "nlc:affects", "node", "nlc2005:pupil"),
    # Evidence and context
    missing("nlc2005:statement", "nlc:evidenceKind"),
    second("nlc2005:statement", "nlc:evidenceKind", "kind:observation"),
    wrong("nlc2005:statement", "nlc:evidenceKind", "node", "topic:method"),
    wrong("nlc2005:statement", "nlc:providedBy", "node"),
    second("nlc2005:judgement", "nlc:drawnFrom", "nlc2005:report"),
    wrong("nlc2005:judgement", "nlc:drawnFrom", "class"),
    missing("nlc2005:statement", "nlc:paraphrase")._replace(parameter="or"),
    missing("nlc2005:testimony", "nlc:paraphrase")._replace(parameter="or"),
    missing("nlc2005:figure", "nlc:paraphrase")._replace(parameter="or"),
    missing("nlc2005:testimony", "nlc:spokenBy"),
    second("nlc2005:testimony", "nlc:spokenBy", "nlc2005:other-pupil"),
    wrong("nlc2005:testimony", "nlc:spokenBy", "class", "nlc2005:authors"),
    wrong("nlc2005:testimony", "nlc:relayedBy", "class", "nlc2005:authors"),
    wrong("nlc2005:testimony", "nlc:evidenceKind", "hasValue", "kind:observation"),
    missing("nlc2005:fact", "nlc:topic"),
    wrong("nlc2005:fact", "nlc:topic", "node", "kind:statistic"),
    missing("nlc2005:fact", "nlc:paraphrase"),
    Mistake("nlc2005:fact", "nlc:concerns", "minCount", "DELETE WHERE { nlc2005:fact nlc:about ?a ; nlc:concerns ?b }"),
    wrong("nlc2005:fact", "nlc:about", "class", "programme:fund"),
    # What a source does not report
    missing("nlc2005:gap", "rdfs:label"),
    missing("nlc2005:gap", "nlc:absentFrom"),
    wrong("nlc2005:gap", "nlc:absentFrom", "class"),
    wrong("nlc2005:gap", "nlc:nearestPassage", "class", "section:part"),
    missing("nlc2005:gap", "nlc:paraphrase"),
    second("nlc2005:gap", "nlc:reviewStatus", "review:settled"),
    wrong("nlc2005:gap", "nlc:reviewStatus", "node", "kind:statistic"),
    # Statistics
    missing("nlc2005:start", "nlc:about"),
    second("nlc2005:start", "nlc:about", "nlc2005:network"),
    wrong("nlc2005:start", "nlc:about", "class"),
    missing("nlc2005:start", "nlc:measures"),
    second("nlc2005:start", "nlc:measures", "indicator:lateness"),
    wrong("nlc2005:start", "nlc:measures", "class", "outcome:attendance"),
    missing("nlc2005:start", "nlc:measurementUnit"),
    second("nlc2005:start", "nlc:measurementUnit", "unit:count"),
    wrong("nlc2005:start", "nlc:measurementUnit", "node", "nlc2005:school"),
    second("nlc2005:start", "nlc:value", "90"),
    wrong("nlc2005:start", "nlc:value", "node", "8.9e1"),
    wrong("nlc2005:start", "nlc:value", "node", '"89"'),
    second("nlc2005:end", "nlc:precision", "precision:at-most"),
    wrong("nlc2005:end", "nlc:precision", "node", "unit:percent"),
    second("nlc2005:start", "nlc:tableCell", '"cell=2,3"'),
    wrong("nlc2005:start", "nlc:tableCell", "datatype", '"cell=2,3"@en'),
    wrong("nlc2005:start", "nlc:tableCell", "pattern", '"B2"'),
    wrong("nlc2005:start", "nlc:comparedWith", "class", "nlc2005:other-schools"),
    wrong("nlc2005:end", "nlc:belowComparator", "class", "nlc2005:other-schools"),
    wrong("nlc2005:change", "nlc:aboveComparator", "class", "nlc2005:other-schools"),
    missing("nlc2005:start", "nlc:atPeriod"),
    second("nlc2005:start", "nlc:atPeriod", "period:2004-05"),
    wrong("nlc2005:start", "nlc:atPeriod", "class", "2000"),
    missing("nlc2005:start", "nlc:value")._replace(parameter="or"),
    missing("nlc2005:change", "nlc:fromPeriod"),
    second("nlc2005:change", "nlc:fromPeriod", "period:2004-05"),
    wrong("nlc2005:change", "nlc:fromPeriod", "class", "2000"),
    missing("nlc2005:change", "nlc:toPeriod"),
    second("nlc2005:change", "nlc:toPeriod", "period:2000"),
    wrong("nlc2005:change", "nlc:toPeriod", "class", "2005"),
    second("nlc2005:change", "nlc:startLevel", "nlc2005:end"),
    wrong("nlc2005:change", "nlc:startLevel", "class", "89"),
    second("nlc2005:change", "nlc:endLevel", "nlc2005:start"),
    wrong("nlc2005:change", "nlc:endLevel", "class", "92"),
    missing("nlc2005:change-in-words", "nlc:precision")._replace(term="nlc:value", parameter="or"),
    # Periods
    missing("period:2000", "rdfs:label"),
    second("period:2000", "nlc:startYear", "1999"),
    wrong("period:2000", "nlc:startYear", "datatype", '"2000"'),
    wrong("period:2000", "nlc:startYear", "lessThanOrEquals", "2001"),
    second("period:2000", "nlc:endYear", "2001"),
    wrong("period:2000", "nlc:endYear", "datatype", '"2000"'),
    # Units
    missing("nlc2005:network", "rdfs:label"),
    missing("nlc2005:school", "rdfs:label"),
    missing("nlc2005:some-schools", "rdfs:label"),
    wrong("nlc2005:network", "nlc:inArea", "class", '"the north"'),
    wrong("nlc2005:network", "nlc:focusesOn", "class", "practice:nurture-room"),
    second("nlc2005:network", "nlc:formedYear", "2002"),
    wrong("nlc2005:network", "nlc:formedYear", "datatype", '"2001"'),
    missing("nlc2005:school", "nlc:identification"),
    second("nlc2005:school", "nlc:identification", "identification:unnamed"),
    wrong("nlc2005:school", "nlc:identification", "node", "quantifier:all"),
    second("nlc2005:named-school", "nlc:urn", '"654321"'),
    wrong("nlc2005:named-school", "nlc:urn", "datatype", "123456"),
    wrong("nlc2005:named-school", "nlc:urn", "pattern", '"12345"'),
    *(
        second("nlc2005:school", term, value, "or")._replace(term="URN, name or link")
        for term, value in {
            "nlc:urn": '"123456"',
            "<http://xmlns.com/foaf/0.1/name>": '"Hilltop School"',
            "owl:sameAs": "nlc2005:named-school",
            "skos:exactMatch": "nlc2005:named-school",
            "rdfs:seeAlso": "<https://example.org/hilltop>",
        }.items()
    ),
    missing("nlc2005:some-schools", "nlc:memberKind"),
    wrong("nlc2005:some-schools", "nlc:memberKind", "node"),
    missing("nlc2005:some-schools", "nlc:quantifier"),
    second("nlc2005:some-schools", "nlc:quantifier", "quantifier:some"),
    wrong("nlc2005:some-schools", "nlc:quantifier", "node"),
    second("nlc2005:some-schools", "nlc:memberCount", "4"),
    wrong("nlc2005:some-schools", "nlc:memberCount", "datatype", "3.5"),
    wrong("nlc2005:some-schools", "nlc:memberCount", "minInclusive", "0"),
    wrong("nlc2005:some-schools", "nlc:within", "class"),
    wrong("nlc2005:other-schools", "nlc:excluding", "class"),
    # Speakers
    missing("nlc2005:pupil", "rdfs:label"),
    missing("nlc2005:pupil", "nlc:speakerRole"),
    wrong("nlc2005:pupil", "nlc:speakerRole", "node", '"pupil"'),
    wrong("nlc2005:pupil", "nlc:speaksFrom", "class"),
    second("nlc2005:pupil", "nlc:yearGroup", "11"),
    wrong("nlc2005:pupil", "nlc:yearGroup", "datatype", '"Year 10"'),
    wrong("nlc2005:pupil", "nlc:yearGroup", "minInclusive", "-1"),
    wrong("nlc2005:pupil", "nlc:yearGroup", "maxInclusive", "15"),
    second("nlc2005:pupil", "<http://xmlns.com/foaf/0.1/name>", '"A Name"')._replace(term="foaf:name"),
    second("nlc2005:pupil", "owl:sameAs", "person:someone"),
    # Strategies
    missing("nlc2005:mentors", "rdfs:label"),
    missing("nlc2005:mentors", "nlc:practice"),
    wrong("nlc2005:mentors", "nlc:practice", "class", "outcome:attendance"),
    missing("nlc2005:mentors", "nlc:usedBy"),
    wrong("nlc2005:mentors", "nlc:usedBy", "class"),
    missing("nlc2005:mentors", "nlc:statedIn"),
    wrong("nlc2005:mentors", "nlc:partOfStrategy", "class", "practice:pupil-support"),
    wrong("nlc2005:support", "nlc:drawsOn", "class", "programme:fund"),
    Mistake("area:north", "nlc:partner", "class", "INSERT DATA { nlc2005:network nlc:partner area:north }"),
    Mistake(
        "area:north", "nlc:underProgramme", "class", "INSERT DATA { nlc2005:mentors nlc:underProgramme area:north }"
    ),
    missing("area:north", "rdfs:label"),
    missing("framework:model", "rdfs:label"),
    missing("programme:fund", "rdfs:label"),
    # Vocabularies
    missing("practice:nurture-room", "skos:inScheme"),
    wrong("practice:nurture-room", "skos:inScheme", "class"),
    missing("practice:nurture-room", "skos:prefLabel"),
    second("practice:nurture-room", "skos:prefLabel", '"another"@en', "uniqueLang"),
    missing("kind:statistic", "skos:definition"),
    wrong("practice:nurture-room", "skos:broader", "class"),
    wrong("outcome:attendance", "nlc:underFeature", "class"),
    second("indicator:lateness", "nlc:indicates", "outcome:behaviour"),
    wrong("indicator:lateness", "nlc:indicates", "class", "practice:nurture-room"),
    second("indicator:lateness", "nlc:betterWhen", "better:higher"),
    wrong("indicator:lateness", "nlc:betterWhen", "node", "direction:improved"),
]


class Result(NamedTuple):
    """What the shapes found: in which thing, by which parameter of a constraint, and what they say."""

    thing: str
    parameter: str
    message: str


def name(mistake: Mistake) -> str:
    return f"{mistake.thing} {mistake.term} {mistake.parameter}"


def copy(graph: rdflib.Graph) -> rdflib.Graph:
    changed = rdflib.Graph()
    changed += graph
    return changed


def validate(graph: rdflib.Graph) -> set[Result]:
    """Return what the shapes find; a result that is a detail of another is left out."""
    _, report, _ = pyshacl.validate(graph, shacl_graph=SHAPES)
    assert isinstance(report, rdflib.Graph)
    return {
        Result(
            to_curie(str(report.value(result, SH.focusNode))),
            parameter_of(str(report.value(result, SH.sourceConstraintComponent))),
            str(report.value(result, SH.resultMessage)),
        )
        for result in report.objects(None, SH.result)
    }


def parameter_of(component: str) -> str:
    word = component.removeprefix(str(SH)).removesuffix("ConstraintComponent")
    return word[0].lower() + word[1:]


def is_meant(result: Result, mistake: Mistake) -> bool:
    return result[:2] == (mistake.thing, mistake.parameter) and mistake.term in result.message


def plant(mistake: Mistake, graph: rdflib.Graph, header: str) -> set[Result]:
    changed = copy(graph)
    changed.update(header + mistake.update)
    return {result for result in validate(changed) if is_meant(result, mistake)}


@pytest.fixture(scope="module")
def found(valid_graph: rdflib.Graph, valid_turtle: str, header: str) -> dict[Mistake, set[Result]]:
    """Return what is found of each mistake, planted alone.

    Concepts that no mistake is about are left out, because most of the time would go into validating them. (pySHACL can
    be told to look at one thing only, but then lets pass whatever sh:node asks of other things.)
    """
    text = valid_turtle + "".join(mistake.update for mistake in MISTAKES)
    mentioned = {URIRef(from_curie(curie) or "") for curie in re.findall(r"[a-z0-9]+:[a-z0-9-]+", text)}
    others = set(valid_graph.subjects(SKOS.inScheme)) - mentioned
    small = rdflib.Graph()
    for triple in valid_graph:
        if triple[0] not in others:
            small.add(triple)
    return {mistake: plant(mistake, small, header) for mistake in MISTAKES}


def test_valid_graph_conforms(valid_graph: rdflib.Graph) -> None:
    assert validate(valid_graph) == set()


@pytest.mark.parametrize("mistake", MISTAKES, ids=name)
def test_planted_mistake_is_found(mistake: Mistake, found: dict[Mistake, set[Result]]) -> None:
    assert len(found[mistake]) == 1


def test_each_constraint_has_a_planted_mistake(found: dict[Mistake, set[Result]]) -> None:
    stated = {
        (str(message), parameter)
        for shape, message in SHAPES.subject_objects(SH.message)
        for parameter in PARAMETERS
        if (shape, SH[parameter], None) in SHAPES
    }

    assert {(result.message, result.parameter) for results in found.values() for result in results} == stated


def test_only_known_parameters_are_used() -> None:
    """A parameter that PARAMETERS lacks would be left out of the test above."""
    other = set(
        "message path property targetClass targetSubjectsOf targetObjectsOf alternativePath inversePath"
        " zeroOrMorePath".split()
    )
    used = {str(term).removeprefix(str(SH)) for term in SHAPES.predicates() if str(term).startswith(str(SH))}

    assert used - other == set(PARAMETERS)


def test_each_constraint_of_a_targeted_shape_has_a_message() -> None:
    targeted = {
        shape
        for target in (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
        for shape in SHAPES.subjects(target)
    }
    properties = {part for shape in targeted for part in SHAPES.objects(shape, SH.property)}

    assert {part for part in properties if (part, SH.message, None) not in SHAPES} == set()


@pytest.mark.parametrize("update", [
    "DELETE WHERE { nlc2005:change nlc:startLevel ?a ; nlc:endLevel ?b }",  # a stated change
    "DELETE WHERE { nlc2005:change nlc:value ?a ; nlc:aboveComparator ?b }",  # a change between two levels
    "DELETE WHERE { nlc2005:change-elsewhere nlc:value ?a }",  # the comparator, said to be below
    "DELETE WHERE { nlc2005:end nlc:value ?a }",  # a level said to be below its comparator
    "DELETE WHERE { nlc2005:passage nlc:opens ?a } ; INSERT DATA { nlc2005:passage nlc:opens 'a b c d e f g' }",
    "DELETE WHERE { nlc2005:rise nlc:reportedUnder ?a }",  # a claim in a section under no key feature
    "INSERT DATA { nlc2005:school nlc:paraphrase 'Une école.'@fr }",  # one paraphrase a language
])  # fmt: skip
def test_what_is_right_conforms(update: str, valid_graph: rdflib.Graph, header: str) -> None:
    changed = copy(valid_graph)
    changed.update(header + update)

    assert validate(changed) == set()


def test_classes_and_properties_named_in_shapes_are_declared(valid_graph: rdflib.Graph) -> None:
    """A shape for a misspelt class or property would find nothing, ever."""
    used = {str(term) for triple in SHAPES for term in triple if str(term).startswith(PREFIXES["nlc"])}
    declared = {str(term) for term in valid_graph.subjects(RDFS.label) if str(term).startswith(PREFIXES["nlc"])}

    assert used <= declared
