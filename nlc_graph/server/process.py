"""Oxigraph's server as a process beside ours: started, started anew, and ended with us however we end."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import sysconfig
import threading
import time
from contextlib import suppress

from ..errors import MissingExtraError, ServerError

#: Seconds in which Oxigraph must have begun to answer.
START = 30.0
#: A process that outlives ours by a moment: it reads which process to end when we have ended, however that was.
_WATCH = """
import os, signal, sys
number = 0
for line in sys.stdin:
    number = int(line)
if number:
    os.kill(number, getattr(signal, "SIGKILL", signal.SIGTERM))
"""


class Oxigraph:
    """Oxigraph's server for a store on disk, on a free port of this machine."""

    def __init__(self, place: str) -> None:
        self._place = place
        self._command = _oxigraph()
        self._lock = threading.Lock()
        self.started = self.crashes = 0
        self.port = 0
        self._closed = False
        self._process: subprocess.Popen[bytes] | None = None
        self._watch = subprocess.Popen(  # noqa: S603  our own arguments
            [sys.executable, "-I", "-S", "-c", _WATCH],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            start_new_session=True,
        )
        try:
            self.restart(0)
        except BaseException:
            self.close()
            raise

    def restart(self, seen: int, *, if_ended: bool = False) -> None:
        """Start it, and end it first; only once for all who saw the same one.

        :param if_ended: leave it alone where it still runs, as when a client or a connection has gone
        """
        with self._lock:
            if self._closed or seen != self.started or (if_ended and not self._has_ended()):
                return
            self.crashes += self._process is not None and self._process.poll() is not None
            self.stop()
            self.port = _free_port()
            self._process = subprocess.Popen(  # noqa: S603  our own arguments
                [self._command, "serve-read-only", "--location", self._place, "--bind", f"127.0.0.1:{self.port}"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C reaches us alone, and we end it
            )
            self._end_with_us(self._process.pid)
            if self._closed:  # meanwhile, by the thread that ends us
                return self.stop()
            self._wait(self._process)
            self.started += 1

    def stop(self) -> None:
        """End it at once; it only reads, so nothing can be lost."""
        if self._process and self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        self._end_with_us(0)  # the number may soon be that of another process

    def close(self) -> None:
        """End it, and what watches over it, for good: requests that are still answered do not start it again."""
        self._closed = True
        self.stop()
        self._watch.communicate()

    def _has_ended(self) -> bool:
        if self._process:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(0.2)  # its connections end a moment before it does
        return self._process is None or self._process.poll() is not None

    def _end_with_us(self, number: int) -> None:
        with suppress(OSError, ValueError):  # whoever ended the watching process wants it so
            if self._watch.stdin:
                self._watch.stdin.write(b"%d\n" % number)

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + START
        while time.monotonic() < until and process.poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            time.sleep(0.02)
        self.stop()
        raise ServerError(self._place, "Oxigraph's server did not start on this store")


def _oxigraph() -> str:
    here = [os.path.dirname(sys.executable), sysconfig.get_path("scripts")]
    command = shutil.which("oxigraph", path=os.pathsep.join(here)) or shutil.which("oxigraph")
    if command is None:
        raise MissingExtraError("serve", "serve")
    return command


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
