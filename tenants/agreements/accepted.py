"""Whether a practice may hold patients."""

from uuid import UUID

from tenants.models import Practice


def accepted(practice_id: UUID) -> bool:
    """Whether its business associate agreement is accepted or attested. One query, inside the practice or outside."""
    return Practice.objects.filter(id=practice_id, business_associate_agreed_at__isnull=False).exists()
