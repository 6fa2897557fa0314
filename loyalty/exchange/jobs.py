"""Nightly: what programs were answered is forgotten, practice by practice."""

from django.utils import timezone

from core.jobs import enqueue, network_job, practice_job
from core.tenancy.scope import practice_scope
from loyalty.exchange.answers import forget_answers
from loyalty.models import PartnerAnswer
from tenants.refs import active_practices


@practice_job("exchange.forget_answers")
def forget() -> int:
    """Returns how many answers went."""
    return forget_answers(now=timezone.now())


@network_job("exchange.forget_answers_everywhere")
def forget_everywhere() -> int:
    """Ask every active practice that has some to; returns how many those are."""
    asked = 0
    for practice in active_practices():
        with practice_scope(practice):
            if PartnerAnswer.objects.exists():
                enqueue(forget, practice_id=practice.id)
                asked += 1
    return asked
