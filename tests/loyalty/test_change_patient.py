"""Changing what is on file of a patient, and the ways to reach them."""

import pytest

from core.audit.models import Entry
from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from loyalty.models import ContactPoint, Patient
from loyalty.patients.change import change_patient, details_of
from loyalty.patients.change_contact_points import (
    add_contact_point,
    change_contact_point,
    raise_contact_point,
    remove_contact_point,
    spare_contact_point,
)
from loyalty.patients.meanwhile import ChangedMeanwhile


@pytest.fixture
def change(patient, now):
    """change(city="Salem"): the rest stays as it is on file."""

    def made(
        was=None,
        birth=(None, None, None),
        tags=(),
        language="",
        federal_program="unknown",
        preferred_channel="",
        **typed,
    ):
        return change_patient(
            patient_id=patient.id,
            typed={"given_name": "Marguerite", "family_name": "Ellison", **typed},
            birth=birth,
            language=language,
            preferred_channel=preferred_channel,
            tags=list(tags),
            federal_program=federal_program,
            was=details_of(Patient.objects.get(id=patient.id)) if was is None else was,
            now=now,
        )

    return made


def test_everything_that_is_typed_is_kept(change, patient):
    change(
        preferred_name="Maggie",
        pronouns="she/her",
        city="Salem",
        birth=(1980, 5, None),
        tags=["VIP", " vip", "Bridal  party"],
        language="es-US",
        federal_program="no",
    )
    kept = Patient.objects.get(id=patient.id)
    assert (kept.preferred_name, kept.pronouns, kept.city, kept.language) == ("Maggie", "she/her", "Salem", "es-US")
    assert (kept.birth_year, kept.birth_month, kept.birth_day) == (1980, 5, None)
    assert (kept.tags, kept.federal_program) == (["VIP", "Bridal party"], "no")
    assert kept.address == "2140 NW Lovejoy St"


def test_the_trail_names_the_fields_and_no_value(change):
    change(city="Salem", tags=["VIP"])
    entry = Entry.objects.get(verb="patient.changed")
    assert entry.detail == {"fields": ["city", "tags"]}


