"""Which addresses are served now, and for how long; and that whoever comes at the same moment waits for the row."""

from datetime import timedelta
from uuid import uuid4

import pytest

from core import audit
from core.outbox.consumers import Happened
from core.tenancy.scope import control_plane, practice_scope
from tenants.models import PartnerApplication
from tenants.webhooks import serve as serving
from tenants.webhooks.add import add_endpoint
from tenants.webhooks.again import send_test
from tenants.webhooks.models import OffWhy, WebhookDelivery, WebhookEndpoint
from tenants.webhooks.outgoing import LEASE, take_up
from tenants.webhooks.post import Answer
from tenants.webhooks.queue import _MOST_OF_ONE_EVENT, queue
from tenants.webhooks.serve import serve, serve_soon, to_be_served
from tenants.webhooks.settle import settle
from tenants.webhooks.switch_off import switch_off
from tests.at_once import at_once
from tests.places import owner_of
from tests.tenants.partners import let_in, registered


def states():
    return list(WebhookDelivery.objects.order_by("number").values_list("state", flat=True))


class TestFoundByTheSweep:
    def test_not_one_that_was_told_everything(self, happens, tell, clock):
        happens()
        tell()
        assert (states(), to_be_served(now=clock())) == (["delivered"], [])

    def test_not_one_whose_next_try_lies_ahead(self, happens, tell, receiver, clock, endpoint):
        receiver.answers = [500]
        happens()
        tell()
        assert to_be_served(now=clock()) == []
        clock.pass_by(minutes=1)
        assert to_be_served(now=clock()) == [endpoint.id]

    def test_not_one_that_is_off(self, happens, clock, endpoint):
        happens()
        WebhookEndpoint.objects.update(off_at=clock(), off_why=OffWhy.BY_HAND)
        assert to_be_served(now=clock()) == []


class TestATurn:
    def test_one_that_is_over_stops_and_sends_for_another_worker(
        self, happens, sent, clock, endpoint, receiver, monkeypatch, django_capture_on_commit_callbacks
    ):
        happens()
        monkeypatch.setattr(serving, "TURN", 0.0)
        with django_capture_on_commit_callbacks(execute=True):
            assert serve(endpoint_id=endpoint.id, clock=clock) == 0
        assert (receiver.heard, sent) == ([], [str(endpoint.id)])

    def test_nobody_is_sent_for_where_nothing_is_left(
        self, happens, sent, clock, endpoint, django_capture_on_commit_callbacks
    ):
        happens()
        with django_capture_on_commit_callbacks() as asked:
            assert serve(endpoint_id=endpoint.id, clock=clock) == 1
        assert (asked, sent) == ([], [])

    def test_nobody_is_sent_for_while_an_address_is_left_alone(
        self, sent, clock, endpoint, django_capture_on_commit_callbacks
    ):
        WebhookEndpoint.objects.update(rests_until=clock() + timedelta(minutes=5))
        with django_capture_on_commit_callbacks(execute=True):
            serve_soon(endpoint.id)
        assert sent == []

    def test_each_delivery_gives_the_worker_its_time_anew(self, happens, clock, endpoint):
        happens()
        happens()
        me = uuid4()
        WebhookEndpoint.objects.update(served_until=clock() + LEASE, served_by=me)
        for _ in range(2):
            assert take_up(endpoint.id, by=me, now=clock()) is not None
            endpoint.refresh_from_db()
            assert endpoint.served_until == clock() + LEASE
            clock.pass_by(seconds=50)

    def test_one_address_is_not_told_what_waits_for_another(self, happens, tell, added, grant, clock, receiver):
        other = add_endpoint(
            grant_id=grant.id, url=f"{receiver.url}2", kinds=["patient.enrolled"], now=clock()
        ).endpoint
        happens()
        assert WebhookDelivery.objects.count() == 2
        assert tell() == 1
        assert WebhookDelivery.objects.get(endpoint=other).state == "waiting"


