"""The command ``view``: which claims the page holds, and what is refused."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from nlc_graph.cli import cli

from ..conftest import TINY

#: A query that names claims and other entities.
BIRCH = "SELECT ?claim ?unit { ?claim nlc:about ?unit . ?unit rdfs:label 'Birch NLC' }"


def run(*arguments: str, stdin: str = "") -> Result:
    return CliRunner().invoke(cli, ["--no-bundled", "--data", str(TINY), "view", *arguments], input=stdin)


@pytest.mark.parametrize(
    ("arguments", "query", "claims", "title"),
    [
        ((), "", 7, ""),
        (("writing",), "", 2, "Narrowed to about writing"),
        (("--around", "a school in Alder"), "", 1, "Narrowed to around a school in Alder"),
        (("--network", "Birch", "--link", "none"), "", 2, "Narrowed to network Birch; link none"),
        (("--query", "-"), BIRCH, 4, ""),
        (("--query", "-", "writing"), BIRCH, 1, "Narrowed to about writing"),
        (("--query", "-"), "CONSTRUCT { ?c a nlc:Claim } { ?c a nlc:Claim }", 7, ""),
    ],
)
def test_filters_entities_and_queries_narrow_the_page(
    tmp_path: Path, arguments: tuple[str, ...], query: str, claims: int, title: str
) -> None:
    file = tmp_path / "x.html"
    result = run("-o", str(file), *arguments, stdin=query)
    assert (result.exit_code, result.output) == (0, f"{claims} claim{'s' * (claims > 1)} written to {file}\n")
    html = file.read_text(encoding="utf-8")
    assert f'"title":"{title}"' in html and f'"left_out":{7 - claims},' in html


def test_the_page_is_opened_on_request(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(click, "launch", opened.append)
    run("-o", str(tmp_path / "x.html"), "--open")
    assert opened == [str(tmp_path / "x.html")]


def test_what_cannot_be_done_is_refused(tmp_path: Path) -> None:
    page = str(tmp_path / "x.html")
    for arguments in (["-o", "-"], ["-p", "a=b"], ["--query", "-"], ["--around", "nobody"]):
        result = run("-o", page, *arguments, stdin="ASK { ?claim a nlc:Claim }")
        assert (result.exit_code, list(tmp_path.iterdir())) == (2, [])
        assert "Traceback" not in result.output
    assert run("-o", __file__).exit_code == 2  # exists
