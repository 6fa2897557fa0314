"""Whom the letters about a record name."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from frontend.forms.privacy_contact import PrivacyContactForm
from frontend.page import done, form_page, posted
from frontend.request import AskedRequest
from loyalty.record_requests.privacy_contact import name_privacy_contact, privacy_contact
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.RECORD_REQUESTS_ANSWER)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: AskedRequest) -> HttpResponse:
    named = privacy_contact()
    form = PrivacyContactForm(posted(request), initial={"name": named.name, "phone": named.phone} if named else None)
    if form.attempt(lambda: name_privacy_contact(**form.cleaned_data)):
        return done(reverse("portal:settings"), "privacy-contact-named")
    return form_page(request, "portal/record_requests/contact.html", here="settings", form=form)
