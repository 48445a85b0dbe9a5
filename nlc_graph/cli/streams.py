"""Standard input, output and error as whoever starts the command leaves them: closed, full, in some encoding."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import NoReturn


def open_missing() -> None:
    """Put something in the place of standard streams that are closed.

    Else the next file that is opened takes their number, and what is printed goes into it. From the missing input
    nothing comes; printing to the missing output fails; what is told on the missing error is lost.
    """
    modes = (os.O_RDONLY, os.O_RDONLY, os.O_WRONLY)  # writing to what is open for reading fails, and is told
    for number, (mode, name) in enumerate(zip(modes, ("stdin", "stdout", "stderr"), strict=True)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, mode)  # takes the lowest number that is free, which is this one
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, "w" if number else "r", encoding="utf-8", closefd=False))


def set_encoding() -> None:
    """Give files and pipes UTF-8; a terminal that lacks a character gets a question mark instead of a traceback."""
    if hasattr(sys.stdout, "reconfigure"):
        encoding = None if sys.stdout.isatty() or "PYTHONIOENCODING" in os.environ else "utf-8"
        sys.stdout.reconfigure(encoding=encoding, errors="replace")


def leave(status: int) -> NoReturn:
    """End the process; what cannot be printed any more is dropped, or Python would complain of it at its end."""
    for number, stream in ((1, sys.stdout), (2, sys.stderr)):
        try:
            stream.flush()
        except (OSError, ValueError):
            with suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), number)
    sys.exit(status)
