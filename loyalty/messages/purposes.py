"""What messages are for, by which channels they go, and how many are enough."""

from dataclasses import dataclass

from loyalty.models import Channel, ConsentPurpose, ContactPoint, TemplateKind

CHANNELS = (Channel.TEXT, Channel.EMAIL)
PURPOSES = (ConsentPurpose.VISITS, ConsentPurpose.FEEDBACK, ConsentPurpose.MARKETING, ConsentPurpose.REVIEWS)

# A template's kind fixes its purpose: nobody may call an advertisement a reminder.
PURPOSE_OF = {
    TemplateKind.CONFIRMATION: ConsentPurpose.VISITS,
    TemplateKind.PREVIEW: ConsentPurpose.VISITS,
    TemplateKind.FEEDBACK: ConsentPurpose.FEEDBACK,
    TemplateKind.NEWS: ConsentPurpose.MARKETING,
    TemplateKind.REVIEW: ConsentPurpose.REVIEWS,
}
ADDRESS_OF = {Channel.TEXT: ContactPoint.Kind.PHONE, Channel.EMAIL: ContactPoint.Kind.EMAIL}
CHANNEL_OF = {kind: channel for channel, kind in ADDRESS_OF.items()}


@dataclass(frozen=True, slots=True)
class Cap:
    """The most messages of one purpose that one patient gets: a day where the practice is, and any seven days."""

    a_day: int
    a_week: int


CAPS = {
    ConsentPurpose.VISITS: Cap(a_day=3, a_week=8),
    ConsentPurpose.FEEDBACK: Cap(a_day=1, a_week=1),
    ConsentPurpose.MARKETING: Cap(a_day=1, a_week=2),
    ConsentPurpose.REVIEWS: Cap(a_day=1, a_week=1),
}
