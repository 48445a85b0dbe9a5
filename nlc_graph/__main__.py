"""The program: what ``nlc-graph`` and ``python -m nlc_graph`` run.

Ctrl-C ends it with one line from here on; importing what the command line needs takes longer than this.
"""

import os
import signal
import sys

#: Words of a command line for which the bundled evidence is not read, or not at once.
WITHOUT = {"--store", "--endpoint", "--no-bundled", "--help", "-h", "--version", "load", "validate", "diff", "queries"}


def _stopped(*_: object) -> None:
    os.write(2, b"nlc-graph: stopped\n")
    os._exit(130)


if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, _stopped)


def main() -> None:
    """Run the command line, and read the bundled evidence while it is imported."""
    from .graph.bundled import begin

    if not WITHOUT & {word.partition("=")[0] for word in sys.argv[1:]}:
        begin()
    from .cli import main as run

    run()


if __name__ == "__main__":
    main()
