"""A practice that asked to join, for whoever answers it."""

from tenants.models import Application

ASKED = {
    "practice_name": "Cirrus Skin",
    "contact_name": "Dana Deal",
    "email": "dana@example.com",
    "phone": "(303) 555-0142",
    "city": "Denver",
    "state": "CO",
    "time_zone": "America/Denver",
    "practice_type": "medspa",
    "size_band": "small",
}


def applied(**more: str) -> Application:
    """Nobody has answered it yet."""
    return Application.objects.create(**{**ASKED, **more})
