from django.db import models
from django.db.models import F, Q

from core.models import Row


class Announcement(Row):
    """A few words of the network to everybody in its practices, on their Today page until they put it away.

    Of the network's own records: never a word about a patient or one practice. Withdrawn, nobody is shown it any more.
    """

    title = models.CharField(max_length=120)
    body = models.TextField(max_length=2000)
    published_at = models.DateTimeField()
    ends_at = models.DateTimeField(help_text="Nobody is shown it from then on.")
    by_name = models.CharField(max_length=120)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-published_at", "-id"]
        constraints = [
            models.CheckConstraint(name="announcement_says_something", condition=~Q(title="") & ~Q(body="")),
            models.CheckConstraint(
                name="announcement_ends_after_it_begins", condition=Q(ends_at__gt=F("published_at"))
            ),
        ]

    def __str__(self) -> str:
        return self.title
