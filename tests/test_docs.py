"""What the documentation shows works, and what it says of the command line is up to date."""

from __future__ import annotations

import importlib.util
import re
import shlex
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

import pytest

from nlc_graph.cli import COMMANDS

from .cli.runner import run

ROOT = Path(__file__).parent.parent
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]


def blocks(language: str) -> list[tuple[str, str]]:
    """Return page and text of the code blocks in a language."""
    pattern = re.compile(rf"```{language}\n(.*?)```", re.DOTALL)
    return [(page.name, text) for page in PAGES for text in pattern.findall(page.read_text(encoding="utf-8"))]


def run_line(line: str, copy: Path | None) -> None:
    """Run a line of a shell block: a command, or SPARQL that is piped into one."""
    before, pipe, after = line.rpartition(" | ")
    _, *args = shlex.split(after, comments=True)
    args = [str(copy) if arg == "summary.pdf" and copy else arg for arg in args]
    done = run(*args, stdin=shlex.split(before)[1] if pipe else "")
    assert done.returncode == 0, (line, done.stderr)
    assert done.stdout or done.stderr, line


def marked(page: str, text: str) -> object:
    """Mark a block as slow, except in the README."""
    return pytest.param(text, id=page, marks=[] if page == "README.md" else [pytest.mark.slow])


@pytest.mark.parametrize("text", [marked(*block) for block in blocks("sh")])
def test_commands_run(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    copy = request.getfixturevalue("source_copy") if "--copy" in text else None
    monkeypatch.chdir(tmp_path)
    if "riverside.ttl" in text and "sheet import" not in text:
        for line in (
            "nlc-graph sheet template --examples -o examples.csv",
            'nlc-graph sheet import examples.csv -o riverside.ttl --enquiry "Riverside 2006"',
        ):
            run_line(line, None)
    for line in text.splitlines():
        run_line(line, copy)


@pytest.mark.parametrize("text", [text for _, text in blocks("python")])
def test_python_runs(text: str) -> None:
    exec(text, {})  # noqa: S102  our own documentation


def tool(name: str) -> ModuleType:
    """Import a script from ``tools``."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(version("click") < "8.2", reason="older versions of click format help texts differently")
def test_command_reference_is_up_to_date() -> None:
    reference = tool("cli_reference")
    assert reference.REFERENCE.read_text(encoding="utf-8") == reference.reference(), "run `make docs`"


def test_every_command_is_in_the_guide() -> None:
    guide = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if not re.search(rf"nlc-graph .*\b{name}\b", guide)] == []


def test_readme_is_short_and_its_picture_small() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 120
    assert (ROOT / "docs" / "explorer.png").stat().st_size < 250_000


def test_relative_links_lead_to_files() -> None:
    for page in PAGES:
        links = re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
        assert [link for link in links if not (page.parent / link).exists()] == [], page.name


def test_lowest_versions_are_pinned() -> None:
    lines = tool("lowest").lowest()
    assert {line.partition("==")[0] for line in lines} >= {"click", "pyoxigraph", "rdflib", "networkx", "pyvis"}
    assert all("==" in line and ">" not in line for line in lines)
