"""Write output files whole or not at all, and never over another file by accident."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from contextlib import ExitStack

from ..errors import UnwritableFileError
from ..write import replacing_file

#: A file, or its parts in order if it is large.
Content = bytes | Iterable[bytes]
Path = str | os.PathLike[str]


def write_file(path: Path, content: Content, *, force: bool = False) -> None:
    """Write a file whole or not at all; errors as for :func:`check_free`."""
    write_files({os.fspath(path): content}, force=force)


def write_files(contents: Mapping[str, Content], *, force: bool = False) -> None:
    """Write files that belong together: none is renamed into place before all are complete.

    :raises UnwritableFileError: if one exists and ``force`` is not set, or cannot be written
    """
    for path in contents:
        check_free(path, force=force)
    with ExitStack() as stack:
        for path, content in contents.items():
            file = stack.enter_context(replacing_file(path))
            file.writelines([content] if isinstance(content, bytes) else content)


def check_free(path: Path, *, force: bool = False) -> None:
    """Check that a file may be written, before the work of making its content.

    :raises UnwritableFileError: if it exists and ``force`` is not set, or is a folder, a symbolic link or a device
    """
    try:
        mode = os.lstat(path).st_mode
    except FileNotFoundError:
        return
    except OSError as error:
        raise UnwritableFileError(path, error.strerror or str(error)) from error
    if os.path.isdir(path):
        raise UnwritableFileError(path, "it is a folder; give the name of a file")
    if stat.S_ISLNK(mode):
        raise UnwritableFileError(path, f"it is a symbolic link; give the file it links to, {os.path.realpath(path)}")
    if not stat.S_ISREG(mode):
        raise UnwritableFileError(path, "it is a device or a pipe; give the name of a file")
    if not force:
        raise UnwritableFileError(path, "it exists; use --force to replace it, or give another name")
