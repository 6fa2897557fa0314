"""The network's host: its public page and its console, each address declaring who may see it."""

from django.urls import path

from frontend.console import applications, benchmarks, join, member, members, practice_new, start, trail

app_name = "console"
urlpatterns = [
    path("", start.show, name="start"),
    path("join/", join.show, name="join"),
    path("join/thanks/", join.thanks, name="join-thanks"),
    path("benchmarks/", benchmarks.show, name="benchmarks"),
    path("applications/", applications.show, name="applications"),
    path("applications/<uuid:application_id>/", applications.one, name="application"),
    path("applications/<uuid:application_id>/refusal/", applications.decline, name="application-refusal"),
    path("members/", members.show, name="members"),
    path("members/new/", practice_new.add, name="member-new"),
    path("members/new/address/", practice_new.address, name="member-new-address"),
    path("members/<uuid:practice_id>/", member.show, name="member"),
    path("members/<uuid:practice_id>/suspension/", member.suspension, name="member-suspension"),
    path("members/<uuid:practice_id>/reactivation/", member.reactivation, name="member-reactivation"),
    path("members/<uuid:practice_id>/leaving/", member.leaving, name="member-leaving"),
    path("trail/", trail.show, name="trail"),
]
