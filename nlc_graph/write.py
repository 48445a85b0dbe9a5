"""Write files and folders whole or not at all: build them under a temporary name beside the target, then rename.

A killed process may leave the temporary name behind; the target is old, absent or complete.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from .errors import UnwritableFileError

PathLike = str | os.PathLike[str]


def replace_file(path: PathLike, data: bytes) -> None:
    """Write a file or replace it; errors as for :func:`replacing_file`."""
    with replacing_file(path) as file:
        file.write(data)


@contextmanager
def replacing_file(path: PathLike) -> Iterator[BinaryIO]:
    """Open a temporary file that replaces ``path`` when the block ends without an exception.

    :raises UnwritableFileError: if it cannot be written
    """
    with _beside(path) as temporary:
        with open(temporary, "xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if os.path.exists(path):
            os.chmod(temporary, os.stat(path).st_mode & 0o777)
        os.replace(temporary, path)


@contextmanager
def replace_folder(path: PathLike) -> Iterator[str]:
    """Create a temporary folder that replaces ``path`` when the block ends without an exception.

    :raises UnwritableFileError: if it cannot be written
    """
    with _beside(path) as new, _beside(path) as old:
        os.mkdir(new)
        yield new
        if os.path.exists(path):
            os.rename(path, old)
        try:
            os.rename(new, path)
        except OSError:
            os.rename(old, path)
            raise


@contextmanager
def _beside(path: PathLike) -> Iterator[str]:
    """Give an unused name in the folder of ``path``, and remove what is left under it at the end."""
    name = os.path.join(os.path.dirname(os.path.abspath(path)), f".nlc-graph-{os.urandom(6).hex()}.part")
    try:
        yield name
    except OSError as error:
        raise UnwritableFileError(path, error.strerror or str(error)) from error
    finally:
        if os.path.isdir(name):
            _remove_folder(name)
        elif os.path.exists(name):
            os.unlink(name)


def _remove_folder(name: str) -> None:
    """Remove a folder, even while an engine that was to fill it still writes into it."""
    import shutil  # 5 ms that only a folder costs

    for _ in range(50):
        shutil.rmtree(name, ignore_errors=True)
        if not os.path.exists(name):
            return
        time.sleep(0.01)
