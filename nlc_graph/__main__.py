"""The program: what ``nlc-graph`` and ``python -m nlc_graph`` run.

Ctrl-C ends it with one line from here on; importing what the command line needs takes longer than this.
"""

import os
import signal


def _stopped(*_: object) -> None:
    os.write(2, b"nlc-graph: stopped\n")
    os._exit(130)


if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, _stopped)

from .cli import main  # noqa: E402

__all__ = ["main"]

if __name__ == "__main__":
    main()
