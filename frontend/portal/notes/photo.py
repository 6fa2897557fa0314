"""The photo of a written card: taken on the phone, shown, deleted."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontend.forms.note import PhotoForm
from frontend.in_memory import uploads_in_memory
from frontend.page import done, form_page, take
from frontend.portal.me import staff_id_of
from frontend.request import AskedRequest
from loyalty.practice_zone import practice_zone
from loyalty.touchpoints.photo import delete_photo, image_of, keep_photo, note_with_photo
from loyalty.touchpoints.picture import MOST_SENT
from tenants.declare import practice_view
from tenants.permissions import Verb


@uploads_in_memory(MOST_SENT + 100_000)
@practice_view(Verb.NOTES_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: AskedRequest, note_id: UUID) -> HttpResponse:
    form = PhotoForm(request.POST, request.FILES) if request.method == "POST" else PhotoForm()
    me = staff_id_of(request.principal)
    if form.attempt(lambda: keep_photo(touchpoint_id=note_id, sent=form.sent(), by_staff_id=me)):
        return done(reverse("portal:note-photo", args=[note_id]), "photo-kept")
    note = note_with_photo(touchpoint_id=note_id)
    written_at = note.done_at.astimezone(practice_zone()) if note.done_at else None
    today = timezone.now().astimezone(practice_zone()).date()
    return form_page(
        request, "portal/notes/photo.html", here="notes", form=form, note=note, written_at=written_at, today=today
    )


@practice_view(Verb.NOTES_WRITE)
@require_safe
def image(_request: AskedRequest, note_id: UUID) -> HttpResponse:
    jpeg = image_of(touchpoint_id=note_id)
    response = HttpResponse(jpeg, content_type="image/jpeg")
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Disposition"] = 'inline; filename="card.jpg"'
    return response


@practice_view(Verb.NOTES_WRITE)
@require_POST
def remove(request: AskedRequest, note_id: UUID) -> HttpResponse:
    back = reverse("portal:note-photo", args=[note_id])
    return take(request, lambda: delete_photo(touchpoint_id=note_id), back=back, key="photo-deleted", here="notes")
