"""Answering at home, by a link."""

from django.urls import path

from frontend.feedback_link import answer

urlpatterns = [
    path("thanks/", answer.thanks, name="feedback-thanks"),
    path("<str:token>/", answer.answer, name="feedback-link"),
]
