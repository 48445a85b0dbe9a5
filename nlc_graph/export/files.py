"""Files written whole or not at all.

What is to be written is written under another name beside its place, brought to the disk, and renamed. However the
process ends, the older file or the whole new one is there. A process that is killed by force may leave a hidden file
``.nlc-graph-….part``, which nothing reads and the next that writes the same file takes away.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path

from ..cleanup import undivided, undone_at_end
from ..errors import UnwritableFileError

try:
    import fcntl
except ImportError:  # Windows, where what was left behind stays until somebody removes it
    fcntl = None  # type: ignore[assignment]

#: A file, or its pieces in order where it is large.
Content = bytes | Iterable[bytes]

_REMEDIES = {
    errno.ENOENT: "make its folder first",
    errno.ENOTDIR: "give a place in a folder",
    errno.ENOSPC: "make room and try again",
    errno.EDQUOT: "make room and try again",
    errno.EFBIG: "write it where larger files are allowed",
    errno.EACCES: "give a place that you may write to",
    errno.EPERM: "give a place that you may write to",
    errno.EROFS: "give a place that you may write to",
    errno.ENAMETOOLONG: "give a shorter name",
}


def write_file(path: str | os.PathLike[str], content: Content, *, force: bool = False) -> None:
    """Write a file whole or not at all.

    :raises UnwritableFileError: if it exists and ``force`` is not set, or the place cannot be written
    """
    write_files({path: content}, force=force)


def write_files(contents: Mapping[str | os.PathLike[str], Content], *, force: bool = False) -> None:
    """Write files that belong together: all are there in full under a temporary name before the first is renamed.

    :raises UnwritableFileError: if one exists and ``force`` is not set, or a place cannot be written
    """
    targets = {Path(path): content for path, content in contents.items()}
    modes = {target: check_free(target, force=force) for target in targets}
    target = next(iter(targets), Path())
    with ExitStack() as stack:
        written: list[tuple[Path, Path]] = []
        try:
            for target, content in targets.items():
                written.append((target, _write_beside(target, content, modes[target], stack)))
            with undivided():
                for target, temporary in written:
                    os.replace(temporary, target)
        except OSError as error:
            raise UnwritableFileError(target, _reason(error)) from error


def check_free(path: str | os.PathLike[str], *, force: bool = False) -> int:
    """Refuse a place where no file may be written, before the work of making one.

    :returns: the mode that the file should have: that of the file it replaces, or of a new one
    :raises UnwritableFileError: if a file is there and ``force`` is not set, or it is anything but a file: a folder, a
        symbolic link (which would be replaced, or lead somewhere else), a device, a pipe
    """
    try:
        mode = os.lstat(path).st_mode
    except FileNotFoundError:
        return 0o666 & ~_umask()
    except (OSError, ValueError) as error:
        raise UnwritableFileError(path, _reason(error)) from error
    if os.path.isdir(path):
        raise UnwritableFileError(path, "it is a folder; give the name of a file")
    if stat.S_ISLNK(mode):
        leads = os.path.realpath(path)
        raise UnwritableFileError(path, f"it is a symbolic link; give the name of what it leads to, {leads}")
    if not stat.S_ISREG(mode):
        raise UnwritableFileError(path, "it is a device or a pipe; give the name of a file")
    if not force:
        raise UnwritableFileError(path, "it exists; use --force to replace it, or give another name")
    return mode & 0o777


def _write_beside(target: Path, content: Content, mode: int, stack: ExitStack) -> Path:
    """Write a temporary file in the folder of another; it is taken away when the stack is unwound."""
    import tempfile

    # Made of the name and not the name itself, which may be as long as names can be.
    prefix = f".nlc-graph-{hashlib.sha256(os.fsencode(target.name)).hexdigest()[:12]}-"
    _remove_left(target.parent, prefix)
    with undivided():
        number, name = tempfile.mkstemp(dir=target.parent, prefix=prefix, suffix=".part")
        stack.enter_context(undone_at_end(lambda: _remove(name)))
    with open(number, "wb") as file:
        if fcntl is not None:
            stack.callback(os.close, os.dup(number))  # holds it until it has been renamed
            with suppress(OSError):  # some file systems know no locks
                _lock(number)
        file.writelines([content] if isinstance(content, bytes) else content)
        file.flush()
        os.fsync(file.fileno())
    os.chmod(name, mode)
    return Path(name)


def _remove_left(folder: Path, prefix: str) -> None:
    """Take away what a process that was killed left: a file that nobody holds."""
    if fcntl is None:
        return
    with suppress(OSError):
        for entry in list(os.scandir(folder)):
            if entry.name.startswith(prefix) and entry.name.endswith(".part"):
                with suppress(OSError), open(entry.path, "rb") as file:
                    _lock(file.fileno())
                    os.unlink(entry.path)


def _remove(name: str) -> None:
    with suppress(OSError):
        os.unlink(name)


def _lock(number: int) -> None:
    """Hold a file as long as it is open.

    :raises OSError: if another process holds it
    """
    if fcntl is not None:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _reason(error: OSError | ValueError) -> str:
    remedy = _REMEDIES.get(getattr(error, "errno", None) or 0, "")
    said = getattr(error, "strerror", None) or str(error)
    return f"{said}; {remedy}" if remedy else said


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
