"""Templates keep to the content policy and to what assistive technology needs."""

import re
from pathlib import Path

import pytest
from lucide import IconDoesNotExist

from frontend.templatetags.icons import icon

TEMPLATES = sorted((Path(__file__).parents[3] / "frontend" / "templates").rglob("*.html"))
by_name = pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")


@by_name
def test_no_style_and_no_script_stands_in_the_page(template):
    text = template.read_text()
    assert not re.search(r"\sstyle\s*=", text)
    assert "<style" not in text
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"\s(on[a-z]+|hx-on[\w:-]*)\s*=", text)
    assert "javascript:" not in text


@by_name
def test_nothing_is_loaded_from_elsewhere(template):
    assert not re.search(r"(src|href|action)=[\"'](https?:)?//", template.read_text())


@by_name
def test_every_picture_is_either_described_or_hidden(template):
    text = template.read_text()
    for tag in re.findall(r"<svg\b[^>]*>", text):
        outer = 'role="img"' in tag or 'aria-hidden="true"' in tag
        assert outer or _inside_a_described_one(text, tag), tag


@by_name
def test_every_form_that_posts_carries_its_token(template):
    for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", template.read_text(), flags=re.S):
        assert "{% csrf_token %}" in form


@by_name
def test_every_icon_is_in_the_set(template):
    for name, size in re.findall(r"{% icon \"([\w-]+)\" (\d+) %}", template.read_text()):
        assert icon(name, int(size)).startswith("<svg")


def test_an_icon_that_is_not_in_the_set_is_refused():
    with pytest.raises(IconDoesNotExist):
        icon("no-such-icon", 16)


def _inside_a_described_one(text: str, tag: str) -> bool:
    before = text[: text.index(tag)]
    opened = before.rfind("<svg")
    described = [m.start() for m in re.finditer(r"<svg\b[^>]*(role=\"img\"|aria-hidden=\"true\")", before)]
    in_hidden_legend = "aria-hidden" in before.rpartition("<div")[2].partition(">")[0]
    return in_hidden_legend or (bool(described) and opened >= described[-1])
