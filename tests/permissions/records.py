"""Real records of Aurora's for every address: a refusal must never be a record that is missing."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core.tenancy.scope import practice_scope
from infra import urls_network, urls_practice
from loyalty.messages.queue import queue
from loyalty.messages.suppress import suppress
from loyalty.models import Location, Memory, MessageTemplate, Staff, Touchpoint
from loyalty.patients.enrol import enrol
from loyalty.visits.book import book
from loyalty.visits.complete import complete
from loyalty.visits.walk_in import walk_in
from tenants.actions.invite import invite
from tenants.models import AgreementAct, Announcement, Person
from tests.cast import email
from tests.permissions.walk import Address
from tests.rooms import every
from tests.tenants.applications import applied

URLS = {"practice": urls_practice, "network": urls_network}


@pytest.fixture
def ids(aurora, now):
    """Real records of Aurora's, so that a refusal is never a record that is missing."""
    with practice_scope(aurora):
        location, staff = Location.objects.get(), Staff.objects.filter(role="provider").get()
        patient = enrol(given_name="Beatrice", family_name="Lindgren", now=now)
        memory = Memory.objects.create(patient=patient, text="Runs marathons", source="Told Priya", consented=True)
        seen = walk_in(patient_id=patient.id, location_id=location.id, staff_id=staff.id, now=now)
        complete(visit_id=seen.id, now=now)
        visit = book(patient_id=patient.id, location_id=location.id, starts_at=now + timedelta(days=9), now=now)
        note = Touchpoint.objects.get(kind="note")
        template = MessageTemplate.objects.get(kind="feedback", channel="email")
        message = queue(patient_id=patient.id, template_id=template.id, by_person_id=None, now=now)
        listed = suppress(kind="phone", given="(503) 555-0148", note="", by_person_id=staff.person_id, now=now)
        of_rooms = every.records(
            {"patient_id": patient.id, "visit_id": visit.id, "seen_id": seen.id, "note_id": note.id}, now
        )
    application = applied()
    announcement = Announcement.objects.create(
        title="A new contract",
        body="It begins in May.",
        published_at=now,
        ends_at=now + timedelta(days=9),
        by_name="Nora",
    )
    kim = {"email": "kim@example.com", "name": "Kim Kent", "by": None, "now": now}
    return {
        "person_id": Person.objects.get(email=email("Martin")).id,
        "invitation_id": invite(**kim, role="provider", practice=aurora).id,
        # The console's people are others.
        "network": {
            "person_id": Person.objects.get(email=email("Ana")).id,
            "invitation_id": invite(**kim, role="network_analyst", practice=None).id,
        },
        "application_id": application.id,
        "announcement_id": announcement.id,
        "location_id": location.id,
        "act_id": AgreementAct.objects.filter(practice_id=aurora.id).latest("at").id,
        "patient_id": patient.id,
        "memory_id": memory.id,
        "visit_id": visit.id,
        "note_id": note.id,
        "template_id": template.id,
        "message_id": message.id,
        "suppression_id": listed.id,
        "practice_id": aurora.id,
        "uidb36": "1",
        "key": "a-b",
        "token": "unknown",
        "session": aurora.id,
        "passkey": 1,
        **of_rooms,
    }


def path_of(address: Address, ids) -> str:
    name = address.name
    if name.endswith("/"):
        # Without a name, for machines: its route.
        return f"/{name}"
    known = {**ids, **ids.get(address.host, {})}
    own = "" if name.startswith(("account_", "mfa_")) else {"practice": "portal:", "network": "console:"}[address.host]
    return reverse(own + name, urlconf=URLS[address.host], kwargs={key: known[key] for key in address.arguments})
