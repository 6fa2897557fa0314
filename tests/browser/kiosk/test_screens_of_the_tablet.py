"""Every screen of the tablet by axe, lying, standing and as small as a phone; and its buttons never move."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.kiosk.steps import begin, choose

pytestmark = pytest.mark.browser

# As it lies on the desk, always; the others in the long run.
SIZES = [
    (1024, 768, "light"),
    pytest.param(768, 1024, "dark", marks=pytest.mark.slow),
    pytest.param(390, 844, "light", marks=pytest.mark.slow),
]


@pytest.mark.parametrize(("width", "height", "scheme"), SIZES)
def test_every_screen_of_it_is_accessible_and_its_buttons_never_move(tablet, open_visit, width, height, scheme):
    tablet.set_viewport_size({"width": width, "height": height})
    tablet.emulate_media(color_scheme=scheme)
    wrong = _looked_at(tablet)
    for button in ("I have a code", "Back", "Staff", "Back"):
        tablet.get_by_role("button", name=button, exact=True).click()
        wrong += _looked_at(tablet)
    open_visit()
    expect(tablet.get_by_role("heading", name="Hello, Marguerite")).to_be_visible()
    wrong += _looked_at(tablet)
    begin(tablet)
    places = set()
    choose(tablet, "10 extremely likely")
    for _ in range(6):
        wrong += _looked_at(tablet)
        places.add(tuple(_place(tablet, id) for id in ("back", "skip", "next")))
        tablet.locator("#next").click()
    assert len(places) == 1
    expect(tablet.get_by_role("heading", name="Thank you, truly")).to_be_visible()
    assert wrong + _looked_at(tablet) == []


def _place(tablet, id):
    box = tablet.locator(f"#{id}").bounding_box()
    return round(box["x"]), round(box["y"])


TOO_SMALL = """() => [...document.querySelectorAll("button, label.tap")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }))
  .filter((one) => { const box = one.getBoundingClientRect(); return box.height < 44 || box.width < 44; })
  .map((one) => one.textContent.trim())"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def _looked_at(tablet):
    step = tablet.locator("body").get_attribute("data-step")
    found = Axe().run(tablet, options={"runOnly": RULES}).response["violations"]
    wrong = [f"{step}: {one['id']} {one['nodes'][0]['html'][:80]}" for one in found]
    wrong += [f"{step}: small {words}" for words in tablet.evaluate(TOO_SMALL)]
    if tablet.evaluate("document.documentElement.scrollWidth > innerWidth"):
        wrong.append(f"{step}: wider than the screen")
    return wrong
