"""A hold-out is started, and what was chosen stays."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from core.audit.models import Entry
from core.errors import Conflict, DomainError
from loyalty.models import Holdout


def test_it_runs_from_today_to_its_preset_end(started):
    holdout = started(months=15)
    assert (holdout.starts_on, holdout.ends_on) == (date(2026, 11, 23), date(2028, 2, 23))
    assert holdout.is_running
    assert Entry.objects.filter(verb="holdout.started", subject_id=holdout.id).count() == 1


def test_a_month_that_has_no_such_day_ends_with_its_last(started, now):
    assert started(months=3, outcome_days=30, now=now.replace(day=30)).ends_on == date(2027, 2, 28)


def test_every_one_is_drawn_with_a_salt_of_its_own(started):
    assert started().salt != started(kind="preview").salt


def test_one_of_a_kind_runs_at_a_time(started):
    started()
    with pytest.raises(Conflict, match="running already"):
        started()
    assert Holdout.objects.count() == 1
    started(kind="occasion")


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("percent", 4, "5 to 20 %"),
        ("percent", 21, "5 to 20 %"),
        ("outcome_days", 29, "30 to 365 days"),
        ("months", 1, "2 to 36 months"),
        ("months", 3, "Nobody could join"),
        ("least_effect", 0, "1 to 50 points"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(started, field, value, says):
    with pytest.raises(DomainError, match=says) as refused:
        started(**{field: value})
    assert refused.value.field == field
    assert not Holdout.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "preview"},
        {"percent": 10},
        {"outcome_days": 60},
        {"least_effect": 5},
        {"starts_on": date(2026, 11, 1)},
        {"ends_on": date(2027, 12, 1)},
        {"salt": "0" * 32},
    ],
)
def test_nobody_changes_it_after_its_start(started, change):
    holdout = started()
    with pytest.raises(IntegrityError, match="not changed after its start"), transaction.atomic():
        Holdout.objects.filter(id=holdout.id).update(**change)
