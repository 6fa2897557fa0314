"""Check constraints that many models share, so that the database refuses what the code would not write."""

from django.db.models import CheckConstraint, Q, TextChoices


def one_of(field: str, choices: type[TextChoices], *, table: str, blank: bool = False) -> CheckConstraint:
    """`field` holds one of the values of `choices` (or "" where `blank`)."""
    values = [*(("",) if blank else ()), *choices.values]
    return CheckConstraint(name=f"{table}_{field}_known", condition=Q(**{f"{field}__in": values}))


def partial_date(prefix: str, *, table: str) -> list[CheckConstraint]:
    """`{prefix}_year`, `_month`, `_day` hold a date of which the end may be unknown: 1980, 1980-05 or 1980-05-17."""
    year, month, day = f"{prefix}_year", f"{prefix}_month", f"{prefix}_day"
    return [
        CheckConstraint(
            name=f"{table}_{prefix}_parts",
            condition=(Q(**{f"{day}__isnull": True}) | Q(**{f"{month}__isnull": False}))
            & (Q(**{f"{month}__isnull": True}) | Q(**{f"{year}__isnull": False})),
        ),
        CheckConstraint(
            name=f"{table}_{prefix}_possible",
            condition=(Q(**{f"{year}__isnull": True}) | Q(**{f"{year}__range": (1850, 2200)}))
            & (Q(**{f"{month}__isnull": True}) | Q(**{f"{month}__range": (1, 12)}))
            & possible_day(month, day),
        ),
    ]


def possible_day(month: str, day: str) -> Q:
    """A day that its month has in some year (29 February included)."""
    return (
        Q(**{f"{day}__isnull": True})
        | Q(**{f"{day}__range": (1, 29)})
        | Q(**{day: 30}) & ~Q(**{month: 2})
        | Q(**{day: 31, f"{month}__in": [1, 3, 5, 7, 8, 10, 12]})
    )
