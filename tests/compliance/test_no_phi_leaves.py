"""No patient's data leaves the practice's schema: not by a page, a job, a failure or a message, on any of the ways out.

Every field of every model holds a value that occurs nowhere else; then everything is done that can be done, and
everything that left the process is searched for those values.
"""

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, time, timedelta
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.db import IntegrityError, connection, connections, transaction
from django.db.backends.utils import CursorWrapper
from django.template.base import Template
from django.utils import timezone

from core import audit
from core.outbox import consumers
from core.outbox.consumers import consumer
from core.outbox.deliver import deliver
from core.outbox.models import Event
from core.tenancy.scope import PracticeRef, practice_scope
from infra.celery import app
from loyalty.benchmarks.models import Association, MonthClose
from loyalty.models import Message
from loyalty.patients.enrol import enrol
from tests import places
from tests.compliance.phi import canaries
from tests.compliance.phi.canaries import EMAIL, MARK, WORDS
from tests.compliance.phi.house import House, a_house_of_canaries, visit_everything
from tests.compliance.phi.sinks import Left, empty_valkey, watched
from tests.intake.exports import encounter, lines, patient, write

QUOTED = f'duplicate key value violates unique constraint "x" DETAIL: Key (family_name)=({WORDS}) already exists'
# The schema of the house that is shared, while it is there.
STANDING: list[str] = []
FAILING = ("portal/", "account/", "mfa/")


def open_months_again() -> None:
    """The nightly jobs close the month for good, and other tests tell of it."""
    MonthClose.objects.all().delete()
    # Nobody may delete these, not even their owner while the table is as it should be.
    table = Association._meta.db_table
    with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(f"DELETE FROM {table}")
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.fixture
def left() -> Iterator[Left]:
    empty_valkey()
    yield Left(apart=STANDING)
    empty_valkey()


@pytest.fixture(scope="module")
def standing(django_db_setup, django_db_blocker) -> Iterator[tuple[House, list[str]]]:
    """One house for whoever takes from it only what no later test asks for; and what left while it was furnished."""
    with django_db_blocker.unblock(), ExitStack() as until_the_end, audit.asking(audit.Asker.operator("test")):
        empty_valkey()
        left, place, next_door = Left(), places.open_place(), places.open_place()
        until_the_end.callback(places.drop_place, place)
        until_the_end.callback(places.drop_place, next_door)
        with pytest.MonkeyPatch.context() as patch, watched(left, patch):
            house = until_the_end.enter_context(a_house_of_canaries(place, next_door))
        STANDING.append(place.schema_name)
        until_the_end.callback(STANDING.clear)
        yield house, left.with_a_canary(place)
        open_months_again()


@pytest.fixture
def house(committed, standing, left: Left, monkeypatch) -> Iterator[House]:
    with watched(left, monkeypatch):
        yield standing[0]


@pytest.fixture
def own_house(open_place, left: Left, monkeypatch) -> Iterator[House]:
    """For whoever leaves it in disorder. Everything is watched from before it is furnished."""
    place, next_door = open_place(), open_place()
    with watched(left, monkeypatch), a_house_of_canaries(place, next_door) as one:
        yield one
    open_months_again()


def test_every_field_that_could_hold_words_holds_a_canary(house):
    assert canaries.fields_without_a_canary(house.rows) == []
    with practice_scope(house.place):
        for row in house.rows:
            row.refresh_from_db()
    assert canaries.fields_without_a_canary(house.rows) == []
    assert len(house.rows) == len(canaries.practice_models()) > 25


def test_what_furnished_the_house_let_nothing_out(standing):
    assert standing[1] == []


@pytest.mark.slow
def test_no_page_lets_anything_out(own_house, left):
    visit_everything(own_house, left)
    with practice_scope(own_house.place):
        assert Event.objects.filter(kind="patient.enrolled").count() > 1, "the forms were sent in earnest"
    assert '"event": "404 GET' in left.lines.getvalue()
    assert left.with_a_canary(own_house.place) == []


@pytest.mark.slow
def test_no_page_that_fails_while_it_is_shown_lets_anything_out(own_house, left, monkeypatch):
    real = Template.render

    def render(template, context):
        if (template.name or "").startswith(FAILING):
            raise RuntimeError(WORDS)
        return real(template, context)

    monkeypatch.setattr(Template, "render", render)
    ask_for_everything(own_house, left)
    assert_failed_and_nothing_left(own_house, left, "RuntimeError")


@pytest.mark.slow
def test_no_page_whose_statement_fails_lets_anything_out(own_house, left):
    def fail(execute, sql, params, many, context):
        if "loyalty_" in sql:
            raise IntegrityError(QUOTED) from ValueError(WORDS)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fail):
        ask_for_everything(own_house, left)
    assert_failed_and_nothing_left(own_house, left, "django.db.utils.IntegrityError")


def test_no_row_that_the_database_quotes_in_its_refusal_leaves(house, left):
    with as_the_owner_of(house.place) as cursor:
        cursor.execute(
            "CREATE FUNCTION quote_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " RAISE EXCEPTION 'Key (family_name)=(%) already exists', NEW.family_name"
            " USING ERRCODE = 'unique_violation', CONSTRAINT = 'quoting', DETAIL = NEW.given_name; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER quoting BEFORE INSERT ON loyalty_patient FOR EACH ROW EXECUTE FUNCTION quote_it()"
        )
    answer = house.owner_client().post("/patients/new/", {"given_name": MARK, "family_name": WORDS})
    with as_the_owner_of(house.place) as cursor:
        cursor.execute("DROP TRIGGER quoting ON loyalty_patient; DROP FUNCTION quote_it()")
    left.answered(answer, to_stranger=False)
    assert answer.status_code == 500
    assert_failed_and_nothing_left(house, left, "psycopg.errors.UniqueViolation (23505 quoting)")


