"""Two at the same moment, each on a connection of their own: one message is sent once, and a cap holds."""

import json

import pytest

from core.messages.text import FILE_NAME
from core.tenancy.scope import practice_scope
from loyalty.messages.deliver import deliver
from loyalty.messages.queue import queue
from loyalty.models import Message
from tests.frontend.portal.messaging import asking, somebody
from tests.loyalty.test_two_at_once import overlapping


@pytest.fixture
def place(open_place):
    return open_place(time_zone="America/Los_Angeles")


def test_two_workers_with_one_message_send_it_once(place, settings, tmp_path, now):
    settings.TEXT_FOLDER = tmp_path
    with practice_scope(place):
        who = somebody(now)
        message = queue(patient_id=who.id, template_id=asking().id, by_person_id=None, now=now)

    def send():
        deliver(message_id=message.id, now=now)

    assert overlapping(place, send, send) == [None, None]
    with practice_scope(place):
        kept = Message.objects.get()
    assert (kept.state, kept.attempts) == ("sent", 1)
    assert len([json.loads(line) for line in (tmp_path / FILE_NAME).read_text().splitlines()]) == 1


def test_of_two_messages_at_once_the_second_finds_the_days_place_taken(place, now):
    with practice_scope(place):
        who, template = somebody(now), asking()

    def write():
        return queue(patient_id=who.id, template_id=template.id, by_person_id=None, now=now)

    first, second = overlapping(place, write, write)
    assert (first.state, second.state, second.rule) == ("queued", "refused", "day_cap")
