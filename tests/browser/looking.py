"""What is looked at on a page: axe, its width, its heading, the size of whatever can be pressed."""

from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

ROOM_FOR_ARROW = 28  # CSS pixels beside the words of a choice: its arrow, and some air
SMALLEST_TARGET = 24  # CSS pixels, WCAG 2.2; links within a sentence are exempt, a label enlarges its field
WIDTHS = (1440, 820, 390)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_EVERYTHING = {"runOnly": _TAGS, "resultTypes": ["violations"]}
_COLORS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}


def look(page: Page, *, axe: bool = True) -> list[str]:
    """What is wrong with the page as it stands; empty for a good one. `axe`: whether the slow half is asked, too."""
    # A page that is still being read has no landmarks yet.
    page.wait_for_load_state()
    found = _violations(page, _EVERYTHING) if axe else []
    beside = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if beside > 0:
        found.append(f"{beside} pixels stand beside the page")
    if page.locator("h1").count() != 1:
        found.append("there is not exactly one h1")
    small: list[Any] = page.eval_on_selector_all(
        "a,button,summary,select,input:not([type=hidden])",
        """(all, least) => all
          .filter((one) => !one.closest("label,p:not(.more):not(.row)") || one.matches(".btn"))
          .map((one) => [one.textContent.trim().slice(0, 40) || one.name, one.getBoundingClientRect()])
          .filter(([, box]) => box.width > 1 && box.height > 1 && (box.height < least || box.width < least))
          .map(([name, box]) => `${name}: ${Math.round(box.width)} x ${Math.round(box.height)}`)""",
        SMALLEST_TARGET,
    )
    covered: list[Any] = page.eval_on_selector_all(
        "select:not([multiple])",
        """(all, room) => all
          .filter((one) => one.offsetWidth > 1)
          .filter((one) => parseFloat(getComputedStyle(one).paddingInlineEnd) < room)
          .map((one) => one.name || one.id)""",
        ROOM_FOR_ARROW,
    )
    # A sheet that styles a menu's class by accident lays it over the page: the browser hides it by display alone.
    unasked: list[Any] = page.eval_on_selector_all(
        "[popover]:not(:popover-open)", "(all) => all.filter((one) => one.offsetWidth > 0).map((one) => one.id)"
    )
    return [
        *found,
        *(f"lies open, and nobody asked: {name}" for name in unasked),
        *(f"too small to hit: {name}" for name in small),
        *(f"words run below the arrow: {name}" for name in covered),
    ]


def wrong_with(page: Page, paths: list[str]) -> list[str]:
    """Every path at desk, tablet and phone width, by day; its colors by night, too.

    Axe is asked at the widest and the narrowest: what stands between them shows nothing that neither has.
    """
    origin = "/".join(page.url.split("/")[:3])
    wrong = []
    for path in paths:
        page.emulate_media(color_scheme="light")
        answer = page.goto(origin + path)
        page.wait_for_load_state("networkidle")
        if answer is None or answer.status != 200:
            wrong.append(f"{path} answered {answer.status if answer else 'nothing'}")
            continue
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                ends = width != WIDTHS[1]
                # By night only the colors differ.
                found = look(page, axe=ends) if scheme == "light" else _violations(page, _COLORS) if ends else []
                wrong += [f"{path} at {width}, {scheme}: {what}" for what in found]
    return wrong


def _violations(page: Page, options: dict[str, Any]) -> list[str]:
    answer = Axe().run(page, options=options).response
    return [f"{rule['id']} {[node['html'][:120] for node in rule['nodes']]}" for rule in answer["violations"]]
