"""Where the files that travel with the code are: in the installed package, or else in the checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def root() -> Path:
    """Return the folder that holds ``ontology``, ``data`` and ``queries``; nothing is ever written there."""
    bundled = Path(__file__).parent / "_bundled"
    return bundled if bundled.is_dir() else Path(__file__).parent.parent


def ontology_files() -> list[Path]:
    """Return the ontology and its vocabularies, without the SHACL shapes, which are no part of the graph."""
    folder = root() / "ontology"
    return [folder / "nlc.ttl", *sorted((folder / "vocabularies").glob("*.ttl"))]


def rule_files() -> list[Path]:
    """Return the CONSTRUCT rules that derive relations, in the order in which they run."""
    return sorted((root() / "ontology" / "rules").glob("*.rq"))


def data_files() -> list[Path]:
    """Return the bundled evidence, in a fixed order."""
    return sorted((root() / "data").glob("*/*.ttl"))


def query_files() -> dict[str, Path]:
    """Return the named queries: name to file, in order of name."""
    return {path.stem: path for path in sorted((root() / "queries").glob("*.rq"))}
