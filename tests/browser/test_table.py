"""The table: sorted, paged, and saved exactly as it is seen."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Opened

Visit = Callable[..., Opened]


def column(opened: Opened, number: int) -> list[str]:
    return opened.page.locator(f"#view tbody td:nth-child({number})").all_inner_texts()


@pytest.mark.parametrize(("field", "number"), [("text", 1), ("practice", 2), ("outcome", 3), ("network", 4)])
def test_columns_sort_both_ways(visit: Visit, bundled_file: Path, field: str, number: int) -> None:
    opened = visit(bundled_file, "#view=table")
    opened.page.click(f'[data-sort="{field}"]')
    head = opened.page.locator(f"#view th:nth-child({number})")
    assert head.get_attribute("aria-sort") == "ascending"
    rising = [text.casefold() for text in column(opened, number)]
    assert rising == sorted(rising)
    opened.page.click(f'[data-sort="{field}"]')
    assert head.get_attribute("aria-sort") == "descending"
    falling = [text.casefold() for text in column(opened, number)]
    assert falling == sorted(falling, reverse=True)
    assert opened.ask("() => document.activeElement.dataset.sort") == field


def test_pages_hold_a_hundred(visit: Visit, bundled_file: Path) -> None:
    opened = visit(bundled_file, "#view=table")
    assert opened.page.locator("#view tbody tr").count() == 100
    first = column(opened, 1)
    opened.page.click("#next")
    assert "page 2 of" in opened.page.inner_text(".table-bar")
    assert not set(first) & set(column(opened, 1)) or column(opened, 1) != first


def test_csv_holds_what_is_in_view_and_runs_nothing(visit: Visit, bundled_file: Path) -> None:
    opened = visit(bundled_file, "#view=table&mark=0")
    with opened.page.expect_download() as offered:
        opened.page.click("#csv")
    saved = Path(offered.value.path()).read_bytes()
    assert saved.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(saved.decode("utf-8-sig"))))
    assert len(rows) == int(opened.page.inner_text(".table-bar b"))
    assert all(row["Identifier"] and row["Where in the source"] for row in rows)
    assert not [cell for row in rows for cell in row.values() if cell[:1] in "=+-@" and cell]


def test_a_row_opens_its_claim(visit: Visit, bundled_file: Path) -> None:
    opened = visit(bundled_file, "#view=table")
    text = opened.page.locator("#view tbody tr:first-child .inline").inner_text()
    opened.page.locator("#view tbody tr:first-child .inline").click()
    assert opened.page.locator("#panel .claim h3").inner_text() == text
