"""Each writing command, stopped at any moment: the older file or the whole new one is there, and nothing else."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nlc_graph.graph.disk import build_store, open_store

from .programs import ONLY_TINY, count_steps, files_in, hindered, is_one_line

SUFFIXES = (
    ".ttl", ".nt", ".trig", ".jsonld", ".rdf", ".graphml", ".gexf", ".cyjs", ".tsv", ".csv", ".dot", ".gv", ".html",
)  # fmt: skip
#: Each writing command: what to write, after ``-o`` in the folder, and the arguments before it.
WRITERS: dict[str, tuple[str, tuple[str, ...]]] = {
    **{f"export {suffix}": (f"x{suffix}", (*ONLY_TINY, "export", "--force", "-o")) for suffix in SUFFIXES},
    "export tables": ("x.csv", (*ONLY_TINY, "export", "--force", "--format", "tables", "-o")),
    "view": ("x.html", (*ONLY_TINY, "view", "--force", "-o")),
    "sheet template .csv": ("x.csv", ("sheet", "template", "--force", "-o")),
    "sheet template .xlsx": ("x.xlsx", ("sheet", "template", "--force", "-o")),
    "sheet export .csv": ("x.csv", (*ONLY_TINY, "sheet", "export", "--force", "-o")),
    "sheet export .xlsx": ("x.xlsx", (*ONLY_TINY, "sheet", "export", "--force", "-o")),
    "sheet import": ("x.ttl", ("--no-bundled", "sheet", "import", "SHEET", "--force", "-o")),
    "analyse --plot .svg": ("x.svg", (*ONLY_TINY, "analyse", "rank", "--force", "--plot")),
    "analyse --plot .png": ("x.png", (*ONLY_TINY, "analyse", "rank", "--force", "--plot")),
}
#: Which files there are, where it is not the one that is named.
SEVERAL = {"export .tsv": ("x_nodes.tsv", "x_edges.tsv"), "export tables": ("x_nodes.csv", "x_edges.csv")}
SIGNALS = {"SIGKILL": -9, "SIGINT": 130, "SIGTERM": 143, "SIGHUP": 129}
#: One for each way of writing; all of them, at every moment, are slow.
OFTEN = (
    "export .rdf",
    "export .tsv",
    "sheet export .csv",
    "sheet template .xlsx",
    "sheet import",
    "analyse --plot .svg",
)
#: Whether each signal is tried at each moment, which takes a quarter of an hour.
EXHAUSTIVE = os.environ.get("NLC_KILL") == "all"
#: Where a test is not of every moment, these are the moments that it is of.
SOME = random.Random(2005)  # noqa: S311


def command(writer: str, folder: Path, sheet: Path) -> list[str]:
    name, args = WRITERS[writer]
    return [*(str(sheet) if arg == "SHEET" else arg for arg in args), str(folder / name)]


def stop_at(writer: str, moments: str, folder: Path, sheet: Path) -> None:
    """Stop a writer by each signal at its moments (``all``, or ``some``), and look at what is there."""
    folder.mkdir()
    (folder / "tmp").mkdir()  # where temporary files go
    args = command(writer, folder, sheet)
    targets = SEVERAL.get(writer, (WRITERS[writer][0],))
    steps = count_steps(folder, args, folder.parent)
    whole = files_in(folder)
    assert sorted(whole) == sorted((*targets, "tmp/")), "a command that was not stopped leaves its files alone"
    every = [(name, moment) for name in SIGNALS for moment in range(1, steps + 1)]
    if moments == "all" and not EXHAUSTIVE:  # each moment, and one of the signals
        every = [(SOME.choice(list(SIGNALS)), moment) for moment in range(1, steps + 1)]
    for name, moment in every if moments == "all" else SOME.sample(every, 1):
        for target in targets:
            (folder / target).write_bytes(b"old")
        done = hindered(folder, args, moment, name)
        found = files_in(folder)
        where = f"{name} at step {moment} of {steps}"
        for target in targets:
            assert found.pop(target) in (b"old", whole[target]), where
        assert b"Traceback" not in done.stderr, (where, done.stderr)
        if done.returncode or name == "SIGKILL":
            assert done.returncode == SIGNALS[name], (where, done.stderr)
        if name == "SIGKILL":
            # What is left is hidden, is no format that anything reads, and goes when the same is written again.
            left = [path for path in found if not path.startswith("tmp/")]
            assert all(path.startswith(".nlc-graph-") and path.endswith(".part") for path in left), where
            assert hindered(folder, args, -1, 0).returncode == 0
            found = {path: content for path, content in files_in(folder).items() if path not in targets}
            assert all(path.startswith("tmp/") for path in found), (where, found)
            shutil.rmtree(folder / "tmp")
            (folder / "tmp").mkdir()
        else:
            assert done.stderr == b"nlc-graph: stopped\n", (where, done.stderr)
            assert list(found) == ["tmp/"], (where, found)


@pytest.mark.parametrize("writer", OFTEN)
def test_stopped_at_some_moments(writer: str, tmp_path: Path, sheet: Path) -> None:
    stop_at(writer, "some", tmp_path / "folder", sheet)


@pytest.mark.slow
@pytest.mark.parametrize("writer", WRITERS)
def test_stopped_at_every_moment(writer: str, tmp_path: Path, sheet: Path) -> None:
    stop_at(writer, "all", tmp_path / "folder", sheet)


def load_stopped(folder: Path, moment: int, name: str, *, old: bool) -> None:
    """Stop a load at a moment; the older store answers, or the new one does, or none is there."""
    place = folder / "store"
    (folder / "more.ttl").write_text("<urn:new> a <https://w3id.org/nlc-graph/ontology#Network> .")
    args = [*ONLY_TINY, "load", "--force", str(place), str(folder / "more.ttl")]
    done = hindered(folder, args, moment, name)
    assert b"Traceback" not in done.stderr, done.stderr
    left = {path.name for path in folder.iterdir()} - {"store", "more.ttl"}
    if name == "SIGKILL":
        assert left <= {".store.loading", ".store.loading.old"}
    else:
        assert (done.returncode, done.stderr, left) == (SIGNALS[name], b"nlc-graph: stopped\n", set()), moment
    if old:
        assert open_store(place).ask("ASK { t:alder a nlc:Network }")
    elif place.exists():
        assert open_store(place).ask("ASK { <urn:new> a nlc:Network }")
    assert hindered(folder, args, -1, 0).returncode == 0
    assert open_store(place).ask("ASK { <urn:new> a nlc:Network }")
    assert {path.name for path in folder.iterdir()} == {"store", "more.ttl"}


@pytest.mark.parametrize(("name", "old"), [("SIGKILL", True), ("SIGINT", True), ("SIGTERM", False)])
def test_a_load_is_stopped_at_some_moments(name: str, old: bool, tmp_path: Path) -> None:
    build_store(tmp_path / "store", ONLY_TINY[-1], bundled=False)
    (tmp_path / "more.ttl").touch()
    steps = count_steps(tmp_path, [*ONLY_TINY, "load", "--force", str(tmp_path / "store")], tmp_path)
    (tmp_path / "steps").unlink()
    moment = SOME.randint(1, steps - 1)
    if not old:
        shutil.rmtree(tmp_path / "store")
    load_stopped(tmp_path, moment, name, old=old)


@pytest.mark.slow
@pytest.mark.parametrize("name", SIGNALS)
def test_a_load_is_stopped_at_every_moment(name: str, tmp_path: Path) -> None:
    first = tmp_path / "first"
    first.mkdir()
    build_store(first / "store", ONLY_TINY[-1], bundled=False)
    steps = count_steps(first, [*ONLY_TINY, "load", "--force", str(first / "store")], tmp_path)
    for moment in range(1, steps + 1):
        folder = tmp_path / f"folder-{moment}"
        folder.mkdir()
        build_store(folder / "store", ONLY_TINY[-1], bundled=False)
        load_stopped(folder, moment, name, old=True)


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_ctrl_c_at_any_time_of_a_run_is_one_line(name: str, tmp_path: Path) -> None:
    """Also while Python still imports; before that (some 20 ms) its own traceback is out of our hands."""
    command = [sys.executable, "-m", "nlc_graph", "validate"]
    for _ in range(3):
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path) as process:
            time.sleep(SOME.uniform(0.08, 0.6))
            process.send_signal(getattr(signal, name))
            _, err = process.communicate(timeout=30)
        if process.returncode == -signal.SIGTERM:
            continue  # not ours yet
        if process.returncode == 0:
            assert err == b""  # it was faster
        elif b"nlc_graph" in err or process.returncode > 0:
            assert (process.returncode, err) == (SIGNALS[name], b"nlc-graph: stopped\n")


def test_signals_that_are_to_be_ignored_are(tmp_path: Path) -> None:
    """As in ``nohup nlc-graph …``, and in a script's background, where Ctrl-C is not meant for it."""
    args = [*ONLY_TINY, "export", "-o", str(tmp_path / "x.ttl")]
    script = f"trap '' HUP INT; exec {sys.executable} -m nlc_graph \"$@\""
    process = subprocess.Popen(["bash", "-c", script, "bash", *args], stderr=subprocess.PIPE)
    for _ in range(10):
        time.sleep(0.03)
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGHUP)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 0 and b"written to" in err
    assert not is_one_line(err)
