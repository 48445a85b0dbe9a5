"""Data whose values are of another sort than they should be: every command answers plainly, and `validate` finds it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..conftest import TINY
from .batch import Batch, is_plain

#: What is found in tests/tiny.ttl, and what stands there instead.
CHANGES = {
    "a number in words": ("nlc:value 84.0", 'nlc:value "about ninety"'),
    "a thing for a number": ("nlc:value 84.0", "nlc:value <urn:x>"),
    "nobody for a number": ("nlc:value 84.0", "nlc:value []"),
    "no number": ("nlc:value 84.0", 'nlc:value "NaN"^^<http://www.w3.org/2001/XMLSchema#double>'),
    "a position in words": ("nlc:position 1", 'nlc:position "first"'),
    "half a position": ("nlc:position 1", "nlc:position 1.5"),
    "a thing for a position": ("nlc:position 1", "nlc:position <urn:one>"),
    "an endless position": ("nlc:position 1", f"nlc:position {'9' * 5000}"),
    "a year in words": ("nlc:formedYear 2002", 'nlc:formedYear "about 2002"'),
    "a word for a link type": ("nlc:linkType link:attributed", 'nlc:linkType "some <text> here"'),
    "a word for an outcome": ("nlc:outcome outcome:attendance", 'nlc:outcome "some <text> here"'),
    "a word for a feature": ("nlc:reportedUnder feature:achievement", 'nlc:reportedUnder "some <text> here"'),
    "nobody for a feature": ("nlc:reportedUnder feature:achievement", "nlc:reportedUnder []"),
    "a word for a practice": ("nlc:practice practice:learning-mentors", 'nlc:practice "some <text> here"'),
    "a word for a kind": ("nlc:evidenceKind kind:statistic", 'nlc:evidenceKind "some <text> here"'),
}
COMMANDS = (
    ("impacts",),
    ("impacts", "--format", "json"),
    ("show", "Alder NLC"),
    ("find", "attendance"),
    ("analyse", "rank"),
    ("analyse", "timeline"),
    ("export", "--format", "evidence", "-o", "-"),
    ("export", "-o", "out.jsonld"),
    ("sheet", "export", "-o", "out.csv"),
    ("view", "-o", "out.html"),
)


@pytest.mark.parametrize("name", CHANGES)
def test_values_of_another_sort(name: str, tmp_path: Path, batch: Batch) -> None:
    old, new = CHANGES[name]
    text = TINY.read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "own.ttl").write_text(text.replace(old, new), encoding="utf-8")
    for command in COMMANDS:
        done = batch.run("--no-bundled", "--data", str(tmp_path / "own.ttl"), *command, cwd=tmp_path)
        assert done.status == 0 or is_plain(done), (command, done)
        assert "Traceback" not in done.err and ": query, line" not in done.err, (command, done)
    done = batch.run("--no-bundled", "validate", str(tmp_path / "own.ttl"))
    assert done.status == 1, done


def test_what_json_ld_has_no_place_for(tmp_path: Path, batch: Batch) -> None:
    for number, more in enumerate(('<urn:a> <urn:b> <<( <urn:c> <urn:d> "e" )>> .', '<urn:a> <urn:b> "c"@en--rtl .')):
        (tmp_path / "own.ttl").write_text(f"{TINY.read_text(encoding='utf-8')}\n{more}\n", encoding="utf-8")
        query = "CONSTRUCT { <urn:a> ?p ?o } { <urn:a> ?p ?o }"
        (tmp_path / "own.rq").write_text(query)
        target = f"{number}.jsonld"
        given = ("--no-bundled", "--data", str(tmp_path / "own.ttl"))
        done = batch.run(*given, "export", "--query", str(tmp_path / "own.rq"), "-o", target, cwd=tmp_path)
        assert is_plain(done, [2]) and "JSON-LD 1.1 has no place for" in done.err, done
        assert not (tmp_path / target).exists()
