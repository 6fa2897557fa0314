"""Each measure in full, the page as files, what others can learn, the quality of records, and the monthly reports."""

from datetime import date

from loyalty.models import MonthlyReport
from loyalty.reports.content import Content
from tests.permissions.roles import LEADERS, PUBLIC
from tests.rooms.body import Body
from tests.rooms.room import Room


def _records(_ids, now):
    content = Content((), (), (), "", None).as_json()
    report = MonthlyReport.objects.create(month=date(2026, 10, 1), content=content, made_at=now)
    return {"metric": "nps", "monthly_report_id": report.id}


ROOM = Room(
    practice={
        "measure": LEADERS,
        "data-quality": LEADERS,
        "benchmarks-table": LEADERS,
        "benchmarks-paper": LEADERS,
        "exposure": LEADERS,
        "exposure-table": LEADERS,
        "reports": LEADERS,
        "reports-mail": LEADERS,
        "reports-stop": PUBLIC,
        "report": LEADERS,
    },
    records=_records,
    bodies={"reports-mail": Body({"wanted": "yes"})},
)
