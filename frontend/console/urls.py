"""The network's host: its public page and its console, each address declaring who may see it."""

from django.urls import path

from frontend.console import (
    announcements,
    applications,
    benchmarks,
    billing,
    export,
    join,
    member,
    members,
    partners,
    people,
    practice_new,
    releases,
    sandbox,
    start,
    trail,
)
from frontend.console.purchasing.urls import urlpatterns as purchasing
from frontend.console.settling.urls import urlpatterns as settling

app_name = "console"
urlpatterns = [
    path("", start.show, name="start"),
    path("join/", join.show, name="join"),
    path("join/thanks/", join.thanks, name="join-thanks"),
    path("benchmarks/", benchmarks.show, name="benchmarks"),
    path("benchmarks/export/", export.show, name="benchmarks-export"),
    path("releases/", releases.show, name="releases"),
    path("releases/<slug:release_month>/approval/", releases.approve, name="release-approval"),
    path("releases/<slug:release_month>/hold/", releases.hold, name="release-hold"),
    path("announcements/", announcements.show, name="announcements"),
    path(
        "announcements/<uuid:announcement_id>/withdrawal/",
        announcements.take_back,
        name="announcement-withdrawal",
    ),
    path("applications/", applications.show, name="applications"),
    path("applications/<uuid:application_id>/", applications.one, name="application"),
    path("applications/<uuid:application_id>/refusal/", applications.decline, name="application-refusal"),
    path("people/", people.show, name="people"),
    path("people/invitations/new/", people.invite_somebody, name="invitation-new"),
    path("people/invitations/<uuid:invitation_id>/renewal/", people.renew, name="invitation-renewal"),
    path("people/invitations/<uuid:invitation_id>/cancellation/", people.cancel, name="invitation-cancellation"),
    path("people/<uuid:person_id>/departure/", people.end, name="person-departure"),
    path("billing/", billing.show, name="billing"),
    path("members/", members.show, name="members"),
    path("members/new/", practice_new.add, name="member-new"),
    path("members/new/address/", practice_new.address, name="member-new-address"),
    path("members/<uuid:practice_id>/", member.show, name="member"),
    path("members/<uuid:practice_id>/suspension/", member.suspension, name="member-suspension"),
    path("members/<uuid:practice_id>/reactivation/", member.reactivation, name="member-reactivation"),
    path("members/<uuid:practice_id>/leaving/", member.leaving, name="member-leaving"),
    path("partners/", partners.show, name="partners"),
    path("partners/new/", partners.add, name="partner-new"),
    path("partners/<uuid:program_id>/", partners.one, name="partner"),
    path("partners/<uuid:program_id>/secret/", partners.secret, name="partner-secret"),
    path("partners/<uuid:program_id>/suspension/", partners.suspension, name="partner-suspension"),
    path("partners/<uuid:program_id>/sandbox/", sandbox.make, name="partner-sandbox"),
    path("partners/<uuid:program_id>/sandbox/reset/", sandbox.reset, name="partner-sandbox-reset"),
    path("partners/<uuid:program_id>/sandbox/removal/", sandbox.remove, name="partner-sandbox-removal"),
    path("partners/<uuid:program_id>/resumption/", partners.resumption, name="partner-resumption"),
    path("trail/", trail.show, name="trail"),
    *purchasing,
    *settling,
]
