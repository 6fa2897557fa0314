"""What a rule would have made last month: by the code that plans, without writing anything."""

from datetime import date, timedelta

import pytest

from core.audit.models import Entry
from loyalty.feedback.record import record
from loyalty.models import Consent, ContactPoint, Inquiry, PlaybookRule, Touchpoint, Visit
from loyalty.touchpoints.dry_run import dry_run
from loyalty.visits.move import move
from loyalty.visits.no_show import no_show
from tests.loyalty.test_rules import CALL_AFTER

# Monday, November 23; last month is October, by the wall in Los Angeles.
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


@pytest.fixture
def october(now):
    return now - timedelta(days=40)  # October 14


def rule(**given):
    return PlaybookRule(**{**CALL_AFTER, **given})


def planned(kind):
    """As the playbook planned it itself: of October's visits."""
    return set(Touchpoint.objects.filter(kind=kind).values_list("patient_id", "channel", "due_at"))


def shown(run):
    return {(one.patient_id, dict(BY_LABEL)[one.channel], one.due_at) for one in run.shown}


BY_LABEL = [(label, value) for value, label in Touchpoint._meta.get_field("channel").choices]


@pytest.mark.parametrize("kind", ["preview", "note", "recovery", "check_in"])
def test_it_finds_what_the_playbook_really_planned(completed, booked, make_patient, october, kind):
    """A month of everything, planned by the rules themselves; then each rule is tried on that month."""
    people = [make_patient(f"Person{n} Test", phones=[f"(503) 555-01{n:02}"]) for n in range(6)]
    Consent.objects.create(
        patient=people[1], channel="call", purpose="visits", granted=False, decided_at=october, source="told us"
    )
    visits = [
        booked(patient_id=one.id, starts_at=october + timedelta(days=6, hours=n), now=october + timedelta(minutes=n))
        for n, one in enumerate(people)
    ]
    for n, one in enumerate(people[:4]):
        visit = completed(patient_id=one.id, at=october + timedelta(hours=n))
        record(visit_id=visit.id, mode="staff", score=(3, 9, 5, 10)[n], now=october + timedelta(hours=n))
    late = visits[5].starts_at + timedelta(minutes=1)
    no_show(visit_id=visits[5].id, now=late)
    before = set(Touchpoint.objects.values_list("id", "updated_at"))
    the_rule = PlaybookRule.objects.exclude(trigger="drifting").get(kind=kind)
    run = dry_run(the_rule, now=october + timedelta(days=40))
    expected = {(one.patient_id, one.channel, one.due_at) for one in Touchpoint.objects.filter(rule=the_rule)}
    if kind == "check_in":
        # A no-show is marked when somebody marks it; looked back on, it counts from when the visit began.
        expected = {(who, channel) for who, channel, _ in expected}
        assert {(who, channel) for who, channel, _ in shown(run)} == expected
    else:
        assert shown(run) == expected
    assert run.made == len(expected) > 0
    assert set(Touchpoint.objects.values_list("id", "updated_at")) == before


def test_only_last_month_counts(completed, make_patient, now):
    days = {"Ann September": date(2026, 9, 30), "Bo First": date(2026, 10, 1), "Cy Last": date(2026, 10, 31)}
    for name, day in {**days, "Di November": date(2026, 11, 1)}.items():
        completed(patient_id=make_patient(name).id, at=now.replace(year=day.year, month=day.month, day=day.day))
    run = dry_run(rule(), now=now)
    assert (run.first, run.last) == OCTOBER
    assert [one.name for one in run.shown] == ["Bo First", "Cy Last"]


def test_imported_history_makes_nothing(completed, now, october):
    visit = completed(at=october)
    Visit.objects.filter(id=visit.id).update(is_history=True)
    assert dry_run(rule(), now=now).happened == 0


