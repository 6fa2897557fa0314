"""Human contact, planned or made, and the rules that plan it."""

from django.db import models
from django.db.models import F, Q

from core.constraints import one_of
from core.models import Followed, Row
from loyalty.models.patient import Patient
from loyalty.models.treating import StaffRole


class TouchpointKind(models.TextChoices):
    PREVIEW = "preview", "Service preview"
    NOTE = "note", "Thank-you note"
    OCCASION = "occasion", "Occasion"
    FIRST_CALL = "first_call", "First call"
    RECOVERY = "recovery", "Recovery"
    CHECK_IN = "check_in", "Check-in"
    STORY = "story", "Asking for a story"


class TouchpointChannel(models.TextChoices):
    CALL = "call", "Call"
    LETTER = "letter", "Letter"
    CARD = "card", "Handwritten card"
    TEXT = "text", "Text message"
    EMAIL = "email", "Email"
    IN_PERSON = "in_person", "In person"


class TouchpointState(models.TextChoices):
    PLANNED = "planned", "To do"
    HELD = "held", "Held"
    DONE = "done", "Done"
    SKIPPED = "skipped", "Not this time"
    CANCELLED = "cancelled", "Cancelled"


class Trigger(models.TextChoices):
    INQUIRY = "inquiry", "Someone asks"
    VISIT_BOOKED = "visit_booked", "A visit is booked"
    VISIT_CHANGED = "visit_changed", "A visit is moved"
    VISIT_COMPLETED = "visit_completed", "A visit is completed"
    NO_SHOW = "no_show", "A patient does not come"
    FEEDBACK = "feedback", "Feedback is received"
    OCCASION = "occasion", "An occasion comes near"
    DRIFTING = "drifting", "A patient drifts away"


class DelayUnit(models.TextChoices):
    HOURS = "hours", "hours"
    DAYS = "days", "days"
    WORKING_DAYS = "working_days", "working days"


class Audience(models.TextChoices):
    EVERYONE = "everyone", "Everyone"
    FIRST = "first", "On a first visit"
    RETURNING = "returning", "On a later visit"


class OccasionOf(models.TextChoices):
    BIRTHDAY = "birthday", "Birthdays"
    WITH_US = "with_us", "Years with us"
    TOLD = "told", "What they told us"


