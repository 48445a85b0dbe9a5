"""Date, identifier, title: from the options or the data, never from the clock."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlc_graph import Graph, open_graph
from nlc_graph.errors import ParameterError
from nlc_graph.publish import describe
from nlc_graph.publish.deposit import read_date, read_doi

from ..conftest import TINY
from .conftest import RIVERSIDE, T


def test_the_date_is_the_given_one_or_of_the_environment_or_of_the_data() -> None:
    stated = ["2025-01-01", "", "2026-02-03"]
    assert read_date("2024-02-29", "86400", stated) == "2024-02-29"
    assert read_date("", "86400", stated) == "1970-01-02"
    assert read_date("", "", stated) == "2026-02-03"
    assert read_date("", "", [""]) == ""
    for given, epoch in (("2026-02-30", ""), ("", "soon"), ("", "9" * 30)):
        with pytest.raises(ParameterError):
            read_date(given, epoch, stated)


def test_a_doi_is_read_with_and_without_its_address() -> None:
    forms = ("10.5281/zenodo.1", "doi:10.5281/zenodo.1", "https://doi.org/10.5281/zenodo.1")
    assert {read_doi(form) for form in forms} == {"10.5281/zenodo.1"}
    with pytest.raises(ParameterError):
        read_doi("zenodo.1")


def test_the_title_names_the_enquiries_unless_one_is_given(both: Graph) -> None:
    assert describe(both, date="2026-03-04").title == "Evidence graph: Riverside enquiry; Tiny enquiry"
    assert describe(both, date="2026-03-04", title="Ours").title == "Ours"
    one = describe(both, [f"{T}enquiry"], date="2026-03-04")
    assert one.summary.startswith("7 claims on practices") and "coded from “Tiny report”." in one.summary


def test_claims_of_no_enquiry_are_counted(both: Graph, tmp_path: Path) -> None:
    path = tmp_path / "loose.ttl"
    path.write_text(TINY.read_text().replace(" ; prov:wasGeneratedBy t:enquiry", ""))
    loose = describe(open_graph(path, RIVERSIDE, bundled=False), date="2026-03-04")
    assert (loose.uncredited, len(loose.part.claims)) == (7, 10)
    assert describe(both, date="2026-03-04").uncredited == 0
