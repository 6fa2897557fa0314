"""Booking a visit, and a patient who comes without one."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from frontend.forms.visit import BookForm, PlaceForm
from frontend.page import done, form_page, posted
from frontend.request import AskedRequest
from loyalty.patients.find import find_patient
from loyalty.visits.book import book
from loyalty.visits.walk_in import walk_in
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.VISITS_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: AskedRequest, patient_id: UUID) -> HttpResponse:
    patient = find_patient(patient_id)
    form = BookForm(posted(request))
    if form.attempt(lambda: book(patient_id=patient.id, **form.asked(), now=timezone.now())):
        return done(reverse("portal:patient", args=[patient.id]), "visit-booked")
    return form_page(request, "portal/visit/new.html", here="patients", form=form, patient=patient)


@practice_view(Verb.VISITS_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: AskedRequest, patient_id: UUID) -> HttpResponse:
    patient = find_patient(patient_id)
    form = PlaceForm(posted(request))
    if form.attempt(lambda: walk_in(patient_id=patient.id, **form.asked(), now=timezone.now())):
        return done(reverse("portal:today"), "visit-walked-in")
    return form_page(request, "portal/visit/walk_in.html", here="patients", form=form, patient=patient)
