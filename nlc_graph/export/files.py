"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from ..errors import UnwritableFileError

#: A file, or its pieces in order where it is large.
Content = bytes | Iterable[bytes]


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
    for target in targets:
        if target.is_dir():
            raise UnwritableFileError(target, "it is a folder; give the name of a file")
        if target.exists() and not force:
            raise UnwritableFileError(target, "it exists; use --force to replace it, or give another name")
    written: dict[Path, Path] = {}
    target = next(iter(targets), Path())
    try:
        for target, content in targets.items():
            written[target] = _write_beside(target, content)
        for target, temporary in written.items():
            os.replace(temporary, target)
    except OSError as error:
        raise UnwritableFileError(target, error.strerror or str(error)) from error
    finally:
        for temporary in written.values():
            temporary.unlink(missing_ok=True)


def _write_beside(target: Path, content: Content) -> Path:
    """Write a temporary file in the folder of another, with the mode that a new file would have."""
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
        temporary = Path(file.name)
        try:
            file.writelines([content] if isinstance(content, bytes) else content)
            file.close()
            temporary.chmod(0o666 & ~_umask())
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    return temporary


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
