"""Who must have a second factor: everybody who can see patients or money, and that is every role there is."""

from django.conf import settings

from tenants.models import Session


def lacks_second_factor(*, role: str, session: Session) -> bool:
    """Whether this session may not go on: its person has no second factor, or did not prove it in this session."""
    if not settings.SECOND_FACTOR or not role:
        return False
    return session.second_factor_at is None or not session.has_second_factor
