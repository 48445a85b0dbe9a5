"""Colours of the page: contrast by WCAG 2.2, and kinds of evidence distinct with colour vision deficiencies."""

from __future__ import annotations

from importlib.resources import files
from itertools import combinations

import pytest

Colour = tuple[float, float, float]
WHITE: Colour = (1.0, 1.0, 1.0)
KINDS = ("figures", "testimony", "statement", "outside")
#: Linear RGB as seen with one kind of cone missing: Machado, Oliveira and Fernandes 2009, severity 1.
SEEN = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def colour(name: str) -> Colour:
    """Return a colour of the style sheet, 0 to 1 each."""
    css = files("nlc_graph").joinpath("explorer", "static", "explorer.css").read_text(encoding="utf-8")
    value = css.split(f"--{name}: #")[1].split(";")[0]
    value = "".join(digit * 2 for digit in value) if len(value) == 3 else value
    return int(value[:2], 16) / 255, int(value[2:4], 16) / 255, int(value[4:6], 16) / 255


def linear(seen: Colour) -> Colour:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in seen)
    return red, green, blue


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast ratio of WCAG 2.2, 1 to 21."""
    dark, light = sorted(
        sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear(x), strict=True)) for x in (one, other)
    )
    return (light + 0.05) / (dark + 0.05)


def lab(light: Colour) -> Colour:
    """Return CIE L*a*b* (D65) of linear RGB."""
    red, green, blue = (min(max(c, 0.0), 1.0) for c in light)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    f = [t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z)]
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


def test_black_on_white_has_the_greatest_contrast() -> None:
    assert contrast((0.0, 0.0, 0.0), WHITE) == pytest.approx(21)


@pytest.mark.parametrize("text", ["ink", "quiet"])
def test_text_has_enough_contrast(text: str) -> None:
    assert min(contrast(colour(text), ground) for ground in (WHITE, colour("ground"), colour("reported"))) >= 4.5


@pytest.mark.parametrize("kind", KINDS)
def test_marks_have_enough_contrast_on_every_background(kind: str) -> None:
    assert min(contrast(colour(kind), ground) for ground in (WHITE, colour("reported"), colour("attributed"))) >= 3


@pytest.mark.parametrize("deficiency", SEEN)
def test_kinds_differ_with_colour_vision_deficiencies(deficiency: str) -> None:
    seen = {}
    for kind in KINDS:
        light = linear(colour(kind))
        red, green, blue = (sum(w * c for w, c in zip(row, light, strict=True)) for row in SEEN[deficiency])
        seen[kind] = lab((red, green, blue))
    # CIE76; 10 is seen at a glance. Shape and position in the cell differ as well.
    for one, other in combinations(KINDS, 2):
        distance = sum((a - b) ** 2 for a, b in zip(seen[one], seen[other], strict=True)) ** 0.5
        assert distance > 10, (one, other, distance)
