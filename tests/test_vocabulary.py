"""Short identifiers and back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nlc_graph.vocabulary import PREFIXES, from_curie, local_name, to_curie

LOCAL = st.from_regex(r"[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?", fullmatch=True)


@given(st.sampled_from(sorted(PREFIXES)), LOCAL)
def test_curie_and_iri_go_round(prefix: str, local: str) -> None:
    iri = PREFIXES[prefix] + local
    assert from_curie(to_curie(iri)) == iri


def test_the_longest_namespace_gives_the_prefix() -> None:
    assert to_curie("https://w3id.org/nlc-graph/nlc2005/section/purpose") == "section:purpose"


def test_an_iri_that_no_prefix_fits_stays_whole() -> None:
    assert to_curie("https://w3id.org/nlc-graph/practice/a/b") == "https://w3id.org/nlc-graph/practice/a/b"


def test_angle_brackets_and_plain_iris_are_read() -> None:
    assert from_curie("<http://example.org/x>") == from_curie("http://example.org/x") == "http://example.org/x"


def test_what_could_not_stand_in_a_query_is_no_identifier() -> None:
    assert [from_curie(text) for text in ("a b:c", "practice:x> y", "nothing:x", "practice")] == [None] * 4


def test_local_name_of_a_hash_and_a_slash_iri() -> None:
    assert (local_name("http://e.org/a#b"), local_name("http://e.org/a/c/")) == ("b", "c")
