"""Two who bring the same invoice at once would each find nothing there, and count it twice."""

from uuid import UUID

from django.db import connection


def one_at_a_time(practice_id: UUID) -> None:
    """Whoever else brings lines of this practice waits until the caller's transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"purchases:{practice_id}"])
