"""Personal days."""

from django.urls import path

from frontend.portal.occasions import upcoming

urlpatterns = [
    path("occasions/", upcoming.show, name="occasions"),
]
