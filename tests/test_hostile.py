"""Whatever is brought, the tool answers plainly: one line or a list, no traceback, nothing half-written.

More of it stands in ``tests/hostile`` and ``tests/fuzz``.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .test_cli import ONLY_TINY, SHEET, run

#: Sheets that hold something that must be read as data or not at all; RDF files are in tests/graph/test_files.py.
FILES = {
    "nulls.csv": "network,practice,outcome\n\0,,",
    "formula.csv": SHEET.replace("Riverside", "=cmd|' /C calc'!A0"),
    "climbing.csv": SHEET.replace("Riverside", "../../etc/passwd [../../x:y]"),
}


@pytest.mark.parametrize("name", FILES)
def test_import_answers_plainly_and_writes_inside_its_target_only(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(FILES[name], encoding="utf-8")
    done = run("--no-bundled", "sheet", "import", str(tmp_path / name), "-o", str(tmp_path / "out.ttl"))
    assert "Traceback" not in done.stderr
    assert (done.returncode == 0) == (tmp_path / "out.ttl").exists()
    assert {path.name for path in tmp_path.iterdir()} <= {name, "out.ttl"}


@pytest.mark.slow
def test_interruption_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    """Killed at a dozen moments of its run, a writing command leaves no half file."""
    target = tmp_path / "x.csv"
    command = [sys.executable, "-m", "nlc_graph", "sheet", "export", "--force", "-o", str(target)]
    subprocess.run(command, check=True, capture_output=True)
    whole = target.read_bytes()
    began = time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    length = time.monotonic() - began
    for moment in range(12):
        target.write_bytes(b"old")
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            time.sleep(length * (moment + 1) / 11)
            process.send_signal(signal.SIGKILL)
        assert target.read_bytes() in (b"old", whole)


@pytest.mark.skipif(os.name == "nt", reason="devices and modes of POSIX systems")
def test_full_disks_links_and_folders(tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text(SHEET)
    done = run(*ONLY_TINY, "sheet", "export", "-o", str(tmp_path))
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    (tmp_path / "loop.ttl").symlink_to(tmp_path / "loop.ttl")
    done = run("validate", str(tmp_path / "loop.ttl"))
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "again").symlink_to(tmp_path / "folder")
    done = run("validate", str(tmp_path / "folder"))
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    if Path("/dev/full").exists():
        limited = f"ulimit -f 1; exec {sys.executable} -m nlc_graph sheet export --force -o {tmp_path / 'b.csv'}"
        done = subprocess.run(["bash", "-c", f"trap '' XFSZ; {limited}"], capture_output=True, text=True, check=False)
        assert done.returncode == 2 and done.stderr.startswith("nlc-graph: cannot write"), done.stderr
        assert not (tmp_path / "b.csv").exists()
    assert {path.name for path in tmp_path.iterdir()} == {"mine.csv", "loop.ttl", "folder"}
