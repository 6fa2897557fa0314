"""Visits from a table: whose they are, when they were, and that nothing follows from history."""

from datetime import UTC, datetime

import pytest

from loyalty.models import Location, Patient, Touchpoint, Visit
from loyalty.patients.enrol import enrol
from tests.intake.sheets.conftest import counts
from tests.intake.sheets.test_patients import TWO

VISITS = (
    "Appointment ID,Client ID,Date,Time,Duration,Service,Provider,Status\n"
    "77,004182,06/15/2026,2:30 PM,45,Facial,Dr. Sato,Completed\n"
    "78,004182,07/20/2026,10:00 AM,45,Facial,Dr. Sato,No-Show\n"
)
STATUS = "“Sideways” is no status that we know, such as completed, cancelled or no-show"
WHOSE = "The row does not say whose visit it was: a number, or a name with a phone or an email"


def test_a_visit_finds_its_patient_by_number_and_is_history(bring):
    bring(TWO)
    assert counts(bring(VISITS)) == {"new": 2}
    first = Visit.objects.get(status="completed")
    assert first.patient.given_name == "Marguerite"
    # Half past two on the wall in Los Angeles, in summer.
    assert first.starts_at == datetime(2026, 6, 15, 21, 30, tzinfo=UTC)
    assert (first.ends_at - first.starts_at).seconds == 45 * 60
    assert (first.service.name, first.staff.display_name, first.source) == ("Facial", "Dr. Sato", "import")
    assert first.is_history
    assert Patient.objects.get(given_name="Marguerite").patient_since == first.day
    assert not Touchpoint.objects.exists()


def test_the_same_file_again_changes_nothing(bring):
    bring(TWO)
    bring(VISITS)
    assert counts(bring(VISITS)) == {"unchanged": 2}


def test_a_visit_finds_its_patient_by_name_and_phone(bring, now):
    enrol(given_name="Ana", family_name="Ruiz", phones=["503 555 0100"], now=now)
    file = "Start Time,End Time,First Name,Last Name,Phone,Email,Type,Calendar,Date Scheduled\n"
    row = '"June 15, 2026 2:30 pm","June 15, 2026 3:15 pm",ANA,Ruiz,(503) 555-0100,,Facial,Dr. Sato,2026-06-01\n'
    of = bring(file + row)
    assert (of.known_as, counts(of)) == ("Acuity", {"new": 1})
    assert Visit.objects.get().service.name == "Facial"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("79,999,06/15/2026,2:30 PM,,,,", "No patient has the number “999”; import the patients first"),
        ("79,004182,,,,,,", "The row does not say when the visit was"),
        ("79,004182,06/31/2026,2:30 PM,,,,", "“06/31/2026” is a day that no calendar has"),
        ("79,004182,06/15/2026,late,,,,", "“late” is not a time of day"),
        ("79,004182,06/15/2026,2:30 PM,,,,Sideways", STATUS),
        ("79,004182,12/15/2026,2:30 PM,,,,Completed", "The visit lies ahead and is “Completed” already"),
        ("79,,06/15/2026,2:30 PM,,,,", WHOSE),
    ],
)  # fmt: skip
def test_a_row_that_cannot_land_says_why(bring, issues, row, reason):
    bring(TWO)
    of = bring(VISITS.splitlines()[0] + "\n" + row + "\n")
    assert counts(of) == {"refused": 1}
    assert issues(of) == [(2, "", reason, False)]


def test_two_patients_who_fit_are_not_chosen_between(bring, now, issues):
    for _ in range(2):
        enrol(given_name="Ana", family_name="Ruiz", phones=["503 555 0100"], now=now)
    of = bring("Date,First Name,Last Name,Phone,Status\n06/15/2026,Ana,Ruiz,503 555 0100,Completed\n")
    assert counts(of) == {"refused": 1}
    assert "two patients" in issues(of)[0][2].lower()


def test_a_visit_ahead_is_booked_and_makes_no_contact(bring):
    bring(TWO)
    bring(VISITS.splitlines()[0] + "\n80,004182,12/15/2026,2:30 PM,,,,Confirmed\n")
    visit = Visit.objects.get()
    assert (visit.status, visit.is_history) == ("confirmed", False)
    assert not Touchpoint.objects.exists()


def test_a_location_is_found_by_its_name_and_keeps_its_own_clock(bring):
    Location.objects.create(name="Harbor", time_zone="America/New_York")
    bring(TWO)
    head = "Appointment ID,Client ID,Date,Time,Location\n"
    of = bring(head + "1,004182,06/15/2026,2:30 PM,HARBOR\n2,004183,06/15/2026,2:30 PM,Nowhere\n")
    assert counts(of) == {"new": 2, "remarked": 1}
    hours = dict(Visit.objects.values_list("patient__given_name", "starts_at"))
    assert (hours["Marguerite"].hour, hours["Nora"].hour) == (18, 21)
