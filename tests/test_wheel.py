"""The built wheel works alone: in an empty environment, outside the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.slow
def test_wheel_answers_in_an_empty_environment(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    for folder in ("ontology", "data", "queries"):
        files = {p.relative_to(ROOT).as_posix() for p in (ROOT / folder).rglob("*") if p.is_file()}
        files = {file for file in files if "double-coding" not in file}
        assert not [name for name in names if "double-coding" in name]
        assert files <= {name.removeprefix("nlc_graph/_bundled/") for name in names}
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", str(wheel)], check=True, capture_output=True, cwd=tmp_path
    )
    command = python.parent / "nlc-graph"
    done = subprocess.run(
        [command, "impacts", "attendance", "--format", "json"], check=True, capture_output=True, cwd=tmp_path
    )
    assert "practice:learning-mentors" in {row["practice"]["id"] for row in json.loads(done.stdout)}
    done = subprocess.run([command, "view", "-o", "page.html"], check=True, capture_output=True, cwd=tmp_path)
    assert (tmp_path / "page.html").stat().st_size > 400_000
    installed = sum(
        p.stat().st_size for p in (tmp_path / "venv").rglob("*") if p.is_file() and "/pip" not in p.as_posix()
    )
    assert installed < 150_000_000
