"""What the documentation shows, works."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from nlc_graph import open_graph
from nlc_graph.cli import COMMANDS
from nlc_graph.graph.disk import build_store
from nlc_graph.sheet import example_rows, heading, read_sheets, to_csv

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL = [
    re.sub(r"\s+#.*$", "", line)
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
    if "nlc-graph" in line and "--open" not in line and " serve" not in line  # test_serve.py serves
]


@pytest.mark.parametrize("line", SHELL)
def test_command_in_the_readme_runs(line: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if "--copy" in line:
        line = line.replace("summary.pdf", str(request.getfixturevalue("source_copy")))
    if "--store store" in line:
        build_store(tmp_path / "store")
    examples = tmp_path / "examples.csv"
    if re.search(r"(?<!-o )(examples\.csv|riverside\.ttl)", line):  # what a line before it has written
        examples.write_bytes(to_csv([heading(), *example_rows()]))
    if re.search(r"(?<!-o )riverside\.ttl", line):
        read = read_sheets([str(examples)], open_graph(bundled=False), enquiry="Riverside 2006")
        (tmp_path / "riverside.ttl").write_bytes(read.to_bytes())
    command = line.replace("nlc-graph", f"{sys.executable} -m nlc_graph", 1) if "|" not in line else line
    command = command.replace("| nlc-graph", f"| {sys.executable} -m nlc_graph")
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout or "written to" in done.stderr or "loaded into" in done.stderr


def test_python_in_the_readme_runs() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    names: dict[str, object] = {}
    exec(code, names)  # noqa: S102  our own README
    assert len(names["claims"]) > 0 and len(names["links"]) > 0  # type: ignore[arg-type]


def test_every_command_stands_in_the_readme() -> None:
    assert [name for name in COMMANDS if f"nlc-graph {name}" not in README] == []


def test_relative_links_in_the_documentation_lead_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
    targets = [(page, t) for page in pages for t in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))]
    assert targets
    assert [f"{page.name}: {target}" for page, target in targets if not (page.parent / target).exists()] == []
