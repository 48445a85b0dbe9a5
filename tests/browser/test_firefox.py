"""Firefox shows the same picture as Chromium, from disk, under the same content security policy."""

from __future__ import annotations

import base64
import shutil
import subprocess
from pathlib import Path

import pytest

from ..conftest import in_ci
from .conftest import Visit

pytestmark = pytest.mark.slow

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
#: Grey of both pictures on a coarse grid, so that edges of letters do not count; their mean difference, 0 to 255.
DIFFERENCE = """async (pictures) => {
  const greys = [];
  for (const picture of pictures) {
    const image = new Image();
    image.src = "data:image/png;base64," + picture;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [96, 54];
    const pen = canvas.getContext("2d");
    pen.drawImage(image, 0, 0, 96, 54);
    const { data } = pen.getImageData(0, 0, 96, 54);
    greys.push([...data].filter((_, index) => index % 4 === 1));
  }
  return greys[0].reduce((sum, grey, index) => sum + Math.abs(grey - greys[1][index]), 0) / greys[0].length;
}"""


@pytest.mark.parametrize("address", ["#view=map", "#view=network&on=practice%3Alearning-mentors", "#view=table"])
def test_firefox_shows_the_same(visit: Visit, bundled_file: Path, tmp_path: Path, address: str) -> None:
    if FIREFOX is None and not in_ci():
        pytest.skip("needs Firefox, e.g. apt install firefox-esr; the page was NOT checked in it")
    picture = tmp_path / "firefox.png"
    (tmp_path / "profile").mkdir()
    options = ["--headless", "--no-remote", "--profile", str(tmp_path / "profile"), "--window-size=1366,768"]
    command = [str(FIREFOX), *options, "--screenshot", str(picture), bundled_file.as_uri() + address]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    opened = visit(bundled_file, address)
    pictures = [base64.b64encode(data).decode() for data in (picture.read_bytes(), opened.page.screenshot())]
    blank = opened.page.context.new_page()
    pictures.append(base64.b64encode(blank.screenshot()).decode())
    assert blank.evaluate(DIFFERENCE, pictures[:2]) < 8
    assert blank.evaluate(DIFFERENCE, pictures[1:]) > 8
    blank.close()
