"""A file of reviews: chosen, looked at, taken in, taken out again."""

from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from frontend.forms.review import FileForm, TakeInForm
from frontend.page import done, form_page, page, posted, take
from frontend.request import AskedRequest
from loyalty.practice_zone import practice_zone
from loyalty.reviews.read_file import COLUMNS
from loyalty.reviews.take_in import preview, take_in, undo
from tenants.declare import practice_view
from tenants.permissions import Verb

SHOWN = 20


@practice_view(Verb.REVIEWS_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: AskedRequest) -> HttpResponse:
    """A file is shown before it is taken in; nothing is kept until then."""
    form = FileForm(posted(request), request.FILES or None)
    today = timezone.now().astimezone(practice_zone()).date()
    read = form.attempt(lambda: preview(text=form.text(), today=today))
    if read is None:
        return form_page(request, "portal/reviews/file.html", here="reviews", form=form, columns=COLUMNS)
    return page(
        request,
        "portal/reviews/preview.html",
        here="reviews",
        read=read,
        shown=read.new[:SHOWN],
        form=TakeInForm(initial={"text": form.text()}),
    )


@practice_view(Verb.REVIEWS_MANAGE)
@require_POST
def bring(request: AskedRequest) -> HttpResponse:
    form = TakeInForm(request.POST)
    now = timezone.now()
    made = form.attempt(
        lambda: take_in(
            text=form.cleaned_data["text"],
            today=now.astimezone(practice_zone()).date(),
            by_person_id=request.principal.person_id,
            now=now,
        )
    )
    if made is not None:
        return done(reverse("portal:reviews"), "reviews-taken-in", of=made.id)
    problem = FileForm(QueryDict(""))
    problem.is_valid()
    problem.errors.clear()
    for error in (message for messages in form.errors.values() for message in messages):
        problem.add_error("file", error)
    return form_page(request, "portal/reviews/file.html", here="reviews", form=problem, columns=COLUMNS)


@practice_view(Verb.REVIEWS_MANAGE)
@require_POST
def take_out(request: AskedRequest, review_import_id: UUID) -> HttpResponse:
    return take(
        request,
        lambda: undo(import_id=review_import_id, now=timezone.now()),
        back=reverse("portal:reviews"),
        key="reviews-taken-out",
        here="reviews",
    )
