"""What rows become, and what is wrong with them: all mistakes at once, each with its place and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlc_graph import Graph, find_impacts, open_graph
from nlc_graph.errors import ParameterError
from nlc_graph.evidence.filters import Filters
from nlc_graph.sheet import SheetError, example_rows, heading, in_words, read_sheets, to_csv
from nlc_graph.validation import validate
from nlc_graph.vocabulary import BASE, NLC, to_curie

from .conftest import AIM, CLAIM, FIGURE, Write

PREFIXES = "PREFIX mine: <https://w3id.org/nlc-graph/mine/>\n"


def imported(path: str, terms: Graph, tmp_path: Path, *, new_terms: bool = False) -> Graph:
    target = tmp_path / "mine.ttl"
    target.write_bytes(read_sheets([path], terms, enquiry="mine", new_terms=new_terms).to_bytes())
    report = validate([str(target)], bundled=False)
    assert report.findings == () and "single records against the SHACL shapes" in report.checked
    return open_graph(target, bundled=False)


def mistakes(path: str, terms: Graph, *, new_terms: bool = False) -> list[tuple[int, str, str, str]]:
    with pytest.raises(SheetError) as raised:
        read_sheets([path], terms, enquiry="mine", new_terms=new_terms)
    return [(each.row, each.column, each.value, each.problem) for each in raised.value.mistakes]


def test_rows_become_claims_with_readable_identifiers(write: Write, terms: Graph, tmp_path: Path) -> None:
    graph = imported(write(CLAIM, FIGURE, AIM), terms, tmp_path)
    found = graph.select(
        PREFIXES
        + """SELECT ?claim ?about ?link ?evidence ?type ?passage {
      ?claim a nlc:Claim ; nlc:about ?about ; nlc:linkType ?link ; nlc:supportedBy ?evidence ; nlc:statedIn ?passage .
      ?evidence a ?type } ORDER BY ?claim"""
    )
    assert [[to_curie(str(cell), graph.prefixes) for cell in row] for row in found.rows] == [
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
    label = graph.names.label
    assert [(label(link.practice), label(link.outcome)) for link in find_impacts(graph).links] == [
        ("learning mentors", "attendance"), ("learning mentors", "confidence and self-belief"),
    ]  # fmt: skip


def test_figures_with_their_comparator(write: Write, terms: Graph, tmp_path: Path) -> None:
    graph = imported(write(FIGURE), terms, tmp_path)
    found = graph.select("""SELECT ?computed ?theirs ?design {
      ?claim nlc:supportedBy ?change ; nlc:comparisonDesign ?design .
      ?change nlc:computedValue ?computed ; nlc:comparedWith/nlc:computedValue ?theirs }""")
    assert [(str(a), str(b), to_curie(str(c))) for a, b, c in found.rows] == [
        ("6.5", "2", "design:change-with-comparator")
    ]


def test_rows_of_one_claim_are_one_claim(write: Write, terms: Graph, tmp_path: Path) -> None:
    second = {**CLAIM, "kind of evidence": "author statement", "passage opens": "The report", "bearing": "qualifies"}
    graph = imported(write({**CLAIM, "bearing": ""}, second), terms, tmp_path)
    found = graph.select("SELECT ?a ?b { ?claim a nlc:Claim ; nlc:supportedBy ?a ; nlc:qualifiedBy ?b }")
    assert len(found) == 1


def test_other_labels_identifiers_and_languages_are_understood(write: Write, tmp_path: Path) -> None:
    words = tmp_path / "words.ttl"
    words.write_text(
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX practice: <https://w3id.org/nlc-graph/practice/>"
        " practice:peer-mentoring skos:prefLabel 'Schülermentoren'@de ."
    )
    graph = open_graph(words, bundled=False)
    names = ["practice:peer-mentoring", "pupils teaching pupils", "SCHULERMENTOREN", "x [practice:peer-mentoring]"]
    rows = [{**CLAIM, "practice": name, "passage opens": f"Words {n}"} for n, name in enumerate(names)]
    made = imported(write(*rows), graph, tmp_path)
    assert {to_curie(str(p)) for p in made.select("SELECT ?p { ?s nlc:practice ?p }").column("p")} == {
        "practice:peer-mentoring"
    }


def test_what_the_graph_has_is_referred_to(write: Write, tmp_path: Path) -> None:
    row = {**CLAIM, "network": "nlc2005:kingsbridge".join(["Kingsbridge [", "]"]), "school or group": "High School A"}
    read = read_sheets([write(row)], open_graph(), enquiry="mine")
    assert "nlc:about nlc2005:high-school-a" in read.to_bytes().decode() or "new schools" not in read.counts
    assert "new networks" not in read.counts


def test_all_mistakes_are_told_at_once(write: Write, terms: Graph) -> None:
    path = write(
        {**FIGURE, "passage opens": "", "practice": "lerning mentors"},
        {**FIGURE, "to value": "ninety", "from value": "84,5", "passage opens": "b"},
        {**FIGURE, "unit": "per cent", "to value": "120", "passage opens": "c"},
        {**FIGURE, "from period": "2004/05", "to period": "2002", "passage opens": "d"},
        {**FIGURE, "from period": "", "to period": "", "from value": "", "passage opens": "e"},
        {**FIGURE, "kind of evidence": "author statement", "passage opens": "f"},
        {**CLAIM, "kind of evidence": "statistic"},
        CLAIM,
        CLAIM,
        {**CLAIM, "direction": "worsened"},
    )
    assert mistakes(path, terms) == [
        (2, "passage opens", "", "missing"),
        (2, "practice", "lerning mentors", "no practice is called so"),
        (3, "from value", "84,5", "not a plain number"),
        (3, "to value", "ninety", "not a number"),
        (4, "to value", "120", "over 100 per cent"),
        (5, "to period", "2002", "not after the earlier period school year 2004/05"),
        (6, "comparator", "other schools in the county", "a comparator without its period"),
        (6, "to period", "", "missing"),
        (7, "kind of evidence", "author statement", "figures are given, and this is no kind for figures"),
        (8, "kind of evidence", "statistic", "no figure is given"),
        (10, "", "", "the same as row 9"),
        (11, "direction", "worsened", "row 8 says 'improved' of the same, at the same passage"),
    ]


def test_remedies_name_the_nearest(write: Write, terms: Graph) -> None:
    with pytest.raises(SheetError) as raised:
        read_sheets([write({**CLAIM, "practice": "lerning mentors", "link": "causal"})], terms, enquiry="mine")
    by_column = {each.column: each.remedy for each in raised.value.mistakes}
    assert by_column["practice"].startswith("did you mean learning mentors")
    assert by_column["practice"].endswith("? If it is new, import with --new-terms")
    assert by_column["link"] == "write one of: attributed; co-reported; intended; no strategy linked"


@pytest.mark.parametrize(
    ("change", "column", "problem"),
    [
        ({"network": ""}, "network", "missing"),
        ({"outcome": "attendance | writing"}, "outcome", "several values where there can be one"),
        ({"link": ""}, "link", "missing"),
        ({"practice": ""}, "practice", "missing: the link ties one to the outcome"),
        ({"link": "no strategy linked"}, "link", "no strategy is linked, yet there is a practice"),
        ({"link": "intended"}, "direction", "an intended outcome has no result, and only an intended one has none"),
        ({"who says it": ""}, "who says it", "missing"),
        ({"who says it": "a teacher | a pupil"}, "who says it", "several speakers"),
        ({"to value": "3"}, "measure", "missing, though there are figures under 'to value'"),
        ({"passage opens": "one two three four five six seven eight"}, "passage opens",
         "8 words; a passage is pointed at, not copied"),
        ({"in our words": "x" * 501}, "in our words", "501 characters"),
        ({"section": ""}, "section", "missing"),
        ({"bearing": "proves"}, "bearing", "no such bearing"),
        ({"bearing": "qualifies"}, "bearing", "no row supports this claim"),
        ({"note": "a\u202eb"}, "note", "hidden characters (U+202E)"),
        ({"note": "a\x07b"}, "note", "hidden characters (U+0007)"),
        ({"source": "Report [javascript:alert(1)]"}, "source", "'javascript:alert(1)' is no identifier"),
        ({"source": "Report [urn:%/x]"}, "source", "'urn:%/x' is no identifier"),
        ({"claim": "x [file:///etc/passwd]"}, "claim", "'file:///etc/passwd' is no identifier"),
        ({"network": "x [nothing:y]"}, "network", "'nothing:y' is no identifier"),
        ({"school or group": "High School A", "what it is": "school: big"}, "what it is",
         "no such way to identify a school"),
        ({"school or group": "x", "what it is": "planet"}, "what it is", "neither school nor group"),
    ],
)  # fmt: skip
def test_each_mistake(change: dict[str, str], column: str, problem: str, write: Write, terms: Graph) -> None:
    assert [(each[1], each[3]) for each in mistakes(write({**CLAIM, **change}), terms)] == [(column, problem)]


ALONE = {key: value for key, value in FIGURE.items() if not key.startswith("comparator")}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, []),
        ({"from value": "90.5", "to value": "84"}, ["the figure fell by 6.5"]),
        ({"direction": "worsened"}, ["the figure rose by 6.5"]),
        ({"direction": "unchanged"}, ["the figure rose by 6.5"]),
        ({"measure": "lateness", "unit": "count", "from value": "9", "to value": "4"}, []),
        ({"measure": "lateness", "unit": "count", "from value": "4", "to value": "9"}, ["the figure rose by 5"]),
        ({"comparator": "all schools", "comparator from value": "90", "comparator to value": "80",
          "from value": "90.5", "to value": "84"}, []),
    ],
)  # fmt: skip
def test_a_direction_that_the_figure_does_not_bear_out(
    change: dict[str, str], told: list[str], write: Write, terms: Graph
) -> None:
    read = read_sheets([write({**ALONE, **change})], terms, enquiry="mine", new_terms=True)
    assert [(one.column, one.problem) for one in read.warnings] == [("direction", problem) for problem in told]


def test_figures_without_a_measure_are_read_all_the_same(write: Write, terms: Graph) -> None:
    row = {**FIGURE, "measure": "", "unit": "pounds of tea", "to period": "x1", "to value": "abc"}
    assert [(each[1], each[3]) for each in mistakes(write(row), terms)] == [
        ("measure", "missing, though there are figures under 'from period', 'from value', 'to period', 'to value',"
         " 'unit', 'comparator', 'comparator from value', 'comparator to value'"),
        ("to period", "neither a year nor a school year"),
        ("to value", "not a number"),
        ("unit", "no unit is called so"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "column", "problem"),
    [
        ({"measure": "attendence rate"}, "measure", "no measure is called so"),
        ({"unit": ""}, "unit", "missing"),
        ({"to value": "90.5%"}, "to value", "not a plain number"),
        ({"from value": "1,084"}, "from value", "not a plain number"),
        ({"to period": "2004/06"}, "to period", "a school year ends in the year after it begins"),
        ({"to period": "May-04"}, "to period", "neither a year nor a school year"),
        ({"change": "7"}, "change", "the levels differ by 6.5"),
        ({"from value": ""}, "from value", "missing"),
        ({"comparator": ""}, "comparator from value", "there is no comparator"),
        ({"comparator": "High School A"}, "comparator", "compared with itself"),
        ({"comparator from value": ""}, "comparator from value", "missing"),
        ({"against comparator": "below"}, "against comparator", "the numbers say otherwise: 6.5 against 2"),
        ({"unit": "count", "to value": "90.5", "from value": "84"}, "to value", "a count that is no whole number"),
        ({"unit": "per cent", "comparator from value": "", "comparator to value": "", "comparator change": "-150"},
         "comparator change", "under -100 per cent"),
        ({"unit": "per cent", "from value": "", "to value": "", "change": "-150"}, "change", "under -100 per cent"),
        ({"to period": "2109"}, "to period", "in years to come"),
        ({"kind of evidence": "quoted testimony"}, "kind of evidence",
         "figures, but the kind is quoted testimony, and nobody says them"),
        ({"precision": "in words only"}, "precision", "there is a number, though it is said to be in words only"),
    ],
)  # fmt: skip
def test_each_mistake_in_figures(change: dict[str, str], column: str, problem: str, write: Write, terms: Graph) -> None:
    assert [(each[1], each[3]) for each in mistakes(write({**FIGURE, **change}), terms)] == [(column, problem)]


def test_figures_that_are_possible(write: Write, terms: Graph) -> None:
    """A rise may be of any size, a mean of days is no whole number, and an aim may lie ahead."""
    few = {"comparator": "", "comparator from value": "", "comparator to value": ""}
    level = {**FIGURE, **few, "from period": "", "from value": "", "to period": "2004"}
    rise = {**FIGURE, **few, "unit": "per cent", "from value": "", "to value": "", "change": "150"}
    days = {**level, "unit": "days", "to value": "4.5", "measure": "lateness", "passage opens": "x"}
    aim = {**level, "link": "intended", "direction": "no result reported", "to period": "2109", "passage opens": "y"}
    read_sheets([write(rise, days, aim)], terms, enquiry="mine")


def test_somebody_may_testify_to_figures(write: Write, terms: Graph, tmp_path: Path) -> None:
    row = {**FIGURE, "kind of evidence": "quoted testimony", "who says it": "a headteacher"}
    assert len(imported(write(row), terms, tmp_path).select("SELECT ?x { ?x a nlc:Change ; nlc:providedBy ?by }")) == 1


def test_two_rows_that_contradict(write: Write, terms: Graph) -> None:
    other = {**FIGURE, "outcome": "engagement", "to value": "95"}
    assert mistakes(write(FIGURE, other), terms) == [(3, "to value", "95", "row 2 says 90.5 for the same")]
    named = {**CLAIM, "claim": "Attendance"}
    assert mistakes(write(named, {**named, "outcome": "writing"}), terms) == [
        (3, "outcome", "writing", "row 2 says 'attendance' of the same claim")
    ]


def test_new_terms_are_made_only_when_asked_for(write: Write, terms: Graph, tmp_path: Path) -> None:
    row = {**CLAIM, "practice": "walking bus", "outcome": "road safety"}
    assert [each[1] for each in mistakes(write(row), terms)] == ["outcome", "practice"]
    graph = imported(write(row), terms, tmp_path, new_terms=True)
    (link,) = find_impacts(graph).links
    assert to_curie(link.practice, graph.prefixes) == "https://w3id.org/nlc-graph/mine/practice/walking-bus"
    assert mistakes(write({**row, "key feature": ""}), terms, new_terms=True) == [
        (2, "key feature", "", "missing: a new outcome type belongs under one")
    ]


def test_columns(write: Write, terms: Graph) -> None:
    assert mistakes(write({**CLAIM, "practise": "x"}), terms) == [(1, "practise", "", "no such column")]
    row = {column: value for column, value in CLAIM.items() if column != "section"}
    assert mistakes(write(row, {**row, "link": "x"}), terms) == [
        (1, "section", "", "the column is missing"),
        (3, "link", "x", "no link type is called so"),
    ]
    assert mistakes(write({column: "" for column in CLAIM}), terms) == [(2, "", "", "no row")]


def test_cells_without_a_heading_are_not_lost(write: Write, terms: Graph) -> None:
    path = Path(write(CLAIM, {**CLAIM, "outcome": "behaviour"}))
    head, first, second = path.read_text(encoding="utf-8-sig").splitlines()
    path.write_text(f"{head},\n{first},lost\n{second},,surplus\n,{',' * head.count(',')},alone\n", encoding="utf-8")
    lost = "stands in a column without a heading"
    assert mistakes(str(path), terms) == [(2, "", "lost", lost), (3, "", "surplus", lost), (4, "", "alone", lost)]


def test_a_misspelt_heading_is_told_once_and_what_stands_below_is_read(write: Write, terms: Graph) -> None:
    names = {"in our words": "in our wrods", "network": "netwrok", "direction": "dirction"}
    row = {names.get(column, column): value for column, value in CLAIM.items()}
    assert mistakes(write(row, {**row, "dirction": "upward", "in our wrods": ""}), terms) == [
        (1, "dirction", "", "no such column"),
        (1, "in our wrods", "", "no such column"),
        (1, "netwrok", "", "no such column"),
        (3, "direction", "upward", "no direction is called so"),
        (3, "in our words", "", "missing"),
    ]


def test_names_of_enquiries(write: Write, terms: Graph) -> None:
    for name in ("practice", "ontology", "", "-"):
        with pytest.raises(ParameterError, match="cannot be called"):
            read_sheets([write(CLAIM)], terms, enquiry=name)
    with pytest.raises(ParameterError, match="already has things of an enquiry 'nlc2005'"):
        read_sheets([write(CLAIM)], open_graph(), enquiry="nlc2005")


def test_the_same_sheet_gives_the_same_bytes(write: Write, terms: Graph) -> None:
    path = write(CLAIM, FIGURE, AIM)
    first, second = (read_sheets([path], terms, enquiry="mine").to_bytes() for _ in range(2))
    assert first == second


def test_a_later_row_does_not_rename_what_came_before(write: Write, terms: Graph) -> None:
    before = read_sheets([write(CLAIM, FIGURE)], terms, enquiry="mine").to_bytes().decode()
    after = read_sheets(
        [write(CLAIM, FIGURE, {**CLAIM, "direction": "unchanged", "passage opens": "z"})], terms, enquiry="mine"
    )
    names = {line.split()[0] for line in before.splitlines() if line.startswith("mine:")}
    assert names <= {line.split()[0] for line in after.to_bytes().decode().splitlines() if line}


def test_validate_takes_sheets(write: Write) -> None:
    report = validate([write({**CLAIM, "practice": "lerning mentors"})], bundled=False)
    (finding,) = report.findings
    assert (finding.code, finding.message, finding.line) == ("sheet", "No practice is called so.", 2)
    assert dict(finding.details) == {"column": "practice", "value": "lerning mentors"}
    assert validate([write(CLAIM, FIGURE, AIM)], bundled=False).findings == ()
    new = write({**CLAIM, "practice": "walking bus"})
    assert len(validate([new], bundled=False).findings) == 1
    assert validate([new], bundled=False, new_terms=True).findings == ()


def test_decimal_commas_where_a_sheet_has_them(write: Write, terms: Graph, tmp_path: Path) -> None:
    """A spreadsheet program that writes decimal commas puts semicolons between cells."""
    plain = write({**FIGURE, "to value": "91,5"})
    assert mistakes(plain, terms) == [(2, "to value", "91,5", "not a plain number")]
    german = tmp_path / "german.csv"
    commas = {**FIGURE, "from value": "84,0", "to value": "90,5", "comparator from value": "91", "note": "Größe"}
    german.write_bytes("\r\n".join(";".join(line) for line in (commas, commas.values())).encode("cp1252"))
    graph = imported(str(german), terms, tmp_path)
    values_found = graph.select("SELECT ?value { ?change nlc:computedValue ?value } ORDER BY ?value").column("value")
    assert [str(value) for value in values_found] == ["2", "6.5"]
    thousands = {**FIGURE, "unit": "count", "to value": "1.084", "from value": "900"}
    german.write_text("\n".join(";".join(line) for line in (thousands, thousands.values())))
    assert mistakes(str(german), terms) == [(2, "to value", "1.084", "points between thousands, or a decimal point")]


def test_a_row_tells_all_of_its_mistakes(write: Write, terms: Graph) -> None:
    wrong = {
        "comparator to value": "y", "direction": "upwards", "outcome": "road safety",
        "passage closes": "one two three four five six seven eight", "passage opens": "", "practice": "walking bus",
        "to value": "x", "unit": "percents",
    }  # fmt: skip
    assert [each[1] for each in mistakes(write({**FIGURE, **wrong}), terms)] == list(wrong)


def test_an_unknown_practice_hides_no_mistake_in_who_speaks(write: Write, terms: Graph) -> None:
    unknown = {**CLAIM, "practice": "walking bus"}
    path = write(
        {**unknown, "who says it": "Mrs Smith"},
        {**unknown, "who says it": "Mr Jones", "role": "techer", "passage opens": "x"},
    )
    assert [each[:3] for each in mistakes(path, terms) if each[1] != "practice"] == [
        (2, "who says it", "Mrs Smith"),
        (3, "role", "techer"),
    ]


@pytest.mark.parametrize("change", [{"link": "x"}, {"practice": "walking bus"}, {"network": ""}, {"outcome": "fame"}])
def test_a_row_that_may_support_a_claim_is_not_told_to_be_missing(
    change: dict[str, str], write: Write, terms: Graph
) -> None:
    path = write({**CLAIM, **change}, {**CLAIM, "bearing": "challenges", "passage opens": "x"})
    assert [each[0] for each in mistakes(path, terms)] == [2]


def test_an_unknown_role_is_told_with_the_roles_that_there_are(write: Write, terms: Graph) -> None:
    with pytest.raises(SheetError) as raised:
        read_sheets([write({**CLAIM, "role": "inspector"})], terms, enquiry="mine")
    (one,) = raised.value.mistakes
    assert one.remedy.startswith("write one of: ") and "; headteacher; " in one.remedy


@pytest.mark.parametrize(
    ("row", "column", "problem"),
    [
        ({**CLAIM, "outcome": ""}, "outcome",
         "missing, though something stands under 'key feature', 'link', 'direction', 'kind of evidence', 'who says"
         " it'"),
        ({**FIGURE, "outcome": "", "link": "", "direction": "", "key feature": ""}, "outcome",
         "missing, though something stands under 'practice'"),
        ({**CLAIM, "what it is": "school: named"}, "what it is", "nothing stands under 'school or group'"),
        ({**FIGURE, "chart": "Figure 1"}, "chart", "a chart whose values cannot be read has no measure"),
        ({**CLAIM, "network": "n/a"}, "network", "stands for nothing"),
        ({**CLAIM, "who says it": "Mrs Smith"}, "who says it", "which role this is cannot be told"),
        ({**CLAIM, "practice": "learning mentors | coaching"}, "practice", "several values where there can be one"),
        ({**CLAIM, "network": "x [practice:coaching]"}, "network", "this is 'coaching', no network"),
        ({**FIGURE, "unit": "count", "to value": "-3"}, "to value", "less than nothing"),
        ({**FIGURE, "unit": "per cent", "change": "12"}, "change", "the levels differ by 6.5"),
        ({**FIGURE, "comparator change": "5"}, "comparator change", "the levels differ by 2"),
        ({**FIGURE, "from value": "", "to value": "", "change": "112"}, "change", "over 100 percentage points"),
        ({**CLAIM, "jointly with": "learning mentors"}, "jointly with", "joined with itself"),
    ],
)  # fmt: skip
def test_nothing_of_a_row_is_lost(row: dict[str, str], column: str, problem: str, write: Write, terms: Graph) -> None:
    assert [(each[1], each[3]) for each in mistakes(write(row), terms)] == [(column, problem)]


def test_a_role_may_stand_in_another_row(write: Write, terms: Graph) -> None:
    told = {**CLAIM, "who says it": "Mrs Smith", "role": "headteacher", "passage opens": "And she"}
    read = read_sheets([write({**CLAIM, "who says it": "Mrs Smith"}, told)], terms, enquiry="mine")
    assert read.to_bytes().decode().count("nlc:speakerRole role:headteacher") == 1


def test_what_rows_of_one_claim_add_is_kept(write: Write, terms: Graph, tmp_path: Path) -> None:
    use = {column: CLAIM[column] for column in ("network", "practice", "section", "source")}
    use |= {
        "in our words": "Two mentors a school.",
        "passage opens": "Each school has",
        "passage closes": "two mentors",
    }
    figure = {**FIGURE, "school or group": "", "link": "attributed", "in our words": "Attendance rose by half.",
              "note": "Half of what?", "affects": "pupil"}  # fmt: skip
    graph = imported(write(CLAIM, use, figure), terms, tmp_path)
    assert graph.select(
        PREFIXES
        + """SELECT ?words ?use ?opens ?figure ?note ?role {
      ?claim a nlc:Claim ; nlc:paraphrase ?words ; nlc:strategy ?strategy ; nlc:affects/skos:prefLabel ?role ;
        nlc:supportedBy ?item .
      ?strategy nlc:paraphrase ?use ; nlc:statedIn/nlc:opens ?opens .
      ?item a nlc:Change ; nlc:paraphrase ?figure ; nlc:curatorNote ?note }"""
    ).rows == (
        (
            CLAIM["in our words"],
            "Two mentors a school.",
            "Each school has",
            "Attendance rose by half.",
            "Half of what?",
            "pupil",
        ),
    )


def test_an_average_is_no_school(write: Write, terms: Graph, tmp_path: Path) -> None:
    graph = imported(write({**FIGURE, "comparator": "national average"}), terms, tmp_path)
    found = graph.select("SELECT ?kind { ?unit rdfs:label 'national average' ; a ?kind }").column("kind")
    assert [to_curie(str(kind)) for kind in found] == ["nlc:Group"]


def test_new_terms_are_listed_with_what_comes_near(write: Write, terms: Graph) -> None:
    rows = [
        {**CLAIM, "practice": name, "passage opens": name} for name in ("Walking bus", "walking BUS", "summer camp")
    ]
    new = {**FIGURE, "unit": "bus tickets", "measure": "Key Stage 1 at Level 4 or above"}
    read = read_sheets([write(*rows, new)], terms, enquiry="mine", new_terms=True)
    assert [(each.kind, each.label, each.row, each.nearest[:1]) for each in read.new] == [
        ("practice", "Walking bus", 2, ()),
        ("practice", "summer camp", 4, ("summer school",)),
        ("measure", "Key Stage 1 at Level 4 or above", 5, ("Key Stage 2 at Level 4 or above",)),
        ("unit", "bus tickets", 5, ()),
    ]


def test_a_slip_of_the_pen_is_no_new_term(write: Write, terms: Graph, tmp_path: Path) -> None:
    row = {**CLAIM, "practice": "lerning mentors"}
    two = [{**CLAIM, "practice": name, "passage opens": name} for name in ("reading buddies", "reading budies")]
    near = "no practice is called so, but {} comes too near to make a new one"
    assert [each[3] for each in mistakes(write(row, *two), terms, new_terms=True)] == [
        near.format("'learning mentors'"),
        near.format("'reading buddies' (row 3)"),
    ]
    own = f"{row['practice']} [https://w3id.org/nlc-graph/mine/practice/lerning]"
    graph = imported(write({**row, "practice": own}), terms, tmp_path, new_terms=True)
    assert graph.names.label("https://w3id.org/nlc-graph/mine/practice/lerning") == "lerning mentors"


def test_a_key_feature_of_ones_own(write: Write, terms: Graph, tmp_path: Path) -> None:
    row = {**CLAIM, "key feature": "how pupils get on", "outcome": "road safety", "nearest key feature": "achievement"}
    graph = imported(write(row), terms, tmp_path, new_terms=True)
    (link,) = find_impacts(graph, Filters(features=frozenset([f"{BASE}feature/achievement"]))).links
    assert graph.names.label(link.features[0]) == "how pupils get on"
    (_, column, value, problem), *_ = mistakes(write({**row, "nearest key feature": ""}), terms, new_terms=True)
    assert (column, value, problem) == ("key feature", "how pupils get on", "no key feature is called so")


def test_namesakes_of_another_enquiry_are_told_apart(write: Write, tmp_path: Path) -> None:
    """Nothing is merged because it is called the same; whoever means the same gives its identifier."""
    row = {**FIGURE, "network": "Kingsbridge NLC", "section": "Introduction"}
    read = read_sheets([write(row)], open_graph(), enquiry="mine")
    text = read.to_bytes().decode()
    assert "nlc2005:" not in text and "section:" not in text
    assert [(each.column, each.label, each.other) for each in read.namesakes] == [
        ("network", "Kingsbridge NLC", "nlc2005:kingsbridge"),
        ("school or group", "High School A", "nlc2005:kingsbridge-high-school-a"),
    ]
    same = read_sheets([write({**row, "network": "K [nlc2005:kingsbridge]"})], open_graph(), enquiry="mine")
    assert "nlc:about nlc2005:kingsbridge-high-school-a" in same.to_bytes().decode() and not same.namesakes
    assert [each[3] for each in mistakes(write({**row, "network": "K [nlc2005:kingsbrige]"}), open_graph())] == [
        "the graph has nothing of this identifier"
    ]


def test_headings_and_organisations_stand_in_the_file(write: Write, tmp_path: Path) -> None:
    row = {
        **CLAIM,
        "who says it": "Ofsted",
        "kind of evidence": "inspection report",
        "section heading": "Chapter 2 Mentors",
    }
    text = read_sheets([write(row)], open_graph(), enquiry="mine").to_bytes().decode()
    assert 'nlc:heading "Chapter 2 Mentors"' in text
    assert 'organisation:ofsted a org:Organization ;\n    rdfs:label "Ofsted"' in text


def test_the_same_mistake_in_many_rows_is_one_line(write: Write, terms: Graph) -> None:
    rows = [{**CLAIM, "practice": "walking bus", "passage opens": f"Words {number}"} for number in range(4)]
    path = write(*rows[:3], CLAIM, rows[3])
    with pytest.raises(SheetError) as raised:
        read_sheets([path], terms, enquiry="mine")
    (line,) = in_words(raised.value.mistakes)
    assert line.startswith(f"{path}, rows 2-4, 6, column 'practice': 'walking bus': no practice is called so; ")


def test_the_examples_are_right(terms: Graph, tmp_path: Path) -> None:
    path = tmp_path / "examples.csv"
    path.write_bytes(to_csv([heading(), *example_rows()]))
    graph = imported(str(path), terms, tmp_path)
    assert len(graph.select("SELECT ?claim { ?claim a nlc:Claim }")) == 6


def test_validation_names_row_and_column(write: Write) -> None:
    """Nothing is wrong in the sheet itself, but what it calls a network is a speaker in the graph it builds on."""
    sheet = write(CLAIM, {**CLAIM, "network": "x [https://example.org/x]", "passage opens": "x"})
    thing = Path(sheet).with_name("thing.ttl")
    thing.write_text(f"<https://example.org/x> a <{NLC}Speaker> .")
    found = validate([sheet], context=[str(thing)], bundled=False).findings
    assert {each.location for each in found} == {f"{sheet}, row 3"}
    assert {(each.code, each.details.get("column")) for each in found} >= {
        ("thing-of-two-kinds", None),
        ("shape", "role"),
    }
