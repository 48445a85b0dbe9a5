"""Write the folder of a publication whole or not at all, replacing only an unchanged older publication."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

from ..errors import UnwritableFileError
from ..write import replace_folder
from .deposit import CHECKSUMS


def check_folder(path: str | os.PathLike[str], *, force: bool = False) -> None:
    """Check that a publication may be written to a folder, before the work of making it.

    :param force: allow replacing an older publication, if it holds exactly what was written there
    :raises UnwritableFileError: if anything else is there, or the parent folder does not exist
    """
    target = Path(os.path.abspath(path))
    if not target.parent.is_dir():
        raise UnwritableFileError(path, "its parent folder does not exist; create that first")
    if target.is_symlink():
        raise UnwritableFileError(path, f"it is a symbolic link; give the folder itself, {os.path.realpath(target)}")
    if not target.exists():
        return
    if not target.is_dir():
        raise UnwritableFileError(path, "it is a file; give a new folder")
    if Path.cwd().is_relative_to(target):
        raise UnwritableFileError(path, "it is the current folder; give a new one")
    names = os.listdir(target)
    if names and CHECKSUMS not in names:
        raise UnwritableFileError(path, "it holds other files; give a new folder")
    if names and not force:
        raise UnwritableFileError(path, "it holds a publication; use --force to replace it, or give another folder")
    for name in sorted(names):
        if name != CHECKSUMS and not _is_unchanged(target / name):
            reason = f"{name} was not written by `nlc-graph publish`, or has changed since"
            raise UnwritableFileError(path, f"{reason}; move it away, or give another folder")


def write_folder(path: str | os.PathLike[str], contents: Mapping[str, bytes], *, force: bool = False) -> None:
    """Write a publication, including its list of checksums; errors as for :func:`check_folder`."""
    check_folder(path, force=force)
    with replace_folder(path) as folder:
        for name, content in contents.items():
            (Path(folder) / name).write_bytes(content)


def checksums(contents: Mapping[str, bytes]) -> bytes:
    """Return the list of checksums in the format of ``sha256sum``."""
    lines = [f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in contents.items()]
    return "".join(lines).encode(errors="surrogateescape")


def _is_unchanged(file: Path) -> bool:
    """Tell whether a file is as the list of checksums beside it says."""
    if file.is_symlink() or not file.is_file():
        return False
    listed = (file.parent / CHECKSUMS).read_bytes().splitlines(keepends=True)
    return checksums({file.name: file.read_bytes()}) in listed