def test_no_job_and_no_message_lets_anything_out(house, left):
    with time_machine.travel(tomorrow_by_day()):
        run_every_job(house)
    assert EMAIL.lower() in [to.lower() for sent in mail.outbox for to in sent.to], "the patient was written to"
    assert "succeeded" in left.lines.getvalue()
    assert left.with_a_canary(house.place) == []


def test_no_message_that_is_refused_lets_anything_out(own_house, left, settings):
    settings.EMAIL_BACKEND = f"{__name__}.{Quoting.__name__}"
    with time_machine.travel(tomorrow_by_day()):
        run_every_job(own_house)
    with practice_scope(own_house.place):
        assert Message.objects.get(id=own_house.ids["message_id"]).attempts == 1
    assert left.with_a_canary(own_house.place) == []


def test_no_job_that_fails_lets_anything_out(house, left, monkeypatch):
    def fail(*_given, **_named):
        raise RuntimeError(WORDS)

    def answer_with_words(*_given, **_named):
        return [WORDS]

    for job in our_jobs():
        monkeypatch.setattr(job, "run", fail)
    run_every_job(house)
    for job in our_jobs():
        monkeypatch.setattr(job, "run", answer_with_words)
    run_every_job(house)
    assert_failed_and_nothing_left(house, left, "RuntimeError")


def test_no_event_whose_consumer_fails_lets_anything_out(house, left, monkeypatch):
    monkeypatch.setattr(consumers, "_consumers", {})

    @consumer("patient.enrolled")
    def fail(_happened):
        raise RuntimeError(WORDS)

    with practice_scope(house.place):
        enrol(given_name=MARK, family_name=WORDS, now=timezone.now())
        deliver(most=1000)
        assert Event.objects.filter(failure="RuntimeError").exists()
    assert "outbox.failed" in left.lines.getvalue()
    assert left.with_a_canary(house.place) == []


def test_an_import_says_what_was_wrong_in_its_report_alone(house, left, tmp_path):
    """The report is a file that only whoever imports may read (tests/intake/test_error_report.py)."""
    bad = [patient(f"{MARK}-1", name=[]), patient(f"{MARK}-2", birthDate=WORDS), encounter(of=f"{MARK}-9")]
    good = patient(
        f"{MARK}-3", name=[{"family": f"{MARK}son", "given": [MARK]}], telecom=[{"system": "email", "value": EMAIL}]
    )
    write(tmp_path, a_ndjson=lines(good, *bad))
    out, report = StringIO(), tmp_path / "errors.csv"
    given = ["--practice", house.place.slug, "--errors", str(report)]
    call_command("import_fhir", str(tmp_path), *given, stdout=out, stderr=out)
    left.printed.append(out.getvalue())
    assert MARK in report.read_text()
    assert left.with_a_canary(house.place) == []


def test_a_canary_that_leaves_is_found_on_every_way_out(own_house, left):
    """The guards taken away, one canary is let out on each way: the search sees all of them."""
    logging.getLogger("tests").warning(WORDS)
    left.reports.sent.append(WORDS)
    left.printed.append(WORDS)
    left.answered(own_house.strangers()["nobody"][1].get("/"), to_stranger=True)
    left.answers.append(WORDS)
    app.send_task("tests.unknown", kwargs={"name": WORDS})
    with transaction.atomic():
        own_house.admin.name = WORDS
        own_house.admin.save()
    session = own_house.owner_client().session
    session["looked_for"] = WORDS
    session.save()
    with practice_scope(own_house.place), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO outbox_event (kind, record_kind, record_id, ids) VALUES ('a.b', %s, %s, '{}')",
            [MARK, own_house.place.id],
        )
    ways = {found.split(":")[0] for found in left.with_a_canary(own_house.place)}
    assert ways == {
        "logs", "error reports", "answers", "printed", "valkey", "tables", "sessions", "trail and outbox",
    }  # fmt: skip


@contextmanager
def as_the_owner_of(place: PracticeRef) -> Iterator[CursorWrapper]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(f'SET search_path = "{place.schema_name}", public')
        yield cursor
        cursor.execute("SET search_path = public")


class Quoting(BaseEmailBackend):
    """A provider that quotes the address in its refusal."""

    def send_messages(self, email_messages):
        raise ConnectionError(f"{email_messages[0].to} {WORDS}")


def tomorrow_by_day() -> datetime:
    """Eleven or twelve where the patient is: nothing is held for the night."""
    return datetime.combine(datetime.now(UTC).date() + timedelta(days=1), time(19), tzinfo=UTC)


def our_jobs():
    return [job for name, job in app.tasks.items() if hasattr(job, "is_practice_job") and not name.startswith("tests.")]


def run_every_job(house: House) -> None:
    """As a worker would, and with what each wants to know."""
    for job in our_jobs():
        given = {"practice_id": str(house.place.id)} if job.is_practice_job else {}
        if job.name == "messages.send":
            given["message_id"] = str(house.ids["message_id"])
        job.apply(kwargs=given)


def ask_for_everything(house: House, left: Left) -> None:
    owner = house.owner_client()
    for path in house.paths():
        left.answered(owner.get(path), to_stranger=False)
        left.answered(house.owner_client().post(path, {"given_name": MARK, "family_name": WORDS}), to_stranger=False)


def assert_failed_and_nothing_left(house: House, left: Left, kind: str) -> None:
    assert kind in left.lines.getvalue(), "it failed, and the log says how"
    assert "".join(left.reports.sent).count('"type":') > 0, "it was reported"
    assert left.with_a_canary(house.place) == []
