"""The tiny valid graph of the ontology tests."""

from tests.ontology.conftest import store, valid_quads

__all__ = ["store", "valid_quads"]
