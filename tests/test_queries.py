"""Each named query on a graph worked out by hand (tiny.ttl and its front), on the bundled evidence, in two engines."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
import rdflib

from nlc_graph import Graph, Table, open_graph
from nlc_graph.graph.queries import NamedQuery, named_queries, named_query
from nlc_graph.table import Ref, Value
from nlc_graph.vocabulary import to_curie

from .conftest import TINY, in_rdflib

#: Query to parameters and the rows it must give on the tiny graph, cells joined by |, things as CURIEs, unbound cells
#: empty. Worked out from the accounts at the head of tiny.ttl and tiny-front.ttl. ``outcome-types`` without its rows
#: that count 0 claims.
EXPECTED: dict[str, tuple[dict[str, str], list[str]]] = {
    "baseline-before-network": (
        {},
        [
            "t:alder|2002|t:alder-school|indicator:attendance-rate|2000|2",
        ],
    ),
    "by-way-of": (
        {},
        [
            "outcome:emotional-support|outcome:engagement|t:alder-engagement|link:attributed",
        ],
    ),
    "changes": (
        {},
        [
            "t:alder-school|indicator:attendance-rate|t:y2000|t:y2004|84|90||6|unit:percentage-points|t:alder-change",
            "t:birch|indicator:ks2-average-point-score|t:y2002|t:y2004|||1.3||unit:points|t:birch-points-change",
            "t:elsewhere|indicator:ks2-average-point-score|t:y2002|t:y2004|||0.1||unit:points|t:elsewhere-points-change",
        ],
    ),
    "changes-by-size": (
        {"outcome": "average point score"},
        [
            "unit:points|1.3|t:birch|indicator:ks2-average-point-score|t:y2002|t:y2004|||t:birch-points-change",
            "unit:points|0.1|t:elsewhere|indicator:ks2-average-point-score|t:y2002|t:y2004|||t:elsewhere-points-change",
        ],
    ),
    "charts": (
        {},
        [
            "t:birch-chart|Figure 1|t:birch|A picture of points.",
        ],
    ),
    "claims-by-direction": (
        {"direction": "unchanged"},
        [
            "t:alder-writing|outcome:writing|t:alder|link:co-reported|t:alder-stories",
        ],
    ),
    "claims-by-link-type": (
        {"link": "attributed"},
        [
            "t:alder-engagement|t:alder-mentors|outcome:engagement|direction:improved|t:alder|t:alder-heads",
            "t:alder-engagement|t:alder-rooms|outcome:engagement|direction:improved|t:alder|t:alder-heads",
            "t:birch-writing|t:birch-stories|outcome:writing|direction:improved|t:birch|t:birch-pupil",
        ],
    ),
    "claims-on-some": (
        {},
        [
            "t:alder-attendance|outcome:attendance|t:alder-school|||1|link:co-reported",
        ],
    ),
    "claims-with-several-kinds-of-evidence": (
        {},
        [
            "t:birch-writing|outcome:writing|2",
        ],
    ),
    "comparators": (
        {},
        [
            "t:alder-school|indicator:attendance-rate|t:y2004|nlc:belowComparator|t:nation||t:alder-inspected||93",
            "t:birch|indicator:ks2-average-point-score|t:y2004|nlc:aboveComparator|t:elsewhere||t:birch-points-change|1.3|0.1",
        ],
    ),
    "comparisons-in-words": (
        {},
        [
            "t:alder-school|indicator:attendance-rate|nlc:belowComparator|t:nation|t:alder-inspected",
        ],
    ),
    "context": (
        {"network": "t:alder"},
        [
            "topic:place|In a tiny town.|t:alder-place",
        ],
    ),
    "contrary-claims": (
        {},
        [
            "practice:story-making|outcome:writing|t:birch-writing|direction:improved|t:enquiry|t:alder-writing|direction:unchanged|t:enquiry",
        ],
    ),
    "curator-notes": (
        {"text": "walls"},
        [
            "t:birch-walls|nlc:Strategy|What the walls show is not said.",
        ],
    ),
    "data-claims-without-numbers": (
        {},
        [
            "feature:well-being|t:birch-picture|outcome:confidence|t:birch|t:birch-chart",
        ],
    ),
    "dates": (
        {"network": "Alder|no network"},
        [
            "|t:elsewhere|duration in years|||3|unit:years|t:section-front|t:elsewhere-record",
            "||The scheme began in 2001.|||||t:section-front|t:scheme-start",
            "|t:elsewhere|Key Stage 2 average point score|2002|2004|||t:section-birch|t:elsewhere-points-change",
            "|t:elsewhere|entitlement to free school meals||2004|||t:section-front|t:elsewhere-meals",
            "|t:nation|attendance rate||2004|||t:section-alder|t:nation-2004",
            "t:alder|t:alder-school|attendance rate||2000|||t:section-alder|t:alder-2000",
            "t:alder|t:alder-school|attendance rate|2000|2004|||t:section-alder|t:alder-change",
            "t:alder||year formed|2002|||||t:alder",
            "t:alder|t:alder-school|attendance rate||2004|||t:section-alder|t:alder-2004",
            "t:alder|t:alder-school|attendance rate||2004|||t:section-alder|t:alder-inspected",
        ],
    ),
    "difference-in-differences": (
        {},
        [
            "t:alder-school|indicator:attendance-rate|t:y2000|t:y2004|6||||",
            "t:birch|indicator:ks2-average-point-score|t:y2002|t:y2004|1.3|t:elsewhere|0.1|1.2|precision:at-most",
        ],
    ),
    "evidence-by-feature": (
        {},
        [
            "feature:achievement|kind:quoted-testimony|1|1",
            "feature:achievement|kind:statistic|1|1",
            "feature:achievement|kind:summarised-testimony|1|1",
            "feature:well-being|kind:author-statement|1|2",
            "feature:well-being|kind:quoted-testimony|1|1",
            "feature:well-being|kind:statistic|2|2",
        ],
    ),
    "evidence-by-network": (
        {"feature": "achievement"},
        [
            "feature:achievement|t:alder|kind:inspection-report|1|1",
            "feature:achievement|t:alder|kind:quoted-testimony|1|1",
            "feature:achievement|t:alder|kind:statistic|1|1",
            "feature:achievement|t:alder|kind:summarised-testimony|1|1",
        ],
    ),
    "evidence-matrix": (
        {},
        [
            "practice:learning-mentors|outcome:attendance|link:co-reported|1|1|1",
            "practice:learning-mentors|outcome:engagement|link:attributed|1|1|1",
            "practice:nurture-room|outcome:engagement|link:attributed|1|1|1",
            "practice:story-making|outcome:writing|link:attributed|1|1|2",
            "practice:story-making|outcome:writing|link:co-reported|1|1|1",
            "practice:story-maps|outcome:confidence|link:intended|1|1|1",
        ],
    ),
    "evidence-of-kind": (
        {"kind": "inspection report"},
        [
            "t:alder-inspected||t:inspection|t:alder-school|indicator:attendance-rate||"
            "Still below the nation.|nlc:qualifiedBy|t:alder-attendance|outcome:attendance",
            "t:nation-2004|||t:nation|indicator:attendance-rate|93||||",
        ],
    ),
    "evidence-trail": (
        {"claim": "t:alder-attendance"},
        [
            "nlc:qualifiedBy|t:alder-inspected|kind:inspection-report||t:section-alder|Alder is a|said at last",
            "nlc:supportedBy|t:alder-change|kind:statistic||t:section-alder|Alder is a|said at last",
        ],
    ),
    "facts-on-topic": (
        {"topic": "topic:place"},
        [
            "t:alder|In a tiny town.|t:alder-place",
        ],
    ),
    "feature-mismatch": (
        {"network": "birch"},
        [
            "t:birch|t:birch-points|outcome:average-point-score|feature:well-being|feature:attainment",
            "t:birch|t:birch-writing|outcome:writing|feature:well-being|feature:attainment",
        ],
    ),
    "features-without-figures": (
        {},
        [
            "feature:attainment|0",
            "feature:future-leaders|0",
            "feature:leading-in-and-beyond-school|0",
            "feature:professional-practice|0",
            "feature:system-impact|0",
        ],
    ),
    "features-without-network": (
        {},
        [
            "t:alder|feature:attainment",
            "t:alder|feature:future-leaders",
            "t:alder|feature:leading-in-and-beyond-school",
            "t:alder|feature:professional-practice",
            "t:alder|feature:system-impact",
            "t:alder|feature:well-being",
            "t:birch|feature:achievement",
            "t:birch|feature:attainment",
            "t:birch|feature:future-leaders",
            "t:birch|feature:leading-in-and-beyond-school",
            "t:birch|feature:professional-practice",
            "t:birch|feature:system-impact",
        ],
    ),
    "figures": (
        {"of": "Birch", "on": "."},
        [
            "t:birch|t:birch|indicator:ks2-average-point-score|t:y2002|t:y2004|1.3|unit:points||nlc:aboveComparator|t:elsewhere|0.1||t:birch-points-change",
            "t:birch|t:birch|indicator:schools||t:undated|7|unit:count||||||t:birch-schools",
        ],
    ),
    "figures-by-feature": (
        {},
        [
            "feature:achievement|4|0|1|0",
            "feature:attainment|0|0|0|0",
            "feature:future-leaders|0|0|0|0",
            "feature:leading-in-and-beyond-school|0|0|0|0",
            "feature:professional-practice|0|0|0|0",
            "feature:system-impact|0|0|0|0",
            "feature:well-being|2|1|0|1",
        ],
    ),
    "figures-by-network": (
        {},
        [
            "t:alder|3|0|1",
            "t:birch|1|1|0",
        ],
    ),
    "first-and-last-figures": (
        {},
        [
            "t:alder-school|indicator:attendance-rate|2000|84|2004|90|6|better",
        ],
    ),
    "focuses": (
        {"outcome": "attainment"},
        [
            "t:birch|outcome:writing|t:birch-stories|link:attributed",
        ],
    ),
    "headings": (
        {},
        [
            "0|t:section-front|||0|0",
            "1|t:section-alder|Alder|feature:achievement|3|1",
            "2|t:section-birch|Birch|feature:well-being|4|1",
        ],
    ),
    "improvements-without-figures": (
        {},
        [
            "t:alder-engagement|outcome:engagement|link:attributed|kind:summarised-testimony",
            "t:birch-writing|outcome:writing|link:attributed|kind:author-statement",
            "t:birch-writing|outcome:writing|link:attributed|kind:quoted-testimony",
        ],
    ),
    "joint-strategies": (
        {},
        [
            "t:alder-engagement|outcome:engagement|t:alder-mentors|t:alder-rooms",
        ],
    ),
    "levels": (
        {"indicator": "attendance rate"},
        [
            "t:alder-school|t:y2000|84|unit:percent||t:alder-2000",
            "t:alder-school|t:y2004|90|unit:percent||t:alder-2004",
            "t:alder-school|t:y2004||unit:percent|precision:in-words|t:alder-inspected",
            "t:nation|t:y2004|93|unit:percent||t:nation-2004",
        ],
    ),
    "mentions": (
        {"text": "stories|tiny town"},
        [
            "t:alder|feature:achievement|nlc:Claim|Stories did nothing for writing.|t:alder-writing",
            "t:alder|feature:achievement|nlc:ContextFact|In a tiny town.|t:alder-place",
            "t:alder|feature:achievement|nlc:Strategy|Stories (Alder)|t:alder-stories",
            "t:birch|feature:well-being|nlc:Claim|Stories made writing better.|t:birch-writing",
            "t:birch|feature:well-being|nlc:Strategy|Stories (Birch)|t:birch-stories",
        ],
    ),
    "names": (
        {"text": "\\(Birch\\)"},
        [
            "Maps (Birch)|nlc:Strategy|t:birch|t:birch-maps|",
            "Stories (Birch)|nlc:Strategy|t:birch|t:birch-stories|",
            "Walls (Birch)|nlc:Strategy|t:birch|t:birch-walls|What the walls show is not said.",
        ],
    ),
    "network-account": (
        {"network": "t:birch"},
        [
            "feature:well-being|nlc:Change|Key Stage 2 average point score|t:birch-points-change",
            "feature:well-being|nlc:Claim|Maps are there to give confidence.|t:birch-aim",
            "feature:well-being|nlc:Claim|A picture is said to show more confidence.|t:birch-picture",
            "feature:well-being|nlc:Claim|Average points went up more than elsewhere.|t:birch-points",
            "feature:well-being|nlc:Claim|Stories made writing better.|t:birch-writing",
            "feature:well-being|nlc:Figure|A picture of points.|t:birch-chart",
            "feature:well-being|nlc:Level|number of schools|t:birch-schools",
            "feature:well-being|nlc:Strategy|Maps (Birch)|t:birch-maps",
            "feature:well-being|nlc:Strategy|Stories (Birch)|t:birch-stories",
            "feature:well-being|nlc:Strategy|Walls (Birch)|t:birch-walls",
            "feature:well-being|nlc:Testimony|I write more.|t:birch-pupil-says",
        ],
    ),
    "network-facts": (
        {},
        [
            "t:alder|area|Tiny town|",
            "t:birch|area|not stated|It has a college for a partner.",
            "t:birch|focus|writing|",
            "t:birch|schools|7|",
            "t:alder|year formed|2002|",
        ],
    ),
    "network-impacts-by-feature": (
        {},
        [
            "t:alder|feature:achievement|1",
            "t:alder|feature:well-being|1",
            "t:birch|feature:attainment|1",
        ],
    ),
    "network-practices": (
        {"network": "t:alder"},
        [
            "practice:learning-mentors|t:alder-mentors|t:alder|feature:achievement",
            "practice:nurture-room|t:alder-rooms|t:alder-school|feature:achievement",
            "practice:story-making|t:alder-stories|t:alder|feature:achievement",
        ],
    ),
    "networks": (
        {},
        [
            "t:alder|t:wigan|2002|",
            "t:birch|||7",
        ],
    ),
    "networks-by-feature": (
        {},
        [
            "t:alder|feature:achievement|13",
            "t:birch|feature:well-being|11",
        ],
    ),
    "networks-by-section": (
        {},
        [
            "1|t:section-alder|feature:achievement|t:alder|13|4",
            "2|t:section-birch|feature:well-being|t:birch|11|3",
        ],
    ),
    "not-reported": (
        {"text": ".", "of": "Birch"},
        [
            "topic:place|Where Birch lies.|It has a college for a partner.|t:birch-area-not-reported",
        ],
    ),
    "organisations": (
        {"text": "college|programme"},
        [
            "t:college|partner|t:birch|Birch NLC|t:birch",
            "t:scheme|programme it is under|t:birch|Birch NLC|t:birch",
            "t:scheme|told of||The scheme began in 2001.|t:scheme-start",
        ],
    ),
    "outcome-types": (
        {},
        [
            "feature:achievement|outcome:attendance|1|1",
            "feature:attainment|outcome:average-point-score|1|1",
            "feature:attainment|outcome:writing|2|2",
            "feature:well-being|outcome:confidence|2|1",
            "feature:well-being|outcome:engagement|1|1",
        ],
    ),
    "outcomes-by-role": (
        {},
        [
            "role:headteacher|outcome:engagement|1",
            "role:not-stated|outcome:writing|1",
            "role:pupil|outcome:writing|1",
        ],
    ),
    "outcomes-for-practice": (
        {"practice": "learning mentors"},
        [
            "outcome:attendance|link:co-reported|direction:improved|practice:learning-mentors|t:alder-school|kind:statistic|t:alder-attendance|1",
            "outcome:engagement|link:attributed|direction:improved|practice:learning-mentors|t:alder|kind:summarised-testimony|t:alder-engagement|2",
        ],
    ),
    "outcomes-for-role": (
        {"role": "pupil"},
        [
            "t:alder-attendance|outcome:attendance|direction:improved|link:co-reported|t:alder-school",
            "t:birch-points|outcome:average-point-score|direction:improved|link:none|t:birch",
            "t:birch-aim|outcome:confidence|direction:open|link:intended|t:birch",
            "t:birch-picture|outcome:confidence|direction:improved|link:none|t:birch",
            "t:alder-engagement|outcome:engagement|direction:improved|link:attributed|t:alder",
            "t:alder-writing|outcome:writing|direction:unchanged|link:co-reported|t:alder",
            "t:birch-writing|outcome:writing|direction:improved|link:attributed|t:birch",
        ],
    ),
    "outcomes-without-practice": (
        {},
        [
            "outcome:average-point-score|t:birch-points|direction:improved|t:birch|t:authors",
            "outcome:confidence|t:birch-picture|direction:improved|t:birch|t:authors",
        ],
    ),
    "partners": (
        {},
        [
            "t:college|nlc:partner|t:birch",
            "t:model|nlc:drawsOn|t:birch-maps",
            "t:scheme|nlc:underProgramme|t:birch",
        ],
    ),
    "people": (
        {},
        [
            "t:ann|author||Ann is its author.|t:authorship",
            "t:ann|work drawn on|t:birch|Ann's model|t:model",
            "t:bob|thanked||It thanks Bob.|t:thanks",
        ],
    ),
    "practice-networks": (
        {"practice": "literacy work"},
        [
            "t:alder|t:alder-stories|practice:story-making|",
            "t:birch|t:birch-maps|practice:story-maps|",
            "t:birch|t:birch-stories|practice:story-making|",
        ],
    ),
    "practices-for-outcome": (
        {"outcome": "attainment"},
        [
            "practice:story-making|link:attributed|outcome:writing|t:birch|t:birch-pupil|kind:author-statement|t:birch-writing",
            "practice:story-making|link:attributed|outcome:writing|t:birch|t:birch-pupil|kind:quoted-testimony|t:birch-writing",
            "practice:story-making|link:co-reported|outcome:writing|t:alder|t:somebody|kind:quoted-testimony|t:alder-writing",
        ],
    ),
    "practices-without-outcome": (
        {},
        [
            "practice:talent-walls|t:birch-walls|t:birch",
        ],
    ),
    "qualifications": (
        {},
        [
            "t:alder-attendance|nlc:qualifiedBy|t:alder-inspected|kind:inspection-report|Still below the nation.",
        ],
    ),
    "quotations-by-role": (
        {},
        [
            "role:headteacher||0|1",
            "role:not-stated||1|0",
            "role:pupil|Year 4 pupil|1|0",
        ],
    ),
    "review-status": (
        {},
        [
            "nlc:Claim||6",
            "nlc:Claim|review:agreed|1",
            "nlc:ContextFact||4",
            "nlc:EvidenceItem||16",
            "nlc:NotReported||1",
        ],
    ),
    "second-hand-evidence": (
        {},
        [
            "t:alder-inspected|kind:inspection-report|t:inspection|t:alder-attendance",
            "t:somebody-says|kind:quoted-testimony|t:alder-heads|t:alder-writing",
        ],
    ),
    "section-account": (
        {"section": "birch"},
        [
            "2|t:section-birch|nlc:Change|Key Stage 2 average point score|t:birch-points-change",
            "2|t:section-birch|nlc:Change|Key Stage 2 average point score|t:elsewhere-points-change",
            "2|t:section-birch|nlc:Claim|Maps are there to give confidence.|t:birch-aim",
            "2|t:section-birch|nlc:Claim|A picture is said to show more confidence.|t:birch-picture",
            "2|t:section-birch|nlc:Claim|Average points went up more than elsewhere.|t:birch-points",
            "2|t:section-birch|nlc:Claim|Stories made writing better.|t:birch-writing",
            "2|t:section-birch|nlc:EvidenceItem|The authors say so.|t:birch-statement",
            "2|t:section-birch|nlc:Figure|A picture of points.|t:birch-chart",
            "2|t:section-birch|nlc:Group|schools elsewhere|t:elsewhere",
            "2|t:section-birch|nlc:Level|number of schools|t:birch-schools",
            "2|t:section-birch|nlc:Network|Birch NLC|t:birch",
            "2|t:section-birch|nlc:Strategy|Maps (Birch)|t:birch-maps",
            "2|t:section-birch|nlc:Strategy|Stories (Birch)|t:birch-stories",
            "2|t:section-birch|nlc:Strategy|Walls (Birch)|t:birch-walls",
            "2|t:section-birch|nlc:Testimony|I write more.|t:birch-pupil-says",
        ],
    ),
    "shared-practices": (
        {},
        [
            "practice:curriculum-development|2|3",
            "practice:literacy-work|2|3",
            "practice:story-making|2|3",
        ],
    ),
    "shares": (
        {},
        [
            # 12.5 per cent of 200
            "t:elsewhere|indicator:free-school-meals|12.5|t:y2004|200|precision:approximate|t:undated|25|"
            "computed here, approximate",
        ],
    ),
    "strategies-by-result": (
        {"text": "."},
        [
            "t:alder-mentors|t:alder|1|1|0|own result",
            "t:alder-rooms|t:alder-school|0|1|0|joint result only",
            "t:alder-stories|t:alder|1|0|0|own result",
            "t:birch-maps|t:birch|0|0|1|purpose only",
            "t:birch-stories|t:birch|1|0|0|own result",
            "t:birch-walls|t:birch|0|0|0|neither",
        ],
    ),
    "strategies-with-purpose-only": (
        {},
        [
            "t:birch-maps|outcome:confidence",
        ],
    ),
    "strategy-parts": (
        {"text": "Birch"},
        [
            "t:birch|t:birch-maps|draws on|t:model|",
            "t:birch|t:birch-stories|part|t:birch-maps|",
        ],
    ),
    "told-of": (
        {"thing": "t:birch-stories"},
        [
            "nlc:Claim|feature:well-being|Maps are there to give confidence.|t:birch-aim",
            "nlc:Claim|feature:well-being|Stories made writing better.|t:birch-writing",
            "nlc:EvidenceItem|feature:well-being|The authors say so.|t:birch-statement",
            "nlc:Strategy|feature:well-being|Maps (Birch)|t:birch-maps",
            "nlc:Strategy|feature:well-being|Stories (Birch)|t:birch-stories",
            "nlc:Testimony|feature:well-being|I write more.|t:birch-pupil-says",
        ],
    ),
    "unattributed-testimony": (
        {},
        [
            "t:somebody-says|No change seen.|t:alder-writing",
        ],
    ),
    "unclear-figures": (
        {},
        [
            "t:alder-inspected|t:alder-school|indicator:attendance-rate|in words only",
            "t:elsewhere-record|t:elsewhere|indicator:duration-years|not dated",
            "t:elsewhere-points-change|t:elsewhere|indicator:ks2-average-point-score|at most",
            "t:elsewhere-pupils|t:elsewhere|indicator:pupils|approximate",
            "t:elsewhere-pupils|t:elsewhere|indicator:pupils|not dated",
            "t:birch-schools|t:birch|indicator:schools|not dated",
        ],
    ),
    "unnamed-schools": (
        {},
        [
            "t:alder-school|identification:unnamed|t:alder",
        ],
    ),
    "voices": (
        {"role": "pupil"},
        [
            "t:birch-pupil|Year 4 pupil|t:birch|kind:quoted-testimony||I write more.|t:birch-writing|"
            "t:birch-pupil-says",
        ],
    ),
    "who-says-what": (
        {"of": "Alder", "role": "."},
        [
            "t:alder|t:alder-heads|role:headteacher||kind:summarised-testimony||feature:achievement|"
            "Heads credit both.|t:alder-heads-say",
            "t:alder|t:somebody|role:not-stated||kind:quoted-testimony|t:alder-heads|feature:achievement|"
            "No change seen.|t:somebody-says",
        ],
    ),
}

#: Query to what it must not find although it is near, and why not.
EXCLUDED: dict[str, tuple[str, str]] = {
    "baseline-before-network": ("t:birch", "no year of formation is stated"),
    "by-way-of": ("t:alder-attendance", "names no intermediate outcome"),
    "changes": ("t:alder-2004", "a level is no change"),
    "changes-by-size": ("t:alder-change", "measures attendance"),
    "charts": ("t:birch-points-change", "has numbers, is no picture"),
    "claims-by-direction": ("t:birch-writing", "improved"),
    "claims-by-link-type": ("t:alder-attendance", "is co-reported, not attributed"),
    "claims-on-some": ("t:birch-points", "about the whole network"),
    "claims-with-several-kinds-of-evidence": ("t:alder-attendance", "what qualifies it does not support it"),
    "comparators": ("t:alder-change", "has no comparator"),
    "comparisons-in-words": ("t:birch-points-change", "both sides have numbers"),
    "context": ("t:birch", "another network"),
    "contrary-claims": ("t:alder-attendance", "nothing speaks against it"),
    "curator-notes": ("t:birch-maps", "nothing was remarked on it"),
    "data-claims-without-numbers": ("t:birch-points", "rests on a number"),
    "dates": ("t:elsewhere-pupils", "neither dated nor a length of time"),
    "difference-in-differences": ("t:nation", "a level for one year gives no difference"),
    "evidence-by-feature": ("kind:inspection-report", "qualifies, does not support"),
    "evidence-by-network": ("t:birch", "nothing of it stands under achievement"),
    "evidence-matrix": ("practice:talent-walls", "tied to nothing"),
    "evidence-of-kind": ("t:alder-change", "a statistic, not an inspection"),
    "evidence-trail": ("t:alder-heads-say", "bears on another claim"),
    "facts-on-topic": ("t:birch", "its place is not reported"),
    "feature-mismatch": ("t:birch-picture", "stands where it belongs"),
    "features-without-figures": ("feature:well-being", "a figure supports t:birch-points there"),
    "features-without-network": ("t:elsewhere", "a group, no network"),
    "figures": ("t:elsewhere-points-change", "a comparator has a row of its own only when asked for"),
    "figures-by-feature": ("t:alder-2000", "counted, not listed"),
    "figures-by-network": ("t:alder-school", "its figures count for its network"),
    "first-and-last-figures": ("t:nation", "one figure only"),
    "focuses": ("t:alder", "no focus is stated"),
    "headings": ("t:alder-attendance", "counted, not listed"),
    "improvements-without-figures": ("t:alder-attendance", "rests on a change"),
    "joint-strategies": ("t:birch-stories", "tied alone"),
    "levels": ("t:birch-schools", "another indicator"),
    "mentions": ("t:birch-walls", "speaks of neither"),
    "names": ("t:alder-stories", "named for Alder"),
    "network-account": ("t:alder-place", "tells of another network"),
    "network-facts": ("t:college", "a partner is none of the plain facts"),
    "network-impacts-by-feature": ("feature:confidence", "an aim is no impact"),
    "network-practices": ("practice:talent-walls", "of another network"),
    "networks": ("t:alder-school", "a school is no network"),
    "networks-by-feature": ("feature:attainment", "no section of it names a network"),
    "networks-by-section": ("t:elsewhere", "a group outside the networks"),
    "not-reported": ("t:alder", "where Alder lies is stated"),
    "organisations": ("t:model", "a framework, neither college nor programme"),
    "outcome-types": ("practice:story-making", "a practice, not an outcome"),
    "outcomes-by-role": ("t:authors", "authors give no testimony"),
    "outcomes-for-practice": ("t:alder-writing", "about another practice"),
    "outcomes-for-role": ("role:headteacher", "speaks, is not affected"),
    "outcomes-without-practice": ("t:birch-aim", "ties a strategy"),
    "partners": ("t:wigan", "an area is no partner"),
    "people": ("t:birch-pupil", "speaks and is not named"),
    "practice-networks": ("t:birch-walls", "no literacy work"),
    "practices-for-outcome": ("t:birch-points", "ties no practice"),
    "practices-without-outcome": ("t:birch-maps", "has an aim"),
    "qualifications": ("t:alder-change", "supports"),
    "quotations-by-role": ("t:authors", "authors give no testimony"),
    "review-status": ("nlc:Strategy", "no sourced item"),
    "second-hand-evidence": ("t:birch-pupil-says", "first-hand"),
    "section-account": ("t:alder-place", "stands in another section"),
    "shared-practices": ("practice:talent-walls", "met in one network"),
    "shares": ("t:alder-school", "has percentages, and no number of pupils"),
    "strategies-by-result": ("t:college", "a partner is no strategy"),
    "strategies-with-purpose-only": ("t:birch-stories", "has a reported outcome"),
    "strategy-parts": ("t:birch-walls", "has no parts and draws on nothing"),
    "told-of": ("t:alder-stories", "another network's use of the same practice"),
    "unattributed-testimony": ("t:birch-pupil-says", "a pupil speaks"),
    "unclear-figures": ("t:alder-2000", "number, unit and date are clear"),
    "unnamed-schools": ("t:nation", "a group, not a school"),
    "voices": ("t:somebody", "not said to be a pupil"),
    "who-says-what": ("t:birch-pupil", "speaks from another network"),
}

NAMES = [query.name for query in named_queries()]
#: Query to parameters with which it can be asked of tiny.ttl.
PARAMETERS: dict[str, dict[str, str]] = {
    **{name: parameters for name, (parameters, _) in EXPECTED.items()},
    "network-subgraph": {"network": "t:alder"},
    "has-figures": {"outcome": "attendance"},
}


@pytest.fixture(scope="module")
def tiny() -> Graph:
    """Return the graph of tiny.ttl and tiny-front.ttl, without the bundled evidence."""
    return open_graph(TINY, TINY.with_name("tiny-front.ttl"), bundled=False)


def written(graph: Graph, table: Table) -> list[str]:
    def cell(value: Value) -> str:
        return to_curie(value, graph.prefixes) if isinstance(value, Ref) else "" if value is None else str(value)

    return ["|".join(cell(value) for value in row) for row in table.rows]


def asked(graph: Graph, name: str, parameters: dict[str, str]) -> list[str]:
    answer = graph.query(name, **parameters)
    assert isinstance(answer, Table)
    return written(graph, answer)


@pytest.mark.parametrize("name", EXPECTED)
def test_query_finds_these_rows_on_the_tiny_graph(tiny: Graph, name: str) -> None:
    parameters, rows = EXPECTED[name]
    found = asked(tiny, name, parameters)
    if name == "outcome-types":
        found = [row for row in found if "|0|" not in row]
    assert found == rows


@pytest.mark.parametrize("name", EXCLUDED)
def test_query_leaves_out_what_is_near_but_does_not_fit(tiny: Graph, name: str) -> None:
    excluded, _ = EXCLUDED[name]
    cells = {cell for row in asked(tiny, name, EXPECTED[name][0]) for cell in row.split("|")}
    assert cells and excluded not in cells


def test_features_without_figures_follows_mappings_both_ways_on_both_engines(own_features: Graph) -> None:
    expected = [
        "t:own-voice|2",
        "feature:leading-in-and-beyond-school|0",
        "feature:professional-practice|0",
        "feature:system-impact|2",
    ]
    assert asked(own_features, "features-without-figures", {}) == expected
    rows: Any = in_rdflib(own_features).query(named_query("features-without-figures").text)
    assert [f"{own_features.names.curie(str(feature))}|{claims}" for feature, claims in rows] == expected


def test_has_figures_is_true_only_where_a_number_supports_a_claim(tiny: Graph) -> None:
    assert tiny.query("has-figures", outcome="attendance") is True
    assert tiny.query("has-figures", outcome="writing") is False


def test_network_subgraph_holds_the_network_and_not_its_neighbour(tiny: Graph) -> None:
    found = tiny.query("network-subgraph", network="t:alder")
    assert isinstance(found, rdflib.Graph)
    subjects = {to_curie(str(subject), tiny.prefixes) for subject in found.subjects()}
    assert {s for s in subjects if "alder" in s} >= {
        "t:alder",
        "t:alder-school",
        "t:alder-mentors",
        "t:alder-attendance",
    }
    assert not [s for s in subjects if "birch" in s]


def test_every_query_has_a_case_here() -> None:
    assert set(NAMES) == {*EXPECTED, "has-figures", "network-subgraph"}
    assert set(EXPECTED) == set(EXCLUDED)


@pytest.mark.parametrize("query", named_queries(), ids=NAMES)
def test_header_says_what_is_asked_and_how_to_read_a_row(query: NamedQuery) -> None:
    assert query.summary.endswith("?")
    assert query.description.endswith((".", "false; narrower outcome types are taken in."))
    assert set(query.defaults) == set(query.parameters)


@pytest.mark.parametrize("query", named_queries(), ids=NAMES)
def test_a_thing_must_be_named_and_what_only_narrows_finds_everything_unless_told(query: NamedQuery) -> None:
    things = {name for name, parameter in query.parameters.items() if parameter.type == "iri"}
    assert set(query.required) == things and all(query.required.values())
    assert {text for name, text in query.defaults.items() if name not in things} <= {"."}


@pytest.mark.parametrize("name", NAMES)
def test_query_answers_on_the_bundled_evidence(bundled: Graph, name: str) -> None:
    answer = bundled.query(name, **named_query(name).required)
    empty = {"contrary-claims"}  # one enquiry, whose claims do not contradict one another
    assert bool(answer if isinstance(answer, bool) else len(answer)) == (name not in empty)


@pytest.mark.parametrize("name", NAMES)
def test_rdflib_gives_the_same_answer(bundled: Graph, plain_rdflib: rdflib.Graph, name: str) -> None:
    examples = named_query(name).required
    other = plain_rdflib.query(named_query(name).bind({**examples}, bundled.resolve))
    ours = bundled.query(name, **examples)
    if isinstance(ours, bool):
        assert other.askAnswer == ours
    elif isinstance(ours, Table):
        assert sorted(_plain(row) for row in other) == sorted(_plain(row) for row in ours.rows)
    else:
        assert other.graph is not None
        assert {_plain(t) for t in other.graph} == {_plain(t) for t in ours}


def _plain(row: Any) -> tuple[str, ...]:
    """Write a row of either engine alike: numbers by value, everything else as text."""

    def cell(value: Any) -> str:
        value = value.toPython() if isinstance(value, rdflib.Literal) else value
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, (int, float, Decimal)):
            return f"{float(value):.9g}"
        return "" if value is None else str(value)

    return tuple(cell(value) for value in row)
