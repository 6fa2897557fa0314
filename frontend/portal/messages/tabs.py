"""The ways through the pages about messages."""

from dataclasses import dataclass

from tenants.permissions import Verb
from tenants.principal import Principal


@dataclass(frozen=True, slots=True)
class Tab:
    text: str
    route: str
    here: bool


_TABS = (
    ("log", "Sent and waiting", "portal:messages", Verb.MESSAGES_VIEW),
    ("replies", "Replies", "portal:message-replies", Verb.MESSAGES_VIEW),
    ("templates", "Templates", "portal:message-templates", Verb.TEMPLATES_MANAGE),
    ("list", "Do not contact", "portal:do-not-contact", Verb.MESSAGES_VIEW),
)


def tabs_for(principal: Principal, here: str) -> list[Tab]:
    """Without those that would answer ``principal`` with a 404."""
    return [Tab(text, route, key == here) for key, text, route, verb in _TABS if principal.may(verb)]
