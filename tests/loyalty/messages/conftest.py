"""A patient of Aurora's who agreed to texts and emails, templates to write to them by, and what went out."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail

from core.messages.text import FILE_NAME
from loyalty.messages.consent import answer
from loyalty.messages.deliver import deliver
from loyalty.messages.queue import queue
from loyalty.messages.wording import VERSION
from loyalty.models import Consent, Guardianship, Location, Message, MessageTemplate, Patient

PHONE, EMAIL = "+15035550148", "marguerite@example.com"


@pytest.fixture
def location(in_aurora) -> Location:
    """Aurora's one location, with a postal address."""
    place = Location.objects.get()
    place.address, place.city, place.state, place.postal_code = "12 Main Street", "Portland", "OR", "97205"
    place.save()
    return place


@pytest.fixture
def agree(in_aurora, now) -> Callable[..., Consent]:
    """agree(patient): yes to texts about visits, a month ago. Any argument of answer() can be another."""

    def said(patient: Patient, **fields: Any) -> Consent:
        usual = {
            "channel": "text",
            "purpose": "visits",
            "granted": True,
            "source": "told the front desk",
            "version": VERSION,
            "by_person_id": None,
            "now": now - timedelta(days=30),
        }
        return answer(patient_id=patient.id, **{**usual, **fields})

    return said


@pytest.fixture
def patient(make_patient, agree, location) -> Patient:
    """Marguerite agreed to texts and emails about her visits."""
    one = make_patient("Marguerite Ellison", phones=["(503) 555-0148"], emails=["Marguerite@Example.com"])
    agree(one)
    agree(one, channel="email")
    return one


@pytest.fixture
def minor(make_patient, agree, location, now) -> Patient:
    """Mia is fourteen. Her own number is on file, and her mother's, who agreed for her."""
    one = make_patient("Mia Ellison", phones=["(503) 555-0111"], emails=["mia@example.com"])
    one.birth_year, one.birth_month, one.birth_day = now.year - 14, 1, 1
    one.save()
    Guardianship.objects.create(
        patient=one, name="Anna Ellison", phone="(503) 555-0122", email="anna@example.com", relation="mother"
    )
    agree(one)
    agree(one, channel="email")
    return one


@pytest.fixture
def template(in_aurora) -> Callable[..., MessageTemplate]:
    """template(): words for a text about visits. template(channel="email", kind="news") and so on."""

    def made(**fields: Any) -> MessageTemplate:
        usual = {
            "name": f"Words {MessageTemplate.objects.count()}",
            "kind": "preview",
            "channel": "text",
            "subject": "",
            "body": "Hello {first_name}, {whose_visit} is soon.",
        }
        given = {**usual, **fields}
        if given["channel"] == "email" and not given["subject"]:
            given["subject"] = "About {whose_visit}"
        return MessageTemplate.objects.create(**given)

    return made


@pytest.fixture
def write(template, now) -> Callable[..., Message]:
    """write(patient): queue a text about visits now. write(patient, at=…, channel="email", kind="news")."""

    def queued(patient: Patient, *, at: datetime = now, **fields: Any) -> Message:
        return queue(patient_id=patient.id, template_id=template(**fields).id, by_person_id=None, now=at)

    return queued


@pytest.fixture
def send(now) -> Callable[..., Message]:
    """send(message): its turn has come; returns it as it is then."""

    def sent(message: Message, *, at: datetime = now) -> Message:
        deliver(message_id=message.id, now=at)
        return Message.objects.get(id=message.id)

    return sent


@pytest.fixture
def texts(settings, tmp_path: Path) -> Callable[[], list[dict[str, str]]]:
    """texts(): what went out by text, in order."""
    settings.TEXT_FOLDER = tmp_path
    file = tmp_path / FILE_NAME
    return lambda: [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


@pytest.fixture
def emails() -> list[Any]:
    """What went out by email, in order."""
    return mail.outbox


@pytest.fixture
def yesterday(now) -> date:
    return now.date() - timedelta(days=1)
