"""Where everything that can be set up is found."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from frontend.page import page
from frontend.request import AskedRequest
from frontend.settings_pages import settings_for
from tenants.declare import practice_view
from tenants.permissions import Verb


# What everybody may see, also before the agreements: the groups themselves leave out what is not theirs.
@practice_view(Verb.AGREEMENTS_VIEW)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    return page(request, "portal/settings/hub.html", here="settings", groups=settings_for(request.principal))
