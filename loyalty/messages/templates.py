"""Templates are written, changed and switched off. Each change is a new version."""

from uuid import UUID

from django.db import IntegrityError, transaction

from core import audit
from core.errors import Conflict, DomainError, NotFound
from core.violated import violated
from loyalty.messages.check_template import checked
from loyalty.models import MessageTemplate


def add_template(*, name: str, kind: str, channel: str, subject: str, body: str) -> MessageTemplate:
    """Raises DomainError with the field that cannot be kept as it is."""
    template = MessageTemplate(**checked(name=name, kind=kind, channel=channel, subject=subject, body=body))
    with transaction.atomic():
        _save(template, is_new=True)
        audit.record("template.added", subject=template, detail={"kind": template.kind, "channel": template.channel})
    return template


def change_template(
    *, template_id: UUID, version: int, name: str, subject: str, body: str, is_on: bool
) -> MessageTemplate:
    """`version` is the one that was read. Kind and channel stay: messages were agreed to by them.

    Raises NotFound, Conflict where somebody changed it since, DomainError with the field.
    """
    with transaction.atomic():
        template = MessageTemplate.objects.select_for_update().filter(id=template_id).first()
        if template is None:
            raise NotFound("template_not_found", "This template is not on file.")
        if template.version != version:
            raise Conflict("template_changed", "Somebody changed this template meanwhile. Open it again.")
        new = checked(name=name, kind=template.kind, channel=template.channel, subject=subject, body=body)
        for field, value in new.items():
            setattr(template, field, value)
        template.is_on, template.version = is_on, version + 1
        _save(template, is_new=False)
        audit.record("template.changed", subject=template, detail={"version": template.version, "is_on": is_on})
    return template


def _save(template: MessageTemplate, *, is_new: bool) -> None:
    try:
        with transaction.atomic():
            template.save(force_insert=is_new)
    except IntegrityError as error:
        if violated(error) != "template_name_once":
            raise
        raise DomainError(
            "template_name_taken", "Another template has this name. Choose another one.", field="name"
        ) from None
