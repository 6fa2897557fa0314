"""Who belongs to a patient: found, tied, and let go."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from frontend.forms.family import RELATIONS, GuardianForm, ReferrerForm
from frontend.forms.parts import ActionForm
from frontend.page import form_page
from frontend.request import AskedRequest
from loyalty.family.of_patient import family_of
from loyalty.patients.find import find_patient
from loyalty.patients.search import search
from loyalty.practice_zone import practice_zone
from tenants.declare import practice_view
from tenants.permissions import Verb

MOST = 8


@practice_view(Verb.PATIENTS_CHANGE)
@require_safe
def show(request: AskedRequest, patient_id: UUID) -> HttpResponse:
    """`q` is what is remembered of the other one."""
    return family_screen(request, patient_id)


def family_screen(
    request: AskedRequest,
    patient_id: UUID,
    *,
    guardian: GuardianForm | None = None,
    referrer: ReferrerForm | None = None,
) -> HttpResponse:
    """The page, with a form that could not be kept. Raises NotFound."""
    patient = find_patient(patient_id)
    today = timezone.now().astimezone(practice_zone()).date()
    text = request.GET.get("q", "").strip()[:200]
    hits = search(text=text, today=today, limit=MOST).hits if text else []
    form: ActionForm = guardian or referrer or GuardianForm()
    return form_page(
        request,
        "portal/family/show.html",
        here="patients",
        patient=patient,
        family=family_of(patient, today=today),
        text=text,
        hits=[hit for hit in hits if hit.id != patient.id],
        relations=RELATIONS,
        form=form,
        guardian_form=guardian or GuardianForm(prefix=None),
        referrer_form=referrer or ReferrerForm(auto_id="id_referrer_%s"),
    )
