"""The list of patients, and finding one of them as you type."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from frontend.page import page
from frontend.request import AskedRequest
from loyalty.patients.search import search
from loyalty.practice_zone import practice_zone
from tenants.declare import practice_view
from tenants.permissions import Verb

PAGE = 30


@practice_view(Verb.PATIENTS_VIEW)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    """`q` is what is remembered of a patient, `after` the last one of the page before."""
    text = request.GET.get("q", "").strip()[:200]
    today = timezone.now().astimezone(practice_zone()).date()
    found = search(text=text, today=today, after=_after(request), limit=PAGE)
    given: dict[str, Any] = {"text": text, "found": found, "hits": found.hits, "paged": "after" in request.GET}
    if request.htmx:
        return render(request, "portal/patients/results.html", given)
    return page(request, "portal/patients/list.html", here="patients", **given)


def _after(request: AskedRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("after", ""))
    except ValueError:
        return None
