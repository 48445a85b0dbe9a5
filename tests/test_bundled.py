"""The bundled evidence, read ahead or when it is asked for, is the same."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

import nlc_graph
from nlc_graph import resources
from nlc_graph.graph.bundled import bundled_store

#: Prints how many triples each of three stores has, asked for one after the other, after one was read ahead.
ASK = """
from nlc_graph.graph import bundled
from nlc_graph import resources
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
    assert done.stderr.splitlines()[-1].startswith("nlc_graph.errors.InstallationError: the installation is damaged")


def test_a_program_that_ends_at_once_ends_quietly() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from nlc_graph.graph.bundled import begin; begin()"],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


@pytest.mark.parametrize(("damage", "told"), [("cut", ""), ("missing", "nlc.ttl: No such file"), ("no data", "data")])
def test_a_damaged_installation_is_told_in_one_line(damage: str, told: str, tmp_path: Path) -> None:
    package = Path(nlc_graph.__file__).parent
    shutil.copytree(package, tmp_path / "nlc_graph", ignore=shutil.ignore_patterns("__pycache__"))
    for folder in ("ontology", "data", "queries"):
        shutil.copytree(Path(resources.root()) / folder, tmp_path / folder)
    ontology = tmp_path / "ontology" / "nlc.ttl"
    if damage == "cut":
        ontology.write_bytes(ontology.read_bytes()[:5000])
    elif damage == "missing":
        ontology.unlink()
    else:
        shutil.rmtree(tmp_path / "data")
    done = subprocess.run(
        [sys.executable, "-m", "nlc_graph", "impacts"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert (done.stdout, done.returncode, done.stderr.count("\n")) == ("", 2, 1)
    assert done.stderr.startswith("nlc-graph: the installation is damaged: ")
    assert done.stderr.endswith("install nlc-graph anew\n")
    assert told in done.stderr
