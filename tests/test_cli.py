"""Each command as its user runs it: one success and the ways it can be asked wrongly."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import TINY

NLC = "PREFIX nlc: <https://w3id.org/nlc-graph/ontology#>\n"
ONLY_TINY = ("--no-bundled", "--data", str(TINY))


def run(*args: str, stdin: str | None = None, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run ``nlc-graph`` as a process of its own, 130 columns wide."""
    environment = {**os.environ, "COLUMNS": "130", **(env or {})}
    command = [sys.executable, "-m", "nlc_graph", *args]
    return subprocess.run(
        command, input=stdin, capture_output=True, text=True, env=environment, check=False, encoding="utf-8"
    )


def succeeded(*args: str, stdin: str | None = None) -> str:
    done = run(*args, stdin=stdin)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_impacts_prints_links_the_caution_and_what_was_left_out() -> None:
    assert succeeded(*ONLY_TINY, "impacts", "attendance") == (
        "practice          outcome     networks   how far tied (claims)  evidence (items)  comparison\n"
        "----------------  ----------  ---------  ---------------------  ----------------"
        "  -------------------------------\n"
        "learning mentors  attendance  Alder NLC  co-reported 1          statistic 1     "
        "  change over time, no comparator\n"
        "1 link (reported relationships, not proof of cause); 4 filtered out\n"
    )


def test_impacts_as_json_and_csv() -> None:
    objects = json.loads(succeeded(*ONLY_TINY, "impacts", "--link", "intended", "--format", "json"))
    assert [(o["practice"]["id"], o["outcome"]["id"], o["links"]) for o in objects] == [
        ("practice:story-maps", "outcome:confidence", {"intended": 1})
    ]
    rows = list(csv.DictReader(io.StringIO(succeeded(*ONLY_TINY, "impacts", "--format", "csv"))))
    assert len(rows) == 5 and rows[0]["networks"] == "Alder NLC; Birch NLC"


def test_filters_that_leave_nothing_say_so() -> None:
    text = succeeded(*ONLY_TINY, "impacts", "--practice", "talent walls")
    assert text == "0 links (reported relationships, not proof of cause); 5 filtered out\n"


def test_options_of_all_commands_stand_anywhere() -> None:
    first = succeeded(*ONLY_TINY, "impacts", "--format", "csv")
    assert succeeded("impacts", *ONLY_TINY, "--format", "csv") == first
    assert succeeded("impacts", "--format", "csv", f"--data={TINY}", "--no-bundled") == first
    refused(run("impacts", "--store"), "Option '--store' requires an argument. (nlc-graph --help says more)")
    done = run("show", "--", "--no-bundled")
    assert done.returncode == 2 and "'--no-bundled'" in done.stderr


@pytest.mark.parametrize(
    ("args", "start"),
    [
        (("show", "https://w3id.org/x> ?p ?o } #"), "'https://w3id.org/x> ?p ?o } #' is no IRI; check it"),
        (("show", "http://"), "'http://' is no IRI; check it"),
        (("query", "has-figures", "-p", "outcome=writing", "-p", "outcome=reading"), "-p outcome is given twice; give"),
        (("query", "SELECT (<urn:f>(1) AS ?x) {}"), "no named query or file"),
        (("load", ""), "'' is no folder; name the one to make"),
        (("view", "-o", "-"), "view writes a file; `nlc-graph export --format html -o -` prints the page"),
        (("--endpoint", "http://[", "impacts"), "'http://[': an endpoint has an address that begins with"),
    ],
)
def test_words_that_cannot_be_meant(args: tuple[str, ...], start: str) -> None:
    refused(run(*([] if "--endpoint" in args else ONLY_TINY), *args), start)


def test_a_function_that_no_engine_knows_is_no_damage() -> None:
    done = run(*ONLY_TINY, "query", "-", stdin="SELECT (<urn:f>(1) AS ?x) {}")
    refused(done, "standard input: The custom function <urn:f> is not supported; SPARQL 1.1 knows no such function")


def test_show_prints_claims_evidence_and_passages() -> None:
    text = succeeded(*ONLY_TINY, "show", "story-making")
    for words in (
        "story-making  [practice:story-making]",
        "3 claims (reported relationships, not proof of cause)",
        "supported by quoted testimony, a pupil in Birch: I write more.",
        "read on in Birch: “Birch is a … walls as well”",
    ):
        assert words in text
    assert "alder-attendance" not in text


def test_show_json_holds_the_same() -> None:
    content = json.loads(succeeded(*ONLY_TINY, "show", "t:alder-attendance", "--format", "json"))
    (claim,) = content["claims"]
    assert claim["outcome"] == [{"id": "outcome:attendance", "label": "attendance"}]
    assert [item["bearing"] for item in claim["evidence"]] == ["qualifiedBy", "supportedBy"]


