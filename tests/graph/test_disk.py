"""Stores on disk: the same triples, and no store that is incomplete, damaged or of another version."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from nlc_graph import Graph
from nlc_graph.errors import ReadOnlyGraphError, StoreError, UnreadableFileError
from nlc_graph.graph.disk import ABOUT, build_store, open_store

from ..conftest import TINY


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return a store of tiny.ttl."""
    build_store(tmp_path / "store", TINY, bundled=False)
    return tmp_path / "store"


def test_a_store_has_the_same_triples_and_prefixes(place: Path, tiny: Graph) -> None:
    everything = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o FILTER(!isBlank(?s) && !isBlank(?o)) }"
    store, other = open_store(place), open_store(place)
    assert store.triples(everything) == other.triples(everything) == tiny.triples(everything)
    assert (len(store), dict(store.prefixes)) == (len(tiny), dict(tiny.prefixes))
    with pytest.raises(ReadOnlyGraphError):
        store.add(TINY)


def test_building_reports_numbers_and_progress(tmp_path: Path, tiny: Graph) -> None:
    steps: list[tuple[str, int, int]] = []
    built = build_store(tmp_path / "new", TINY, bundled=False, progress=lambda *step: steps.append(step))
    assert built == (len(tiny), len(tiny) - sum(1 for _ in tiny.authored()))
    read = [step for step in steps if step[0] == "reading"]
    assert read[-1][1] == read[-1][2] and read == sorted(read)
    assert steps[-1] == ("done", 0, 0)
    assert os.listdir(tmp_path) == ["new"]


def test_a_store_is_replaced_only_by_force_and_whole(place: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError) as raised:
        build_store(place, TINY, bundled=False)
    assert "--force" in raised.value.hint
    bad = tmp_path / "bad.ttl"
    bad.write_text("<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> nope:c .")
    with pytest.raises(UnreadableFileError):
        build_store(place, bad, bundled=False, force=True)
    assert open_store(place).ask("ASK { t:alder a nlc:Network }")
    bad.write_text("<urn:a> <urn:b> <urn:c> .")
    build_store(place, bad, bundled=False, force=True)
    assert not open_store(place).ask("ASK { ?alder a nlc:Network }")
    assert sorted(os.listdir(tmp_path)) == ["bad.ttl", "store"]


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_is_not_a_store_is_never_replaced(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "mine"
    if kind == "folder":
        target.mkdir()
    inside = target / "letter.txt" if kind == "folder" else target
    inside.write_text("dear")
    with pytest.raises(StoreError):
        build_store(target, force=True)
    with pytest.raises(StoreError):
        open_store(target)
    assert inside.read_text() == "dear"


def about(**changes: object) -> Callable[[Path], object]:
    """Return what changes the file that describes a store."""
    return lambda place: Path(place / ABOUT).write_text(json.dumps(json.loads((place / ABOUT).read_text()) | changes))


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (about(format=0, version="0.0.1"), "0.0.1"),
        (about(format=99, version="9.9"), "9.9"),
        (about(rules="0"), "rules"),
        (about(prefixes=["x"]), ABOUT),
        (about(prefixes={"x": "urn:x> SELECT"}), ABOUT),
        (lambda place: (place / ABOUT).write_text('{"format": 1'), ABOUT),
        (lambda place: (place / ABOUT).write_text("[" * 100_000), ABOUT),
        (lambda place: (place / ABOUT).unlink(), "incomplete"),
        (lambda place: next(place.glob("MANIFEST*")).write_bytes(b"garbage"), "damaged"),
        (lambda place: next(place.glob("*.sst")).unlink(), "damaged"),
    ],
)
def test_an_unusable_store_is_refused(place: Path, spoil: Callable[[Path], object], reason: str) -> None:
    spoil(place)
    with pytest.raises(StoreError) as raised:
        open_store(place)
    assert reason in raised.value.reason and "load it again" in raised.value.hint


def test_a_missing_store_can_be_built(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing", tmp_path):
        with pytest.raises(StoreError) as raised:
            open_store(path)
        assert f"nlc-graph load {path}" in raised.value.hint
    with pytest.raises(StoreError):
        build_store(tmp_path / "no" / "parent")
