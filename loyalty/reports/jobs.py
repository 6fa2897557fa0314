"""When reports are made: after a release, and every day for whatever a crash or a full mailbox left behind."""

from django.utils import timezone

from core.jobs import network_job, practice_job
from core.tenancy.scope import current_practice
from loyalty.reports.make import make_report
from tenants.everywhere import enqueue_everywhere
from tenants.report_mail import mail_report


@practice_job("reports.make")
def make() -> int:
    """Make the practice's report of the latest released month and announce it; returns how many mails it took."""
    report = make_report(practice=current_practice(), now=timezone.now())
    if report is None:
        return 0
    return mail_report(practice=current_practice(), month=report.month, words=f"{report.month:%B %Y}")


@network_job("reports.make_all")
def make_all() -> int:
    """Ask every active practice to; returns how many there are."""
    return enqueue_everywhere(make)
