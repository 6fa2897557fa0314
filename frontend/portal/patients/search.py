"""The list of patients: narrowed, sorted, under saved views, and finding one of them as you type."""

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.errors import NotFound
from frontend.forms.patient_filter import PatientFilterForm, as_query
from frontend.forms.tags import ViewForm
from frontend.page import page
from frontend.request import AskedRequest
from loyalty.patients.filter_options import filter_options
from loyalty.patients.search import search
from loyalty.patients.tag_many import MOST
from loyalty.patients.views import View, find_view, views_of
from loyalty.practice_zone import practice_zone
from tenants.declare import practice_view
from tenants.permissions import Verb

PAGE = 30
# What may stand in the address beside a filter.
_OTHERS = ("q", "after", "view", "said", "of")


@practice_view(Verb.PATIENTS_VIEW)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    """`q` is what is remembered of a patient, `after` the last one of the page before, `view` a saved filter."""
    return patient_list(request)


def patient_list(request: AskedRequest, *, view_form: ViewForm | None = None, status: int = 200) -> HttpResponse:
    """The list as the address asks for it. `view_form`: a view that could not be saved, with what was wrong."""
    me = request.principal
    text = request.GET.get("q", "").strip()[:200]
    view = _view(request)
    query = _query(request, view)
    form = PatientFilterForm(query, options=filter_options(), feedback=me.may(Verb.FEEDBACK_VIEW))
    asked = form.asked()
    today = timezone.now().astimezone(practice_zone()).date()
    found = search(text=text, today=today, asked=asked, after=_after(request), limit=PAGE)
    kept = query.copy()
    if text:
        kept["q"] = text
    chips = form.chips(asked, kept)
    given: dict[str, Any] = {
        "text": text,
        "found": found,
        "hits": found.hits,
        "paged": "after" in request.GET,
        "chips": chips,
        "rest": kept.urlencode(),
        "kept_filter": json.dumps(asked.to_json()),
        "may_merge": me.may(Verb.PATIENTS_MERGE),
        "all_at_once": found.total <= MOST and not found.at_least,
    }
    if request.htmx and not view_form:
        return render(request, "portal/patients/results.html", given)
    return page(
        request,
        "portal/patients/list.html",
        here="patients",
        status=status,
        filters=form,
        asked=asked,
        view=view,
        views=views_of(person_id=me.person_id),
        view_form=view_form or ViewForm(),
        known_tags=filter_tags(form),
        **given,
    )


def filter_tags(form: PatientFilterForm) -> list[str]:
    """The tags in use, to be offered where one is typed."""
    return [key for key, _ in form.fields["tag"].choices if key]  # type: ignore[attr-defined]


def _view(request: AskedRequest) -> View | None:
    given = request.GET.get("view", "")
    if not given:
        return None
    try:
        return find_view(view_id=UUID(given), person_id=request.principal.person_id)
    except (ValueError, NotFound) as error:
        raise Http404 from error


def _query(request: AskedRequest, view: View | None) -> QueryDict:
    """The filter of the address, or, where it has none, the view's."""
    query = request.GET.copy()
    for name in _OTHERS:
        query.pop(name, None)
    for name in [name for name in query if not query[name]]:
        del query[name]
    return as_query(view.asked) if view and view.asked and not query else query


def _after(request: AskedRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("after", ""))
    except ValueError:
        return None
