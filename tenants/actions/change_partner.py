"""The network changes what it says of a partner's program, or what practices can grant it at most."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from core import audit
from tenants.actions.register_partner import check_name_is_free, checked_email, checked_words
from tenants.models import PartnerApplication
from tenants.partners.registered import locked_partner
from tenants.partners.scopes import checked


def change_partner(
    *, application_id: UUID, name: str, about: str, contact_email: str, scopes: Iterable[str]
) -> PartnerApplication:
    """What is taken from `scopes` ends at once at every practice; what is added counts only where an owner grants it.

    Given back later, it counts again where it was granted before and the owner has not taken it out meanwhile.

    Raises NotFound, DomainError for a field, Conflict partner_exists.
    """
    named, said = checked_words(name=name, about=about)
    email, most = checked_email(contact_email), checked(scopes)
    with transaction.atomic():
        application = locked_partner(application_id)
        check_name_is_free(named, but=application)
        before = application.scopes
        application.name, application.about, application.contact_email, application.scopes = named, said, email, most
        application.save(update_fields=["name", "about", "contact_email", "scopes", "updated_at"])
        audit.record("partner.changed", subject=application, detail={"from": before, "to": most})
    return application
