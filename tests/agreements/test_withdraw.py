"""The data-aggregation clause can be taken back, and then nothing of the practice is left with the network."""

import pytest

from core.audit.models import Entry
from core.errors import Conflict
from core.tenancy.scope import practice_scope
from loyalty.benchmarks.models import Contribution
from tenants.actions.accept_agreements import accept_agreements
from tenants.actions.withdraw_aggregation import withdraw_aggregation
from tenants.agreements import CURRENT, standings
from tenants.models import AgreementAct, Document, Practice
from tests.benchmarks.network import contribute

CLAUSE = Document.DATA_AGGREGATION


@pytest.fixture
def olivia(person, aurora, now):
    olivia = person("Olivia")
    return {"practice": aurora, "person_id": olivia.id, "person_name": olivia.name, "address": None, "now": now}


@pytest.fixture
def agreed(olivia, aurora):
    accept_agreements(versions={CLAUSE: CURRENT[CLAUSE].version}, **olivia)
    contribute(Practice.objects.filter(id=aurora.id), "2026-10")


def test_its_contributions_go_at_once(agreed, olivia, aurora):
    assert Contribution.objects.filter(practice_id=aurora.id).exists()
    withdraw_aggregation(**olivia)
    assert not Contribution.objects.filter(practice_id=aurora.id).exists()
    practice = Practice.objects.get(id=aurora.id)
    assert (practice.aggregation_agreed_at, practice.contributes) == (None, False)


def test_the_agreement_itself_stays(agreed, olivia, aurora):
    withdraw_aggregation(**olivia)
    assert standings(aurora.id)[Document.BUSINESS_ASSOCIATE].stands
    assert not standings(aurora.id)[CLAUSE].stands


def test_what_was_withdrawn_is_kept_beside_what_was_accepted(agreed, olivia, aurora):
    withdraw_aggregation(**olivia)
    acts = AgreementAct.objects.filter(practice_id=aurora.id, document=CLAUSE)
    assert sorted((act.kind, act.version, act.person_name) for act in acts) == [
        ("accepted", 1, "Olivia Owens"),
        ("withdrawn", 1, "Olivia Owens"),
    ]
    with practice_scope(aurora):
        assert Entry.objects.filter(verb="agreement.withdrawn").count() == 1


def test_it_can_be_accepted_again(agreed, olivia, aurora):
    withdraw_aggregation(**olivia)
    later = olivia | {"now": olivia["now"].replace(hour=20)}
    accept_agreements(versions={CLAUSE: CURRENT[CLAUSE].version}, **later)
    assert standings(aurora.id)[CLAUSE].stands


def test_there_must_be_something_to_take_back(olivia):
    with pytest.raises(Conflict, match="not in force"):
        withdraw_aggregation(**olivia)


def test_others_keep_their_contributions(agreed, olivia, borealis, now):
    Practice.objects.filter(id=borealis.id).update(aggregation_agreed_at=now)
    contribute(Practice.objects.filter(id=borealis.id), "2026-10")
    withdraw_aggregation(**olivia)
    assert Contribution.objects.filter(practice_id=borealis.id).exists()
