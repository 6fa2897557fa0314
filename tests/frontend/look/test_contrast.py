"""Every pair of color tokens that meets on a page can be told apart, by day and by night (WCAG 2.2: 4.5 and 3 to 1)."""

import re
from pathlib import Path

import pytest

SHEET = Path(__file__).parents[3] / "frontend" / "static" / "css" / "app.css"
TOKEN = re.compile(r"--([\w-]+):light-dark\((#[0-9a-f]{6}),(#[0-9a-f]{6})\)")
TOKENS = {name: (day, night) for name, day, night in TOKEN.findall(SHEET.read_text())}

GROUNDS = ["bg", "surface", "sunken", "paper", "accent-soft", "good-soft", "warn-soft", "band"]
TEXT = [(ink, ground) for ink in ("ink", "ink-2") for ground in GROUNDS] + [
    ("on-accent", "accent"),
    ("on-accent", "accent-hover"),
    ("accent", "bg"),
    ("accent", "surface"),
    ("accent", "accent-soft"),
    ("accent", "sunken"),
    ("good", "surface"),
    ("good", "good-soft"),
    ("warn", "surface"),
    ("warn", "warn-soft"),
    ("warn", "accent-soft"),
    ("ink", "band-2"),
]
MARKS = [
    # borders of what can be pressed or written in
    ("line-strong", "bg"),
    ("line-strong", "surface"),
    ("line-strong", "sunken"),
    ("line-strong", "accent-soft"),
    # outlines of charts, on the panel and on what they enclose
    ("peer", "surface"),
    ("peer", "band"),
    ("peer", "band-2"),
    ("median", "band-2"),
    ("median", "surface"),
    # the viewer
    ("accent", "band"),
    ("accent", "band-2"),
    ("good", "surface"),
    ("good", "good-soft"),
    ("warn", "surface"),
]


def luminance(color: str) -> float:
    def linear(channel: str) -> float:
        value = int(channel, 16) / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(color[i : i + 2]) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(front: str, ground: str, night: bool) -> float:
    lighter, darker = sorted((luminance(TOKENS[name][night]) for name in (front, ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_ratio_is_that_of_the_guideline():
    TOKENS["black"], TOKENS["white"] = ("#000000",) * 2, ("#ffffff",) * 2
    assert contrast("black", "white", night=False) == pytest.approx(21)


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize(("front", "ground"), TEXT)
def test_text_can_be_read(front, ground, night):
    assert contrast(front, ground, night) >= 4.5


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize(("front", "ground"), MARKS)
def test_marks_and_borders_can_be_seen(front, ground, night):
    assert contrast(front, ground, night) >= 3
