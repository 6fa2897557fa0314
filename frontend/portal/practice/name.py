"""The name of the practice."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from frontend.forms.practice import NameForm
from frontend.page import done, form_page, posted
from frontend.request import AskedRequest
from tenants.actions.rename_practice import rename_practice
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.PRACTICE_RENAME)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: AskedRequest) -> HttpResponse:
    practice = request.practice
    if practice is None:
        raise Http404
    form = NameForm(posted(request), initial={"name": practice.name})
    if form.attempt(lambda: rename_practice(practice=practice, **form.cleaned_data)):
        return done(reverse("portal:settings"), "practice-renamed")
    return form_page(request, "portal/settings/name.html", here="settings", form=form)
