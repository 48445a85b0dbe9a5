"""The fuzz targets on inputs that are the same each time, and on those that once failed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlc_graph.errors import NlcGraphError

from .targets import TARGETS

FOUND = Path(__file__).parent / "found"
#: Inputs for each target; set NLC_FUZZ for a longer search.
EXAMPLES = int(os.environ.get("NLC_FUZZ", "30"))
#: Pieces that are hard to parse.
PIECES = [
    b"\0", b"\r", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", "\u202e".encode(), "\u0130".encode(), b"\\", b'"', b"<",
    b"&#x0;", b"{", b"(" * 200, b"!" * 2000, b"9" * 5000, b"1e999", b"%", b"\\u0000", b"_:", b"<<(", b" [urn:x]", b"|",
]  # fmt: skip


def run_target(name: str, data: bytes) -> None:
    """Read an input, or refuse it with a message."""
    try:
        TARGETS[name][0](data)
    except NlcGraphError as error:
        assert str(error).strip(), repr(error)


@st.composite
def edited(draw: st.DrawFn, seeds: list[bytes]) -> bytes:
    """Return one of some inputs with a few pieces inserted, removed or doubled."""
    data = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.sampled_from([0, 0, 1, 2, 7, 40])))
        piece = draw(st.one_of(st.sampled_from(PIECES), st.binary(max_size=6), st.just(data[start:end] * 2)))
        data = data[:start] + piece + data[end:]
    return data


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
def test_edited_inputs_are_read_or_refused(name: str) -> None:
    seeds = TARGETS[name][1]
    checks = list(HealthCheck)

    @settings(max_examples=EXAMPLES, derandomize=True, database=None, deadline=None, suppress_health_check=checks)
    @given(edited(seeds))
    def check(data: bytes) -> None:
        run_target(name, data)

    for seed in seeds:
        run_target(name, seed)
    check()


@pytest.mark.parametrize("path", sorted(FOUND.glob("*/*")), ids=lambda path: path.name)
def test_input_that_once_failed(path: Path) -> None:
    run_target(path.parent.name, path.read_bytes())
