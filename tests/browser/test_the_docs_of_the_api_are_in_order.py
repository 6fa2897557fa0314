"""What a partner's engineer reads of the API in a browser, before they have a token."""

import pytest

from api.openapi.document import document
from tests.browser.looking import wrong_with

pytestmark = pytest.mark.browser


@pytest.fixture
def place(open_place):
    return open_place()


def test_the_page_of_the_api(place, page, web, problems):
    page.goto(f"http://{place.slug}.perennial.localhost:{web}/api/v1/docs/")
    assert wrong_with(page, ["/api/v1/docs/"]) == []
    read = "async (link) => (await (await fetch(link.href)).json()).openapi"
    assert page.get_by_role("link", name="openapi.json").evaluate(read) == "3.1.0"
    page.get_by_role("link", name="Quick start").click()
    assert wrong_with(page, ["/api/v1/docs/quick-start/"]) == []
    assert problems == []


def test_swagger_ui_shows_every_operation_from_our_own_files_and_sends_nothing(place, page, web, problems):
    """Under the policy that holds everywhere: what it would load from elsewhere, or style by itself, is a problem."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    origin = f"http://{place.slug}.perennial.localhost:{web}"
    page.goto(f"{origin}/api/v1/docs/")
    page.get_by_role("link", name="Swagger UI").click()
    page.locator("#operations-patients-get_patients").wait_for()
    shown = page.locator(".opblock").evaluate_all("all => all.map((one) => one.id)")
    assert set(shown) == {f"operations-{one['tags'][0]}-{one['operationId']}" for one in operations()}
    page.locator("#operations-patients-post_patients .opblock-summary-control").click()
    page.get_by_text("What is wrong is said all at once").wait_for()
    assert page.locator(".try-out, .authorize").count() == 0
    assert {one for one in asked if not one.startswith((f"{origin}/", "data:"))} == set()
    assert problems == []


def operations():
    return [one for methods in document()["paths"].values() for one in methods.values()]
