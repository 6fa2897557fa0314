"""What the network asks of all its practices."""

from typing import Any

from core.jobs import enqueue
from tenants.refs import active_practices


def enqueue_everywhere(job: Any) -> int:
    """Send a practice's job for each active practice; returns how many there are."""
    practices = active_practices()
    for practice in practices:
        enqueue(job, practice_id=practice.id)
    return len(practices)
