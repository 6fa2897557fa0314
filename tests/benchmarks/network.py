"""A network made up for a test: practices without schemas of their own, and what they contributed."""

import secrets
from datetime import UTC, date, datetime

from loyalty.benchmarks.close_month import close_month
from loyalty.benchmarks.models import Contribution, Release
from loyalty.metrics.windows import Month
from tenants.models import Practice

METRIC = "note_coverage"
REPORTED = datetime(2026, 11, 2, 7, 0, tzinfo=UTC)
CLOSED = datetime(2027, 3, 20, tzinfo=UTC)


def practices(count, *, region="", size_band="", agreed=True, status="active"):
    made = [
        Practice(
            schema_name=f"p_{secrets.token_hex(6)}",
            slug=f"x{secrets.token_hex(6)}",
            name=f"Practice {number}",
            region=region,
            size_band=size_band,
            status=status,
            left_on=date(2026, 10, 1) if status == "left" else None,
            joined_on=date(2024, 1, 1),
            business_associate_agreed_at=REPORTED,
            aggregation_agreed_at=REPORTED if agreed else None,
        )
        for number in range(count)
    ]
    return Practice.objects.bulk_create(made)


def contribute(members, month, *, metric=METRIC, value=40.0, step=1.0, at=REPORTED, version=1):
    """Each member contributes, the first `value`, the next `step` more; again replaces what it had contributed."""
    for number, member in enumerate(members):
        Contribution.objects.update_or_create(
            practice=member,
            metric=metric,
            month=Month.parse(month).first,
            defaults={
                "definition_version": version,
                "numerator": value + step * number,
                "denominator": 100,
                "n": 90,
                "value": value + step * number,
                "computed_at": at,
            },
        )


def close(month):
    return close_month(month=Month.parse(month), now=CLOSED)


def release(month, *, metric=METRIC, kind="all", cohort=""):
    """The latest version of a cell."""
    cells = Release.objects.filter(metric=metric, month=Month.parse(month).first, cohort_kind=kind, cohort=cohort)
    return cells.order_by("-version").first()
