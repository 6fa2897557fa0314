"""How a file is read: what it leaves open is asked, what was guessed can be changed."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from core.errors import DomainError
from frontend.forms.imports import ReadingForm
from frontend.page import form_page, posted, refused
from frontend.request import AskedRequest
from loyalty.intake.choose_reading import choose_reading
from loyalty.intake.open_file import open_file
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.IMPORTS_RUN)
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: AskedRequest, import_id: UUID) -> HttpResponse:
    try:
        file = open_file(import_id=import_id)
    except DomainError as error:
        return refused(request, error, back=reverse("portal:imports"), here="settings")
    form = ReadingForm(posted(request), file=file)
    if form.attempt(lambda: choose_reading(import_id=import_id, reading=form.reading())):
        return HttpResponseRedirect(reverse("portal:import", args=[import_id]), status=303)
    return form_page(request, "portal/imports/reading.html", here="settings", form=form, file=file, step=1)
