"""Two readings of a source: how far they agree, and the review status that follows, on a case worked out by hand."""

from __future__ import annotations

import csv
import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from nlc_graph import Graph, open_graph

ROOT = Path(__file__).parent.parent

FIRST = """claim,outcome,direction,link,kinds
nlc2005:a,writing,improved,attributed,statistic+author-statement
nlc2005:b,writing,improved,co-reported,author-statement
nlc2005:c,attendance,state,none,statistic
nlc2005:d,attendance,state,none,statistic
nlc2005:e-here,behaviour,state,attributed,author-statement
nlc2005:e-there,behaviour,state,attributed,author-statement
nlc2005:f,behaviour,open,intended,author-statement
"""
SECOND = [  # outcome, direction, link, kinds, network; the last is about no network, so no second reading
    ("writing", "improved", "attributed", ["author-statement", "statistic"], "x"),
    ("writing", "improved", "attributed", ["author-statement"], "x"),
    ("attendance", "improved", "none", ["statistic"], "x"),
    ("behaviour", "state", "none", ["statistic"], "x"),
    ("behaviour", "state", "attributed", ["author-statement", "author-statement"], "x"),
    ("attendance", "state", "none", ["statistic"], "x"),
    ("attendance", "state", "none", ["statistic"], None),
]
SETTLED = """first,second,settled,reason,claim
nlc2005:a,part#0,agreed,,nlc2005:a
nlc2005:b,part#1,second,,nlc2005:b
nlc2005:c,part#2,agreed,direction aside,nlc2005:c
nlc2005:d,part#3,other,,nlc2005:d
nlc2005:e-here nlc2005:e-there,part#4,agreed,,nlc2005:e-here nlc2005:e-there
nlc2005:f,,dropped,,
,part#5,added,,nlc2005:g
"""
# Five pairs. Link: 4 of 5 alike (not b); first: 2 attributed, 1 co-reported, 2 none; second: 3 attributed, 2 none.
# By chance (2*3 + 1*0 + 2*2) / 25 = 0.4, so kappa = (0.8 - 0.4) / 0.6 = 0.67.
# Outcome: 4 of 5 (not d); first writing 2, attendance 2, behaviour 1; second writing 2, attendance 1, behaviour 2.
# By chance (4 + 2 + 2) / 25 = 0.32, kappa = 0.48 / 0.68 = 0.71.
# Kinds: 5 of 5, more than one category, so 1. Direction: 4 of 5 (not c); first improved 2, state 3; second improved 3,
# state 2. By chance (6 + 6) / 25 = 0.48, kappa = 0.32 / 0.52 = 0.62. The first three alike: a, c and e of 5.
# Six of the first reading's seven claims have a partner, five of the second reading's six.
TABLE = """Of 7 claims of the first reading 6 (86%) have a partner in the second, of 6 of the second 5 (83%) in the first: 5 pairs.

| Claims about | pairs | link type | outcome type | kinds of evidence | direction | first three alike |
| --- | --: | --: | --: | --: | --: | --: |
| Janus, Kingsbridge | 5 | 80%, 0.67 | 80%, 0.71 | 100%, 1.00 | 80%, 0.62 | 60% |
| **all** | 5 | 80%, 0.67 | 80%, 0.71 | 100%, 1.00 | 80%, 0.62 | 60% |
"""  # noqa: E501  lines as they are written

