"""Notes, their print and photos; gifts; personal days."""

import io
from datetime import date, datetime
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from loyalty.models import Gift, NotePhoto, Occasion, Recovery, Staff, StaffRole, Touchpoint, TouchpointState
from loyalty.occasions.honor import honor
from loyalty.practice_zone import practice_zone
from loyalty.touchpoints.hand_over import hand_over
from loyalty.touchpoints.notes import written
from tests.permissions.roles import LEADERS, TEAM
from tests.rooms.body import Body
from tests.rooms.room import Ids, Room


def jpeg(size: tuple[int, int] = (40, 30)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "ivory").save(out, "JPEG")
    return out.getvalue()


def records(ids: Ids, now: datetime) -> Ids:
    patient_id, day = ids["patient_id"], today(now)
    wedding = Occasion.objects.create(patient_id=patient_id, kind="anniversary", label="Wedding", month=1, day=9)
    Occasion.objects.create(patient_id=patient_id, kind="custom", label="Run", month=day.month, day=day.day)
    made = honor(patient_id=patient_id, day=day, channel="call", by_staff_id=None, now=now)
    gift = Gift.objects.create(patient_id=patient_id, what="Roses", value_cents=900, given_on=day)
    NotePhoto.objects.create(touchpoint_id=ids["note_id"], patient_id=patient_id, image=jpeg(), width=40, height=30)
    # What honors today's day is there already: tests that honor it take it back first.
    return {"occasion_id": wedding.id, "celebration_id": made.id, "gift_id": gift.id}


def colleague(_ids: Ids) -> dict[str, object]:
    return {"to": Staff.objects.create(display_name="Noor Naim", role=StaffRole.PROVIDER).id}


def handed(ids: Ids, now: datetime) -> None:
    hand_over(touchpoint_id=UUID(str(ids["note_id"])), to_staff_id=colleague(ids)["to"], now=now)  # type: ignore[arg-type]


def is_written(ids: Ids, now: datetime) -> None:
    Recovery.objects.filter(patient_id=ids["patient_id"]).update(
        closed_at=now, recovered=True, done_text="Called.", patient_told_at=now
    )
    Touchpoint.objects.filter(id=ids["note_id"], state="held").update(state="planned")
    written(touchpoint_id=UUID(str(ids["note_id"])), by_staff_id=None, now=now)


def not_honored(ids: Ids, _now: datetime) -> None:
    Touchpoint.objects.filter(id=ids["celebration_id"]).update(state=TouchpointState.CANCELLED)


def printing(ids: Ids) -> dict[str, object]:
    return {"notes": [str(ids["note_id"])], "paper": "a6", "content": "lines", "start": "1"}


def with_address(ids: Ids, _now: datetime) -> None:
    note = Touchpoint.objects.select_related("patient").get(id=ids["note_id"])
    note.patient.address = "12 Main St"
    note.patient.save()


def today(now: datetime | None = None) -> date:
    return (now or timezone.now()).astimezone(practice_zone()).date()


ROOM = Room(
    practice={
        "notes-print": TEAM,
        "notes-cards": TEAM,
        "notes-labels": TEAM,
        "note-words-check": TEAM,
        "note-words": TEAM,
        "note-hand-over": TEAM,
        "note-hand-back": TEAM,
        "note-photo": TEAM,
        "note-photo-image": TEAM,
        "note-photo-removal": TEAM,
        "gifts": TEAM,
        "gift-limits": LEADERS,
        "gift-undo": TEAM,
        "patient-gifts": TEAM,
        "occasion": TEAM,
        "occasion-removal": TEAM,
        "occasion-undo": TEAM,
        "occasion-new": TEAM,
        "occasion-honored": TEAM,
        "occasion-left-out": TEAM,
    },
    records=records,
    bodies={
        # Files, and a check: nothing changes, and their entries say that they were made.
        "notes-cards": Body(printing, changes=False, answers=(200,)),
        "notes-labels": Body(printing, before=with_address, changes=False, answers=(200,)),
        "note-words-check": Body({"words": "Thank you."}, changes=False, answers=(200,)),
        "note-words": Body({"words": "It was lovely to see you."}),
        "note-hand-over": Body(colleague),
        "note-hand-back": Body(before=handed),
        "note-photo": Body(
            lambda _ids: {"photo": SimpleUploadedFile("card.jpg", jpeg(), content_type="image/jpeg")},
            before=is_written,
        ),
        "note-photo-removal": Body(),
        "gift-limits": Body({"gift": "10", "year": "50", "no_program_gift": "20", "no_program_year": "100"}),
        "gift-undo": Body(),
        "patient-gifts": Body(lambda _ids: {"what": "A book", "value": "12.50", "given_on": today().isoformat()}),
        "occasion": Body({"kind": "anniversary", "label": "Wedding", "month": "1", "day": "10", "lead_days": "7"}),
        "occasion-removal": Body(),
        "occasion-undo": Body(),
        "occasion-new": Body({"kind": "custom", "label": "Regatta", "month": "6", "day": "1", "lead_days": "7"}),
        "occasion-honored": Body(lambda _ids: {"day": today().isoformat(), "channel": "call"}, before=not_honored),
        "occasion-left-out": Body(
            lambda _ids: {"day": today().isoformat(), "reason": "They travel"}, before=not_honored
        ),
    },
)
