"""The RO-Crate by the profile of its version, as roc-validator holds it; nothing is asked of the network."""

from __future__ import annotations

import json
import os
from importlib.resources import files as resources
from pathlib import Path
from typing import Any

import pytest
import requests

from ..conftest import in_ci

if in_ci():
    import rocrate_validator
else:
    rocrate_validator = pytest.importorskip("rocrate_validator", reason="the group `crate` is not installed")


def served(session: requests.Session, method: str, url: str, *args: Any, **kwargs: Any) -> requests.Response:
    """Answer as the network would: with the JSON-LD context that the package rocrate brings, or not at all."""
    answer = requests.Response()
    answer.url, answer.status_code = url, 404
    if url.startswith("https://w3id.org/ro/crate/") and url.endswith("/context"):
        answer.status_code = 200
        answer.headers["Content-Type"] = "application/ld+json"
        answer._content = (resources("rocrate") / "data" / "ro-crate.jsonld").read_bytes()
        assert '"sha256"' in json.dumps(json.loads(answer._content)["@context"])
    return answer


def test_nothing_that_the_specification_requires_is_missing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rocrate_validator import models, services

    monkeypatch.setattr(requests.Session, "request", served)
    settings = models.ValidationSettings(
        rocrate_uri=os.fspath(folder), profile_identifier="ro-crate-1.2", no_cache=True, skip_availability_check=True
    )
    result = services.validate(settings)
    assert [(issue.check.identifier, issue.message) for issue in result.get_issues()] == []
    assert result.passed()


def test_the_profile_tells_a_crate_without_a_licence(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rocrate_validator import models, services

    monkeypatch.setattr(requests.Session, "request", served)
    for path in folder.iterdir():
        text = path.read_bytes()
        (tmp_path / path.name).write_bytes(text.replace(b'"license"', b'"licence"') if path.suffix == ".json" else text)
    settings = models.ValidationSettings(
        rocrate_uri=os.fspath(tmp_path), profile_identifier="ro-crate-1.2", no_cache=True, skip_availability_check=True
    )
    assert not services.validate(settings).passed()
