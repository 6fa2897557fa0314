"""What the network says to everybody in its practices."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from frontend.forms.announcement import AnnouncementForm
from frontend.page import done, form_page, posted, take
from frontend.request import AskedRequest
from tenants.actions.announce import announce
from tenants.actions.withdraw_announcement import withdraw_announcement
from tenants.declare import network_view
from tenants.models import Announcement
from tenants.permissions import Verb

SHOWN = 50


@network_view(Verb.ANNOUNCEMENTS_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: AskedRequest) -> HttpResponse:
    now = timezone.now()
    form = AnnouncementForm(posted(request))
    if form.attempt(lambda: announce(**form.asked(), by=request.principal, now=now)):
        return done(reverse("console:announcements"), "announced")
    return form_page(
        request,
        "console/announcements.html",
        here="announcements",
        form=form,
        now=now,
        said_before=Announcement.objects.all()[:SHOWN],
    )


@network_view(Verb.ANNOUNCEMENTS_WRITE)
@require_POST
def take_back(request: AskedRequest, announcement_id: UUID) -> HttpResponse:
    return take(
        request,
        lambda: withdraw_announcement(announcement_id=announcement_id, now=timezone.now()),
        back=reverse("console:announcements"),
        key="announcement-withdrawn",
        here="announcements",
    )
