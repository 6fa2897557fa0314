"""How a view says who may see it. A view without a declaration is refused by a test and by `declared()`."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.utils import timezone

from core import audit
from core.errors import NotFound
from core.tenancy.scope import practice_scope
from tenants.admission import Reach, admit
from tenants.asked import asker_of, patient_of, refusals_recorded
from tenants.permissions import KIOSK, Verb, may
from tenants.refs import may_hold_patients
from tenants.request import PlacedRequest
from tenants.tablet import Find, TabletRequest, no_longer, tablet_asks, token_of
from tenants.turned_away import from_closed_practice, until_agreed, while_read_only

View = Callable[..., HttpResponseBase]
PUBLIC = "public"
SIGNED_IN = "signed_in"


def practice_view(verb: Verb) -> Callable[[View], View]:
    """The view runs inside the practice of the host, for people whose role there may `verb`; others get 404.

    Members of a closed practice read that it is; before its agreements are accepted they are led to those.

    Everything about the asker is read before the role is entered, and the role is left before the session is saved.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def inner(request: PlacedRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.practice is None:
                raise Http404
            with refusals_recorded(request, verb):
                elsewhere = admit(request)
                if elsewhere is not None:
                    return elsewhere
                me = request.principal
                if not me:
                    raise Http404
                if closed := from_closed_practice(request, me, verb):
                    return closed
                if not me.may(verb):
                    raise Http404
                if waits := until_agreed(me, verb):
                    return waits
                if kept := while_read_only(request, me, verb):
                    return kept
                # One transaction with the trail: what could not be written down is not shown.
                with practice_scope(request.practice), audit.asking(asker_of(request, verb)), transaction.atomic():
                    response = _shown(view, request, *args, **kwargs)
                    if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
                        response.render()
            return response

        return _declare(inner, verb)

    return decorate


def network_view(verb: Verb) -> Callable[[View], View]:
    """The view runs on the network host, never inside a practice, for network people who may `verb`; others get 404."""

    def decorate(view: View) -> View:
        @wraps(view)
        def inner(request: PlacedRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.practice is not None:
                raise Http404
            with refusals_recorded(request, verb):
                elsewhere = admit(request)
                if elsewhere is not None:
                    return elsewhere
                if not request.principal or not request.principal.may(verb):
                    raise Http404
                with audit.asking(asker_of(request, verb)):
                    return _shown(view, request, *args, **kwargs)

        return _declare(inner, verb)

    return decorate


def signed_in_view(view: View, *, reach: Reach = Reach.PROVEN) -> View:
    """For anyone who is signed in at this host; never inside a practice.

    `reach`: less for the pages that lead there: setting up a second factor, unlocking.
    """

    @wraps(view)
    def inner(request: PlacedRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with refusals_recorded(request, SIGNED_IN):
            elsewhere = admit(request, reach=reach)
            if elsewhere is not None:
                return elsewhere
            with audit.asking(asker_of(request, SIGNED_IN)):
                return _shown(view, request, *args, **kwargs)

    return _declare(inner, SIGNED_IN)


def public_view(view: View) -> View:
    """For everyone, signed in or not; never inside a practice."""

    @wraps(view)
    def inner(request: PlacedRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return _shown(view, request, *args, **kwargs)

    return _declare(inner, PUBLIC)


def bearer_view(holds: Callable[..., bool]) -> Callable[[View], View]:
    """For whoever brings something signed, whoever they are; others get 404. Inside the practice of the host.

    `holds(request, **kwargs)` checks the signature before the practice is entered, and asks nothing of the database.
    The trail says that a patient asked: it is their word, whoever carries it.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def inner(request: PlacedRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.practice is None or not holds(request, **kwargs):
                raise Http404
            with practice_scope(request.practice), audit.asking(patient_of(request)), transaction.atomic():
                return _shown(view, request, *args, **kwargs)

        return _declare(inner, PUBLIC)

    return decorate


def kiosk_view(find: Find, *, verb: Verb = Verb.KIOSK_ANSWER) -> Callable[[View], View]:
    """The view runs inside the practice of the host, for a tablet that was enrolled there, and for nobody else.

    `find` knows the practice's tablets by their tokens. People get 404, whatever they may do; whoever is nobody is led
    to the sign-in; a token that is good no more is told so.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def inner(request: TabletRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.practice is None:
                raise Http404
            token = token_of(request)
            if token and may(KIOSK, verb) and may_hold_patients(request.practice.id):
                with practice_scope(request.practice), transaction.atomic():
                    tablet_id = find(token, now=timezone.now())
                    if tablet_id is not None:
                        request.tablet_id = tablet_id
                        with audit.asking(tablet_asks(request, tablet_id=tablet_id, why=verb)):
                            return _shown(view, request, *args, **kwargs)
            with refusals_recorded(request, verb):
                elsewhere = admit(request)
                if request.principal:
                    raise Http404
            return no_longer(request) if token else elsewhere or no_longer(request)

        return _declare(inner, verb)

    return decorate


def _shown(view: View, request: PlacedRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """What `view` answers; Http404 for a record that is not there, so that no view has to say so itself."""
    try:
        return view(request, *args, **kwargs)
    except NotFound as error:
        raise Http404 from error


def declared(view: View) -> str | None:
    """What `view` declared: a verb, PUBLIC or SIGNED_IN; None for nothing."""
    return getattr(view, "declared_permission", None)


def _declare(view: View, permission: str) -> View:
    view.declared_permission = permission  # type: ignore[attr-defined]
    return view
