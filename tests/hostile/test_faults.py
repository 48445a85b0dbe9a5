"""A disk that is full, a place that may not be written to: one line, status 2, what was there before still there."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from nlc_graph.graph.disk import build_store

from .programs import AS_ANYBODY, ONLY_TINY, files_in, hindered, is_one_line, run
from .test_killed import OFTEN, SEVERAL, WRITERS, command

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="devices and limits of Linux")


@pytest.fixture
def folder(tmp_path: Path, sheet: Path) -> Path:
    """Return a folder in which each file that will be written is there already."""
    folder = tmp_path / "folder"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("call", ["replace", "fsync", "chmod"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES])
@pytest.mark.parametrize("writer", ["export .tsv", "sheet export .csv"])
def test_a_step_that_fails(writer: str, call: str, number: int, folder: Path, sheet: Path) -> None:
    targets = SEVERAL.get(writer, (WRITERS[writer][0],))
    for target in targets:
        (folder / target).write_bytes(b"old")
    done = hindered(folder, command(writer, folder, sheet), 1, number, calls=[call], events=False)
    assert (done.returncode, done.stdout) == (2, b"")
    assert is_one_line(done.stderr) and os.strerror(number).encode() in done.stderr, done.stderr
    assert files_in(folder) == dict.fromkeys(targets, b"old")


@LINUX
@pytest.mark.parametrize("writer", OFTEN)
def test_a_file_that_grows_too_large(writer: str, folder: Path, sheet: Path) -> None:
    """The limit of a process stands for a full disk: writing fails in the midst."""
    target = SEVERAL.get(writer, (WRITERS[writer][0],))[0]
    (folder / target).write_bytes(b"old")
    limit = ["bash", "-c", 'ulimit -f 1; exec "$@"', "bash"]
    done = run(*command(writer, folder, sheet), before=limit, env={"MPLCONFIGDIR": str(sheet.parent)})
    assert done.returncode == 2 and is_one_line(done.stderr), done.stderr
    assert files_in(folder) == {target: b"old"}


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Path]:
    """Give a disk of 128 kB, on which an older file lies; only root can make one."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = (
        shutil.which("mount")
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=128k", "none", str(place)], capture_output=True, check=False
        ).returncode
    )
    if not mounted:
        pytest.skip("no small disk can be made here; a limit on the size of files stands for it in another test")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk(full: Path, tmp_path: Path) -> None:
    (full / "x.ttl").write_bytes(b"old")
    for args in (("export", "--force", "-o"), ("view", "--force", "-o"), ("sheet", "export", "--force", "-o")):
        name = "x.csv" if "sheet" in args else "x.ttl" if "export" in args else "x.html"
        done = run(*args, str(full / name))
        assert done.returncode == 2 and is_one_line(done.stderr), done.stderr
        assert b"No space left on device; make room and try again" in done.stderr
        assert files_in(full) == {"x.ttl": b"old"}
    done = run("load", str(full / "store"))
    assert done.returncode == 2 and is_one_line(done.stderr), done.stderr
    assert files_in(full) == {"x.ttl": b"old"}
    subprocess.run(["mount", "-o", "remount,size=3m", str(full)], check=True)  # enough to begin with
    done = run("load", str(full / "store"))
    room = f"nlc-graph: {full / 'store'}: No space left on device; nothing was changed; make room and try again\n"
    assert (done.returncode, done.stderr.decode()) == (2, room)
    assert files_in(full) == {"x.ttl": b"old"}
    subprocess.run(["mount", "-o", "remount,size=128k", str(full)], check=True)
    done = run("validate", env={"TMPDIR": str(full)})
    assert done.returncode == 2 and is_one_line(done.stderr), done.stderr
    assert files_in(full) == {"x.ttl": b"old"}


