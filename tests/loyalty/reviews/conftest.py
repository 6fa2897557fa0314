"""Aurora asks for reviews on one site; patients who agreed to be asked, and visits that are over."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from loyalty.messages.consent import answer
from loyalty.messages.wording import VERSION
from loyalty.models import Location, Patient, ReviewAsking, ReviewSite, Staff, Visit
from loyalty.reviews.asking import set_asking
from loyalty.reviews.sites import set_site
from loyalty.visits.complete import complete
from loyalty.visits.walk_in import walk_in

PAGE = "https://www.google.com/maps/place/aurora"


@pytest.fixture
def location(in_aurora) -> Location:
    """Aurora's one location, with a postal address: emails need one."""
    place = Location.objects.get()
    place.address, place.city, place.state, place.postal_code = "12 Main Street", "Portland", "OR", "97205"
    place.save()
    return place


@pytest.fixture
def google(in_aurora) -> ReviewSite:
    site = ReviewSite.objects.get(name="Google")
    return set_site(site_id=site.id, own_url=PAGE, asking_allowed=True)


@pytest.fixture
def asking(google) -> ReviewAsking:
    """Everybody who comes up is asked, two days after the visit."""
    return set_asking(is_on=True, every_days=180, share=100, after_days=2)


@pytest.fixture
def agree(in_aurora, now) -> Callable[..., None]:
    """agree(patient): yes to being asked for a public review by email, a month ago."""

    def said(patient: Patient, *, channel: str = "email", granted: bool = True, at: datetime | None = None) -> None:
        answer(
            patient_id=patient.id,
            channel=channel,
            purpose="reviews",
            granted=granted,
            source="told the front desk",
            version=VERSION,
            by_person_id=None,
            now=at or now - timedelta(days=30),
        )

    return said


@pytest.fixture
def patient(make_patient, agree, location) -> Patient:
    one = make_patient("Marguerite Ellison", phones=["(503) 555-0148"], emails=["marguerite@example.com"])
    agree(one)
    return one


@pytest.fixture
def was_here(patient, location, provider, now) -> Callable[..., Visit]:
    """was_here(days=3): a visit that was completed three days ago. was_here(someone=…, days=…)."""

    def made(*, days: int = 3, someone: Patient | None = None) -> Visit:
        at = now - timedelta(days=days)
        visit = walk_in(patient_id=(someone or patient).id, location_id=location.id, staff_id=provider.id, now=at)
        return complete(visit_id=visit.id, now=at)

    return made


@pytest.fixture
def staff(in_aurora) -> Staff:
    return Staff.objects.filter(role="front_desk").first()
