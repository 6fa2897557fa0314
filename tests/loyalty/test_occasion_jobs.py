"""Every day, one job a practice plans the contacts for personal days, in that practice and nowhere else."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from core.tenancy.scope import practice_scope
from loyalty.models import Location, Touchpoint, TouchpointKind
from loyalty.occasions.jobs import plan_in_practice
from loyalty.patients.enrol import enrol
from loyalty.touchpoints.playbook import install_default_playbook
from loyalty.visits.book import book


def test_a_practice_plans_for_its_own_patients_only(aurora, borealis):
    now = timezone.now()
    for practice in (aurora, borealis):
        with practice_scope(practice):
            install_default_playbook()
            location = Location.objects.get()
            soon = now.astimezone(ZoneInfo(location.time_zone)).date() + timedelta(days=3)
            someone = enrol(given_name="Ana", family_name="", birth=(1976, soon.month, soon.day), now=now)
            book(patient_id=someone.id, location_id=location.id, starts_at=now + timedelta(days=2), now=now)
    assert plan_in_practice(practice_id=str(aurora.id)) == 1
    planned = Touchpoint.objects.filter(kind=TouchpointKind.OCCASION)
    with practice_scope(aurora):
        assert planned.count() == 1
    with practice_scope(borealis):
        assert planned.count() == 0
