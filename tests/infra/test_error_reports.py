"""Error reports leave the house without a patient in them. A local sink takes what would be sent."""

import json

import pytest
import sentry_sdk
from sentry_sdk.transport import Transport

from infra import observability

NAME = "Zebulon-Quartermain"


class Sink(Transport):
    def __init__(self, options=None):
        super().__init__(options)
        self.sent: list[str] = []

    def capture_envelope(self, envelope):
        self.sent.append(envelope.serialize().decode(errors="replace"))


@pytest.fixture
def sink(monkeypatch):
    sink = Sink()
    real = sentry_sdk.init
    monkeypatch.setattr(observability.sentry_sdk, "init", lambda **options: real(**options, transport=sink))
    yield sink
    real(dsn=None)


def fail_with(value: str) -> None:
    local = value  # a local variable that a report could carry
    raise RuntimeError(f"Key (given_name)=({local}) already exists")


def start() -> None:
    observability.start_error_reports(dsn="http://key@127.0.0.1:1/1")


def test_without_an_address_nothing_is_started(sink):
    observability.start_error_reports(dsn="")
    sentry_sdk.capture_message("x")
    assert sink.sent == []


def test_an_exception_is_reported_without_its_words_or_variables(sink):
    start()
    try:
        fail_with(NAME)
    except RuntimeError as error:
        sentry_sdk.capture_exception(error)
    (report,) = sink.sent
    assert NAME not in report
    assert "RuntimeError" in report
    assert "test_error_reports.py" in report


def test_a_failing_page_is_reported_without_what_was_asked(sink, stranger_client, aurora, monkeypatch):
    start()
    monkeypatch.setattr("infra.health._database_answers", lambda: fail_with(NAME))
    client = stranger_client("aurora")
    client.raise_request_exception = False
    answer = client.get(f"/health/?name={NAME}", headers={"cookie": f"name={NAME}", "x-name": NAME})
    assert answer.status_code == 500
    assert NAME not in answer.content.decode()
    report = "".join(sink.sent)
    assert "RuntimeError" in report
    assert NAME not in report
    assert f'"practice":"{aurora.id}"' in report


def test_what_was_logged_on_the_way_is_not_sent(sink):
    start()
    sentry_sdk.add_breadcrumb(message=f"looked up {NAME}")
    sentry_sdk.set_user({"username": NAME})
    sentry_sdk.set_extra("patient", NAME)
    sentry_sdk.capture_message("something")
    assert NAME not in "".join(sink.sent)
    assert "something" in "".join(sink.sent)


def test_the_scrubber_is_what_removes_it(sink, monkeypatch):
    """The guard taken away: without it the name is in the report."""
    monkeypatch.setattr(observability, "scrub", lambda event, _hint: event)
    start()
    try:
        fail_with(NAME)
    except RuntimeError as error:
        sentry_sdk.capture_exception(error)
    assert NAME in json.dumps(sink.sent)
