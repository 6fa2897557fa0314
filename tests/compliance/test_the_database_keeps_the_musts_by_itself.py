"""Whoever writes past the code, by a job, a migration or by hand, is refused by the database itself."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from core.violated import violated
from loyalty.models import (
    Consent,
    Disclosure,
    FeedbackLink,
    Guardianship,
    Kiosk,
    KioskOpening,
    Memory,
    Message,
    Patient,
    PlaybookRule,
    RecordRequest,
    Recovery,
    Review,
    ReviewAsking,
    ReviewInvitation,
    ReviewSite,
    Suppression,
    Testimonial,
    Touchpoint,
)
from tests.compliance.phi.canaries import fill

DAY = date(2026, 11, 23)
# Of the row that `fill` makes: a denied correction, with a statement against it.
NOT_DISAGREED = {"disagreement": "", "disagreed_on": None}
ASKED_FOR = {"asking_allowed": True, "forbids_asking": False, "policy": "You may ask."}

# Constraint → the table, and the change of a row that it refuses.
CHANGES = {
    "feedback_link_expires": (FeedbackLink, {"expires_at": None}),
    "feedback_link_once": (FeedbackLink, {"used_at": "now"}),
    "guardian_not_oneself": (Guardianship, {"guardian": F("patient")}),
    "guardian_somebody": (Guardianship, {"name": ""}),
    "kiosk_code_ends": (Kiosk, {"code_until": None}),
    "kiosk_revoked_opens_nothing": (Kiosk, {"revoked_at": "now"}),
    "memory_text_or_forgotten": (Memory, {"forgotten_at": "now"}),
    "message_goes_somewhere": (Message, {"state": "queued", "address": ""}),
    "message_purpose_known": (Message, {"purpose": "everything"}),
    "message_stopped_by_a_rule": (Message, {"state": "refused", "rule": ""}),
    "opening_code_waits": (KioskOpening, {"state": "cancelled"}),
    "record_request_disagreed": (RecordRequest, {"state": "accepted"}),
    "record_request_ended": (
        RecordRequest, {**NOT_DISAGREED, "kind": "restriction", "recipient": "family", "state": "ended"},
    ),
    "record_request_extended": (RecordRequest, {"extended_on": DAY, "extended_because": ""}),
    "record_request_recipient": (RecordRequest, {**NOT_DISAGREED, "kind": "restriction"}),
    "record_request_says_what": (RecordRequest, {"text": ""}),
    "recovery_closed_complete": (
        Recovery, {"closed_at": "now", "recovered": True, "patient_told_at": None, "untold_because": ""},
    ),
    "review_asking_after_days": (ReviewAsking, {"after_days": 0}),
    "review_asking_every_days": (ReviewAsking, {"every_days": 1}),
    "review_asking_salted": (ReviewAsking, {"salt": ""}),
    "review_invitation_asked_by_message": (ReviewInvitation, {"drawn": False}),
    "review_invitation_opened_by_who_was_asked": (ReviewInvitation, {"drawn": False, "message": None}),
    "review_posted_reply_has_words": (Review, {"replied_at": "now", "reply": ""}),
    "rule_recovery_always": (PlaybookRule, {"kind": "recovery", "is_on": False}),
    "testimonial_down_for_a_reason": (Testimonial, {"taken_down_at": "now", "taken_down_because": ""}),
    "testimonial_has_words": (Testimonial, {"words": ""}),
    "testimonial_insider_known": (Testimonial, {"insider": "friend"}),
}  # fmt: skip

# Constraint → the table, and a new row that it refuses. What is history is refused any change anyway.
ROWS = {
    "consent_channel_known": (Consent, {"channel": "pigeon", "purpose": "visits", "granted": True}),
    "consent_purpose_known": (Consent, {"channel": "text", "purpose": "everything", "granted": True}),
    "disclosure_whole": (Disclosure, {"on": DAY, "to_whom": "County court", "what": "Visits", "purpose": ""}),
    "review_site_asked_for_has_a_page": (ReviewSite, {**ASKED_FOR, "name": "Elsewhere", "own_url": ""}),
    "review_site_obeys_its_policy": (
        ReviewSite, {**ASKED_FOR, "name": "Elsewhere", "own_url": "https://a.example", "forbids_asking": True},
    ),
    "review_site_yelp_is_never_asked_for": (
        ReviewSite, {**ASKED_FOR, "name": "Elsewhere", "own_url": "https://www.yelp.com/biz/aurora"},
    ),
    "suppression_lifted_for_a_reason": (
        Suppression, {"kind": "phone", "address_hash": "1", "reason": "stop", "at": "now", "lifted_at": "now"},
    ),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _filled(in_aurora):
    """A row in every table."""
    fill()


def refusal(write, **values):
    """The name of the constraint that refuses it, "" for none."""
    try:
        with transaction.atomic():
            write(**values)
    except IntegrityError as error:
        return violated(error)
    return ""


def at(now, values):
    return {field: now if value == "now" else value for field, value in values.items()}


def test_no_row_is_changed_against_a_must(now):
    refused = {name: refusal(model.objects.update, **at(now, change)) for name, (model, change) in CHANGES.items()}
    assert refused == {name: name for name in CHANGES}


def test_no_row_is_added_against_a_must(now):
    patient = Patient.objects.first()
    refused = {}
    for name, (model, values) in ROWS.items():
        whose = {"patient": patient} if model in (Consent, Disclosure) else {}
        when = {"decided_at": now, "source": "told us"} if model is Consent else {}
        refused[name] = refusal(model.objects.create, **whose, **when, **at(now, values))
    assert refused == {name: name for name in ROWS}


def test_one_note_a_patient_and_day_and_one_entry_an_address(now):
    who = Patient.objects.first()
    note = {"patient": who, "kind": "note", "channel": "card", "day": DAY, "due_at": now, "role": "provider"}
    Touchpoint.objects.create(**note)
    assert refusal(Touchpoint.objects.create, **note) == "touchpoint_one_note_a_day"
    entry = {"kind": "phone", "address_hash": "1", "reason": "stop", "at": now}
    Suppression.objects.create(**entry)
    assert refusal(Suppression.objects.create, **entry) == "suppression_once"


def test_what_was_answered_or_stopped_is_history(now):
    entry = Suppression.objects.create(kind="phone", address_hash="1", reason="stop", at=now)
    consents, entries = Consent.objects.all(), Suppression.objects.filter(id=entry.id)
    for write in (
        lambda: consents.update(granted=True),
        lambda: consents.update(purpose="marketing"),
        consents.delete,
        lambda: entries.update(reason="unreachable"),
        entries.delete,
    ):
        with pytest.raises(IntegrityError, match="is history"), transaction.atomic():
            write()


def test_a_site_that_forbids_asking_goes_on_forbidding_it():
    yelp = ReviewSite.objects.filter(name="Yelp")
    assert yelp.get().forbids_asking
    with pytest.raises(IntegrityError, match="goes on forbidding"), transaction.atomic():
        yelp.update(forbids_asking=False)
