"""Serve a store as a read-only SPARQL endpoint."""

from .guard import Guard

__all__ = ["Guard"]
