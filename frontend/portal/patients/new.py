"""Adding a patient."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from frontend.forms.patient import PatientForm
from frontend.page import done, form_page, posted
from frontend.request import AskedRequest
from loyalty.patients.enrol import enrol
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.PATIENTS_ADD)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: AskedRequest) -> HttpResponse:
    form = PatientForm(posted(request))
    patient = form.attempt(lambda: enrol(**form.asked(), now=timezone.now()))
    if patient is not None:
        return done(reverse("portal:patient", args=[patient.id]), "patient-added")
    return form_page(request, "portal/patients/new.html", here="patients", form=form)
