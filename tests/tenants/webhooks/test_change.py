"""Addresses are added, changed, tested, replayed and removed; each change stands in the trail."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from core import audit
from core.errors import Conflict, DomainError, NotFound
from core.tenancy.scope import control_plane, practice_scope
from tenants.models import PartnerApplication, PartnerGrant
from tenants.partners.scopes import Scope
from tenants.webhooks.add import MOST, add_endpoint
from tenants.webhooks.again import replay, replay_missed, send_test
from tenants.webhooks.change import change_endpoint, remove_endpoint
from tenants.webhooks.forget import KEPT, forget_ended, forget_ungranted
from tenants.webhooks.granted import granted
from tenants.webhooks.listed import Health, deliveries_of, endpoints_of, one_endpoint
from tenants.webhooks.models import WebhookDelivery, WebhookEndpoint
from tenants.webhooks.renew_secret import renew_secret
from tenants.webhooks.switch_off import switch_off
from tests.at_once import at_once
from tests.places import owner_of
from tests.tenants.partners import let_in, registered
from tests.tenants.trails import entries_at

URL = "https://hooks.example.com/a?b=c"


@pytest.fixture
def add(grant, in_aurora, clock):
    return lambda url=URL, kinds=("patient.enrolled",), of=grant.id: add_endpoint(
        grant_id=of, url=url, kinds=kinds, now=clock()
    )


def suspend(program, now):
    with control_plane():
        PartnerApplication.objects.filter(id=program.id).update(suspended_at=now)


class TestAdding:
    def test_it_is_told_what_was_chosen_and_its_secret_is_given_once(self, add, aurora, program):
        made = add(kinds=["location.changed", "patient.enrolled", "location.changed"])
        assert made.endpoint.kinds == ["patient.enrolled", "location.changed"]
        assert made.secret.startswith("whsec_")
        assert made.secret != add(url=f"{URL}2").secret
        entry = entries_at(aurora, "webhook.added")[0]
        assert entry.detail == {"application": str(program.id), "kinds": ["patient.enrolled", "location.changed"]}
        assert "hooks.example.com" not in str(entry.detail)

    @pytest.mark.parametrize(
        ("given", "code", "field"),
        [
            ({"url": "http://hooks.example.com/"}, "url_not_https", "url"),
            ({"kinds": []}, "kinds_empty", "kinds"),
            ({"kinds": ["patient.dreamed"]}, "kind_not_offered", "kinds"),
            ({"kinds": ["webhook.test"]}, "kind_not_offered", "kinds"),
        ],
    )
    def test_what_cannot_be_is_refused_with_a_reason(self, add, given, code, field):
        with pytest.raises(DomainError) as refused:
            add(**given)
        assert (refused.value.code, refused.value.field) == (code, field)
        assert not WebhookEndpoint.objects.exists()

    def test_no_more_is_told_than_the_grant_covers(self, add, grant):
        with control_plane():
            PartnerGrant.objects.filter(id=grant.id).update(scopes=[Scope.PRACTICE_READ])
        with pytest.raises(DomainError) as refused:
            add()
        assert refused.value.code == "kind_not_offered"

    def test_one_address_is_added_once_and_five_at_most(self, add):
        add()
        with pytest.raises(Conflict) as refused:
            add(url=f" {URL} ")
        assert refused.value.code == "endpoint_exists"
        for n in range(MOST - 1):
            add(url=f"{URL}{n}")
        with pytest.raises(Conflict) as refused:
            add(url=f"{URL}x")
        assert refused.value.code == "endpoints_full"

    def test_two_at_once_cannot_make_six(self, open_place, clock):
        place = open_place()
        owner, program = owner_of(place), registered()[0]
        of = let_in(program, place, owner).id

        def adds(url):
            with practice_scope(place), audit.asking(audit.Asker.operator("test")):
                add_endpoint(grant_id=of, url=url, kinds=["patient.enrolled"], now=clock())

        for n in range(MOST - 1):
            adds(f"{URL}{n}")
        done, refused = at_once(lambda: adds(f"{URL}x"), lambda: adds(f"{URL}y"))
        assert done is None
        assert (type(refused), refused.code) == (Conflict, "endpoints_full")
        with practice_scope(place):
            assert WebhookEndpoint.objects.count() == MOST

    def test_only_under_a_grant_that_is_open_here_and_not_suspended(self, borealis, add, grant, program, now):
        with pytest.raises(NotFound):
            add(of=uuid4())
        suspend(program, now)
        with pytest.raises(Conflict):
            add()
        with control_plane():
            PartnerGrant.objects.filter(id=grant.id).update(practice_id=borealis.id)
        with pytest.raises(NotFound):
            add()

    def test_the_database_refuses_what_is_none(self, add, grant):
        made = add().endpoint
        for wrong in ({"url": "ftp://x"}, {"kinds": []}, {"secret": ""}, {"old_secret": "x"}, {"off_why": "gone"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                WebhookEndpoint.objects.filter(id=made.id).update(**wrong)


class TestChanging:
    def test_what_waits_goes_to_the_new_address(self, endpoint, happens, tell, receiver, aurora):
        happens()
        change_endpoint(endpoint_id=endpoint.id, url=f"{receiver.url}/new", kinds=["location.changed"])
        assert tell() == 1
        happens()
        assert WebhookDelivery.objects.count() == 1
        (entry,) = entries_at(aurora, "webhook.changed")
        assert (entry.detail["to"], entry.detail["elsewhere"]) == (["location.changed"], True)

    def test_a_bad_one_changes_nothing(self, endpoint):
        for given in ({"url": "http://10.0.0.1/"}, {"kinds": ["nothing.known"]}):
            with pytest.raises(DomainError):
                change_endpoint(endpoint_id=endpoint.id, **{"url": endpoint.url, "kinds": endpoint.kinds, **given})
        before = (endpoint.url, endpoint.kinds)
        endpoint.refresh_from_db()
        assert (endpoint.url, endpoint.kinds) == before

    def test_two_addresses_cannot_become_one(self, add):
        add()
        other = add(url=f"{URL}2").endpoint
        with pytest.raises(Conflict):
            change_endpoint(endpoint_id=other.id, url=URL, kinds=other.kinds)

    def test_removed_it_is_gone_with_everything_that_waits(self, endpoint, happens, tell, aurora):
        happens()
        remove_endpoint(endpoint_id=endpoint.id)
        assert tell() == 0
        assert not WebhookDelivery.objects.exists()
        assert len(entries_at(aurora, "webhook.removed")) == 1

    def test_a_program_reaches_what_is_under_its_own_grant_only(self, endpoint, happens, clock):
        happens()
        delivery = WebhookDelivery.objects.get()
        other, now = uuid4(), clock()
        of = {"endpoint_id": endpoint.id, "grant_id": other}
        for act in (
            lambda: change_endpoint(**of, url=endpoint.url, kinds=endpoint.kinds),
            lambda: remove_endpoint(**of),
            lambda: renew_secret(**of, stolen=True, now=now),
            lambda: switch_off(**of, now=now),
            lambda: send_test(**of, now=now),
            lambda: replay_missed(**of, now=now),
            lambda: replay(delivery_id=delivery.id, grant_id=other, now=now),
            lambda: one_endpoint(endpoint.id, grant_id=other),
        ):
            with pytest.raises(NotFound):
                act()
        assert deliveries_of(other) == ([], False)


class TestAgain:
    def test_a_test_is_told_once_at_once_and_is_not_tried_again(self, endpoint, tell, receiver, clock, added):
        WebhookEndpoint.objects.update(rests_until=clock() + timedelta(minutes=9))
        receiver.usual = 500
        send_test(endpoint_id=endpoint.id, now=clock())
        with pytest.raises(Conflict):
            send_test(endpoint_id=endpoint.id, now=clock())
        assert tell() == 1
        (told,) = receiver.told(added.secret)
        assert told["type"] == "webhook.test"
        delivery = WebhookDelivery.objects.get()
        assert (delivery.state, delivery.status) == ("failed", 500)
        endpoint.refresh_from_db()
        assert endpoint.failures == 0

    def test_what_was_delivered_is_replayed_with_the_same_id(self, endpoint, happens, tell, receiver, clock, aurora):
        happens()
        tell()
        delivery = WebhookDelivery.objects.get()
        clock.pass_by(days=3)
        again = replay(delivery_id=delivery.id, now=clock())
        assert (again.state, again.tries, again.queued_at) == ("waiting", 0, clock())
        with pytest.raises(Conflict):
            replay(delivery_id=delivery.id, now=clock())
        assert tell() == 1
        assert receiver.ids[0] == receiver.ids[1]
        assert len(entries_at(aurora, "webhook.replayed")) == 1

    def test_what_may_not_be_told_any_more_is_not_replayed(self, endpoint, happens, tell, grant, clock):
        happens()
        tell()
        with control_plane():
            PartnerGrant.objects.filter(id=grant.id).update(scopes=[Scope.PRACTICE_READ])
        with pytest.raises(Conflict) as refused:
            replay(delivery_id=WebhookDelivery.objects.get().id, now=clock())
        assert refused.value.code == "kind_not_granted"
        WebhookDelivery.objects.update(state="failed")
        with pytest.raises(Conflict) as refused:
            replay_missed(endpoint_id=endpoint.id, now=clock())
        assert refused.value.code == "nothing_missed"

    def test_a_suspended_program_is_neither_tested_nor_told_again(self, endpoint, happens, tell, program, clock):
        happens()
        tell()
        suspend(program, clock())
        for act in (
            lambda: send_test(endpoint_id=endpoint.id, now=clock()),
            lambda: replay(delivery_id=WebhookDelivery.objects.get().id, now=clock()),
        ):
            with pytest.raises(Conflict) as refused:
                act()
            assert refused.value.code == "partner_suspended"


class TestSeeing:
    def test_an_owner_sees_how_an_address_does(self, endpoint, happens, tell, receiver, grant, clock):
        def health() -> Health:
            return endpoints_of(granted(grant.id))[0].health

        assert health() == Health.QUIET
        happens()
        tell()
        assert health() == Health.WORKS
        receiver.answers = [500]
        happens()
        tell()
        assert health() == Health.FAILING
        switch_off(endpoint_id=endpoint.id, now=clock())
        seen = one_endpoint(endpoint.id)
        assert (seen.health, seen.waiting, seen.delivered, seen.missed) == (Health.OFF, 0, 1, 1)

    def test_what_the_grant_no_longer_covers_is_said(self, endpoint, grant):
        with control_plane():
            PartnerGrant.objects.filter(id=grant.id).update(scopes=[Scope.PRACTICE_READ])
        seen = one_endpoint(endpoint.id)
        assert seen.told == ["A location is added, changed or closed"]
        assert len(seen.held) == 2

    def test_deliveries_come_newest_first_in_pages_and_name_no_record(self, endpoint, happens, grant):
        for _ in range(5):
            happens()
        page, more = deliveries_of(grant.id, size=3)
        rest, none = deliveries_of(grant.id, size=3, before=page[-1].number)
        assert (len(page), more, len(rest), none) == (3, True, 2, False)
        numbers = [one.number for one in page + rest]
        assert numbers == sorted(numbers, reverse=True)
        records = set(WebhookDelivery.objects.values_list("record_id", flat=True))
        assert not [record for record in records if str(record) in str(page + rest)]


class TestForgetting:
    def test_what_ended_thirty_days_ago_goes_and_what_waits_stays(self, endpoint, happens, tell, clock):
        happens()
        tell()
        happens()
        assert forget_ended(now=clock() + KEPT - timedelta(minutes=1)) == 0
        assert forget_ended(now=clock() + KEPT + timedelta(minutes=1)) == 1
        assert WebhookDelivery.objects.get().state == "waiting"

    def test_an_address_goes_with_its_grant(self, endpoint, grant, now):
        assert forget_ungranted() == 0
        with control_plane():
            PartnerGrant.objects.filter(id=grant.id).update(ended_at=now + timedelta(days=1))
        assert forget_ungranted() == 1
        assert not WebhookEndpoint.objects.exists()
