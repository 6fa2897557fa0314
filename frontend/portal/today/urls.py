"""Today, and the first steps of a new practice."""

from django.urls import path

from frontend.portal.today import announcements, getting_started, huddle, shortcuts, show

urlpatterns = [
    path("", show.show, name="today"),
    path("announcements/read/", announcements.put_away, name="announcements-read"),
    path("huddle/", huddle.show, name="huddle"),
    path("huddle/sheet.pdf", huddle.pdf, name="huddle-pdf"),
    path("shortcuts/", shortcuts.show, name="shortcuts"),
    path("getting-started/", getting_started.show, name="getting-started"),
    path("getting-started/aside/", getting_started.set_aside, name="getting-started-aside"),
]
