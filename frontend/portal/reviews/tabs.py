"""The ways through the pages about what the public reads."""

from dataclasses import dataclass

from tenants.permissions import Verb
from tenants.principal import Principal


@dataclass(frozen=True, slots=True)
class Tab:
    text: str
    route: str
    here: bool


_TABS = (
    ("list", "Public reviews", "portal:reviews", Verb.REVIEWS_VIEW),
    ("testimonials", "Testimonials", "portal:testimonials", Verb.TESTIMONIALS_MANAGE),
    ("asking", "Asking and sites", "portal:review-asking", Verb.REVIEWS_MANAGE),
    ("certificate", "Certificate", "portal:review-certificate", Verb.FEEDBACK_VIEW),
)


def tabs_for(principal: Principal, here: str) -> list[Tab]:
    """Without those that would answer ``principal`` with a 404."""
    return [Tab(text, route, key == here) for key, text, route, verb in _TABS if principal.may(verb)]
