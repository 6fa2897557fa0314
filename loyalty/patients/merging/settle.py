"""What stands on both records and cannot stand twice on one: each conflict is settled by a rule that can be said."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q

from loyalty.models import (
    Consent,
    ContactPoint,
    HoldoutPatient,
    Patient,
    Referral,
    ToldApart,
    Touchpoint,
    TouchpointKind,
)
from loyalty.models import TouchpointState as State
from loyalty.patients.merging.ledger import Ledger
from loyalty.patients.reach import newest_consents
from loyalty.touchpoints.hold import has_open_recovery

OPEN = (State.PLANNED, State.HELD)
HOME = "home"
STRICTER = "Two records were merged: the no of one of them holds"


def settle(survivor: Patient, merged: Patient, ledger: Ledger, *, now: datetime) -> None:
    """Before rows move."""
    for touchpoint in planned_twice(survivor, merged):
        ledger.change(touchpoint, {"state": State.CANCELLED})
    for mine, theirs in same_contact_points(survivor, merged):
        values = _stricter_point(mine, theirs, not_at_home=survivor.not_at_home or merged.not_at_home)
        if values:
            ledger.change(mine, values)
    for referral in referrals_to_drop(survivor, merged):
        ledger.remove(referral)
    for lot in lots_to_drop(survivor, merged):
        ledger.remove(lot)
    for no in refusals_to_keep(survivor, merged, now=now):
        no.save(force_insert=True)
        ledger.made(no)


def hold_what_must_wait(survivor: Patient, ledger: Ledger) -> None:
    """After rows moved: an open recovery of one record holds the notes of both."""
    if has_open_recovery(survivor.id):
        for note in Touchpoint.objects.filter(patient=survivor, kind=TouchpointKind.NOTE, state=State.PLANNED):
            ledger.change(note, {"state": State.HELD})


def planned_twice(survivor: Patient, merged: Patient) -> list[Touchpoint]:
    """Open contacts to call off: of two notes of one day, and of two contacts of a kind and day without a visit.

    What was done stays done: an open one gives way to it, on whichever record it stands.
    """
    both = Touchpoint.objects.filter(patient__in=[survivor, merged]).exclude(state=State.CANCELLED)
    by_question: dict[tuple[str, object, object], list[Touchpoint]] = {}
    for one in both.filter(Q(kind=TouchpointKind.NOTE) | Q(visit__isnull=True)).order_by("due_at", "id"):
        occasion = None if one.kind == TouchpointKind.NOTE else one.channel
        by_question.setdefault((one.kind, one.day, occasion), []).append(one)
    found: list[Touchpoint] = []
    for alike in by_question.values():
        if len({one.patient_id for one in alike}) == 2:
            still_open = [one for one in alike if one.state in OPEN]
            # With one of them done, none waits; else the survivor's own is kept.
            keep = [] if len(still_open) < len(alike) else [_first_of(still_open, survivor)]
            found += [one for one in still_open if one not in keep]
    return found


def same_contact_points(survivor: Patient, merged: Patient) -> list[tuple[ContactPoint, ContactPoint]]:
    """Numbers and addresses that both give: (the survivor's, the merged one's)."""
    mine = {(one.kind, one.search): one for one in ContactPoint.objects.filter(patient=survivor)}
    theirs = ContactPoint.objects.filter(patient=merged).order_by("id")
    return [(mine[one.kind, one.search], one) for one in theirs if (one.kind, one.search) in mine]


def referrals_to_drop(survivor: Patient, merged: Patient) -> list[Referral]:
    """Who sent us somebody is one answer, and never themself, nor somebody they sent.

    The survivor's own stands where it can; else the merged record's.
    """
    both = {survivor.id, merged.id}
    sent = _sent_by(both) | both
    own = {one.patient_id: one for one in Referral.objects.filter(patient_id__in=both)}
    given = [own[id] for id in (survivor.id, merged.id) if id in own]
    standing = next((one for one in given if one.referrer_id not in sent), None)
    return [one for one in given if one is not standing]


def lots_to_drop(survivor: Patient, merged: Patient) -> list[HoldoutPatient]:
    """The survivor's lots in hold-outs where the merged record's was drawn earlier, and is kept in their place.

    Later ones of the merged record stay with it, and are not counted.
    """
    theirs = {one.holdout_id: one for one in HoldoutPatient.objects.filter(patient=merged)}
    mine = HoldoutPatient.objects.filter(patient=survivor, holdout_id__in=theirs).order_by("id")
    return [one for one in mine if _drawn(theirs[one.holdout_id]) < _drawn(one)]


def refusals_to_keep(survivor: Patient, merged: Patient, *, now: datetime) -> Iterator[Consent]:
    """Unsaved refusals for the survivor: where one record says no and the other says yes, later, no holds.

    If the two were not one person after all, nobody is written to against their word.
    """
    mine, theirs = (newest_consents(list(Consent.objects.filter(patient=one))) for one in (survivor, merged))
    for question in sorted(mine.keys() & theirs.keys()):
        answers = sorted((mine[question], theirs[question]), key=lambda one: (one.decided_at, not one.granted))
        no = next((one for one in answers if not one.granted), None)
        if no is not None and answers[-1].granted:
            yield Consent(
                patient=survivor,
                channel=no.channel,
                purpose=no.purpose,
                granted=False,
                decided_at=now,
                source=STRICTER,
                wording=no.wording,
                wording_version=no.wording_version,
            )


def told_apart_to_keep(survivor: Patient, merged: Patient) -> list[ToldApart]:
    """Pairs of the merged record that would say of the survivor what it says already, or that it is not itself."""
    rows = ToldApart.objects.filter(Q(patient=merged) | Q(other=merged))
    known = ToldApart.objects.filter(Q(patient=survivor) | Q(other=survivor))
    apart = {one for pair in known.values_list("patient_id", "other_id") for one in pair}
    return [one for one in rows if ({one.patient_id, one.other_id} - {merged.id}) & (apart | {survivor.id})]


def visits_at_once(survivor: Patient, merged: Patient) -> list[tuple[UUID, UUID]]:
    """Open visits of the two at the same moment: (the survivor's, the merged one's)."""
    open_ = survivor.visits.filter(status__in=("booked", "confirmed", "arrived"))
    theirs = merged.visits.filter(status__in=("booked", "confirmed", "arrived"))
    at = dict(open_.order_by("id").values_list("starts_at", "id"))
    return [
        (at[start], id)
        for start, id in theirs.order_by("starts_at", "id").values_list("starts_at", "id")
        if start in at
    ]


def _stricter_point(mine: ContactPoint, theirs: ContactPoint, *, not_at_home: bool) -> dict[str, object]:
    values: dict[str, object] = {}
    if theirs.do_not_use and not mine.do_not_use:
        values["do_not_use"] = True
    # By its label a number is known to ring at home.
    if not_at_home and theirs.label.lower() == HOME != mine.label.lower():
        values["label"] = theirs.label
    return values


def _drawn(lot: HoldoutPatient) -> tuple[object, ...]:
    return (lot.created_at, lot.id)


def _first_of(open_: list[Touchpoint], survivor: Patient) -> Touchpoint:
    return next((one for one in open_ if one.patient_id == survivor.id), open_[0])


def _sent_by(patients: set[UUID]) -> set[UUID]:
    """Everybody whom these sent, and whom those sent."""
    with connection.cursor() as cursor:
        cursor.execute(_SENT, [list(patients)])
        return {id for (id,) in cursor.fetchall()}


_SENT = """
WITH RECURSIVE sent AS (
    SELECT patient_id FROM loyalty_referral WHERE referrer_id = ANY(%s)
    UNION SELECT r.patient_id FROM loyalty_referral r JOIN sent ON r.referrer_id = sent.patient_id
)
SELECT patient_id FROM sent
"""
