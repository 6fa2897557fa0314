"""The network says no to an application, with a mail that is kind about it."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from core import audit
from core.errors import Conflict, NotFound
from tenants import mail
from tenants.models import Application
from tenants.principal import Principal


def decline_application(*, application_id: UUID, answer: str, by: Principal, now: datetime) -> Application:
    """answer: a few words of the network's own that the mail carries, "" for none.

    Raises NotFound; Conflict where somebody answered already.
    """
    with transaction.atomic():
        application = Application.objects.select_for_update().filter(id=application_id).first()
        if application is None:
            raise NotFound("application_missing", "There is no such application.")
        if application.status != Application.Status.NEW:
            raise Conflict("application_answered", "Somebody has answered this application already. Look at it again.")
        application.status = Application.Status.DECLINED
        application.answer = answer.strip()
        application.decided_at, application.decided_by = now, by.person_name
        application.save(update_fields=["status", "answer", "decided_at", "decided_by", "updated_at"])
        audit.record("application.declined", subject=application)
        transaction.on_commit(partial(_write, application), robust=True)
    return application


def _write(application: Application) -> None:
    mail.send(
        to=application.email,
        template="application_declined",
        context={
            "name": application.contact_name,
            "practice_name": application.practice_name,
            "answer": application.answer,
        },
    )
