"""Every resource, at each practice's host under /api/v1/."""

from django.urls import path

from api.v1 import connection, house, inquiries, loyalty, patients, patients_bulk, visits, webhooks

app_name = "api"
urlpatterns = [
    path("", connection.Connection.as_view(), name="connection"),
    path("locations/", house.Locations.as_view(), name="locations"),
    path("locations/<uuid:row_id>/", house.Location.as_view(), name="location"),
    path("services/", house.Services.as_view(), name="services"),
    path("services/<uuid:row_id>/", house.Service.as_view(), name="service"),
    path("staff/", house.StaffList.as_view(), name="staff"),
    path("staff/<uuid:row_id>/", house.StaffMember.as_view(), name="staff-member"),
    path("patients/", patients.Patients.as_view(), name="patients"),
    path("patients/bulk/", patients_bulk.PatientsBulk.as_view(), name="patients-bulk"),
    path("patients/<uuid:row_id>/", patients.Patient.as_view(), name="patient"),
    path("visits/", visits.Visits.as_view(), name="visits"),
    path("visits/walk-ins/", visits.WalkIns.as_view(), name="walk-ins"),
    path("visits/<uuid:row_id>/", visits.Visit.as_view(), name="visit"),
    path("visits/<uuid:row_id>/arrive/", visits.VisitVerb.as_view(verb="arrive"), name="visit-arrive"),
    path("visits/<uuid:row_id>/complete/", visits.VisitVerb.as_view(verb="complete"), name="visit-complete"),
    path("visits/<uuid:row_id>/cancel/", visits.VisitVerb.as_view(verb="cancel"), name="visit-cancel"),
    path("visits/<uuid:row_id>/no-show/", visits.VisitVerb.as_view(verb="no_show"), name="visit-no-show"),
    path("memories/", loyalty.Memories.as_view(), name="memories"),
    path("memories/<uuid:row_id>/", loyalty.Memory.as_view(), name="memory"),
    path("occasions/", loyalty.Occasions.as_view(), name="occasions"),
    path("occasions/<uuid:row_id>/", loyalty.Occasion.as_view(), name="occasion"),
    path("consents/", loyalty.Consents.as_view(), name="consents"),
    path("consents/<uuid:row_id>/", loyalty.Consent.as_view(), name="consent"),
    path("inquiries/", inquiries.Inquiries.as_view(), name="inquiries"),
    path("inquiries/<uuid:row_id>/", inquiries.Inquiry.as_view(), name="inquiry"),
    path("touchpoints/", loyalty.Touchpoints.as_view(), name="touchpoints"),
    path("touchpoints/<uuid:row_id>/", loyalty.Touchpoint.as_view(), name="touchpoint"),
    path("feedback/", loyalty.FeedbackList.as_view(), name="feedback"),
    path("feedback/<uuid:row_id>/", loyalty.Feedback.as_view(), name="feedback-one"),
    path("reviews/", loyalty.Reviews.as_view(), name="reviews"),
    path("reviews/<uuid:row_id>/", loyalty.Review.as_view(), name="review"),
    path("webhook-event-types/", webhooks.EventTypes.as_view(), name="webhook-event-types"),
    path("webhook-endpoints/", webhooks.Endpoints.as_view(), name="webhook-endpoints"),
    path("webhook-endpoints/<uuid:endpoint_id>/", webhooks.Endpoint.as_view(), name="webhook-endpoint"),
    path("webhook-endpoints/<uuid:endpoint_id>/secret/", webhooks.EndpointSecret.as_view(), name="webhook-secret"),
    path("webhook-endpoints/<uuid:endpoint_id>/test/", webhooks.EndpointTest.as_view(), name="webhook-test"),
    path("webhook-endpoints/<uuid:endpoint_id>/replay/", webhooks.EndpointMissed.as_view(), name="webhook-missed"),
    path("webhook-endpoints/<uuid:endpoint_id>/deliveries/", webhooks.Deliveries.as_view(), name="webhook-deliveries"),
    path("webhook-deliveries/<uuid:delivery_id>/replay/", webhooks.DeliveryReplay.as_view(), name="webhook-replay"),
]
