"""What the tests of the pages about messages share: a patient who agreed, and a template to write by."""

from datetime import timedelta

from loyalty.messages.consent import answer
from loyalty.messages.wording import VERSION
from loyalty.models import Location, MessageTemplate
from loyalty.patients.enrol import enrol


def somebody(now, *, agreed=("text", "email"), **fields):
    """Inside a practice: Marguerite, who agreed to be asked how it was, by these channels."""
    Location.objects.update(address="12 Main Street", city="Portland", state="OR", postal_code="97205")
    usual = {
        "given_name": "Marguerite",
        "family_name": "Ellison",
        "phones": ["(503) 555-0148"],
        "emails": ["marguerite@example.com"],
    }
    patient = enrol(**{**usual, **fields}, now=now - timedelta(days=90))
    for channel in agreed:
        answer(
            patient_id=patient.id,
            channel=channel,
            purpose="feedback",
            granted=True,
            source="told the front desk",
            version=VERSION,
            by_person_id=None,
            now=now - timedelta(days=30),
        )
    return patient


def asking(channel="text"):
    """Inside a practice: the template that asks how it was."""
    return MessageTemplate.objects.get(kind="feedback", channel=channel)
