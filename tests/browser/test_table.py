"""The table: sorted, paged, and saved exactly as it is shown."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from .conftest import Opened, Visit

pytestmark = pytest.mark.slow


def column(opened: Opened, number: int) -> list[str]:
    return opened.page.locator(f"#view tbody td:nth-child({number})").all_inner_texts()


@pytest.mark.parametrize(("field", "number"), [("text", 1), ("practice", 2), ("outcome", 3), ("network", 4)])
def test_columns_sort_both_ways(visit: Visit, bundled_file: Path, field: str, number: int) -> None:
    opened = visit(bundled_file, "#view=table")
    for order in ("ascending", "descending"):
        opened.page.click(f'[data-sort="{field}"]')
        assert opened.page.get_attribute(f"#view th:nth-child({number})", "aria-sort") == order
        texts = [text.casefold() for text in column(opened, number)]
        assert texts == sorted(texts, reverse=order == "descending")
    assert opened.ask("() => document.activeElement.dataset.sort") == field


def test_pages_hold_a_hundred_rows(visit: Visit, bundled_file: Path) -> None:
    opened = visit(bundled_file, "#view=table")
    first = column(opened, 1)
    assert len(first) == 100
    opened.page.click("#next")
    assert "page 2 of" in opened.text(".table-bar")
    assert column(opened, 1) != first


def test_csv_holds_what_is_in_view_and_no_formula(visit: Visit, bundled_file: Path) -> None:
    opened = visit(bundled_file, "#view=table&mark=0")
    with opened.page.expect_download() as download:
        opened.page.click("#csv")
    saved = Path(download.value.path()).read_bytes()
    assert saved.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(saved.decode("utf-8-sig"))))
    assert len(rows) == int(opened.text(".table-bar b"))
    assert all(row["Identifier"] and row["Where in the source"] for row in rows)
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


def test_a_row_opens_its_claim(visit: Visit, bundled_file: Path) -> None:
    opened = visit(bundled_file, "#view=table")
    text = opened.text("#view tbody tr:first-child .inline")
    opened.page.click("#view tbody tr:first-child .inline")
    assert opened.text("#panel .claim h3") == text
