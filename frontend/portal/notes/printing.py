"""Cards and labels on paper: which notes, and which of them stay out, and why."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from frontend.forms.note import PrintForm
from frontend.page import form_page
from frontend.print.cards import PAPERS, Card, cards_pdf
from frontend.print.cards import can_be_set as card_can_be_set
from frontend.print.labels import Label, labels_pdf
from frontend.print.labels import can_be_set as label_can_be_set
from frontend.request import AskedRequest
from loyalty.touchpoints.print_batch import ToPrint, printed, to_print
from tenants.declare import practice_view
from tenants.permissions import Verb

BY_HAND = "In a script that our fonts do not set: write by hand"


@practice_view(Verb.NOTES_WRITE)
@require_safe
def choose(request: AskedRequest) -> HttpResponse:
    """`note` is the only one chosen at first; all of them without it."""
    return _form_page(request, only=request.GET.get("note", ""))


@practice_view(Verb.NOTES_WRITE)
@require_POST
def cards(request: AskedRequest) -> HttpResponse:
    form = _form(request)
    if not form.is_valid():
        return _form_page(request, form=form)
    batch = _chosen(request, form, what="cards")
    with_words = form.cleaned_data["content"] == "words"
    chosen = [_card(one, with_words=with_words) for one in batch if not why_no_card(one)]
    if not chosen:
        form.add_error("notes", "None of these notes can have a card. See beside each name why.")
        return _form_page(request, form=form)
    paper = PAPERS[form.cleaned_data["paper"]]
    return _pdf(cards_pdf(chosen, paper=paper, practice=_name(request), now=timezone.now()), "thank-you-cards.pdf")


@practice_view(Verb.NOTES_WRITE)
@require_POST
def labels(request: AskedRequest) -> HttpResponse:
    form = _form(request)
    if not form.is_valid():
        return _form_page(request, form=form)
    batch = _chosen(request, form, what="labels")
    sender = form.cleaned_data["sender"]
    chosen = [Label(one.address, one.sender if sender else "") for one in batch if not why_no_label(one)]
    if not chosen:
        form.add_error("notes", "None of these notes can have a label. See beside each name why.")
        return _form_page(request, form=form)
    start = form.cleaned_data["start"]
    return _pdf(labels_pdf(chosen, start=start, practice=_name(request), now=timezone.now()), "address-labels.pdf")


def why_no_card(one: ToPrint) -> str:
    return one.no_card or ("" if card_can_be_set(_card(one, with_words=True)) else BY_HAND)


def why_no_label(one: ToPrint) -> str:
    return one.no_label or ("" if label_can_be_set(Label(one.address, one.sender)) else BY_HAND)


def _card(one: ToPrint, *, with_words: bool) -> Card:
    # By hand the writer signs, too.
    words = one.words if with_words else ""
    return Card(one.greeting, words, one.sign if words else "")


def _name(request: AskedRequest) -> str:
    return request.practice.name if request.practice else ""


def _batch(request: AskedRequest) -> list[ToPrint]:
    return to_print(now=timezone.now(), practice_name=_name(request))


def _form(request: AskedRequest) -> PrintForm:
    return PrintForm(request.POST, notes=[(str(one.id), one.name) for one in _batch(request)])


def _chosen(request: AskedRequest, form: PrintForm, *, what: str) -> list[ToPrint]:
    ids = [UUID(one) for one in form.cleaned_data["notes"]]
    return printed(ids=ids, what=what, practice_name=_name(request), now=timezone.now())


def _form_page(request: AskedRequest, *, form: PrintForm | None = None, only: str = "") -> HttpResponse:
    batch = _batch(request)
    if form is None:
        able = [str(one.id) for one in batch if not (why_no_card(one) and why_no_label(one))]
        initial = {"notes": [only] if only in able else able}
        form = PrintForm(initial=initial, notes=[(str(one.id), one.name) for one in batch])
    checked = {str(value) for value in form["notes"].value() or ()}
    rows = [(one, why_no_card(one), why_no_label(one), str(one.id) in checked) for one in batch]
    return form_page(
        request,
        "portal/notes/print.html",
        here="notes",
        form=form,
        rows=[row for row in rows if not (row[1] and row[2])],
        out=[row for row in rows if row[1] and row[2]],
        has_words=any(one.words for one in batch),
    )


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
