"""The network's public page, what its admin answers with, and a practice before its agreements."""

import pytest

from tenants.models import Application
from tests.browser.looking import wrong_with
from tests.cast import PASSWORD
from tests.places import admin_of_network, owner_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def application(committed):
    application = Application.objects.create(
        practice_name="Oosterhuis-Wietersheim Aesthetic Dermatology & Laser",
        contact_name="Wilhelmina-Alexandrina van der Oosterhuis-Wietersheim",
        email="wilhelmina-alexandrina.van-der-oosterhuis@example.com",
        phone="(303) 555-0142",
        city="Denver",
        state="CO",
        time_zone="America/Denver",
        practice_type="dermatology",
        size_band="small",
        hopes="To be remembered. " * 20,
    )
    yield application
    application.delete()


@pytest.fixture
def admin(committed):
    person = admin_of_network(password=PASSWORD)
    yield person.email
    person.delete()


@pytest.fixture
def place(open_place):
    return open_place(agreed=False)


@pytest.fixture
def owner(place):
    person = owner_of(place, password=PASSWORD)
    yield person.email
    person.delete()


def test_the_public_page(page, web, problems):
    page.goto(f"http://perennial.localhost:{web}/join/")
    assert wrong_with(page, ["/join/", "/join/thanks/"]) == []
    assert problems == []


def test_what_the_networks_admin_sees(place, application, admin, sign_in_page, problems):
    page = sign_in_page(admin)
    one, member = f"/applications/{application.id}/", f"/members/{place.id}/"
    paths = ["/applications/", "/applications/?status=declined", one, f"{one}refusal/"]
    paths += ["/members/", f"/members/new/?application={application.id}", member, f"{member}suspension/"]
    assert wrong_with(page, [*paths, f"{member}leaving/"]) == []
    assert problems == []


def test_a_practice_before_its_agreements(place, owner, sign_in_page, problems):
    page = sign_in_page(owner, at=place.slug)
    paths = ["/agreements/", "/agreements/aggregation/withdrawal/", "/getting-started/", "/settings/leaving/"]
    assert wrong_with(page, paths) == []
    assert problems == []
