"""A contact that a vendor pays for is marketing under HIPAA: blocked without the patient's own authorization.

Nowhere can a patient give one yet, so no such rule acts, whatever its trigger, and nobody can switch one on.
"""

from datetime import timedelta

import pytest

from core.errors import DomainError
from loyalty.feedback.record import record
from loyalty.models import Location, PlaybookRule, Staff, Touchpoint
from loyalty.occasions.plan import plan_occasions
from loyalty.patients.enrol import enrol
from loyalty.touchpoints.playbook import install_default_playbook
from loyalty.touchpoints.rules import switch_rule
from loyalty.visits.book import book
from loyalty.visits.complete import complete
from loyalty.visits.move import move
from loyalty.visits.no_show import no_show
from loyalty.visits.walk_in import walk_in

RULES = {
    "visit_booked": ("preview", "call", -2),
    "visit_changed": ("check_in", "call", 1),
    "visit_completed": ("note", "card", 1),
    "no_show": ("check_in", "call", 1),
    "feedback": ("check_in", "call", 1),
    "occasion": ("occasion", "card", -4),
}


@pytest.fixture
def a_life(in_aurora, now):
    """a_life(): a patient with a birthday ahead books, moves, does not come; another walks in, is treated, answers."""
    location = Location.objects.first() or Location.objects.create(name="Aurora", time_zone="America/Los_Angeles")
    staff = Staff.objects.create(display_name="Dr. Sato", role="provider")

    def lived():
        place = {"location_id": location.id, "staff_id": staff.id}
        one = enrol(given_name="Beatrice", family_name="Lindgren", birth=(1976, 11, 28), now=now)
        visit = book(patient_id=one.id, starts_at=now + timedelta(hours=1), now=now, **place)
        move(visit_id=visit.id, starts_at=now + timedelta(hours=2), now=now)
        no_show(visit_id=visit.id, now=now + timedelta(hours=3))
        book(patient_id=one.id, starts_at=now + timedelta(days=20), now=now, **place)
        other = enrol(given_name="Otto", family_name="Other", now=now)
        seen = walk_in(patient_id=other.id, now=now, **place)
        complete(visit_id=seen.id, now=now)
        record(visit_id=seen.id, mode="staff", score=9, now=now)
        plan_occasions(now=now)

    return lived


@pytest.fixture
def only_rules_of_a_vendor(in_aurora):
    install_default_playbook()
    PlaybookRule.objects.exclude(kind__in=["recovery", "first_call"]).delete()
    for trigger, (kind, channel, delay) in RULES.items():
        PlaybookRule.objects.create(
            name=trigger, trigger=trigger, kind=kind, channel=channel, role="provider", delay=delay,
            funded_by_vendor=True,
        )  # fmt: skip


def test_no_rule_that_a_vendor_pays_for_makes_a_contact(only_rules_of_a_vendor, a_life):
    a_life()
    assert not Touchpoint.objects.exists()


def test_the_same_rules_act_when_nobody_pays_for_them(only_rules_of_a_vendor, a_life):
    PlaybookRule.objects.update(funded_by_vendor=False)
    a_life()
    made = {one.rule.trigger for one in Touchpoint.objects.select_related("rule")}
    assert made == RULES.keys()


def test_nobody_switches_one_on(only_rules_of_a_vendor):
    rule = PlaybookRule.objects.get(name="visit_booked")
    PlaybookRule.objects.filter(id=rule.id).update(is_on=False)
    with pytest.raises(DomainError, match="A vendor pays for this contact"):
        switch_rule(rule_id=rule.id, is_on=True)
