"""Least privilege on a tablet: it takes what staff opened for it, once and in time, and guessing gets nobody far.

The link that comes home instead opens one visit, too: once, for two weeks.
"""

from datetime import timedelta
from uuid import uuid4

import pytest

from core.errors import Conflict, DomainError, NotFound
from core.tenancy.scope import control_plane
from loyalty.feedback.by_link import answer_by_link, asked_by_link
from loyalty.feedback.said import Said
from loyalty.kiosk.answer import answer, leave_unsaid
from loyalty.kiosk.enroll import enroll, invite_again, invite_tablet
from loyalty.kiosk.enrolled import tablet_with
from loyalty.kiosk.leave import leave
from loyalty.kiosk.open_visit import open_by_code, open_on
from loyalty.kiosk.revoke import revoke
from loyalty.kiosk.secrets import Use, digest, new_token
from loyalty.kiosk.take import take, take_by_code, waiting_for
from loyalty.models import Feedback, FeedbackLink, Kiosk, Location, Patient, Promise, Visit
from tenants.actions.set_pin import set_pin
from tests.compliance.five_steps import arrived, somebody
from tests.kiosks import enrolled

WRONG = "000000"


@pytest.fixture
def tablet(in_aurora, now):
    return enrolled(now=now)


@pytest.fixture
def kiosk(tablet):
    return tablet[0]


@pytest.fixture
def other(kiosk, now):
    return enrolled(now=now, name="The other one")[0]


@pytest.fixture
def visit(in_aurora, now):
    return arrived(somebody(now), at=now - timedelta(minutes=40))


@pytest.fixture
def opened(kiosk, visit, now):
    return open_on(visit_id=visit.id, kiosk_id=kiosk.id, by_staff_id=None, now=now).id


@pytest.fixture
def code(visit, now):
    made = open_by_code(visit_id=visit.id, by_staff_id=None, now=now)[1]
    assert made != WRONG
    return made


def says(kiosk, opened, now, **more):
    asked = {"kiosk_id": kiosk.id, "opening_id": opened, "submission_id": uuid4(), "seconds_ago": 0}
    return answer(**{**asked, **more}, said=Said(score=9), now=now)


