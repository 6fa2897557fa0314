"""The network registers a partner's program. Its secret is shown once, and kept by nobody here."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from core import audit
from core.errors import Conflict, DomainError
from tenants.models import PartnerApplication
from tenants.partners.scopes import checked
from tenants.partners.secrets import digest_of_secret, new_client_id, new_secret

_NAME, _ABOUT = 80, 300


def register_partner(
    *, name: str, about: str, contact_email: str, scopes: Iterable[str], now: datetime
) -> tuple[PartnerApplication, str]:
    """The program and its secret. scopes: the most that a practice can grant it.

    Raises DomainError for a field, Conflict partner_exists for a name that is taken.
    """
    named, said = checked_words(name=name, about=about)
    email = checked_email(contact_email)
    most = checked(scopes)
    secret = new_secret()
    with transaction.atomic():
        check_name_is_free(named)
        application = PartnerApplication.objects.create(
            name=named,
            about=said,
            contact_email=email,
            client_id=new_client_id(),
            secret_digest=digest_of_secret(secret),
            secret_changed_at=now,
            scopes=most,
        )
        audit.record("partner.registered", subject=application, detail={"scopes": most})
    return application, secret


def checked_words(*, name: str, about: str) -> tuple[str, str]:
    named, said = " ".join(name.split()), about.strip()
    if not named:
        raise DomainError("partner_unnamed", "Give it the name that practices know it by.", field="name")
    if len(named) > _NAME:
        raise DomainError("partner_name_long", f"Keep the name to {_NAME} characters.", field="name")
    if not said:
        raise DomainError("partner_unexplained", "Say what it does for a practice.", field="about")
    if len(said) > _ABOUT:
        raise DomainError("partner_about_long", f"Keep it to {_ABOUT} characters.", field="about")
    return named, said


def checked_email(given: str) -> str:
    email = given.strip()
    try:
        validate_email(email)
    except ValidationError as error:
        raise DomainError(
            "email_invalid", "Enter an email address like dana@example.com.", field="contact_email"
        ) from error
    return email


def check_name_is_free(name: str, *, but: PartnerApplication | None = None) -> None:
    """Practices tell programs apart by their names. Raises Conflict partner_exists."""
    same = PartnerApplication.objects.filter(name__iexact=name)
    if (same.exclude(pk=but.pk) if but is not None else same).exists():
        raise Conflict("partner_exists", "A program of that name is registered already.", field="name")
