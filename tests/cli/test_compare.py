"""``nlc-graph compare`` and ``nlc-graph diff``."""

from __future__ import annotations

from pathlib import Path

from .runner import BOTH, ONLY_TINY, RIVERSIDE, TINY, refused, rows, run, succeeded


def test_comparison_lists_overlaps_first() -> None:
    lines = succeeded(*BOTH, "compare", "tiny", "riverside").splitlines()
    assert "Tiny enquiry" in lines[0] and "Riverside enquiry" in lines[0]
    assert lines[2].split()[:3] == ["differ", "story-making", "writing"]
    assert lines[-1].startswith("practices by outcomes: 1 differ, 1 agree, 6 reported by one only (")


def test_comparison_as_csv_has_claims() -> None:
    differ, agree, *only = rows(*BOTH, "compare", "Tiny", "Riverside enq")
    assert (differ["verdict"], differ["second"], differ["second_claims"]) == (
        "differ", "worsened 1 (attributed 1)", "r:worse",
    )  # fmt: skip
    assert differ["first"] == "improved 1 (attributed 1); unchanged 1 (co-reported 1)"
    assert agree["verdict"] == "agree" and {row["verdict"] for row in only} == {"only"}
    assert all(bool(row["first"]) != bool(row["second"]) for row in only)


def test_comparison_with_an_unknown_enquiry() -> None:
    done = refused(*BOTH, "compare", "Tiny", "Hillside")
    assert done.code == "unknown-name" and "Riverside enquiry" in done.stderr


def test_one_enquiry_alone_cannot_be_compared() -> None:
    done = run(*ONLY_TINY, "compare", "Tiny", "Tiny")
    assert done.returncode == 0 and "--data" in done.stderr


def changed(tmp_path: Path, path: Path, old: str, new: str) -> tuple[str, str]:
    text = path.read_text(encoding="utf-8")
    assert old in text
    later = tmp_path / "new.ttl"
    later.write_text(text.replace(old, new), encoding="utf-8")
    return str(path), str(later)


def test_diff_of_a_claim(tmp_path: Path) -> None:
    versions = changed(tmp_path, RIVERSIDE, "direction:worsened", "direction:mixed")
    (row,) = rows("diff", *versions)
    assert (row["change"], row["kind"], row["thing_id"]) == ("changed", "Claim", "r:worse")
    assert (row["what"], row["before"], row["after"]) == ("direction", "worsened", "mixed")
    assert succeeded("diff", *versions).endswith("Claim: 0 added, 0 withdrawn, 1 changed; nothing else differs\n")


def test_diff_of_a_figure_behind_a_claim(tmp_path: Path) -> None:
    (row,) = rows("diff", *changed(tmp_path, TINY, "nlc:value 90.0", "nlc:value 91.0"))
    assert (row["kind"], row["what"], row["before"], row["after"]) == ("Claim", "value", "90", "91")
    assert row["item_id"] == "t:alder-2004"


def test_diff_of_a_figure_without_a_claim(tmp_path: Path) -> None:
    versions = changed(tmp_path, TINY, "nlc:value 7.0", "nlc:value 8.0")
    (row,) = rows("diff", *versions)
    assert (row["kind"], row["thing_id"], row["item"]) == ("Level", "t:birch-schools", "")
    assert "Level: 0 added, 0 withdrawn, 1 changed" in succeeded("diff", *versions)


def test_diff_of_the_same_file() -> None:
    expected = "Claim: 0 added, 0 withdrawn, 0 changed; nothing else differs\n"
    assert succeeded("diff", str(TINY), str(TINY)) == expected


def test_diff_with_a_missing_file() -> None:
    assert refused("diff", str(TINY), "none.ttl").code == "missing-file"
