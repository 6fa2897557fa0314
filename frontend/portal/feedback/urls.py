"""What patients say."""

from django.urls import path

from frontend.portal.feedback import inbox, new, promoters, recoveries

urlpatterns = [
    path("visits/<uuid:visit_id>/feedback/", new.add, name="visit-feedback"),
    path("feedback/", inbox.show, name="feedback"),
    path("feedback/<uuid:answer_id>/read/", inbox.read, name="answer-read"),
    path("feedback/<uuid:answer_id>/unread/", inbox.unread, name="answer-unread"),
    path("feedback/<uuid:answer_id>/owner/", inbox.owner, name="answer-owner"),
    path("feedback/<uuid:answer_id>/themes/", inbox.themes, name="answer-themes"),
    path("recoveries/", recoveries.index, name="recoveries"),
    path("recoveries/<uuid:recovery_id>/", recoveries.show, name="recovery"),
    path("recoveries/<uuid:recovery_id>/steps/", recoveries.add_step, name="recovery-step"),
    path("recoveries/<uuid:recovery_id>/told/", recoveries.told, name="recovery-told"),
    path("recoveries/<uuid:recovery_id>/owner/", recoveries.owner, name="recovery-owner"),
    path("recoveries/<uuid:recovery_id>/closing/", recoveries.closing, name="recovery-closing"),
    path("recoveries/<uuid:recovery_id>/reopening/", recoveries.reopening, name="recovery-reopening"),
    path("promoters/", promoters.show, name="promoters"),
    path("promoters/<uuid:patient_id>/thanks/", promoters.thanks, name="promoter-thanks"),
    path("promoters/<uuid:patient_id>/story/", promoters.story, name="promoter-story"),
    path("stories/<uuid:story_ask_id>/answer/", promoters.story_answer, name="story-answer"),
]
