"""What patients said to us outlives whatever another system says about them."""

import pytest

from loyalty.messages.consent import answer
from loyalty.messages.queue import queue
from loyalty.messages.receive import receive
from loyalty.messages.wording import VERSION
from loyalty.models import Consent, MessageTemplate, Patient, Suppression
from tests.intake.exports import patient

PHONE = {"system": "phone", "value": "(503) 555-0148", "use": "mobile"}
EXPORTED = patient("p1", telecom=[PHONE])


@pytest.fixture
def writes(in_aurora, now):
    """The rule by which a text to `who` would be refused, "" where it would go out."""

    def rule(who):
        template = MessageTemplate.objects.get(kind="feedback", channel="text")
        return queue(patient_id=who.id, template_id=template.id, by_person_id=None, now=now).rule

    return rule


def agree(who, now):
    usual = {"channel": "text", "purpose": "feedback", "source": "signed", "version": VERSION, "by_person_id": None}
    answer(patient_id=who.id, granted=True, now=now, **usual)


def test_an_import_of_the_same_patient_clears_neither_the_list_nor_the_no(import_into_aurora, writes, now):
    import_into_aurora(EXPORTED)
    receive(provider_id="SM1", sender="+15035550148", recipient="+15035550100", body="STOP", answered=False, now=now)
    before = list(Consent.objects.order_by("id").values())
    import_into_aurora(EXPORTED, patient("p1", telecom=[PHONE], gender="female"))
    assert list(Consent.objects.order_by("id").values()) == before
    assert Suppression.objects.get().lifted_at is None
    assert writes(Patient.objects.get()) == "said_no"


def test_imported_anew_under_another_id_the_number_is_still_on_the_list(import_into_aurora, writes, now):
    import_into_aurora(EXPORTED)
    receive(provider_id="SM1", sender="+15035550148", recipient="+15035550100", body="STOP", answered=False, now=now)
    import_into_aurora(patient("p2", telecom=[{**PHONE, "value": "+1 503-555-0148"}]))
    twin = Patient.objects.get(identifiers__value="p2")
    agree(twin, now)
    assert writes(twin) == "suppressed"


def test_an_import_agrees_to_nothing_on_anybodys_behalf(import_into_aurora, writes):
    import_into_aurora(EXPORTED)
    assert not Consent.objects.exists()
    assert writes(Patient.objects.get()) == "no_consent"
