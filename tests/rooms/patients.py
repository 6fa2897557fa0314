"""Patients: the list, what is on file, requests about a record, disclosures, the export."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from core.tenancy.scope import control_plane, current_practice
from loyalty.disclosures.note import note_disclosure
from loyalty.models import ContactPoint, Memory, Patient, RecordRequest, SavedView, TagChange, TaggedPatient, WishChange
from loyalty.patients.change import details_of
from loyalty.patients.filter import PatientFilter
from loyalty.patients.remember import memory_as_text
from loyalty.patients.wishes import wishes_as_text
from loyalty.practice_zone import practice_zone
from loyalty.record_requests.answer import accept, deny
from loyalty.record_requests.note import note_request
from tenants.models import Membership, Role
from tests.permissions.roles import LEADERS, TEAM
from tests.rooms.body import Body
from tests.rooms.room import Ids, Room

ASKED = {"text": "My peel was in May.", "source": "a letter"}
ANSWER = {"answer_text": "Done.", "told_on": None, "by_person_id": None}


def records(ids: Ids, now: datetime) -> Ids:
    patient_id = ids["patient_id"]
    point = ContactPoint.objects.create(
        patient_id=patient_id, kind="phone", value="(503) 555-0177", search="5035550177", rank=2
    )
    change = TagChange.objects.create(tag="VIP", added=True, at=now)
    TaggedPatient.objects.create(change=change, patient_id=patient_id)
    Patient.objects.filter(id=patient_id).update(tags=["VIP"])
    wish = WishChange.objects.create(patient_id=patient_id, wish="no_voicemail", is_on=True, at=now)
    asked = note_request(
        patient_id=patient_id,
        kind="amendment",
        **ASKED,
        received_on=now.astimezone(practice_zone()).date(),
        by_person_id=None,
        now=now,
    )
    given = note_disclosure(
        patient_id=patient_id,
        on=now.astimezone(practice_zone()).date(),
        to_whom="County court",
        what="The visits of 2025",
        purpose="A subpoena",
        by_person_id=None,
        now=now,
    )
    view = SavedView.objects.create(
        name="Away", filter=PatientFilter(upcoming=False).to_json(), by_person_id=_owner(), shared=True
    )
    return {
        "point_id": point.id,
        "tag_change_id": change.id,
        "wish_id": wish.id,
        "request_id": asked.id,
        "disclosure_id": given.id,
        "view_id": view.id,
    }


def _owner() -> UUID:
    """The address shows a view to who saved it: here, the owner."""
    practice_id = current_practice().id
    with control_plane():
        owner = Membership.objects.filter(practice_id=practice_id, role=Role.OWNER, ended_at__isnull=True)
        return owner.values_list("person_id", flat=True)[0]


def details(ids: Ids) -> dict[str, Any]:
    was = json.dumps(details_of(Patient.objects.get(id=ids["patient_id"])))
    return {"given_name": "Beatrice", "family_name": "Lindgren", "city": "Salem", "federal_program": "no", "was": was}


def wishes(ids: Ids) -> dict[str, Any]:
    return {"plain_envelope": "on", "was": json.dumps(wishes_as_text(Patient.objects.get(id=ids["patient_id"])))}


def memory(ids: Ids) -> dict[str, Any]:
    was = memory_as_text(Memory.objects.get(id=ids["memory_id"]))
    return {"text": "Runs", "source": "told us", "part": "say", "sensitivity": "team", "was": was}


def voicemail(ids: Ids, _now: datetime) -> None:
    Patient.objects.filter(id=ids["patient_id"]).update(no_voicemail=True)


def is_denied(ids: Ids, now: datetime) -> None:
    deny(request_id=ids["request_id"], basis="accurate", **ANSWER, now=now)


def is_accepted(ids: Ids, now: datetime) -> None:
    accept(request_id=ids["request_id"], **ANSWER, now=now)


def is_restricted(ids: Ids, now: datetime) -> None:
    RecordRequest.objects.filter(id=ids["request_id"]).update(kind="restriction", recipient="vendors")
    is_accepted(ids, now)


ROOM = Room(
    practice={
        "patient-tags": TEAM,
        "patient-tags-undo": TEAM,
        "patient-views": TEAM,
        # Shared by the owner: the others look at it, and are told that it is not theirs to change.
        "patient-view": TEAM,
        "patient-view-removal": TEAM,
        "patient-wish-undo": TEAM,
        "patient-details": TEAM,
        "patient-wishes": TEAM,
        "contact-points": TEAM,
        "contact-point": TEAM,
        "contact-point-spared": TEAM,
        "contact-point-raised": TEAM,
        "contact-point-removal": TEAM,
        "memory": TEAM,
        "record-requests": TEAM,
        "record-request-new": TEAM,
        "record-request": TEAM,
        "record-request-letter": LEADERS,
        "record-request-acceptance": LEADERS,
        "record-request-denial": LEADERS,
        "record-request-extension": LEADERS,
        "record-request-disagreement": TEAM,
        "record-request-end": LEADERS,
        "record-request-told": LEADERS,
        "privacy-contact": LEADERS,
        "disclosures": TEAM,
        "disclosures-list": TEAM,
        "disclosure-strike": TEAM,
        "record-export": LEADERS,
    },
    records=records,
    bodies={
        "patient-tags": Body(lambda ids: {"tag": "Gala", "rows": [str(ids["patient_id"])], "whom": "chosen"}),
        "patient-tags-undo": Body(),
        "patient-views": Body({"name": "Soon"}),
        "patient-view": Body({"name": "Gone"}),
        "patient-view-removal": Body(),
        "patient-wish-undo": Body(before=voicemail),
        "patient-details": Body(details),
        "patient-wishes": Body(wishes),
        "contact-points": Body({"kind": "email", "value": "b@example.com"}),
        "contact-point": Body({"value": "(503) 555-0178", "was": "(503) 555-0177"}),
        "contact-point-spared": Body(),
        "contact-point-raised": Body(
            before=lambda ids, _now: ContactPoint.objects.create(
                patient_id=ids["patient_id"], kind="phone", value="(503) 555-0100", search="5035550100", rank=1
            )
        ),
        "contact-point-removal": Body(),
        "memory": Body(memory),
        "record-request-new": Body(
            {"kind": "restriction", "recipient": "family", **ASKED, "received_on": "2026-11-20"}
        ),
        "record-request-acceptance": Body({"answer_text": "Corrected."}),
        "record-request-denial": Body({"basis": "accurate", "answer_text": "It is right."}),
        "record-request-extension": Body({"because": "The old files are away.", "until": "2027-02-01"}),
        "record-request-disagreement": Body({"statement": "It was May."}, before=is_denied),
        "record-request-end": Body({"because": "She asked for it."}, before=is_restricted),
        "privacy-contact": Body({"name": "Office manager", "phone": "(503) 555-0100"}),
        "record-request-told": Body({"told_on": "2026-11-23"}, before=is_accepted),
        "disclosures": Body({"on": "2026-11-20", "to_whom": "County court", "what": "Visits", "purpose": "A subpoena"}),
        "disclosure-strike": Body({"because": "Another patient’s."}),
        # A file, and for somebody else: the accounting of disclosures gets a row.
        "record-export": Body(
            {"form": "json", "whom": "else", "recipient": "family", "to_whom": "Her sister", "purpose": "She asked"},
            answers=(200,),
        ),
    },
)
