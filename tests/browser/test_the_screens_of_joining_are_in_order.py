"""The network's public page, what its admin answers with, and a practice before its agreements."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.tenancy.scope import practice_scope
from tenants.actions.invite import invite
from tenants.models import Announcement, Application
from tests.browser.every_page import pages_of
from tests.browser.looking import wrong_with
from tests.cast import PASSWORD
from tests.places import admin_of_network, owner_of
from tests.rooms import purchasing, settling
from tests.tenants.partners import registered

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
def program(committed):
    one, _ = registered(timezone.now())
    yield one
    one.delete()


@pytest.fixture
def ids(place, application, program):
    """What the addresses of the console name."""
    now = timezone.now()
    colleague = admin_of_network(password=PASSWORD)
    kim = {"email": "kim.kent@example.com", "name": "Kim Kent", "role": "network_analyst"}
    invited = invite(**kim, practice=None, by=None, now=now)
    said = Announcement.objects.create(
        title="A new contract", body="From May.", published_at=now, ends_at=now + timedelta(days=9), by_name="Nora"
    )
    bought = purchasing.records({}, now)
    with practice_scope(place):
        bought |= settling.records(bought, now)
    yield {
        "practice_id": place.id,
        "application_id": application.id,
        "person_id": colleague.id,
        "invitation_id": invited.id,
        "announcement_id": said.id,
        "release_month": f"{now:%Y-%m}",
        "program_id": program.id,
        **bought,
    }
    for one in (said, invited, colleague):
        one.delete()


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


def test_every_screen_of_the_network(ids, admin, sign_in_page, problems):
    page = sign_in_page(admin)
    pages = pages_of("network", page, ids)
    assert pages.lost == []
    further = ["/applications/?status=declined", f"/members/new/?application={ids['application_id']}"]
    wrong = wrong_with(page, [*pages.paths.values(), *further])
    assert wrong == [], "\n".join(wrong)
    assert problems == []


def test_a_practice_before_its_agreements(place, owner, sign_in_page, problems):
    page = sign_in_page(owner, at=place.slug)
    paths = ["/agreements/", "/agreements/aggregation/withdrawal/", "/getting-started/", "/settings/leaving/"]
    assert wrong_with(page, paths) == []
    assert problems == []
