"""The owner gives the practice another name: cards, messages, the tablet and public pages carry it."""

from django.db import transaction

from core import audit
from core.errors import DomainError
from core.given_text import given_text, is_visible
from core.tenancy.scope import PracticeRef, control_plane, practice_scope
from tenants import hosts
from tenants.models import Practice

SANDBOX = "Sandbox"
_LIMIT = Practice._meta.get_field("name").max_length or 0


def rename_practice(*, practice: PracticeRef, name: str) -> Practice:
    """Its web address stays.

    Raises DomainError with its field for an empty name, text that cannot be kept, and a sandbox that would not say so.
    """
    kept = given_text(name, what="The name", field="name", limit=_LIMIT)
    if not is_visible(kept):
        raise DomainError("name_missing", "Give the practice a name.", field="name")
    with control_plane(), transaction.atomic():
        row = Practice.objects.select_for_update(no_key=True).get(id=practice.id)
        if row.sandbox_of_id is not None and not kept.startswith(SANDBOX):
            raise DomainError(
                "sandbox_name", f"A sandbox says what it is: begin its name with “{SANDBOX}”.", field="name"
            )
        row.name = kept
        row.save(update_fields=["name", "updated_at"])
        transaction.on_commit(lambda: hosts.forget(hosts.host_of(practice.slug)))
        with practice_scope(practice):
            audit.record("practice.renamed", subject=row)
    return row
