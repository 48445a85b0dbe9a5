"""A folder that appears whole or not at all, and replaces only one that was written in the same way.

Its files are written into a hidden folder beside the place, brought to the disk, and the folder is renamed. A process
that is killed may leave that hidden folder, which the next run takes away; if it was killed just between the renames
that put a new folder in the place of an old one, the next run puts the old one back first.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from pathlib import Path

from ..cleanup import remove_folder, undivided, undone_at_end
from ..errors import UnwritableFileError
from .deposit import CHECKSUMS

try:
    import fcntl
except ImportError:  # Windows, where what was left behind stays until somebody removes it
    fcntl = None  # type: ignore[assignment]


def check_free(place: str | os.PathLike[str], *, force: bool = False) -> None:
    """Refuse a place where no publication may be put, before the work of making one.

    :param force: allow the place of an older publication, if it holds just what was written there
    :raises UnwritableFileError: if something else is there, or there is no folder for it
    """
    target = Path(os.path.abspath(place))
    _put_back(target)
    if not target.parent.is_dir():
        raise UnwritableFileError(place, "the folder that it would be in does not exist; make that first")
    if not os.path.lexists(target):
        return
    if target.is_symlink():
        raise UnwritableFileError(place, f"it is a symbolic link; give the folder itself, {os.path.realpath(target)}")
    if not target.is_dir():
        raise UnwritableFileError(place, "it is a file; give a new folder")
    if Path.cwd().is_relative_to(target):
        raise UnwritableFileError(place, "it is the folder that you are in; give a new one")
    found = _files(target)
    if not found:
        return
    if CHECKSUMS not in found:
        raise UnwritableFileError(place, "it holds other things; give a new folder")
    if not force:
        raise UnwritableFileError(place, "a publication is there; use --force to replace it, or give another folder")
    other = _changed(target, found)
    if other:
        reason = f"{other} in it was not written by `nlc-graph publish`, or was changed since; move it away"
        raise UnwritableFileError(place, f"{reason}, or give another folder")


def write_folder(
    place: str | os.PathLike[str],
    contents: Mapping[str, bytes],
    *,
    force: bool = False,
) -> None:
    """Write a folder whole or not at all.

    :param contents: file name to content, the list of checksums among them
    :param force: replace an older publication; see :func:`check_free`
    :raises UnwritableFileError: if the place is taken or cannot be written; what was there is unchanged
    """
    target = Path(os.path.abspath(place))
    _remove_left(target)
    check_free(target, force=force)
    building = target.parent / f"{_hidden(target)}{secrets.token_hex(4)}"
    held: int | None = None

    def undo() -> None:
        remove_folder(str(building))
        _put_back(target)

    with undone_at_end(undo):
        try:
            with undivided():
                building.mkdir()
            with suppress(OSError):  # some file systems know no locks
                held = _hold(building)
            for name, content in contents.items():
                with open(building / name, "xb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
            _replace(building, target)
        except OSError as error:
            raise UnwritableFileError(place, error.strerror or str(error)) from error
        finally:
            if held is not None:
                os.close(held)


def checksums(contents: Mapping[str, bytes]) -> bytes:
    """Return the list of checksums, as ``sha256sum`` writes and reads it."""
    return "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in contents.items()).encode()


def _changed(folder: Path, found: Mapping[str, Path]) -> str:
    """Return the name of a thing in a folder that its list of checksums does not vouch for; empty for none."""
    listed: dict[str, str] = {}
    with suppress(OSError, ValueError):
        for line in (folder / CHECKSUMS).read_text(encoding="utf-8").splitlines():
            digest, _, name = line.partition("  ")
            listed[name] = digest
    for name, path in sorted(found.items()):
        if name != CHECKSUMS and (path.is_symlink() or not path.is_file() or listed.get(name) != _digest(path)):
            return name
    return "" if listed else CHECKSUMS


def _digest(path: Path) -> str:
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return "unreadable"


def _files(folder: Path) -> dict[str, Path]:
    try:
        return {entry.name: entry for entry in folder.iterdir()}
    except OSError as error:
        raise UnwritableFileError(folder, error.strerror or str(error)) from error


def _replace(building: Path, target: Path) -> None:
    old = building.with_name(f"{building.name}.old")
    with ExitStack() as stack:
        with undivided():
            if os.path.lexists(target):
                os.rename(target, old)
            os.rename(building, target)
            stack.enter_context(undone_at_end(lambda: remove_folder(str(old))))


def _hidden(target: Path) -> str:
    # Made of the name and not the name itself, which may be as long as names can be.
    return f".nlc-graph-{hashlib.sha256(os.fsencode(target.name)).hexdigest()[:12]}-publish-"


def _put_back(target: Path) -> None:
    """Give a folder its place again, if a run was killed after it had been renamed and before the new one was."""
    if os.path.lexists(target):
        return
    with suppress(OSError):
        for entry in sorted(target.parent.glob(f"{_hidden(target)}*.old")):
            os.rename(entry, target)
            return


def _remove_left(target: Path) -> None:
    """Take away what runs that were killed have left: hidden folders that nobody holds."""
    _put_back(target)
    if fcntl is None:
        return
    with suppress(OSError):
        for entry in list(target.parent.glob(f"{_hidden(target)}*")):
            with suppress(OSError):
                held = _hold(entry)
                shutil.rmtree(entry, ignore_errors=True)
                if held is not None:
                    os.close(held)


def _hold(folder: Path) -> int | None:
    """Hold a folder until what is returned is closed or the process ends.

    :raises OSError: if another process holds it
    """
    if fcntl is None:
        return None
    number = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(number)
        raise
    return number
