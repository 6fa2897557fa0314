"""A patient who drifts is called, written to, or left for now; and each taken back."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import DomainError
from frontend.forms.drifting import LeaveForm
from frontend.page import done, form_page, posted, refused, take, way_back
from frontend.portal.me import staff_id_of
from frontend.request import AskedRequest
from loyalty.drifting.ask import call_off, plan_contact
from loyalty.drifting.leave import leave_for_now, take_up
from loyalty.models import TouchpointChannel
from loyalty.patients.find import find_patient
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.CONTACTS_MAKE)
@require_POST
def contact(request: AskedRequest, patient_id: UUID) -> HttpResponse:
    """`channel` is call or letter. A call opens on the desk at once."""
    back = _back(request)
    try:
        made = plan_contact(
            patient_id=patient_id,
            channel=request.POST.get("channel", ""),
            by_staff_id=staff_id_of(request.principal),
            now=timezone.now(),
        )
    except DomainError as error:
        return refused(request, error, back=back, here="drifting")
    if made.channel == TouchpointChannel.CALL:
        return done(f"{reverse('portal:calls')}?contact={made.id}", "drifting-call", of=made.id)
    return done(back, "drifting-letter", of=made.id)


@practice_view(Verb.CONTACTS_MAKE)
@require_POST
def contact_undo(request: AskedRequest, check_in_id: UUID) -> HttpResponse:
    return take(
        request,
        lambda: call_off(touchpoint_id=check_in_id, now=timezone.now()),
        back=reverse("portal:drifting"),
        key="drifting-contact-off",
        here="drifting",
    )


@practice_view(Verb.CONTACTS_MAKE)
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: AskedRequest, patient_id: UUID) -> HttpResponse:
    patient = find_patient(patient_id)
    form = LeaveForm(posted(request))
    back = _back(request)
    left = form.attempt(
        lambda: leave_for_now(
            patient_id=patient.id,
            until=form.cleaned_data["until"],
            reason=form.cleaned_data["reason"],
            by_staff_id=staff_id_of(request.principal),
            now=timezone.now(),
        )
    )
    if left:
        return done(back, "drifting-left", of=left.id)
    return form_page(request, "portal/drifting/leave.html", here="drifting", form=form, patient=patient, back=back)


@practice_view(Verb.CONTACTS_MAKE)
@require_POST
def leave_undo(request: AskedRequest, left_id: UUID) -> HttpResponse:
    return take(
        request,
        lambda: take_up(left_id=left_id, now=timezone.now()),
        back=_back(request),
        key="drifting-up",
        here="drifting",
    )


def _back(request: AskedRequest) -> str:
    return way_back(request, reverse("portal:drifting"))
