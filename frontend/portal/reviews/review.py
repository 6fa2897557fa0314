"""One public review: the reply, and whom it is from."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import DomainError, NotFound
from frontend.forms.review import ReplyForm
from frontend.page import done, page, posted, refused, take
from frontend.request import AskedRequest
from loyalty.patients.search import PatientHit, search
from loyalty.practice_zone import practice_zone
from loyalty.reviews.listed import ReviewLine, find_review
from loyalty.reviews.match import match, unmatch
from loyalty.reviews.reply import ReplyRefused, mark_not_posted, mark_posted, save_reply
from loyalty.reviews.reply_words import Refused
from loyalty.reviews.safe_replies import safe_replies
from tenants.declare import practice_view
from tenants.permissions import Verb

MOST = 8


@practice_view(Verb.REVIEWS_VIEW)
@require_safe
def show(request: AskedRequest, review_id: UUID) -> HttpResponse:
    """`safe` begins the reply with one of the safe wordings."""
    return _page(request, review_id, form=None)


@practice_view(Verb.REVIEWS_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: AskedRequest, review_id: UUID) -> HttpResponse:
    """Opened by a GET, it is the review's page: a reload after a refusal must lead somewhere."""
    if request.method != "POST":
        return _page(request, review_id, form=None)
    form = ReplyForm(posted(request))
    told: tuple[Refused, ...] = ()
    if form.is_valid():
        try:
            save_reply(review_id=review_id, **form.cleaned_data)
        except NotFound:
            raise
        except ReplyRefused as error:
            told = error.refused
            form.add_error("reply", error.message)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            key = "reply-drafted" if form.cleaned_data["reply"].strip() else "reply-cleared"
            return done(reverse("portal:review", args=[review_id]), key)
    return _page(request, review_id, form=form, told=told)


@practice_view(Verb.REVIEWS_MANAGE)
@require_POST
def post(request: AskedRequest, review_id: UUID) -> HttpResponse:
    return take(
        request,
        lambda: mark_posted(review_id=review_id, now=timezone.now()),
        back=reverse("portal:review", args=[review_id]),
        key="reply-posted",
        of=review_id,
        here="reviews",
    )


@practice_view(Verb.REVIEWS_MANAGE)
@require_POST
def unpost(request: AskedRequest, review_id: UUID) -> HttpResponse:
    return take(
        request,
        lambda: mark_not_posted(review_id=review_id),
        back=reverse("portal:review", args=[review_id]),
        key="reply-not-posted",
        here="reviews",
    )


@practice_view(Verb.REVIEWS_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def pair(request: AskedRequest, review_id: UUID) -> HttpResponse:
    """Search (`q`), then choose: nothing is suggested, for nothing that we know makes it sure."""
    back = reverse("portal:review", args=[review_id])
    if request.method == "POST":
        try:
            patient_id = UUID(request.POST.get("patient_id", ""))
        except ValueError:
            nobody = DomainError("review_match_nobody", "Find the patient first, then choose “Match”.")
            return refused(request, nobody, back=reverse("portal:review-match", args=[review_id]), here="reviews")
        return take(
            request,
            lambda: match(review_id=review_id, patient_id=patient_id, by_person_id=request.principal.person_id),
            back=back,
            key="review-matched",
            of=review_id,
            here="reviews",
        )
    text = request.GET.get("q", "").strip()[:200]
    today = timezone.now().astimezone(practice_zone()).date()
    hits: list[PatientHit] = search(text=text, today=today, limit=MOST).hits if text else []
    line = _line(review_id)
    if line.review.patient_id is not None:
        return HttpResponseRedirect(back)
    return page(request, "portal/reviews/match.html", here="reviews", line=line, text=text, hits=hits)


@practice_view(Verb.REVIEWS_MANAGE)
@require_POST
def unpair(request: AskedRequest, review_id: UUID) -> HttpResponse:
    return take(
        request,
        lambda: unmatch(review_id=review_id),
        back=reverse("portal:review", args=[review_id]),
        key="review-unmatched",
        here="reviews",
    )


def _page(
    request: AskedRequest, review_id: UUID, *, form: ReplyForm | None, told: tuple[Refused, ...] = ()
) -> HttpResponse:
    line = _line(review_id)
    safe = safe_replies()
    chosen = request.GET.get("safe", "")
    begun = safe[int(chosen)] if chosen in ("0", "1") else line.review.reply
    shown = form or ReplyForm(initial={"reply": begun, "seen": line.review.reply})
    return page(
        request,
        "portal/reviews/review.html",
        status=422 if form is not None else 200,
        here="reviews",
        line=line,
        form=shown,
        told=told,
        safe=safe,
        stars=range(1, 6),
        may_manage=request.principal.may(Verb.REVIEWS_MANAGE),
    )


def _line(review_id: UUID) -> ReviewLine:
    return find_review(review_id)
