"""Every file of the corpus, odd words and ill-typed values, in processes with limited memory and time."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from ..cli.runner import ONLY_TINY, TINY, Done, run
from .corpus import ILL_TYPED, MALFORMED, ODD_SHEETS, SHEETS, STRANGE
from .test_inputs import assert_harmless, put

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits and devices of Linux"),
]
#: Bytes of address space and seconds of processor time that no command may exceed.
MEMORY, SECONDS = 3_000_000_000, 30


def limit() -> None:
    """Limit this process."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def run_limited(*args: str, cwd: Path | None = None) -> Done:
    """Run ``nlc-graph`` in a process with limited memory and time."""
    command = [sys.executable, "-m", "nlc_graph", *args]
    root = Path(__file__).parents[2]
    done = subprocess.run(
        command, capture_output=True, cwd=cwd, preexec_fn=limit, timeout=120, check=False,
        env={**os.environ, "PYTHONPATH": str(root)},
    )  # fmt: skip
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode(), "")


def assert_plain(done: Done, *statuses: int) -> None:
    """Check the exit status, that there is no traceback, and that status 2 comes with one line."""
    assert done.returncode in statuses, done
    assert "Traceback" not in done.stderr and "panicked" not in done.stderr, done
    if done.returncode == 2:
        assert not done.stdout and done.stderr.startswith("nlc-graph: ") and done.stderr.count("\n") == 1, done
    assert_harmless(done)


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed_rdf(name: str, tmp_path: Path) -> None:
    path = put(tmp_path, name, MALFORMED[name])
    done = run_limited("--no-bundled", "validate", path)
    assert_plain(done, 1)
    assert name in done.stdout
    assert_plain(run_limited("--no-bundled", "load", str(tmp_path / "store"), path), 2)
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize("name", STRANGE)
def test_strange_rdf(name: str, tmp_path: Path) -> None:
    path = put(tmp_path, name, STRANGE[name])
    assert_plain(run_limited("--no-bundled", "validate", path), 0, 1)
    for form in ("jsonld", "rdfxml", "html"):
        target = str(tmp_path / form)
        assert_plain(run_limited(*ONLY_TINY, "--data", path, "export", "--format", form, "-o", target), 0, 2)


@pytest.mark.parametrize("name", SHEETS)
def test_broken_sheets(name: str, tmp_path: Path) -> None:
    path = put(tmp_path, name, SHEETS[name])
    done = run_limited("--no-bundled", "sheet", "import", path, "-o", str(tmp_path / "x.ttl"))
    assert_plain(done, 1, 2)
    assert_plain(run_limited("--no-bundled", "validate", path), 1, 2)
    assert os.listdir(tmp_path) == [name]


@pytest.mark.parametrize("name", ODD_SHEETS)
def test_odd_sheets(name: str, tmp_path: Path) -> None:
    path, target = put(tmp_path, name, ODD_SHEETS[name]), str(tmp_path / "x.ttl")
    assert_plain(run_limited("--no-bundled", "sheet", "import", path, "-o", target), 0)
    assert_plain(run_limited("--no-bundled", "--data", target, "view", "-o", str(tmp_path / "x.html")), 0)


@pytest.mark.parametrize("suffix", [".ttl", ".jsonld", ".csv", ".xlsx"])
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/proc/self/mem", "none", "."])
def test_devices_and_links(suffix: str, device: str, tmp_path: Path) -> None:
    path = tmp_path / f"x{suffix}"
    path.symlink_to(device)
    for args in (("validate",), ("load", str(tmp_path / "store")), ("passages", "check", "--copy"), ("query",)):
        assert_plain(run_limited("--no-bundled", *args, str(path)), 1, 2)


COMMANDS = (
    ("impacts",), ("show", "Alder NLC"), ("find", "attendance"), ("analyse", "rank"), ("analyse", "timeline"),
    ("export", "-o", "x.csv"), ("export", "-o", "x.jsonld"), ("sheet", "export", "-o", "y.csv"),
    ("view", "-o", "x.html"),
)  # fmt: skip


@pytest.mark.parametrize("name", ILL_TYPED)
def test_ill_typed_values(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    old, new = ILL_TYPED[name]
    path = put(tmp_path, "own.ttl", TINY.read_text(encoding="utf-8").replace(old, new))
    for command in COMMANDS:
        assert_plain(run("--no-bundled", "--data", path, *command), 0, 2)
    # An integer may have any number of digits.
    assert run("--no-bundled", "validate", path).returncode == (0 if name == "endless position" else 1)


WORDS = {
    "not UTF-8": os.fsdecode(b"\xff\xfe\x80"),
    "many": "a b " * 20_000,
    "IRI": "http://x> . } SERVICE <http://127.0.0.1:8099/> { ?s ?p ?o } #",
    "empty": "",
    "number": "9" * 5000,
    "letters": "a\u0301İıſ" * 500,
}
TAKING: tuple[tuple[str, ...], ...] = (
    ("impacts", "--", "WORD"), ("impacts", "--feature=WORD"), ("find", "--", "WORD"), ("show", "--", "WORD"),
    ("query", "--", "WORD"), ("query", "practices-for-outcome", "--param=outcome=WORD"), ("queries", "--", "WORD"),
    ("compare", "--", "WORD", "WORD"), ("export", "--around=WORD", "-o", "x.ttl"), ("validate", "--", "WORD"),
    ("sheet", "import", "-o", "x.ttl", "--enquiry=WORD", "--", "WORD"), ("--prefix=WORD", "impacts"), ("WORD",),
)  # fmt: skip


@pytest.mark.parametrize("name", WORDS)
def test_odd_words(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for taking in TAKING:
        args = [part.replace("WORD", WORDS[name]) for part in taking]
        assert_plain(run(*ONLY_TINY, *args), 0, 1, 2)
    assert set(os.listdir(tmp_path)) <= {"x.ttl"}
