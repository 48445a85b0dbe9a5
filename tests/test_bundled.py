"""The bundled evidence, read ahead or when it is asked for, is the same."""

from __future__ import annotations

import subprocess
import sys

import pyoxigraph as ox

from nlc_graph.bundled import bundled_store

#: Prints how many triples each of three stores has, asked for one after the other, after one was read ahead.
ASK = """
from nlc_graph import bundled, resources
{before}
bundled.begin()
print([len(bundled.bundled_store(evidence=evidence)) for evidence in (False, True, True)])
"""


def _asked(before: str = "") -> subprocess.CompletedProcess[str]:
    code = ASK.format(before=before)
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)


def _named(store: ox.Store) -> set[str]:
    """Return the triples of named things; blank nodes have other names in every store."""
    return {str(quad) for quad in store if "_:" not in str(quad)}


def test_a_store_holds_the_ontology_and_the_evidence() -> None:
    ontology, everything = bundled_store(evidence=False), bundled_store()
    assert _named(ontology) < _named(everything)
    assert _named(bundled_store()) == _named(everything)


def test_what_was_read_ahead_is_handed_out_once() -> None:
    sizes = [len(bundled_store(evidence=evidence)) for evidence in (False, True, True)]
    done = _asked()
    assert (done.stdout, done.stderr, done.returncode) == (f"{sizes}\n", "", 0)


def test_a_mistake_met_ahead_is_told_when_the_store_is_asked_for() -> None:
    done = _asked("resources.read_bytes = lambda path: b'no turtle'")
    assert done.returncode == 1
    assert done.stderr.count("SyntaxError") == 1
    assert "bundled_store" in done.stderr


def test_a_program_that_ends_at_once_ends_quietly() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from nlc_graph.bundled import begin; begin()"],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
