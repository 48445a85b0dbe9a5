"""Triples in, answers out: files, stores and endpoints behind SPARQL."""
