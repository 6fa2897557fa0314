"""What each column becomes."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core.errors import DomainError
from frontend.forms.imports import ColumnsForm
from frontend.page import form_page, posted, refused
from frontend.request import AskedRequest
from loyalty.intake.choose_columns import choose_columns
from loyalty.intake.open_file import open_columns
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.IMPORTS_RUN)
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: AskedRequest, import_id: UUID) -> HttpResponse:
    try:
        file = open_columns(import_id=import_id)
    except DomainError as error:
        return refused(request, error, back=reverse("portal:imports"), here="settings")
    form = ColumnsForm(posted(request), file=file)
    if form.attempt(lambda: choose_columns(import_id=import_id, columns=form.chosen(), now=timezone.now())):
        return HttpResponseRedirect(reverse("portal:import", args=[import_id]), status=303)
    return form_page(request, "portal/imports/columns.html", here="settings", form=form, file=file, step=2)
