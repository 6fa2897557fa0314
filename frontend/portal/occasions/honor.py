"""A personal day is honored, or left out this time; and taken back."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import DomainError, NotFound
from frontend.forms.occasion import LeaveOutForm
from frontend.page import done, form_page, posted, refused, take, way_back
from frontend.portal.me import staff_id_of
from frontend.request import AskedRequest
from loyalty.occasions.honor import honor, leave_out
from loyalty.patients.find import find_patient
from loyalty.touchpoints.contacts import undo
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.CONTACTS_MAKE)
@require_POST
def honored(request: AskedRequest, patient_id: UUID) -> HttpResponse:
    patient = find_patient(patient_id)
    back = way_back(request, reverse("portal:occasions"))
    me = staff_id_of(request.principal)
    try:
        day = parse_date(request.POST.get("day", ""))
        if day is None:
            raise ValueError
        made = honor(
            patient_id=patient.id,
            day=day,
            channel=request.POST.get("channel", ""),
            by_staff_id=me,
            now=timezone.now(),
        )
    except ValueError:
        error = DomainError("day_missing", "Choose the day on the list again.")
        return refused(request, error, back=back, here="occasions")
    except NotFound as gone:
        # The patient is there; what fell on the day no longer is, and that is said.
        return refused(request, DomainError(gone.code, gone.message), back=back, here="occasions")
    except DomainError as error:
        return refused(request, error, back=back, here="occasions")
    return done(back, "occasion-honored", of=made.id)


@practice_view(Verb.CONTACTS_MAKE)
@require_http_methods(["GET", "HEAD", "POST"])
def left_out(request: AskedRequest, patient_id: UUID) -> HttpResponse:
    patient = find_patient(patient_id)
    back = way_back(request, reverse("portal:occasions"))
    form = LeaveOutForm(posted(request), initial={"day": request.GET.get("day", "")})
    me = staff_id_of(request.principal)
    made = form.attempt(
        lambda: leave_out(
            patient_id=patient.id,
            day=form.cleaned_data["day"],
            reason=form.cleaned_data["reason"],
            by_staff_id=me,
            now=timezone.now(),
        )
    )
    if made:
        return done(back, "occasion-left-out", of=made.id)
    return form_page(
        request, "portal/occasions/leave_out.html", here="occasions", form=form, patient=patient, back=back
    )


@practice_view(Verb.CONTACTS_MAKE)
@require_POST
def take_back(request: AskedRequest, celebration_id: UUID) -> HttpResponse:
    back = way_back(request, reverse("portal:occasions"))
    return take(
        request,
        lambda: undo(touchpoint_id=celebration_id, now=timezone.now()),
        back=back,
        key="occasion-back",
        here="occasions",
    )
