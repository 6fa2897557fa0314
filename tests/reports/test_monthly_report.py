"""Monthly reports: made once a month, kept as they were, and announced to whoever asked for it."""

from datetime import date

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction

from core.audit.models import Entry
from core.tenancy.scope import control_plane, practice_scope
from infra.celery import app
from loyalty.benchmarks.models import MonthClose
from loyalty.models import Figure, MonthlyReport
from loyalty.reports.jobs import make
from loyalty.reports.make import make_report
from tenants.models import Membership, Practice
from tenants.report_mail import link_for, mail_report, want_reports

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


def keep(month, now, value=60):
    Figure.objects.create(
        metric="nps", definition_version=1, month=month, numerator=value, denominator=100, n=100, patients=100,
        value=value, low=value - 5, high=value + 5, computed_at=now,
    )  # fmt: skip


@pytest.fixture
def released(aurora, now):
    MonthClose.objects.create(month=OCTOBER, closed_at=now)
    with practice_scope(aurora):
        keep(OCTOBER, now)


@pytest.fixture
def run(aurora):
    """The job, as a worker runs it; returns how many mails were taken."""
    return lambda: make.apply(kwargs={"practice_id": str(aurora.id)}).get()


@pytest.fixture
def wants(aurora, person):
    def switch(name, wanted=True, latest=None):
        want_reports(practice=aurora, person_id=person(name).id, wanted=wanted, latest=latest)

    return switch


def test_it_is_made_once_and_stays_as_it_was(aurora, released, now):
    with practice_scope(aurora):
        first = make_report(practice=aurora, now=now)
        Figure.objects.update(value=90)
        again = make_report(practice=aurora, now=now)
        assert (again.id, again.made_at) == (first.id, now)
        assert again.content["headlines"][0]["value"] == 60
        assert Entry.objects.filter(verb="report.made").count() == 1


def test_the_database_keeps_one_a_month(aurora, released, now):
    with practice_scope(aurora):
        first = make_report(practice=aurora, now=now)
        with pytest.raises(IntegrityError), transaction.atomic():
            MonthlyReport.objects.create(month=first.month, content={}, made_at=now)


def test_before_a_release_and_without_a_figure_there_is_none(aurora, now):
    with practice_scope(aurora):
        assert make_report(practice=aurora, now=now) is None
    MonthClose.objects.create(month=OCTOBER, closed_at=now)
    with practice_scope(aurora):
        assert make_report(practice=aurora, now=now) is None


def test_nobody_is_mailed_who_did_not_ask(released, run):
    assert run() == 0
    assert mail.outbox == []


def test_whoever_asked_is_told_once_without_a_figure(aurora, released, run, wants, person):
    wants("Olivia")
    assert run() == 1
    assert run() == 0
    (letter,) = mail.outbox
    assert letter.to == [person("Olivia").email]
    assert letter.subject == "Your report of October 2026 is ready"
    assert "http://aurora.perennial.localhost:8000/benchmarks/reports/" in letter.body
    stop = link_for(Membership.objects.get(person=person("Olivia"), practice_id=aurora.id).id, aurora)
    assert stop in letter.body
    # Its token is drawn by chance and may hold any digits.
    assert not any(figure in letter.body.replace(stop, "") for figure in ("60", "nps", "promoter"))
    assert letter.extra_headers["List-Unsubscribe"] == f"<{stop}>"
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_each_asks_alone_and_managers_may(released, run, wants, person):
    wants("Martin")
    wants("Priya")
    assert run() == 1
    assert [letter.to for letter in mail.outbox] == [[person("Martin").email]], "a provider sees no benchmarks"


def test_whoever_switches_it_on_is_told_of_the_next_one(aurora, released, run, wants, now):
    run()
    wants("Olivia", latest=OCTOBER)
    assert run() == 0
    MonthClose.objects.create(month=NOVEMBER, closed_at=now)
    with practice_scope(aurora):
        keep(NOVEMBER, now)
    assert run() == 1


def test_what_a_server_did_not_take_is_tried_again(released, run, wants, settings):
    wants("Olivia")
    wants("Martin")
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.Silent"
    assert run() == 0
    settings.EMAIL_BACKEND = backend
    assert run() == 2


def test_nobody_is_mailed_after_leaving_or_in_a_practice_that_is_closed(aurora, released, run, wants, person, now):
    wants("Martin")
    with control_plane():
        Practice.objects.filter(id=aurora.id).update(status="suspended")
    assert mail_report(practice=aurora, month=OCTOBER, words="October 2026") == 0
    with control_plane():
        Practice.objects.filter(id=aurora.id).update(status="active")
        Membership.objects.filter(person=person("Martin")).update(ended_at=now)
    assert run() == 0


def test_the_link_in_the_mail_stops_it_with_one_press(aurora, released, run, wants, person, stranger_client):
    wants("Olivia")
    member = Membership.objects.get(person=person("Olivia"), practice_id=aurora.id)
    path = link_for(member.id, aurora).partition(":8000")[2]
    anybody = stranger_client("aurora")
    assert anybody.get(path).status_code == 200
    assert run() == 1, "opening the link stops nothing"
    anybody.handler.enforce_csrf_checks = True
    assert anybody.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    member.refresh_from_db()
    assert not member.wants_reports
    with practice_scope(aurora):
        assert Entry.objects.filter(verb="report_mail.stopped").count() == 1
    assert stranger_client("borealis").post(path).status_code == 404
    assert anybody.post("/benchmarks/reports/stop/made-up.token/").status_code == 404


def test_a_worker_knows_the_job_and_runs_it_every_day():
    assert {"reports.make", "reports.make_all", "benchmarks.release_due"} <= app.tasks.keys()
    assert "reports.make_all" in {one["task"] for one in app.conf.beat_schedule.values()}


class Silent(BaseEmailBackend):
    """A server that does not answer."""

    def send_messages(self, _messages):
        raise ConnectionError
