"""A practice of canaries, the people who may and may not see it, and every address of it."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import models
from django.test import Client
from django.utils import timezone

from core.tenancy.scope import PracticeRef, practice_scope
from loyalty.messages.consent import answer
from loyalty.messages.queue import queue
from loyalty.messages.wording import QUESTIONS, VERSION
from loyalty.models import Location, Memory, MessageTemplate, Touchpoint
from loyalty.patients.enrol import enrol
from loyalty.visits.book import book
from loyalty.visits.complete import complete
from loyalty.visits.walk_in import walk_in
from tenants.models import Person
from tests import places
from tests.compliance.phi import canaries
from tests.compliance.phi.canaries import DAY, EMAIL, MARK, PHONE, WORDS
from tests.compliance.phi.forms import forms_in
from tests.compliance.phi.sinks import Left
from tests.permissions.records import path_of
from tests.permissions.walk import ALL
from tests.rooms import every

# Words that the practice's own people say to the network or of themselves; nothing there asks about a patient.
TO_THE_NETWORK = ("/settings/", "/people/", "/agreements/", "/account/")


@dataclass(frozen=True)
class House:
    """rows: one of every model, filled. ids: what addresses are made of, of a patient who is alive and was here today.

    admin: of the network. neighbor: owns another practice.
    """

    place: PracticeRef
    rows: list[models.Model]
    ids: dict[str, Any]
    owner: Person
    admin: Person
    neighbor: Person
    next_door: PracticeRef

    def owner_client(self) -> Client:
        return _careless(places.client_of(self.owner, at=self.place.slug))

    def strangers(self) -> dict[str, tuple[str, Client]]:
        """Each with the host that they ask."""
        at_next_door = _careless(places.client_of(self.neighbor, at=self.next_door.slug))
        carried_over = _careless(places.client_of(self.neighbor, at=self.next_door.slug))
        carried_over.defaults["SERVER_NAME"] = f"{self.place.slug}.perennial.localhost"
        nobody = _careless(Client(SERVER_NAME=f"{self.place.slug}.perennial.localhost"))
        network = _careless(places.client_of(self.admin, at=""))
        return {
            "a neighbor": ("practice", at_next_door),
            "a neighbor with a cookie from next door": ("practice", carried_over),
            "nobody": ("practice", nobody),
            "the network": ("network", network),
        }

    def paths(self, host: str = "practice") -> Iterator[str]:
        for address in ALL:
            if address.host == host and "logout" not in address.name:
                yield path_of(address, self.ids)


@contextmanager
def a_house_of_canaries(place: PracticeRef, next_door: PracticeRef) -> Iterator[House]:
    admin = Person.objects.create_user(
        f"{secrets.token_hex(6)}@example.com", None, name="Nadia", network_role="network_admin"
    )
    owner, neighbor = places.owner_of(place), places.owner_of(next_door)
    try:
        with practice_scope(place):
            ids = _of_today(owner)
            rows = canaries.fill()
        yield House(place, rows, ids, owner, admin, neighbor, next_door)
    finally:
        for person in (admin, owner, neighbor):
            person.delete()


def _of_today(owner: Person) -> dict[str, Any]:
    now = timezone.now()
    location = Location.objects.get()
    location.address, location.city, location.state, location.postal_code = "12 Main Street", "Portland", "OR", "97205"
    location.save()
    patient = enrol(
        given_name=f"{MARK}ine",
        family_name=f"{MARK}son",
        preferred_name=MARK,
        birth=(DAY.year, DAY.month, DAY.day),
        phones=[PHONE],
        emails=[EMAIL],
        record_number=f"{MARK}-1",
        address=f"1 {MARK} Street",
        now=now,
    )
    for channel, purpose in QUESTIONS:
        answer(
            patient_id=patient.id,
            channel=channel,
            purpose=purpose,
            granted=True,
            source=WORDS,
            version=VERSION,
            by_person_id=None,
            now=now - timedelta(days=3),
        )
    memory = Memory.objects.create(patient=patient, text=WORDS, source=WORDS, consented=True)
    seen = walk_in(patient_id=patient.id, location_id=location.id, now=now)
    complete(visit_id=seen.id, now=now)
    visit = book(patient_id=patient.id, location_id=location.id, starts_at=now + timedelta(days=9), now=now)
    # Not the one that asks how it was: that is called off when the walk writes an answer down.
    template = MessageTemplate.objects.get(kind="confirmation", channel="email")
    message = queue(patient_id=patient.id, template_id=template.id, by_person_id=None, now=now)
    named = {
        "patient_id": patient.id,
        "memory_id": memory.id,
        "visit_id": visit.id,
        "note_id": Touchpoint.objects.get(kind="note", patient=patient).id,
        "template_id": template.id,
        "message_id": message.id,
        "person_id": owner.id,
        "uidb36": "1",
        "key": "a-b",
        "token": "unknown",
        "passkey": 1,
    }
    named |= every.records({**named, "seen_id": seen.id}, now)
    # What holds nothing of a patient is asked for by an id of nothing.
    names = {name for address in ALL for name in address.arguments}
    return {**dict.fromkeys(names, uuid4()), **named}


def visit_everything(house: House, left: Left) -> None:
    """The owner opens every page, plainly and by htmx, searches, sends every form of each; strangers try the same."""
    owner = house.owner_client()
    for path in house.paths():
        for headers in ({}, {"HX-Request": "true"}):
            shown = owner.get(path, headers=headers)
            left.answered(shown, to_stranger=False)
        if shown.status_code == 200 and not shown.streaming and "html" in shown.headers["Content-Type"]:
            _send_every_form(house, left, shown.content.decode(), path=path)
        left.answered(house.owner_client().post(path, {"q": WORDS}), to_stranger=False)
    for query in (MARK, PHONE, EMAIL, DAY.isoformat()):
        for headers in ({}, {"HX-Request": "true"}):
            left.answered(owner.get("/patients/", {"q": query}, headers=headers), to_stranger=False)
    ask_as_strangers(house, left)


def ask_as_strangers(house: House, left: Left) -> None:
    strangers = house.strangers()
    nobody = strangers["nobody"][1]
    for name, (host, client) in strangers.items():
        # At her own practice she may search for whatever she likes.
        searches = () if name == "a neighbor" else (f"/patients/?q={MARK}",)
        for path in (*house.paths(host), *searches):
            left.answered(client.get(path), to_stranger=True)
            if client is nobody:
                left.answered(client.post(path, {"given_name": WORDS, "q": WORDS}), to_stranger=True)


def _send_every_form(house: House, left: Left, page: str, *, path: str) -> None:
    if path.startswith(TO_THE_NETWORK):
        return
    for method, to, data in forms_in(page, path=path):
        client = house.owner_client()
        left.answered(client.post(to, data) if method == "post" else client.get(to, data), to_stranger=False)


def _careless(client: Client) -> Client:
    client.raise_request_exception = False
    return client
