"""A patient's words that the practice publishes on its own page."""

from django.db import models
from django.db.models import Q

from core.constraints import one_of
from core.models import Row
from loyalty.models.patient import Patient


class ShownAs(models.TextChoices):
    FIRST_NAME = "first_name", "First name"
    INITIALS = "initials", "Initials"
    ANONYMOUS = "anonymous", "No name"


class Insider(models.TextChoices):
    """Whoever stands close to the practice is published like everybody, and flagged."""

    NONE = "none", "Neither"
    STAFF = "staff", "Works here"
    RELATIVE = "relative", "Family or friend of somebody who works here"
    GIVEN = "given", "Got something free or cheaper"


class TakenDown(models.TextChoices):
    """Why words come down, or never go up. The rating is no reason."""

    WITHDRAWN = "withdrawn", "The patient withdrew their consent"
    NAMES_SOMEBODY = "names_somebody", "They name or describe another person"
    UNLAWFUL = "unlawful", "They are unlawful, abusive or a threat"
    NOT_THEIRS = "not_theirs", "They were not written by this patient"
    TWICE = "twice", "The same words are published already"


class Testimonial(Row):
    """Words that a patient agreed to have published, as they agreed to them.

    rating: 0-10, how likely they are to recommend, where they agreed to show it. place: in the order in which consents
    were written down; words are published in that order, so that nobody chooses among them. consent: the yes.
    """

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="testimonials")
    feedback = models.OneToOneField(
        "loyalty.Feedback", on_delete=models.SET_NULL, null=True, blank=True, related_name="testimonial"
    )
    consent = models.OneToOneField("loyalty.Consent", on_delete=models.CASCADE, related_name="testimonial")
    words = models.TextField()
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    said_on = models.DateField()
    shown_as = models.CharField(max_length=10, choices=ShownAs)
    shown_name = models.CharField(max_length=60, blank=True)
    insider = models.CharField(max_length=8, choices=Insider)
    place = models.PositiveIntegerField()
    published_at = models.DateTimeField(null=True, blank=True)
    taken_down_at = models.DateTimeField(null=True, blank=True)
    taken_down_because = models.CharField(max_length=14, choices=TakenDown, blank=True)
    taken_down_by_person_id = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("shown_as", ShownAs, table="testimonial"),
            one_of("insider", Insider, table="testimonial"),
            one_of("taken_down_because", TakenDown, table="testimonial", blank=True),
            models.CheckConstraint(name="testimonial_has_words", condition=~Q(words="")),
            models.CheckConstraint(
                name="testimonial_rating_range", condition=Q(rating__isnull=True) | Q(rating__range=(0, 10))
            ),
            models.CheckConstraint(
                name="testimonial_named_as_chosen",
                condition=Q(shown_as="anonymous", shown_name="") | (~Q(shown_as="anonymous") & ~Q(shown_name="")),
            ),
            models.CheckConstraint(
                name="testimonial_down_for_a_reason",
                condition=Q(taken_down_at__isnull=True, taken_down_because="")
                | (Q(taken_down_at__isnull=False) & ~Q(taken_down_because="")),
            ),
            models.UniqueConstraint(fields=["place"], name="testimonial_one_place"),
        ]

    def __str__(self) -> str:
        return str(self.id)
