"""Texts and emails, and who wants none."""

from django.urls import path

from frontend.portal.messages import do_not_contact, log, new, stop, templates, texts_in

urlpatterns = [
    path("patients/<uuid:patient_id>/messages/new/", new.write, name="message-new"),
    path("messages/", log.show, name="messages"),
    path("messages/replies/", log.answers, name="message-replies"),
    path("messages/templates/", templates.show, name="message-templates"),
    path("messages/templates/new/", templates.add, name="message-template-new"),
    path("messages/templates/<uuid:template_id>/", templates.change, name="message-template"),
    path("messages/templates/<uuid:template_id>/test/", templates.test, name="message-template-test"),
    path("messages/do-not-contact/", do_not_contact.show, name="do-not-contact"),
    path("messages/do-not-contact/new/", do_not_contact.add, name="do-not-contact-new"),
    path("messages/do-not-contact/<uuid:suppression_id>/lift/", do_not_contact.take_off, name="do-not-contact-lift"),
    # For Twilio and for mail programs, not for people who sign in.
    path("messages/inbound/", texts_in.inbound, name="message-inbound"),
    path("messages/<uuid:message_id>/status/", texts_in.report, name="message-status"),
    path("stop/<str:token>/", stop.stop, name="stop"),
]