def test_show_takes_things_without_a_label() -> None:
    assert "84" in succeeded(*ONLY_TINY, "show", "https://example.org/tiny/alder-2000")


def test_find_searches_labels_and_paraphrases() -> None:
    assert "t:birch-pupil-says" in succeeded(*ONLY_TINY, "find", "write", "more")


def test_query_by_name_with_labels_beside_identifiers() -> None:
    rows = list(csv.DictReader(io.StringIO(succeeded(*ONLY_TINY, "query", "by-way-of", "--format", "csv"))))
    assert rows[0]["outcome"] == "outcome:engagement" and rows[0]["outcome_label"] == "engagement"


def test_query_from_standard_input_and_file(tmp_path: Path) -> None:
    text = "SELECT ?n { ?n a nlc:Network ; rdfs:label ?_label } # own query"
    assert "Birch NLC" in succeeded(*ONLY_TINY, "query", "-", "-p", "label=Birch NLC", stdin=text)
    (tmp_path / "own.rq").write_text(text)
    assert "Alder NLC" in succeeded(*ONLY_TINY, "query", str(tmp_path / "own.rq"), "-p", "label=Alder NLC")


def test_ask_prints_the_answer_and_exits_with_it() -> None:
    assert succeeded(*ONLY_TINY, "query", "has-figures", "-p", "outcome=attendance") == "true\n"
    done = run(*ONLY_TINY, "query", "has-figures", "-p", "outcome=writing")
    assert (done.returncode, done.stdout) == (1, "false\n")


def test_construct_prints_turtle() -> None:
    assert "t:alder-mentors a nlc:Strategy" in succeeded(*ONLY_TINY, "query", "network-subgraph", "-p", "network=Alder")


def test_queries_lists_them_with_their_questions() -> None:
    text = succeeded("queries")
    assert "practices-for-outcome" in text and "difference-in-differences" in text


def test_queries_are_narrowed_by_words_and_say_what_may_be_left_out() -> None:
    rows = json.loads(succeeded("queries", "reading", "OUTCOME", "number", "--format", "json"))
    assert rows == []
    rows = json.loads(succeeded("queries", "figures", "compare", "--format", "json"))
    assert {"name": "figures", "parameters": "[on] [of]"}.items() <= {r["name"]: r for r in rows}["figures"].items()
    rows = json.loads(succeeded("queries", "told-of", "--format", "json"))
    assert [(row["name"], row["parameters"]) for row in rows] == [("told-of", "thing")]
    done = run("queries", "xyzzy")
    assert (done.returncode, done.stderr) == (0, "no query speaks of 'xyzzy'; nlc-graph queries lists all\n")


def test_a_query_about_a_thing_asks_for_it() -> None:
    refused(
        run(*ONLY_TINY, "query", "network-account"),
        "query 'network-account' needs the parameter 'network': -p network=\"Southampton\", for example",
    )


def test_export_and_view_write_files(tmp_path: Path) -> None:
    for name in ("x.ttl", "x.jsonld", "x.csv"):
        done = run(*ONLY_TINY, "export", "--network", "Birch", "-o", str(tmp_path / name))
        assert (done.returncode, done.stderr) == (0, f"4 claims written to {tmp_path / name}\n")
    done = run(*ONLY_TINY, "view", "-o", str(tmp_path / "x.html"), "writing")
    assert (done.returncode, done.stderr) == (0, f"2 claims written to {tmp_path / 'x.html'}\n")


def test_help_has_an_example_for_every_command() -> None:
    from nlc_graph.cli import COMMANDS

    for command in COMMANDS:
        assert f"nlc-graph {command}" in succeeded(command, "--help").split("Example", 1)[1]


def test_version() -> None:
    assert succeeded("--version").startswith("nlc-graph 0.")


