"""The owner sees who did what, who looked at a patient, and takes it along as a file."""

import csv
import io
import uuid

import pytest

from core import audit
from core.audit.models import Entry
from core.audit.read import Wanted, What, trail, whole_trail
from loyalty.patients.enrol import enrol


@pytest.fixture
def olivia(sign_in):
    return sign_in("Olivia", at="aurora")


@pytest.fixture
def frank(sign_in):
    return sign_in("Frank", at="aurora")


def rows_of(answer) -> list[dict[str, str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_who_looked_at_a_patient_is_named_with_when_and_from_where(olivia, frank, patient, words):
    frank.get(f"/patients/{patient.id}/", REMOTE_ADDR="203.0.113.9")
    said = words(olivia.get(f"/trail/?patient={patient.id}"))
    assert "Who looked at Marguerite O'Ellison <b>" in said
    assert "Frank Ford Front desk What Opened a patient’s page" in said
    assert "203.0.113.9" in said


def test_another_patients_entries_are_left_out(olivia, frank, patient, inside, now, words):
    with inside():
        other = enrol(given_name="Otto", family_name="Other", now=now)
    frank.get(f"/patients/{other.id}/")
    said = words(olivia.get(f"/trail/?patient={patient.id}"))
    assert "Frank Ford Front desk" not in said
    assert "Otto" not in said


def test_a_refused_try_stands_there(olivia, frank, words, inside):
    assert frank.get("/benchmarks/").status_code == 404
    assert "Refused" in words(olivia.get("/trail/?what=refused"))
    with inside():
        entry = Entry.objects.get(outcome="denied")
    assert (entry.place, entry.why, entry.role) == ("portal:benchmarks", "benchmarks.view", "front_desk")


def test_a_record_that_is_not_there_was_asked_for_all_the_same(olivia, frank, inside):
    wanted = uuid.uuid4()
    assert frank.get(f"/patients/{wanted}/").status_code == 404
    with inside():
        entry = Entry.objects.get(outcome="denied")
    assert (entry.subject_kind, entry.subject_id) == ("patient", wanted)


def test_it_narrows_by_person_kind_and_day(olivia, frank, patient, words, person):
    frank.get(f"/patients/{patient.id}/")
    olivia.get(f"/patients/{patient.id}/")
    frank_id = person("Frank").id
    page = words(olivia.get(f"/trail/?who={frank_id}&what=looked")).split("Entries, newest first")[1]
    assert "Frank Ford Front desk What Opened a patient’s page" in page
    assert "Olivia Owens Owner" not in page
    assert "Nothing matches" in words(olivia.get(f"/trail/?who={frank_id}&until=2020-01-01"))


@pytest.mark.parametrize("query", ["since=nonsense", "who=nobody-we-know", "what=guessed", "patient=1"])
def test_what_makes_no_sense_is_said_and_breaks_nothing(olivia, query):
    assert olivia.get(f"/trail/?{query}").status_code == 200


def test_days_the_wrong_way_round_say_what_to_do(olivia, words):
    assert "Choose a day that is not before the first one." in words(
        olivia.get("/trail/?since=2026-11-02&until=2026-11-01")
    )


@pytest.mark.parametrize("after", ["x", "2026-11-01~x", "2026-11-01T00:00:00~00000000-0000-0000-0000-000000000001"])
def test_a_place_that_is_none_is_not_found(olivia, after):
    assert olivia.get(f"/trail/?after={after}").status_code == 404


def test_the_file_holds_everything_and_is_inert(olivia, frank, person, patient, inside):
    someone = person("Frank")
    someone.name = "=cmd()"
    someone.save()
    frank.get(f"/patients/{patient.id}/")
    rows = rows_of(olivia.get("/trail/export/"))
    (row,) = [row for row in rows if row["verb"] == "patient.read"]
    assert (row["who"], row["who_id"], row["role"]) == ("'=cmd()", str(someone.id), "front_desk")
    assert row["patients"] == str(patient.id)
    assert "Marguerite" not in str(rows)
    with inside():
        assert len(rows) == Entry.objects.count()


def test_looking_and_exporting_are_entries_themselves(olivia, patient, inside):
    olivia.get(f"/trail/?patient={patient.id}")
    rows_of(olivia.get(f"/trail/export/?patient={patient.id}"))
    with inside():
        assert Entry.objects.get(verb="trail.read", patients__contains=[patient.id])
        assert Entry.objects.get(verb="trail.exported").patients == [patient.id]


def test_the_front_desk_sees_no_link_and_no_trail(frank, patient):
    assert "/trail/" not in frank.get(f"/patients/{patient.id}/").content.decode()
    assert frank.get("/trail/").status_code == 404


def test_the_owner_comes_to_it_from_the_patient(olivia, patient):
    assert f"/trail/?patient={patient.id}" in olivia.get(f"/patients/{patient.id}/").content.decode()


def test_pages_follow_each_other_without_a_gap_or_a_repetition(in_aurora):
    patient, other = uuid.uuid4(), uuid.uuid4()
    for number in range(25):
        audit.record("patient.read", patients=[patient if number % 3 else other], everyone=number % 5 == 0)
    for wanted in (Wanted(), Wanted(patient=patient), Wanted(what=What.LOOKED)):
        whole = [entry.id for entry in whole_trail(wanted, batch=1000)]
        assert [entry.id for entry in whole_trail(wanted, batch=4)] == whole
        assert len(set(whole)) == len(whole)
    of_patient = list(whole_trail(Wanted(patient=patient)))
    assert all(entry.everyone or patient in entry.patients for entry in of_patient)
    assert trail(Wanted(), limit=1000).after is None
