"""Every screen by axe, by width and by night: in order, all of it on the page, nothing too small to hit."""

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
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
from tests.cast import PASSWORD
from tests.places import owner_of

pytestmark = pytest.mark.browser

SMALLEST_TARGET = 24  # CSS pixels, WCAG 2.2; links within a sentence are exempt, a label enlarges its field
WIDTHS = [1440, 820, 390]


@pytest.fixture
def place(open_place):
    """A practice with something on every screen."""
    place, now = open_place(time_zone="America/Los_Angeles"), timezone.now()
    with practice_scope(place):
        location = Location.objects.get()
        provider = Staff.objects.create(display_name="Dr. Sato", role="provider")
        service = Service.objects.create(name="Skin assessment")
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
            visit = walk_in(patient_id=patient.id, location_id=location.id, staff_id=provider.id, now=at)
            complete(visit_id=visit.id, now=at)
            record(visit_id=visit.id, mode="kiosk", score=9, liked="Time to listen", now=at)
        Memory.objects.create(patient=patient, text="Runs marathons", source="told Dr. Sato", consented=True)
        visit = book(
            patient_id=patient.id,
            location_id=location.id,
            starts_at=now + timedelta(minutes=20),
            staff_id=provider.id,
            service_id=service.id,
            now=now - timedelta(days=5),
        )
        note = Touchpoint.objects.filter(kind="note", state="planned").first()
        listed, template = said_and_written(patient, now=now)
    place_ids = {
        "patient": patient.id,
        "visit": visit.id,
        "note": note.id,
        "listed": listed.id,
        "template": template.id,
    }
    return place, place_ids


def said_and_written(patient, *, now):
    """A consent, a message, a text that came in, and a number on the do-not-contact list."""
    template = MessageTemplate.objects.get(kind="feedback", channel="email")
    usual = {"channel": "email", "purpose": "feedback", "granted": True, "source": "told the front desk"}
    answer(patient_id=patient.id, **usual, version=VERSION, by_person_id=None, now=now)
    queue(patient_id=patient.id, template_id=template.id, by_person_id=None, now=now)
    receive(
        provider_id="SM1",
        sender="+15035550148",
        recipient="+15035550100",
        body="STOP",
        answered=False,
        now=now,
    )
    return Suppression.objects.get(), template


@pytest.fixture
def owner(place):
    """With a colleague, and somebody who is invited."""
    practice, ids = place
    person, colleague = owner_of(practice, password=PASSWORD), owner_of(practice)
    ids["colleague"] = colleague.id
    asked = {"email": "a.very.long.address.of.somebody@wietersheim-example.com", "name": "Kim Kent", "role": "manager"}
    invite(**asked, practice=practice, by=None, now=timezone.now())
    yield person.email
    person.delete()
    colleague.delete()


def screens(ids):
    return [
        "/",
        "/patients/",
        "/patients/?q=zzz",
        "/patients/new/",
        f"/patients/{ids['patient']}/",
        f"/patients/{ids['patient']}/visits/new/",
        f"/patients/{ids['patient']}/visits/walk-in/",
        f"/visits/{ids['visit']}/",
        f"/visits/{ids['visit']}/feedback/",
        f"/patients/{ids['patient']}/consents/",
        f"/patients/{ids['patient']}/messages/new/",
        f"/patients/{ids['patient']}/messages/new/?template={ids['template']}",
        "/messages/",
        "/messages/?show=waiting",
        "/messages/replies/",
        "/messages/templates/",
        "/messages/templates/new/",
        f"/messages/templates/{ids['template']}/",
        "/messages/do-not-contact/",
        "/messages/do-not-contact/new/",
        f"/messages/do-not-contact/{ids['listed']}/lift/",
        "/notes/",
        f"/notes/{ids['note']}/not-this-time/",
        "/occasions/",
        "/benchmarks/",
        "/people/",
        "/people/invitations/new/",
        "/people/access/",
        f"/people/{ids['colleague']}/",
        f"/people/{ids['colleague']}/departure/",
        f"/people/{ids['colleague']}/ownership/",
        "/agreements/",
        "/getting-started/",
        "/settings/leaving/",
        "/export/",
        "/trail/",
        f"/trail/?patient={ids['patient']}",
        "/account/practices/",
        "/account/password/change/",
        "/account/security/",
        "/account/second-factor/",
        "/account/second-factor/app/",
        "/account/second-factor/passkeys/new/",
        "/account/pin/",
    ]


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_screen_is_in_order(place, owner, sign_in_page, problems, scheme):
    practice, ids = place
    page = sign_in_page(owner, at=practice.slug)
    page.emulate_media(color_scheme=scheme)
    origin = re.match(r"https?://[^/]+", page.url)[0]
    wrong = []
    for path in screens(ids):
        page.goto(origin + path)
        page.wait_for_load_state("networkidle")
        for width in WIDTHS if scheme == "light" else WIDTHS[:1]:
            page.set_viewport_size({"width": width, "height": 900})
            wrong += [f"{path} at {width}: {what}" for what in look(page)]
    assert wrong == []
    assert problems == []


def look(page) -> list[str]:
    found = [
        f"{rule['id']} {[node['html'][:120] for node in rule['nodes']]}"
        for rule in Axe().run(page).response["violations"]
    ]
    beside = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if beside > 0:
        found.append(f"{beside} pixels stand beside the page")
    if page.locator("h1").count() != 1:
        found.append("there is not exactly one h1")
    small = page.eval_on_selector_all(
        "a,button,summary,select,input:not([type=hidden])",
        """(all, least) => all
          .filter((one) => !one.closest("label,p:not(.more):not(.row)") || one.matches(".btn"))
          .map((one) => [one.textContent.trim().slice(0, 40) || one.name, one.getBoundingClientRect()])
          .filter(([, box]) => box.width > 1 && box.height > 1 && (box.height < least || box.width < least))
          .map(([name, box]) => `${name}: ${Math.round(box.width)} x ${Math.round(box.height)}`)""",
        SMALLEST_TARGET,
    )
    return [*found, *(f"too small to hit: {name}" for name in small)]
