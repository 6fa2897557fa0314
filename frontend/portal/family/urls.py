"""Who belongs together, and who sends us people."""

from django.urls import path

from frontend.portal.family import change, referrals, show

urlpatterns = [
    path("patients/<uuid:patient_id>/family/", show.show, name="family"),
    path("patients/<uuid:patient_id>/household/", change.join, name="household"),
    path("patients/<uuid:patient_id>/household/<uuid:member_id>/left/", change.move_out, name="household-left"),
    path("patients/<uuid:patient_id>/guardians/", change.guard, name="guardians"),
    path("patients/<uuid:patient_id>/guardians/new/", change.guard_by_name, name="guardian-new"),
    path(
        "patients/<uuid:patient_id>/guardians/<uuid:guardianship_id>/removed/", change.unguard, name="guardian-removed"
    ),
    path("patients/<uuid:patient_id>/referral/", change.refer, name="referral"),
    path("patients/<uuid:patient_id>/referral/new/", change.refer_by_name, name="referral-new"),
    path("patients/<uuid:patient_id>/referral/removed/", change.unrefer, name="referral-removed"),
    path("referrals/", referrals.show, name="referrals"),
    path("referrals/<uuid:referral_id>/thanks/", referrals.thank, name="referral-thanks"),
    path("referrals/<uuid:referral_id>/thanked/", referrals.thanked_already, name="referral-thanked"),
]
