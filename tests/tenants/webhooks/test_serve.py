"""What happened is told: signed, in order for each record, again until it is taken, and only what may be told."""

import json
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from standardwebhooks import WebhookVerificationError

from core.outbox.consumers import Happened
from core.outbox.deliver import deliver
from core.tenancy.scope import control_plane
from loyalty.models import Location
from loyalty.patients.change_contact_points import add_contact_point
from loyalty.patients.enrol import enrol
from tenants.actions.grant_partner import change_grant, end_grant
from tenants.actions.suspend_partner import suspend_partner
from tenants.models import PartnerApplication, PartnerGrant, Practice
from tenants.partners.scopes import Scope
from tenants.webhooks.models import WebhookDelivery, WebhookEndpoint
from tenants.webhooks.queue import queue
from tenants.webhooks.renew_secret import renew_secret
from tenants.webhooks.serve import to_be_served
from tests.receiver import said_at, verified
from tests.tenants.invitations import principal

ONE, OTHER = UUID(int=1), UUID(int=2)


def states() -> list[str]:
    return list(WebhookDelivery.objects.order_by("number").values_list("state", flat=True))


class TestWhatIsTold:
    def test_a_change_is_told_by_the_outbox_with_ids_and_nothing_else(self, added, receiver, tell, clock, aurora):
        patient = enrol(given_name="Beatrice", family_name="Lindgren", phones=["(303) 555-0142"], now=clock())
        add_contact_point(patient_id=patient.id, kind="email", value="beatrice@example.com", label="")
        deliver(most=100)
        clock.pass_by(minutes=1)
        assert tell() == 2
        told = receiver.told(added.secret)
        assert [one["type"] for one in told] == ["patient.enrolled", "patient.changed"]
        for one in told:
            assert set(one) == {"type", "timestamp", "data"}
            assert one["data"] == {"id": str(patient.id), "practice": aurora.slug}
            assert one["timestamp"].endswith("Z")
        (headers, _), *_ = receiver.heard
        assert abs(said_at(headers) - clock()) < timedelta(seconds=2)

    @pytest.mark.usefixtures("endpoint")
    def test_what_it_did_not_choose_and_what_no_program_hears_of_is_not_told(self, happens):
        happens("service.changed")
        happens("memory.kept")
        assert not WebhookDelivery.objects.exists()

    @pytest.mark.usefixtures("endpoint")
    def test_an_event_that_comes_twice_is_told_once(self, clock):
        place = Location.objects.get()
        happened = Happened(7, "location.changed", "location", place.id, {}, clock())
        assert queue(happened, now=clock()) == 1
        queue(happened, now=clock())
        assert WebhookDelivery.objects.get().record_id == place.id

    @pytest.mark.usefixtures("endpoint")
    def test_a_change_about_two_patients_is_told_for_each(self, clock):
        happened = Happened(7, "contact_point.changed", "contactpoint", uuid4(), {"patients": [ONE, OTHER]}, clock())
        queue(happened, now=clock())
        assert set(WebhookDelivery.objects.values_list("kind", "record_id")) == {
            ("patient.changed", ONE),
            ("patient.changed", OTHER),
        }

    def test_another_secret_verifies_nothing(self, happens, tell, receiver, added):
        happens()
        tell()
        ((headers, body),) = receiver.heard
        for secret, text in ((f"whsec_{'A' * 43}=", body), (added.secret, body.replace(b"enrolled", b"enrollee"))):
            with pytest.raises(WebhookVerificationError):
                verified(secret, headers, text)


class TestSecrets:
    def test_both_sign_for_a_day_after_a_change_and_then_the_new_one_alone(
        self, happens, tell, receiver, added, clock, endpoint
    ):
        new = renew_secret(endpoint_id=endpoint.id, stolen=False, now=clock()).secret
        happens()
        tell()
        assert receiver.told(added.secret) == receiver.told(new)
        clock.pass_by(days=1)
        happens()
        tell()
        headers, body = receiver.heard[-1]
        assert len(headers["webhook-signature"].split()) == 1
        with time_machine.travel(clock(), tick=False):
            verified(new, headers, body)
            with pytest.raises(WebhookVerificationError):
                verified(added.secret, headers, body)

    def test_renewed_again_within_the_day_the_oldest_goes_on_signing(
        self, happens, tell, receiver, added, clock, endpoint
    ):
        between = renew_secret(endpoint_id=endpoint.id, stolen=False, now=clock()).secret
        new = renew_secret(endpoint_id=endpoint.id, stolen=False, now=clock()).secret
        happens()
        tell()
        assert receiver.told(added.secret) == receiver.told(new)
        with pytest.raises(WebhookVerificationError):
            receiver.told(between)

    def test_one_that_was_seen_by_others_signs_nothing_more(self, happens, tell, receiver, added, clock, endpoint):
        new = renew_secret(endpoint_id=endpoint.id, stolen=True, now=clock()).secret
        happens()
        tell()
        receiver.told(new)
        with pytest.raises(WebhookVerificationError):
            receiver.told(added.secret)

    def test_the_database_holds_none_that_anybody_could_read(self, added, clock):
        new = renew_secret(endpoint_id=added.endpoint.id, stolen=False, now=clock()).secret
        kept = str(list(WebhookEndpoint.objects.values()))
        for secret in (added.secret, new):
            assert secret not in kept
            assert secret.removeprefix("whsec_") not in kept