def test_another_tablet_neither_finds_nor_takes_nor_answers_what_was_opened_for_this_one(kiosk, other, opened, now):
    assert waiting_for(kiosk.id, now=now) == opened
    assert waiting_for(other.id, now=now) is None
    with pytest.raises(NotFound):
        take(kiosk_id=other.id, opening_id=opened, now=now)
    take(kiosk_id=kiosk.id, opening_id=opened, now=now)
    for attempt in (
        lambda: take(kiosk_id=other.id, opening_id=opened, now=now),
        lambda: says(other, opened, now),
        lambda: leave_unsaid(kiosk_id=other.id, opening_id=opened, skipped=True, now=now),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert not Feedback.objects.exists()


def test_after_ten_minutes_it_is_open_no_more(kiosk, opened, now):
    later = now + timedelta(minutes=10)
    assert waiting_for(kiosk.id, now=later) is None
    with pytest.raises(NotFound):
        take(kiosk_id=kiosk.id, opening_id=opened, now=later)


def test_what_was_not_taken_cannot_be_answered(kiosk, opened, now):
    with pytest.raises(NotFound):
        says(kiosk, opened, now)


def test_whoever_holds_the_tablet_next_sees_nothing_of_who_answered_or_went_away(kiosk, opened, now):
    take(kiosk_id=kiosk.id, opening_id=opened, now=now)
    with pytest.raises(NotFound):
        take(kiosk_id=kiosk.id, opening_id=opened, now=now + timedelta(minutes=3))
    says(kiosk, opened, now)
    with pytest.raises(NotFound):
        take(kiosk_id=kiosk.id, opening_id=opened, now=now)


@pytest.mark.parametrize("change", [{"status": "booked"}, {"status": "no_show"}, {"day": "2026-11-22"}])
def test_only_who_is_here_today_is_asked(kiosk, visit, change, now):
    Visit.objects.filter(id=visit.id).update(**change)
    with pytest.raises(DomainError):
        open_on(visit_id=visit.id, kiosk_id=kiosk.id, by_staff_id=None, now=now)
    with pytest.raises(DomainError):
        open_by_code(visit_id=visit.id, by_staff_id=None, now=now)


def test_a_tablet_waits_for_one_patient_at_a_time(kiosk, opened, now):
    another = arrived(somebody(now, given_name="Grace", phones=[]), at=now)
    with pytest.raises(Conflict, match="waits for somebody else"):
        open_on(visit_id=another.id, kiosk_id=kiosk.id, by_staff_id=None, now=now)


def test_a_visit_is_answered_on_a_tablet_once(kiosk, visit, opened, now):
    take(kiosk_id=kiosk.id, opening_id=opened, now=now)
    says(kiosk, opened, now)
    with pytest.raises(Conflict, match="taken"):
        says(kiosk, opened, now)
    with pytest.raises(Conflict, match="answered on a tablet already"):
        open_on(visit_id=visit.id, kiosk_id=kiosk.id, by_staff_id=None, now=now)


def test_an_answer_goes_to_the_visit_it_was_given_for_and_not_for_ever(kiosk, opened, now):
    take(kiosk_id=kiosk.id, opening_id=opened, now=now)
    with pytest.raises(Conflict, match="waited too long"):
        says(kiosk, opened, now + timedelta(days=7, seconds=1))
    sent = uuid4()
    says(kiosk, opened, now, submission_id=sent)
    another = arrived(somebody(now, given_name="Grace", phones=[]), at=now)
    second = open_on(visit_id=another.id, kiosk_id=kiosk.id, by_staff_id=None, now=now).id
    take(kiosk_id=kiosk.id, opening_id=second, now=now)
    with pytest.raises(Conflict, match="kept for another visit"):
        says(kiosk, second, now, submission_id=sent)


def test_a_code_opens_its_visit_once_and_in_time(kiosk, other, code, now):
    with pytest.raises(DomainError, match="does not work"):
        take_by_code(kiosk_id=kiosk.id, code=code, now=now + timedelta(minutes=10))
    assert take_by_code(kiosk_id=kiosk.id, code=code, now=now).first_name == "Beatrice"
    for one in (kiosk, other):
        with pytest.raises(DomainError, match="does not work"):
            take_by_code(kiosk_id=one.id, code=code, now=now)


def test_five_wrong_codes_make_the_tablet_wait_even_for_the_right_one(kiosk, code, now):
    for _ in range(4):
        with pytest.raises(DomainError, match="does not work"):
            take_by_code(kiosk_id=kiosk.id, code=WRONG, now=now)
    for given in (WRONG, code):
        with pytest.raises(Conflict):
            take_by_code(kiosk_id=kiosk.id, code=given, now=now)
    with pytest.raises(Conflict):
        take_by_code(kiosk_id=kiosk.id, code=code, now=now + timedelta(minutes=9))


def test_five_wrong_pins_make_it_wait_even_for_the_right_one(kiosk, person, aurora, now):
    with control_plane():
        set_pin(person=person("Frank"), pin="7391", practice=aurora, now=now)
    for _ in range(4):
        with pytest.raises(DomainError, match="nobody’s here"):
            leave(kiosk_id=kiosk.id, pin="0000", now=now)
    for pin, minutes in (("0000", 0), ("7391", 9)):
        with pytest.raises(Conflict):
            leave(kiosk_id=kiosk.id, pin=pin, now=now + timedelta(minutes=minutes))
    leave(kiosk_id=kiosk.id, pin="7391", now=now + timedelta(minutes=10))


def test_revoked_it_opens_nothing_from_that_moment(tablet, opened, code, now):
    kiosk, token = tablet
    assert tablet_with(token, now=now) == kiosk.id
    assert tablet_with(new_token(), now=now) is None
    revoke(kiosk_id=kiosk.id, now=now)
    assert tablet_with(token, now=now) is None
    assert waiting_for(kiosk.id, now=now) is None
    for attempt in (
        lambda: take_by_code(kiosk_id=kiosk.id, code=code, now=now),
        lambda: invite_again(kiosk_id=kiosk.id, now=now),
        lambda: leave(kiosk_id=kiosk.id, pin="0000", now=now),
    ):
        with pytest.raises(Conflict, match="revoked"):
            attempt()


def test_a_tablet_that_never_enrolled_is_opened_nothing(in_aurora, visit, now):
    place = Location.objects.get()
    invited = invite_tablet(name="New", location_id=place.id, now=now)
    with pytest.raises(NotFound):
        open_on(visit_id=visit.id, kiosk_id=invited.kiosk.id, by_staff_id=None, now=now)
    for code, at in ((invited.code, now + timedelta(minutes=15)), ("WRONG-CODE", now)):
        with pytest.raises(NotFound):
            enroll(code=code, device="iPad", now=at)
    enroll(code=invited.code, device="iPad", now=now)
    with pytest.raises(NotFound):
        enroll(code=invited.code, device="iPad", now=now)
    assert Kiosk.objects.count() == 1


@pytest.fixture
def token(visit, now):
    """Of the link about the visit."""
    made = new_token()
    FeedbackLink.objects.create(
        patient=visit.patient, visit=visit, token_digest=digest(made, Use.LINK), sent_at=now,
        expires_at=now + timedelta(days=14),
    )  # fmt: skip
    return made


def test_a_link_opens_its_own_visit_once_in_time_and_for_the_living(visit, token, now):
    another = arrived(somebody(now, given_name="Grace", phones=[]), at=now)
    for one in (visit, another):
        Promise.objects.create(visit=one, text=f"For {one.patient.given_name}", made_at=now)
    assert list(asked_by_link(token, now=now).promises.values()) == ["For Beatrice"]
    Patient.objects.filter(id=visit.patient_id).update(deceased=True)
    for given, at in ((token, now), (new_token(), now)):
        with pytest.raises(NotFound):
            answer_by_link(given, said=Said(score=9), now=at)
    Patient.objects.update(deceased=False)
    with pytest.raises(NotFound):
        asked_by_link(token, now=now + timedelta(days=14))
    assert answer_by_link(token, said=Said(score=9), now=now).visit_id == visit.id
    for attempt in (lambda: asked_by_link(token, now=now), lambda: answer_by_link(token, said=Said(score=1), now=now)):
        with pytest.raises(NotFound):
            attempt()
