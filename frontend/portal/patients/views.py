"""Views of the list: saved under a name, changed, deleted."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from frontend.forms.patient_filter import as_query
from frontend.forms.tags import ViewForm, read_filter
from frontend.page import done, form_page, posted, take
from frontend.portal.patients.search import patient_list
from frontend.request import AskedRequest
from loyalty.models import SavedView
from loyalty.patients.views import change_view, delete_view, find_view, save_view
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.PATIENTS_VIEW)
@require_POST
def save(request: AskedRequest) -> HttpResponse:
    form = ViewForm(request.POST)
    view = form.attempt(lambda: _saved(form, request))
    if view is not None:
        return done(_address(view.id), "view-saved")
    return patient_list(request, view_form=form, status=422)


@practice_view(Verb.PATIENTS_VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: AskedRequest, view_id: UUID) -> HttpResponse:
    view = find_view(view_id=view_id, person_id=request.principal.person_id)
    form = ViewForm(posted(request), initial={"name": view.name, "shared": view.shared})
    changed = form.attempt(
        lambda: change_view(
            view_id=view_id,
            name=form.cleaned_data["name"],
            shared=form.cleaned_data["shared"],
            asked=read_filter(form.cleaned_data["filter"]) if form.cleaned_data["filter"] else None,
            by_person_id=request.principal.person_id,
        )
    )
    if changed is not None:
        return done(_address(view_id), "view-changed")
    query = as_query(view.asked).urlencode() if view.asked else ""
    return form_page(request, "portal/patients/view.html", here="patients", form=form, view=view, query=query)


@practice_view(Verb.PATIENTS_VIEW)
@require_POST
def delete(request: AskedRequest, view_id: UUID) -> HttpResponse:
    return take(
        request,
        lambda: delete_view(view_id=view_id, by_person_id=request.principal.person_id),
        back=reverse("portal:patients"),
        key="view-deleted",
        here="patients",
    )


def _saved(form: ViewForm, request: AskedRequest) -> SavedView:
    given = form.cleaned_data
    return save_view(
        name=given["name"],
        asked=read_filter(given["filter"]),
        shared=given["shared"],
        by_person_id=request.principal.person_id,
    )


def _address(view_id: UUID) -> str:
    return f"{reverse('portal:patients')}?view={view_id}"
