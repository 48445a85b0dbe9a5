"""Files written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from nlc_graph.errors import UnknownFormatError, UnwritableFileError
from nlc_graph.export import FORMATS, format_for, write_file, write_files


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "x.ttl"
    write_file(target, b"one")
    with pytest.raises(UnwritableFileError, match="it exists; use --force"):
        write_file(target, b"two")
    write_file(target, b"two", force=True)
    assert target.read_bytes() == b"two"
    with pytest.raises(UnwritableFileError, match="No such file or directory"):
        write_file(tmp_path / "no" / "x.ttl", b"")
    with pytest.raises(UnwritableFileError, match="it is a folder"):
        write_file(tmp_path, b"", force=True)
    assert [path.name for path in tmp_path.iterdir()] == ["x.ttl"]


def test_files_that_belong_together_are_written_together(tmp_path: Path) -> None:
    one, other = tmp_path / "a.tsv", tmp_path / "b.tsv"
    other.write_bytes(b"old")
    with pytest.raises(UnwritableFileError, match=r"b\.tsv: it exists"):
        write_files({one: b"1", other: b"2"})
    assert not one.exists() and other.read_bytes() == b"old"
    with pytest.raises(UnwritableFileError, match="No such file"):
        write_files({one: b"1", tmp_path / "no" / "b.tsv": b"2"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.tsv"]
    write_files({one: b"1", other: b"2"}, force=True)
    assert (one.read_bytes(), other.read_bytes()) == (b"1", b"2")


def test_a_failed_rename_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", broken)
    with pytest.raises(UnwritableFileError, match="No space left"):
        write_file(tmp_path / "x.ttl", b"one")
    assert list(tmp_path.iterdir()) == []


def test_suffixes_stand_for_formats() -> None:
    assert {format_for(f"x{suffix}") for form in FORMATS.values() for suffix in form.suffixes} == set(FORMATS) - {
        "tables"
    }
    with pytest.raises(UnknownFormatError, match=r"no format for '.xls'; known: .ttl, .nt, .trig, .jsonld, .rdf"):
        format_for("x.xls")
