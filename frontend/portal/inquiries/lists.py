"""Who asked before booking, and taking down the next one."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from frontend.forms.inquiry import InquiryForm
from frontend.page import done, form_page, page, posted
from frontend.portal.feedback.paging import place_of, written
from frontend.portal.me import staff_id_of
from frontend.request import AskedRequest
from loyalty.inquiries.inquiries import Show, inquiries
from loyalty.inquiries.take import take as take_down
from tenants.declare import practice_view
from tenants.permissions import Verb

PAGE = 25
SHOWS = {"": "Open", "mine": "Mine", "patients": "Became patients", "closed": "Closed"}


@practice_view(Verb.INQUIRIES_MANAGE)
@require_safe
def index(request: AskedRequest) -> HttpResponse:
    me = staff_id_of(request.principal)
    shown = request.GET.get("show", "")
    shown = shown if shown in SHOWS else ""
    after = place_of(request.GET.get("after", ""))
    found = inquiries(Show(shown), me=me, now=timezone.now(), limit=PAGE, after=after)
    counts = {"": found.open, "mine": found.mine}
    return page(
        request,
        "portal/inquiries/list.html",
        here="inquiries",
        shows=[(key, text, counts.get(key), key == shown) for key, text in SHOWS.items() if me or key != "mine"],
        shown=shown,
        found=found,
        older=written(found.after),
    )


@practice_view(Verb.INQUIRIES_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: AskedRequest) -> HttpResponse:
    form = InquiryForm(posted(request))
    made = form.attempt(lambda: take_down(**form.asked(), now=timezone.now()))
    if made is not None:
        return done(reverse("portal:inquiry", args=[made.id]), "inquiry-taken")
    return form_page(request, "portal/inquiries/new.html", here="inquiries", form=form)
