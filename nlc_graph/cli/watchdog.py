"""Ends the process at once when a time is up or Ctrl-C is pressed, whatever the engine is doing.

The engine cannot be told to stop and, while it works, Python's main thread sees no signal. So a thread of its own waits
for both. Nothing is lost by ending: what is written is written whole at its end, or taken away by :data:`at_the_end`.
"""

from __future__ import annotations

import _thread  # threading would cost a millisecond at every command
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress

#: Exit status of a process that Ctrl-C ended, as shells expect it.
INTERRUPTED = 130
#: What has to be done before the process ends early, last first.
at_the_end: list[Callable[[], object]] = []
_ending = _thread.allocate_lock()


def watch_for_interrupt() -> None:
    """Let Ctrl-C end the process at once, with one line; only for a process that is ours."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)  # the byte in the pipe is what counts

    def wait() -> None:
        number = os.read(reading, 1)[0]
        end("stopped", INTERRUPTED if number == signal.SIGINT else 128 + number)

    _thread.start_new_thread(wait, ())


def end_after(seconds: float) -> None:
    """End the process when a time is up, unless it has ended before."""

    def wait() -> None:
        time.sleep(seconds)
        end(f"stopped after {seconds:g} s, as --timeout says; narrow the question or allow more time", 2)

    _thread.start_new_thread(wait, ())


def end(message: str, status: int) -> None:
    """Say why and end the process without waiting for anything; of several reasons the first counts."""
    if not _ending.acquire(blocking=False):
        time.sleep(60)
    with suppress(OSError):
        os.write(2, f"nlc-graph: {message}\n".encode())
    clean_up()
    os._exit(status)


def clean_up() -> None:
    """Do what has to be done before the process ends, once."""
    while at_the_end:
        with suppress(OSError):
            at_the_end.pop()()
