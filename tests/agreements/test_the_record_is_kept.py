"""What was agreed to stays as it was: the database refuses to change, remove or forge it."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tenants.models import AgreementAct, Practice


@pytest.fixture
def act(aurora):
    return AgreementAct.objects.filter(practice_id=aurora.id, document="terms").get()


def test_the_application_cannot_change_it(act):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        AgreementAct.objects.filter(id=act.id).update(person_name="Somebody else")


def test_the_application_cannot_remove_it(act):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        AgreementAct.objects.filter(id=act.id).delete()


@pytest.mark.usefixtures("committed")
def test_not_even_the_owner_changes_or_removes_it():
    acts = AgreementAct.objects.using("owner")
    for change in (lambda: acts.update(person_name="Somebody else"), acts.all().delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(using="owner"):
            change()


def test_a_hash_that_is_not_of_the_wording_is_refused(act):
    forged = AgreementAct(
        practice_id=act.practice_id,
        document="terms",
        kind="accepted",
        version=1,
        sha256=act.sha256,
        wording=act.wording + " And more.",
        person_id=act.person_id,
        person_name=act.person_name,
        at=act.at,
    )
    with pytest.raises(IntegrityError, match="agreement_hash_is_of_wording"), transaction.atomic():
        forged.save(force_insert=True)


def test_a_practice_reads_its_own_and_writes_none(in_aurora, act):
    assert set(AgreementAct.objects.values_list("practice_id", flat=True)) == {in_aurora.id}
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        AgreementAct.objects.create(practice_id=in_aurora.id, document="terms", kind="accepted", version=1, at=act.at)


def test_the_clause_cannot_stand_without_the_agreement(aurora, now):
    with pytest.raises(IntegrityError, match="practice_aggregation_within_agreement"), transaction.atomic():
        Practice.objects.filter(id=aurora.id).update(business_associate_agreed_at=None, aggregation_agreed_at=now)


def test_it_outlives_the_practice(open_place):
    place = open_place()
    Practice.objects.filter(id=place.id).delete()
    assert AgreementAct.objects.filter(practice_id=place.id).count() == 1
