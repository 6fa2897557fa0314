"""The owner accepts: who, when, from where, which version, and the whole wording are kept."""

from hashlib import sha256

import pytest

from core.audit.models import Entry
from core.errors import Conflict, DomainError
from core.ids import uuid7
from core.tenancy.scope import practice_scope
from tenants.actions.accept_agreements import accept_agreements
from tenants.agreements import CURRENT, REQUIRED, accepted, standings
from tenants.models import AgreementAct, Document, Practice

WANDA = uuid7()


@pytest.fixture
def new(open_place):
    """A practice that has accepted nothing yet."""
    return open_place(agreed=False)


@pytest.fixture
def accept(new, now):
    def run(*documents, versions=None):
        return accept_agreements(
            practice=new,
            versions=versions or {document: CURRENT[document].version for document in documents},
            person_id=WANDA,
            person_name="Wanda Winter",
            address="192.0.2.7",
            now=now,
        )

    return run


def test_who_when_from_where_and_the_whole_wording_are_kept(new, accept, now):
    accept(*REQUIRED)
    kept = AgreementAct.objects.get(practice_id=new.id, document="business_associate")
    text = CURRENT[Document.BUSINESS_ASSOCIATE]
    assert (kept.kind, kept.version, kept.person_id, kept.person_name, kept.address, kept.at) == (
        *("accepted", text.version, WANDA, "Wanda Winter", "192.0.2.7", now),
    )
    assert kept.wording == text.wording
    assert kept.sha256 == sha256(text.wording.encode()).hexdigest()


def test_the_practice_may_hold_patients_from_then_on(new, accept, now):
    assert not accepted(new.id)
    accept(*REQUIRED)
    assert accepted(new.id)
    practice = Practice.objects.get(id=new.id)
    assert (practice.business_associate_agreed_at, practice.aggregation_agreed_at) == (now, None)


@pytest.mark.parametrize("alone", REQUIRED)
def test_the_two_required_ones_are_accepted_together(new, accept, alone):
    with pytest.raises(DomainError) as refused:
        accept(alone)
    assert refused.value.code == "agreements_together"
    assert not AgreementAct.objects.filter(practice_id=new.id).exists()
    assert not accepted(new.id)


def test_the_clause_needs_the_agreement_it_belongs_to(new, accept):
    with pytest.raises(DomainError, match="accepted together"):
        accept(Document.DATA_AGGREGATION)


def test_the_clause_is_a_choice_of_its_own(new, accept, now):
    accept(*REQUIRED)
    accept(Document.DATA_AGGREGATION)
    practice = Practice.objects.get(id=new.id)
    assert (practice.aggregation_agreed_at, practice.aggregation_agreed_by) == (now, "Wanda Winter")


def test_accepting_again_writes_nothing(new, accept):
    accept(*REQUIRED)
    accept(*REQUIRED)
    assert AgreementAct.objects.filter(practice_id=new.id).count() == 2


def test_a_version_that_is_no_longer_asked_for_is_refused(new, accept):
    with pytest.raises(Conflict) as refused:
        accept(versions={document: CURRENT[document].version + 1 for document in REQUIRED})
    assert refused.value.code == "agreement_changed"
    assert not accepted(new.id)


def test_an_acceptance_is_in_the_practices_trail(new, accept):
    accept(*REQUIRED)
    with practice_scope(new):
        details = [entry.detail for entry in Entry.objects.filter(verb="agreement.accepted").order_by("at")][-2:]
    assert details == [{"document": "terms", "version": 1}, {"document": "business_associate", "version": 1}]


def test_a_new_version_is_asked_again_and_the_old_one_holds_meanwhile(aurora, monkeypatch):
    text = CURRENT[Document.TERMS]
    newer = type(text)(text.document, text.version + 1, text.since, text.wording + "\n\nMore.", "It says more.")
    monkeypatch.setitem(CURRENT, Document.TERMS, newer)
    standing = standings(aurora.id)[Document.TERMS]
    assert (standing.stands, standing.is_current, standing.asked_again) == (True, False, True)
    assert accepted(aurora.id)
