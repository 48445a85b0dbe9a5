"""Measures over the claims of a graph, one a module; ``docs/measures.md`` explains what each number is."""

from .findings import Findings, read_explanation

__all__ = ["Findings", "read_explanation"]
