"""What the public reads: reviews on outside sites, testimonials, and how the practice asks for them."""

from django.urls import path

from frontend.portal.reviews import asking, file, invitation, list, public, review, testimonials

urlpatterns = [
    path("reviews/", list.show, name="reviews"),
    path("reviews/new/", list.enter, name="review-new"),
    path("reviews/file/", file.choose, name="reviews-file"),
    path("reviews/file/taken-in/", file.bring, name="reviews-taken-in"),
    path("reviews/file/<uuid:review_import_id>/undo/", file.take_out, name="reviews-file-undo"),
    path("reviews/asking/", asking.settings, name="review-asking"),
    path("reviews/sites/new/", asking.new_site, name="review-site-new"),
    path("reviews/sites/<uuid:site_id>/", asking.site, name="review-site"),
    path("reviews/certificate/", asking.proof, name="review-certificate"),
    path("reviews/testimonials/", testimonials.show, name="testimonials"),
    path("reviews/testimonials/publication/", testimonials.put_up, name="testimonials-publication"),
    path("reviews/testimonials/<uuid:testimonial_id>/down/", testimonials.down, name="testimonial-down"),
    path(
        "reviews/testimonials/<uuid:testimonial_id>/restoration/",
        testimonials.bring_back,
        name="testimonial-restoration",
    ),
    path("patients/<uuid:patient_id>/testimonials/new/", testimonials.new, name="testimonial-new"),
    path("reviews/<uuid:review_id>/", review.show, name="review"),
    path("reviews/<uuid:review_id>/reply/", review.reply, name="review-reply"),
    path("reviews/<uuid:review_id>/posted/", review.post, name="review-posted"),
    path("reviews/<uuid:review_id>/not-posted/", review.unpost, name="review-not-posted"),
    path("reviews/<uuid:review_id>/match/", review.pair, name="review-match"),
    path("reviews/<uuid:review_id>/unmatch/", review.unpair, name="review-unmatch"),
    # For patients and for everybody, not for people who sign in.
    path("r/<str:token>/", invitation.show, name="review-invitation"),
    path("r/<str:token>/<uuid:site_id>/", invitation.leave, name="review-invitation-site"),
    path("testimonials/", public.show, name="testimonials-public"),
]
