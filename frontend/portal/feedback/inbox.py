"""What patients answered: the list, one of them opened, and what becomes of it."""

from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from frontend.forms.feedback_inbox import AnswersForm, colleagues, staff_of
from frontend.page import page, take, way_back
from frontend.portal.feedback.paging import place_of, written
from frontend.portal.feedback.tabs import tabs_for
from frontend.portal.me import staff_id_of
from frontend.request import AskedRequest
from loyalty.feedback.answer import AnswerPage, answer_page
from loyalty.feedback.assign import assign
from loyalty.feedback.inbox import Show, inbox
from loyalty.feedback.loved import note_loved
from loyalty.feedback.mark_read import mark_read, mark_unread
from loyalty.feedback.tallies import tallies
from loyalty.models import Loved
from loyalty.practice_zone import practice_zone
from tenants.declare import practice_view
from tenants.permissions import Verb

PAGE = 25
SHOWS = {"": "All", "unread": "Unread", "waiting": "Recovery open", "mine": "Mine"}


@practice_view(Verb.FEEDBACK_VIEW)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    """`answer` is the one opened, the first of the list without it; `after` is where the page before ended."""
    now = timezone.now()
    me = staff_id_of(request.principal)
    shown = request.GET.get("show", "")
    shown = shown if shown in SHOWS else ""
    form = AnswersForm(request.GET)
    wanted = form.wanted(show=Show(shown), me=me, today=now.astimezone(practice_zone()).date())
    found = inbox(wanted, limit=PAGE, after=place_of(request.GET.get("after", "")))
    chosen = _chosen(request) or (found.rows[0].id if found.rows else None)
    return page(
        request,
        "portal/feedback/inbox.html",
        here="feedback",
        tabs=tabs_for("inbox"),
        form=form,
        shows=[(key, text, key == shown) for key, text in SHOWS.items() if me or key != "mine"],
        shown=shown,
        found=found,
        tally=tallies(wanted),
        opened=_opened(chosen),
        staff=colleagues(),
        themes=Loved.choices,
        kept=_kept(request.GET, "answer"),
        filters=_kept(request.GET, "answer", "after", "show"),
        filtered=any(request.GET.get(name) for name in ("q", "group", "mode", "provider", "location", "period")),
        older=written(found.after),
        older_kept=_kept(request.GET, "answer", "after"),
        may_publish=request.principal.may(Verb.TESTIMONIALS_MANAGE),
    )


@practice_view(Verb.FEEDBACK_VIEW)
@require_POST
def read(request: AskedRequest, answer_id: UUID) -> HttpResponse:
    me = staff_id_of(request.principal)
    return take(
        request,
        lambda: mark_read(answer_id=answer_id, by_staff_id=me, now=timezone.now()),
        back=way_back(request, reverse("portal:feedback")),
        key="answer-read",
        of=answer_id,
        here="feedback",
    )


@practice_view(Verb.FEEDBACK_VIEW)
@require_POST
def unread(request: AskedRequest, answer_id: UUID) -> HttpResponse:
    back = way_back(request, reverse("portal:feedback"))
    return take(request, lambda: mark_unread(answer_id=answer_id), back=back, key="answer-unread", here="feedback")


@practice_view(Verb.FEEDBACK_VIEW)
@require_POST
def owner(request: AskedRequest, answer_id: UUID) -> HttpResponse:
    to, was = staff_of(request.POST, "to"), staff_of(request.POST, "was")
    return take(
        request,
        lambda: assign(answer_id=answer_id, staff_id=to, was=was),
        back=way_back(request, reverse("portal:feedback")),
        key="answer-assigned",
        here="feedback",
    )


@practice_view(Verb.FEEDBACK_VIEW)
@require_POST
def themes(request: AskedRequest, answer_id: UUID) -> HttpResponse:
    loved = request.POST.getlist("loved")
    return take(
        request,
        lambda: note_loved(answer_id=answer_id, loved=loved),
        back=way_back(request, reverse("portal:feedback")),
        key="answer-themed",
        here="feedback",
    )


def _kept(given: QueryDict, *without: str) -> str:
    """The rest of the address, to go on with; what is said once is not said again."""
    rest = given.copy()
    for name in (*without, "said", "of"):
        rest.pop(name, None)
    return rest.urlencode()


def _chosen(request: AskedRequest) -> UUID | None:
    try:
        return UUID(request.GET["answer"]) if request.GET.get("answer") else None
    except ValueError as error:
        raise Http404 from error


def _opened(answer_id: UUID | None) -> AnswerPage | None:
    if answer_id is None:
        return None
    return answer_page(answer_id=answer_id, now=timezone.now())
