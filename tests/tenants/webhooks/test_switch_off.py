"""An address that takes nothing for two days is switched off, and whoever should know is told."""

from datetime import timedelta

import pytest
from django.core import mail

from core.errors import Conflict
from tenants.webhooks.again import replay_missed
from tenants.webhooks.jobs import sweep
from tenants.webhooks.models import WebhookDelivery, WebhookEndpoint
from tenants.webhooks.switch_off import switch_off, switch_on
from tenants.webhooks.tell import tell as tell_by_mail
from tenants.webhooks.tell import to_be_told
from tenants.webhooks.waiting import TRIED_FOR, next_try, rest
from tests.tenants.trails import entries_at


def until_it_is_off(tell, clock, endpoint) -> int:
    """How many tries that took. Time passes as it does for the sweep: a little after each moment that is due."""
    tries = 0
    while True:
        tries += tell()
        endpoint.refresh_from_db()
        if endpoint.off_at is not None:
            return tries
        moment = WebhookDelivery.objects.filter(state="waiting").order_by("next_try_at").first().next_try_at
        clock.now = max(moment, endpoint.rests_until or moment)
        assert tries < 100


def test_it_is_tried_for_48_hours_ever_more_rarely_and_then_switched_off(happens, tell, receiver, clock, endpoint):
    receiver.usual = 500
    happens()
    begun = clock()
    assert 12 <= until_it_is_off(tell, clock, endpoint) <= 18
    assert TRIED_FOR <= clock() - begun < TRIED_FOR + timedelta(minutes=15)
    assert (endpoint.off_why, WebhookDelivery.objects.get().state) == ("failing", "failed")
    assert len(set(receiver.ids)) == 1


def test_what_waits_behind_it_is_not_delivered_either_and_nothing_new_is_queued(
    happens, tell, receiver, clock, endpoint, aurora
):
    receiver.usual = 500
    happens()
    clock.pass_by(hours=47)
    happens()
    until_it_is_off(tell, clock, endpoint)
    assert set(WebhookDelivery.objects.values_list("state", "problem")) == {
        ("failed", "refused"),
        ("failed", "switched_off"),
    }
    happens()
    assert WebhookDelivery.objects.count() == 2
    (entry,) = entries_at(aurora, "webhook.switched_off")
    assert entry.detail["why"] == "failing"


def test_one_thing_that_is_never_taken_does_not_switch_off_an_address_that_takes_others(
    happens, tell, receiver, clock, endpoint
):
    receiver.answers = [500]
    happens()
    tell()
    clock.pass_by(hours=49)
    receiver.answers = [204, 500]
    happens()
    WebhookDelivery.objects.filter(tries=1).update(next_try_at=clock())
    # The newer one came through first, since nothing holds up another record.
    WebhookEndpoint.objects.update(last_success_at=clock())
    receiver.answers = [500]
    tell()
    endpoint.refresh_from_db()
    assert endpoint.off_at is None
    assert list(WebhookDelivery.objects.order_by("number").values_list("state", flat=True)) == ["failed", "delivered"]


def test_one_that_says_gone_is_switched_off_at_once(happens, tell, receiver, endpoint):
    receiver.usual = 410
    happens()
    assert tell() == 1
    endpoint.refresh_from_db()
    assert endpoint.off_why == "gone"


