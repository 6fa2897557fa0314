"""Whatever changes a record that programs read is told to those who ask for it; what is not told is named here."""

from core.audit.read import LOOKING
from tenants.webhooks.event_types import events_told
from tests.architecture.verbs import events_in_code, verbs_in_code

# Touchpoints are not among them: most are planned, moved and called off with what they are for, and nothing else tells.
# The first words of what happens to the records of loyalty.exchange, and to the rows that are shown with them.
READ_BY_PROGRAMS = {
    "answer", "consent", "contact_point", "feedback", "inquiry", "location", "memory", "occasion", "patient",
    "patients", "purchases", "review", "reviews", "service", "staff", "visit", "visits", "wish",
}  # fmt: skip
NOT_TOLD = {
    "patients.tagged": "tags are the practice's own, and no program reads them",
    "patients.told_apart": "two patients are no longer taken for one; neither changes",
    "patients.untagged": "as patients.tagged",
    "patients.written": "the trail's entry of a lot; each patient of it has an event of their own",
    "answer.assigned": "who of the team looks after an answer is the practice's own",
    "answer.marked_read": "as answer.assigned",
    "answer.marked_unread": "as answer.assigned",
    "review.matched": "whom the staff matched a review with is told to nobody",
    "review.unmatched": "as review.matched",
    "purchases.begun": "a file is about to be read; what it brings is told when it was",
    "purchases.refused_exported": "rows that were not kept are no purchases",
    "purchases.uploaded": "as purchases.begun",
    "visit.prepared": "somebody read the brief; no column of a visit says so",
}


def test_every_change_of_what_programs_read_is_told():
    happens = {verb for verb in verbs_in_code() | events_in_code() if verb.partition(".")[0] in READ_BY_PROGRAMS}
    changes = {verb for verb in happens if verb.partition(".")[2] not in LOOKING}
    assert changes - set(events_told()) - NOT_TOLD.keys() == set()
    assert NOT_TOLD.keys() <= happens
    assert not NOT_TOLD.keys() & set(events_told())


def test_what_is_told_is_an_event_and_not_only_in_the_trail():
    assert set(events_told()) - events_in_code() == set()


def test_the_search_finds_events():
    assert {"visit.booked", "wish.noted", "contact_point.opened"} <= events_in_code()
    assert "patient.read" not in events_in_code()
