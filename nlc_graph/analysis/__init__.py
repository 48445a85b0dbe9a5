"""Measures on the linkage, each saying what it counts, where the measure comes from, and which claims are behind it."""

from .findings import Findings, Part

__all__ = ["Findings", "Part"]
