"""What the public reads about the practice: reviews on outside sites, invitations to write one, testimonials."""

import secrets

from django.db import models
from django.db.models import Q

from core.models import Followed, Row
from loyalty.models.patient import Channel, Patient


def _salt() -> str:
    return secrets.token_hex(16)


class ReviewSite(Row):
    """An outside site with its own policy on asking for reviews.

    url: the site. own_url: the practice's page there, where somebody can write. policy: what the site says about
    asking, in our words. forbids_asking: the site does not want anybody to be asked, and the database never lets it be
    asked for; asking_allowed: this practice does ask for it.
    """

    name = models.CharField(max_length=80, unique=True)
    url = models.URLField(blank=True)
    own_url = models.URLField(max_length=500, blank=True)
    policy = models.CharField(max_length=400, blank=True)
    forbids_asking = models.BooleanField(default=False)
    asking_allowed = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="review_site_obeys_its_policy", condition=Q(forbids_asking=False) | Q(asking_allowed=False)
            ),
            # By name and by address, so that a site added again under another name changes nothing.
            models.CheckConstraint(
                name="review_site_yelp_is_never_asked_for",
                condition=Q(asking_allowed=False)
                | (~Q(name__iregex=r"yelp") & ~Q(url__iregex=r"yelp") & ~Q(own_url__iregex=r"yelp")),
            ),
            models.CheckConstraint(
                name="review_site_asked_for_has_a_page", condition=Q(asking_allowed=False) | ~Q(own_url="")
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ReviewImport(Row):
    """One file of reviews that was taken in; undoing it takes out what it brought."""

    made_at = models.DateTimeField()
    by_person_id = models.UUIDField(null=True, blank=True)
    brought = models.PositiveIntegerField(help_text="Reviews that it brought.")
    undone_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.id)


class Review(Followed, Row):
    """A public review on an outside site; matched to a patient by staff only.

    reply: our words, a draft until `replied_at` says when somebody posted them on the site by hand.
    """

    site = models.ForeignKey(ReviewSite, on_delete=models.PROTECT, related_name="reviews")
    patient = models.ForeignKey(Patient, on_delete=models.SET_NULL, null=True, blank=True, related_name="reviews")
    author = models.CharField(max_length=120, blank=True)
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField(blank=True)
    posted_on = models.DateField()
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    external_id = models.CharField(max_length=200, blank=True)
    matched_by_person_id = models.UUIDField(null=True, blank=True)
    brought_by = models.ForeignKey(
        ReviewImport, on_delete=models.SET_NULL, null=True, blank=True, related_name="reviews"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="review_rating_range", condition=Q(rating__isnull=True) | Q(rating__range=(1, 5))
            ),
            models.CheckConstraint(name="review_says_something", condition=Q(rating__isnull=False) | ~Q(text="")),
            models.CheckConstraint(
                name="review_posted_reply_has_words", condition=Q(replied_at__isnull=True) | ~Q(reply="")
            ),
            models.UniqueConstraint(fields=["site", "external_id"], condition=~Q(external_id=""), name="review_once"),
        ]
        indexes = [
            models.Index(fields=["-posted_on", "-id"], name="review_newest"),
            models.Index(fields=["written_in", "id"], name="review_by_write"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ReviewAsking(Row):
    """How this practice asks for public reviews: one row or none. It knows no score, and nothing here could hold one.

    every_days: how long nobody is asked again. share: percent of those who come up that are asked, by a salted hash.
    after_days: days between the visit and the ask, at least one: never on the premises.
    """

    is_on = models.BooleanField(default=False)
    every_days = models.PositiveSmallIntegerField(default=180)
    share = models.PositiveSmallIntegerField(default=100)
    after_days = models.PositiveSmallIntegerField(default=2)
    salt = models.CharField(max_length=64, default=_salt, editable=False)
    only = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="review_asking_only_one", condition=Q(only=True)),
            models.CheckConstraint(name="review_asking_share", condition=Q(share__range=(1, 100))),
            models.CheckConstraint(name="review_asking_every_days", condition=Q(every_days__range=(90, 730))),
            models.CheckConstraint(name="review_asking_after_days", condition=Q(after_days__range=(1, 7))),
            models.CheckConstraint(name="review_asking_salted", condition=~Q(salt="")),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ReviewInvitation(Row):
    """A patient came up for asking after a visit.

    drawn: they were asked, by `message`; otherwise the hash left them out. Both are kept, so that the share asked can
    be counted. opened_at: when the link was first used; nothing else is kept of that.
    """

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="review_invitations")
    visit = models.OneToOneField("loyalty.Visit", on_delete=models.CASCADE, related_name="+")
    day = models.DateField(help_text="In the location's time zone.")
    drawn_at = models.DateTimeField()
    drawn = models.BooleanField()
    channel = models.CharField(max_length=10, choices=Channel)
    message = models.OneToOneField(
        "loyalty.Message", on_delete=models.CASCADE, null=True, blank=True, related_name="review_invitation"
    )
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="review_invitation_channel", condition=Q(channel__in=["text", "email"])),
            models.CheckConstraint(
                name="review_invitation_asked_by_message",
                condition=Q(drawn=True, message__isnull=False) | Q(drawn=False, message__isnull=True),
            ),
            models.CheckConstraint(
                name="review_invitation_opened_by_who_was_asked", condition=Q(opened_at__isnull=True) | Q(drawn=True)
            ),
        ]
        indexes = [
            models.Index(fields=["patient", "-day"], name="review_invitation_by_patient"),
            models.Index(fields=["day"], name="review_invitation_by_day"),
        ]

    def __str__(self) -> str:
        return str(self.id)
