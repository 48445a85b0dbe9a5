"""``nlc-graph publish`` as its user runs it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from nlc_graph.publish.deposit import CHECKSUMS, FILES

from ..conftest import TINY
from ..test_cli import ONLY_TINY, run

RIVERSIDE = str(TINY.parent / "riverside.ttl")
DATED = ("--date", "2026-03-04")
CREDITED = ("--creator", "Doe, Jane", "--licence", "CC0-1.0", *DATED)


def content(place: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in place.iterdir()}


def test_a_folder_is_written_and_said_to_be(tmp_path: Path) -> None:
    done = run(*ONLY_TINY, "publish", str(tmp_path / "out"), *CREDITED)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == (
        f"7 claims of 1 enquiry in {len(FILES)} files written to {tmp_path / 'out'};"
        " the nanopublications are not signed\n"
        "no place in the sheet, but in the graph: 1 context facts, 1 records of what is not reported,"
        " 1 'excluding', 1 'focuses on', 1 'formed year', 1 'in area', 1 'part of strategy', 1 'partner',"
        " 1 'review status'\n"
    )
    assert set(content(tmp_path / "out")) == set(FILES) and os.listdir(tmp_path) == ["out"]
    again = run(*ONLY_TINY, "publish", str(tmp_path / "again"), *CREDITED)
    assert again.returncode == 0 and content(tmp_path / "again") == content(tmp_path / "out")


def test_the_bundled_evidence_needs_no_option(tmp_path: Path) -> None:
    done = run("publish", str(tmp_path / "out"))
    assert done.returncode == 0 and "written to" in done.stderr and "--creator" not in done.stderr


def test_the_date_may_come_from_the_environment(tmp_path: Path) -> None:
    done = run(*ONLY_TINY, "publish", str(tmp_path / "out"), env={"SOURCE_DATE_EPOCH": "86400"})
    assert done.returncode == 0
    assert "Published 1970-01-02" in (tmp_path / "out" / "README.md").read_text()


def test_who_is_not_named_is_said_and_enquiries_stay_apart(tmp_path: Path) -> None:
    done = run(*ONLY_TINY, "--data", RIVERSIDE, "publish", str(tmp_path / "out"), *DATED)
    assert done.returncode == 0 and done.stderr.startswith("10 claims of 2 enquiries in ")
    for name in ("Riverside enquiry", "Tiny enquiry"):
        message = f"{name}: nobody says who coded it or under what licence; say it by --creator and --licence"
        assert f"{message}, and --force to replace this publication\n" in done.stderr
    one = run(
        *ONLY_TINY, "--data", RIVERSIDE, "publish", str(tmp_path / "one"), "--enquiry", "Tiny", *CREDITED[:2], *DATED
    )
    assert one.returncode == 0 and one.stderr.startswith("7 claims of 1 enquiry in ")
    assert one.stderr.endswith(
        "Tiny enquiry: nobody says under what licence; say it by --licence, and --force to replace this publication\n"
    )


def test_all_that_is_wanting_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    command = (*ONLY_TINY, "publish", str(tmp_path / "out"))
    date = "nlc-graph: no date of publication: the data tell none; give --date YYYY-MM-DD"
    done = run(*command)
    assert (done.returncode, os.listdir(tmp_path)) == (2, [])
    assert done.stderr == (
        f"{date}; Tiny enquiry: nobody says who coded it or under what licence; say it by --creator and --licence\n"
    )
    assert run(*command, *CREDITED[:2]).stderr == (
        f"{date}; Tiny enquiry: nobody says under what licence; say it by --licence\n"
    )
    assert run(*command, *CREDITED[:4]).stderr == f"{date}\n"
    assert run(*command, *CREDITED).returncode == 0


def test_a_publication_is_valid_evidence_itself(tmp_path: Path) -> None:
    assert run(*ONLY_TINY, "--data", RIVERSIDE, "publish", str(tmp_path / "out"), *DATED).returncode == 0
    done = run("--no-bundled", "validate", str(tmp_path / "out"))
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    links = [
        run("--no-bundled", "--data", path, "impacts", "--format", "json").stdout
        for path in (str(tmp_path / "out" / "graph.ttl"), str(tmp_path / "out" / "nanopublications.trig"))
    ]
    assert links == [run(*ONLY_TINY, "--data", RIVERSIDE, "impacts", "--format", "json").stdout] * 2


def test_no_socket_is_opened(tmp_path: Path) -> None:
    code = (
        "import socket, sys\n"
        "def refuse(*args, **kwargs): raise AssertionError('a socket was opened')\n"
        "socket.socket.__init__ = socket.create_connection = socket.getaddrinfo = refuse\n"
        "sys.argv = ['nlc-graph', *sys.argv[1:]]\n"
        "from nlc_graph.cli import main\n"
        "main()"
    )
    command = [sys.executable, "-c", code, *ONLY_TINY, "publish", str(tmp_path / "out"), *CREDITED]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_one_enquiry_is_published_as_it_is_exported(tmp_path: Path) -> None:
    both = (*ONLY_TINY, "--data", RIVERSIDE)
    assert run(*both, "publish", str(tmp_path / "out"), "--enquiry", "Tiny", *DATED).returncode == 0
    for suffix in ("ttl", "trig", "jsonld"):
        target = tmp_path / f"graph.{suffix}"
        assert run(*both, "export", "--enquiry", "Tiny", "-o", str(target)).returncode == 0
        assert target.read_bytes() == (tmp_path / "out" / target.name).read_bytes()


def test_a_readers_copy_is_never_read(tmp_path: Path) -> None:
    (tmp_path / "copy.txt").write_text("Getting on\n\nAt Riverside nobody had ever seen the like this time")
    environment = {"NLC_SOURCE": str(tmp_path / "copy.txt")}
    done = run(*("--no-bundled", "--data", RIVERSIDE, "publish", str(tmp_path / "out"), *DATED), env=environment)
    assert done.returncode == 0
    assert [name for name, text in content(tmp_path / "out").items() if b"nobody had ever" in text] == []
    assert run("publish", str(tmp_path / "x"), "--copy", str(tmp_path / "copy.txt")).returncode == 2


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ((), "Missing argument 'DIR'."),
        (("out",), "no date of publication: the data tell none; give --date YYYY-MM-DD"),
        (("out", "--date", "soon"), "no date 'soon'; write it as YYYY-MM-DD"),
        (("out", *DATED, "--doi", "x"), "no DOI 'x'; write it as 10.5281/zenodo.1234567"),
        (("out", *DATED, "--licence", "x"), "no licence 'x'; give its address (https://…) or one of CC-BY-4.0"),
        (("out", *DATED, "--enquiry", "nowhere"), "no enquiry is called 'nowhere'"),
        (("nowhere/out", *DATED), "cannot write nowhere/out: the folder that it would be in does not exist"),
        (("file", *DATED, "--force"), "cannot write file: it is a file; give a new folder"),
        (("full", *DATED, "--force"), "cannot write full: it holds other things; give a new folder"),
        ((".", *DATED, "--force"), "cannot write .: it is the folder that you are in; give a new one"),
    ],
)
def test_wrong_requests_are_one_line_and_leave_everything(
    args: tuple[str, ...], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    (tmp_path / "file").write_text("mine")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("mine")
    done = run(*ONLY_TINY, "publish", *args)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr and done.stderr.count("\n") == 1
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "full", "mine"]


def test_nothing_to_publish_is_one_line(tmp_path: Path) -> None:
    done = run("--no-bundled", "publish", str(tmp_path / "out"), *DATED)
    assert done.returncode == 2 and "the graph holds no evidence" in done.stderr and os.listdir(tmp_path) == []


def test_an_older_publication_is_replaced_only_by_force_and_only_unchanged(tmp_path: Path) -> None:
    place = tmp_path / "out"
    command = (*ONLY_TINY, "publish", str(place), *CREDITED)
    assert run(*command).returncode == 0
    done = run(*command)
    assert done.returncode == 2 and "a publication is there; use --force to replace it" in done.stderr
    assert run(*command, "--title", "Ours", "--force").returncode == 0
    assert (place / "README.md").read_text().startswith("# Ours\n")
    (place / "letter.txt").write_text("mine")
    done = run(*command, "--force")
    assert done.returncode == 2 and "letter.txt in it was not written by `nlc-graph publish`" in done.stderr
    assert (place / "README.md").read_text().startswith("# Ours\n")


#: Runs the command and sends a signal to itself at one of the steps that touch the disk.
SCRIPT = """
import os, signal, sys, time
step, moment, number = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests in the background has it ignored
sys.argv = ["nlc-graph", *sys.argv[4:]]
calls, plain = 0, getattr(os, step)
def counted(*args, **options):
    global calls
    calls += 1
    if calls == moment:
        os.kill(os.getpid(), number)
        time.sleep(5)  # the thread that waits for signals ends the process meanwhile
    return plain(*args, **options)
