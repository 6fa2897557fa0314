"""The templates that a new practice starts with."""

from loyalty.models import Channel, MessageTemplate, TemplateKind

_DEFAULTS = (
    (
        "Visit is booked (text)",
        TemplateKind.CONFIRMATION,
        Channel.TEXT,
        "",
        "Hello {first_name}, {whose_visit} is booked for {visit_day} at {visit_time}, {location}. To change it, call"
        " us.",
    ),
    (
        "Visit is booked (email)",
        TemplateKind.CONFIRMATION,
        Channel.EMAIL,
        "Booked for {visit_day}",
        "Hello {first_name},\n\nthis is to confirm {whose_visit} on {visit_day} at {visit_time}.\n\nWhere: {location},"
        " {location_address}.\n\nTo change it, call us. We look forward to seeing you.\n\n{practice}",
    ),
    (
        "Before the visit (text)",
        TemplateKind.PREVIEW,
        Channel.TEXT,
        "",
        "Hello {first_name}, we look forward to {visit_day} at {visit_time}. Any question before you come? Call us, we"
        " take the time.",
    ),
    (
        "Before the visit (email)",
        TemplateKind.PREVIEW,
        Channel.EMAIL,
        "What to expect on {visit_day}",
        "Hello {first_name},\n\nwe look forward to seeing you on {visit_day} at {visit_time}.\n\nSomebody of our team"
        " will take the time to go through everything with you before we begin. If you have a question now, call us:"
        " we would rather answer it before you come.\n\n{location}, {location_address}\n\n{practice}",
    ),
    (
        "How was it (text)",
        TemplateKind.FEEDBACK,
        Channel.TEXT,
        "",
        "Hello {first_name}, thank you for coming. How was {whose_visit}? We would like to hear it, good or bad."
        " {feedback_link}",
    ),
    (
        "How was it (email)",
        TemplateKind.FEEDBACK,
        Channel.EMAIL,
        "How was {whose_visit}?",
        "Hello {first_name},\n\nthank you for coming to us. How was {whose_visit}, and what could we do better?"
        "\n\n{feedback_link}\n\nWhat you tell us stays with us, and we read every word.\n\n{practice}",
    ),
    (
        "Public review (text)",
        TemplateKind.REVIEW,
        Channel.TEXT,
        "",
        "Hello {first_name}, others look for an honest word about us before they come. If you like, write one, whatever"
        " you think: {review_link}",
    ),
    (
        "Public review (email)",
        TemplateKind.REVIEW,
        Channel.EMAIL,
        "An honest word about us",
        "Hello {first_name},\n\nwhoever looks for a practice reads what others say. If you like, write an honest word"
        " about us, good or bad:\n\n{review_link}\n\nYou need not, and nothing depends on it. What you would rather"
        " tell us alone, tell us by phone or when you are here.\n\n{practice}",
    ),
)


def install_default_templates() -> None:
    """Inside a practice. Those whose name is taken stay as they are."""
    MessageTemplate.objects.bulk_create(
        [
            MessageTemplate(name=name, kind=kind, channel=channel, subject=subject, body=body)
            for name, kind, channel, subject, body in _DEFAULTS
        ],
        ignore_conflicts=True,
    )
