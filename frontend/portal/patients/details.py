"""Changing what is on file of a patient: one page, three forms, each kept by itself."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from frontend.forms.patient_details import ContactPointForm, DetailsForm, WishesForm, details_initial
from frontend.page import done, page, take, way_back
from frontend.request import AskedRequest
from loyalty.models import Patient
from loyalty.patients.change import change_patient, details_of
from loyalty.patients.find import find_patient
from loyalty.patients.meanwhile import ChangedMeanwhile
from loyalty.patients.reach import birth_of
from loyalty.patients.wishes import ENDS_CONTACT, keep_wishes, take_back, wishes_as_text
from loyalty.practice_zone import practice_zone
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.PATIENTS_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: AskedRequest, patient_id: UUID) -> HttpResponse:
    patient = find_patient(patient_id)
    if request.method != "POST":
        return details_page(request, patient)
    form = DetailsForm(request.POST, patient=patient)
    meanwhile: list[ChangedMeanwhile] = []

    def kept() -> Patient:
        try:
            return change_patient(patient_id=patient.id, **form.asked(), was=_was(request), now=timezone.now())
        except ChangedMeanwhile as error:
            meanwhile.append(error)
            raise

    if form.attempt(kept):
        return done(reverse("portal:patient", args=[patient.id]), "patient-changed")
    if meanwhile:
        form = _with_theirs(request, patient, meanwhile[0])
    return details_page(request, patient, details=form)


@practice_view(Verb.PATIENTS_CHANGE)
@require_POST
def wishes(request: AskedRequest, patient_id: UUID) -> HttpResponse:
    patient = find_patient(patient_id)
    form = WishesForm(request.POST, patient=patient)
    changes = form.attempt(
        lambda: keep_wishes(
            patient_id=patient.id,
            wishes=form.wishes(),
            deceased_on=form.cleaned_data["deceased_on"],
            was=_was(request),
            by_person_id=request.principal.person_id,
            now=timezone.now(),
        )
    )
    if changes is None:
        return details_page(request, patient, wished=form)
    back = reverse("portal:patient", args=[patient.id])
    ended = next((one for one in changes if one.is_on and one.wish in ENDS_CONTACT), None)
    return done(back, "contact-ended", of=ended.id) if ended else done(back, "wishes-kept")


@practice_view(Verb.PATIENTS_CHANGE)
@require_POST
def undo_wish(request: AskedRequest, wish_id: UUID) -> HttpResponse:
    return take(
        request,
        lambda: take_back(change_id=wish_id, by_person_id=request.principal.person_id, now=timezone.now()),
        back=way_back(request, reverse("portal:patients")),
        key="contact-again",
        here="patients",
    )


def details_page(
    request: AskedRequest,
    patient: Patient,
    *,
    details: DetailsForm | None = None,
    point: ContactPointForm | None = None,
    wished: WishesForm | None = None,
) -> HttpResponse:
    """The page with its forms: as the record is, or as somebody filled one of them in, with what was wrong."""
    today = timezone.now().astimezone(practice_zone()).date()
    wrong = next((form for form in (details, point, wished) if form is not None), None)
    given: dict[str, Any] = {
        "patient": patient,
        "form": wrong,
        "details": details or DetailsForm(patient=patient),
        "point": point or ContactPointForm(),
        "wished": wished or WishesForm(patient=patient),
        "was": json.dumps(details_of(patient)),
        "was_wished": json.dumps(wishes_as_text(patient)),
        "points": list(patient.contact_points.order_by("-kind", "rank", "id")),
        "is_minor": birth_of(patient).may_be_minor_on(today),
        "has_guardian": patient.guardianships.exists(),
    }
    return page(request, "portal/patients/details.html", here="patients", status=422 if wrong else 200, **given)


def _was(request: AskedRequest) -> dict[str, str]:
    """What the asker saw, as their page says. Who leaves it out is told of nothing, and overwrites."""
    try:
        given = json.loads(request.POST.get("was", "{}"))
    except ValueError:
        return {}
    return {str(key): str(value) for key, value in given.items()} if isinstance(given, dict) else {}


def _with_theirs(request: AskedRequest, patient: Patient, error: ChangedMeanwhile) -> DetailsForm:
    """What was typed here, and in the fields that were left alone, what somebody else wrote meanwhile."""
    patient.refresh_from_db()
    was, now = _was(request), details_initial(patient)
    given: QueryDict = request.POST.copy()
    for difference in error.differences:
        name = difference.field
        if name in now and given.get(name, "") == was.get(name):
            given[name] = str(now[name])
    form = DetailsForm(given, patient=patient)
    form.add_error(None, error.message)
    return form
