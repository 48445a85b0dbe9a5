"""Run the command line: ``python -m nlc_graph``."""

from .cli import main

if __name__ == "__main__":
    main()