@pytest.mark.parametrize(
    ("args", "start"),
    [
        (("show", "lerning mentors"), "no thing is called 'lerning mentors'; did you mean"),
        (("show", "attainment"), "'attainment' fits several things: outcome:attainment (attainment), feature:"),
        (("impacts", "--practice", "xyzzy"), "no practice is called 'xyzzy'"),
        (("impacts", "xyzzy"), "no practice or outcome type or key feature or network is called 'xyzzy'"),
        (("query", "practise-for-outcome"), "no named query or file 'practise-for-outcome'; did you mean"),
        (
            ("query", "has-figures", "-p", "outcom=x"),
            "query 'has-figures' has no parameter 'outcom'; known parameters: outcome",
        ),
        (("query", "has-figures", "-p", "outcome"), "-p outcome: write it as name=value"),
        (("query", "by-way-of", "--format", "ttl"), "--format ttl is for CONSTRUCT queries"),
        (("query", "network-subgraph", "-p", "network=Alder", "--format", "csv"), "--format csv is for SELECT queries"),
        (("export", "-o", "x.xls"), "no format for '.xls'; known: .ttl"),
        (("export", "-o", "/nowhere/at/all/x.ttl"), "cannot write /nowhere/at/all/x.ttl: No such file or directory"),
        (("impacts", "--format", "foo"), "Invalid value for '--format': 'foo' is not one of 'table',"),
        (("show",), "Missing argument 'THING...'. (nlc-graph show --help says more)"),
        (("impact",), "no command is called 'impact'; did you mean impacts?"),
    ],
)
def test_wrong_input_gives_one_clear_line(args: tuple[str, ...], start: str) -> None:
    refused(run(*ONLY_TINY, *args), start)


def test_bad_sparql_says_where() -> None:
    refused(
        run("query", "-", stdin="SELECT ?x {\n ?x foo:bar ?y }"),
        "standard input, line 2, column 5: the prefix foo: is not",
    )
    refused(run("query", "-", stdin="SELECT ?x { ?x ?y }"), "standard input, line 1, column 20: cannot read")


def test_unreadable_data_says_which_file_and_line(tmp_path: Path) -> None:
    bad = tmp_path / "bad.ttl"
    bad.write_text("<urn:a> <urn:b> .\n")
    refused(run("--data", str(bad), "impacts"), f"{bad}, line 1: ")
    refused(run("--data", str(tmp_path / "none.ttl"), "impacts"), f"{tmp_path / 'none.ttl'}: no such file or folder")


def test_an_empty_graph_says_so() -> None:
    refused(run("--no-bundled", "impacts"), "the graph holds no evidence; add evidence with --data PATH")
    refused(run("--no-bundled", "view", "-o", "never.html"), "the graph holds no evidence")
    assert not Path("never.html").exists()


def test_a_closed_pipe_ends_quietly() -> None:
    command = f"{sys.executable} -m nlc_graph query outcome-types --format jsonl; echo status $? >&2"
    done = subprocess.run(["bash", "-c", f"({command}) | head -c 1"], capture_output=True, text=True, check=False)
    assert done.stderr in ("status 2\n", "status 0\n")  # 0 where all was written before the reader went