class TestTelling:
    @pytest.fixture
    def off(self, happens, tell, receiver, endpoint):
        receiver.usual = 410
        happens()
        tell()
        return endpoint

    def test_owner_managers_and_its_maker_are_told_once_and_no_one_else(self, off, program, receiver):
        assert to_be_told() == [off.id]
        assert tell_by_mail(off.id)
        assert not tell_by_mail(off.id)
        assert to_be_told() == []
        sent = {message.to[0]: message for message in mail.outbox}
        assert set(sent) == {"olivia@example.com", "martin@example.com", program.contact_email}
        for message in sent.values():
            assert f"127.0.0.1:{receiver.port}" in message.body
            assert "/hooks" not in message.body
            assert "nobody listens there" in message.body or "410 Gone" in message.body

    def test_the_sweep_tells_what_was_not_told(self, off, monkeypatch):
        sent = []
        monkeypatch.setattr("tenants.webhooks.jobs.enqueue", lambda job, **ids: sent.append((job.name, ids)))
        sweep()
        assert [(name, ids["endpoint_id"]) for name, ids in sent] == [("webhooks.tell", str(off.id))]

    def test_a_mail_that_does_not_go_out_is_sent_later(self, off, settings):
        settings.EMAIL_BACKEND = "tests.tenants.webhooks.silent.EmailBackend"
        assert not tell_by_mail(off.id)
        assert to_be_told() == [off.id]

    def test_whoever_switches_it_off_by_hand_is_not_told(self, endpoint, clock):
        switch_off(endpoint_id=endpoint.id, now=clock())
        assert to_be_told() == []
        assert not tell_by_mail(endpoint.id)


class TestByHand:
    def test_off_it_is_told_nothing_and_on_again_what_was_missed_can_be_replayed(
        self, happens, tell, receiver, clock, endpoint, aurora
    ):
        happens()
        switch_off(endpoint_id=endpoint.id, now=clock())
        assert tell() == 0
        with pytest.raises(Conflict):
            switch_off(endpoint_id=endpoint.id, now=clock())
        with pytest.raises(Conflict):
            replay_missed(endpoint_id=endpoint.id, now=clock())
        switch_on(endpoint_id=endpoint.id)
        with pytest.raises(Conflict):
            switch_on(endpoint_id=endpoint.id)
        assert replay_missed(endpoint_id=endpoint.id, now=clock()) == 1
        assert tell() == 1
        assert len(receiver.heard) == 1
        for verb in ("webhook.switched_off", "webhook.switched_on", "webhook.replayed"):
            (entry,) = entries_at(aurora, verb)
            assert entry.subject_id == endpoint.id

    def test_a_worker_that_is_on_its_way_finds_it_off(self, happens, receiver, clock, endpoint, tell):
        happens()
        happens()

        def off(handler) -> None:
            handler.send_response(204)
            handler.send_header("Content-Length", "0")
            handler.end_headers()

        receiver.answer = off
        WebhookEndpoint.objects.update(off_at=clock(), off_why="by_hand")
        assert tell() == 0


class TestWaiting:
    def test_it_waits_longer_each_time_and_never_longer_than_six_hours(self, now):
        waits = [
            next_try(tries=n, queued_at=now, now=now, luck=0.5, asked=timedelta(0)) - now for n in (1, 2, 3, 4, 9, 200)
        ]
        assert waits == [timedelta(seconds=s) for s in (30, 90, 270, 810, 21600, 21600)]

    def test_chance_moves_it_by_a_fifth(self, now):
        early, late = (
            next_try(tries=1, queued_at=now, now=now, luck=luck, asked=timedelta(0)) - now for luck in (0.0, 1.0)
        )
        assert (early, late) == (timedelta(seconds=24), timedelta(seconds=36))

    def test_the_last_try_is_when_the_48_hours_end(self, now):
        late = now + TRIED_FOR - timedelta(minutes=5)
        assert next_try(tries=9, queued_at=now, now=late, luck=0.5, asked=timedelta(0)) == now + TRIED_FOR
        assert next_try(tries=9, queued_at=now, now=now + TRIED_FOR, luck=0.5, asked=timedelta(0)) is None

    def test_nobody_can_ask_for_more_than_six_hours(self, now):
        asked = timedelta(days=9)
        assert next_try(tries=1, queued_at=now, now=now, luck=0.5, asked=asked) - now == timedelta(hours=6)

    def test_an_address_rests_after_three_failures_and_never_longer_than_ten_minutes(self):
        assert [rest(failures=n, luck=0.5) for n in (1, 2)] == [None, None]
        assert [rest(failures=n, luck=0.5) for n in (3, 4, 400)] == [
            timedelta(seconds=30),
            timedelta(minutes=1),
            timedelta(minutes=10),
        ]
