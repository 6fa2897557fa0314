"""Adding a patient."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core.errors import DomainError
from frontend.forms.patient import PatientForm
from frontend.page import done, page, posted
from frontend.request import AskedRequest
from loyalty.patients.enrol import enrol
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.PATIENTS_ADD)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: AskedRequest) -> HttpResponse:
    form = PatientForm(posted(request))
    if form.is_valid():
        try:
            patient = enrol(**form.asked(), now=timezone.now())
        except DomainError as error:
            form.refuse(error)
        else:
            return done(reverse("portal:patient", args=[patient.id]), "patient-added")
    status = 422 if form.is_bound else 200
    return page(request, "portal/patients/new.html", here="patients", status=status, form=form)