GRAPH = """
@prefix nlc: <https://w3id.org/nlc-graph/ontology#> .
@prefix nlc2005: <https://w3id.org/nlc-graph/nlc2005/> .
@prefix outcome: <https://w3id.org/nlc-graph/outcome/> .
@prefix link: <https://w3id.org/nlc-graph/link/> .
@prefix direction: <https://w3id.org/nlc-graph/direction/> .
@prefix kind: <https://w3id.org/nlc-graph/kind/> .
nlc2005:a a nlc:Claim ; nlc:linkType link:attributed ; nlc:outcome outcome:writing ; nlc:direction direction:improved ;
    nlc:supportedBy nlc2005:change, nlc2005:said .
nlc2005:b a nlc:Claim ; nlc:linkType link:attributed ; nlc:outcome outcome:writing ; nlc:direction direction:improved ;
    nlc:supportedBy nlc2005:said-of-two ; nlc:qualifiedBy nlc2005:added-in-settling .
nlc2005:c a nlc:Claim ; nlc:linkType link:attributed ; nlc:outcome outcome:attendance ; nlc:direction direction:state ;
    nlc:supportedBy nlc2005:count .
nlc2005:e-here a nlc:Claim ; nlc:linkType link:attributed ; nlc:outcome outcome:behaviour ;
    nlc:direction direction:state ; nlc:supportedBy nlc2005:said-of-two .
nlc2005:later a nlc:Claim ; nlc:linkType link:none ; nlc:outcome outcome:behaviour ; nlc:direction direction:state ;
    nlc:supportedBy nlc2005:said-later, nlc2005:new-in-settling .
nlc2005:change a nlc:Change ; nlc:evidenceKind kind:statistic ; nlc:startLevel nlc2005:start .
nlc2005:start a nlc:Level ; nlc:evidenceKind kind:statistic .
nlc2005:count a nlc:Level ; nlc:evidenceKind kind:statistic .
nlc2005:loose a nlc:Level ; nlc:evidenceKind kind:statistic .
nlc2005:said a nlc:Testimony ; nlc:evidenceKind kind:author-statement .
nlc2005:said-of-two a nlc:EvidenceItem ; nlc:evidenceKind kind:author-statement .
nlc2005:added-in-settling a nlc:EvidenceItem ; nlc:evidenceKind kind:statistic .
nlc2005:new-in-settling a nlc:EvidenceItem ; nlc:evidenceKind kind:statistic .
nlc2005:said-later a nlc:EvidenceItem ; nlc:evidenceKind kind:author-statement .
nlc2005:place a nlc:ContextFact .
nlc2005:size a nlc:ContextFact .
nlc2005:gap a nlc:NotReported .
"""
ITEMS = {
    **dict.fromkeys("change start count loose said said-of-two place".split(), "first-reading"),
    **dict.fromkeys("added-in-settling new-in-settling size".split(), "settlement"),
    "gap": "checked",
}
STATUSES = {
    "agreed": ["a", "e-here", "change", "start", "said"],
    # c was called agreed and has another link type now; said-of-two bears on b too; the last was in one reading only.
    "settled": ["b", "c", "count", "said-of-two", "added-in-settling"],
    "checked": ["loose", "place", "gap"],
    "coded-once": ["later", "said-later", "new-in-settling", "size"],
}


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("coding_agreement", ROOT / "tools" / "coding_agreement.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def readings(tmp_path: Path) -> Path:
    """Return a folder with the two readings above and their settlement."""
    claims = [
        {"outcome": o, "direction": d, "link": link, "network": n, "evidence": [{"kind": kind} for kind in kinds]}
        for o, d, link, kinds, n in SECOND
    ]
    (tmp_path / "first-reading.csv").write_text(FIRST, encoding="utf-8")
    (tmp_path / "part.json").write_text(json.dumps({"claims": claims}), encoding="utf-8")
    (tmp_path / "settled-A.csv").write_text(SETTLED, encoding="utf-8")
    with (tmp_path / "items.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("item", "since"), *((f"nlc2005:{item}", since) for item, since in ITEMS.items())])
    return tmp_path


@pytest.fixture
def coded(tmp_path: Path) -> Graph:
    path = tmp_path / "coded.ttl"
    path.write_text(GRAPH, encoding="utf-8")
    return open_graph(path, bundled=False)


def slips(tool: ModuleType, folder: Path) -> list[str]:
    found: list[str] = tool.find_slips(tool.read_first(folder), tool.read_second(folder), tool.read_settlement(folder))
    return found


def test_agreement_and_kappa_as_worked_out_by_hand(tool: ModuleType, readings: Path) -> None:
    assert tool.table(readings) == TABLE


def test_kappa_of_the_example_in_textbooks(tool: ModuleType) -> None:
    """Fifty cases, two categories: 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no give 70% and 0.4."""
    cases = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert tool.agreement(cases) == (70.0, pytest.approx(0.4))


def test_one_category_throughout_has_no_kappa(tool: ModuleType) -> None:
    assert tool.agreement([("y", "y"), ("y", "y")]) == (100.0, None)


def test_a_complete_settlement_has_no_slip(tool: ModuleType, readings: Path) -> None:
    assert slips(tool, readings) == []


@pytest.mark.parametrize(
    ("old", "new", "slip"),
    [
        ("nlc2005:f,,dropped,,\n", "", "nlc2005:f: in no settlement"),
        (",part#5,added,,nlc2005:g\n", "", "part#5: in no settlement"),
        ("nlc2005:f,,", "nlc2005:d,,", "nlc2005:d: settled 2 times"),
        (",part#5,", ",part#4,", "part#4: settled 2 times"),
        (",part#5,", ",part#6,", "part#6: in no reading"),
        ("dropped", "forgotten", "settled-A.csv: forgotten is no way of settling"),
    ],
)
def test_each_slip_of_a_settlement_is_found(tool: ModuleType, readings: Path, old: str, new: str, slip: str) -> None:
    (readings / "settled-A.csv").write_text(SETTLED.replace(old, new), encoding="utf-8")
    assert slip in slips(tool, readings)


def test_a_pair_that_differs_is_not_called_agreed(tool: ModuleType, readings: Path) -> None:
    (readings / "settled-A.csv").write_text(SETTLED.replace("second,,nlc2005:b", "agreed,,nlc2005:b"), encoding="utf-8")
    (slip,) = slips(tool, readings)
    assert slip.startswith("settled-A.csv: called agreed, but ")


def test_review_status_follows_from_the_settlement(tool: ModuleType, readings: Path, coded: Graph) -> None:
    expected = {f"nlc2005:{item}": status for status, items in STATUSES.items() for item in items}
    assert tool.review(coded, readings) == expected


def test_every_sourced_item_of_the_bundled_graph_has_exactly_one_status(bundled: Graph) -> None:
    items = """SELECT ?item (COUNT(?status) AS ?statuses) {
      VALUES ?kind { nlc:SourcedItem nlc:NotReported }
      ?item a/rdfs:subClassOf* ?kind . OPTIONAL { ?item nlc:reviewStatus ?status }
    } GROUP BY ?item HAVING (COUNT(?status) != 1)"""
    assert [str(row[0]) for row in bundled.select(items).rows] == []


def test_status_and_table_are_what_the_readings_give(tool: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    """If this fails: python tools/coding_agreement.py --write."""
    assert (tool.main(["--check"]), capsys.readouterr().err) == (0, "")


def test_the_page_on_coding_states_the_numbers_that_the_tool_gives(tool: ModuleType) -> None:
    page = (ROOT / "docs" / "coding.md").read_text(encoding="utf-8")
    stated = page.partition(tool.BEGIN)[2].partition(tool.END)[0]
    assert stated.strip() == tool.table().strip()
