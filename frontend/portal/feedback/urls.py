"""What patients say."""

from django.urls import path

from frontend.portal.feedback import new

urlpatterns = [
    path("visits/<uuid:visit_id>/feedback/", new.add, name="visit-feedback"),
]
