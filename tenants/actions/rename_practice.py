"""The owner gives the practice another name: cards, messages, the tablet and public pages carry it."""

import unicodedata

from django.db import transaction

from core import audit
from core.errors import DomainError
from core.tenancy.scope import PracticeRef, control_plane, practice_scope
from tenants import hosts
from tenants.models import Practice


def rename_practice(*, practice: PracticeRef, name: str) -> Practice:
    """Its web address stays. Raises DomainError("name_missing" or "text_unreadable") with its field."""
    kept = name.strip()
    if not kept:
        raise DomainError("name_missing", "Give the practice a name.", field="name")
    # Cc: control characters. Cs: a half of a character, which UTF-8 cannot hold.
    if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in kept):
        raise DomainError("text_unreadable", "The name holds a character that cannot be kept. Type it.", field="name")
    with control_plane(), transaction.atomic():
        row = Practice.objects.select_for_update(no_key=True).get(id=practice.id)
        row.name = kept
        row.save(update_fields=["name", "updated_at"])
        transaction.on_commit(lambda: hosts.forget(hosts.host_of(practice.slug)))
        with practice_scope(practice):
            audit.record("practice.renamed", subject=row)
    return row
