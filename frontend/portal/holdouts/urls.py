"""Hold-outs."""

from django.urls import path

from frontend.portal.holdouts import anyway, pages, start, stop

urlpatterns = [
    path("holdouts/", pages.show_all, name="holdouts"),
    path("holdouts/new/", start.new, name="holdout-new"),
    path("holdouts/<uuid:holdout_id>/", pages.show, name="holdout"),
    path("holdouts/<uuid:holdout_id>/stop/", stop.stop, name="holdout-stop"),
    path("held-out/<uuid:lot_id>/contact/", anyway.plan, name="held-out-contact"),
]
