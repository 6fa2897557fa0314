"""Choosing words, seeing whether they may go out, sending them; and what the log says afterwards."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from loyalty.messages.deliver import deliver
from loyalty.messages.receive import receive
from loyalty.models import Message, Patient
from tests.frontend.portal.messaging import asking, somebody

OURS = "+15035550100"


@pytest.fixture
def desk(sign_in):
    return sign_in("Frank", at="aurora")


@pytest.fixture
def marguerite(inside, now) -> Patient:
    with inside():
        return somebody(now)


@pytest.fixture
def template(inside):
    with inside():
        return asking()


def path(name, *args) -> str:
    return reverse(f"portal:{name}", urlconf="infra.urls_practice", args=args)


def test_the_words_and_whom_they_reach_are_shown_before(desk, marguerite, template, words):
    page = words(desk.get(path("message-new", marguerite.id), {"template": template.id}))
    assert "Hello Marguerite, thank you for coming. How was your visit?" in page
    assert "To Marguerite, +15035550148" in page
    assert "They agreed to this. It goes out at once." in page


def test_sent_it_is_on_the_patients_page_and_in_the_log(desk, marguerite, template, words, inside):
    sent = desk.post(path("message-new", marguerite.id), {"template_id": template.id})
    assert (sent.status_code, sent.headers["Location"]) == (
        303,
        f"{path('patient', marguerite.id)}?said=message-queued",
    )
    assert "On its way" in words(desk.get(path("patient", marguerite.id)))
    log = words(desk.get(path("messages")))
    assert "Marguerite Ellison" in log
    assert "How was your visit?" in log


def test_held_it_says_so(sign_in, inside, now, words):
    evening = now + timedelta(hours=12, minutes=30)  # 9:30 in the evening in Los Angeles
    with inside():
        who, template = somebody(now), asking()
    with time_machine.travel(evening, tick=False):
        night = sign_in("Frank", at="aurora")
        page = words(night.get(path("message-new", who.id), {"template": template.id}))
        assert "It waits until Tuesday, November 24, 8:00 am." in page
        sent = night.post(path("message-new", who.id), {"template_id": template.id})
        assert sent.headers["Location"].endswith("?said=message-held")
        assert "between 9 in the evening and 8 in the morning" in words(
            night.get(path("messages"), {"show": "waiting"})
        )


def test_without_consent_it_is_not_offered_and_refused_all_the_same(desk, inside, template, now, words):
    with inside():
        who = somebody(now, agreed=())
    page = words(desk.get(path("message-new", who.id), {"template": template.id}))
    assert "They have not agreed to this yet. Silence is no: ask them first." in page
    assert "Send it" not in page
    refused = desk.post(path("message-new", who.id), {"template_id": template.id})
    assert refused.status_code == 422
    assert "They have not agreed to this yet." in words(refused)
    log = words(desk.get(path("messages"), {"show": "not-sent"}))
    assert "Not sent They have not agreed to this yet." in log
    assert "Marguerite" not in words(desk.get(path("messages"), {"show": "sent"}))


def test_a_template_about_a_visit_says_that_none_is_booked(desk, marguerite, inside, words):
    with inside():
        confirmation = type(asking()).objects.get(kind="confirmation", channel="text")
    page = words(desk.get(path("message-new", marguerite.id), {"template": confirmation.id}))
    assert "none is booked" in page


def test_nothing_chosen_is_said(desk, marguerite, words):
    assert desk.post(path("message-new", marguerite.id), {}).status_code == 422


def test_the_log_goes_on_where_the_page_before_ended(desk, marguerite, inside, template, now, monkeypatch):
    monkeypatch.setattr("frontend.portal.messages.log.PAGE", 1)
    with inside():
        Message.objects.all().delete()
    for _ in range(2):
        desk.post(path("message-new", marguerite.id), {"template_id": template.id})
    with inside():
        older, newer = Message.objects.order_by("id").values_list("id", flat=True)
    first = desk.get(path("messages")).content.decode()
    assert f"before={newer}" in first
    assert f"before={older}" not in desk.get(path("messages"), {"before": newer}).content.decode()
    assert desk.get(path("messages"), {"before": "x"}).status_code == 404


def test_what_went_wrong_stands_in_words(desk, marguerite, inside, template, now, words):
    desk.post(path("message-new", marguerite.id), {"template_id": template.id})
    with inside():
        Patient.objects.filter(id=marguerite.id).update(deceased=True)
        deliver(message_id=Message.objects.get().id, now=now)
    assert "The patient has died. Nothing goes out." in words(desk.get(path("messages")))


def test_replies_are_shown_with_whose_number_it_was(desk, marguerite, inside, now, words):
    with inside():
        for n, body in enumerate(["Can I come at 5?", "STOP"]):
            receive(provider_id=f"SM{n}", sender="+15035550148", recipient=OURS, body=body, answered=False, now=now)
    page = words(desk.get(path("message-replies")))
    assert "Marguerite Ellison Can I come at 5?" in page
    assert "understood as Stop" in page
    assert "We answered: Aurora Aesthetics: you will get no more texts from us." in page
