"""Asking, and listening: requests and answers."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Func, Q

from core.constraints import one_of
from core.models import Followed, Row
from loyalty.models.patient import ImmutableUnaccent, Joined, Patient


class FeedbackMode(models.TextChoices):
    KIOSK = "kiosk", "Checkout tablet"
    LINK = "link", "Link"
    STAFF = "staff", "Taken down by staff"


class FeedbackRequest(Row):
    """A patient was asked how a visit was. Those who do not answer count in the response rate."""

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="feedback_requests")
    visit = models.ForeignKey(
        "loyalty.Visit", on_delete=models.CASCADE, null=True, blank=True, related_name="feedback_requests"
    )
    mode = models.CharField(max_length=6, choices=FeedbackMode)
    asked_at = models.DateTimeField()
    day = models.DateField(help_text="Of asking, in the location's time zone.")
    skipped_at = models.DateTimeField(null=True, blank=True, help_text="When they said no, in so many words.")
    is_history = models.BooleanField(default=False)

    class Meta:
        constraints = [
            one_of("mode", FeedbackMode, table="request"),
            models.UniqueConstraint(
                fields=["visit", "mode"], condition=Q(visit__isnull=False), name="request_once_a_mode"
            ),
        ]
        indexes = [models.Index(fields=["day"], name="request_by_day")]

    def __str__(self) -> str:
        return str(self.id)


class Elsewhere(models.TextChoices):
    NO = "no", "Only here"
    SOMETIMES = "sometimes", "Sometimes elsewhere"
    MOSTLY = "mostly", "Mostly elsewhere"


class Loved(models.TextChoices):
    """What an answer praises, as somebody of the team reads it: chosen by hand, so that it can be counted."""

    LISTENING = "listening", "Time and listening"
    HONEST = "honest", "Honest advice"
    SAME_PERSON = "same_person", "The same person every time"
    EXPLAINED = "explained", "Everything explained"
    KIND = "kind", "Kind people"
    NATURAL = "natural", "Looks natural"
    ON_TIME = "on_time", "On time"
    PLACE = "place", "The place"


class EnglishWords(Func):
    """`to_tsvector` with its language given, so that it is immutable and may be stored."""

    function = "to_tsvector"
    template = "%(function)s('english'::regconfig, %(expressions)s)"
    arity = 1
    output_field = SearchVectorField()


class Feedback(Followed, Row):
    """A private survey answer. Only the first question must be answered."""

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="feedback")
    visit = models.ForeignKey("loyalty.Visit", on_delete=models.CASCADE, null=True, blank=True, related_name="feedback")
    request = models.OneToOneField(FeedbackRequest, on_delete=models.CASCADE, related_name="answer")
    mode = models.CharField(max_length=6, choices=FeedbackMode)
    score = models.PositiveSmallIntegerField(help_text="0-10: how likely to recommend us.")
    liked = models.TextField(blank=True)
    better = models.TextField(blank=True)
    worth = models.PositiveSmallIntegerField(null=True, blank=True, help_text="1-5: worth what you paid.")
    elsewhere = models.CharField(max_length=10, choices=Elsewhere, blank=True)
    answered_at = models.DateTimeField()
    day = models.DateField(help_text="Of the answer, in the location's time zone.")
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey("loyalty.Staff", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    assigned_to = models.ForeignKey("loyalty.Staff", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    loved = ArrayField(models.CharField(max_length=20, choices=Loved), default=list, blank=True)
    words = models.GeneratedField(
        expression=EnglishWords(ImmutableUnaccent(Joined("liked", "better"))),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    # Made by the tablet before it sends: however often it sends the answer, it is kept once.
    submission_id = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "feedback"
        constraints = [
            models.UniqueConstraint(
                fields=["submission_id"], condition=Q(submission_id__isnull=False), name="feedback_submission_once"
            ),
            models.CheckConstraint(name="feedback_score_range", condition=Q(score__range=(0, 10))),
            models.CheckConstraint(
                name="feedback_worth_range", condition=Q(worth__isnull=True) | Q(worth__range=(1, 5))
            ),
            one_of("mode", FeedbackMode, table="feedback"),
            one_of("elsewhere", Elsewhere, table="feedback", blank=True),
            models.CheckConstraint(name="feedback_loved_known", condition=Q(loved__contained_by=list(Loved.values))),
            models.CheckConstraint(
                name="feedback_read_by_when", condition=Q(read_by__isnull=True) | Q(read_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["-answered_at", "-id"], name="feedback_inbox"),
            models.Index(fields=["-answered_at", "-id"], name="feedback_unread", condition=Q(read_at__isnull=True)),
            models.Index(fields=["assigned_to"], name="feedback_assigned", condition=Q(assigned_to__isnull=False)),
            GinIndex(fields=["words"], name="feedback_words"),
            models.Index(fields=["day"], name="feedback_by_day"),
            models.Index(fields=["written_in", "id"], name="feedback_by_write"),
            models.Index(fields=["patient", "-answered_at"], name="feedback_newest"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_promoter(self) -> bool:
        return self.score >= 9

    @property
    def is_detractor(self) -> bool:
        return self.score <= 6
