"""The list of patients, and finding one of them as you type."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontend.page import page
from frontend.request import AskedRequest
from loyalty.patients.search import search
from tenants.declare import practice_view
from tenants.permissions import Verb

PAGE = 30


@practice_view(Verb.PATIENTS_VIEW)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    """`q` is what is remembered of a patient, `from` the number of those already seen."""
    text = request.GET.get("q", "").strip()[:200]
    start = _start(request)
    found = search(text=text, limit=PAGE, offset=start)
    given: dict[str, Any] = {
        "text": text,
        "hits": found.hits,
        "first": start + 1,
        "last": start + len(found.hits),
        "next": start + PAGE if found.more else None,
        "before": max(start - PAGE, 0) if start else None,
    }
    if request.htmx:
        return render(request, "portal/patients/results.html", given)
    return page(request, "portal/patients/list.html", here="patients", **given)


def _start(request: AskedRequest) -> int:
    given = request.GET.get("from", "")
    return min(int(given), 1_000_000) if given.isascii() and given.isdigit() and len(given) < 9 else 0
