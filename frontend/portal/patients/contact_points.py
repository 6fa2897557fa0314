"""The ways to reach a patient: added, corrected, tried earlier, spared, taken off."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from frontend.forms.patient_details import ContactPointForm
from frontend.page import done, form_page, posted, take
from frontend.portal.patients.details import details_page
from frontend.request import AskedRequest
from loyalty.patients.change_contact_points import (
    add_contact_point,
    change_contact_point,
    raise_contact_point,
    remove_contact_point,
    spare_contact_point,
)
from loyalty.patients.find import find_patient
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.PATIENTS_CHANGE)
@require_POST
def add(request: AskedRequest, patient_id: UUID) -> HttpResponse:
    patient = find_patient(patient_id)
    form = ContactPointForm(request.POST)
    if form.attempt(lambda: add_contact_point(patient_id=patient.id, **form.cleaned_data)):
        return done(_back(patient.id), "contact-point-kept")
    return details_page(request, patient, point=form)


@practice_view(Verb.PATIENTS_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: AskedRequest, patient_id: UUID, point_id: UUID) -> HttpResponse:
    patient = find_patient(patient_id)
    point = patient.contact_points.filter(id=point_id).first()
    if point is None:
        raise Http404
    known = {"value": point.value, "label": point.label, "do_not_use": point.do_not_use}
    form = ContactPointForm(posted(request), taken=point, initial=known)
    kept = form.attempt(
        lambda: change_contact_point(
            patient_id=patient.id, point_id=point_id, **form.cleaned_data, was=request.POST.get("was", "")
        )
    )
    if kept is not None:
        return done(_back(patient.id), "contact-point-kept")
    return form_page(
        request, "portal/patients/contact_point.html", here="patients", form=form, patient=patient, point=point
    )


@practice_view(Verb.PATIENTS_CHANGE)
@require_POST
def spare(request: AskedRequest, patient_id: UUID, point_id: UUID) -> HttpResponse:
    """`use`: "again" to use it again."""
    again = request.POST.get("use") == "again"
    return _step(
        request, patient_id, lambda: spare_contact_point(patient_id=patient_id, point_id=point_id, spare=not again)
    )


@practice_view(Verb.PATIENTS_CHANGE)
@require_POST
def lift(request: AskedRequest, patient_id: UUID, point_id: UUID) -> HttpResponse:
    return _step(request, patient_id, lambda: raise_contact_point(patient_id=patient_id, point_id=point_id))


@practice_view(Verb.PATIENTS_CHANGE)
@require_POST
def remove(request: AskedRequest, patient_id: UUID, point_id: UUID) -> HttpResponse:
    return _step(
        request,
        patient_id,
        lambda: remove_contact_point(patient_id=patient_id, point_id=point_id),
        key="contact-point-gone",
    )


def _step(
    request: AskedRequest, patient_id: UUID, step: Callable[[], object], *, key: str = "contact-point-kept"
) -> HttpResponse:
    return take(request, step, back=_back(patient_id), key=key, here="patients")


def _back(patient_id: UUID) -> str:
    return f"{reverse('portal:patient-details', args=[patient_id])}#ways"
