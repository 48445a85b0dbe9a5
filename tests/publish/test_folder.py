"""The folder of a publication appears whole or not at all, and replaces only an unchanged publication."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from nlc_graph.errors import UnwritableFileError
from nlc_graph.publish.deposit import CHECKSUMS
from nlc_graph.publish.folder import check_folder, checksums, write_folder

OLD = {"a.txt": b"old", "b.txt": b"older"}
NEW = {"a.txt": b"new", "c.txt": b"newer", "d.txt": b""}
for files in (OLD, NEW):
    files[CHECKSUMS] = checksums(files)


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_new_or_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for name in ("new", "empty"):
        write_folder(tmp_path / name, NEW)
        assert content(tmp_path / name) == NEW
    assert sorted(os.listdir(tmp_path)) == ["empty", "new"]


def test_sha256sum_reads_the_checksums(tmp_path: Path) -> None:
    write_folder(tmp_path / "out", NEW)
    done = subprocess.run(["sha256sum", "-c", CHECKSUMS], cwd=tmp_path / "out", capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (0, b"a.txt: OK\nc.txt: OK\nd.txt: OK\n")


def test_an_older_publication_is_replaced_only_by_force(tmp_path: Path) -> None:
    write_folder(tmp_path / "out", OLD)
    with pytest.raises(UnwritableFileError):
        write_folder(tmp_path / "out", NEW)
    assert content(tmp_path / "out") == OLD
    write_folder(tmp_path / "out", NEW, force=True)
    assert content(tmp_path / "out") == NEW and os.listdir(tmp_path) == ["out"]


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "notes.txt").write_text("mine"),
        lambda folder: (folder / "a.txt").write_text("mine"),
        lambda folder: (folder / "sub").mkdir(),
        lambda folder: (folder / CHECKSUMS).write_bytes(b"\xff"),
        lambda folder: (folder / CHECKSUMS).unlink(),
    ],
)
def test_other_content_is_kept_even_by_force(change: Callable[[Path], object], tmp_path: Path) -> None:
    write_folder(tmp_path / "out", OLD)
    change(tmp_path / "out")
    before = sorted(path.name for path in tmp_path.rglob("*"))
    with pytest.raises(UnwritableFileError):
        write_folder(tmp_path / "out", NEW, force=True)
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


def test_paths_where_no_folder_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "current").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "current")
    monkeypatch.chdir(tmp_path / "current")
    for name in ("file", "link", "nowhere/out", "file/out", "current"):
        with pytest.raises(UnwritableFileError) as caught:
            check_folder(tmp_path / name, force=True)
        assert caught.value.path == str(tmp_path / name)


def test_an_error_while_writing_leaves_the_older_publication(tmp_path: Path) -> None:
    write_folder(tmp_path / "out", OLD)
    with pytest.raises(UnwritableFileError):
        write_folder(tmp_path / "out", {**NEW, "no/e.txt": b""}, force=True)
    assert content(tmp_path / "out") == OLD and os.listdir(tmp_path) == ["out"]
