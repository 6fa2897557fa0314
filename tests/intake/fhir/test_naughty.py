"""Strings that break software, in every place of a resource; and resources of arbitrary shape."""

import copy
import json
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from loyalty.intake.fhir.text import TextError, clean_text
from tests.intake.exports import (
    adds_up,
    appointment,
    encounter,
    organization,
    patient,
    practitioner,
    procedure,
    read_lines,
)

FULL = [
    organization(telecom=[{"system": "phone", "value": "555-0100"}], address=[{"city": "Salem"}]),
    practitioner(identifier=[{"system": "urn:npi", "value": "1"}]),
    patient(
        birthDate="1980-05",
        deceasedBoolean=False,
        identifier=[{"type": {"coding": [{"code": "MR"}]}, "system": "urn:ehr", "value": "007"}],
        telecom=[{"system": "email", "value": "ann@example.com", "use": "home", "rank": 1, "period": {"end": "2030"}}],
        address=[{"use": "home", "line": ["1 Elm St"], "city": "Salem", "postalCode": "01940"}],
        communication=[{"language": {"coding": [{"system": "urn:ietf:bcp:47", "code": "en"}]}, "preferred": True}],
        contact=[{"relationship": [{"text": "Mother"}], "name": {"text": "Mia"}}],
        link=[{"type": "seealso", "other": {"reference": "Patient/p2"}}],
        managingOrganization={"reference": "Organization/o1"},
    ),
    encounter(
        type=[{"text": "Visit"}],
        participant=[{"individual": {"reference": "Practitioner/dr1", "display": "Dr. Sato"}}],
        location=[{"location": {"reference": "Location/l1", "display": "Downtown"}}],
        appointment=[{"reference": "Appointment/a1"}],
    ),
    appointment(created="2026-04-01T10:00:00Z"),
    procedure(performer=[{"actor": {"reference": "Practitioner/dr1"}}]),
]


def places(value, path=()):
    """The path of every value inside, deepest included."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield (*path, key)
        yield from places(inner, (*path, key))


PLACES = [(i, path) for i, resource in enumerate(FULL) for path in places(resource)]


def with_value(place, value):
    resources = copy.deepcopy(FULL)
    index, path = place
    holder = resources[index]
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = value
    return resources


def bytes_of(resource) -> bytes:
    return json.dumps(resource).encode()


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["\x00", "\ud800", "2026-02-30"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["reference", "text", "x"]), inner),
    max_leaves=5,
)


@given(place=st.sampled_from(PLACES), value=JSON, by_organization=st.booleans())
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=300)
def test_nothing_in_any_place_crashes_the_reader_and_the_numbers_add_up(tmp_path, place, value, by_organization):
    export = read_lines(tmp_path, *map(bytes_of, with_value(place, value)), by_organization=by_organization)
    assert adds_up(export)
    assert all(error.reason.isprintable() for error in export.errors)


@given(data=st.binary(max_size=400))
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_bytes_between_good_rows_cost_no_good_row(tmp_path, data):
    export = read_lines(tmp_path, patient("p1"), data, patient("p3"))
    assert {"p1", "p3"} <= {row.id for row in export.patients}


@pytest.mark.real_data
def test_every_naughty_string_is_kept_as_it_is_or_left_out_with_a_reason(tmp_path):
    path = Path(settings.REAL_DATA_DIR) / "bad_input" / "blns.json"
    if not path.exists():
        pytest.skip(f"{path} is absent: set REAL_DATA_DIR")
    strings = json.loads(path.read_text())
    rows = [
        patient(f"p{i}", name=[{"family": f"Lee {i}", "given": [text]}], address=[{"city": text, "line": [text]}])
        for i, text in enumerate(strings)
    ]
    export = read_lines(tmp_path, *rows)
    assert [row.id for row in export.patients] == [row["id"] for row in rows]
    left_out = {error.resource_id for error in export.errors if error.reason.startswith("name[0].given[0] ")}
    for row, text in zip(export.patients, strings, strict=True):
        try:
            expected = clean_text(text, most=120)
        except TextError:
            expected = ""
            assert row.id in left_out
        assert row.given_name == expected