from nlc_graph import publish as publication
setattr(os, step, counted)
from nlc_graph.cli import main
main()
"""


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX systems")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT], ids=lambda number: number.name)
def test_killed_or_interrupted_while_writing_a_whole_folder_is_there(number: signal.Signals, tmp_path: Path) -> None:
    place = tmp_path / "out"
    command = [*ONLY_TINY, "publish", str(place), *CREDITED, "--force"]
    assert run(*command, "--title", "New").returncode == 0
    new = content(place)
    assert run(*command).returncode == 0
    old = content(place)
    for step, moment in (("fsync", 1), ("fsync", len(FILES)), ("rename", 2)):
        arguments = [sys.executable, "-c", SCRIPT, step, str(moment), str(int(number)), *command, "--title", "New"]
        done = subprocess.run(arguments, capture_output=True, text=True, check=False)
        assert "Traceback" not in done.stderr
        if number == signal.SIGKILL:
            assert done.returncode == -number
            assert place.exists() == ((step, moment) != ("rename", 2)), "the old one is set aside for an instant"
        else:
            assert done.stderr == "nlc-graph: stopped\n" and os.listdir(tmp_path) == ["out"], (step, moment)
        refused = run(*command[:-1])  # puts back what was set aside
        assert refused.returncode == 2 and "a publication is there" in refused.stderr
        # Both renames may count as one step, which an interruption waits for; nothing waits when it is killed.
        whole = (old, new) if step == "rename" and number != signal.SIGKILL else (old,)
        assert content(place) in whole, (step, moment)
        if content(place) == new:
            assert run(*command).returncode == 0
    assert run(*command, "--title", "New").returncode == 0
    assert content(place) == new and os.listdir(tmp_path) == ["out"]


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX systems")
def test_killed_where_nothing_was_there_is_nothing(tmp_path: Path) -> None:
    place = tmp_path / "out"
    command = [*ONLY_TINY, "publish", str(place), *CREDITED]
    for moment in (1, len(FILES)):
        arguments = [sys.executable, "-c", SCRIPT, "fsync", str(moment), str(int(signal.SIGKILL)), *command]
        assert subprocess.run(arguments, check=False).returncode == -signal.SIGKILL
        assert not place.exists()
    assert run(*command).returncode == 0 and os.listdir(tmp_path) == ["out"]
    assert (place / CHECKSUMS).exists()


@pytest.mark.skipif(os.name == "nt", reason="limits of POSIX systems")
def test_no_room_is_one_line_and_leaves_nothing(tmp_path: Path) -> None:
    command = f"ulimit -f 2000; exec {sys.executable} -m nlc_graph publish {tmp_path / 'out'}"
    done = subprocess.run(["bash", "-c", f"trap '' XFSZ; {command}"], capture_output=True, text=True, check=False)
    assert done.returncode == 2 and done.stderr.startswith("nlc-graph: cannot write"), done.stderr
    assert done.stderr.count("\n") == 1 and os.listdir(tmp_path) == []


def test_what_writes_workbooks_is_asked_for_by_its_extra(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['openpyxl'] = None; sys.argv = ['nlc-graph', *sys.argv[1:]];"
        "from nlc_graph.cli import main; main()"
    )
    command = [sys.executable, "-c", code, *ONLY_TINY, "publish", str(tmp_path / "out"), *DATED]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (
        (done.returncode, done.stdout) == (2, "") and "nlc-graph[sheet]" in done.stderr and os.listdir(tmp_path) == []
    )


def test_nothing_is_imported_before_it_is_asked_for() -> None:
    code = (
        "import sys; from nlc_graph.cli import publish;"
        "print([m for m in ('networkx', 'rdflib', 'pyvis', 'openpyxl', 'jinja2') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
