"""A log line holds ids, numbers, codes, kinds of errors and places: none of the words of a row or of a person."""

import io
import json
import logging
import sys

import pytest
import structlog
from django.conf import settings
from django.db import IntegrityError, connection
from django.test import RequestFactory

from infra import observability

NAME = "Zebulon-Quartermain"


@pytest.fixture
def lines():
    """What is logged from now on, as the product writes it; lines() reads it."""
    stream = io.StringIO()
    hooks = sys.excepthook
    observability.configure_logging({"level": "DEBUG"})
    for handler in logging.getLogger().handlers:
        assert isinstance(handler, logging.StreamHandler)
        handler.setStream(stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    observability.configure_logging(settings.LOGGING)
    sys.excepthook = hooks


def fail() -> None:
    raise ValueError(f"{NAME} is no number")


def test_an_error_keeps_its_kind_and_its_place_and_loses_its_words(lines):
    try:
        fail()
    except ValueError:
        logging.getLogger("any").exception("It failed")
    (line,) = lines()
    assert line["event"] == "It failed"
    assert line["exception"].splitlines()[0] == "ValueError"
    assert "tests/infra/test_log_lines.py:" in line["exception"]
    assert " in fail" in line["exception"]
    assert NAME not in json.dumps(line)


def test_errors_that_led_to_it_are_told_without_their_words_too(lines):
    try:
        try:
            fail()
        except ValueError as error:
            raise ExceptionGroup(NAME, [KeyError(NAME), OSError(2, NAME)]) from error
    except ExceptionGroup:
        structlog.get_logger("ours").exception("it.failed")
    (line,) = lines()
    kinds = [row for row in line["exception"].splitlines() if not row.startswith(" ")]
    assert kinds == ["ValueError", "ExceptionGroup", "KeyError", "FileNotFoundError (ENOENT)"]
    assert NAME not in json.dumps(line)


def test_what_the_database_refused_is_told_by_its_code_and_constraint(lines, person):
    try:
        person("Olivia").__class__.objects.create(email="OLIVIA@example.com", name=NAME)
    except IntegrityError:
        logging.getLogger("any").exception("It failed")
    told = lines()[-1]["exception"]
    assert told.startswith("psycopg.errors.UniqueViolation (23505 ")
    assert "olivia" not in told.lower()


@pytest.mark.parametrize("given", [NAME, [NAME], {"name": NAME}, f"two words {NAME}", NAME.encode(), "ana@example.com"])
def test_what_a_library_puts_into_its_line_is_kept_out(lines, given):
    logging.getLogger("library").warning("working on %s of %r: %d", given, "task.name", 7)
    assert lines()[0]["event"] == "working on [kept out] of 'task.name': 7"


def test_an_error_as_a_word_of_the_line_becomes_its_kind(lines):
    error = ValueError(NAME)
    logging.getLogger("library").error("failed: %s", error)
    logging.getLogger("library").error("failed: %(exc)s", {"exc": repr(error)})
    logging.getLogger("library").error(error)
    assert [line["event"] for line in lines()] == ["failed: ValueError", "failed: ValueError", "ValueError"]


def test_an_errors_words_in_a_finished_message_are_kept_out(lines):
    try:
        fail()
    except ValueError as error:
        logging.getLogger("library").exception(f"failed because {error}")
    assert lines()[0]["event"] == "failed because [kept out]"


def test_our_own_lines_hold_codes_only(lines):
    structlog.get_logger("ours").warning("outbox.failed", kind="visit.booked", number=7, name=NAME)
    (line,) = lines()
    assert (line["kind"], line["number"], line["name"]) == ("visit.booked", 7, "[kept out]")


def test_a_request_is_named_by_the_address_as_we_wrote_it(lines, sign_in, stranger_client):
    sign_in("Olivia", at="aurora").get(f"/patients/{NAME}/?q={NAME}")
    request = RequestFactory().get(f"/{NAME}")
    logging.getLogger("django.request").warning("Not Found: %s", request.path, extra={"request": request})
    assert [line["event"] for line in lines() if line["logger"] == "django.request"] == [
        "404 GET no such address",
        " GET no such address",
    ]
    assert NAME not in json.dumps(lines())


def test_statements_are_not_logged_however_talkative_the_log_is(lines, db):
    logging.getLogger("django").setLevel(logging.DEBUG)
    connection.force_debug_cursor = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s", [NAME])
    connection.force_debug_cursor = False
    logging.getLogger("django.db.backends").debug("SELECT 1")
    assert lines() == []


def test_django_has_no_handler_of_its_own(lines):
    assert logging.getLogger("django").handlers == []


def test_what_nobody_caught_is_logged_instead_of_printed(lines, capsys):
    try:
        fail()
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
    assert [(line["event"], line["level"]) for line in lines()] == [("uncaught", "critical")]
    assert NAME not in json.dumps(lines()) + "".join(capsys.readouterr())
