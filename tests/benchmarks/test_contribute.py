"""A practice computes its own figures; only aggregates of eleven people leave it, and only with its agreement."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core.tenancy.scope import control_plane, practice_scope
from loyalty.benchmarks.contribute import refresh
from loyalty.benchmarks.correct import IMPORTED, LATER, MERGED
from loyalty.benchmarks.models import Contribution
from loyalty.metrics.compute import compute
from loyalty.metrics.definitions import RELEASED
from loyalty.metrics.stored import as_figures
from loyalty.metrics.windows import Month
from loyalty.models import Drift, DriftFit, Figure, FormerFigure, Import, Location, Merge, Patient, Visit
from tenants.models import Practice

OCTOBER = date(2026, 10, 1)


@pytest.fixture
def agreed(aurora, now):
    Practice.objects.filter(id=aurora.id).update(aggregation_agreed_at=now)


def visit(patients, day, *, times=1):
    """Completed visits of that many people, the first of them `times` times."""
    place = Location.objects.first()
    for number in range(patients):
        patient, _ = Patient.objects.get_or_create(given_name=f"Patient {number}")
        for again in range(times if number == 0 else 1):
            on = day + timedelta(days=again)
            starts = datetime(on.year, on.month, on.day, 18, tzinfo=UTC)
            Visit.objects.create(
                patient=patient,
                location=place,
                status="completed",
                starts_at=starts,
                booked_at=starts - timedelta(days=7),
                completed_at=starts + timedelta(hours=1),
                day=on,
            )


def contributed():
    return {(row.metric, row.month): (row.numerator, row.denominator, row.n) for row in Contribution.objects.all()}


def test_figures_of_every_closed_month_since_the_first_visit_are_kept(in_aurora, now):
    visit(3, date(2026, 8, 20))
    done = refresh(practice=in_aurora, now=now)
    assert done.months == 3
    assert sorted(Figure.objects.filter(metric="visits").values_list("month", "value")) == [
        (date(2026, 8, 1), 3),
        (date(2026, 9, 1), 3),
        (OCTOBER, 3),
    ]


def test_kept_figures_are_the_computed_ones(in_aurora, now):
    visit(12, date(2026, 3, 20), times=4)
    visit(5, date(2026, 6, 2))
    refresh(practice=in_aurora, now=now)
    months = [Month(2026, number) for number in range(3, 11)]
    # What was on file in earlier months nobody knows any more.
    computed = {
        (key, month): f
        for month, found in compute(months=months).items()
        for key, f in found.items()
        if not f.definition.as_found or month == months[-1]
    }
    assert as_figures(Figure.objects.all()) == computed


def test_without_the_clause_nothing_leaves_the_practice(in_aurora, now):
    visit(20, date(2026, 10, 5))
    done = refresh(practice=in_aurora, now=now)
    assert done.figures > 0
    assert (done.contributions, contributed()) == (0, {})


@pytest.mark.parametrize(("people", "leaves"), [(10, False), (11, True)])
def test_only_aggregates_of_eleven_people_leave_it(agreed, in_aurora, now, people, leaves):
    # Many visits do not make up for few people.
    visit(people, date(2026, 9, 1), times=15)
    refresh(practice=in_aurora, now=now)
    expected = {
        ("visits", OCTOBER): (people + 14, people, people),
        ("active_patients", OCTOBER): (people, people, people),
        ("rebooking_rate", OCTOBER): (14, people + 14, people),
        ("new_patients", OCTOBER): (people, people, people),
        ("no_show_rate", OCTOBER): (0, people + 14, people),
        ("occasion_recorded", OCTOBER): (0, people, people),
    }
    found = {key: row for key, row in contributed().items() if key[1] == OCTOBER}
    assert found == (expected if leaves else {})


def test_figures_that_are_not_compared_do_not_leave_it(agreed, in_aurora, now):
    visit(15, date(2026, 9, 1))
    refresh(practice=in_aurora, now=now)
    assert {metric for metric, _ in contributed()} <= {definition.key for definition in RELEASED}


def test_computing_again_leaves_what_did_not_change(agreed, in_aurora, now):
    visit(15, date(2026, 9, 1))
    first = refresh(practice=in_aurora, now=now)
    assert refresh(practice=in_aurora, now=now + timedelta(days=1)) == first
    assert set(Contribution.objects.values_list("computed_at", flat=True)) == {now}
    assert set(Figure.objects.values_list("computed_at", flat=True)) == {now}


def test_a_late_entry_changes_the_months_it_falls_in_only(agreed, in_aurora, now):
    visit(15, date(2026, 8, 20))
    refresh(practice=in_aurora, now=now)
    visit(16, date(2026, 9, 10))
    later = now + timedelta(days=1)
    refresh(practice=in_aurora, now=later)
    stamps = dict(Contribution.objects.filter(metric="visits").values_list("month", "computed_at"))
    assert stamps == {date(2026, 8, 1): now, date(2026, 9, 1): later, OCTOBER: later}


def test_a_correction_is_a_new_version_that_says_why_and_keeps_the_old_one(in_aurora, now):
    visit(15, date(2026, 9, 1))
    refresh(practice=in_aurora, now=now)
    visit(16, date(2026, 9, 10))
    later = now + timedelta(days=1)
    refresh(practice=in_aurora, now=later)
    refresh(practice=in_aurora, now=now + timedelta(days=2))  # nothing is different
    found = Figure.objects.get(metric="visits", month=OCTOBER)
    assert (found.value, found.version, found.why) == (31, 2, LATER)
    former = FormerFigure.objects.get(metric="visits", month=OCTOBER)
    assert (former.value, former.version, former.computed_at, former.replaced_at) == (15, 1, now, later)
    assert former.why == LATER


def test_a_correction_after_a_merge_says_so(in_aurora, now):
    visit(15, date(2026, 9, 1))
    refresh(practice=in_aurora, now=now)
    one, two = Patient.objects.all()[:2]
    Merge.objects.create(patient=one, merged=two, at=now + timedelta(hours=1))
    Patient.objects.filter(id=two.id).update(merged_into=one)
    refresh(practice=in_aurora, now=now + timedelta(days=1))
    found = Figure.objects.get(metric="active_patients", month=OCTOBER)
    assert (found.value, found.version, found.why) == (14, 2, MERGED)


@pytest.mark.parametrize(
    ("state", "hours", "why"),
    [
        ("done", 1, IMPORTED),
        ("undone", 1, IMPORTED),
        ("stopped", 1, IMPORTED),
        ("asking", 1, LATER),
        ("done", -1, LATER),
    ],
)
def test_a_correction_after_an_import_says_so_and_after_one_that_wrote_nothing_does_not(
    in_aurora, now, state, hours, why
):
    visit(15, date(2026, 9, 1))
    refresh(practice=in_aurora, now=now)
    Import.objects.create(
        kind="visits", state=state, file_name="visits.csv", file_type="csv", size=1, digest="0" * 64, started_at=now
    )
    Import.objects.update(updated_at=now + timedelta(hours=hours))
    visit(16, date(2026, 9, 10))
    refresh(practice=in_aurora, now=now + timedelta(days=1))
    assert Figure.objects.get(metric="visits", month=OCTOBER).why == why
    assert FormerFigure.objects.get(metric="visits", month=OCTOBER).why == why


def test_a_figure_that_became_absent_is_remembered(in_aurora, now):
    visit(1, date(2026, 9, 1))
    refresh(practice=in_aurora, now=now)
    Visit.objects.all().delete()
    refresh(practice=in_aurora, now=now + timedelta(days=1))
    assert not Figure.objects.exists()
    assert FormerFigure.objects.filter(metric="visits").count() == 2  # September and October


def test_what_no_longer_holds_is_withdrawn(agreed, in_aurora, now):
    visit(15, date(2026, 9, 1))
    refresh(practice=in_aurora, now=now)
    Visit.objects.filter(patient__given_name__in=[f"Patient {n}" for n in range(5)]).delete()
    refresh(practice=in_aurora, now=now)
    assert contributed() == {}
    assert Figure.objects.get(metric="visits", month=OCTOBER).value == 10
    Visit.objects.all().delete()
    visit(1, date(2026, 10, 2))
    refresh(practice=in_aurora, now=now)
    assert list(Figure.objects.filter(metric="visits").values_list("month", "value")) == [(OCTOBER, 1)]


def test_what_is_read_off_todays_file_is_counted_once_for_the_month_that_has_just_closed(in_aurora, now):
    visit(15, date(2026, 9, 1))
    refresh(practice=in_aurora, now=now)
    Patient.objects.update(birth_year=1980, birth_month=5, birth_day=4)
    refresh(practice=in_aurora, now=now + timedelta(days=1))
    found = Figure.objects.filter(metric="occasion_recorded")
    assert [(row.month, row.numerator, row.denominator) for row in found] == [(OCTOBER, 0, 15)]
    visit(16, date(2026, 9, 2))  # somebody else than before
    refresh(practice=in_aurora, now=now + timedelta(days=2))
    assert [(row.month, row.numerator, row.denominator) for row in found.all()] == [(OCTOBER, 15, 16)]


def test_who_drifted_when_a_month_closed_stands_whatever_the_model_says_later(in_aurora, now):
    visit(15, date(2026, 9, 1))
    model = {"k": 1, "r": 1.0, "alpha": 90.0, "a": 1.0, "b": 2.0, "log_likelihood": -1.0}
    DriftFit.objects.create(day=date(2026, 10, 31), patient_count=15, repeat_count=9, **model)
    for patient in Patient.objects.all()[:4]:
        dates = {"last_on": date(2026, 9, 1), "expected_on": date(2026, 10, 1), "late_from": date(2026, 10, 20)}
        usual = {"visits": 2, "usual_days": 30, "usual_from": "own", "gone_from": date(2027, 9, 1)}
        Drift.objects.create(patient=patient, **dates, **usual)
    refresh(practice=in_aurora, now=now)
    found = Figure.objects.filter(metric="drifting_share")
    assert [(row.month, row.numerator, row.denominator) for row in found] == [(OCTOBER, 4, 15)]
    Drift.objects.all().delete()
    refresh(practice=in_aurora, now=now + timedelta(days=1))
    DriftFit.objects.all().delete()
    # October is still the last month, and nobody says any more who drifts.
    refresh(practice=in_aurora, now=now + timedelta(days=2))
    assert [(row.month, row.numerator, row.denominator) for row in found.all()] == [(OCTOBER, 4, 15)]
    refresh(practice=in_aurora, now=now + timedelta(days=40))
    assert [(row.month, row.numerator, row.denominator) for row in found.all()] == [(OCTOBER, 4, 15)]


def test_taking_the_agreement_back_withdraws_every_contribution(agreed, in_aurora, now):
    visit(15, date(2026, 9, 1))
    refresh(practice=in_aurora, now=now)
    assert contributed()
    with control_plane():
        Practice.objects.filter(id=in_aurora.id).update(aggregation_agreed_at=None)
    refresh(practice=in_aurora, now=now)
    assert contributed() == {}


def test_a_practice_without_visits_has_nothing_to_refresh(agreed, in_aurora, now):
    done = refresh(practice=in_aurora, now=now)
    assert (done.months, done.figures, done.contributions) == (0, 0, 0)


def test_each_practice_contributes_from_its_own_schema(aurora, borealis, now):
    Practice.objects.update(aggregation_agreed_at=now)
    with practice_scope(aurora):
        visit(12, date(2026, 9, 1))
    with practice_scope(borealis):
        visit(20, date(2026, 9, 1))
    for practice in (aurora, borealis):
        with practice_scope(practice):
            refresh(practice=practice, now=now)
    active = Contribution.objects.filter(metric="active_patients", month=OCTOBER)
    assert dict(active.values_list("practice_id", "value")) == {aurora.id: 12, borealis.id: 20}
