"""What rows become, and the errors that prevent it."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlc_graph import Graph, find_impacts, open_graph
from nlc_graph.errors import ParameterError
from nlc_graph.evidence.filters import Filters
from nlc_graph.sheet import SheetError, example_rows, format_errors, heading, read_sheets, to_csv
from nlc_graph.validation import validate
from nlc_graph.vocabulary import BASE, to_curie

from .conftest import AIM, CLAIM, FIGURE, Write, errors_in, graph_of, read, warnings_in

USE = {key: CLAIM[key] for key in ("network", "practice", "section", "source")} | {
    "in our words": "Two mentors a school.", "passage opens": "Each school has", "passage closes": "two mentors",
}  # fmt: skip
OWN_FEATURE = {**CLAIM, "key feature": "how pupils get on", "nearest key feature": "achievement"}
#: A figure without comparator.
ALONE = {key: value for key, value in FIGURE.items() if not key.startswith("comparator")}


def curies(graph: Graph, query: str) -> list[list[str]]:
    prefixes = {**graph.prefixes, "mine": f"{BASE}mine/"}
    return [[to_curie(str(cell), prefixes) for cell in row] for row in graph.select(query).rows]


# --- what rows become ---


def test_rows_become_claims_with_readable_identifiers(write: Write, terms: Graph, tmp_path: Path) -> None:
    graph = graph_of(read(terms, write(CLAIM, FIGURE, AIM)), tmp_path)
    assert validate([str(tmp_path / "made.ttl")], bundled=False).findings == ()
    assert curies(graph, """SELECT ?claim ?about ?link ?evidence ?type ?passage {
      ?claim a nlc:Claim ; nlc:about ?about ; nlc:linkType ?link ; nlc:supportedBy ?evidence ; nlc:statedIn ?passage .
      ?evidence a ?type } ORDER BY ?claim""") == [
        ["mine:riverside-nlc-high-school-a-learning-mentors-attendance", "mine:riverside-nlc-high-school-a",
         "link:co-reported", "mine:riverside-nlc-high-school-a-learning-mentors-attendance-statistic", "nlc:Change",
         "mine:mentors-at-work-attendance-was-84-passage"],
        ["mine:riverside-nlc-learning-mentors-attendance", "mine:riverside-nlc", "link:attributed",
         "mine:riverside-nlc-learning-mentors-attendance-quoted-testimony", "nlc:Testimony",
         "mine:mentors-at-work-since-the-mentors-passage"],
        ["mine:riverside-nlc-learning-mentors-confidence", "mine:riverside-nlc", "link:intended",
         "mine:riverside-nlc-learning-mentors-confidence-author-statement", "nlc:EvidenceItem",
         "mine:mentors-at-work-mentors-are-there-passage"],
    ]  # fmt: skip


def test_a_change_has_levels_and_a_comparator(write: Write, terms: Graph, tmp_path: Path) -> None:
    graph = graph_of(read(terms, write(FIGURE)), tmp_path)
    # 90.5 - 84.0 = 6.5; the county: 93 - 91 = 2
    assert curies(graph, """SELECT ?computed ?theirs ?design {
      ?claim nlc:supportedBy ?change ; nlc:comparisonDesign ?design .
      ?change nlc:computedValue ?computed ; nlc:comparedWith/nlc:computedValue ?theirs }""") == [
        ["6.5", "2", "design:change-with-comparator"]
    ]  # fmt: skip


def test_rows_about_the_same_are_one_claim(write: Write, terms: Graph, tmp_path: Path) -> None:
    qualifies = {**CLAIM, "kind of evidence": "author statement", "passage opens": "But", "bearing": "qualifies"}
    figure = {**ALONE, "school or group": "", "link": "attributed", "in our words": "Half as many were away.",
              "note": "Half of what?", "affects": "pupil"}  # fmt: skip
    graph = graph_of(read(terms, write(CLAIM, USE, qualifies, figure)), tmp_path)
    assert curies(graph, """SELECT ?words ?use ?opens ?figure ?note ?role {
      ?claim a nlc:Claim ; nlc:paraphrase ?words ; nlc:strategy ?strategy ; nlc:affects ?role ;
        nlc:supportedBy ?item ; nlc:qualifiedBy ?other .
      ?strategy nlc:paraphrase ?use ; nlc:statedIn/nlc:opens ?opens .
      ?item a nlc:Change ; nlc:paraphrase ?figure ; nlc:curatorNote ?note }""") == [
        [CLAIM["in our words"], "Two mentors a school.", "Each school has", "Half as many were away.",
         "Half of what?", "role:pupil"]
    ]  # fmt: skip


def test_the_examples_become_six_valid_claims(terms: Graph, tmp_path: Path) -> None:
    path = tmp_path / "examples.csv"
    path.write_bytes(to_csv([heading(), *example_rows()]))
    graph = graph_of(read(terms, str(path)), tmp_path)
    assert validate([str(tmp_path / "made.ttl")], bundled=False).findings == ()
    assert len(graph.select("SELECT ?claim { ?claim a nlc:Claim }")) == 6


def test_the_same_sheet_gives_the_same_bytes(write: Write, terms: Graph) -> None:
    path = write(CLAIM, FIGURE, AIM)
    assert read(terms, path).to_bytes() == read(terms, path).to_bytes()


def test_later_rows_do_not_change_identifiers(write: Write, terms: Graph) -> None:
    before = read(terms, write(CLAIM, FIGURE)).rows
    later = {**CLAIM, "direction": "unchanged", "passage opens": "z"}
    assert before.keys() <= read(terms, write(CLAIM, FIGURE, later)).rows.keys()


def test_counts_and_rows_of_an_import(write: Write, terms: Graph) -> None:
    path = write(CLAIM, FIGURE)
    made = read(terms, path)
    assert made.counts == {
        "claims": 2, "strategies": 2, "items of evidence": 2, "new networks": 1, "new schools": 1, "new groups": 1,
    }  # fmt: skip
    assert [(new.kind, new.label, new.row) for new in made.new] == [
        ("network", "Riverside NLC", 2), ("source", "Annual report", 2), ("school", "High School A", 3),
        ("group", "other schools in the county", 3),
    ]  # fmt: skip
    school = f"{BASE}mine/riverside-nlc-high-school-a"
    error = made.locate(school, ["https://w3id.org/nlc-graph/ontology#identification"], "code", "message", "hint")
    assert (error.row, error.column) == (3, "what it is")


def test_all_names_of_a_term_are_understood(write: Write, tmp_path: Path) -> None:
    words = tmp_path / "words.ttl"
    words.write_text(
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX practice: <https://w3id.org/nlc-graph/practice/>"
        " practice:peer-mentoring skos:prefLabel 'Schülermentoren'@de ."
    )
    names = ["practice:peer-mentoring", "pupils teaching pupils", "SCHULERMENTOREN", "x [practice:peer-mentoring]"]
    rows = [{**CLAIM, "practice": name, "passage opens": f"Words {n}"} for n, name in enumerate(names)]
    graph = graph_of(read(open_graph(words, bundled=False), write(*rows)), tmp_path)
    assert curies(graph, "SELECT DISTINCT ?p { ?s nlc:practice ?p }") == [["practice:peer-mentoring"]]


def test_entities_of_another_enquiry_are_meant_only_by_identifier(write: Write, bundled: Graph) -> None:
    row = {**FIGURE, "network": "Kingsbridge NLC"}
    assert "nlc2005:" not in read(bundled, write(row)).to_bytes().decode()
    assert warnings_in(bundled, write(row)) == [(2, "network", "same-name"), (2, "school or group", "same-name")]
    same = read(bundled, write({**row, "network": "K [nlc2005:kingsbridge]"}))
    assert "nlc:about nlc2005:kingsbridge-high-school-a" in same.to_bytes().decode() and not same.warnings
    wrong = {**row, "network": "K [nlc2005:kingsbrige]"}
    assert errors_in(bundled, write(wrong)) == [(2, "network", "wrong-identifier")]


def test_an_organisation_is_described_again(write: Write, bundled: Graph) -> None:
    row = {**CLAIM, "who says it": "Ofsted", "kind of evidence": "inspection report", "section heading": "Part 2"}
    text = read(bundled, write(row)).to_bytes().decode()
    assert 'organisation:ofsted a org:Organization ;\n    rdfs:label "Ofsted"' in text
    assert 'nlc:heading "Part 2"' in text


@pytest.mark.parametrize(
    ("name", "roles"),
    [
        ("a teacher of network 3", "teacher"), ("Year 5 pupils", "pupil"), ("Pupil A", "pupil"),
        ("some children at Hilltop", "pupil"), ("most of the parents", "parent"), ("members of staff", "staff"),
        ("a head teacher, on control", "headteacher"), ("Mrs Smith, headteacher", "headteacher"),
        ("parents and teachers", "parent, role:teacher"),
    ],
)  # fmt: skip
def test_the_name_of_a_speaker_gives_the_role(name: str, roles: str, write: Write, terms: Graph) -> None:
    text = read(terms, write({**CLAIM, "who says it": name})).to_bytes().decode()
    assert f"nlc:speakerRole role:{roles} ;" in text


@pytest.mark.parametrize(
    "name", ["a school librarian", "pupil support worker", "a teacher trainer", "former pupil, now parent",
             "a head of the library", "Mrs Smith"]
)  # fmt: skip
def test_a_name_that_only_mentions_a_role_needs_one(name: str, write: Write, terms: Graph) -> None:
    row = {**CLAIM, "who says it": name}
    assert errors_in(terms, write(row)) == [(2, "who says it", "unknown-role")]
    stated = {**row, "role": "headteacher", "passage opens": "And she"}
    assert read(terms, write(row, stated)).to_bytes().decode().count("nlc:speakerRole role:headteacher") == 1


def test_an_average_is_a_group(write: Write, terms: Graph, tmp_path: Path) -> None:
    graph = graph_of(read(terms, write({**FIGURE, "comparator": "national average"})), tmp_path)
    assert curies(graph, "SELECT ?kind { ?unit rdfs:label 'national average' ; a ?kind }") == [["nlc:Group"]]


def test_a_semicolon_between_cells_goes_with_decimal_commas(terms: Graph, tmp_path: Path) -> None:
    path = tmp_path / "german.csv"
    row = {**FIGURE, "from value": "84,0", "to value": "90,5", "note": "Größe"}
    path.write_bytes("\r\n".join(";".join(line) for line in (row, row.values())).encode("cp1252"))
    graph = graph_of(read(terms, str(path)), tmp_path)
    assert curies(graph, "SELECT ?v { ?change nlc:computedValue ?v } ORDER BY ?v") == [["2"], ["6.5"]]
    row |= {"unit": "count", "to value": "1.084", "from value": "900"}
    path.write_text("\n".join(";".join(line) for line in (row, row.values())))
    assert errors_in(terms, str(path)) == [(2, "to value", "ambiguous-number")]


# --- errors ---


@pytest.mark.parametrize(
    ("change", "column", "code"),
    [
        ({"network": ""}, "network", "missing"),
        ({"network": "n/a"}, "network", "placeholder"),
        ({"outcome": "attendance | writing"}, "outcome", "several-values"),
        ({"practice": "learning mentors | coaching"}, "practice", "several-values"),
        ({"practice": "lerning mentors"}, "practice", "unknown-name"),
        ({"link": "causal"}, "link", "unknown-name"),
        ({"link": ""}, "link", "missing"),
        ({"section": ""}, "section", "missing"),
        ({"kind of evidence": "statistic"}, "measure", "missing"),
        ({"to value": "3"}, "measure", "missing"),
        ({"role": "inspector"}, "role", "unknown-name"),
        ({"bearing": "proves"}, "bearing", "bad-value"),
        ({"note": "a\u202eb"}, "note", "hidden-characters"),
        ({"bearing": "#N/A"}, "bearing", "spreadsheet-error"),
        ({"source": "Report [javascript:alert(1)]"}, "source", "bad-identifier"),
        ({"claim": "x [file:///etc/passwd]"}, "claim", "bad-identifier"),
        ({"network": "x [nothing:y]"}, "network", "bad-identifier"),
        ({"network": "x [practice:coaching]"}, "network", "wrong-identifier"),
        ({"practice": "new [https://w3id.org/nlc-graph/mine/practice/...]"}, "practice", "bad-identifier"),
        ({"school or group": "A", "what it is": "school: big"}, "what it is", "bad-value"),
        ({"school or group": "x", "what it is": "planet"}, "what it is", "bad-value"),
        ({"what it is": "school: named"}, "what it is", "unused-cell"),
        ({"outcome": ""}, "outcome", "missing"),
        ({"passage opens": "a | b"}, "passage closes", "count-differs"),
    ],
)  # fmt: skip
def test_errors_of_a_claim(change: dict[str, str], column: str, code: str, write: Write, terms: Graph) -> None:
    assert errors_in(terms, write({**CLAIM, **change})) == [(2, column, code)]


@pytest.mark.parametrize(
    ("change", "column", "code"),
    [
        ({"measure": "attendence rate"}, "measure", "unknown-name"),
        ({"unit": ""}, "unit", "missing"),
        ({"to value": "90.5%"}, "to value", "not-a-number"),
        ({"from value": "1,084"}, "from value", "ambiguous-number"),
        ({"to period": "2004/06"}, "to period", "not-a-period"),
        ({"to period": "May-04"}, "to period", "not-a-period"),
        ({"from period": "", "to period": ""}, "to period", "missing"),
        ({"from period": ""}, "from period", "missing"),
        ({"comparator": ""}, "comparator", "missing"),
        ({"against comparator": "beside"}, "against comparator", "bad-value"),
        ({"chart": "Figure 1"}, "chart", "unused-cell"),
        ({"network": "North | South", "school or group": ""}, "figure for", "missing"),
    ],
)  # fmt: skip
def test_errors_of_a_figure(change: dict[str, str], column: str, code: str, write: Write, terms: Graph) -> None:
    assert set(errors_in(terms, write({**FIGURE, **change}))) == {(2, column, code)}


def test_all_errors_of_all_rows_are_listed(write: Write, terms: Graph) -> None:
    path = write(
        {**FIGURE, "direction": "upwards", "outcome": "road safety", "passage opens": "", "practice": "walking bus",
         "to value": "x", "unit": "percents", "comparator to value": "y"},
        {**CLAIM, "practice": "walking bus", "who says it": "Mrs Smith"},
        CLAIM,
        CLAIM,
    )  # fmt: skip
    assert errors_in(terms, path) == [
        (2, "comparator to value", "not-a-number"), (2, "direction", "unknown-name"), (2, "outcome", "unknown-name"),
        (2, "passage opens", "missing"), (2, "practice", "unknown-name"), (2, "to value", "not-a-number"),
        (2, "unit", "unknown-name"), (3, "practice", "unknown-name"), (3, "who says it", "unknown-role"),
        (5, "", "repeated-row"),
    ]  # fmt: skip


def test_hints_name_similar_terms_or_the_whole_list(write: Write, terms: Graph) -> None:
    with pytest.raises(SheetError) as raised:
        read(terms, write({**CLAIM, "practice": "lerning mentors", "link": "causal"}))
    hints = {error.column: error.hint for error in raised.value.errors}
    assert "'learning mentors'" in hints["practice"] and "--new-terms" in hints["practice"]
    assert hints["link"].endswith("attributed; co-reported; intended; no strategy linked")


def test_an_error_in_several_rows_is_one_line(write: Write, terms: Graph) -> None:
    rows = [{**CLAIM, "practice": "walking bus", "passage opens": f"Words {number}"} for number in range(4)]
    path = write(*rows[:3], CLAIM, rows[3])
    with pytest.raises(SheetError) as raised:
        read(terms, path)
    (line,) = format_errors(raised.value.errors)
    assert line.startswith(f"{path}, rows 2-4, 6, column 'practice': 'walking bus': ")


@pytest.mark.parametrize(
    ("first", "second", "column"),
    [
        ({"claim": "Attendance"}, {"claim": "Attendance", "outcome": "writing"}, "outcome"),
        ({"strategy": "S"}, {"strategy": "S", "practice": "coaching"}, "practice"),
        ({"strategy": "S"}, {"strategy": "S", "used by": "High School A", "outcome": "writing"}, "used by"),
        ({"evidence": "E"}, {"evidence": "E", "who says it": "a teacher"}, "evidence"),
        ({"network": "One [https://e.org/x]"}, {"network": "Two [https://e.org/x]"}, "network"),
        ({"source": "One [https://e.org/x]"}, {"source": "Two [https://e.org/x]"}, "source"),
        ({"school or group": "A school", "what it is": "school: named"},
         {"school or group": "A school", "what it is": "school: pseudonym"}, "what it is"),
        ({"section heading": "Part 1"}, {"section heading": "Part 2"}, "section heading"),
    ],
)  # fmt: skip
def test_rows_that_contradict_each_other(
    first: dict[str, str], second: dict[str, str], column: str, write: Write, terms: Graph
) -> None:
    path = write({**CLAIM, **first}, {**CLAIM, "passage opens": "x", **second})
    assert set(errors_in(terms, path)) == {(3, column, "contradicts-row")}


def test_columns(write: Write, terms: Graph) -> None:
    misspelt = {"in our words": "in our wrods", "network": "netwrok", "section": "sections"}
    row = {misspelt.get(column, column): value for column, value in CLAIM.items()}
    assert errors_in(terms, write(row, {**row, "link": "x"})) == [
        (1, "in our wrods", "unknown-column"), (1, "netwrok", "unknown-column"), (1, "sections", "unknown-column"),
        (3, "link", "unknown-name"),
    ]  # fmt: skip
    without = {column: value for column, value in CLAIM.items() if column != "section"}
    assert errors_in(terms, write(without)) == [(1, "section", "missing-column")]
    assert errors_in(terms, write(dict.fromkeys(CLAIM, ""))) == [(2, "", "no-row")]


def test_cells_without_a_heading(write: Write, terms: Graph) -> None:
    path = Path(write(CLAIM))
    head, row = path.read_text(encoding="utf-8-sig").splitlines()
    path.write_text(f"{head},\n{row},lost\n,{',' * head.count(',')},alone\n", encoding="utf-8")
    assert errors_in(terms, str(path)) == [(2, "", "no-heading"), (3, "", "no-heading")]


@pytest.mark.parametrize("name", ["practice", "ontology", "", "-", "nlc2005"])
def test_names_that_an_enquiry_cannot_have(name: str, write: Write, bundled: Graph) -> None:
    with pytest.raises(ParameterError):
        read_sheets([write(CLAIM)], bundled, enquiry=name)


def test_a_school_that_lacks_its_network_in_one_row(write: Write, terms: Graph) -> None:
    rows = [("North", "Hilltop Primary"), ("", "Hilltop primary"), ("", "Alder School"), ("South", "School 2")]
    filled = [{**CLAIM, "network": a, "school or group": b, "passage opens": b} for a, b in rows]
    assert errors_in(terms, write(*filled)) == [(3, "network", "missing")]


# --- new terms ---


def test_new_terms_are_made_only_if_asked_for(write: Write, terms: Graph, tmp_path: Path) -> None:
    row = {**CLAIM, "practice": "walking bus", "outcome": "road safety"}
    assert errors_in(terms, write(row)) == [(2, "outcome", "unknown-name"), (2, "practice", "unknown-name")]
    made = read(terms, write(row), new_terms=True)
    assert [(new.kind, new.label) for new in made.new[:2]] == [
        ("network", "Riverside NLC"),
        ("source", "Annual report"),
    ]
    (link,) = find_impacts(graph_of(made, tmp_path)).links
    assert to_curie(link.practice) == "https://w3id.org/nlc-graph/mine/practice/walking-bus"
    assert validate([str(tmp_path / "made.ttl")], bundled=False).findings == ()
    assert errors_in(terms, write({**row, "key feature": ""}), new_terms=True) == [(2, "key feature", "missing")]


def test_a_typing_error_makes_no_new_term(write: Write, terms: Graph) -> None:
    names = ("lerning mentors", "reading buddies", "reading budies", "paid work", "unpaid work")
    rows = [{**CLAIM, "practice": name, "passage opens": name} for name in names]
    assert errors_in(terms, write(*rows), new_terms=True) == [
        (2, "practice", "near-name"), (4, "practice", "near-name"),
    ]  # fmt: skip
    own = {**rows[0], "practice": "lerning mentors [https://w3id.org/nlc-graph/mine/practice/lerning]"}
    assert "mine/practice/lerning" in read(terms, write(own), new_terms=True).to_bytes().decode()


def test_a_key_feature_of_ones_own(write: Write, terms: Graph, tmp_path: Path) -> None:
    row = {**OWN_FEATURE, "outcome": "road safety"}
    graph = graph_of(read(terms, write(row), new_terms=True), tmp_path)
    (link,) = find_impacts(graph, Filters(features=frozenset([f"{BASE}feature/achievement"]))).links
    assert graph.names.label(link.features[0]) == "how pupils get on"
    without = {**row, "outcome": "attendance", "nearest key feature": ""}
    assert errors_in(terms, write(without), new_terms=True) == [(2, "key feature", "unknown-name")]
    other = {**OWN_FEATURE, "passage opens": "x", "nearest key feature": "well-being"}
    assert errors_in(terms, write(OWN_FEATURE, other), new_terms=True) == [
        (3, "nearest key feature", "contradicts-row")
    ]


# --- warnings ---


@pytest.mark.parametrize(
    ("change", "warned"),
    [
        ({}, False),
        ({"from value": "90.5", "to value": "84"}, True),
        ({"direction": "worsened"}, True),
        ({"direction": "unchanged"}, True),
        ({"measure": "lateness", "unit": "count", "from value": "9", "to value": "4"}, False),
        ({"measure": "lateness", "unit": "count", "from value": "4", "to value": "9"}, True),
        ({"comparator": "all schools", "from value": "90.5", "to value": "84"}, False),
    ],
)
def test_a_direction_that_the_figure_does_not_bear_out(
    change: dict[str, str], warned: bool, write: Write, terms: Graph
) -> None:
    expected = [(2, "direction", "direction-differs")] if warned else []
    assert warnings_in(terms, write({**ALONE, **change})) == expected


@pytest.mark.parametrize(
    ("column", "one", "other", "code"),
    [
        ("network", "Riverside", "Riversid", "near-name"),
        ("source", "Annual report", "Anual report", "near-name"),
        ("section", "Mentors at work", "Mentros at work", "near-name"),
        ("school or group", "Hilltop Primary", "Hilltopp Primary", "near-name"),
        ("network", "One", "Two; three", "several-names"),
        ("network", "Network 1", "Network 2", ""),
        ("school or group", "School A", "School B", ""),
        ("source", "Annual report", "ANNUAL report", ""),
    ],
)
def test_new_names_that_may_be_errors(column: str, one: str, other: str, code: str, write: Write, terms: Graph) -> None:
    rows = [{**CLAIM, column: one}, {**CLAIM, column: other, "passage opens": "x"}]
    assert warnings_in(terms, write(*rows)) == ([(3, column, code)] if code else [])


def test_damaged_letters_are_one_warning(write: Write, terms: Graph) -> None:
    rows = [{**CLAIM, "network": name, "passage opens": name} for name in ("RÄ«ga", "Tallinn", "R?ga", "Jēkabpils")]
    assert warnings_in(terms, write(*rows)) == [(2, "", "file")]