def test_nothing_changed_is_no_change(change, patient):
    change(city="Portland")
    assert not Entry.objects.filter(verb="patient.changed").exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"given_name": "", "family_name": " "}, "given_name"),
        ({"city": "x" * 101}, "city"),
        ({"pronouns": "a\0b"}, "pronouns"),
        ({"birth": (1980, 2, 30)}, "birth"),
        ({"birth": (None, 2, 3)}, "birth"),
        ({"language": "English please"}, "language"),
        ({"tags": ["x" * 41]}, "tags"),
        ({"tags": [str(n) for n in range(21)]}, "tags"),
        ({"federal_program": "maybe"}, "federal_program"),
        ({"preferred_channel": "fax"}, "preferred_channel"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_its_field_and_nothing_is_written(change, patient, given, field):
    before = details_of(Patient.objects.get(id=patient.id))
    with pytest.raises(DomainError) as refused:
        change(**{"pronouns": "she/her", **given})
    assert refused.value.field == field
    assert details_of(Patient.objects.get(id=patient.id)) == before


def test_a_record_number_of_somebody_else_is_refused(change, make_patient):
    make_patient("Grace Chen", record_number="0042")
    with pytest.raises(DomainError, match="Another patient has the record number 0042"):
        change(record_number="0042")


def test_the_second_of_two_editors_is_told_what_the_first_changed(change, patient):
    seen = details_of(Patient.objects.get(id=patient.id))
    change(city="Salem", pronouns="she/her")
    with pytest.raises(ChangedMeanwhile) as refused:
        change(city="Portland", preferred_name="Maggie", was=seen)
    assert "City: “Salem”" in refused.value.message
    assert "Pronouns: “she/her”" in refused.value.message
    assert [one.field for one in refused.value.differences] == ["pronouns", "city"]
    assert Patient.objects.get(id=patient.id).preferred_name == ""


def test_a_merged_record_is_not_changed(change, patient, make_patient):
    Patient.objects.filter(id=patient.id).update(merged_into=make_patient("Margaret Ellison"))
    with pytest.raises(Conflict, match="merged into another"):
        change(city="Salem")


def points(patient):
    rows = ContactPoint.objects.filter(patient=patient).order_by("kind", "rank", "id")
    return [(one.kind, one.value, one.label, one.rank, one.do_not_use) for one in rows]


@pytest.fixture
def add(patient):
    return lambda value, kind="phone", label="": add_contact_point(
        patient_id=patient.id, kind=kind, value=value, label=label
    )


def test_a_number_is_added_at_the_end_and_raised(add, patient):
    added = add("(503) 555-0110", label="home")
    add("m@example.com", kind="email")
    raise_contact_point(patient_id=patient.id, point_id=added.id)
    assert points(patient) == [
        ("email", "m@example.com", "", 1, False),
        ("phone", "(503) 555-0110", "home", 1, False),
        ("phone", "(503) 555-0148", "", 2, False),
    ]
    with pytest.raises(Conflict, match="first already"):
        raise_contact_point(patient_id=patient.id, point_id=added.id)


@pytest.mark.parametrize(("value", "kind"), [("12", "phone"), ("a@b", "email"), ("", "phone"), ("5035550148", "phone")])
def test_what_is_no_number_or_stands_there_already_is_refused(add, patient, value, kind):
    with pytest.raises(DomainError) as refused:
        add(value, kind=kind)
    assert refused.value.field == "value"
    assert len(points(patient)) == 1


def test_a_number_is_corrected_and_the_second_editor_is_told(patient):
    point = ContactPoint.objects.get(patient=patient)
    given = {"patient_id": patient.id, "point_id": point.id, "label": "mobile", "do_not_use": False}
    change_contact_point(**given, value="(503) 555-0199", was=point.value)
    kept = ContactPoint.objects.get(id=point.id)
    assert (kept.value, kept.search, kept.label) == ("(503) 555-0199", "5035550199", "mobile")
    with pytest.raises(Conflict, match="It says now: “\\(503\\) 555-0199”"):
        change_contact_point(**given, value="(503) 555-0100", was=point.value)


def test_a_number_is_spared_and_opened_again(patient):
    point = ContactPoint.objects.get(patient=patient)
    spare_contact_point(patient_id=patient.id, point_id=point.id, spare=True)
    assert points(patient)[0][-1] is True
    with pytest.raises(Conflict):
        spare_contact_point(patient_id=patient.id, point_id=point.id, spare=True)
    spare_contact_point(patient_id=patient.id, point_id=point.id, spare=False)
    assert points(patient)[0][-1] is False


def test_a_number_of_somebody_else_is_not_found(patient, make_patient):
    other = make_patient("Grace Chen", phones=["(503) 555-0111"])
    point = ContactPoint.objects.get(patient=other)
    for act in (raise_contact_point, remove_contact_point):
        with pytest.raises(NotFound):
            act(patient_id=patient.id, point_id=point.id)
    with pytest.raises(NotFound):
        spare_contact_point(patient_id=uuid7(), point_id=point.id, spare=True)


def test_a_number_typed_wrong_is_taken_off(patient):
    remove_contact_point(patient_id=patient.id, point_id=ContactPoint.objects.get(patient=patient).id)
    assert points(patient) == []


def test_ten_numbers_are_enough_and_a_kind_is_one_of_two(patient):
    for number in range(9):
        add_contact_point(patient_id=patient.id, kind="phone", value=f"503-555-010{number}", label="")
    with pytest.raises(DomainError) as refused:
        add_contact_point(patient_id=patient.id, kind="phone", value="503-555-0199", label="")
    assert refused.value.code == "contact_points_many"
    add_contact_point(patient_id=patient.id, kind="email", value="m@example.com", label="")
    with pytest.raises(DomainError) as refused:
        add_contact_point(patient_id=patient.id, kind="pigeon", value="503-555-0199", label="")
    assert refused.value.field == "kind"
