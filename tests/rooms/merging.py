"""Two records of one patient."""

from datetime import timedelta

from loyalty.patients.enrol import enrol
from loyalty.patients.merging.merge import merge
from tests.permissions.roles import LEADERS
from tests.rooms.body import Body
from tests.rooms.room import Ids, Room


def records(ids: Ids, now) -> Ids:
    """A second record of the patient, and a third one that was merged into theirs."""
    before = now - timedelta(days=30)
    other = enrol(given_name="Bea", family_name="Lindgren", now=before)
    old = enrol(given_name="B.", family_name="Lindgren", now=before)
    made = merge(patient_id=ids["patient_id"], merged_id=old.id, take=[], by_person_id=None, now=now)
    return {"merged_id": other.id, "merge_id": made.id}


def _pair(ids: Ids) -> dict[str, object]:
    return {"patient": ids["patient_id"], "other": ids["merged_id"]}


ROOM = Room(
    practice={
        "duplicates": LEADERS,
        "told-apart": LEADERS,
        "merge-choose": LEADERS,
        "merge": LEADERS,
        "merge-made": LEADERS,
        "merge-undo": LEADERS,
    },
    records=records,
    bodies={
        "told-apart": Body(form=_pair),
        "merge": Body(form={"given_name": "mine"}),
        "merge-undo": Body(),
    },
)
