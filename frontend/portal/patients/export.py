"""Handing out one patient's record."""

from tempfile import TemporaryFile
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core.tenancy.scope import current_practice
from frontend.forms.record_export import RecordExportForm
from frontend.page import form_page, posted
from frontend.request import AskedRequest
from loyalty.patients.find import find_patient
from loyalty.patients.restrictions import restrictions_of
from loyalty.record_export.export import Form, export_record
from loyalty.record_export.rows import Sight
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.RECORD_EXPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: AskedRequest, patient_id: UUID) -> HttpResponse | FileResponse:
    """The page says what it holds; the file is asked for by POST. Its name says nothing of the patient."""
    patient, now, me = find_patient(patient_id), timezone.now(), request.principal
    form = RecordExportForm(posted(request))
    # On disk: the practice is left when the view ends.
    file: Any = TemporaryFile()  # noqa: SIM115  closed by the response, or below

    def written() -> bool:
        export_record(
            patient_id=patient.id,
            form=Form(form.cleaned_data["form"]),
            sight=Sight(clinical=me.may(Verb.CLINICAL_VIEW), feedback=me.may(Verb.FEEDBACK_VIEW)),
            other=form.other(),
            by_person_id=me.person_id,
            into=file,
            now=now,
        )
        return True

    if form.attempt(written):
        file.seek(0)
        is_fhir = form.cleaned_data["form"] == Form.FHIR
        name = f"{current_practice().slug}-record-{now:%Y-%m-%d}.{'fhir.json' if is_fhir else 'json'}"
        kind = "application/fhir+json" if is_fhir else "application/json"
        answer = FileResponse(file, as_attachment=True, filename=name, content_type=kind)
        answer.headers["Cache-Control"] = "no-store"
        return answer
    file.close()
    return form_page(
        request,
        "portal/patients/export.html",
        here="patients",
        form=form,
        patient=patient,
        restrictions=restrictions_of(patient.id),
    )