class TestAgain:
    def test_it_is_tried_again_with_the_same_id_and_a_new_time(self, happens, tell, receiver, added, clock):
        receiver.answers = [500]
        happens()
        assert tell() == 1
        delivery = WebhookDelivery.objects.get()
        assert (delivery.state, delivery.status, delivery.problem) == ("waiting", 500, "refused")
        assert timedelta(seconds=20) < delivery.next_try_at - clock() < timedelta(seconds=40)
        assert tell() == 0
        clock.pass_by(minutes=1)
        assert tell() == 1
        assert states() == ["delivered"]
        assert len(set(receiver.ids)) == 1
        (first, _), (second, body) = receiver.heard
        assert said_at(second) - said_at(first) == timedelta(minutes=1)
        with time_machine.travel(clock(), tick=False):
            verified(added.secret, second, body)

    def test_a_receiver_that_asks_to_wait_longer_is_heard(self, happens, tell, receiver, clock):
        receiver.answers, receiver.headers = [503], {"Retry-After": "900"}
        happens()
        tell()
        assert WebhookDelivery.objects.get().next_try_at == clock() + timedelta(minutes=15)

    def test_of_one_record_nothing_overtakes_and_others_go_on(self, happens, tell, receiver, clock):
        receiver.answers = [500]
        for record in (ONE, ONE, OTHER):
            happens(record=record)
        assert tell() == 2
        assert receiver.records == [str(ONE), str(OTHER)]
        clock.pass_by(minutes=1)
        assert tell() == 2
        assert states() == ["delivered"] * 3
        assert receiver.records[2:] == [str(ONE), str(ONE)]
        assert receiver.ids[2] == receiver.ids[0] != receiver.ids[3]

    def test_an_address_that_fails_three_times_in_a_row_is_left_alone_for_a_while(
        self, happens, tell, receiver, clock, endpoint
    ):
        receiver.usual = 500
        for _ in range(10):
            happens()
        assert tell() == 3
        assert tell() == 0
        assert to_be_served(now=clock()) == []
        clock.pass_by(minutes=1)
        assert to_be_served(now=clock()) == [endpoint.id]
        assert tell() == 1
        receiver.usual = 204
        clock.pass_by(minutes=10)
        assert tell() == 10
        assert states() == ["delivered"] * 10


class TestWhatItMayBeTold:
    """The grant is asked at each sending: what was queued while it was wider is held back."""

    @pytest.fixture
    def waiting(self, happens):
        happens("patient.enrolled")
        happens("location.changed")

    @pytest.fixture
    def olivia(self, person, aurora):
        return _as_network(lambda: principal(person("Olivia"), aurora))

    @pytest.mark.usefixtures("waiting")
    def test_a_narrower_grant_stops_what_it_no_longer_covers(self, aurora, grant, olivia, tell, receiver):
        change_grant(practice=aurora, grant_id=grant.id, scopes=[Scope.PRACTICE_READ], by=olivia)
        assert tell() == 1
        assert [json.loads(body)["type"] for _, body in receiver.heard] == ["location.changed"]
        assert states() == ["withheld", "delivered"]

    @pytest.mark.usefixtures("waiting")
    def test_a_grant_that_ended_stops_everything(self, aurora, grant, olivia, tell, receiver, now):
        end_grant(practice=aurora, grant_id=grant.id, by=olivia, now=now)
        assert tell() == 0
        assert (receiver.heard, states()) == ([], ["withheld"] * 2)

    @pytest.mark.usefixtures("waiting")
    def test_a_suspended_program_is_told_nothing(self, program, tell, receiver, now):
        _as_network(lambda: suspend_partner(application_id=program.id, now=now))
        assert tell() == 0
        assert (receiver.heard, states()) == ([], ["withheld"] * 2)

    @pytest.mark.usefixtures("waiting")
    def test_what_the_network_takes_away_is_not_told(self, program, tell, receiver):
        _as_network(lambda: PartnerApplication.objects.filter(id=program.id).update(scopes=[Scope.PATIENTS_READ]))
        assert tell() == 1
        assert [json.loads(body)["type"] for _, body in receiver.heard] == ["patient.enrolled"]

    @pytest.mark.usefixtures("waiting")
    def test_a_practice_that_is_closed_tells_nothing(self, aurora, tell, receiver):
        _as_network(lambda: Practice.objects.filter(id=aurora.id).update(status=Practice.Status.SUSPENDED))
        assert tell() == 0
        assert receiver.heard == []

    def test_a_grant_given_anew_does_not_bring_back_the_old_address(
        self, aurora, grant, olivia, program, person, tell, receiver, now, happens
    ):
        end_grant(practice=aurora, grant_id=grant.id, by=olivia, now=now)
        _as_network(
            lambda: PartnerGrant.objects.create(
                application=program, practice_id=aurora.id, scopes=list(Scope), given_at=now, given_by_name="Olivia"
            )
        )
        happens()
        assert tell() == 0
        assert (receiver.heard, states()) == ([], [])

    def test_nothing_is_queued_for_what_is_not_granted(self, aurora, grant, olivia, happens):
        change_grant(practice=aurora, grant_id=grant.id, scopes=[Scope.PRACTICE_READ], by=olivia)
        happens("patient.enrolled")
        assert states() == []


def _as_network(act):
    with control_plane():
        return act()
