"""A store on disk: the same answers, and never a half-true one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from nlc_graph import Graph, find_impacts
from nlc_graph.errors import ReadOnlyGraphError, StoreError, UnreadableFileError
from nlc_graph.graph.disk import ABOUT, Loaded, build_store, open_store
from nlc_graph.graph.queries import named_queries

from .conftest import TINY
from .test_cli import ONLY_TINY, run, succeeded
from .test_queries import PARAMETERS


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of tiny.ttl, not to be changed."""
    place = tmp_path_factory.mktemp("stores") / "tiny"
    build_store(place, TINY, bundled=False)
    return place


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return a store of tiny.ttl that a test may spoil."""
    build_store(tmp_path / "own", TINY, bundled=False)
    return tmp_path / "own"


def test_loading_counts_what_it_loads(tmp_path: Path, tiny: Graph) -> None:
    loaded = build_store(tmp_path / "new", TINY, bundled=False)
    derived = len(tiny) - sum(1 for _ in tiny.authored())
    assert loaded == Loaded(len(tiny), derived, 7, 2, 5)
    assert sorted(os.listdir(tmp_path)) == ["new"]


def test_a_store_holds_the_same_triples_and_prefixes(place: Path, tiny: Graph) -> None:
    everything = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o FILTER(!isBlank(?s) && !isBlank(?o)) }"
    stored = open_store(place)
    assert stored.triples(everything) == tiny.triples(everything)
    assert (len(stored), dict(stored.prefixes)) == (len(tiny), dict(tiny.prefixes))


@pytest.mark.parametrize("name", [query.name for query in named_queries()])
def test_named_queries_give_the_same(place: Path, tiny: Graph, name: str) -> None:
    parameters = PARAMETERS[name]
    one, other = tiny.query(name, **parameters), open_store(place).query(name, **parameters)
    if isinstance(one, rdflib.Graph) and isinstance(other, rdflib.Graph):
        assert set(one) == set(other)
    else:
        assert one == other


def test_links_are_the_same(place: Path, tiny: Graph) -> None:
    assert find_impacts(open_store(place)) == find_impacts(tiny)


def test_commands_print_the_same(place: Path) -> None:
    for command in (["impacts"], ["impacts", "writing", "--format", "csv"], ["show", "Alder"], ["find", "write"]):
        assert succeeded("--store", str(place), *command) == succeeded(*ONLY_TINY, *command)


def test_two_readers_at_once(place: Path) -> None:
    one, other = open_store(place), open_store(place)
    assert len(one) == len(other) == len(open_store(place))


def test_it_is_read_only(place: Path) -> None:
    with pytest.raises(ReadOnlyGraphError):
        open_store(place).add(TINY)


def test_command_loads_and_replaces_only_when_told(tmp_path: Path) -> None:
    target = str(tmp_path / "new")
    done = run("--no-bundled", "load", target, str(TINY))
    assert (done.returncode, done.stdout) == (0, "")
    assert "7 claims of 2 networks, 5 links loaded into" in done.stderr
    again = run("--no-bundled", "load", target, str(TINY))
    assert (again.returncode, again.stderr) == (
        2,
        f"nlc-graph: {target}: a store is there; use --force to replace it, or give another folder\n",
    )
    assert run("--no-bundled", "--data", str(TINY), "load", "--force", target).returncode == 0
    assert sorted(os.listdir(tmp_path)) == ["new"]


def test_a_malformed_file_leaves_the_older_store(own: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.ttl"
    bad.write_text("<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> nope:c .")
    with pytest.raises(UnreadableFileError, match=r"bad\.ttl, line 2: "):
        build_store(own, bad, force=True)
    assert open_store(own).ask("ASK { t:alder a nlc:Network }")
    assert sorted(os.listdir(tmp_path)) == ["bad.ttl", "own"]


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_is_no_store_is_never_replaced(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "mine"
    if kind == "folder":
        target.mkdir()
    inside = target / "letter.txt" if kind == "folder" else target
    inside.write_text("dear")
    with pytest.raises(StoreError, match="something else is there; give a new folder"):
        build_store(target, force=True)
    assert inside.read_text() == "dear"


def killed_while_loading(target: Path, evidence: Path) -> None:
    """Kill a load as soon as it has begun to write."""
    command = [sys.executable, "-m", "nlc_graph", "load", "--force", str(target), str(evidence)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    building = target.parent / f".{target.name}.loading"
    while not building.is_dir():
        assert process.poll() is None
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait()


def test_a_killed_load_leaves_the_older_store_or_says_so_and_can_be_repeated(own: Path, tmp_path: Path) -> None:
    evidence = tmp_path / "many.nt"
    evidence.write_text("".join(f"<urn:a{n}> <urn:b> <urn:c{n % 7}> .\n" for n in range(300_000)))
    killed_while_loading(own, evidence)
    assert open_store(own).ask("ASK { t:alder a nlc:Network }")
    killed_while_loading(tmp_path / "fresh", evidence)
    with pytest.raises(StoreError, match="fresh: its loading was interrupted or is still running; load it again"):
        open_store(tmp_path / "fresh")
    build_store(tmp_path / "fresh", TINY, bundled=False)
    assert open_store(tmp_path / "fresh").ask("ASK { t:alder a nlc:Network }")
    assert not (tmp_path / ".fresh.loading").exists()


def test_two_loads_of_one_place_do_not_mix(tmp_path: Path) -> None:
    building = tmp_path / ".new.loading"
    other = ox.Store(str(building))
    with pytest.raises(StoreError, match="another process is loading it; wait until it is done"):
        build_store(tmp_path / "new", TINY)
    del other


PREFIXES_OF_NOBODY: dict[str, object] = {
    "a list for prefixes": ["x"],
    "a text for prefixes": "x",
    "a number for a prefix": {"x": 5},
    "no IRI for a prefix": {"x": "urn:x> SELECT"},
}


def spoil(place: Path, how: str) -> None:
    """Do to a store what users and disks do."""
    about = json.loads((place / ABOUT).read_text())
    parts = sorted(place.glob("*.sst"), key=lambda part: part.stat().st_size)
    if how == "older":
        (place / ABOUT).write_text(json.dumps({**about, "format": 0, "version": "0.0.1"}))
    elif how == "newer":
        (place / ABOUT).write_text(json.dumps({**about, "format": 99, "version": "9.9"}))
    elif how == "other rules":
        (place / ABOUT).write_text(json.dumps({**about, "rules": "0"}))
    elif how == "incomplete":
        (place / ABOUT).unlink()
    elif how == "garbled":
        (place / ABOUT).write_text('{"format": 1')
    elif how in PREFIXES_OF_NOBODY:
        (place / ABOUT).write_text(json.dumps({**about, "prefixes": PREFIXES_OF_NOBODY[how]}))
    elif how == "endless format":
        (place / ABOUT).write_text(json.dumps(about).replace('"format": ', '"format": 1e999, "was": '))
    elif how == "nested":
        (place / ABOUT).write_text("[" * 100_000)
    elif how == "a pipe":
        (place / ABOUT).unlink()
        os.mkfifo(place / ABOUT)
    elif how == "a part is a pipe":
        (place / "CURRENT").unlink()
        os.mkfifo(place / "CURRENT")
    elif how == "a part leads nowhere":
        parts[0].unlink()
        parts[0].symlink_to(place / "nowhere")
    elif how == "shortened":
        parts[-1].write_bytes(parts[-1].read_bytes()[:-20])
    elif how == "missing":
        parts[0].unlink()
    elif how == "manifest":
        next(place.glob("MANIFEST*")).write_bytes(b"garbage")
    elif how == "changed":
        store = ox.Store(str(place))
        store.update("INSERT DATA { <urn:a> <urn:b> <urn:c> }")
        store.flush()


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        (
            "older",
            r"it was written by an older nlc-graph \(0\.0\.1\), whose ontology or rules were others; load it again",
        ),
        ("newer", r"it was written by a newer nlc-graph \(9\.9\); use that version, or load it again"),
        ("other rules", r"it was written by an older nlc-graph .*; load it again"),
        ("incomplete", r"incomplete, or not loaded by nlc-graph \(no nlc-graph\.json in it\); load it again"),
        ("garbled", r"its nlc-graph\.json cannot be read; load it again"),
        *((how, r"its nlc-graph\.json cannot be read; load it again") for how in PREFIXES_OF_NOBODY),
        ("endless format", r"its nlc-graph\.json cannot be read; load it again"),
        ("nested", r"its nlc-graph\.json cannot be read; load it again"),
        ("a pipe", r"its nlc-graph\.json cannot be read; load it again"),
        ("a part is a pipe", "parts of it are missing, or another program has changed it"),
        ("a part leads nowhere", "parts of it are missing, or another program has changed it"),
        ("shortened", "parts of it are missing, or another program has changed it since it was loaded; load it again"),
        ("missing", "parts of it are missing, or another program has changed it"),
        ("changed", "parts of it are missing, or another program has changed it"),
        ("manifest", r"the store is damaged \(.*\); load it again"),
    ],
)
def test_what_is_not_sound_is_refused_with_one_line(own: Path, how: str, reason: str) -> None:
    spoil(own, how)
    with pytest.raises(StoreError, match=reason):
        open_store(own)
    done = run("--store", str(own), "impacts")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_being_opened_by_another_program_changes_nothing(own: Path) -> None:
    store = ox.Store(str(own))
    assert store.query("ASK { ?s ?p ?o }")
    del store
    assert len(open_store(own)) > 0


def test_damage_inside_a_part_is_told_when_it_is_met(own: Path) -> None:
    for part in own.glob("*.sst"):
        content = bytearray(part.read_bytes())
        content[10 : len(content) // 2] = bytes(len(content) // 2 - 10)
        part.write_bytes(content)
    done = run("--store", str(own), "impacts")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "load it again" in done.stderr


def test_a_place_without_store_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no such store; build one with: nlc-graph load .*nothing"):
        open_store(tmp_path / "nothing")
    with pytest.raises(StoreError, match="no store; build one with"):
        open_store(tmp_path)


def test_options_that_contradict_each_other_are_refused(place: Path) -> None:
    done = run("--store", str(place), "--no-bundled", "impacts")
    assert (done.returncode, done.stderr) == (
        2,
        "nlc-graph: --store takes the place of other evidence; `load` takes --data and --no-bundled"
        " (nlc-graph --help says more)\n",
    )
