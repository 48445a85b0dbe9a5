"""What is not finished yet: taken away however the work ends, and steps that are done whole or not at all.

The command line ends its process at any moment from a thread of its own (:mod:`.cli.watchdog`), since the engine cannot
be told to stop. What would then be left behind, temporary files and folders and a server, is noted here.
"""

from __future__ import annotations

import _thread  # threading would cost a millisecond at every command
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from .errors import UnwritableFileError

#: Seconds that a step which must not be divided may still take when the process is to end.
PATIENCE = 10.0
_step = _thread.RLock()
_ending = _thread.allocate_lock()
_undo: list[Callable[[], object]] = []


@contextmanager
def undivided() -> Iterator[None]:
    """Do a step that :func:`give_up` must not cut in two, such as making a file and noting that it is there.

    Where the process is to end meanwhile, nothing is done after the step.
    """
    with _step:
        yield
    if _ending.locked():
        time.sleep(PATIENCE)


@contextmanager
def undone_at_end(undo: Callable[[], object]) -> Iterator[None]:
    """Do something at the end of a block, and also when the process is ended within it."""
    _undo.append(undo)
    try:
        yield
    finally:
        undo()
        with suppress(ValueError):  # whoever ends the process has done it already
            _undo.remove(undo)


@contextmanager
def temporary_folder() -> Iterator[str]:
    """Give an empty folder, and take it away at the end with all that is in it.

    :raises UnwritableFileError: if there is no room for one
    """
    import tempfile

    with undivided():
        try:
            folder = tempfile.mkdtemp(prefix="nlc-graph-")
        except OSError as error:
            place = os.environ.get("TMPDIR", "the folder for temporary files")
            raise UnwritableFileError(place, f"{error.strerror}; set TMPDIR to another folder") from error
        context = undone_at_end(lambda: remove_folder(folder))
        context.__enter__()
    try:
        yield folder
    finally:
        context.__exit__(None, None, None)


def remove_folder(folder: str) -> None:
    """Take a folder away, even while something still writes into it; what cannot be taken away stays."""
    import shutil

    for _ in range(50):
        shutil.rmtree(folder, ignore_errors=True)
        if not os.path.lexists(folder):
            return
        time.sleep(0.01)


def give_up() -> None:
    """Take away what is unfinished, newest first, and let no further step begin; for a process that ends at once."""
    _ending.acquire(blocking=False)
    _step.acquire(timeout=PATIENCE)
    while _undo:
        with suppress(OSError):
            _undo.pop()()
