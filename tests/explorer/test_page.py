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


def test_the_page_is_one_file_without_requests(tiny_page: str) -> None:
    outside = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", tiny_page, flags=re.DOTALL)
    assert re.findall(r"(?:src|href|action|srcset)\s*=\s*\"([^\"]*)", outside) == ["#view"]
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', tiny_page)
    assert policy.startswith("default-src 'none'")
    assert policy.count("'sha256-") == len(SCRIPTS) + 2  # vis-network, and the style
    assert "unsafe" not in policy and "HASHES" not in policy


@pytest.mark.slow
def test_folder_locale_and_hash_seed_do_not_matter(tiny_page: str, tmp_path: Path) -> None:
    program = (
        "import sys; from nlc_graph import open_graph; from nlc_graph.explorer import render_page;"
        f"sys.stdout.buffer.write(render_page(open_graph({str(TINY)!r}, bundled=False)).encode())"
    )
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONHASHSEED": "7"}
    command = [sys.executable, "-X", "utf8=0", "-c", program]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, env=environment, check=True)
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


def test_the_data_is_valid_json(tiny_page: str) -> None:
    (data,) = re.findall(r'id="data">(.*?)</script>', tiny_page, re.DOTALL)
    assert json.loads(data, parse_constant=pytest.fail)["title"] == ""


def test_without_javascript_there_is_a_table(tiny_page: str) -> None:
    (plain,) = re.findall(r"<noscript>(.*?)</noscript>", tiny_page, re.DOTALL)
    assert plain.count("<tr>") == 1 + 7
    assert "no practice linked" in plain and "summarised testimony 1" in plain


def test_scripts_are_short_all_used_and_build_no_markup_from_text() -> None:
    scripts = {path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.js")}
    assert sorted(scripts) == sorted(SCRIPTS)
    assert all(len(script.splitlines()) <= 300 for script in scripts.values())
    markup = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function"
    assert not [name for name, script in scripts.items() if re.search(markup, script)]
