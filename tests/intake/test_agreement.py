import pytest

from core.errors import DomainError
from core.tenancy.scope import control_plane
from loyalty.models import Patient
from tenants.models import AgreementAct, Practice
from tests.intake.exports import patient


@pytest.fixture
def not_yet(in_aurora):
    """Aurora before anybody accepted anything."""
    with control_plane():
        Practice.objects.filter(id=in_aurora.id).update(business_associate_agreed_at=None)


def on_record(practice_id):
    with control_plane():
        practice = Practice.objects.get(id=practice_id)
    return practice.business_associate_agreed_at, practice.aggregation_agreed_at, practice.aggregation_agreed_by


def test_without_an_agreement_no_patient_is_imported(not_yet, import_into_aurora, tmp_path):
    with pytest.raises(DomainError) as error:
        import_into_aurora(patient(), attested="  ")
    assert error.value.code == "agreement_missing"
    assert '--attest-agreement "who, when"' in error.value.message
    assert (Patient.objects.count(), (tmp_path / "errors.csv").exists()) == (0, False)


def test_what_is_attested_goes_on_record_with_its_clause(not_yet, import_into_aurora, aurora, now):
    import_into_aurora(patient(), attested="Olivia Owens, 2026-11-01")
    assert on_record(aurora.id) == (now, now, "Olivia Owens, 2026-11-01")
    acts = AgreementAct.objects.filter(practice_id=aurora.id, kind="attested").order_by("document")
    assert [(act.document, act.version, act.wording, act.person_id, act.at) for act in acts] == [
        ("business_associate", 0, "Olivia Owens, 2026-11-01", None, now),
        ("data_aggregation", 0, "Olivia Owens, 2026-11-01", None, now),
    ]


def test_an_agreement_without_the_clause_is_attested_without_it(not_yet, import_into_aurora, aurora, now):
    import_into_aurora(patient(), attested="Olivia Owens, 2026-11-01", aggregation=False)
    assert on_record(aurora.id) == (now, None, "")
    assert AgreementAct.objects.get(practice_id=aurora.id, kind="attested").document == "business_associate"


def test_what_is_on_record_needs_no_word_and_is_not_replaced(import_into_aurora, aurora):
    before = on_record(aurora.id)
    import_into_aurora(patient(), attested="")
    import_into_aurora(patient(), attested="Somebody else")
    assert on_record(aurora.id) == before
    assert not AgreementAct.objects.filter(kind="attested").exists()
    assert Patient.objects.count() == 1


def test_without_an_agreement_no_practice_is_opened(import_split):
    before = Practice.objects.count()
    with pytest.raises(DomainError) as error:
        import_split(patient(), attested="")
    assert error.value.code == "agreement_missing"
    assert Practice.objects.count() == before
