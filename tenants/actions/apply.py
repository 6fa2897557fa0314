"""A practice asks to join: the application is kept, its writer and the network's admins get a mail."""

from functools import partial
from zoneinfo import available_timezones

from django.db import transaction

from core import audit
from core.errors import DomainError
from tenants import mail
from tenants.hosts import url_of
from tenants.models import Application, Person


def apply(
    *,
    practice_name: str,
    contact_name: str,
    email: str,
    phone: str,
    city: str,
    state: str,
    time_zone: str,
    practice_type: str,
    size_band: str,
    hopes: str,
) -> None:
    """Keep the application. Returns nothing: who applied before is answered alike, and gets no second mail.

    Raises DomainError (time_zone_unknown).
    """
    if time_zone not in available_timezones():
        raise DomainError("time_zone_unknown", "Choose your time zone from the list.", field="time_zone")
    address = email.strip().lower()
    with transaction.atomic():
        application = Application(
            practice_name=practice_name.strip(),
            contact_name=contact_name.strip(),
            email=address,
            phone=phone.strip(),
            city=city.strip(),
            state=state,
            time_zone=time_zone,
            practice_type=practice_type,
            size_band=size_band,
            hopes=hopes.strip(),
        )
        # Two at once: the constraint lets one in, and the other is nobody's mistake.
        made = Application.objects.bulk_create([application], ignore_conflicts=True)
        if not Application.objects.filter(id=made[0].id).exists():
            return
        audit.record("application.received", subject=application)
        transaction.on_commit(partial(_write, application), robust=True)


def _write(application: Application) -> None:
    mail.send(
        to=application.email,
        template="application_received",
        context={"name": application.contact_name, "practice_name": application.practice_name},
    )
    admins = Person.objects.filter(network_role=Person.NetworkRole.ADMIN, is_active=True)
    for address in admins.values_list("email", flat=True):
        mail.send(
            to=address,
            template="application_new",
            context={
                "practice_name": application.practice_name,
                "place": f"{application.city}, {application.state}",
                "link": url_of("", f"/applications/{application.id}/"),
            },
        )
