"""The certificate: how often patients were asked, by what they last answered."""

from datetime import timedelta

from core.audit.models import Entry
from loyalty.feedback.record import record
from loyalty.metrics.intervals import wilson
from loyalty.models import ReviewInvitation
from loyalty.reviews.certificate import certificate
from loyalty.reviews.inviting.invite import invite


def test_without_anybody_it_says_so(in_aurora, now):
    made = certificate(now=now)
    assert made.agrees is None
    assert [(line.name, line.came_up, line.interval) for line in made.lines] == [
        ("Promoters", 0, None),
        ("Passives", 0, None),
        ("Detractors", 0, None),
        ("Never answered", 0, None),
    ]


def test_it_counts_by_the_last_answer_before_their_turn(asking, make_patient, agree, was_here, now):
    for name, scores in (("Ana", [10]), ("Ben", [2, 9]), ("Cleo", [3]), ("Dora", [])):
        one = make_patient(f"{name} Hart", emails=[f"{name}@example.com"])
        agree(one)
        for score, days in zip(scores, (9, 3), strict=False):
            record(
                visit_id=was_here(days=days, someone=one).id, mode="kiosk", score=score, now=now - timedelta(days=days)
            )
        if not scores:
            was_here(someone=one)
    invite(now=now)
    ReviewInvitation.objects.filter(patient__given_name="Cleo").update(drawn=False, message=None)
    made = certificate(now=now + timedelta(days=1))
    assert [(line.name, line.came_up, line.asked) for line in made.lines] == [
        ("Promoters", 2, 2),
        ("Passives", 0, 0),
        ("Detractors", 1, 0),
        ("Never answered", 1, 1),
    ]
    assert made.lines[0].interval == wilson(2, 2)
    assert (made.everyone.came_up, made.everyone.asked, made.everyone.share) == (4, 3, 0.75)
    assert made.lines[0].is_enough is False
    assert Entry.objects.get(verb="review_certificate.read").everyone


def test_what_was_answered_after_their_turn_changes_nothing(asking, patient, was_here, now):
    visit = was_here()
    invite(now=now)
    record(visit_id=visit.id, mode="link", score=1, now=now + timedelta(hours=1))
    assert [line.came_up for line in certificate(now=now + timedelta(days=1)).lines] == [0, 0, 0, 1]


def test_after_a_year_it_forgets(asking, patient, was_here, now):
    was_here()
    invite(now=now)
    assert certificate(now=now + timedelta(days=364)).everyone.came_up == 1
    assert certificate(now=now + timedelta(days=366)).everyone.came_up == 0
