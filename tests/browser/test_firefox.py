"""Firefox shows the same picture as Chromium, from disk, under the same content security policy."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from ..conftest import in_ci
from .conftest import Visit

pytestmark = pytest.mark.slow
FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")


def coarse(picture: bytes) -> Image.Image:
    """Return a picture in grey on a coarse grid, where the edges of letters do not count."""
    return Image.open(io.BytesIO(picture)).convert("L").resize((96, 54))


@pytest.mark.parametrize("address", ["#view=map", "#view=network&on=practice%3Alearning-mentors", "#view=table"])
def test_firefox_shows_the_same(visit: Visit, bundled_file: Path, tmp_path: Path, address: str) -> None:
    if FIREFOX is None and not in_ci():
        pytest.skip("needs Firefox, e.g. apt install firefox-esr; the page was NOT checked in it")
    picture, profile = tmp_path / "firefox.png", tmp_path / "profile"
    profile.mkdir()
    options = ["--headless", "--no-remote", "--profile", str(profile), "--window-size=1366,768"]
    command = [str(FIREFOX), *options, "--screenshot", str(picture), bundled_file.as_uri() + address]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    firefox, chromium = coarse(picture.read_bytes()), coarse(visit(bundled_file, address).page.screenshot())
    assert ImageStat.Stat(ImageChops.difference(firefox, chromium)).mean[0] < 8  # of 255
    assert ImageStat.Stat(ImageChops.invert(firefox)).mean[0] > 8  # not blank
