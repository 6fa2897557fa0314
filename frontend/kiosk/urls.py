"""The checkout tablet: its page, what it asks in the background, and how it is enrolled."""

from django.urls import path

from frontend.kiosk import enrollment, tablet

urlpatterns = [
    path("", tablet.show, name="kiosk"),
    path("waiting/", tablet.waiting, name="kiosk-waiting"),
    path("openings/", tablet.open_one, name="kiosk-openings"),
    path("code/", tablet.enter_code, name="kiosk-code"),
    path("answers/", tablet.keep, name="kiosk-answers"),
    path("ending/", tablet.end, name="kiosk-ending"),
    path("exit/", tablet.leave_kiosk, name="kiosk-exit"),
    path("worker.js", tablet.worker, name="kiosk-worker"),
    path("enrollment/", enrollment.begin, name="kiosk-enrollment"),
    path("enrollment/<str:code>/", enrollment.begin, name="kiosk-enrollment-link"),
]
