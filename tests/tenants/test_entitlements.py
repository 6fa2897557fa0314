"""What a plan has room for is asked before one more is made, and takes away nothing that is there."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from billing.plans import MEMBER, PAID, PLANS, PlanKey
from core.errors import Conflict, NotFound
from core.models import NetworkEntry
from core.tenancy.scope import practice_scope
from loyalty.holdouts.start import start_holdout
from loyalty.kiosk.enroll import invite_tablet
from loyalty.locations.add_location import add_location
from loyalty.locations.close_location import close_location, reopen_location
from loyalty.models import Kiosk, Location
from tenants import entitlements
from tenants.actions.entitle import entitle
from tenants.models import Capability, Entitlement, PartnerGrant, Practice, Standing
from tests.cast import NOW
from tests.tenants.partners import let_in, registered

PLACE = {"time_zone": "America/Denver", "address": "1 Main St", "city": "Denver", "state": "CO", "postal_code": "80202"}


@pytest.fixture
def give(aurora):
    """give(locations=1): Aurora's plan has room for so much; of everything else as much as it likes."""

    def one(**most):
        limits = {capability: most.get(capability.value) for capability in Capability}
        entitle(practice_id=aurora.id, plan="practice", limits=limits, standing=Standing.OPEN)

    return one


def test_a_practice_without_rows_has_what_every_member_has(aurora):
    assert not Entitlement.objects.exists()
    assert entitlements.limits_of(aurora.id) == dict(MEMBER.limits)
    assert entitlements.limit(aurora.id, Capability.LOCATIONS) == MEMBER.limits[Capability.LOCATIONS]


def test_where_nobody_said_what_is_free_nothing_is(aurora, monkeypatch):
    monkeypatch.setattr(entitlements, "_base", {})
    assert not entitlements.allows(aurora.id, Capability.LOCATIONS)


def test_what_is_free_must_be_said_of_everything():
    with pytest.raises(ValueError, match="TEXTS"):
        entitlements.base_with({one: 1 for one in Capability if one != Capability.TEXTS})


def test_every_plan_says_its_limit_of_every_capability_and_no_paid_one_has_less():
    for plan in PLANS.values():
        assert set(plan.limits) == set(Capability)
    for plan in PAID:
        for one in Capability:
            free, paid = MEMBER.limits[one], plan.limits[one]
            assert paid is None or (free is not None and paid >= free)
    assert [plan.key for plan in PAID] == [PlanKey.PRACTICE, PlanKey.GROUP]


@pytest.mark.parametrize(("most", "used", "answer"), [(None, 10**6, True), (2, 1, True), (2, 2, False), (0, 0, False)])
def test_there_is_room_up_to_the_limit(aurora, give, most, used, answer):
    give(programs=most)
    assert entitlements.allows(aurora.id, Capability.PROGRAMS, used=used) is answer


def test_what_billing_says_twice_is_written_once(aurora, give):
    give(texts=5)
    before = NetworkEntry.objects.filter(verb="practice.entitled").count()
    give(texts=5)
    assert NetworkEntry.objects.filter(verb="practice.entitled").count() == before == 1
    give(texts=6)
    assert Entitlement.objects.get(practice_id=aurora.id, capability="texts").most == 6


def test_an_unknown_practice_is_told(db):
    with pytest.raises(NotFound):
        entitle(practice_id=uuid4(), plan="practice", limits={}, standing=Standing.OPEN)


def test_a_practice_reads_its_own_rows_and_writes_none(aurora, borealis, give):
    give(texts=5)
    with practice_scope(borealis):
        assert entitlements.limit(aurora.id, Capability.TEXTS) == MEMBER.limits[Capability.TEXTS]
        assert not Entitlement.objects.exists()
    with practice_scope(aurora):
        assert entitlements.limit(aurora.id, Capability.TEXTS) == 5
        for change in (
            lambda: Entitlement.objects.update(most=None),
            lambda: Entitlement.objects.all().delete(),
            lambda: Practice.objects.update(plan="group"),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"standing": "rich", "standing_until": NOW}, "practice_standing_known"),
        ({"standing": "trial"}, "practice_standing_ends"),
        ({"plan": "No plan"}, "practice_plan_shape"),
    ],
)
def test_the_database_refuses_an_account_that_cannot_be(aurora, change, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Practice.objects.filter(id=aurora.id).update(**change)


@pytest.mark.parametrize("row", [{"capability": "yachts", "most": 1}, {"capability": "texts", "most": 2}])
def test_the_database_refuses_an_unknown_capability_and_a_second_row(aurora, give, row):
    give(texts=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entitlement.objects.create(practice_id=aurora.id, **row)


class TestWhereItIsAsked:
    """Each says what to do, writes nothing, and leaves what is there."""

    def test_a_location_beyond_the_plan_is_refused(self, aurora, give):
        give(locations=1)
        with practice_scope(aurora):
            with pytest.raises(Conflict, match=r"room for 1 location.*stays as it is"):
                add_location(name="Second", **PLACE)
            assert Location.objects.count() == 1
        give(locations=2)
        with practice_scope(aurora):
            add_location(name="Second", **PLACE)
            assert Location.objects.filter(is_active=True).count() == 2
        # A smaller plan closes nothing; what was closed is not opened again beyond it.
        give(locations=1)
        with practice_scope(aurora):
            assert Location.objects.filter(is_active=True).count() == 2
            second = Location.objects.get(name="Second")
            close_location(location_id=second.id, now=NOW)
            with pytest.raises(Conflict, match="room for 1 location"):
                reopen_location(location_id=second.id)

    def test_a_tablet_beyond_the_plan_is_refused(self, aurora, give, now):
        give(tablets=1)
        with practice_scope(aurora):
            location = Location.objects.get()
            invite_tablet(name="First", location_id=location.id, now=now)
            with pytest.raises(Conflict, match="checkout tablet"):
                invite_tablet(name="Second", location_id=location.id, now=now)
            assert Kiosk.objects.count() == 1

    def test_a_program_beyond_the_plan_is_refused(self, aurora, give, person):
        give(programs=1)
        let_in(registered()[0], aurora, person("Olivia"))
        second = registered(name="Open Chair")[0]
        with pytest.raises(Conflict, match="connected program"):
            let_in(second, aurora, person("Olivia"))
        assert PartnerGrant.objects.count() == 1

    def test_a_hold_out_beyond_the_plan_is_refused(self, aurora, give, now):
        give(holdouts=1)
        usual = {"percent": 20, "outcome_days": 90, "months": 12, "least_effect": 10, "by_person_id": None, "now": now}
        with practice_scope(aurora):
            start_holdout(kind="note", **usual)
            with pytest.raises(Conflict, match="hold-out at once"):
                start_holdout(kind="occasion", **usual)
