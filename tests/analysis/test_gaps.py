"""What is missing, on the graph worked out by hand."""

from __future__ import annotations

import math

from nlc_graph import Graph
from nlc_graph.analysis.gaps import find_gaps

from . import rows_of

T = "https://example.org/tiny/"
PRACTICE, OUTCOME = "https://w3id.org/nlc-graph/practice/", "https://w3id.org/nlc-graph/outcome/"


def test_what_is_missing_in_tiny(tiny: Graph) -> None:
    found = find_gaps(tiny)
    rows = {name: rows_of(found, name) for name in found.tables}
    # Talent walls are mentioned and nothing more. Story-maps have an aim, so an outcome is stated.
    assert rows["practices with no stated outcome"] == [
        (f"{PRACTICE}talent-walls", (f"{T}birch-walls",), (f"{T}birch",))
    ]
    assert rows["outcomes with no practice"] == [(f"{OUTCOME}average-point-score", (f"{T}birch-points",))]
    # Achievement has the attendance change, well-being the points; of the other five, nothing is reported at all.
    features = "attainment future-leaders leading-in-and-beyond-school professional-practice system-impact".split()
    assert sorted(str(row[0]).rsplit("/", 1)[1] for row in rows["key features with no figure"]) == features
    # Writing rests on a statement of the authors as well; attendance is not attributed.
    assert [row[:4] for row in rows["attributed links with testimony only"]] == [
        (f"{PRACTICE}learning-mentors", f"{OUTCOME}engagement", (f"{T}alder",), 1),
        (f"{PRACTICE}nurture-room", f"{OUTCOME}engagement", (f"{T}alder",), 1),
    ]
    # Attendance: a statistic; writing: testimony and a statement; engagement, twice: testimony.
    assert sorted(str(row[2]) for row in rows["links by evidence"]) == ["figure", "other", "testimony", "testimony"]
    # The room shares engagement with mentors (2 outcome types), which have attendance as well.
    (suggested,) = rows["suggested links"]
    assert suggested[:3] == (f"{PRACTICE}nurture-room", f"{OUTCOME}attendance", 1)
    assert math.isclose(float(str(suggested[3])), 1 / math.log(2))
    assert suggested[4:] == ((f"{PRACTICE}learning-mentors",), (f"{T}alder-attendance",))
    assert found.warnings == (
        "common neighbours: suggested links are no better than chance",
        "Adamic-Adar: suggested links are no better than chance",
    )


def test_an_enquirys_own_key_features_count_with_those_mapped_to_them(own_features: Graph) -> None:
    rows = rows_of(find_gaps(own_features), "key features with no figure")
    heard = (f"{T}heard", f"{T}listened")
    assert [(own_features.names.curie(str(feature)), claims) for feature, claims in rows] == [
        ("feature:system-impact", heard),
        ("t:own-voice", heard),
        ("feature:leading-in-and-beyond-school", ()),
        ("feature:professional-practice", ()),
    ]
