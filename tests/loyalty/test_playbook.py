"""The rules a practice starts with."""

from loyalty.models import PlaybookRule, Trigger
from loyalty.touchpoints.playbook import install_default_playbook


def test_the_five_steps_are_there_in_their_order(in_aurora):
    PlaybookRule.objects.all().delete()
    assert install_default_playbook() == 7
    rules = [(rule.trigger, rule.kind, rule.delay, rule.delay_unit, rule.role) for rule in PlaybookRule.objects.all()]
    assert rules == [
        (Trigger.VISIT_BOOKED, "preview", -2, "working_days", "front_desk"),
        (Trigger.VISIT_COMPLETED, "note", 48, "hours", "provider"),
        (Trigger.OCCASION, "occasion", -4, "days", "provider"),
        (Trigger.FEEDBACK, "recovery", 1, "working_days", "manager"),
        (Trigger.NO_SHOW, "check_in", 1, "working_days", "front_desk"),
        (Trigger.INQUIRY, "first_call", 1, "working_days", "front_desk"),
        (Trigger.DRIFTING, "check_in", 1, "working_days", "front_desk"),
    ]
    assert all(rule.is_on and not rule.funded_by_vendor for rule in PlaybookRule.objects.all())


def test_what_a_practice_changed_is_left_alone(in_aurora):
    PlaybookRule.objects.all().delete()
    install_default_playbook()
    changed = PlaybookRule.objects.get(kind="note")
    changed.delay, changed.is_on = 24, False
    changed.save()
    PlaybookRule.objects.filter(trigger=Trigger.NO_SHOW).delete()
    assert install_default_playbook() == 1
    kept = PlaybookRule.objects.get(kind="note")
    assert (kept.delay, kept.is_on, PlaybookRule.objects.count()) == (24, False, 7)
