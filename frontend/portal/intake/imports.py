"""The list of imports, and the upload that begins one."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from frontend.forms.imports import UploadForm
from frontend.page import form_page
from frontend.request import AskedRequest
from loyalty.intake.imports import imports
from loyalty.intake.upload import upload
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.IMPORTS_RUN)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: AskedRequest) -> HttpResponse:
    form = UploadForm.of(request) if request.method == "POST" else UploadForm()
    of = form.attempt(
        lambda: upload(
            name=form.cleaned_data["file"].name,
            chunks=form.cleaned_data["file"].chunks(),
            by_person_id=request.principal.person_id,
        )
    )
    if of is not None:
        return HttpResponseRedirect(reverse("portal:import", args=[of.id]), status=303)
    return form_page(request, "portal/imports/list.html", here="settings", form=form, imports=imports())
