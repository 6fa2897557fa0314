"""Remembering something of a patient, and forgetting it for good."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from frontend.forms.memory import MemoryForm
from frontend.page import done, form_page, posted, take
from frontend.portal.me import staff_id_of
from frontend.portal.patients.patient import patient_screen
from frontend.request import AskedRequest
from loyalty.models import Memory
from loyalty.patients.find import find_patient
from loyalty.patients.remember import change_memory, find_memory, forget, memory_as_text, remember
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.PATIENTS_CHANGE)
@require_POST
def add(request: AskedRequest, patient_id: UUID) -> HttpResponse:
    form = MemoryForm(request.POST, clinical=request.principal.may(Verb.CLINICAL_VIEW))
    me = staff_id_of(request.principal)
    if form.attempt(lambda: remember(patient_id=patient_id, **form.cleaned_data, by_staff_id=me, now=timezone.now())):
        return done(reverse("portal:patient", args=[patient_id]), "remembered")
    return patient_screen(request, patient_id, form=form)


@practice_view(Verb.PATIENTS_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: AskedRequest, patient_id: UUID, memory_id: UUID) -> HttpResponse:
    clinical = request.principal.may(Verb.CLINICAL_VIEW)
    patient = find_patient(patient_id)
    memory = _found(patient.id, memory_id, clinical=clinical)
    known = {name: getattr(memory, name) for name in MemoryForm.base_fields}
    form = MemoryForm(posted(request), clinical=clinical, initial=known)
    kept = form.attempt(
        lambda: change_memory(
            memory_id=memory_id,
            **form.cleaned_data,
            was=request.POST.get("was", ""),
            clinical=clinical,
            now=timezone.now(),
        )
    )
    if kept is not None:
        return done(f"{reverse('portal:patient', args=[patient.id])}#memories", "memory-changed")
    # Read again: where somebody else changed it, the next try starts from what they wrote.
    was = memory_as_text(_found(patient.id, memory_id, clinical=clinical))
    return form_page(
        request, "portal/patient/memory.html", here="patients", form=form, patient=patient, memory=memory, was=was
    )


@practice_view(Verb.PATIENTS_CHANGE)
@require_POST
def let_go(request: AskedRequest, patient_id: UUID, memory_id: UUID) -> HttpResponse:
    back = reverse("portal:patient", args=[patient_id])
    if not Memory.objects.filter(id=memory_id, patient_id=patient_id).exists():
        raise Http404
    clinical = request.principal.may(Verb.CLINICAL_VIEW)
    return take(
        request,
        lambda: forget(memory_id=memory_id, clinical=clinical, now=timezone.now()),
        back=back,
        key="forgotten",
        here="patients",
    )


def _found(patient_id: UUID, memory_id: UUID, *, clinical: bool) -> Memory:
    return find_memory(patient_id=patient_id, memory_id=memory_id, clinical=clinical)
