"""Search in labels, paraphrases and notes."""

from __future__ import annotations

import pytest

from nlc_graph import Graph
from nlc_graph.errors import ParameterError
from nlc_graph.evidence.search import MOST_WORDS, find_near, find_text

T = "https://example.org/tiny/"


def test_all_words_must_be_in_one_text_and_labels_come_first(tiny: Graph) -> None:
    assert find_text(tiny, "Writing STAYED").rows == (("Claim", T + "alder-writing", "Writing stayed as it was"),)
    assert [row[0] for row in find_text(tiny, "stories").rows][-1] == "Claim"
    assert find_text(tiny, 'no "such" text').rows == ()


def test_words_in_several_texts_lead_to_what_has_most_of_them(tiny: Graph) -> None:
    assert find_text(tiny, "mentors pupils rooms engagement").rows == ()
    rows = find_near(tiny, "mentors pupils rooms engagement").rows
    assert rows == (("Claim", T + "alder-engagement", "Mentors and rooms together won pupils over."),)
    assert find_near(tiny, "zyx wvu tsr").rows == ()
    assert find_near(tiny, "").rows == ()


def test_too_many_words_are_refused(tiny: Graph) -> None:
    with pytest.raises(ParameterError):
        find_text(tiny, " ".join(map(str, range(MOST_WORDS + 1))))
