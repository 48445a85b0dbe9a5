"""End the process at once on Ctrl-C, and when ``--timeout`` is over.

The engine cannot be interrupted, and Python runs no signal handler until it returns. So a daemon thread ends the
process. No file is lost: each is written beside its target and moved there when it is complete.
"""

from __future__ import annotations

import os
import signal
import threading

INTERRUPTED = 130


def exit_now(message: str, status: int) -> None:
    """Print one line and end the process without waiting for any thread."""
    os.write(2, f"nlc-graph: {message}\n".encode())
    os._exit(status)


def exit_after(seconds: float) -> None:
    """End the process with status 2 unless it has ended before."""
    message = f"stopped after {seconds:g} s (--timeout); narrow the question or allow more time"
    timer = threading.Timer(min(seconds, threading.TIMEOUT_MAX), exit_now, (message, 2))
    timer.daemon = True
    timer.start()


def exit_on_interrupt() -> None:
    """End the process with status 130 on Ctrl-C; where the shell ignores Ctrl-C (``nohup``), so do we."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        return
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing)  # Python writes a byte for each signal, even while the engine works
    signal.signal(signal.SIGINT, lambda *_: None)
    threading.Thread(target=_wait_for_signal, args=(reading,), daemon=True).start()


def _wait_for_signal(pipe: int) -> None:
    os.read(pipe, 1)
    exit_now("stopped", INTERRUPTED)
