"""From one page of a trail to the next."""

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest

from core.audit.read import Place


def place_after(request: HttpRequest) -> Place | None:
    """Where the page before ended, from `after` in the address; None at the beginning. Raises Http404 for nonsense."""
    given = request.GET.get("after", "")
    if not given:
        return None
    at, _, id = given.partition("~")
    try:
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None:
            raise ValueError(at)
        return Place(moment, UUID(id))
    except ValueError as error:
        raise Http404 from error


def asked_in(request: HttpRequest, form: Form) -> dict[str, str]:
    """What the trail is narrowed by: the fields of the form that were filled in."""
    return {key: request.GET.get(key, "") for key in form.fields if request.GET.get(key)}


def older(asked: dict[str, str], after: Place | None) -> str:
    """The query string of the next page, empty at the end."""
    return urlencode({**asked, "after": f"{after.at.isoformat()}~{after.id}"}) if after else ""
