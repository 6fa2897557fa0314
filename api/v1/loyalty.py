"""What a practice knows of its patients and hears from them: read only."""

from api.v1.reading import read_only
from loyalty.exchange.contact import TOUCHPOINTS
from loyalty.exchange.heard import FEEDBACK, REVIEWS
from loyalty.exchange.remembered import CONSENTS, MEMORIES, OCCASIONS
from tenants.partners.scopes import Scope

Memories, Memory = read_only(MEMORIES, Scope.MEMORIES_READ)
Occasions, Occasion = read_only(OCCASIONS, Scope.OCCASIONS_READ)
Consents, Consent = read_only(CONSENTS, Scope.CONSENTS_READ)
Touchpoints, Touchpoint = read_only(TOUCHPOINTS, Scope.TOUCHPOINTS_READ)
FeedbackList, Feedback = read_only(FEEDBACK, Scope.FEEDBACK_READ)
Reviews, Review = read_only(REVIEWS, Scope.REVIEWS_READ)
