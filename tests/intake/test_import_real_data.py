"""The sample network becomes 99 practices, twice."""

from pathlib import Path

import pytest
from django.conf import settings

from core.tenancy.scope import practice_scope
from loyalty.models import Patient, Touchpoint, Visit
from tenants.models import Practice

pytestmark = [pytest.mark.real_data, pytest.mark.slow]

FHIR = Path(settings.REAL_DATA_DIR) / "fhir_r4"


def test_the_sample_network_lands_whole_and_only_once(import_split):
    if not FHIR.is_dir():
        pytest.skip(f"{FHIR} is absent: set REAL_DATA_DIR")
    before = set(Practice.objects.values_list("id", flat=True))
    first = import_split(path=FHIR)
    assert (first.practices_opened, first.loaded.patients.new, first.loaded.visits.new) == (99, 991, 18_098)
    assert first.same_day == 330
    again = import_split(path=FHIR)
    assert (again.practices_opened, again.loaded.patients.unchanged, again.loaded.visits.unchanged) == (0, 991, 18_098)
    assert (again.loaded.patients.total, again.loaded.visits.total) == (991, 18_098)
    patients = visits = same_day = touchpoints = 0
    for practice in Practice.objects.exclude(id__in=before):
        with practice_scope(practice.ref):
            patients += Patient.objects.count()
            visits += Visit.objects.count()
            same_day += Visit.objects.count() - Visit.objects.values("patient", "day").distinct().count()
            touchpoints += Touchpoint.objects.count()
    assert (patients, visits, same_day, touchpoints) == (991, 18_098, 330, 0)
