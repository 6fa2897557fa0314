"""Plan and billing: what the practice has, and how much of it is in use."""

import pytest
from django.urls import reverse

from billing.plans import PLANS, PlanKey
from core.tenancy.scope import practice_scope
from infra import urls_practice
from loyalty.locations.add_location import add_location
from tenants.actions.entitle import entitle
from tenants.models import Standing
from tests.tenants.test_entitlements import PLACE

URL = reverse("portal:billing", urls_practice)


@pytest.fixture
def shown(sign_in, aurora):
    return lambda: " ".join(sign_in("Martin", at="aurora").get(URL).content.decode().split())


def test_a_member_sees_what_is_free_and_used(shown):
    page = shown()
    assert "Free: the network pays for it" in page
    assert "<b>1</b> of 3" in page
    assert "<b>0</b> of 200" in page


def test_texts_of_a_paid_plan_cost_beyond_what_is_included(shown, aurora):
    entitle(practice_id=aurora.id, plan="practice", limits=PLANS[PlanKey.PRACTICE].limits, standing=Standing.OPEN)
    page = shown()
    assert "Then $0.02 each, never blocked" in page
    assert "<b>1</b>, no limit" in page


def test_the_form_of_a_location_beyond_the_plan_says_what_to_do(sign_in, aurora):
    with practice_scope(aurora):
        for name in ("Second", "Third"):
            add_location(name=name, **PLACE)
    answer = sign_in("Olivia", at="aurora").post(
        reverse("portal:location-new", urls_practice), {"name": "Fourth", **PLACE}
    )
    assert answer.status_code == 422
    assert "Your plan has room for 3 locations" in answer.content.decode()
