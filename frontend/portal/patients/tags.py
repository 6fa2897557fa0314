"""Putting a tag on many patients at once, taking it off, and taking that back."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from core.errors import DomainError
from frontend.forms.tags import ALL, TagForm
from frontend.page import done, refused, take, way_back
from frontend.request import AskedRequest
from loyalty.patients.tag_many import Matching, tag_many, untag_again
from loyalty.practice_zone import practice_zone
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.PATIENTS_CHANGE)
@require_POST
def change(request: AskedRequest) -> HttpResponse:
    form = TagForm(request.POST)
    back = way_back(request, reverse("portal:patients"))
    add = request.POST.get("what") != "remove"
    made = form.attempt(
        lambda: tag_many(
            tag=form.cleaned_data["tag"],
            add=add,
            whom=_whom(form),
            by_person_id=request.principal.person_id,
            now=timezone.now(),
        )
    )
    if made is None:
        why = " ".join(str(one) for errors in form.errors.values() for one in errors)
        return refused(request, DomainError("tags_refused", why), back=back, here="patients")
    return done(back, "tags-on" if add else "tags-off", of=made.change.id)


@practice_view(Verb.PATIENTS_CHANGE)
@require_POST
def undo(request: AskedRequest, tag_change_id: UUID) -> HttpResponse:
    back = way_back(request, reverse("portal:patients"))
    return take(
        request,
        lambda: untag_again(change_id=tag_change_id, now=timezone.now()),
        back=back,
        key="tags-back",
        here="patients",
    )


def _whom(form: TagForm) -> list[UUID] | Matching:
    given = form.cleaned_data
    if given["whom"] != ALL:
        return form.chosen()
    today = timezone.now().astimezone(practice_zone()).date()
    return Matching(given["text"], form.asked(), seen=given["seen"] or 0, today=today)
