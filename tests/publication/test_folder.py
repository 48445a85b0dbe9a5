"""A folder appears whole or not at all, however the process ends, and nothing else is ever replaced."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from nlc_graph.errors import UnwritableFileError
from nlc_graph.publish.deposit import CHECKSUMS
from nlc_graph.publish.folder import check_free, checksums, write_folder

OLD = {"a.txt": b"old", "b.txt": b"older"}
NEW = {"a.txt": b"new", "c.txt": b"newer", "d.txt": b""}
for files in (OLD, NEW):
    files[CHECKSUMS] = checksums(files)

#: Writes NEW over OLD and ends itself at one of the steps: making, bringing to the disk, renaming, removing.
SCRIPT = """
import os, signal, sys
from nlc_graph.publish import folder
from tests.publication.test_folder import NEW
place, moment, number = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests in the background has it ignored
calls = 0
def counted(step):
    def call(*args, **options):
        global calls
        calls += 1
        if calls == moment:
            os.kill(os.getpid(), number)
        return step(*args, **options)
    return call
for name in ("mkdir", "fsync", "rename", "rmdir"):
    setattr(os, name, counted(getattr(os, name)))
folder.write_folder(place, NEW, force=True)
print(calls)
"""


def content(place: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in place.iterdir()}


def around(place: Path) -> list[str]:
    return sorted(path.name for path in place.parent.iterdir() if path != place)


def test_a_folder_is_written_and_an_empty_one_is_filled(tmp_path: Path) -> None:
    place = tmp_path / "out"
    write_folder(place, NEW)
    assert content(place) == NEW and around(place) == []
    (tmp_path / "empty").mkdir()
    write_folder(tmp_path / "empty", NEW)
    assert content(tmp_path / "empty") == NEW
    mask = os.umask(0)
    os.umask(mask)
    assert place.stat().st_mode & 0o777 == 0o777 & ~mask


def test_checksums_are_those_that_sha256sum_reads(tmp_path: Path) -> None:
    write_folder(tmp_path / "out", NEW)
    done = subprocess.run(["sha256sum", "-c", CHECKSUMS], cwd=tmp_path / "out", capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (0, b"a.txt: OK\nc.txt: OK\nd.txt: OK\n")


def test_an_older_publication_is_replaced_by_force_only(tmp_path: Path) -> None:
    place = tmp_path / "out"
    write_folder(place, OLD)
    with pytest.raises(UnwritableFileError, match="a publication is there; use --force to replace it"):
        write_folder(place, NEW)
    assert content(place) == OLD
    write_folder(place, NEW, force=True)
    assert content(place) == NEW and around(place) == []


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda place: (place / "notes.txt").write_text("mine"), "notes.txt in it was not written by"),
        (lambda place: (place / "a.txt").write_text("mine"), "a.txt in it was not written by"),
        (lambda place: (place / "sub").mkdir(), "sub in it was not written by"),
        (lambda place: (place / CHECKSUMS).write_bytes(b"\xff"), "a.txt in it was not written by"),
        (lambda place: (place / CHECKSUMS).unlink(), "it holds other things; give a new folder"),
        (lambda place: [path.unlink() for path in place.iterdir() if path.name != "b.txt"], "it holds other things"),
    ],
)
def test_what_others_put_there_stays_even_by_force(spoil: object, message: str, tmp_path: Path) -> None:
    place = tmp_path / "out"
    write_folder(place, OLD)
    spoil(place)  # type: ignore[operator]
    before = sorted(path.name for path in place.rglob("*"))
    with pytest.raises(UnwritableFileError) as caught:
        write_folder(place, NEW, force=True)
    assert message in str(caught.value)
    assert sorted(path.name for path in place.rglob("*")) == before and around(place) == []


def test_places_where_no_folder_can_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    monkeypatch.chdir(tmp_path / "real")
    for place, message in {
        "file": "it is a file; give a new folder",
        "link": "it is a symbolic link; give the folder itself",
        "dangling": "it is a symbolic link",
        "nowhere/out": "the folder that it would be in does not exist; make that first",
        "file/out": "the folder that it would be in does not exist",
        "real": "it is the folder that you are in; give a new one",
    }.items():
        with pytest.raises(UnwritableFileError) as caught:
            check_free(tmp_path / place, force=True)
        assert message in str(caught.value)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o500)
    with pytest.raises(UnwritableFileError, match="Permission denied"):
        write_folder(tmp_path / "closed" / "out", NEW)


def test_an_error_while_writing_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "out"
    write_folder(place, OLD)

    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UnwritableFileError, match="No space left on device"):
        write_folder(place, NEW, force=True)
    assert content(place) == OLD and around(place) == []


def run(place: Path, moment: int, number: int) -> subprocess.CompletedProcess[str]:
    arguments = [sys.executable, "-c", SCRIPT, str(place), str(moment), str(number)]
    root = Path(__file__).parent.parent.parent
    return subprocess.run(arguments, cwd=root, capture_output=True, text=True, check=False)


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX systems")
def test_killed_at_every_step_the_folder_is_the_old_or_the_new_one(tmp_path: Path) -> None:
    place = tmp_path / "out"
    write_folder(place, OLD)
    steps = int(run(place, 0, 0).stdout)
    assert steps == len(["mkdir", *NEW, "rename aside", "rename into place", "rmdir"])
    for moment in range(1, steps + 1):
        write_folder(place, OLD, force=True)
        assert run(place, moment, signal.SIGKILL).returncode == -signal.SIGKILL
        if moment == steps - 1:  # between the two renames: the old one waits, whole, under its hidden name
            assert not place.exists() and len(around(place)) == 2
        else:
            assert content(place) == (NEW if moment == steps else OLD)
        with pytest.raises(UnwritableFileError, match="a publication is there"):
            write_folder(place, NEW)  # puts the old one back, and takes away what was left
        assert content(place) == (NEW if moment == steps else OLD) and around(place) == []


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX systems")
def test_interrupted_at_every_step_nothing_is_left_over(tmp_path: Path) -> None:
    place = tmp_path / "out"
    for moment in range(1, len(NEW) + 4):  # the last is the second rename
        write_folder(place, OLD, force=True)
        assert run(place, moment, signal.SIGINT).returncode != 0
        assert content(place) == OLD and around(place) == [], moment


@pytest.mark.skipif(os.name == "nt", reason="locks of POSIX systems")
def test_what_another_run_is_writing_is_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "out"
    assert run(place, 2, signal.SIGKILL).returncode == -signal.SIGKILL
    (left,) = around(place)
    import fcntl

    number = os.open(tmp_path / left, os.O_RDONLY)
    fcntl.flock(number, fcntl.LOCK_EX)
    write_folder(place, OLD)
    assert around(place) == [left]
    os.close(number)
    write_folder(place, NEW, force=True)
    assert around(place) == []
