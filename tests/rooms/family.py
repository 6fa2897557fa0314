"""Households, guardians and referrals."""

from loyalty.family.guardian import name_guardian
from loyalty.family.household import live_together
from loyalty.models import Referral
from loyalty.patients.enrol import enrol
from loyalty.referrals.note import note_referral
from tests.cast import NOW
from tests.permissions.roles import TEAM
from tests.rooms.body import Body
from tests.rooms.room import Ids, Room


def records(ids: Ids, now) -> Ids:
    patient = ids["patient_id"]
    spouse = enrol(given_name="Carl", family_name="Olsen", now=now)
    child = enrol(given_name="Mia", family_name="Olsen", birth=(2015, 5, 1), now=now)
    member = live_together(patient_id=patient, other_id=spouse.id, relation="spouse")
    guardianship = name_guardian(patient_id=patient, name="Ida Olsen", phone="(503) 555-0199", now=now)
    # The patient sent the child, and thanks are due.
    sent = note_referral(patient_id=child.id, referrer_id=patient, now=now)
    return {"member_id": member.id, "guardianship_id": guardianship.id, "referral_id": sent.id}


def _somebody(ids: Ids) -> dict[str, object]:
    from_elsewhere = enrol(given_name="Zoe", family_name="Zander", now=NOW)
    return {"other": from_elsewhere.id, "relation": "sister"}


def _referred(ids: Ids, now) -> None:
    Referral.objects.create(patient_id=ids["patient_id"], referrer_name="Dr. Rivera", on=now.date())


ROOM = Room(
    practice=dict.fromkeys(
        (
            "family",
            "household",
            "household-left",
            "guardians",
            "guardian-new",
            "guardian-removed",
            "referral",
            "referral-new",
            "referral-removed",
            "referrals",
            "referral-thanks",
            "referral-thanked",
        ),
        TEAM,
    ),
    records=records,
    bodies={
        "household": Body(form=_somebody),
        "household-left": Body(),
        "guardians": Body(form=_somebody),
        "guardian-new": Body(form={"name": "Pat Olsen", "email": "pat@example.com"}),
        "guardian-removed": Body(),
        "referral": Body(form=_somebody),
        "referral-new": Body(form={"name": "Dr. Rivera"}),
        "referral-removed": Body(before=_referred),
        "referral-thanks": Body(),
        "referral-thanked": Body(),
    },
)