def test_who_is_left_out_and_who_is_reached_otherwise_is_counted(completed, make_patient, now, october):
    wishes = {
        "Ann NoContact": {},
        "Bo ByLetter": {"address": "1 Main St"},
        "Cy ByPhone": {"phones": ["(503) 555-0101"]},
    }
    for name, fields in wishes.items():
        someone = make_patient(name, **fields)
        completed(patient_id=someone.id, at=october)
        if name == "Ann NoContact":
            type(someone).objects.filter(id=someone.id).update(no_contact=True)
    run = dry_run(rule(), now=now)
    assert (run.happened, run.made, run.left_out) == (3, 2, 1)
    assert run.by_channel == (("Letter", 1),)
    assert run.a_day == pytest.approx(2 / 22)


def test_the_conditions_hold(completed, service, make_patient, now, october):
    completed(at=october)
    completed(at=october + timedelta(days=1))
    completed(patient_id=make_patient("Ann Other").id, at=october, service_id=None)
    assert [one.name for one in dry_run(rule(audience="returning"), now=now).shown] == ["Marguerite Ellison"]
    assert dry_run(rule(service_id=service.id), now=now).made == 2


def test_a_moved_visit_is_known_from_the_trail(booked, october, now):
    visit = booked(starts_at=october + timedelta(days=9), now=october)
    assert dry_run(rule(trigger="visit_changed"), now=now).made == 0
    move(visit_id=visit.id, starts_at=october + timedelta(days=10), now=october)
    # The trail dates itself by the database's own clock, so the look back is from the month after.
    moved = Entry.objects.get(verb="visit.moved").at
    run = dry_run(rule(trigger="visit_changed"), now=(moved.replace(day=1) + timedelta(days=45)))
    assert [one.patient_id for one in run.shown] == [visit.patient_id]


def test_personal_days_of_the_month(make_patient, completed, now, october):
    for name, birth in {"Grace Chen": (1976, 10, 20), "Ann Other": (1976, 12, 1)}.items():
        someone = make_patient(name, birth=birth)
        completed(patient_id=someone.id, at=now - timedelta(days=60))
    the_rule = PlaybookRule.objects.get(kind="occasion")
    run = dry_run(the_rule, now=now)
    assert [(one.name, one.due_at.date()) for one in run.shown] == [("Grace Chen", date(2026, 10, 16))]
    PlaybookRule.objects.filter(id=the_rule.id).update(occasion="told")
    the_rule.refresh_from_db()
    assert dry_run(the_rule, now=now).made == 0


def test_inquiries_are_counted_and_not_listed(in_aurora, october, now):
    Inquiry.objects.create(name="Lou", phone="(503) 555-0111", asked_at=october)
    run = dry_run(rule(trigger="inquiry", kind="first_call"), now=now)
    assert (run.happened, run.made, run.shown) == (1, 1, ())


def test_whoever_is_shown_is_in_the_trail(completed, patient, now, october):
    completed(at=october)
    dry_run(rule(), now=now)
    assert Entry.objects.get(verb="rule.tried").patients == [patient.id]


def test_what_one_takes_is_told_by_the_records_or_not_at_all(completed, now, october):
    completed(at=october)
    assert dry_run(rule(), now=now).each_minutes is None
    note = Touchpoint.objects.get(kind="note")
    Touchpoint.objects.filter(id=note.id).update(state="done", done_at=now, minutes=4)
    assert dry_run(PlaybookRule.objects.get(kind="note"), now=now).each_minutes == 4


def test_a_month_takes_as_many_queries_as_a_day(completed, make_patient, now, october, django_assert_max_num_queries):
    for n in range(12):
        someone = make_patient(f"Person{n} Test")
        ContactPoint.objects.create(patient=someone, kind="phone", value=f"555-01{n}", search=f"55501{n}")
        completed(patient_id=someone.id, at=october)
    with django_assert_max_num_queries(16):
        assert dry_run(rule(audience="first"), now=now).made == 12
