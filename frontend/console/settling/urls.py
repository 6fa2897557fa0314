from django.urls import path

from frontend.console.settling import claim_delivery, claims, one_claim, receipts, statements

urlpatterns = [
    path("claims/", claims.show, name="claims"),
    path("claims/new/<uuid:contract_id>/<slug:last_day>/", claims.new, name="claim-new"),
    path("claims/<uuid:claim_id>/", one_claim.show, name="claim"),
    path("claims/<uuid:claim_id>/file/", one_claim.file, name="claim-file"),
    path("claims/<uuid:claim_id>/mail/", claim_delivery.mail, name="claim-mail"),
    path("claims/<uuid:claim_id>/deliveries/new/", claim_delivery.note, name="claim-delivery"),
    path("claims/<uuid:claim_id>/reminders/new/", claim_delivery.reminder, name="claim-reminder"),
    path("claims/<uuid:claim_id>/write-off/", one_claim.off, name="claim-write-off"),
    path("statements/", statements.show, name="member-statements"),
    path("contracts/<uuid:contract_id>/fees/", receipts.show, name="contract-fees"),
]
