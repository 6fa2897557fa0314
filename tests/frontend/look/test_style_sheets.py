"""Style sheets stay small, take every color from a token, and name only classes that a page uses."""

import re
from pathlib import Path

import pytest

FRONTEND = Path(__file__).parents[3] / "frontend"
SHEETS = sorted((FRONTEND / "static" / "css").glob("*.css"))
WORDS = " ".join(
    path.read_text()
    for path in [
        *(FRONTEND / "templates").rglob("*.html"),
        *FRONTEND.rglob("*.py"),
        *(FRONTEND / "static" / "js").glob("*.js"),
    ]
)
USED = set(re.findall(r"[\w-]+", WORDS))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_sheet_has_one_group_and_stays_short(sheet):
    text = sheet.read_text()
    assert text.startswith("/* ")
    assert text.count("\n") < 300


@pytest.mark.parametrize("sheet", [s for s in SHEETS if s.name != "app.css"], ids=lambda path: path.name)
def test_everything_lies_in_a_layer(sheet):
    outside = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.S)
    blocks = re.findall(r"^[^\s}][^{]*\{", outside, flags=re.M)
    assert blocks
    assert [block for block in blocks if not block.startswith("@layer ")] == []


@pytest.mark.parametrize("sheet", [s for s in SHEETS if s.name != "app.css"], ids=lambda path: path.name)
def test_colors_come_from_tokens(sheet):
    text = re.sub(r'url\("data:[^"]*"\)', "", sheet.read_text())
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)", text) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_no_class_is_styled_that_no_page_has(sheet):
    text = re.sub(r"/\*.*?\*/|url\([^)]*\)|\"[^\"]*\"", "", sheet.read_text(), flags=re.S)
    selectors = re.findall(r"([^{};]+)\{", text)
    classes = {name for selector in selectors for name in re.findall(r"\.([a-zA-Z][\w-]*)", selector)}
    assert sorted(classes - USED) == []
