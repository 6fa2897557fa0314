"""Partners' programs in tests of the actions: registered, let in, and with a token."""

from datetime import datetime

from tenants.actions.grant_partner import grant_partner
from tenants.actions.register_partner import register_partner
from tenants.models import PartnerApplication, PartnerGrant
from tenants.partners.scopes import Scope
from tenants.partners.tokens import issue
from tests.cast import NOW
from tests.tenants.invitations import principal

HOUSE, PATIENTS = Scope.PRACTICE_READ, Scope.PATIENTS_READ
WORDS = {
    "name": "Harbor Records",
    "about": "Keeps charts.",
    "contact_email": "dana@example.com",
    "scopes": [HOUSE, PATIENTS],
}


def registered(now: datetime = NOW, **words: object) -> tuple[PartnerApplication, str]:
    return register_partner(**{**WORDS, **words}, now=now)


def let_in(application, practice, person, *, scopes=(HOUSE, PATIENTS), now: datetime = NOW) -> PartnerGrant:
    """By `person`, somebody who belongs to the practice."""
    by = principal(person, practice)
    return grant_partner(practice=practice, application_id=application.id, scopes=scopes, by=by, now=now)


def token_of(grant: PartnerGrant, now: datetime = NOW) -> str:
    return issue(grant=grant, scopes=grant.scopes, now=now)[0]
