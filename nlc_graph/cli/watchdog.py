"""Ends the process at once when a time is up or Ctrl-C is pressed, whatever the engine is doing.

The engine cannot be told to stop and, while it works, Python's main thread sees no signal. So a thread of its own waits
for both. Nothing is lost by ending: what is written is written whole at its end, or taken away by
:func:`.unfinished.give_up`.
"""

from __future__ import annotations

import _thread  # threading would cost a millisecond at every command
import os
import signal
import time
from contextlib import suppress

from ..cleanup import give_up

#: Exit status of a process that Ctrl-C ended, as shells expect it.
INTERRUPTED = 130
_ending = _thread.RLock()  # may be taken again by whoever has it


def watch_for_interrupt() -> None:
    """Let Ctrl-C, or a request to end, end the process at once, with one line; only for a process that is ours.

    A signal that whoever started the process lets it ignore (``nohup``, or ``&`` in a script) stays ignored.
    """
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, lambda *_: None)  # the byte in the pipe is what counts

    def wait() -> None:
        number = os.read(reading, 1)[0]
        end("stopped", INTERRUPTED if number == signal.SIGINT else 128 + number)

    _thread.start_new_thread(wait, ())


def end_after(seconds: float) -> None:
    """End the process when a time is up, unless it has ended before."""

    def wait() -> None:
        time.sleep(min(seconds, 1e9))  # which is longer than any machine runs, and shorter than it can count
        end(f"stopped after {seconds:g} s, as --timeout says; narrow the question or allow more time", 2)

    _thread.start_new_thread(wait, ())


def end(message: str, status: int) -> None:
    """Say why and end the process without waiting for anything; of several reasons the first counts."""
    finish()
    with suppress(OSError):
        os.write(2, f"nlc-graph: {message}\n".encode())
    give_up()
    os._exit(status)


def finish() -> None:
    """Be the one who ends the process; where another is at it already, say nothing more and wait for the end."""
    if not _ending.acquire(blocking=False):
        time.sleep(60)
