"""The practice itself: agreements, trail, export, places."""

from django.urls import path

from frontend.portal.practice import agreements, export, leaving, location, name, trail

urlpatterns = [
    path("trail/", trail.show, name="trail"),
    path("trail/export/", trail.export, name="trail-export"),
    path("agreements/", agreements.show, name="agreements"),
    path("agreements/acceptance/", agreements.accept, name="agreements-acceptance"),
    path("agreements/aggregation/", agreements.accept_clause, name="agreements-clause"),
    path("agreements/aggregation/withdrawal/", agreements.withdraw, name="agreements-withdrawal"),
    path("agreements/kept/<uuid:act_id>/", agreements.kept, name="agreement-kept"),
    path("settings/locations/<uuid:location_id>/", location.change, name="location"),
    path("settings/locations/<uuid:location_id>/closing/", location.close, name="location-closing"),
    path("settings/locations/<uuid:location_id>/reopening/", location.reopen, name="location-reopening"),
    path("settings/locations/new/", location.add, name="location-new"),
    path("settings/name/", name.change, name="practice-name"),
    path("settings/leaving/", leaving.ask, name="leaving"),
    path("export/", export.show, name="export"),
]
