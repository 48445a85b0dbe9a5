"""The targets of the fuzzer on inputs that are the same each time, and on whatever was once found."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .targets import TARGETS

FOUND = Path(__file__).parent / "found"
#: For each target; NLC_FUZZ sets it higher for a longer search.
EXAMPLES = int(os.environ.get("NLC_FUZZ", "40"))
#: Pieces at which readers stumble.
PIECES = [
    b"\0", b"\r", b"\n", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", "\u202e".encode(), "\u0130".encode(), b"\\", b'"',
    b"'''", b"<", b">", b"&#x0;", b"[", b"{", b"(" * 200, b"!" * 2000, b" " * 3000, b"9" * 5000, b"1e999", b"-0", b"%",
    b"=cmd", b"\\u0000", b"_:", b"@", b"<<(", b"#+ a", b"?_x_iri", "\u0661".encode(), b"2004-05", b" [urn:x]", b"|",
]  # fmt: skip


@st.composite
def edited(draw: st.DrawFn, seeds: list[bytes]) -> bytes:
    """Return one of some inputs with a few pieces put in, taken out or doubled."""
    data = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.sampled_from([0, 0, 1, 2, 7, 40])))
        piece = draw(st.one_of(st.sampled_from(PIECES), st.binary(max_size=6), st.just(data[start:end] * 2)))
        data = data[:start] + piece + data[end:]
    return data


@pytest.mark.parametrize("name", TARGETS)
def test_edited_inputs_are_read_or_refused(name: str) -> None:
    target, seeds = TARGETS[name]

    @settings(
        max_examples=EXAMPLES, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(edited(seeds))
    def check(data: bytes) -> None:
        target(data)

    for seed in seeds:
        target(seed)
    check()


def test_what_was_once_found_stays_mended() -> None:
    for path in sorted(FOUND.glob("*/*")):
        TARGETS[path.parent.name][0](path.read_bytes())
