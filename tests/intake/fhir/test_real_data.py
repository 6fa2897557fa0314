"""The sample network: Synthea patients, split by the organizations that saw them."""

from pathlib import Path

import pytest
from django.conf import settings

from loyalty.intake.fhir.errors import Outcome
from tests.intake.exports import READING, Export, adds_up, read

pytestmark = pytest.mark.real_data

FHIR = Path(settings.REAL_DATA_DIR) / "fhir_r4"


@pytest.fixture(scope="module")
def network() -> Export:
    if not FHIR.is_dir():
        pytest.skip(f"{FHIR} is absent: set REAL_DATA_DIR")
    return read(FHIR, by_organization=True)


def test_every_patient_is_a_patient_of_each_organization_that_saw_them(network):
    assert len(network.practices) == 99
    assert len(network.patients) == 991
    assert len({row.id for row in network.patients}) == 615


def test_every_encounter_is_accounted_for(network):
    count = network.tally.of["Encounter"]
    assert (count.read, count.landing, count.refused, count.skipped, count.repeated) == (18_098, 18_098, 0, 0, 0)
    assert len({visit.id for visit in network.visits}) == 18_098
    assert adds_up(network)


def test_every_procedure_finds_its_encounter(network):
    assert sum(len(visit.procedures) for visit in network.visits) == 14_081


def test_the_dead_are_dead(network):
    assert len({row.id for row in network.patients if row.deceased}) == 124


def test_the_only_doubts_are_encounters_outside_of_a_life(network):
    assert {error.outcome for error in network.errors} == {Outcome.KEPT}
    assert all("of its patient" in error.reason for error in network.errors)


def test_encounters_of_a_century_ago_are_kept(network):
    assert min(visit.starts_at for visit in network.visits).year == 1914


def test_no_social_security_number_is_taken(network):
    systems = {identifier.system for row in network.patients for identifier in row.identifiers}
    assert systems == {"https://github.com/synthetichealth/synthea", "http://hospital.smarthealthit.org"}


def test_whole_patient_bundles_are_read(network):
    export = read(FHIR / "bundles")
    assert (len(export.patients), len(export.visits), export.errors) == (8, 57, [])
    assert export.tally.passed_over["Observation"] == 341


def test_reading_twice_says_the_same(network):
    again = read(FHIR, by_organization=True, reading=READING)
    assert (again.patients, again.visits, again.errors) == (network.patients, network.visits, network.errors)
