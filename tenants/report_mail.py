"""Who is told by mail that a monthly report is ready: off until a person switches it on; a link in each mail ends it.

No figure is in the mail, only where to read it after signing in.
"""

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import Q, QuerySet

from core import audit
from core.errors import NotFound
from core.messages.result import Accepted, TryAgain
from core.tenancy.scope import PracticeRef, control_plane, practice_scope
from tenants import hosts, mail
from tenants.models import Membership, Practice
from tenants.permissions import ALLOWED, Verb

# Where the portal answers them (frontend/portal/benchmarks/urls.py); links in sent mail must work for years.
READ, STOP = "/benchmarks/reports/", "/benchmarks/reports/stop/{token}/"


def wants_reports(*, practice: PracticeRef, person_id: UUID | None) -> bool:
    with control_plane():
        return _mine(practice, person_id).filter(wants_reports=True).exists()


def want_reports(*, practice: PracticeRef, person_id: UUID | None, wanted: bool, latest: date | None) -> None:
    """Switch the mail on or off, for the caller's own membership. latest: the last report they can read already.

    Raises NotFound (no_membership) for somebody who does not belong here. Safe to do twice.
    """
    with control_plane(), transaction.atomic():
        mine = _mine(practice, person_id).select_for_update().first()
        if mine is None:
            raise NotFound("no_membership", "You do not belong to this practice.")
        _switch(practice, mine, wanted=wanted, latest=latest)


def stop_reports(*, membership_id: UUID) -> None:
    """The link in a mail was used. Safe to do twice; raises NotFound for a membership that is gone."""
    with control_plane(), transaction.atomic():
        found = Membership.objects.select_related("practice").select_for_update(of=("self",)).filter(id=membership_id)
        membership = found.first()
        if membership is None:
            raise NotFound("no_membership", "There is nothing to stop any more.")
        # The link was mailed to them alone: whoever brings it speaks for them.
        me = replace(audit.current_asker(), id=membership.person_id, role=membership.role)
        with audit.asking(me):
            _switch(membership.practice.ref, membership, wanted=False, latest=None)


def is_stopped(*, membership_id: UUID) -> bool:
    with control_plane():
        return not Membership.objects.filter(id=membership_id, wants_reports=True).exists()


def mail_report(*, practice: PracticeRef, month: date, words: str) -> int:
    """Tell everybody who asked for it and was not told of this month yet; returns how many mails were taken.

    words: the month as people say it. A server that does not answer is tried again the next time this runs.
    """
    with control_plane():
        if not Practice.objects.filter(id=practice.id, status=Practice.Status.ACTIVE).exists():
            return 0
        return sum(_tell(practice, id, month, words) for id in _to_tell(practice, month).values_list("id", flat=True))


def link_for(membership_id: UUID, practice: PracticeRef) -> str:
    return hosts.url_of(practice.slug, STOP.format(token=_signer(practice).sign(membership_id.hex)))


def membership_of(token: str, practice: PracticeRef) -> UUID | None:
    """Whose mail a link stops; None for one that we did not sign for this practice. Asks nothing of the database."""
    try:
        return UUID(_signer(practice).unsign(token))
    except (BadSignature, ValueError):
        return None


def _switch(practice: PracticeRef, membership: Membership, *, wanted: bool, latest: date | None) -> None:
    if membership.wants_reports == wanted:
        return
    membership.wants_reports = wanted
    if wanted:
        membership.told_of_report = latest
    membership.save(update_fields=["wants_reports", "told_of_report", "updated_at"])
    verb = "report_mail.started" if wanted else "report_mail.stopped"
    with practice_scope(practice):
        audit.record(verb, subject=membership)


def _to_tell(practice: PracticeRef, month: date) -> QuerySet[Membership]:
    return Membership.objects.filter(
        Q(told_of_report__isnull=True) | Q(told_of_report__lt=month),
        practice_id=practice.id,
        ended_at__isnull=True,
        wants_reports=True,
        role__in=ALLOWED[Verb.BENCHMARKS_VIEW],
        person__is_active=True,
    )


def _tell(practice: PracticeRef, membership_id: UUID, month: date, words: str) -> bool:
    """Under a lock, so that two jobs at once send one mail."""
    with transaction.atomic():
        locked = _to_tell(practice, month).select_related("person").select_for_update(of=("self",))
        membership = locked.filter(id=membership_id).first()
        if membership is None:
            return False
        stop = link_for(membership.id, practice)
        context = {"place": practice.name, "month": words, "link": hosts.url_of(practice.slug, READ), "stop": stop}
        try:
            result = mail.send(to=membership.person.email, template="monthly_report", context=context, stop=stop)
        except OSError:
            # A folder that cannot be written to, a server that does not answer.
            result = TryAgain("unreachable")
        if isinstance(result, TryAgain):
            return False
        # Also where it was refused: an address that takes no mail is not asked again every day.
        membership.told_of_report = month
        membership.save(update_fields=["told_of_report", "updated_at"])
        return isinstance(result, Accepted)


def _mine(practice: PracticeRef, person_id: UUID | None) -> QuerySet[Membership]:
    if person_id is None:
        return Membership.objects.none()
    return Membership.objects.filter(practice_id=practice.id, person_id=person_id, ended_at__isnull=True)


def _signer(practice: PracticeRef) -> Signer:
    return Signer(sep=".", salt=f"tenants.report-mail.{practice.id}")
