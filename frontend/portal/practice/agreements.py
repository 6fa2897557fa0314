"""What the practice agreed to: read, accept, look at what was accepted, take back what is optional."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.tenancy.scope import PracticeRef
from frontend.forms.agreements import AcceptForm
from frontend.page import done, page, posted, take
from frontend.request import AskedRequest
from tenants.actions.accept_agreements import accept_agreements
from tenants.actions.withdraw_aggregation import withdraw_aggregation
from tenants.address import client_address
from tenants.agreements import REQUIRED, Standing, standings
from tenants.agreements.document import Text
from tenants.declare import practice_view
from tenants.models import AgreementAct, Document
from tenants.permissions import Verb


@practice_view(Verb.AGREEMENTS_VIEW)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    return _show(request, required=None, clause=None)


@practice_view(Verb.AGREEMENTS_ACCEPT)
@require_POST
def accept(request: AskedRequest) -> HttpResponse:
    """Terms and business associate agreement, as far as they wait."""
    found = _standings(request)
    form = AcceptForm(request.POST, waiting=[found[d] for d in REQUIRED if not found[d].is_current])
    if form.attempt(lambda: _accept(request, form) or True):
        return done(reverse("portal:getting-started"), "agreements-accepted")
    return _show(request, required=form, clause=None)


@practice_view(Verb.AGREEMENTS_ACCEPT)
@require_POST
def accept_clause(request: AskedRequest) -> HttpResponse:
    """The data-aggregation clause: a choice of its own."""
    form = AcceptForm(request.POST, waiting=[_standings(request)[Document.DATA_AGGREGATION]])
    if form.attempt(lambda: _accept(request, form) or True):
        return done(reverse("portal:agreements"), "clause-accepted")
    return _show(request, required=None, clause=form)


@practice_view(Verb.AGREEMENTS_ACCEPT)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: AskedRequest) -> HttpResponse:
    if posted(request) is None:
        return page(request, "portal/agreements/withdraw.html", here="settings")
    me = request.principal
    return take(
        request,
        lambda: withdraw_aggregation(
            practice=_practice(request),
            person_id=me.person_id,
            person_name=me.person_name,
            address=client_address(request),
            now=timezone.now(),
        ),
        back=reverse("portal:agreements"),
        key="clause-withdrawn",
        here="settings",
    )


@practice_view(Verb.AGREEMENTS_VIEW)
@require_safe
def kept(request: AskedRequest, act_id: UUID) -> HttpResponse:
    """The wording as it was accepted, whatever is asked for today."""
    act = AgreementAct.objects.filter(id=act_id).first()
    if act is None:
        raise Http404
    text = Text(document=Document(act.document), version=act.version, since=act.at.date(), wording=act.wording)
    return page(request, "portal/agreements/kept.html", here="settings", act=act, text=text)


def _show(request: AskedRequest, *, required: AcceptForm | None, clause: AcceptForm | None) -> HttpResponse:
    found = _standings(request)
    waiting = [found[document] for document in REQUIRED if not found[document].is_current]
    aggregation = found[Document.DATA_AGGREGATION]
    is_bound = required is not None or clause is not None
    return page(
        request,
        "portal/agreements/show.html",
        here="settings",
        status=422 if is_bound else 200,
        waiting=waiting,
        accepted=[standing for standing in found.values() if standing.stands],
        aggregation=aggregation,
        form=required or AcceptForm(waiting=waiting),
        clause_form=clause or AcceptForm(waiting=[aggregation]),
        agreed=request.principal.agreed,
        may_accept=request.principal.may(Verb.AGREEMENTS_ACCEPT),
    )


def _accept(request: AskedRequest, form: AcceptForm) -> list[AgreementAct]:
    me = request.principal
    return accept_agreements(
        practice=_practice(request),
        versions=form.versions(),
        person_id=me.person_id,
        person_name=me.person_name,
        address=client_address(request),
        now=timezone.now(),
    )


def _standings(request: AskedRequest) -> dict[Document, Standing]:
    return standings(_practice(request).id)


def _practice(request: AskedRequest) -> PracticeRef:
    if request.practice is None:
        raise Http404
    return request.practice