def test_a_terminal_without_unicode_gets_question_marks() -> None:
    command = [sys.executable, "-m", "nlc_graph", *ONLY_TINY, "show", "birch-stories"]
    done = subprocess.run(command, capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": "latin-1"})
    assert done.returncode == 0 and b"read on in Birch: ?Birch is a ? walls as well?" in done.stdout


def refused(done: subprocess.CompletedProcess[str], start: str) -> None:
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith(f"nlc-graph: {start}"), done.stderr
    assert done.stderr.count("\n") == 1 and "Traceback" not in done.stderr


REPORT = "ALDER\nAlder is a network. It is said at last.\nBIRCH\nBirch is a network that has walls as well. The end.\n"


def test_passages_check_says_what_is_not_found(tmp_path: Path) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_text(REPORT)
    text = succeeded(*ONLY_TINY, "passages", "check", "--copy", str(copy))
    assert text == "2 of 2 passages found once, in order, in their section\n"
    copy.write_text(REPORT.replace("Alder is a", "The alder was a").replace("ALDER\n", ""))
    done = run(*ONLY_TINY, "passages", "check", "--copy", str(copy))
    assert (done.returncode, done.stdout, done.stderr) == (
        1,
        "t:alder-passage  (Alder)\n"
        "  “Alder is a … said at last”: its opening words are not in the copy; nearest: “alder was a”\n"
        "1 of 2 passages found once, in order, in their section\n",
        "headings not in the copy, sections taken as far as their neighbours: Alder\n",
    )
    done = run(*ONLY_TINY, "passages", "check", "--format", "jsonl", env={"NLC_SOURCE": str(copy)})
    assert [json.loads(line)["nearest"] for line in done.stdout.splitlines()] == ["alder was a"]


def test_a_copy_of_something_else_is_recognised(tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("Nothing of the sort.")
    done = run(*ONLY_TINY, "passages", "check", "--copy", str(tmp_path / "other.txt"))
    assert done.returncode == 1
    assert done.stdout.endswith(
        "0 of 2 passages found once, in order, in their section; is this a copy of Tiny report?\n"
    )


def test_passage_prints_the_text_with_context(tmp_path: Path) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_text(REPORT)
    text = succeeded(*ONLY_TINY, "passage", "talent walls", "--copy", str(copy), "--context", "1")
    assert text == ("Birch  [t:birch-passage]\n  … BIRCH [Birch is a network that has walls as well]. The …\n")
    (row,) = json.loads(succeeded(*ONLY_TINY, "passage", "Birch", "--copy", str(copy), "--format", "json"))
    assert row["text"] == "Birch is a network that has walls as well"
    copy.write_text("BIRCH\nBirch is a thing.")
    done = run(*ONLY_TINY, "passage", "talent walls", "--copy", str(copy))
    assert done.returncode == 1 and "its closing words are not in the copy" in done.stdout


def test_passage_of_a_thing_that_no_passage_states(tmp_path: Path) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_text(REPORT)
    done = run(*ONLY_TINY, "passage", "Tiny college", "--copy", str(copy))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "nlc-graph: t:college is stated in no passage of this source\n"


def test_validate_says_what_is_wrong_where_and_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(NLC + "PREFIX t: <https://example.org/tiny/>\nt:alder nlc:partner t:colege .\n")
    done = run(*ONLY_TINY, "validate", str(path))
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith(
        "Something is referred to that the graph says nothing about. [dangling-reference: 1]\n"
        "  What to do: Correct the identifier, or describe the thing.\n"
    )
    assert "mine.ttl:3 Alder NLC [t:alder]; property: partner [nlc:partner];" in " ".join(done.stdout.split())
    assert "did you mean t:college?" in " ".join(done.stdout.split())
    assert "NOT checked: passages against the source: give a copy of it with --copy FILE" in done.stdout


def test_validate_json(tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text("<urn:a> <urn:b> .\n")
    done = run("validate", "--format", "json", str(path))
    content = json.loads(done.stdout)
    assert (done.returncode, content["notChecked"]) == (1, ["everything else: mend the syntax first"])
    assert content["findings"] == [
        {
            "check": "syntax",
            "problem": ". is not a valid RDF object.",
            "remedy": "",
            "thing": None,
            "details": {},
            "suggestions": [],
            "file": str(path),
            "line": 1,
            "column": 17,
        }
    ]
    content = json.loads(succeeded("validate", "--format", "json"))
    assert content["findings"] == [] and len(content["checked"]) == 3


def test_validate_refuses_what_it_cannot_read() -> None:
    refused(run("validate", "/nowhere.ttl"), "/nowhere.ttl: no such file or folder")
    refused(run("validate", "/dev/null"), "no format for 'null'; known: .ttl")


SHEET = (
    "network,practice,outcome,key feature,link,direction,kind of evidence,who says it,in our words,passage opens,"
    "passage closes,section,source\n"
    "Riverside,learning mentors,attendance,Achievement,attributed,improved,quoted testimony,a headteacher,"
    "Mentors got them to come.,Since the,every day,Mentors,Report\n"
)

RIVERSIDE = str(TINY.parent / "riverside.ttl")
BOTH = (*ONLY_TINY, "--data", RIVERSIDE)


def test_every_answer_says_its_enquiry() -> None:
    objects = json.loads(succeeded(*BOTH, "impacts", "writing", "--format", "json"))
    assert [o["enquiries"] for o in objects] == [["r:enquiry", "t:enquiry"]]
    text = succeeded(*BOTH, "impacts", "writing", "--enquiry", "Riverside enquiry")
    assert "Riverside enquiry" in text and "Tiny enquiry" not in text and "Riverside NLC" in text
    assert "enquiry: Riverside enquiry" in succeeded(*BOTH, "show", "r:worse")


NOTHING_DIFFERS = "claims: 0 added, 0 withdrawn, 0 changed; nothing else differs\n"


def test_compare_and_diff(tmp_path: Path) -> None:
    text = succeeded(*BOTH, "compare", "Tiny enquiry", "Riverside enquiry")
    assert "\npractices by outcomes: 1 differ, 1 agree, " in text
    rows = list(csv.DictReader(io.StringIO(succeeded(*BOTH, "compare", "Tiny", "Riverside enq", "--format", "csv"))))
    assert rows[0]["verdict"] == "differ" and rows[0]["second_results"] == "worsened 1 (attributed 1)"
    new = tmp_path / "new.ttl"
    new.write_text(Path(RIVERSIDE).read_text().replace("direction:worsened", "direction:mixed"))
    text = succeeded("diff", RIVERSIDE, str(new))
    assert (
        "Writing got worse" in text
        and "worsened" in text
        and text.endswith("0 withdrawn, 1 changed; nothing else differs\n")
    )
    assert succeeded("diff", RIVERSIDE, RIVERSIDE) == NOTHING_DIFFERS
    refused(run("diff", RIVERSIDE, "none.ttl"), "none.ttl: no such file or folder")
    refused(run(*BOTH, "compare", "Tiny", "Hillside"), "no enquiry is called 'Hillside'")
