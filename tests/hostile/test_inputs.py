"""Whatever file is brought: read, or refused in a line that says what, where and what to do; in bounded time."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from .batch import Batch, Done, is_plain
from .inputs import MALFORMED, MISTAKES, NO_FILES, NO_SHEETS, RIGHT, STRANGE
from .programs import ONLY_TINY

#: Megabytes and seconds that no command may pass, whatever it is given here; most take a tenth of it.
MOST_ROOM, MOST_TIME = 700, 30


def put(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def is_bounded(done: Done) -> bool:
    return done.megabytes < MOST_ROOM and done.seconds < MOST_TIME and "root:" not in done.out + done.err


def assert_untouched(folder: Path, *names: str) -> None:
    assert sorted(os.listdir(folder)) == sorted(names)


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed_rdf(name: str, tmp_path: Path, batch: Batch) -> None:
    path = put(tmp_path, name, MALFORMED[name])
    done = batch.run("--no-bundled", "validate", path)
    assert is_plain(done, [1]) and is_bounded(done), done
    assert name in done.out and "syntax" in done.out, "what is wrong, and in which file"
    done = batch.run("--no-bundled", "--data", path, "impacts")
    assert is_plain(done, [2]) and is_bounded(done), done
    assert name in done.err
    assert_untouched(tmp_path, name)


@pytest.mark.slow
@pytest.mark.parametrize("name", MALFORMED)
def test_malformed_rdf_is_not_loaded(name: str, tmp_path: Path, batch: Batch) -> None:
    path = put(tmp_path, name, MALFORMED[name])
    done = batch.run("--no-bundled", "load", str(tmp_path / "store"), path)
    assert is_plain(done, [2]) and is_bounded(done) and name in done.err, done
    assert_untouched(tmp_path, name)


def ask(batch: Batch, folder: Path, *args: str) -> None:
    done = batch.run(*args, cwd=folder)
    assert is_plain(done, [0, 1, 2]) and is_bounded(done), (args, done)
    assert not any(c in done.out + done.err for c in "\x1b\x07\u202e\u2066"), args


@pytest.mark.parametrize("name", STRANGE)
def test_strange_rdf(name: str, tmp_path: Path, batch: Batch) -> None:
    path = put(tmp_path, name, STRANGE[name])
    done = batch.run("--no-bundled", "validate", path)
    assert is_plain(done, [0, 1]) and is_bounded(done), done
    ask(batch, tmp_path, *ONLY_TINY, "--data", path, "find", "x")
    ask(batch, tmp_path, *ONLY_TINY, "--data", path, "export", "-o", "out.csv")


@pytest.mark.slow
@pytest.mark.parametrize("name", STRANGE)
def test_strange_rdf_in_every_command(name: str, tmp_path: Path, batch: Batch) -> None:
    path = put(tmp_path, name, STRANGE[name])
    ask(batch, tmp_path, "diff", path, path)
    for form in ("turtle", "trig", "jsonld", "rdfxml", "graphml", "gexf", "cytoscape", "kgx", "dot", "html"):
        ask(batch, tmp_path, *ONLY_TINY, "--data", path, "export", "--format", form, "-o", f"{form}.out")
    for args in (("impacts",), ("view", "-o", "x.html"), ("sheet", "export", "-o", "x.csv"), ("load", "store")):
        ask(batch, tmp_path, *ONLY_TINY, "--data", path, *args)
    for args in (("show", "urn:a"), ("query", "claims"), ("analyse", "gaps"), ("passage", "urn:a")):
        ask(batch, tmp_path, *ONLY_TINY, "--data", path, *args)


@pytest.mark.parametrize("name", NO_SHEETS)
def test_no_sheets(name: str, tmp_path: Path, batch: Batch) -> None:
    path = put(tmp_path, name, NO_SHEETS[name])
    for args in (("sheet", "import", path, "-o", str(tmp_path / "x.ttl"), "--new-terms"), ("validate", path)):
        done = batch.run("--no-bundled", *args)
        assert is_plain(done, [2]) and is_bounded(done), done
        assert name in done.err and ";" in done.err.split(name)[1], "where, what, and what to do"
    assert_untouched(tmp_path, name)


@pytest.mark.parametrize("name", MISTAKES)
def test_sheets_with_mistakes(name: str, tmp_path: Path, batch: Batch) -> None:
    path = put(tmp_path, name, MISTAKES[name])
    done = batch.run("--no-bundled", "sheet", "import", path, "-o", str(tmp_path / "x.ttl"))
    assert is_plain(done, [1]) and is_bounded(done), done
    assert f"{name}, row " in done.err and done.err.endswith("nothing was written\n")
    assert not any(c in done.out + done.err for c in "\x1b\x07\u202e")
    done = batch.run("--no-bundled", "validate", path)
    assert is_plain(done, [1]) and is_bounded(done), done
    assert_untouched(tmp_path, name)


@pytest.mark.parametrize("name", RIGHT)
def test_odd_sheets_that_are_right(name: str, tmp_path: Path, batch: Batch) -> None:
    path = put(tmp_path, name, RIGHT[name])
    target = str(tmp_path / "x.ttl")
    done = batch.run("--no-bundled", "sheet", "import", path, "-o", target, "--enquiry", "Odd")
    assert is_plain(done, [0]) and is_bounded(done), done
    done = batch.run("--no-bundled", "--data", target, "sheet", "export", "-o", str(tmp_path / "back.csv"))
    assert is_plain(done, [0]) and is_bounded(done), done
    back = (tmp_path / "back.csv").read_text(encoding="utf-8-sig")
    assert "\n=" not in back and ",=" not in back and ",@" not in back, "no cell that would be run as a formula"
    assert_untouched(tmp_path, name, "x.ttl", "back.csv")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="devices of Linux")
@pytest.mark.parametrize(
    "name",
    [name if name.endswith((".ttl", ".csv")) else pytest.param(name, marks=pytest.mark.slow) for name in NO_FILES],
)
def test_what_is_no_file(name: str, tmp_path: Path, batch: Batch) -> None:
    NO_FILES[name](tmp_path / name)
    path = str(tmp_path / name)
    commands = [("validate", path), ("--data", path, "impacts")]
    if name.endswith((".csv", ".xlsx")):
        commands = [("validate", path), ("sheet", "import", path, "-o", str(tmp_path / "x.ttl"))]
    for args in commands:
        done = batch.run("--no-bundled", *args)
        readable = name.startswith("sparse") and args[0] == "validate"
        assert is_plain(done, [1, 2] if readable else [2]) and is_bounded(done), (args, done)
    for args in (("passages", "check", "--copy", path), ("query", path), ("--store", path, "impacts")):
        done = batch.run(*args)
        assert is_plain(done, [2]) and is_bounded(done), (args, done)
    assert_untouched(tmp_path, name)


def test_folders_of_everything(tmp_path: Path, batch: Batch) -> None:
    """A folder is read as far as suffixes go; what is no RDF in it is left alone, what cannot be read is told."""
    put(tmp_path, "a.ttl", "<urn:a> <urn:b> <urn:c> .")
    put(tmp_path, "notes.txt", b"\0\0")
    put(tmp_path, ".nlc-graph-0123456789ab-x.part", "half a file")
    (tmp_path / "again").symlink_to(tmp_path)
    assert batch.run("--no-bundled", "--data", str(tmp_path), "query", "-").status == 2  # no query, but it is read
    done = batch.run("--no-bundled", "validate", str(tmp_path))
    assert is_plain(done, [0, 1]) and "syntax of 1 file" in done.out, done
    os.mkfifo(tmp_path / "pipe.ttl")
    done = batch.run("--no-bundled", "validate", str(tmp_path))
    assert is_plain(done, [2]) and "pipe.ttl: a device or a pipe; give a file" in done.err
    os.unlink(tmp_path / "pipe.ttl")
    shutil.rmtree(tmp_path / "again", ignore_errors=True)


#: Names of files, as bytes.
NAMES = {
    "minus": b"-x.ttl",
    "newline": b"a\nb.ttl",
    "escape": b"a\x1b[31mb.ttl",
    "no UTF-8": b"\xff\xfe.ttl",
    "bidi": "a\u202eb.ttl".encode(),
    "quotes": b"a'\"$(x)`y`;|&.ttl",
    "hash": b"a#b?c%20d.ttl",
    "long": b"x" * 240 + b".ttl",
    "capitals": b"X.TTL",
}


@pytest.mark.parametrize("which", NAMES)
def test_names_of_files(which: str, tmp_path: Path, batch: Batch) -> None:
    name = os.fsdecode(NAMES[which])
    (tmp_path / name).write_text("<urn:a> <urn:b> <urn:c> .")
    done = batch.run("--no-bundled", "validate", "--", name, cwd=tmp_path)
    assert is_plain(done, [0]), done
    assert is_plain(batch.run("--no-bundled", f"--data={name}", "find", "attendance", cwd=tmp_path), [0])
    (tmp_path / name).write_text("<urn:a> <urn:b> <urn:c>")
    done = batch.run("--no-bundled", f"--data={name}", "find", "attendance", cwd=tmp_path)
    assert is_plain(done, [2]), done
    assert not any(c in done.err for c in "\x1b\u202e\ufffd")
    done = batch.run(*ONLY_TINY, "export", "--force", f"--output={name}", cwd=tmp_path)
    assert is_plain(done, [0]) and "\x1b" not in done.err, done
    assert (tmp_path / name).stat().st_size > 1000
    done = batch.run(*ONLY_TINY, "export", f"--output={name}", cwd=tmp_path)
    assert is_plain(done, [2]) and "--force" in done.err, done
