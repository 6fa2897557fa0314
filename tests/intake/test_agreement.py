import pytest

from core.errors import DomainError
from core.tenancy.scope import control_plane
from loyalty.models import Patient
from tenants.models import Practice
from tests.intake.exports import patient


def test_without_an_agreement_no_patient_is_imported(import_into_aurora, tmp_path):
    with pytest.raises(DomainError) as error:
        import_into_aurora(patient(), attested="  ")
    assert error.value.code == "agreement_missing"
    assert '--attest-agreement "who, when"' in error.value.message
    assert (Patient.objects.count(), (tmp_path / "errors.csv").exists()) == (0, False)


def test_what_is_attested_goes_on_record(import_into_aurora, aurora, now):
    import_into_aurora(patient(), attested="Olivia Owens, 2026-11-01")
    with control_plane():
        practice = Practice.objects.get(id=aurora.id)
    assert (practice.aggregation_agreed_at, practice.aggregation_agreed_by) == (now, "Olivia Owens, 2026-11-01")


def test_what_is_on_record_needs_no_word_and_is_not_replaced(import_into_aurora, aurora, now):
    with control_plane():
        Practice.objects.filter(id=aurora.id).update(aggregation_agreed_at=now, aggregation_agreed_by="Olivia")
    import_into_aurora(patient(), attested="")
    import_into_aurora(patient(), attested="Somebody else")
    with control_plane():
        assert Practice.objects.get(id=aurora.id).aggregation_agreed_by == "Olivia"
    assert Patient.objects.count() == 1


def test_without_an_agreement_no_practice_is_opened(import_split):
    before = Practice.objects.count()
    with pytest.raises(DomainError) as error:
        import_split(patient(), attested="")
    assert error.value.code == "agreement_missing"
    assert Practice.objects.count() == before
