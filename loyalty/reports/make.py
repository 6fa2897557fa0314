"""Make the report of the latest released month, once."""

from datetime import datetime

from django.db import transaction

from core import audit
from core.tenancy.scope import PracticeRef
from loyalty.benchmarks.read import latest_closed, where_you_stand
from loyalty.models import MonthlyReport
from loyalty.reports.compose import compose


def make_report(*, practice: PracticeRef, now: datetime) -> MonthlyReport | None:
    """The report of the latest released month, made if it is not there. Runs inside the practice's scope.

    None where no month is released, or where the practice has nothing to report on yet. Safe to run twice, and at once:
    the first one stands, and it stays as it was made.
    """
    latest = latest_closed()
    # Asked every day: on all but one there is nothing to compose.
    kept = MonthlyReport.objects.filter(month=latest.first).first() if latest else None
    if kept is not None:
        return kept
    standing = where_you_stand(practice=practice)
    content = compose(standing.standings)
    if standing.month is None or content is None:
        return None
    with transaction.atomic():
        report, made = MonthlyReport.objects.get_or_create(
            month=standing.month.first, defaults={"content": content.as_json(), "made_at": now}
        )
        if made:
            audit.record("report.made", subject=report, detail={"month": str(standing.month)})
    return report
