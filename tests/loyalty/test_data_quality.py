"""How far a month's records can be trusted: each check fails by itself, and only for its own reason."""

from datetime import UTC, date, datetime, timedelta

import pytest

from loyalty.metrics.windows import Month
from loyalty.models import Feedback, FeedbackRequest, Location, Patient, Staff, Visit
from loyalty.quality.checks import Counts, results, score
from loyalty.quality.months import quality_of

OCTOBER = Month(2026, 10)


def person(number, **given):
    known = {"birth_year": 1980, "birth_month": 1 + number % 12, "birth_day": 1 + number % 28, "address": "1 Elm St"}
    return Patient.objects.create(given_name=f"Patient {number}", **known | given)


def visit(patient, *, number=0, day=date(2026, 10, 5), **given):
    starts = datetime(day.year, day.month, day.day, 15, number % 60, tzinfo=UTC) + timedelta(hours=number // 60)
    known = {
        "staff": Staff.objects.first() or Staff.objects.create(display_name="Paula"),
        "location": Location.objects.first(),
        "status": "completed",
        "starts_at": starts,
        "completed_at": starts + timedelta(hours=1),
        "day": day,
    }
    return Visit.objects.create(patient=patient, **known | given)


def failed(month=OCTOBER):
    return [one.check.key for found in quality_of([month]) for one in found.failed]


@pytest.fixture
def plain(in_aurora):
    """Twelve visits of twelve patients with all that is asked for."""
    people = [person(number) for number in range(12)]
    return [visit(one, number=number) for number, one in enumerate(people)]


def test_records_as_they_should_be_pass_every_check(plain):
    (found,) = quality_of([OCTOBER])
    assert (found.score, found.failed) == (100, ())
    assert [one.check.key for one in found.results] == ["staff", "birthday", "contact", "dates", "blocks"]


def test_one_visit_of_twelve_without_staff_is_too_many(plain):
    Visit.objects.filter(id=plain[0].id).update(staff=None)
    (found,) = quality_of([OCTOBER])
    assert [(one.check.key, one.wrong, one.of) for one in found.failed] == [("staff", 1, 12)]
    assert found.score == 80


def test_two_of_twelve_birthdays_may_be_missing_and_three_may_not(plain):
    for number, expected in ((2, []), (3, ["birthday"])):
        ids = [one.patient_id for one in plain[:number]]
        Patient.objects.filter(id__in=ids).update(birth_year=None, birth_month=None, birth_day=None)
        assert failed() == expected


def test_whoever_has_neither_phone_nor_email_nor_address_cannot_be_reached(plain):
    Patient.objects.filter(id__in=[plain[0].patient_id, plain[1].patient_id]).update(address="")
    assert failed() == ["contact"]
    plain[0].patient.contact_points.create(kind="phone", value="555-0101", search="5550101")
    assert failed() == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"arrived_at": datetime(2026, 10, 5, 23, tzinfo=UTC)},
        {"completed_at": datetime(2026, 10, 3, 12, tzinfo=UTC)},
        {"booked_at": datetime(2026, 10, 9, tzinfo=UTC)},
    ],
)
def test_an_impossible_date_fails(plain, wrong):
    Visit.objects.filter(id=plain[0].id).update(**wrong)
    assert failed() == ["dates"]


def test_nobody_comes_before_they_are_born(plain):
    Patient.objects.filter(id=plain[0].patient_id).update(birth_year=2026, birth_month=11)
    assert failed() == ["dates"]


def test_ten_visits_of_one_instant_are_a_block_and_nine_are_not(plain):
    Visit.objects.filter(id__in=[one.id for one in plain[:9]]).update(starts_at=plain[0].starts_at)
    assert failed() == []
    Visit.objects.filter(id=plain[9].id).update(starts_at=plain[0].starts_at)
    assert failed() == ["blocks"]


def test_five_patients_of_one_date_of_birth_are_a_block(plain):
    ids = [one.patient_id for one in plain[:5]]
    Patient.objects.filter(id__in=ids[:4]).update(birth_year=1900 + 70, birth_month=1, birth_day=1)
    assert failed() == []
    Patient.objects.filter(id__in=ids).update(birth_year=1900 + 70, birth_month=1, birth_day=1)
    assert failed() == ["blocks"]


def test_ten_answers_of_one_instant_are_a_block(plain):
    for one in plain[:10]:
        at = datetime(2026, 10, 6, 12, tzinfo=UTC)
        about = {"patient": one.patient, "visit": one, "mode": "staff", "day": date(2026, 10, 6)}
        request = FeedbackRequest.objects.create(asked_at=at, **about)
        Feedback.objects.create(request=request, score=10, answered_at=at, **about)
    assert failed() == ["blocks"]


@pytest.mark.parametrize(("visits", "passed"), [(40, True), (39, False), (160, True), (161, False), (0, False)])
def test_a_month_may_differ_from_the_three_before_it_by_sixty_percent(visits, passed):
    (*_, volume) = results(Counts(visits=visits, patients=visits, before=(90, 100, 110)))
    assert (volume.check.key, volume.passed) == ("volume", passed)


def test_few_visits_before_say_nothing_about_a_break():
    assert "volume" not in [one.check.key for one in results(Counts(visits=100, patients=100, before=(9, 9, 9)))]


def test_a_month_without_visits_breaks_off_and_the_first_months_on_record_do_not(in_aurora):
    for month in (6, 7, 8):
        for number in range(12):
            visit(person(100 * month + number), number=number, day=date(2026, month, 1 + number))
    months = [Month(2026, number) for number in range(6, 11)]
    found = {str(one.month): [result.check.key for result in one.failed] for one in quality_of(months)}
    assert found == {"2026-06": [], "2026-07": [], "2026-08": [], "2026-09": ["volume"]}
    assert [one.score for one in quality_of([Month(2026, 9)])] == [0]


def test_merged_records_are_one_patient(plain):
    for one in plain[1:]:
        Patient.objects.filter(id=one.patient_id).update(merged_into=plain[0].patient_id, birth_day=None)
    assert failed() == []


def test_without_anything_to_check_there_is_no_score(in_aurora):
    assert quality_of([OCTOBER]) == []
    assert quality_of([]) == []
    assert score([]) is None
