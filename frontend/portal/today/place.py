"""The location that a page of the day is about, as its address names it."""

from uuid import UUID

from django.http import Http404

from frontend.request import AskedRequest


def location_of(request: AskedRequest) -> UUID | None:
    """Return the id that ``at`` names, None without one. Raises Http404 for what is no id."""
    at = request.GET.get("at", "")
    try:
        return UUID(at) if at else None
    except ValueError as error:
        raise Http404 from error
