"""What can be set up: the practice, its places, what it offers and how it works."""

from django.urls import path

from frontend.portal.settings import hub, locations, services, staff

urlpatterns = [
    path("settings/", hub.show, name="settings"),
    path("settings/locations/", locations.show, name="locations"),
    path("settings/locations/<uuid:location_id>/hours/", locations.hours, name="location-hours"),
    path("settings/locations/<uuid:location_id>/holidays/", locations.holiday, name="holiday-new"),
    path(
        "settings/locations/<uuid:location_id>/holidays/<uuid:holiday_id>/removal/",
        locations.holiday_removal,
        name="holiday-removal",
    ),
    path("settings/services/", services.show, name="services"),
    path("settings/services/new/", services.add, name="service-new"),
    path("settings/services/<uuid:service_id>/", services.change, name="service"),
    path("settings/services/<uuid:service_id>/retirement/", services.retire, name="service-retirement"),
    path("settings/services/<uuid:service_id>/return/", services.restore, name="service-return"),
    path("settings/staff/", staff.show, name="staff"),
    path("settings/staff/new/", staff.add, name="staff-new"),
    path("settings/staff/<uuid:staff_id>/", staff.change, name="staff-one"),
    path("settings/staff/<uuid:staff_id>/retirement/", staff.retire, name="staff-retirement"),
    path("settings/staff/<uuid:staff_id>/return/", staff.bring_back, name="staff-return"),
]
