"""The team."""

from django.urls import path

from frontend.portal.people import access, person, team, time_given

urlpatterns = [
    path("people/", team.show, name="people"),
    path("people/access/", access.show, name="access"),
    path("people/access/reviews/", access.review, name="access-reviews"),
    path("people/invitations/new/", team.invite_somebody, name="invitation-new"),
    path("people/invitations/<uuid:invitation_id>/renewal/", team.renew, name="invitation-renewal"),
    path("people/invitations/<uuid:invitation_id>/cancellation/", team.cancel, name="invitation-cancellation"),
    path("people/time/", time_given.show, name="staff-time"),
    path("people/<uuid:person_id>/", person.show, name="person"),
    path("people/<uuid:person_id>/role/", person.give_role, name="person-role"),
    path("people/<uuid:person_id>/departure/", person.end, name="person-departure"),
    path("people/<uuid:person_id>/ownership/", person.hand_over, name="person-ownership"),
]
