"""The personal days of a patient: added, changed, removed."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from core import audit
from frontend.forms.occasion import OccasionForm, initial_of
from frontend.page import done, form_page, posted
from frontend.request import AskedRequest
from loyalty.models import Occasion
from loyalty.occasions import keep
from loyalty.patients.find import find_patient
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.PATIENTS_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: AskedRequest, patient_id: UUID) -> HttpResponse:
    patient = find_patient(patient_id)
    form = OccasionForm(posted(request))
    if form.attempt(lambda: keep.add(patient_id=patient.id, day=form.as_day(), now=timezone.now())):
        return done(reverse("portal:patient", args=[patient.id]), "occasion-kept")
    return form_page(request, "portal/occasions/day.html", here="patients", form=form, patient=patient, occasion=None)


@practice_view(Verb.PATIENTS_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: AskedRequest, occasion_id: UUID) -> HttpResponse:
    occasion = Occasion.objects.filter(id=occasion_id).select_related("patient").first()
    if occasion is None:
        raise Http404
    form = OccasionForm(posted(request), initial=initial_of(occasion))
    if form.attempt(lambda: keep.change(occasion_id=occasion.id, day=form.as_day(), now=timezone.now())):
        return done(reverse("portal:patient", args=[occasion.patient_id]), "occasion-kept")
    audit.record("occasions.read", patients=[occasion.patient_id])
    return form_page(
        request,
        "portal/occasions/day.html",
        here="patients",
        form=form,
        patient=occasion.patient,
        occasion=occasion,
    )


@practice_view(Verb.PATIENTS_CHANGE)
@require_POST
def remove(_request: AskedRequest, occasion_id: UUID) -> HttpResponse:
    patient_id = keep.remove(occasion_id=occasion_id)
    return done(reverse("portal:patient", args=[patient_id]), "occasion-removed")
