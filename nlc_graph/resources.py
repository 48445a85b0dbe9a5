"""Where the files that travel with the code are: in the installed package, or else in the checkout.

Paths are plain strings: this runs at every command, and importing pathlib costs as much time as parsing a third of
the bundled data.
"""

from __future__ import annotations

import os
from functools import cache

from .errors import InstallationError


@cache
def root() -> str:
    """Return the folder that holds ``ontology``, ``data`` and ``queries``; nothing is ever written there."""
    package = os.path.dirname(os.path.abspath(__file__))
    bundled = os.path.join(package, "_bundled")
    return bundled if os.path.isdir(bundled) else os.path.dirname(package)


def ontology_files() -> list[str]:
    """Return the ontology and its vocabularies, without the SHACL shapes, which are no part of the graph."""
    return [os.path.join(root(), "ontology", "nlc.ttl"), *_files("ontology/vocabularies", ".ttl")]


def rule_files() -> list[str]:
    """Return the CONSTRUCT rules that derive relations, in the order in which they run."""
    return _files("ontology/rules", ".rq")


def check_files() -> list[str]:
    """Return the must-be-empty queries over authored data, each headed by what is wrong and what to do."""
    return _files("ontology/checks", ".rq")


def shapes_file() -> str:
    """Return the SHACL shapes of single records."""
    return os.path.join(root(), "ontology", "shapes.ttl")


def context_file() -> str:
    """Return the JSON-LD context."""
    return os.path.join(root(), "ontology", "context.jsonld")


def licence_of_data() -> str:
    """Return the licence of the bundled evidence and the ontology."""
    return os.path.join(root(), "data", "LICENSE")


def licence_of_code() -> str:
    """Return the licence of the program."""
    return os.path.join(root(), "LICENSE")


def data_files() -> list[str]:
    """Return the bundled evidence, in a fixed order."""
    data = os.path.join(root(), "data")
    enquiries = [name for name in _names(data) if os.path.isdir(os.path.join(data, name))]
    return [file for enquiry in enquiries for file in _files(f"data/{enquiry}", ".ttl")]


def query_files() -> dict[str, str]:
    """Return the named queries: name to file, in order of name."""
    folders = [f"queries/{name}" for name in _names(os.path.join(root(), "queries")) if "." not in name]
    paths = [path for folder in folders for path in _files(folder, ".rq")]
    return {os.path.basename(path).removesuffix(".rq"): path for path in sorted(paths, key=os.path.basename)}


def read_text(path: str) -> str:
    """Return the text of a bundled file.

    :raises InstallationError: if it cannot be read
    """
    return read_bytes(path).decode()


def read_bytes(path: str) -> bytes:
    """Return a bundled file as it is.

    :raises InstallationError: if it cannot be read
    """
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise InstallationError(path, error.strerror or str(error)) from error


def _files(folder: str, suffix: str) -> list[str]:
    place = os.path.join(root(), *folder.split("/"))
    return [os.path.join(place, name) for name in _names(place) if name.endswith(suffix)]


def _names(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError as error:
        raise InstallationError(folder, error.strerror or str(error)) from error
