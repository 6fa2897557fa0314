"""Which personal days fall when."""

from datetime import date, timedelta

import pytest

from loyalty.models import Occasion, Patient
from loyalty.occasions.calendar import falls_in, next_on, recurring_days
from loyalty.occasions.upcoming import upcoming

MONDAY = date(2026, 11, 23)


def said(first=MONDAY, days=7):
    return [(day.day, item.name, item.what) for day in upcoming(first=first, days=days) for item in day.items]


def test_every_day_has_an_entry_also_where_nothing_falls_on_it(in_aurora):
    week = upcoming(first=MONDAY, days=7)
    assert [day.day for day in week] == [MONDAY + timedelta(days=number) for number in range(7)]
    assert all(day.items == [] for day in week)


def test_a_birthday_comes_from_the_birth_date(make_patient):
    make_patient("Grace Chen", birth=(1976, 11, 26))
    assert said() == [(date(2026, 11, 26), "Grace Chen", "50th birthday")]


def test_a_birth_date_without_its_day_has_no_birthday(make_patient):
    make_patient("Grace Chen", birth=(1976, 11, None))
    assert said() == []


def test_somebody_born_on_a_leap_day_celebrates_on_the_28th_in_common_years(make_patient):
    make_patient("Leah Day", birth=(1988, 2, 29))
    assert said(first=date(2027, 2, 26)) == [(date(2027, 2, 28), "Leah Day", "39th birthday")]


def test_somebody_born_on_a_leap_day_celebrates_on_the_29th_in_leap_years(make_patient):
    make_patient("Leah Day", birth=(1988, 2, 29))
    assert said(first=date(2028, 2, 26)) == [(date(2028, 2, 29), "Leah Day", "40th birthday")]


def test_years_with_us_come_from_the_first_visit(patient):
    Patient.objects.filter(id=patient.id).update(patient_since=date(2021, 11, 24))
    assert said() == [(date(2026, 11, 24), "Marguerite Ellison", "5 years with us")]
    Patient.objects.filter(id=patient.id).update(patient_since=date(2025, 11, 24))
    assert said() == [(date(2026, 11, 24), "Marguerite Ellison", "1 year with us")]


def test_the_first_visit_itself_is_no_anniversary(patient):
    Patient.objects.filter(id=patient.id).update(patient_since=MONDAY)
    assert said() == []


def test_a_told_anniversary_counts_its_years_where_they_are_known(patient):
    Occasion.objects.create(patient=patient, kind="anniversary", label="Wedding", month=11, day=27, year=2016)
    Occasion.objects.create(patient=patient, kind="custom", label="Marathon", month=11, day=28)
    assert [what for _, _, what in said()] == ["Wedding, 10 years", "Marathon"]


def test_a_birthday_on_file_is_not_said_twice(make_patient):
    grace = make_patient("Grace Chen", birth=(1976, 11, 26))
    Occasion.objects.create(patient=grace, kind="birthday", month=11, day=26)
    Occasion.objects.create(patient=grace, kind="birthday", label="Her son's birthday", month=11, day=25)
    assert [what for _, _, what in said()] == ["Her son's birthday", "50th birthday"]


def test_a_told_birthday_counts_where_no_birth_date_is_on_file(patient):
    Occasion.objects.create(patient=patient, kind="birthday", month=11, day=26)
    assert [what for _, _, what in said()] == ["Birthday"]


@pytest.mark.parametrize("wish", ["deceased", "no_contact"])
def test_who_must_be_left_in_peace_is_not_listed(make_patient, wish):
    grace = make_patient("Grace Chen", birth=(1976, 11, 26))
    Patient.objects.filter(id=grace.id).update(**{wish: True})
    assert said() == []


def test_a_merged_record_is_not_listed(make_patient):
    grace, other = make_patient("Grace Chen", birth=(1976, 11, 26)), make_patient("Grace Chen-Li")
    Patient.objects.filter(id=grace.id).update(merged_into=other)
    assert said() == []


def test_a_week_across_the_new_year_is_one_week(make_patient):
    make_patient("Ann Eve", birth=(1990, 12, 31))
    make_patient("Bob New", birth=(1990, 1, 1))
    assert [(day.year, what) for day, _, what in said(first=date(2026, 12, 30))] == [
        (2026, "36th birthday"),
        (2027, "37th birthday"),
    ]


def test_the_next_leap_day_is_found_from_either_side():
    assert next_on(2, 29, first=date(2027, 2, 28)) == date(2027, 2, 28)
    assert next_on(2, 29, first=date(2027, 3, 1)) == date(2028, 2, 29)
    assert falls_in(2100, 2, 29) == date(2100, 2, 28)


def test_a_year_of_days_holds_every_day_once_and_the_leap_day():
    common = recurring_days(first=date(2026, 3, 1), days=365)
    assert len(common) == 366
    assert common[2, 29] == date(2027, 2, 28)


@pytest.mark.parametrize("days", [0, 367])
def test_more_than_a_year_or_nothing_is_a_mistake_of_the_caller(in_aurora, days):
    with pytest.raises(ValueError, match="between 1 and 366"):
        upcoming(first=MONDAY, days=days)


def test_it_takes_one_query(in_aurora, django_assert_num_queries):
    with django_assert_num_queries(1):
        upcoming(first=MONDAY, days=7)
