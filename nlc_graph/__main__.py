"""Run the command line with ``python -m nlc_graph``."""

from .cli import main

main()
