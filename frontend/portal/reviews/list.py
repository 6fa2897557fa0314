"""The public reviews, and one more written down by hand."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from frontend.forms.review import EnterForm
from frontend.page import done, form_page, page, posted
from frontend.portal.reviews.tabs import tabs_for
from frontend.request import AskedRequest
from loyalty.practice_zone import practice_zone
from loyalty.reviews.enter import enter_review
from loyalty.reviews.listed import NO_STARS, Filter, reviews, standings
from loyalty.reviews.take_in import last_import
from tenants.declare import practice_view
from tenants.permissions import Verb

PAGE = 30
RATINGS = [*range(5, 0, -1), NO_STARS]


@practice_view(Verb.REVIEWS_VIEW)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    """`site`, `answer` and `rating` keep some of them; `from` is the number of those already seen."""
    which, chosen = _which(request)
    start = _number(request.GET.get("from", "")) or 0
    found = reviews(which=which, limit=PAGE, offset=start)
    sites = standings()
    return page(
        request,
        "portal/reviews/list.html",
        here="reviews",
        tabs=tabs_for(request.principal, "list"),
        lines=found.lines,
        sites=[one for one in sites if one.reviews],
        chosen=chosen,
        kept=urlencode({key: value for key, value in chosen.items() if value}),
        is_filtered=any(chosen.values()),
        ratings=RATINGS,
        waiting=sum(one.unanswered for one in sites),
        next=start + PAGE if found.more else None,
        may_manage=request.principal.may(Verb.REVIEWS_MANAGE),
        last_import=last_import() if request.principal.may(Verb.REVIEWS_MANAGE) else None,
    )


@practice_view(Verb.REVIEWS_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: AskedRequest) -> HttpResponse:
    form = EnterForm(posted(request), initial={"site_id": request.GET.get("site", "")})
    today = timezone.now().astimezone(practice_zone()).date()
    review = form.attempt(lambda: enter_review(**form.cleaned_data, today=today))
    if review is not None:
        return done(reverse("portal:review", args=[review.id]), "review-entered")
    return form_page(request, "portal/reviews/new.html", here="reviews", form=form)


def _which(request: AskedRequest) -> tuple[Filter, dict[str, str]]:
    """What is kept, and the same as it stands in the address. Whatever cannot be read keeps everything."""
    site, rating = request.GET.get("site", ""), request.GET.get("rating", "")
    unanswered = request.GET.get("answer", "") == "none"
    number = _number(rating)
    number = number if number in RATINGS else None
    site_id = _uuid(site)
    chosen = {
        "site": str(site_id) if site_id else "",
        "answer": "none" if unanswered else "",
        "rating": "" if number is None else str(number),
    }
    return Filter(site_id=site_id, unanswered=unanswered, rating=number), chosen


def _uuid(given: str) -> UUID | None:
    try:
        return UUID(given) if given else None
    except ValueError:
        return None


def _number(given: str) -> int | None:
    return int(given) if given.isascii() and given.isdigit() and len(given) < 6 else None