def test_what_may_not_be_written_or_read(tmp_path: Path) -> None:
    """Also where root runs the tests: it does so without the right to overrule modes."""
    if AS_ANYBODY and not shutil.which("setpriv"):
        pytest.skip("root may write everything, and there is no setpriv to take that from it")
    closed = tmp_path / "closed"
    closed.mkdir()
    (closed / "x.ttl").write_bytes(b"old")
    (closed / "inner").mkdir()
    build_store(closed / "store", ONLY_TINY[-1], bundled=False)
    secret = tmp_path / "secret.ttl"
    secret.write_text("<urn:a> <urn:b> <urn:c> .")
    sheet, folder = tmp_path / "secret.csv", tmp_path / "part"
    sheet.write_text("network,practice,outcome\n")
    (folder / "below").mkdir(parents=True)
    (folder / "x.ttl").write_text("<urn:a> <urn:b> <urn:c> .")
    for path, mode in ((closed, 0o500), (secret, 0), (sheet, 0), (folder / "below", 0)):
        path.chmod(mode)
    commands = [
        (*ONLY_TINY, "export", "--force", "-o", str(closed / "x.ttl")),
        (*ONLY_TINY, "sheet", "export", "-o", str(closed / "new.csv")),
        (*ONLY_TINY, "view", "-o", str(closed / "new.html")),
        (*ONLY_TINY, "load", str(closed / "new")),
        (*ONLY_TINY, "load", "--force", str(closed / "store")),
        ("validate", str(secret)),
        ("validate", str(sheet)),
        ("validate", str(folder)),
        ("--data", str(secret), "impacts"),
        ("sheet", "import", str(sheet), "-o", str(tmp_path / "x.ttl")),
        ("diff", str(secret), str(secret)),
        ("passages", "check", "--copy", str(secret)),
        ("query", str(secret)),
        (*ONLY_TINY, "export", "-o", str(folder / "below" / "x.ttl")),
        (*ONLY_TINY, "--store", str(folder / "below"), "impacts"),
    ]
    for args in commands:
        done = run(*args, before=AS_ANYBODY)
        assert (done.returncode, done.stdout) == (2, b""), (args, done)
        assert is_one_line(done.stderr), (args, done.stderr)
    done = run("--store", str(closed / "store"), "impacts", before=AS_ANYBODY)
    assert done.returncode in (0, 2) and b"Traceback" not in done.stderr
    closed.chmod(0o700)
    (folder / "below").chmod(0o700)
    assert (closed / "x.ttl").read_bytes() == b"old"
    assert {path.name for path in closed.iterdir()} == {"x.ttl", "inner", "store"}


@LINUX
def test_what_is_no_file_is_not_written_to(tmp_path: Path) -> None:
    real = tmp_path / "real.ttl"
    real.write_bytes(b"old")
    (tmp_path / "link.ttl").symlink_to(real)
    (tmp_path / "nowhere.ttl").symlink_to(tmp_path / "none.ttl")
    (tmp_path / "loop.ttl").symlink_to(tmp_path / "loop.ttl")
    (tmp_path / "folder.ttl").mkdir()
    (tmp_path / "device.ttl").symlink_to("/dev/full")
    os.mkfifo(tmp_path / "pipe.ttl")
    before = sorted(os.listdir(tmp_path))
    places = [str(tmp_path / name) for name in before if name != "real.ttl"]
    places += [str(real / "x.ttl"), str(tmp_path / "none" / "x.ttl"), str(tmp_path / ("x" * 300 + ".ttl"))]
    for place in places:
        done = run(*ONLY_TINY, "export", "--force", "-o", place)
        assert done.returncode == 2 and is_one_line(done.stderr), (place, done.stderr)
    for device in ("/dev/full", "/dev/null", "/dev/stdout"):
        there = os.lstat(device)
        done = run(*ONLY_TINY, "export", "--force", "--format", "turtle", "-o", device)
        assert done.returncode == 2 and is_one_line(done.stderr), (device, done.stderr)
        assert (os.lstat(device).st_ino, os.lstat(device).st_mode) == (there.st_ino, there.st_mode)
    assert sorted(os.listdir(tmp_path)) == before and real.read_bytes() == b"old"
    assert run(*ONLY_TINY, "export", "-o", str(tmp_path / ("x" * 250 + ".ttl"))).returncode == 0


def test_a_folder_that_disappears(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    away = f"import shutil; shutil.rmtree({str(folder)!r})"
    program = (
        "import os, sys\nplain = os.fsync\n"
        f"def fsync(number):\n    {away}\n    plain(number)\nos.fsync = fsync\n"
        "sys.argv = ['nlc-graph', *sys.argv[1:]]\nfrom nlc_graph.__main__ import main\nmain()"
    )
    command = [sys.executable, "-c", program, *ONLY_TINY, "export", "-o", str(folder / "x.ttl")]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 2 and is_one_line(done.stderr), done.stderr
    assert not folder.exists()


def test_a_file_keeps_its_mode_and_its_name_beside_long_ones(tmp_path: Path) -> None:
    """A page that holds the text of a source is kept from others by its mode."""
    path = tmp_path / "x.ttl"
    path.write_bytes(b"old")
    path.chmod(0o600)
    assert run(*ONLY_TINY, "export", "--force", "-o", str(path)).returncode == 0
    assert path.stat().st_mode & 0o777 == 0o600
