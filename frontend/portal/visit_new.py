"""Booking a visit, and a patient who comes without one."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core.errors import DomainError
from frontend.forms.visit import BookForm, PlaceForm
from frontend.page import done, page, posted
from frontend.portal.of_patient import patient_of
from frontend.request import AskedRequest
from loyalty.visits.book import book
from loyalty.visits.walk_in import walk_in
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.VISITS_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: AskedRequest, patient_id: UUID) -> HttpResponse:
    patient = patient_of(patient_id)
    form = BookForm(posted(request))
    if form.is_valid():
        try:
            starts_at = form.starts_at(form.cleaned_data["location"].time_zone)
            book(patient_id=patient.id, starts_at=starts_at, **form.asked(), now=timezone.now())
        except DomainError as error:
            form.refuse(error)
        else:
            return done(reverse("portal:patient", args=[patient.id]), "visit-booked")
    status = 422 if form.is_bound else 200
    return page(request, "portal/visit/new.html", here="patients", status=status, form=form, patient=patient)


@practice_view(Verb.VISITS_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: AskedRequest, patient_id: UUID) -> HttpResponse:
    patient = patient_of(patient_id)
    form = PlaceForm(posted(request))
    if form.is_valid():
        try:
            walk_in(patient_id=patient.id, **form.asked(), now=timezone.now())
        except DomainError as error:
            form.refuse(error)
        else:
            return done(reverse("portal:today"), "visit-walked-in")
    status = 422 if form.is_bound else 200
    return page(request, "portal/visit/walk_in.html", here="patients", status=status, form=form, patient=patient)