class PlaybookRule(Row):
    """When `trigger` happens, make a touchpoint of `kind`. A negative delay is before the visit or the day.

    Conditions, all of which must hold: audience; service, the visit's; away_days, at least so many since the last
    visit before it; score_from to score_to, of an answer; occasion, which personal days ("" is all of them).
    loyalty.touchpoints.rules says which go together.
    """

    name = models.CharField(max_length=120)
    trigger = models.CharField(max_length=16, choices=Trigger)
    kind = models.CharField(max_length=10, choices=TouchpointKind)
    channel = models.CharField(max_length=10, choices=TouchpointChannel)
    role = models.CharField(max_length=12, choices=StaffRole)
    delay = models.SmallIntegerField(default=0)
    delay_unit = models.CharField(max_length=12, choices=DelayUnit, default=DelayUnit.WORKING_DAYS)
    audience = models.CharField(
        max_length=10, choices=Audience, default=Audience.EVERYONE, db_default=Audience.EVERYONE
    )
    service = models.ForeignKey("loyalty.Service", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    away_days = models.PositiveSmallIntegerField(null=True, blank=True)
    score_from = models.SmallIntegerField(null=True, blank=True)
    score_to = models.SmallIntegerField(null=True, blank=True)
    occasion = models.CharField(max_length=10, choices=OccasionOf, blank=True, default="", db_default="")
    is_on = models.BooleanField(default=True)
    funded_by_vendor = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    # Whoever changes it says which version they read.
    version = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            one_of("trigger", Trigger, table="rule"),
            one_of("kind", TouchpointKind, table="rule"),
            one_of("channel", TouchpointChannel, table="rule"),
            one_of("role", StaffRole, table="rule"),
            one_of("delay_unit", DelayUnit, table="rule"),
            one_of("audience", Audience, table="rule"),
            one_of("occasion", OccasionOf, table="rule", blank=True),
            models.UniqueConstraint(fields=["name"], name="rule_name_once"),
            models.CheckConstraint(name="rule_away_days", condition=Q(away_days__isnull=True) | Q(away_days__gte=1)),
            models.CheckConstraint(
                name="rule_scores",
                condition=Q(score_from__isnull=True, score_to__isnull=True)
                | Q(trigger="feedback", score_from__gte=0, score_to__lte=10, score_from__lte=F("score_to")),
            ),
            # Somebody who was unhappy is called, whoever they are: nobody switches that off or narrows it down.
            models.CheckConstraint(
                name="rule_recovery_always",
                condition=~Q(kind="recovery")
                | Q(
                    is_on=True,
                    funded_by_vendor=False,
                    trigger="feedback",
                    audience="everyone",
                    service__isnull=True,
                    away_days__isnull=True,
                    score_from__isnull=True,
                ),
            ),
            models.UniqueConstraint(fields=["kind"], condition=Q(kind="recovery"), name="rule_recovery_once"),
            models.UniqueConstraint(fields=["kind"], condition=Q(kind="first_call"), name="rule_first_call_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Touchpoint(Followed, Row):
    """`day` is the day it is about: the visit's or the occasion's. `due_at` is when it should be done."""

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="touchpoints")
    visit = models.ForeignKey(
        "loyalty.Visit", on_delete=models.CASCADE, null=True, blank=True, related_name="touchpoints"
    )
    occasion = models.ForeignKey("loyalty.Occasion", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    rule = models.ForeignKey(PlaybookRule, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=10, choices=TouchpointKind)
    channel = models.CharField(max_length=10, choices=TouchpointChannel)
    state = models.CharField(max_length=10, choices=TouchpointState, default=TouchpointState.PLANNED)
    day = models.DateField()
    due_at = models.DateTimeField()
    role = models.CharField(max_length=12, choices=StaffRole)
    assigned_to = models.ForeignKey("loyalty.Staff", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    # Who had it before it was handed to a colleague; null for whoever treated.
    handed_from = models.ForeignKey("loyalty.Staff", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    handed_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey("loyalty.Staff", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    cost_cents = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("kind", TouchpointKind, table="touchpoint"),
            one_of("channel", TouchpointChannel, table="touchpoint"),
            one_of("state", TouchpointState, table="touchpoint"),
            one_of("role", StaffRole, table="touchpoint"),
            models.CheckConstraint(name="touchpoint_done_when", condition=~Q(state="done") | Q(done_at__isnull=False)),
            # One note per patient per day, whatever made it.
            models.UniqueConstraint(
                fields=["patient", "day"],
                condition=Q(kind="note") & ~Q(state="cancelled"),
                name="touchpoint_one_note_a_day",
            ),
            models.UniqueConstraint(
                fields=["visit", "kind"],
                condition=Q(kind="preview") & ~Q(state="cancelled"),
                name="touchpoint_one_preview_a_visit",
            ),
        ]
        indexes = [
            models.Index(
                fields=["kind", "due_at"], name="touchpoint_queue", condition=Q(state__in=["planned", "held"])
            ),
            models.Index(fields=["patient", "day"], name="touchpoint_by_patient"),
            models.Index(fields=["written_in", "id"], name="touchpoint_by_write"),
            models.Index(fields=["kind", "day"], name="touchpoint_by_kind"),
            models.Index(fields=["visit"], name="touchpoint_by_visit", condition=Q(visit__isnull=False)),
        ]

    def __str__(self) -> str:
        return str(self.id)


class CallResult(models.TextChoices):
    REACHED = "reached", "Reached"
    VOICEMAIL = "voicemail", "Voicemail left"
    NO_ANSWER = "no_answer", "No answer"
    WRONG_NUMBER = "wrong_number", "Wrong number"
    NO_CALLS = "no_calls", "Wants no calls"


class Call(Row):
    """One try to reach somebody for a touchpoint. The last one that settled it is its outcome.

    contact_point: which number was wrong. confirmed: they confirmed the visit in this call.
    """

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="calls")
    touchpoint = models.ForeignKey(Touchpoint, on_delete=models.CASCADE, related_name="calls")
    result = models.CharField(max_length=12, choices=CallResult)
    at = models.DateTimeField()
    by_staff = models.ForeignKey("loyalty.Staff", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    contact_point = models.ForeignKey(
        "loyalty.ContactPoint", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    confirmed = models.BooleanField(default=False)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("result", CallResult, table="call"),
            models.CheckConstraint(name="call_minutes", condition=Q(minutes__isnull=True) | Q(minutes__lte=600)),
            models.CheckConstraint(name="call_confirmed_by", condition=Q(confirmed=False) | Q(result="reached")),
        ]
        indexes = [
            models.Index(fields=["touchpoint"], name="call_that_counts", condition=Q(taken_back_at__isnull=True)),
            models.Index(fields=["patient", "at"], name="call_by_patient"),
        ]

    def __str__(self) -> str:
        return str(self.id)
