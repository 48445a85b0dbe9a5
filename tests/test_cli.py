"""Names that tests of other rooms import from here until they import them from ``tests/cli/runner.py``."""

from .cli.runner import ONLY_TINY, run, succeeded

__all__ = ["ONLY_TINY", "run", "succeeded"]
