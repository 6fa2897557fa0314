"""Practices that apply to join: the list, one of them, and a kind no."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from frontend.forms.application import DeclineForm
from frontend.forms.places import STATES, ZONES
from frontend.page import done, form_page, page, posted
from frontend.request import AskedRequest
from tenants.actions.decline_application import decline_application
from tenants.declare import network_view
from tenants.models import Application
from tenants.permissions import Verb

SHOWN = 200
STATUS = Application.Status


@dataclass(frozen=True, slots=True)
class Choice:
    key: str
    text: str
    count: int
    here: bool


@network_view(Verb.APPLICATIONS_ANSWER)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    """`status` keeps those of one status; those that wait for an answer come first."""
    status = request.GET.get("status", STATUS.NEW)
    counts = dict(Application.objects.order_by().values_list("status").annotate(Count("id")))
    return page(
        request,
        "console/applications.html",
        here="applications",
        choices=[Choice(value, str(label), counts.get(value, 0), value == status) for value, label in STATUS.choices],
        kept=status,
        applications=Application.objects.filter(status=status)[:SHOWN],
    )


@network_view(Verb.APPLICATIONS_ANSWER)
@require_safe
def one(request: AskedRequest, application_id: UUID) -> HttpResponse:
    application = application_of(application_id)
    return page(
        request,
        "console/application.html",
        here="applications",
        application=application,
        state=dict(STATES).get(application.state, application.state),
        zone=dict(ZONES).get(application.time_zone, application.time_zone),
    )


@network_view(Verb.APPLICATIONS_ANSWER)
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: AskedRequest, application_id: UUID) -> HttpResponse:
    application = application_of(application_id)
    form = DeclineForm(posted(request))
    if form.attempt(
        lambda: decline_application(
            application_id=application.id,
            answer=form.cleaned_data["answer"],
            by=request.principal,
            now=timezone.now(),
        )
    ):
        return done(reverse("console:applications"), "application-declined")
    return form_page(
        request, "console/application_decline.html", here="applications", form=form, application=application
    )


def application_of(application_id: UUID) -> Application:
    """Return the application. Raises Http404 for none."""
    application = Application.objects.select_related("practice").filter(id=application_id).first()
    if application is None:
        raise Http404
    return application
