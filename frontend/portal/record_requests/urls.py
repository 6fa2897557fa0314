"""Requests about a record, and to whom a record was given."""

from django.urls import path

from frontend.portal.record_requests import answers, contact, disclosures, letter, listed, request

_ONE = "record-requests/<uuid:request_id>/"
_GIVEN = "patients/<uuid:patient_id>/disclosures/"

urlpatterns = [
    path("record-requests/", listed.show, name="record-requests"),
    path("patients/<uuid:patient_id>/record-requests/new/", request.add, name="record-request-new"),
    path(_ONE, request.show, name="record-request"),
    path(f"{_ONE}letter/", letter.show, name="record-request-letter"),
    path(f"{_ONE}acceptance/", answers.accepted, name="record-request-acceptance"),
    path(f"{_ONE}denial/", answers.denied, name="record-request-denial"),
    path(f"{_ONE}extension/", answers.extended, name="record-request-extension"),
    path(f"{_ONE}disagreement/", answers.disagreed, name="record-request-disagreement"),
    path(f"{_ONE}end/", answers.ended, name="record-request-end"),
    path(f"{_ONE}told/", answers.told, name="record-request-told"),
    path("settings/privacy-contact/", contact.change, name="privacy-contact"),
    path(_GIVEN, disclosures.show, name="disclosures"),
    path(f"{_GIVEN}list/", disclosures.printable, name="disclosures-list"),
    path(f"{_GIVEN}<uuid:disclosure_id>/strike/", disclosures.strike, name="disclosure-strike"),
]