class TestWhatCameOfIt:
    def test_what_is_taken_ends_the_count_of_failures_and_the_rest(self, happens, tell, receiver, clock, endpoint):
        receiver.answers = [500, 500, 500]
        for _ in range(3):
            happens()
        tell()
        endpoint.refresh_from_db()
        assert (endpoint.failures, endpoint.rests_until > clock()) == (3, True)
        clock.pass_by(minutes=1)
        tell()
        endpoint.refresh_from_db()
        assert (endpoint.failures, endpoint.rests_until) == (0, None)

    def test_an_address_that_took_things_once_and_nothing_for_two_days_is_switched_off(
        self, happens, tell, receiver, clock, endpoint
    ):
        happens()
        tell()
        clock.pass_by(hours=1)
        receiver.usual = 500
        happens()
        tell()
        clock.pass_by(hours=48)
        tell()
        endpoint.refresh_from_db()
        assert (states(), endpoint.off_why) == (["delivered", "failed"], "failing")

    def test_an_address_that_the_rules_refuse_by_now_is_asked_nothing(self, happens, tell, receiver, endpoint):
        happens()
        WebhookEndpoint.objects.update(url="https://10.0.0.5/")
        assert tell() == 1
        delivery = WebhookDelivery.objects.get()
        assert (delivery.state, delivery.status, delivery.problem) == ("waiting", None, "url_host")
        assert receiver.heard == []

    def test_a_program_that_was_suspended_is_not_even_told_a_test(self, tell, receiver, endpoint, program, clock):
        send_test(endpoint_id=endpoint.id, now=clock())
        with control_plane():
            PartnerApplication.objects.filter(id=program.id).update(suspended_at=clock())
        assert tell() == 0
        assert (receiver.heard, states()) == ([], ["withheld"])


def test_of_one_event_no_more_patients_are_told_than_fit(clock, endpoint):
    ids = [str(uuid4()) for _ in range(_MOST_OF_ONE_EVENT + 1)]
    happened = Happened(7, "contact_point.changed", "contactpoint", uuid4(), {"patients": ids}, clock())
    assert queue(happened, now=clock()) == _MOST_OF_ONE_EVENT


class TestAtTheSameMoment:
    """On connections of their own: whoever comes second sees what the first did."""

    @pytest.fixture
    def place(self, open_place):
        return open_place()

    @pytest.fixture
    def there(self, place, receiver, clock):
        """there(work): `work` at an address of a committed practice, for which one delivery waits and `me` works."""
        program, owner = registered()[0], owner_of(place)
        of = let_in(program, place, owner)
        with practice_scope(place), audit.asking(audit.Asker.operator("test")):
            endpoint = add_endpoint(grant_id=of.id, url=receiver.url, kinds=["patient.enrolled"], now=clock()).endpoint
            queue(Happened(1, "patient.enrolled", "patient", uuid4(), {}, clock()), now=clock())
            me = uuid4()
            WebhookEndpoint.objects.update(served_until=clock() + LEASE, served_by=me)
            delivery = WebhookDelivery.objects.get()

        def at(work):
            def inside():
                with practice_scope(place), audit.asking(audit.Asker.operator("test")):
                    return work(endpoint.id, delivery.id, me)

            return inside

        yield at
        of.delete()
        program.delete()
        owner.delete()

    def test_an_address_that_is_being_switched_off_takes_nothing_up(self, there, place, clock):
        _, taken = at_once(
            there(lambda endpoint, _delivery, _me: switch_off(endpoint_id=endpoint, now=clock())),
            there(lambda endpoint, _delivery, me: take_up(endpoint, by=me, now=clock())),
        )
        assert taken is None
        with practice_scope(place):
            assert WebhookDelivery.objects.get().tries == 0

    def test_what_two_settle_is_settled_by_the_first(self, there, place, clock):
        outcomes = at_once(
            there(lambda endpoint, delivery, _me: settle(endpoint, delivery, Answer(204), now=clock())),
            there(lambda endpoint, delivery, _me: settle(endpoint, delivery, Answer(410), now=clock())),
        )
        assert outcomes == [None, None]
        with practice_scope(place):
            assert WebhookDelivery.objects.get().state == "delivered"
            assert WebhookEndpoint.objects.get().off_at is None
