"""The gifts ledger: the whole practice's, one patient's, and what may be given."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import audit
from core.errors import DomainError
from frontend.forms.gift import GiftForm, LimitsForm, cents
from frontend.page import done, form_page, page, refused
from frontend.portal.me import staff_id_of
from frontend.request import AskedRequest
from loyalty.gifts.give import give, take_back
from loyalty.gifts.ledger import gifts_of, ledger
from loyalty.gifts.limits import current_limits, read_limits, set_limits
from loyalty.models import Occasion, Patient
from loyalty.occasions.wording import occasion_words
from loyalty.patients.find import find_patient
from loyalty.practice_zone import practice_zone
from tenants.declare import practice_view
from tenants.permissions import Verb

MOST = 100


@practice_view(Verb.GIFTS_GIVE)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    """`year` is a calendar year, this one without it."""
    year = request.GET.get("year", "")
    if year and not (year.isascii() and year.isdigit() and len(year) == 4 and int(year) > 0):
        raise Http404
    kept = ledger(year=int(year) if year else None, now=timezone.now(), limit=MOST)
    may_set = request.principal.may(Verb.PLAYBOOK_MANAGE)
    return page(
        request, "portal/gifts/ledger.html", here="occasions", ledger=kept, may_set=may_set, rules=current_limits()
    )


@practice_view(Verb.GIFTS_GIVE)
@require_http_methods(["GET", "HEAD", "POST"])
def of_patient(request: AskedRequest, patient_id: UUID) -> HttpResponse:
    patient = find_patient(patient_id)
    now = timezone.now()
    today = now.astimezone(practice_zone()).date()
    occasions = _occasions(patient, today=today)
    bound = request.POST if request.method == "POST" else None
    form = GiftForm(bound, initial={"given_on": today}, occasions=occasions)
    me = staff_id_of(request.principal)
    gift = form.attempt(
        lambda: give(
            patient_id=patient.id,
            what=form.cleaned_data["what"],
            value_cents=cents(form.cleaned_data["value"]),
            given_on=form.cleaned_data["given_on"],
            occasion_id=UUID(form.cleaned_data["occasion"]) if form.cleaned_data.get("occasion") else None,
            by_staff_id=me,
            now=now,
        )
    )
    if gift:
        return done(reverse("portal:patient-gifts", args=[patient.id]), "gift-given", of=gift.id)
    audit.record("gifts.read", patients=[patient.id])
    return form_page(
        request,
        "portal/gifts/patient.html",
        here="patients",
        form=form,
        patient=patient,
        gifts=gifts_of(patient, now=now),
    )


@practice_view(Verb.GIFTS_GIVE)
@require_POST
def undo(request: AskedRequest, gift_id: UUID) -> HttpResponse:
    try:
        patient_id = take_back(gift_id=gift_id, now=timezone.now())
    except DomainError as error:
        return refused(request, error, back=reverse("portal:gifts"), here="occasions")
    return done(reverse("portal:patient-gifts", args=[patient_id]), "gift-taken-back")


@practice_view(Verb.PLAYBOOK_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def limits(request: AskedRequest) -> HttpResponse:
    kept = read_limits()
    names = ("gift", "year", "no_program_gift", "no_program_year")
    initial = {name: f"{getattr(kept, f'{name}_cents') / 100:.2f}" for name in names}
    form = LimitsForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.attempt(lambda: set_limits(**{f"{name}_cents": cents(value) for name, value in form.cleaned_data.items()})):
        return done(reverse("portal:gifts"), "gift-limits-set")
    return form_page(request, "portal/gifts/limits.html", here="occasions", form=form)


def _occasions(patient: Patient, *, today: date) -> list[tuple[str, str]]:
    found = Occasion.objects.filter(patient=patient).order_by("month", "day", "id")
    return [(str(one.id), occasion_words(kind=one.kind, label=one.label, year=None, day=today)) for one in found]
