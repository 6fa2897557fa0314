"""The worker is killed in the middle of a thousand deliveries, twice: none is lost, and none overtakes another."""

import pytest
from django.db import transaction
from django.utils import timezone

from core.ids import uuid7
from core.outbox.publish import publish
from core.tenancy.scope import practice_scope
from loyalty.models import Patient
from tenants.partners.scopes import Scope
from tenants.webhooks.add import add_endpoint
from tenants.webhooks.models import WebhookDelivery
from tenants.webhooks.outgoing import message_id_of
from tests import places
from tests.faults.running import Worker, wait_until
from tests.receiver import listening
from tests.tenants.partners import let_in, registered

RECORDS, OF_EACH = 200, 5
DELIVERIES = RECORDS * OF_EACH
KILLS = (DELIVERIES // 10, DELIVERIES // 2)

pytestmark = pytest.mark.slow


@pytest.fixture
def receiver(settings):
    settings.WEBHOOK_LOOPBACK = True
    with listening() as one:
        yield one


@pytest.fixture
def teller(environment, folder):
    server = Worker(
        environment={**environment, "WEBHOOK_LOOPBACK": "1"},
        log=folder / "teller.log",
        heard=folder / "heard",
        with_module="tests.faults.telling",
    )
    yield server
    server.kill()


@pytest.fixture
def secret(place, receiver):
    """Of an address where a program is told of patients who are added."""
    now, owner = timezone.now(), places.owner_of(place)
    program, _ = registered(now, name=f"Told at {place.slug}", scopes=list(Scope))
    grant = let_in(program, place, owner, scopes=list(Scope), now=now)
    with practice_scope(place):
        made = add_endpoint(grant_id=grant.id, url=receiver.url, kinds=["patient.enrolled"], now=now)
    yield made.secret
    owner.delete()


def first_told(ids: list[str]) -> list[str]:
    return list(dict.fromkeys(ids))


def test_every_one_is_told_in_order_and_signed(place, secret, receiver, teller):
    with practice_scope(place):
        records = [Patient(id=uuid7()) for _ in range(RECORDS)]
        with transaction.atomic():
            for _ in range(OF_EACH):
                for record in records:
                    publish("patient.enrolled", record=record)
        for enough in KILLS:
            teller.start()
            wait_until(lambda enough=enough: len(receiver.heard) > enough, what=f"{enough} were told")
            teller.kill()
            assert WebhookDelivery.objects.exclude(state="delivered").exists() or len(receiver.heard) < DELIVERIES
        teller.start()
        wait_until(
            lambda: WebhookDelivery.objects.filter(state="delivered").count() == DELIVERIES,
            what="all are delivered",
            seconds=180,
        )
        of_record = dict.fromkeys((str(one.id) for one in records), ())
        for number, record_id in WebhookDelivery.objects.order_by("number").values_list("id", "record_id"):
            of_record[str(record_id)] += (message_id_of(number),)
    assert set(receiver.ids) == {one for ids in of_record.values() for one in ids}
    assert len(first_told(receiver.ids)) == DELIVERIES
    # Only what was under way when somebody died may come twice, and one worker at a time has one thing under way.
    assert len(receiver.ids) - DELIVERIES <= len(KILLS)
    told: dict[str, list[str]] = {record: [] for record in of_record}
    for record, message_id in zip(receiver.records, receiver.ids, strict=True):
        told[record].append(message_id)
    assert {record: tuple(first_told(ids)) for record, ids in told.items()} == of_record
    assert len(receiver.told(secret)) == len(receiver.heard)
