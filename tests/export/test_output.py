"""Output files, written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from nlc_graph.errors import UnknownFormatError, UnwritableFileError
from nlc_graph.export import FORMATS, SUFFIXES, check_free, format_for, write_file, write_files


def test_an_existing_file_is_replaced_only_by_force(tmp_path: Path) -> None:
    target = tmp_path / "x.ttl"
    write_file(target, b"one")
    with pytest.raises(UnwritableFileError):
        write_file(target, b"two")
    assert target.read_bytes() == b"one"
    write_file(target, iter([b"t", b"wo"]), force=True)
    assert target.read_bytes() == b"two" and os.listdir(tmp_path) == ["x.ttl"]


@pytest.mark.parametrize("name", ["folder", "link", "pipe", "x" * 300])
def test_only_regular_files_are_replaced(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "target")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnwritableFileError) as caught:
        check_free(tmp_path / name, force=True)
    assert caught.value.path == str(tmp_path / name)


def test_files_that_belong_together_are_written_together(tmp_path: Path) -> None:
    one, other = str(tmp_path / "a.tsv"), str(tmp_path / "b.tsv")
    Path(other).write_bytes(b"old")
    with pytest.raises(UnwritableFileError):
        write_files({one: b"1", other: b"2"})
    with pytest.raises(UnwritableFileError):
        write_files({one: b"1", str(tmp_path / "no" / "b.tsv"): b"2"})
    assert os.listdir(tmp_path) == ["b.tsv"] and Path(other).read_bytes() == b"old"
    write_files({one: b"1", other: b"2"}, force=True)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.tsv": b"1", "b.tsv": b"2"}


def test_an_error_while_writing_leaves_nothing(tmp_path: Path) -> None:
    def content() -> object:
        yield b"half"
        raise OSError(28, "No space left on device")

    with pytest.raises(UnwritableFileError):
        write_file(tmp_path / "x.ttl", content())  # type: ignore[arg-type]
    assert os.listdir(tmp_path) == []


def test_each_suffix_has_a_format() -> None:
    assert {format_for(f"x{suffix}") for suffix in SUFFIXES} == set(FORMATS) - {"tables"}
    with pytest.raises(UnknownFormatError) as caught:
        format_for("x.xls")
    assert (caught.value.given, caught.value.known) == (".xls", SUFFIXES)
