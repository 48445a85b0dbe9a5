"""The page as a file: self-contained, the same every time, and safe whatever the data holds."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import nlc_graph
from nlc_graph import Graph, open_graph
from nlc_graph.explorer import render_page
from nlc_graph.explorer.page import SCRIPTS

from ..conftest import TINY

FOLDER = Path(nlc_graph.__file__).parent / "explorer" / "static"
HOSTILE = '</script><script>alert(1)</script><img src=x onerror=alert(1)> {{7*7}} {% raw %} "\\u2028 href </style>'


@pytest.fixture(scope="module")
def tiny_page(tiny: Graph) -> str:
    return render_page(tiny)


def data_of(page: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(re.findall(r'id="data">(.*?)</script>', page, re.DOTALL)[0])
    return found


def test_the_page_is_one_file_without_requests(tiny_page: str) -> None:
    outside = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", tiny_page, flags=re.DOTALL)
    assert re.findall(r"(?:src|href|action|srcset)\s*=\s*\"([^\"]*)", outside) == ["#view"]
    policy = re.findall(r'Content-Security-Policy" content="([^"]*)"', tiny_page)[0]
    assert policy.startswith("default-src 'none'")
    assert policy.count("'sha256-") == len(SCRIPTS) + 2  # vis-network, and the style
    assert "unsafe" not in policy and "HASHES" not in policy


def test_the_page_holds_claims_evidence_and_the_caution(tiny_page: str) -> None:
    for text in (
        "Reported relationships, not proof of cause",
        "story-making",
        "Stories made writing better.",
        "I write more.",
    ):
        assert text in tiny_page


def test_the_same_graph_gives_the_same_bytes(tiny: Graph, tiny_page: str) -> None:
    assert render_page(open_graph(TINY, bundled=False)) == tiny_page


@pytest.mark.slow
def test_the_folder_and_the_locale_do_not_matter(tiny_page: str, tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    command = [sys.executable, "-X", "utf8=0", "-c"]
    program = (
        "import sys; from nlc_graph import open_graph; from nlc_graph.explorer import render_page;"
        f"sys.stdout.buffer.write(render_page(open_graph({str(TINY)!r}, bundled=False)).encode())"
    )
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONHASHSEED": "7"}
    done = subprocess.run([*command, program], cwd=tmp_path, capture_output=True, env=environment, check=True)
    assert done.stdout.decode() == tiny_page
    assert list(tmp_path.iterdir()) == []


def test_the_bundled_page_is_small(bundled: Graph) -> None:
    assert len(render_page(bundled).encode()) < 1_200_000


def test_text_from_the_data_stays_text(tmp_path: Path, tiny_page: str) -> None:
    source = TINY.read_text(encoding="utf-8").replace('"Birch NLC"', json.dumps(HOSTILE + "\u202e" + "x" * 6000))
    (tmp_path / "x.ttl").write_text(source, encoding="utf-8")
    page = render_page(open_graph(tmp_path / "x.ttl", bundled=False), title=HOSTILE)
    assert "<script>alert" not in page and "<img src=x" not in page and "\u202e" not in page
    assert (page.count("<script"), page.count("<style")) == (tiny_page.count("<script"), tiny_page.count("<style"))


def test_numbers_are_valid_json(tiny_page: str) -> None:
    data_of(tiny_page)  # JSON.parse refuses what Python's reader would take:
    assert not re.findall(r"[:,\[](NaN|-?Infinity)\b", re.findall(r'id="data">(.*?)</script>', tiny_page, re.DOTALL)[0])


def test_without_javascript_there_is_a_table(tiny_page: str) -> None:
    (plain,) = re.findall(r"<noscript>(.*?)</noscript>", tiny_page, re.DOTALL)
    assert plain.count("<tr>") == 1 + 7
    assert "no practice linked" in plain and "summarised testimony 1" in plain


def test_no_evidence_gives_a_page(tiny: Graph) -> None:
    assert data_of(render_page(tiny, []))["claims"] == []


@pytest.mark.parametrize("name", SCRIPTS)
def test_our_scripts_build_no_markup_from_text(name: str) -> None:
    script = (FOLDER / f"{name}.js").read_text(encoding="utf-8")
    assert not re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", script)
    assert len(script.splitlines()) <= 300


def test_every_script_is_in_the_page() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.js")) == sorted(SCRIPTS)
