"""Templates that nobody changed since the practice was opened get the link, as new practices do."""

from django.db import migrations

TEXT = "Hello {first_name}, thank you for coming. How was {whose_visit}? We would like to hear it, good or bad."
EMAIL = (
    "Hello {first_name},\n\nthank you for coming to us. How was {whose_visit}, and what could we do better?\n\nWhat you"
    " tell us stays with us, and we read every word.\n\n{practice}"
)
NEW = {
    TEXT: f"{TEXT} {{feedback_link}}",
    EMAIL: EMAIL.replace("better?\n\n", "better?\n\n{feedback_link}\n\n"),
}


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def change(old: str, new: str) -> str:
    return (
        f"UPDATE loyalty_messagetemplate SET body = {literal(new)}"  # noqa: S608  our own words, above
        f" WHERE kind = 'feedback' AND version = 1 AND body = {literal(old)}"
    )


class Migration(migrations.Migration):
    dependencies = [("loyalty", "0017_kiosk")]

    operations = [
        migrations.RunSQL([change(old, new) for old, new in NEW.items()], [change(new, old) for old, new in NEW.items()]),
    ]
