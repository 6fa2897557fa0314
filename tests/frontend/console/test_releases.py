"""The release calendar: what waits, what went out, what was corrected, and who decides."""

from datetime import UTC, date, datetime

import pytest

from core.models import NetworkEntry
from loyalty.benchmarks.models import LastContribution, MonthClose, MonthDecision
from tests.benchmarks.network import practices
from tests.frontend.console.test_released_figures import release

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
SETTLED = datetime(2026, 12, 4, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _november_waits(db, time_machine):
    time_machine.move_to(SETTLED, tick=False)
    MonthClose.objects.create(month=OCTOBER, closed_at=datetime(2026, 11, 15, 16, tzinfo=UTC))


@pytest.fixture
def nora(sign_in):
    return sign_in("Nora", at="")


@pytest.fixture
def ana(sign_in):
    return sign_in("Ana", at="")


def test_what_waits_says_who_has_reported_and_when_it_goes_out(nora, words):
    done = practices(12)
    LastContribution.objects.bulk_create(LastContribution(practice=p, month=NOVEMBER, at=SETTLED) for p in done[1:])
    page = words(nora.get("/releases/"))
    assert "November 2026 Waits for Dec 15, 2026" in page
    assert "11 of 12 practices that signed. Not yet: Practice 0." in page
    assert "December 2026 Collecting Can be approved from Jan 3, 2027 on. Goes out on Jan 15, 2027." in page


def test_the_admin_approves_and_it_goes_out(nora, words):
    answer = nora.post("/releases/2026-11/approval/", follow=True)
    assert "Approved. Members see it within minutes." in words(answer)
    assert "Nora" in MonthDecision.objects.get(kind="approved").by_name
    assert NetworkEntry.objects.get(verb="month.approved").detail == {"month": "2026-11"}


def test_the_admin_holds_with_a_reason_and_can_still_approve(nora, words):
    page = nora.get("/releases/2026-11/hold/")
    assert "Does not go out on Dec 15, 2026" in words(page)
    given = {"reason": "quality", "note": "Two exports came twice."}
    answer = words(nora.post("/releases/2026-11/hold/", given, follow=True))
    assert "Held. It goes out when somebody approves it, and not before." in answer
    assert "figures of some practices look wrong. “Two exports came twice.”" in answer
    assert "Approve November 2026" in answer
    assert "Hold November 2026" not in answer


def test_without_a_reason_nothing_is_held_and_nothing_typed_is_lost(nora, words):
    answer = nora.post("/releases/2026-11/hold/", {"reason": "", "note": "Two exports came twice."})
    assert answer.status_code == 422
    assert "Choose why the month is held." in words(answer)
    assert "Two exports came twice." in words(answer)
    assert not MonthDecision.objects.exists()


def test_what_is_released_already_says_so(nora, words):
    answer = nora.post("/releases/2026-10/approval/")
    assert answer.status_code == 409
    assert "October 2026 is released. A release is corrected, never taken back." in words(answer)


def test_a_month_that_is_none_is_not_found(nora):
    for wrong in ("2026-13", "soon", "2026"):
        assert nora.post(f"/releases/{wrong}/approval/").status_code == 404
        assert nora.get(f"/releases/{wrong}/hold/").status_code == 404


def test_the_analyst_sees_and_does_not_decide(ana, words):
    page = ana.get("/releases/")
    assert "A network admin approves or holds it." in words(page)
    assert "/approval/" not in page.content.decode()
    assert "/hold/" not in page.content.decode()
    assert ana.post("/releases/2026-11/approval/").status_code == 404
    assert ana.post("/releases/2026-11/hold/", {"reason": "other"}).status_code == 404
    assert not MonthDecision.objects.exists()


def test_the_start_of_the_console_says_what_waits(nora, words):
    release()
    page = words(nora.get("/benchmarks/"))
    assert "November 2026 is ready to approve" in page
    assert "Approve or hold" in page


def test_corrections_say_version_reason_and_day_and_never_whose(nora, words):
    for metric in ("nps", "note_coverage"):
        release(metric=metric)
        release(metric=metric, version=2, why="At least 5 practices corrected their figures.")
    page = words(nora.get("/releases/"))
    assert (
        "October 2026, version 2 At least 5 practices corrected their figures."
        " 2 figures: Net promoter score, Thanked by hand within 48 hours. Dec 4, 2026" in page
    )
