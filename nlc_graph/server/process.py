"""Oxigraph's server as a child process that can be restarted, and that ends when this process ends."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import sysconfig
import threading
import time
from contextlib import suppress

from ..errors import MissingExtraError, ServerError

#: Seconds within which Oxigraph must accept connections.
START = 30.0
#: Runs a command, and kills it when standard input is closed, which happens however our process ends.
_KEEPER = """
import subprocess, sys, threading
server = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL)
threading.Thread(target=lambda: (sys.stdin.read(), server.kill()), daemon=True).start()
sys.exit(server.wait())
"""


class Oxigraph:
    """Oxigraph's server for a store on disk, on a free port of this machine."""

    def __init__(self, store: str) -> None:
        self._store = store
        self._command = _find_command()
        self._lock = threading.Lock()
        self._closed = False
        self._process: subprocess.Popen[bytes] | None = None
        self.started = self.crashes = 0
        self.port = 0
        self.restart(0)

    def restart(self, seen: int, *, if_ended: bool = False) -> None:
        """Kill the server and start it again, unless somebody else has done so already.

        :param seen: value of ``started`` when the caller last used the server
        :param if_ended: do nothing if it is still running, as when only a connection was lost
        """
        with self._lock:
            if self._closed or seen != self.started or (if_ended and not self._has_ended()):
                return
            self.crashes += self._process is not None and self._process.poll() is not None
            self._stop()
            self.port = _free_port()
            server = [self._command, "serve-read-only", "--location", self._store, "--bind", f"127.0.0.1:{self.port}"]
            self._process = subprocess.Popen(  # noqa: S603  our own arguments
                [sys.executable, "-I", "-S", "-c", _KEEPER, *server],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is for this process alone
            )
            self._wait_until_it_listens(self._process)
            self.started += 1

    def close(self) -> None:
        """Kill the server for good: requests that are still being answered do not start it again."""
        with self._lock:
            self._closed = True
            self._stop()

    def _stop(self) -> None:
        if self._process:
            self._process.communicate()  # closes its input; the server only reads, so nothing is lost

    def _has_ended(self) -> bool:
        if self._process:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(0.5)  # its connections end a moment before it does
        return self._process is None or self._process.poll() is not None

    def _wait_until_it_listens(self, process: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + START
        while time.monotonic() < until and process.poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            time.sleep(0.02)
        self._stop()
        raise ServerError(self._store, "Oxigraph's server did not start on this store")


def _find_command() -> str:
    command = shutil.which("oxigraph", path=sysconfig.get_path("scripts")) or shutil.which("oxigraph")
    if command is None:
        raise MissingExtraError("serve", "serve")
    return command


def _free_port() -> int:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return int(unused.getsockname()[1])
