"""Made-up evidence of odd shapes, drawn at random: joint claims, schools of two networks, claims of none, nesting."""

from __future__ import annotations

import random

OURS = "practice outcome feature indicator kind link direction role identification quantifier unit precision".split()
PREFIXES = "".join(f"@prefix {name}: <https://w3id.org/nlc-graph/{name}/> .\n" for name in OURS)
PREFIXES += """@prefix nlc: <https://w3id.org/nlc-graph/ontology#> .
@prefix m: <https://example.org/made/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
FEATURES = "attainment achievement professional-practice well-being system-impact".split()
COMPARED = ("comparedWith", "aboveComparator", "belowComparator")


def made(seed: int, *, networks: int = 4, practices: int = 8, outcomes: int = 7, claims: int = 24) -> str:
    """Return an enquiry in Turtle; the same for the same numbers."""
    draw = random.Random(seed)  # noqa: S311  made-up data, no secret
    some, pick, chance = draw.sample, draw.choice, draw.random
    lines = [
        'm:enquiry a nlc:Enquiry ; rdfs:label "Made enquiry"',
        'm:report a nlc:Source ; dcterms:title "Made" ; rdfs:label "Made report" ; prov:wasGeneratedBy m:enquiry',
        'm:authors a prov:Agent ; rdfs:label "authors"',
        'm:s a nlc:Section ; rdfs:label "All" ; nlc:source m:report ; nlc:position 1 ; nlc:heading "All"',
        'm:p a nlc:Passage ; nlc:source m:report ; nlc:section m:s ; nlc:opens "One two" ; nlc:closes "five six"',
    ]

    def add(name: str, kind: str, **properties: object) -> str:
        said = [
            f"{prop.replace('_', ':')} {', '.join(v) if isinstance(v, list) else v}"
            for prop, v in properties.items()
            if v
        ]
        lines.append(" ; ".join([f"m:{name} a {kind}", *said, "nlc:statedIn m:p"]))
        return f"m:{name}"

    def label(text: str) -> str:
        return f'"{text}"@en'

    def terms(kind: str, number: int, **more: object) -> list[str]:
        found: list[str] = []
        for at in range(number):
            wider = pick(found) if found and chance() < 0.4 else ""
            under = "" if wider or kind == "Practice" else f"feature:{pick(FEATURES)}"
            name = add(
                f"{kind}-{at}",
                f"nlc:{kind}",
                skos_prefLabel=label(f"{kind} {at}"),
                skos_broader=wider,
                nlc_underFeature=under,
            )
            found.append(name)
        return found

    done, results = terms("Practice", practices), terms("OutcomeType", outcomes)
    units = [
        add(
            f"network-{at}",
            "nlc:Network",
            rdfs_label=f'"Network {at}"',
            nlc_formedYear=pick(["", 2000, 2001, 2002, 2003]),
            nlc_focusesOn=some(results, draw.randrange(3)),
        )
        for at in range(networks)
    ]
    for at in range(networks):
        of = some(units[:networks], min(networks, pick([1, 1, 2])))
        units.append(add(f"school-{at}", "nlc:School", rdfs_label=f'"School {at}"', org_memberOf=of))
        units.append(add(f"group-{at}", "nlc:Group", rdfs_label=f'"Group {at}"', nlc_within=pick(units)))
    units.append(add("nation", "nlc:Group", rdfs_label='"everywhere"'))
    strategies = [
        add(
            f"strategy-{at}",
            "nlc:Strategy",
            rdfs_label=f'"Strategy {at}"',
            nlc_practice=some(done, pick([1, 1, 2])),
            nlc_usedBy=some(units, pick([1, 1, 2])),
        )
        for at in range(max(practices, claims // 2))
    ]
    voices = [
        "m:authors",
        *(add(f"voice-{at}", "nlc:Speaker", rdfs_label=f'"voice {at}"') for at in range(networks + 1)),
    ]
    for year in range(1999, 2006):
        lines.append(f'm:y{year} a nlc:Period ; rdfs:label "{year}" ; nlc:startYear {year} ; nlc:endYear {year}')
    lines.append('m:y0102 a nlc:Period ; rdfs:label "2001/02" ; nlc:startYear 2001 ; nlc:endYear 2002')
    lines.append('m:undated a nlc:Period ; rdfs:label "undated"')
    periods = [*(f"m:y{year}" for year in range(1999, 2006)), "m:y0102", "m:undated"]
    levels: list[str] = []
    changes: list[str] = []
    for at in range(claims):
        level = at % 3 > 0
        others = levels if level else changes
        about = {
            "nlc_about": pick(units),
            "nlc_measures": pick(["indicator:attendance-rate", "indicator:lateness-rate"]),
        }
        at_time: dict[str, object] = {"nlc_atPeriod": pick(periods), "nlc_value": pick(["", 71.5, 80.0, 92.25])}
        if not level:
            ends = {"nlc_startLevel": pick(levels), "nlc_endLevel": pick(levels)} if levels and chance() < 0.5 else {}
            at_time = {
                "nlc_fromPeriod": pick(periods),
                "nlc_toPeriod": pick(periods),
                "nlc_value": "" if ends else 1.5,
                **ends,
            }
        compared = {f"nlc_{pick(COMPARED)}": some(others, 1)} if others and chance() < 0.5 else {}
        others.append(
            add(
                f"figure-{at}",
                f"nlc:{'Level' if level else 'Change'}",
                nlc_evidenceKind="kind:statistic",
                nlc_measurementUnit="unit:percent",
                **about,
                **at_time,
                **compared,
            )
        )
    said = [
        add(
            f"said-{at}",
            "nlc:EvidenceItem",
            nlc_evidenceKind=f"kind:{pick(['quoted-testimony', 'summarised-testimony', 'observation'])}",
            nlc_providedBy=pick(["", *voices]),
            nlc_paraphrase=label("said"),
        )
        for at in range(claims)
    ]
    evidence = [*levels, *changes, *said, *said]
    for at in range(claims):
        link = pick(["attributed", "attributed", "co-reported", "intended", "none"])
        add(
            f"claim-{at}",
            "nlc:Claim",
            rdfs_label=f'"Claim {at}"',
            nlc_paraphrase=label("claimed"),
            nlc_about=some(units, pick([1, 1, 2])) if chance() < 0.85 else "m:nation",
            nlc_outcome=pick(results),
            nlc_linkType=f"link:{link}",
            nlc_throughOutcome=pick(["", "", *results]),
            nlc_direction="direction:improved",
            nlc_reportedUnder=pick(["", *(f"feature:{name}" for name in FEATURES)]),
            nlc_strategy=some(strategies, pick([1, 1, 2, 3])) if link != "none" else "",
            nlc_assertedBy=some(voices, pick([1, 1, 2])),
            nlc_supportedBy=some(evidence, pick([1, 1, 2])),
        )
    return PREFIXES + " .\n".join(lines) + " .\n"
