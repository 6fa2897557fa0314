"""What a partner's engineer reads of the API in a browser, before they have a token."""

import pytest

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
