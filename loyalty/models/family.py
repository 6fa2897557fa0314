"""Who belongs together: households, guardians, referrals."""

from django.db import models
from django.db.models import F, Q

from core.models import Row
from loyalty.models.patient import Patient


class Household(Row):
    name = models.CharField(max_length=120)
    patients = models.ManyToManyField(Patient, through="HouseholdMember", related_name="households")

    def __str__(self) -> str:
        return str(self.id)


class HouseholdMember(Row):
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="members")
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="+")
    relation = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["household", "patient"], name="household_member_once")]

    def __str__(self) -> str:
        return str(self.id)


class Guardianship(Row):
    """Who is contacted in a minor's place: another patient, or somebody known by name and number only."""

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="guardianships")
    guardian = models.ForeignKey(Patient, on_delete=models.CASCADE, null=True, blank=True, related_name="wards")
    name = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=254, blank=True)
    relation = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="guardian_not_oneself", condition=~Q(patient=F("guardian"))),
            models.CheckConstraint(name="guardian_somebody", condition=Q(guardian__isnull=False) | ~Q(name="")),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Referral(Row):
    """Who sent a patient to us: another patient, or a name. The database refuses circles.

    thanks: the note that thanks the referrer for it. thanked_at: when it was said in another way.
    """

    patient = models.OneToOneField(Patient, on_delete=models.CASCADE, related_name="referral")
    referrer = models.ForeignKey(Patient, on_delete=models.SET_NULL, null=True, blank=True, related_name="referred")
    referrer_name = models.CharField(max_length=120, blank=True)
    on = models.DateField()
    thanks = models.ForeignKey("loyalty.Touchpoint", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    thanked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="referral_not_oneself", condition=~Q(patient=F("referrer")))]

    def __str__(self) -> str:
        return str(self.id)
