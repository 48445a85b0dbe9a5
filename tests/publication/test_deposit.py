"""Date, identifier, title: from what is given or what the data tell, never from a clock."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlc_graph import Graph, open_graph
from nlc_graph.errors import ParameterError
from nlc_graph.publish import describe
from nlc_graph.publish.deposit import FILES, Piece, read_date, read_doi

from ..conftest import TINY
from .conftest import RIVERSIDE


def test_a_date_is_given_or_told_by_the_environment_or_by_the_data() -> None:
    told = ["2025-01-01", "", "2026-02-03"]
    assert read_date("2024-02-29", "86400", told) == "2024-02-29"
    assert read_date("", "86400", told) == "1970-01-02"
    assert read_date("", "", told) == "2026-02-03"
    assert read_date("", "", [""]) == ""


@pytest.mark.parametrize(
    ("given", "epoch", "message"),
    [
        ("2026-02-30", "", "no date '2026-02-30'; write it as YYYY-MM-DD"),
        ("20260203", "", "no date '20260203'; write it as YYYY-MM-DD"),
        ("", "soon", "SOURCE_DATE_EPOCH=soon: it should be a number of seconds since 1970"),
        ("", "9" * 30, f"SOURCE_DATE_EPOCH={'9' * 30}: it should be a number of seconds since 1970"),
    ],
)
def test_a_date_that_cannot_be_read_is_refused(given: str, epoch: str, message: str) -> None:
    with pytest.raises(ParameterError) as caught:
        read_date(given, epoch, [""])
    assert str(caught.value) == message


def test_a_doi_is_taken_with_and_without_its_address() -> None:
    forms = ("10.5281/zenodo.1", "doi:10.5281/zenodo.1", "https://doi.org/10.5281/zenodo.1")
    assert {read_doi(form) for form in forms} == {"10.5281/zenodo.1"}
    with pytest.raises(ParameterError, match=r"no DOI 'zenodo\.1'"):
        read_doi("zenodo.1")


def test_the_title_names_the_enquiries_unless_one_is_given(both: Graph) -> None:
    assert describe(both, date="2026-03-04").title == "Evidence graph: Riverside enquiry; Tiny enquiry"
    assert describe(both, date="2026-03-04", title="Ours").title == "Ours"
    one = describe(both, ["https://example.org/tiny/enquiry"], date="2026-03-04")
    assert one.summary.startswith("7 claims on practices") and "coded from “Tiny report”." in one.summary


def test_a_licence_is_that_of_the_whole_only_where_all_share_it(both: Graph) -> None:
    assert describe(both, date="2026-03-04").licence is None
    shared = describe(both, date="2026-03-04", licence="CC-BY-SA-4.0").licence
    assert shared is not None and shared.spdx == "CC-BY-SA-4.0"


def test_a_claim_of_no_enquiry_is_counted_as_one_without_credit(both: Graph, tmp_path: Path) -> None:
    path = tmp_path / "loose.ttl"
    path.write_text(TINY.read_text().replace(" ; prov:wasGeneratedBy t:enquiry", ""))
    loose = describe(open_graph(path, RIVERSIDE, bundled=False), date="2026-03-04")
    assert [len(credit.part.claims) for credit in loose.credits] == [3, 0]
    assert (loose.unnamed, len(loose.part.claims)) == (7, 10)
    assert describe(both, date="2026-03-04").unnamed == 0


def test_every_file_has_a_media_type_and_is_explained() -> None:
    for name in FILES:
        assert "/" in Piece(name).media_type and len(Piece(name).what.split()) > 3
