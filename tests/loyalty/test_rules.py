"""The rules of the playbook: added, changed, switched, removed, set back; each condition is acted on."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core.audit.models import Entry
from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from loyalty.feedback.record import record
from loyalty.models import PlaybookRule, Service, Touchpoint, TouchpointKind, Trigger
from loyalty.touchpoints.playbook import five_steps
from loyalty.touchpoints.rules import add_rule, back_to_default, change_rule, remove_rule, switch_rule
from loyalty.touchpoints.shapes import SHAPES
from loyalty.visits.move import move
from loyalty.visits.no_show import no_show

CALL_AFTER = {
    "name": "Call after a visit",
    "trigger": "visit_completed",
    "kind": "check_in",
    "channel": "call",
    "role": "front_desk",
    "delay": 3,
    "delay_unit": "working_days",
    "audience": "everyone",
    "service_id": None,
    "away_days": None,
    "score_from": None,
    "score_to": None,
    "occasion": "",
}
OCCASION = {"trigger": "occasion", "kind": "occasion", "delay": -1}


def rule(**given):
    return add_rule(**{**CALL_AFTER, **given})


def check_ins(of=None):
    found = Touchpoint.objects.filter(kind=TouchpointKind.CHECK_IN).order_by("created_at", "id")
    return list(found.filter(rule=of) if of else found)


def test_a_rule_is_kept_at_the_end_of_the_playbook(playbook):
    added = PlaybookRule.objects.get(id=rule().id)
    assert {name: getattr(added, name) for name in CALL_AFTER} == CALL_AFTER
    assert added.position == max(PlaybookRule.objects.values_list("position", flat=True))
    assert Entry.objects.get(verb="rule.added").detail["trigger"] == "visit_completed"


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"name": " "}, "rule_unnamed", "name"),
        ({"name": "Thank by hand after the visit"}, "rule_name_taken", "name"),
        ({"trigger": "drifting", "kind": "note"}, "kind_unfit", "kind"),
        ({"trigger": "full_moon"}, "trigger_unknown", "trigger"),
        ({"kind": "preview"}, "kind_unfit", "kind"),
        ({"kind": "note"}, "channel_unfit", "channel"),
        ({"channel": "card"}, "channel_unfit", "channel"),
        ({"role": "owner"}, "role_unknown", "role"),
        ({"delay": -1}, "delay_backward", "delay"),
        ({"delay": 261}, "delay_too_long", "delay"),
        ({**OCCASION, "delay": 1}, "delay_forward", "delay"),
        ({"delay_unit": "weeks"}, "unit_unknown", "delay_unit"),
        ({"audience": "friends"}, "audience_unknown", "audience"),
        ({"service_id": uuid7()}, "service_unknown", "service_id"),
        ({"away_days": 0}, "away_out_of_range", "away_days"),
        ({"away_days": 365, "audience": "first"}, "away_first", "away_days"),
        ({"score_from": 9}, "condition_unfit", "score_from"),
        ({"occasion": "birthday"}, "condition_unfit", "occasion"),
        ({"trigger": "feedback", "score_from": 0, "score_to": 6}, "scores_out_of_range", "score_from"),
        ({"trigger": "feedback", "score_from": 10, "score_to": 9}, "scores_out_of_range", "score_from"),
        (
            {"trigger": "occasion", "kind": "occasion", "delay": -1, "occasion": "easter"},
            "occasion_unknown",
            "occasion",
        ),
        ({"trigger": "feedback", "kind": "recovery"}, "rule_once", "kind"),
    ],
)
def test_what_does_not_go_together_is_refused_with_its_field(playbook, given, code, field):
    before = PlaybookRule.objects.count()
    with pytest.raises(DomainError) as refused:
        rule(**given)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert PlaybookRule.objects.count() == before


def test_every_trigger_can_be_chosen():
    assert set(SHAPES) == set(Trigger)


def test_a_change_holds_for_what_happens_from_now_on(completed, make_patient, now):
    mine = rule()
    completed()
    kept = check_ins(mine)[0].due_at
    change_rule(rule_id=mine.id, version=1, **{**CALL_AFTER, "delay": 1})
    completed(patient_id=make_patient("Ann Other").id)
    assert [one.due_at - kept for one in check_ins(mine)] == [timedelta(0), timedelta(days=-2)]


def test_of_two_who_change_a_rule_the_second_is_told(playbook):
    mine = rule()
    change_rule(rule_id=mine.id, version=1, **{**CALL_AFTER, "delay": 1})
    with pytest.raises(Conflict, match="Somebody changed this rule meanwhile"):
        change_rule(rule_id=mine.id, version=1, **{**CALL_AFTER, "delay": 2})
    assert PlaybookRule.objects.get(id=mine.id).delay == 1


def test_a_rule_is_switched_off_and_on(completed, make_patient):
    mine = rule()
    switch_rule(rule_id=mine.id, is_on=False)
    completed()
    assert check_ins(mine) == []
    with pytest.raises(Conflict, match="is off already"):
        switch_rule(rule_id=mine.id, is_on=False)
    switch_rule(rule_id=mine.id, is_on=True)
    completed(patient_id=make_patient("Ann Other").id)
    assert len(check_ins(mine)) == 1


def test_nobody_switches_off_takes_out_or_narrows_down_what_somebody_unhappy_is_owed(playbook):
    recovery = PlaybookRule.objects.get(kind="recovery")
    as_it_is = {**CALL_AFTER, "name": recovery.name, "trigger": "feedback", "kind": "recovery", "role": "manager"}
    refused = [
        lambda: switch_rule(rule_id=recovery.id, is_on=False),
        lambda: remove_rule(rule_id=recovery.id),
        lambda: change_rule(rule_id=recovery.id, version=1, **{**as_it_is, "kind": "check_in"}),
        lambda: change_rule(rule_id=recovery.id, version=1, **{**as_it_is, "audience": "first"}),
        lambda: change_rule(rule_id=recovery.id, version=1, **{**as_it_is, "score_from": 8}),
    ]
    for attempt in refused:
        with pytest.raises(DomainError):
            attempt()
    assert change_rule(rule_id=recovery.id, version=1, **{**as_it_is, "delay": 2}).delay == 2
    for wrong in ({"is_on": False}, {"funded_by_vendor": True}, {"audience": "first"}, {"away_days": 3}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PlaybookRule.objects.filter(id=recovery.id).update(**wrong)


def test_a_rule_taken_out_leaves_what_it_planned(completed):
    mine = rule()
    completed()
    (planned,) = check_ins(mine)
    remove_rule(rule_id=mine.id)
    planned.refresh_from_db()
    assert (planned.rule, planned.state) == (None, "planned")
    with pytest.raises(NotFound):
        remove_rule(rule_id=mine.id)


def test_back_to_the_default_is_the_five_steps_and_loses_nothing(playbook):
    mine = rule()
    note = PlaybookRule.objects.get(kind="note")
    PlaybookRule.objects.filter(id=note.id).update(name="Ours", delay=96, is_on=False)
    PlaybookRule.objects.filter(kind="preview").delete()
    assert back_to_default() == 1
    kept = PlaybookRule.objects.exclude(id=mine.id)
    parts = ("name", "trigger", "kind", "channel", "role", "delay", "delay_unit", "is_on", "position")
    assert sorted(kept.values_list(*parts), key=lambda one: one[-1]) == [
        tuple(getattr(step, part) for part in parts) for step in five_steps()
    ]
    assert PlaybookRule.objects.get(kind="note").id == note.id
    assert PlaybookRule.objects.get(id=mine.id).is_on is False
    assert back_to_default() == 0


def test_only_on_a_first_or_a_later_visit(completed, make_patient, now):
    first, later = rule(audience="first"), rule(name="Again", audience="returning")
    completed(at=now - timedelta(days=40))
    completed(at=now)
    assert [one.day for one in check_ins(first)] == [(now - timedelta(days=40)).date()]
    assert [one.day for one in check_ins(later)] == [now.date()]


def test_only_after_a_service(completed, service, make_patient):
    other = Service.objects.create(name="Facial")
    mine = rule(service_id=service.id)
    completed()
    completed(patient_id=make_patient("Ann Other").id, service_id=other.id)
    completed(patient_id=make_patient("Bo Third").id, service_id=None)
    assert [one.patient.given_name for one in check_ins(mine)] == ["Marguerite"]


@pytest.mark.parametrize(("ago", "made"), [(364, 0), (365, 1), (400, 1)])
def test_only_after_so_many_days_away(completed, booked, now, ago, made):
    mine = rule(trigger="visit_booked", away_days=365)
    # The visit booked is on Monday, seven days from now.
    completed(at=now - timedelta(days=ago - 7))
    booked()
    assert len(check_ins(mine)) == made


def test_nobody_new_has_been_away(booked):
    mine = rule(trigger="visit_booked", away_days=1)
    booked()
    assert check_ins(mine) == []


@pytest.mark.parametrize(("score", "made"), [(6, 0), (7, 0), (8, 0), (9, 1), (10, 1)])
def test_an_answer_in_a_range_of_scores(completed, now, score, made):
    mine = rule(trigger="feedback", score_from=9)
    record(visit_id=completed().id, mode="staff", score=score, now=now)
    assert len(check_ins(mine)) == made
    assert Touchpoint.objects.filter(kind="recovery").exists() is (score <= 6)


def test_an_answer_without_a_range_is_of_whoever_was_not_unhappy(completed, make_patient, now):
    mine = rule(trigger="feedback")
    for name, score in (("Ann One", 3), ("Bo Two", 7), ("Cy Three", 10)):
        record(visit_id=completed(patient_id=make_patient(name).id).id, mode="staff", score=score, now=now)
    assert sorted(one.patient.given_name for one in check_ins(mine)) == ["Bo", "Cy"]


def test_a_visit_that_is_moved_is_told_and_told_again(booked, now):
    mine = rule(trigger="visit_changed", delay=0, delay_unit="hours")
    visit = booked()
    assert check_ins(mine) == []
    move(visit_id=visit.id, starts_at=now + timedelta(days=9), now=now)
    move(visit_id=visit.id, starts_at=now + timedelta(days=10), now=now)
    assert len(check_ins(mine)) == 1
    Touchpoint.objects.filter(rule=mine).update(state="done", done_at=now)
    move(visit_id=visit.id, starts_at=now + timedelta(days=11), now=now)
    assert [one.state for one in check_ins(mine)].count("planned") == 1


def test_a_no_show_is_asked_after(booked, now):
    visit = booked(starts_at=now + timedelta(hours=1))
    no_show(visit_id=visit.id, now=now + timedelta(hours=2))
    (asked,) = check_ins()
    assert (asked.rule.trigger, asked.visit_id) == ("no_show", visit.id)
