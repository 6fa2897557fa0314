"""Every screen by axe, by width and by night: in order, all of it on the page, nothing too small to hit.

The pages are those of the table of addresses (tests/browser/every_page.py); VARIANTS are further states of some.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.tenancy.scope import practice_scope
from loyalty.feedback.record import record
from loyalty.messages.consent import answer
from loyalty.messages.queue import queue
from loyalty.messages.receive import receive
from loyalty.messages.wording import VERSION
from loyalty.models import Location, Memory, MessageTemplate, Service, Staff, Suppression, Touchpoint
from loyalty.patients.enrol import enrol
from loyalty.visits.book import book
from loyalty.visits.complete import complete
from loyalty.visits.walk_in import walk_in
from tenants.actions.invite import invite
from tenants.models import AgreementAct
from tests.browser.every_page import pages_of
from tests.browser.looking import wrong_with
from tests.cast import PASSWORD
from tests.places import owner_of
from tests.rooms import every

pytestmark = [pytest.mark.browser, pytest.mark.slow]
VARIANTS = [
    "/patients/?q=zzz",
    "/patients/{patient_id}/messages/new/?template={template_id}",
    "/messages/?show=waiting",
    "/trail/?patient={patient_id}",
    "/huddle/?day=tomorrow",
    "/benchmarks/?view=table",
    "/drifting/?show=left",
]


@pytest.fixture
def empty_place(open_place):
    return open_place(time_zone="America/Los_Angeles")


@pytest.fixture
def owner(empty_place):
    person = owner_of(empty_place, password=PASSWORD)
    yield person
    person.delete()


@pytest.fixture
def ids(empty_place, owner):
    """What the addresses of a practice name that has something on every screen, and a colleague of its owner's."""
    place, now = empty_place, timezone.now()
    colleague = owner_of(place)
    asked = {"email": "a.very.long.address.of.somebody@wietersheim-example.com", "name": "Kim Kent", "role": "manager"}
    invited = invite(**asked, practice=place, by=None, now=now)
    act_id = AgreementAct.objects.filter(practice_id=place.id).latest("at").id
    with practice_scope(place):
        location = Location.objects.get()
        provider = Staff.objects.create(display_name="Dr. Sato", role="provider")
        service = Service.objects.create(name="Skin assessment", preview="It takes an hour and does not hurt.")
        patient = enrol(
            given_name="Wilhelmina-Alexandrina",
            family_name="van der Oosterhuis-Wietersheim",
            birth=(1980, 2, 29),
            phones=["(503) 555-0148"],
            emails=["w@example.com"],
            address="2140 NW Lovejoy St",
            now=now - timedelta(days=400),
        )
        for days in (300, 200, 100):
            at = now - timedelta(days=days)
            seen = walk_in(patient_id=patient.id, location_id=location.id, staff_id=provider.id, now=at)
            complete(visit_id=seen.id, now=at)
            record(visit_id=seen.id, mode="kiosk", score=9, liked="Time to listen", now=at)
        memory = Memory.objects.create(patient=patient, text="Runs marathons", source="told Dr. Sato", consented=True)
        visit = book(
            patient_id=patient.id,
            location_id=location.id,
            starts_at=now + timedelta(minutes=20),
            staff_id=provider.id,
            service_id=service.id,
            now=now - timedelta(days=5),
        )
        note = Touchpoint.objects.filter(kind="note", state="planned").first()
        listed, template, message = said_and_written(patient, now=now)
        ids = {
            "patient_id": patient.id,
            "visit_id": visit.id,
            "seen_id": seen.id,
            "note_id": note.id,
            "memory_id": memory.id,
            "suppression_id": listed.id,
            "template_id": template.id,
            "message_id": message.id,
            "location_id": location.id,
            "person_id": colleague.id,
            "invitation_id": invited.id,
            "act_id": act_id,
        }
        found = every.records(ids, now)
    yield found
    colleague.delete()


def said_and_written(patient, *, now):
    """A consent, a message, a text that came in, and a number on the do-not-contact list."""
    template = MessageTemplate.objects.get(kind="feedback", channel="email")
    usual = {"channel": "email", "purpose": "feedback", "granted": True, "source": "told the front desk"}
    answer(patient_id=patient.id, **usual, version=VERSION, by_person_id=None, now=now)
    message = queue(patient_id=patient.id, template_id=template.id, by_person_id=None, now=now)
    receive(
        provider_id="SM1",
        sender="+15035550148",
        recipient="+15035550100",
        body="STOP",
        answered=False,
        now=now,
    )
    return Suppression.objects.get(), template, message


def test_every_screen_of_a_practice(empty_place, owner, ids, sign_in_page, problems):
    page = sign_in_page(owner.email, at=empty_place.slug)
    pages = pages_of("practice", page, ids)
    assert pages.lost == []
    paths = [*pages.paths.values(), *(path.format(**ids) for path in VARIANTS)]
    wrong = wrong_with(page, paths)
    assert wrong == [], "\n".join(wrong)
    assert problems == []
