"""Who works here now, as lists of people to choose from show them."""

from django.db.models import QuerySet

from loyalty.models import Staff


def at_work() -> QuerySet[Staff]:
    """The active staff by name."""
    return Staff.objects.filter(is_active=True).order_by("display_name", "id")
