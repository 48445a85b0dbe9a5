"""Files and folders are written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlc_graph.errors import UnwritableFileError
from nlc_graph.write import replace_file, replace_folder, replacing_file


def test_file_is_replaced_and_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "a"
    replace_file(target, b"old")
    target.chmod(0o600)
    replace_file(target, b"new")
    assert (target.read_bytes(), target.stat().st_mode & 0o777) == (b"new", 0o600)


def test_failed_write_leaves_the_old_file_alone(tmp_path: Path) -> None:
    target = tmp_path / "a"
    target.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt), replacing_file(target) as file:
        file.write(b"half")
        raise KeyboardInterrupt
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a", b"old")]


def test_folder_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "a"
    for name in ("old", "new"):
        with replace_folder(target) as folder:
            (Path(folder) / name).write_text(name)
    assert [path.name for path in target.iterdir()] == ["new"]
    with pytest.raises(ValueError), replace_folder(target) as folder:
        (Path(folder) / "half").write_text("")
        raise ValueError
    assert [str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")] == ["a", "a/new"]


def test_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnwritableFileError) as error:
        replace_file(tmp_path / "none" / "a", b"")
    assert error.value.path == str(tmp_path / "none" / "a")
